"""Schema versions. A new database is made at the newest; an older one is copied, checked, and brought up.

The version is SQLite's and PostgreSQL's table `alembic_version`; alembic itself is loaded only when there is work.
"""

from pathlib import Path

from sqlalchemy import Connection, Engine, inspect, text

from appraisal.domain.errors import EnvironmentFault
from db import backup
from db.create import create_schema

NEWEST = "0001"
SCRIPTS = Path(__file__).parent / "migrations"


def create(connection: Connection) -> None:
    create_schema(connection)
    connection.execute(text("CREATE TABLE alembic_version (\nversion_num VARCHAR(32) NOT NULL,\n"
                            "CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)\n)"))
    connection.execute(text("INSERT INTO alembic_version VALUES (:version)"), {"version": NEWEST})


def version(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    found: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
    return found


def upgrade(engine: Engine, file: Path | None, *, newest: str = NEWEST, scripts: Path = SCRIPTS) -> None:
    """Brings an older database up, after a copy of `file` beside it that was opened and checked."""
    with engine.begin() as connection:
        found = version(connection)
    if found == newest:
        return
    if found is None or found > newest:
        raise EnvironmentFault("database_newer", file=str(file), version=str(found))
    if file is not None:
        backup.copy_checked(engine, file.with_name(f"{file.stem}-before-{newest}{file.suffix}"))
    run(engine, scripts)


def run(engine: Engine, scripts: Path) -> None:
    """All steps that are missing, in one transaction."""
    from alembic import command  # noqa: PLC0415 - a desk that is up to date starts without it
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(scripts))
    with engine.begin() as connection:
        if connection.dialect.name == "postgresql":  # readers at other desks come to an end before a table changes
            connection.exec_driver_sql("SET LOCAL lock_timeout = '60s'")
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
