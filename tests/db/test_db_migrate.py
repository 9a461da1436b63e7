"""Schema versions: made new and brought up are one and the same; an upgrade that fails leaves the old file."""

import shutil

import pytest
from alembic.util.exc import CommandError
from sqlalchemy import text

from appraisal.domain.errors import EnvironmentFault
from db import migrate
from db.engine import create_sqlcipher, open_sqlcipher, open_sqlite

KEY = bytes(range(32))


def schema_of(engine):
    with engine.begin() as connection:
        # the order of constraints is nobody's business
        found = connection.execute(text("SELECT type, name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_%'"))
        return {(row.type, row.name): sorted(line.strip(" \t,") for line in (row.sql or "").splitlines())
                for row in found}


@pytest.fixture
def scripts(tmp_path):
    """The product's own migrations and one more."""
    folder = tmp_path / "migrations"
    shutil.copytree(migrate.SCRIPTS, folder)
    (folder / "versions" / "0002_next.py").write_text(
        "from alembic import op\nimport sqlalchemy as sa\n\nrevision, down_revision = '0002', '0001'\n\n\n"
        "def upgrade():\n    op.add_column('batch', sa.Column('note', sa.String))\n", "utf-8")
    return folder


@pytest.fixture
def old(tmp_path):
    engine = create_sqlcipher(tmp_path / "centre.db", KEY)
    with engine.begin() as connection:
        migrate.create(connection)
    yield engine
    engine.dispose()


def test_a_migrated_database_is_what_a_new_one_is():
    new, migrated = open_sqlite(None), open_sqlite(None)
    with new.begin() as connection:
        migrate.create(connection)
    migrate.run(migrated, migrate.SCRIPTS)
    assert schema_of(migrated) == schema_of(new)


def test_an_older_database_is_copied_and_brought_up(old, scripts, tmp_path):
    migrate.upgrade(old, tmp_path / "centre.db", newest="0002", scripts=scripts)
    with old.begin() as connection:
        assert migrate.version(connection) == "0002"
        connection.execute(text("SELECT note FROM batch"))
    copy = open_sqlcipher(tmp_path / "centre-before-0002.db", KEY)
    with copy.begin() as connection:
        assert migrate.version(connection) == "0001"
    copy.dispose()


def test_an_upgrade_that_fails_changes_nothing(old, scripts, tmp_path):
    (scripts / "versions" / "0002_next.py").write_text(
        "from alembic import op\n\nrevision, down_revision = '0002', '0001'\n\n\n"
        "def upgrade():\n    op.execute('ALTER TABLE batch ADD COLUMN note')\n"
        "    op.execute('SELECT 1 FROM nowhere')\n", "utf-8")
    before = schema_of(old)
    with pytest.raises(Exception, match="nowhere"):
        migrate.upgrade(old, tmp_path / "centre.db", newest="0002", scripts=scripts)
    assert schema_of(old) == before


def test_a_newer_database_is_refused(old, tmp_path):
    with old.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '0999'"))
    with pytest.raises(EnvironmentFault, match="database_newer"):
        migrate.upgrade(old, tmp_path / "centre.db")


def test_a_step_that_is_missing_is_no_silent_success(old, tmp_path):
    with pytest.raises(CommandError):
        migrate.upgrade(old, None, newest="0002", scripts=tmp_path / "nothing")
