"""No row without its entry: what raw SQL tries, on both engines, the database itself refuses."""

import psycopg
import pytest
from db_kit import busy_day
from sqlalchemy import create_engine, func, insert, select, text, update
from sqlalchemy.exc import DatabaseError
from sqlcipher3 import dbapi2

from db.bulk import conflict_insert
from db.engine import open_sqlite
from db.schema import PROJECTED, journal
from db.tripwires import open_from, open_from_here, shut

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
    """Position of a journal row written by hand, as our own code would begin it."""
    last = connection.execute(select(journal).order_by(journal.c.position.desc()).limit(1)).one()._asdict()
    del last["position"]
    open_from_here(connection)
    values = last | {"seq": last["seq"] + 1} | changed
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
    kept = min((column for column in row if column != "position"), key=key_of(TABLES[name]).__contains__)
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


def test_an_entry_is_open_no_longer_than_its_transaction(busy):
    with busy.connect() as connection:
        for end in ("commit", "rollback", "commit"):
            transaction = connection.begin()
            assert not open_now(connection)
            assert open_from_here(connection)
            assert not open_from_here(connection)  # it is already
            assert open_now(connection)
            getattr(transaction, end)()


def test_what_opens_in_a_part_that_is_undone_opens_again(connection):
    part = connection.begin_nested()
    open_entry(connection)
    part.rollback()
    row = a_row(connection, TABLES["centre"])
    with connection.begin_nested():
        position = open_entry(connection)
        connection.execute(update(TABLES["centre"]).values(position=position))
    refused(connection, update(TABLES["centre"]).values(position=row["position"]), NO_ENTRY)


def test_a_row_names_no_entry_once_it_is_shut(connection):
    position = open_entry(connection)
    connection.execute(update(TABLES["centre"]).values(position=position))
    shut(connection)
    assert open_from(connection) > position
    refused(connection, update(TABLES["centre"]).values(position=position), NO_ENTRY)


def test_a_row_names_an_entry_that_is_there(connection):
    beyond = open_entry(connection) + 1
    refused(connection, update(TABLES["centre"]).values(position=beyond), NO_ENTRY)


def test_an_entry_is_not_appended_while_nothing_is_open(connection):
    last = connection.execute(select(journal).order_by(journal.c.position.desc()).limit(1)).one()._asdict()
    refused(connection, insert(journal).values(last | {"seq": last["seq"] + 1, "position": last["position"] + 1}),
            "only appended")


def test_what_was_refused_is_not_there_to_be_named(connection):
    last = connection.execute(select(journal).order_by(journal.c.position.desc()).limit(1)).one()._asdict()
    beyond = last["position"] + 1
    if connection.dialect.name == "postgresql":  # numbers that were undone are not given again
        beyond = connection.scalar(text("SELECT last_value FROM journal_position_seq")) + 1
    with connection.begin_nested() as part:
        entry = last | {"seq": last["seq"] + 1, "position": beyond}
        refused(connection, insert(journal).values(entry), "only appended")
        part.rollback()
    open_from_here(connection)
    refused(connection, update(TABLES["centre"]).values(position=beyond), "no open journal entry|not yet defined")


def test_an_entry_is_not_put_before_those_that_are_there(connection):
    open_entry(connection)
    refused(connection, text("INSERT INTO journal SELECT -7, desk, epoch, 10000, hash, kind, person, entry "
                             "FROM journal WHERE seq = 1"), "only appended")


@pytest.mark.parametrize("column", ["hash", "entry", "position", "seq", "desk", "epoch", "kind", "person"])
@pytest.mark.parametrize("opened", [False, True])
def test_an_entry_is_never_changed(connection, column, opened):
    new = {"hash": b"\1" * 32, "entry": b"\1", "position": 10**6, "seq": 10**6, "desk": "0" * 32, "epoch": "0" * 32,
           "kind": "another", "person": "0" * 32}[column]
    last = open_entry(connection) if opened else connection.scalar(select(func.max(journal.c.position)))
    refused(connection, update(journal).where(journal.c.position == last).values({column: new}), "only appended")


def test_another_program_finds_nothing_open(busy, tmp_path):
    """An SQL shell knows nothing of what our connections know."""
    if busy.dialect.name == "postgresql":
        with psycopg.connect(busy.url.set(drivername="postgresql").render_as_string(hide_password=False)) as other, \
                pytest.raises(psycopg.Error, match=NO_ENTRY):
            other.execute("UPDATE centre SET position = position")
        return
    with busy.connect() as connection:
        file = connection.exec_driver_sql("PRAGMA database_list").one()[2]
    other = dbapi2.connect(file)
    with pytest.raises(dbapi2.OperationalError, match="names"):
        other.execute("UPDATE centre SET position = position")
    other.close()


def test_no_entry_is_deleted(connection):
    refused(connection, text("DELETE FROM journal WHERE seq = 1"), "never deleted")
    connection.rollback()
    if connection.dialect.name == "postgresql":
        refused(connection, text("TRUNCATE journal CASCADE"), "never deleted")


def test_an_entry_is_appended_once(connection):
    open_from_here(connection)
    refused(connection, insert(journal).from_select(
        [c.name for c in journal.columns if c.name != "position"],
        select(*(c for c in journal.columns if c.name != "position")).where(journal.c.seq == 1)), "(?i)unique")


def open_now(connection):
    return open_from(connection) < 1 << 62
