"""No row without its entry: what raw SQL tries, on both engines, the database itself refuses."""

import pytest
from db_kit import busy_day
from sqlalchemy import create_engine, func, insert, select, text, update
from sqlalchemy.exc import DatabaseError

from db.bulk import conflict_insert
from db.engine import open_sqlite
from db.schema import PROJECTED, journal

NAMES = [table.name for table in PROJECTED]
TABLES = {table.name: table for table in PROJECTED}
NO_ENTRY, KEPT = "no open journal entry", "rows are never deleted"


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def busy(request, tmp_path_factory):
    """One busy day on each engine; every test undoes what it did."""
    if request.param == "sqlite":
        engine, clean = open_sqlite(tmp_path_factory.mktemp("busy") / "desk.db"), lambda: None
    else:
        server = request.getfixturevalue("postgresql")
        admin = create_engine(server.format(name="postgres"), isolation_level="AUTOCOMMIT")
        with admin.connect() as connection:
            connection.exec_driver_sql("CREATE DATABASE tripwires")
        engine = create_engine(server.format(name="tripwires"))

        def clean():
            with admin.connect() as connection:
                connection.exec_driver_sql("DROP DATABASE tripwires WITH (FORCE)")
            admin.dispose()

    busy_day(engine)
    yield engine
    engine.dispose()
    clean()


@pytest.fixture
def connection(busy):
    """In a transaction that is undone."""
    with busy.connect() as connection:
        yield connection
        connection.rollback()


def a_row(connection, table):
    found = connection.execute(select(table).limit(1)).first()
    assert found is not None, f"the busy day leaves {table.name} empty"
    return dict(found._mapping)


def open_entry(connection, **changed):
    """Position of a journal row written by hand."""
    last = connection.execute(select(journal).order_by(journal.c.position.desc()).limit(1)).one()._asdict()
    del last["position"]
    values = last | {"seq": last["seq"] + 1, "open": 1} | changed
    return connection.execute(insert(journal), values).inserted_primary_key[0]


def key_of(table):
    return [column.name for column in table.primary_key.columns]


def refused(connection, statement, says):
    with pytest.raises(DatabaseError, match=says):
        connection.execute(statement)


@pytest.mark.parametrize("name", NAMES)
def test_an_insert_without_an_entry_is_refused(connection, name):
    refused(connection, insert(TABLES[name]).values(**a_row(connection, TABLES[name])), NO_ENTRY)


@pytest.mark.parametrize("name", NAMES)
def test_an_update_without_an_entry_is_refused(connection, name):
    refused(connection, update(TABLES[name]).values(position=TABLES[name].c.position), NO_ENTRY)


@pytest.mark.parametrize("name", NAMES)
def test_an_update_that_forgets_its_entry_is_refused_even_beside_an_open_one(connection, name):
    open_entry(connection)
    row = a_row(connection, TABLES[name])
    kept = next(column for column in row if column not in (*key_of(TABLES[name]), "position"))
    refused(connection, update(TABLES[name]).values({kept: row[kept]}), NO_ENTRY)


@pytest.mark.parametrize("name", NAMES)
def test_a_delete_is_refused_even_beside_an_open_entry(connection, name):
    open_entry(connection)
    refused(connection, text(f"DELETE FROM {name}"), KEPT)


@pytest.mark.parametrize("name", NAMES)
def test_an_upsert_without_an_entry_is_refused(connection, name):
    table = TABLES[name]
    statement = conflict_insert(connection, table).values(**a_row(connection, table)).on_conflict_do_update(
        index_elements=key_of(table), set_={"position": 1})
    refused(connection, statement, NO_ENTRY)


@pytest.mark.parametrize("name", NAMES)
def test_deletes_by_another_name_are_refused_even_beside_an_open_entry(connection, name):
    """SQLite's REPLACE, PostgreSQL's TRUNCATE."""
    row = a_row(connection, TABLES[name]) | {"position": open_entry(connection)}
    if connection.dialect.name == "sqlite":
        refused(connection, insert(TABLES[name]).prefix_with("OR REPLACE").values(**row), KEPT)
    else:
        refused(connection, text(f"TRUNCATE {name} CASCADE"), KEPT)


def test_an_entry_left_open_is_not_committed(busy):
    before = count(busy)
    with pytest.raises(DatabaseError, match=r"(?i)foreign key|never"), busy.begin() as connection:
        open_entry(connection)
    assert count(busy) == before


def test_an_entry_that_is_not_open_is_refused(connection):
    last = connection.execute(select(journal).order_by(journal.c.position.desc()).limit(1)).one()._asdict()
    del last["position"]
    refused(connection, insert(journal).values(last | {"seq": last["seq"] + 1, "open": None}), "only appended")


@pytest.mark.parametrize("column", ["hash", "entry", "position", "seq", "desk", "epoch", "kind", "person", "open"])
def test_a_closed_entry_is_never_changed(connection, column):
    new = {"hash": b"\1" * 32, "entry": b"\1", "position": 10**6, "seq": 10**6, "desk": "0" * 32, "epoch": "0" * 32,
           "kind": "another", "person": "0" * 32, "open": 1}[column]
    refused(connection, update(journal).where(journal.c.seq == 2).values({column: new}), "only appended")


def test_an_open_entry_is_only_closed(connection):
    position = open_entry(connection)
    for change in ({"open": 1}, *({"open": None, name: value} for name, value in (
            ("entry", b"\1"), ("hash", b"\1" * 32), ("seq", 10**6), ("desk", "0" * 32), ("epoch", "0" * 32)))):
        with pytest.raises(DatabaseError, match="only appended"), connection.begin_nested():
            connection.execute(update(journal).where(journal.c.position == position).values(change))
    assert connection.execute(update(journal).where(journal.c.position == position).values(open=None)).rowcount == 1


def test_no_entry_is_deleted(connection):
    refused(connection, text("DELETE FROM journal WHERE seq = 1"), "never deleted")
    connection.rollback()
    if connection.dialect.name == "postgresql":
        refused(connection, text("TRUNCATE journal CASCADE"), "never deleted")


def test_an_entry_is_appended_once(connection):
    refused(connection, insert(journal).from_select(
        [c.name for c in journal.columns if c.name != "position"],
        select(*(1 if c.name == "open" else c for c in journal.columns if c.name != "position"))
        .where(journal.c.seq == 1)), "(?i)unique")


def count(engine):
    with engine.begin() as connection:
        return connection.scalar(select(func.count()).select_from(journal))
