"""Triggers: a projected row changes only in the transaction that appends its journal entry; the journal only grows.

SQLite needs `recursive_triggers=ON`, or INSERT OR REPLACE slips past the refusal to delete.
"""

from collections.abc import Iterable, Iterator

from sqlalchemy import Connection, Table

from db.schema import PROJECTED

_OPEN = "SELECT 1 FROM journal WHERE position = NEW.position AND open = 1"
_GROWS = {
    "INSERT": "NEW.open IS NULL OR NEW.open <> 1",
    "UPDATE": "NEW.open IS NOT NULL OR OLD.open IS NULL OR NEW.hash <> OLD.hash OR NEW.entry <> OLD.entry "
              "OR NEW.position <> OLD.position OR NEW.seq <> OLD.seq OR NEW.desk <> OLD.desk OR NEW.epoch <> OLD.epoch",
}


def install(connection: Connection, tables: Iterable[Table] = PROJECTED) -> None:
    make = _sqlite if connection.dialect.name == "sqlite" else _postgresql
    for statement in make([table.name for table in tables]):
        connection.exec_driver_sql(statement)


def _sqlite(tables: Iterable[str]) -> Iterator[str]:
    def trigger(table: str, verb: str, when: str, says: str) -> str:
        return (f"CREATE TRIGGER tripwire_{table}_{verb.lower()} BEFORE {verb} ON {table} WHEN {when} "
                f"BEGIN SELECT RAISE(ABORT, '{says}'); END")

    for table in tables:
        for verb in ("INSERT", "UPDATE"):
            yield trigger(table, verb, f"NOT EXISTS ({_OPEN})", f"{table}: no open journal entry")
        yield trigger(table, "DELETE", "1", f"{table}: rows are never deleted")
    for verb, when in _GROWS.items():
        yield trigger("journal", verb, when, "journal: entries are only appended")
    yield trigger("journal", "DELETE", "1", "journal: entries are never deleted")


def _postgresql(tables: Iterable[str]) -> Iterator[str]:
    def function(name: str, refuse_when: str, says: str) -> str:
        return (f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
                f"IF {refuse_when} THEN RAISE EXCEPTION '%%: {says}', TG_TABLE_NAME USING ERRCODE = '23000'; END IF; "
                f"RETURN NEW; END $$")

    def trigger(table: str, verb: str, name: str) -> str:
        each = "STATEMENT" if verb == "TRUNCATE" else "ROW"
        return (f"CREATE TRIGGER tripwire_{table}_{verb.lower()} BEFORE {verb} ON {table} "
                f"FOR EACH {each} EXECUTE FUNCTION {name}()")

    yield function("tripwire_open", f"NOT EXISTS ({_OPEN})", "no open journal entry")
    yield function("tripwire_kept", "TRUE", "rows are never deleted")
    for table in tables:
        for verb in ("INSERT", "UPDATE"):
            yield trigger(table, verb, "tripwire_open")
        for verb in ("DELETE", "TRUNCATE"):
            yield trigger(table, verb, "tripwire_kept")
    for verb, when in _GROWS.items():
        yield function(f"tripwire_grows_{verb.lower()}", when, "entries are only appended")
        yield trigger("journal", verb, f"tripwire_grows_{verb.lower()}")
    for verb in ("DELETE", "TRUNCATE"):
        yield trigger("journal", verb, "tripwire_kept")
