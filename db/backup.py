"""A copy of an encrypted database, made while it is open, and checked before it counts."""

from pathlib import Path

from sqlalchemy import Engine

from appraisal.domain.errors import EnvironmentFault
from db.files import sync_folder


def copy_checked(engine: Engine, target: Path) -> None:
    """`VACUUM INTO` under the same key, then SQLite's own check and the number of entries compared."""
    temporary = target.with_name(f".{target.name}.tmp")
    temporary.unlink(missing_ok=True)
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        raw = connection.connection.driver_connection
        assert raw is not None
        raw.execute("VACUUM INTO ?", (str(temporary),))
        entries = raw.execute("SELECT count(*) FROM journal").fetchone()
        raw.execute("ATTACH ? AS copy", (str(temporary),))
        try:
            sound = raw.execute("PRAGMA copy.integrity_check").fetchone() == ("ok",)
            same = raw.execute("SELECT count(*) FROM copy.journal").fetchone() == entries
        finally:
            raw.execute("DETACH copy")
    if not (sound and same):
        temporary.unlink()
        raise EnvironmentFault("copy_damaged", file=str(target))
    temporary.replace(target)
    sync_folder(target.parent)
