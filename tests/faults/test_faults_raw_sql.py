"""A hand with an SQL shell, table by table: whatever it commits without an entry of the journal, nothing is changed.

tests/db/test_tripwires.py asks each tripwire for its words; here it is the end that counts, through the driver itself.
"""

import importlib.util
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import create_engine, inspect, select
from sqlcipher3 import dbapi2

from db.engine import open_sqlite
from db.journal import verify
from db.rebuild import differing, digest
from db.schema import PROJECTED, journal

NAMES = [table.name for table in PROJECTED]
ERRORS = (dbapi2.DatabaseError, psycopg.Error)


def busy_day():
    """The busy day of the tests of db: a row in every projected table."""
    spec = importlib.util.spec_from_file_location("busy", Path(__file__).parents[1] / "db" / "db_kit.py")
    busy = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(busy)
    return busy.busy_day


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def busy(request, tmp_path_factory):
    if request.param == "sqlite":
        engine = open_sqlite(tmp_path_factory.mktemp("raw") / "desk.db")
        busy_day()(engine)
        yield engine
        return
    server = request.getfixturevalue("postgresql")
    admin = create_engine(server.format(name="postgres"), isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.exec_driver_sql("CREATE DATABASE raw_sql")
    engine = create_engine(server.format(name="raw_sql"))
    busy_day()(engine)
    yield engine
    engine.dispose()
    with admin.connect() as connection:
        connection.exec_driver_sql("DROP DATABASE raw_sql WITH (FORCE)")
    admin.dispose()


def statements(engine, table):
    """One for each way to change a row that the engine has, with values that would be right but for the entry."""
    name, keys = table.name, [column.name for column in table.primary_key.columns]
    key = ", ".join(keys)
    columns = ", ".join(column.name for column in table.columns)
    like = ", ".join("x.position" if c.name == "position" else f"x.{c.name}" for c in table.columns)
    text = next((c.name for c in table.columns if c.name not in keys and c.name != "position"), "position")
    same = " AND ".join(f"x.{one} = {name}.{one}" for one in keys)
    yield f"INSERT INTO {name} ({columns}) SELECT {like} FROM {name} AS x LIMIT 1"
    yield f"UPDATE {name} SET {text} = {text}"
    yield f"UPDATE {name} SET position = (SELECT max(position) FROM journal)"
    yield f"UPDATE {name} SET {text} = x.{text} FROM {name} AS x WHERE {same}"
    yield (f"INSERT INTO {name} ({columns}) SELECT {like} FROM {name} AS x WHERE 1 = 1 "
                     f"ON CONFLICT ({key}) DO UPDATE SET {text} = excluded.{text}")
    yield f"DELETE FROM {name}"
    if engine.dialect.name == "sqlite":
        yield f"REPLACE INTO {name} ({columns}) SELECT {like} FROM {name} AS x"
        yield f"UPDATE OR REPLACE {name} SET {text} = {text}"
    else:
        yield f"TRUNCATE {name} CASCADE"
        yield f"MERGE INTO {name} USING {name} AS x ON {same} WHEN MATCHED THEN DELETE"
        yield f"WITH gone AS (DELETE FROM {name} RETURNING 1) SELECT * FROM gone"


def state(engine):
    with engine.begin() as connection:
        return {table.name: digest(connection, table) for table in (*PROJECTED, journal)}


def commit(raw, statement):
    raw.cursor().execute(statement)
    raw.commit()


@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_changed(busy, name):
    table, before = next(one for one in PROJECTED if one.name == name), state(busy)
    for statement in statements(busy, table):
        raw = busy.raw_connection()
        with pytest.raises(ERRORS, match=r"no open journal entry|never deleted"):
            commit(raw, statement)
        raw.rollback()
        raw.close()
    assert state(busy) == before


def test_what_is_left_is_what_the_journal_says(busy):
    assert set(NAMES) < set(inspect(busy).get_table_names())
    with busy.begin() as connection:
        assert all(connection.execute(select(table)).first() for table in PROJECTED)
        assert verify(connection).intact
        assert differing(connection) == ()
