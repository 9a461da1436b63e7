"""A copy of an encrypted database, made while it is open, and checked before it counts; and its way back."""

import contextlib
from pathlib import Path

from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError
from sqlcipher3 import dbapi2

from appraisal.domain.errors import EnvironmentFault
from db import journal
from db.engine import open_sqlcipher
from db.epochs import RESTORED
from db.files import copy_durably, sync_folder, writing
from db.folder import DATABASE, KEYS, is_here
from db.gaps import signed_gaps

_NEW, _WAL = f"{DATABASE}.new", "-wal"


def copy_checked(engine: Engine, target: Path) -> None:
    """`VACUUM INTO` under the same key, then SQLite's own check and the number of entries compared. Raises
    EnvironmentFault copy_damaged, file_not_written: an older copy of that name is as it was."""
    temporary = target.with_name(f".{target.name}.tmp")
    try:
        temporary.unlink(missing_ok=True)
        if not _copy(engine, temporary):
            raise EnvironmentFault("copy_damaged", file=str(target))
        temporary.replace(target)
        sync_folder(target.parent)
    except (OSError, dbapi2.Error) as fault:
        reason = (fault.strerror if isinstance(fault, OSError) else None) or str(fault)
        raise EnvironmentFault("file_not_written", file=str(target), reason=reason) from fault
    finally:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)


def _copy(engine: Engine, to: Path) -> bool:
    """Whether what was written is sound and has every entry."""
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        raw = connection.connection.driver_connection
        assert raw is not None
        raw.execute("VACUUM INTO ?", (str(to),))
        entries = raw.execute("SELECT count(*) FROM journal").fetchone()
        raw.execute("ATTACH ? AS copy", (str(to),))
        try:
            sound = raw.execute("PRAGMA copy.integrity_check").fetchone() == ("ok",)
            return bool(sound and raw.execute("SELECT count(*) FROM copy.journal").fetchone() == entries)
        finally:
            raw.execute("DETACH copy")


def put_back(source: Path, folder: Path, key: bytes | None = None) -> None:
    """Into a folder with no centre in it; the database gets its name last, and takes a new epoch when it is first
    opened there. With the raw `key` it is checked before: pages, and every entry of the journal. Raises
    EnvironmentFault no_centre_here, centre_exists, backup_damaged, file_not_written."""
    if not is_here(source):
        raise EnvironmentFault("no_centre_here", folder=str(source))
    if is_here(folder):
        raise EnvironmentFault("centre_exists", folder=str(folder))
    with writing(folder):
        folder.mkdir(parents=True, exist_ok=True)
        for name in (_NEW, f"{_NEW}{_WAL}", f"{DATABASE}{_WAL}"):
            (folder / name).unlink(missing_ok=True)
        copy_durably(source / KEYS, folder / KEYS)
        copy_durably(source / DATABASE, folder / _NEW)
        if (source / f"{DATABASE}{_WAL}").exists():  # a folder copied while the desk was open
            copy_durably(source / f"{DATABASE}{_WAL}", folder / f"{_NEW}{_WAL}")
        if key is not None:
            _check(folder / _NEW, key, source)
        (folder / RESTORED).touch()
        with contextlib.suppress(FileNotFoundError):
            (folder / f"{_NEW}{_WAL}").replace(folder / f"{DATABASE}{_WAL}")
        (folder / _NEW).replace(folder / DATABASE)
        sync_folder(folder)


def _check(file: Path, key: bytes, source: Path) -> None:
    """Closing it brings what is in the write-ahead log into the file."""
    reason = ""
    engine = open_sqlcipher(file, key)
    try:
        with engine.begin() as connection:
            sound = [row[0] for row in connection.exec_driver_sql("PRAGMA quick_check")]
            found = journal.verify(connection, gaps=signed_gaps(connection))
            reason = "; ".join([*(one for one in sound if one != "ok"), *found.damage[:3]])
    except EnvironmentFault as fault:
        reason = fault.code
    except DBAPIError as fault:
        reason = str(fault.orig)
    finally:
        engine.dispose()
    if reason:
        for name in (file.name, f"{file.name}{_WAL}", f"{file.name}-shm"):
            (file.parent / name).unlink(missing_ok=True)
        (file.parent / KEYS).unlink(missing_ok=True)
        raise EnvironmentFault("backup_damaged", file=str(source), reason=reason)
