"""Triggers: a projected row changes only in the transaction that appends its journal entry; the journal only grows.

Which entries are open is no table's but the connection's: those appended from a position on, until `shut` or the end of
the transaction. SQLite asks functions for it that our engines give each connection, PostgreSQL a setting of the
transaction; where neither is, in another's SQL shell, nothing is open. That is also why no row's position is a foreign
key. SQLite needs `recursive_triggers=ON`, or INSERT OR REPLACE slips past the refusal to delete.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import Connection, Engine, Table, event, func, select

from db.schema import PROJECTED, journal
from db.statement import drive, first

_NOTHING = (1 << 63) - 1
_SETTING = "nullif(current_setting('appraisal.open_from', true), '')"
_NEXT_POSITION = "(SELECT coalesce(max(position), 0) + 1 FROM journal)::text"
_OPEN_ON_POSTGRESQL = f"SELECT set_config('appraisal.open_from', {_NEXT_POSITION}, true) WHERE {_SETTING} IS NULL"
_SHUT_ON_POSTGRESQL = "SELECT set_config('appraisal.open_from', '', true)"
_BEFORE_IT = f"NEW.position < coalesce({_SETTING}::bigint, {_NOTHING})"
_BEYOND_IT = "NEW.position > currval('journal_position_seq')"
_NEXT = select((func.coalesce(func.max(journal.c.position), 0) + 1).label("position"))


class _Open:
    """The entries that rows of one connection on SQLite may name."""

    __slots__ = ("first", "last")

    def __init__(self) -> None:
        self.shut()

    def shut(self) -> None:
        self.first, self.last = _NOTHING, 0

    def appends(self, position: int) -> bool:
        if position < self.first:
            return False
        self.last = max(self.last, position)
        return True

    def names(self, position: int | None) -> bool:
        return position is not None and self.first <= position <= self.last


def open_from_here(connection: Connection) -> bool:
    """From now on rows may name the entries that this transaction appends. False where that was so already."""
    if connection.dialect.name == "postgresql":
        return drive(connection, _OPEN_ON_POSTGRESQL).fetchone() is not None
    if connection.info["open"].first != _NOTHING:
        return False
    connection.info["open"].first = first(connection, _NEXT, {}).position
    return True


def shut(connection: Connection) -> None:
    """From here on no row may name the entries appended so far."""
    if connection.dialect.name == "postgresql":
        drive(connection, _SHUT_ON_POSTGRESQL)
    else:
        connection.info["open"].shut()


def open_from(connection: Connection) -> int:
    """The first position that a row may name; beyond all positions where nothing is open."""
    if connection.dialect.name == "postgresql":
        (found,) = drive(connection, f"SELECT coalesce({_SETTING}::bigint, {_NOTHING})").fetchone()
        return int(found)
    return int(connection.info["open"].first)


def watch(engine: Engine) -> None:
    """For an engine on SQLite: its connections know the functions that the triggers ask."""

    @event.listens_for(engine, "connect")
    def know(driver: Any, record: Any) -> None:
        record.info["open"] = entries = _Open()
        driver.create_function("appends", 1, entries.appends)
        driver.create_function("names", 1, entries.names)

    @event.listens_for(engine, "begin")
    def nothing_is_open(connection: Connection) -> None:
        connection.info["open"].shut()


def install(connection: Connection, tables: Iterable[Table] = PROJECTED) -> None:
    make = _sqlite if connection.dialect.name == "sqlite" else _postgresql
    for statement in make([table.name for table in tables]):
        connection.exec_driver_sql(statement)


def _sqlite(tables: Iterable[str]) -> Iterator[str]:
    def trigger(table: str, when: str, condition: str, says: str) -> str:
        verb = when.split()[1]
        return (f"CREATE TRIGGER tripwire_{table}_{verb.lower()} {when} ON {table} WHEN {condition} "
                f"BEGIN SELECT RAISE(ABORT, '{says}'); END")

    for table in tables:
        for verb in ("INSERT", "UPDATE"):
            yield trigger(table, f"BEFORE {verb}", "NOT names(NEW.position)", f"{table}: no open journal entry")
        yield trigger(table, "BEFORE DELETE", "1", f"{table}: rows are never deleted")
    # after it: before, SQLite does not know the number that it will give
    yield trigger("journal", "AFTER INSERT", "NOT appends(NEW.position)", "journal: entries are only appended")
    yield trigger("journal", "BEFORE UPDATE", "1", "journal: entries are only appended")
    yield trigger("journal", "BEFORE DELETE", "1", "journal: entries are never deleted")


def _postgresql(tables: Iterable[str]) -> Iterator[str]:
    def function(name: str, says: str) -> str:
        return (f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
                f"RAISE EXCEPTION '%%: {says}', TG_TABLE_NAME USING ERRCODE = '23000'; END $$")

    def trigger(table: str, verb: str, name: str, condition: str = "") -> str:
        each = "STATEMENT" if verb == "TRUNCATE" else "ROW"
        when = f"WHEN ({condition}) " if condition else ""  # a function is called only to refuse: calling costs most
        return (f"CREATE TRIGGER tripwire_{table}_{verb.lower()} BEFORE {verb} ON {table} "
                f"FOR EACH {each} {when}EXECUTE FUNCTION {name}()")

    yield function("tripwire_open", "no open journal entry")
    yield function("tripwire_kept", "rows are never deleted")
    yield function("tripwire_grows", "entries are only appended")
    for table in tables:
        for verb in ("INSERT", "UPDATE"):
            yield trigger(table, verb, "tripwire_open", f"{_BEFORE_IT} OR {_BEYOND_IT}")
        for verb in ("DELETE", "TRUNCATE"):
            yield trigger(table, verb, "tripwire_kept")
    yield trigger("journal", "INSERT", "tripwire_grows", _BEFORE_IT)
    yield trigger("journal", "UPDATE", "tripwire_grows")
    for verb in ("DELETE", "TRUNCATE"):
        yield trigger("journal", verb, "tripwire_kept")
