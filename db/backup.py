"""A copy of an encrypted database, made while it is open, and checked before it counts."""

import contextlib
from pathlib import Path

from sqlalchemy import Engine
from sqlcipher3 import dbapi2

from appraisal.domain.errors import EnvironmentFault
from db.files import sync_folder


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
        raise EnvironmentFault("file_not_written", file=str(target), reason=_reason(fault)) from fault
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


def _reason(fault: Exception) -> str:
    return (fault.strerror if isinstance(fault, OSError) else None) or str(fault)
