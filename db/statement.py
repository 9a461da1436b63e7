"""Statements run on the driver itself, each compiled once for an engine.

The statements of a unit of work are few and always the same, and SQLAlchemy's work on each execution costs more than
SQLite's. Faults are SQLAlchemy's, but without the values: those may be personal.
"""

from collections import namedtuple
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import ClauseElement, CompoundSelect, Connection, Dialect, Select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.sql.dml import ReturningInsert

Query = Select[Any] | CompoundSelect[Any] | ReturningInsert[Any]
Values = Mapping[str, Any]
_Process = Callable[[Any], Any]


@dataclass(frozen=True, slots=True)
class _Made:
    sql: str
    own: Values
    """Values that stand in the statement itself."""
    order: tuple[str, ...] | None
    """Names of the values as the driver wants them in a row; None where it takes them by name."""
    given: tuple[tuple[str, _Process], ...]
    """Values that this engine keeps otherwise than Python does."""
    row: Callable[[Any], Any]


def write(connection: Connection, statement: ClauseElement, values: Values) -> int:
    """How many rows were written."""
    return int(_run(connection, _made(statement, tuple(values), connection.dialect), values).rowcount)


def first(connection: Connection, query: Query, values: Values) -> Any:
    """A named tuple, or None."""
    made = _made(query, tuple(values), connection.dialect)
    cursor = _run(connection, made, values)
    found = cursor.fetchone()
    cursor.close()
    return None if found is None else made.row(found)


def every(connection: Connection, query: Query, values: Values) -> list[Any]:
    """Named tuples."""
    made = _made(query, tuple(values), connection.dialect)
    return list(map(made.row, _run(connection, made, values).fetchall()))


def column(connection: Connection, query: Query, values: Values) -> list[Any]:
    """The first of each row, as the driver gives it."""
    made = _made(query, tuple(values), connection.dialect)
    return [row[0] for row in _run(connection, made, values).fetchall()]


def drive(connection: Connection, sql: str, values: Any = ()) -> Any:
    """The driver's cursor after `sql`, which is in the driver's own spelling."""
    cursor = connection.connection.cursor()
    driver = connection.dialect.loaded_dbapi.Error
    try:
        cursor.execute(sql, values)
    except driver as fault:
        raise DBAPIError.instance(sql, values, fault, driver, hide_parameters=True,
                                  dialect=connection.dialect) from fault
    return cursor


def _run(connection: Connection, made: _Made, values: Values) -> Any:
    if made.own or made.given:
        values = {**made.own, **values}
        for name, process in made.given:
            values[name] = process(values[name])
    return drive(connection, made.sql, values if made.order is None else tuple([values[name] for name in made.order]))


@lru_cache(maxsize=512)
def _made(statement: ClauseElement, names: tuple[str, ...], dialect: Dialect) -> _Made:
    compiled: Any = statement.compile(dialect=dialect, column_keys=list(names))
    assert not compiled.post_compile_params
    own = {name: bind.effective_value for name, bind in compiled.binds.items() if name not in names}
    given = tuple((name, process) for name, bind in compiled.binds.items()
                  if (process := bind.type.dialect_impl(dialect).bind_processor(dialect)) is not None)
    order = None if compiled.positiontup is None else tuple(compiled.positiontup)
    return _Made(str(compiled), own, order, given, _row(statement, dialect))


def _row(statement: Any, dialect: Dialect) -> Callable[[Any], Any]:
    columns = statement.exported_columns
    row: Any = namedtuple("Row", [column.key for column in columns])  # type: ignore[misc]  # noqa: PYI024 - the query's
    make: Callable[[Any], Any] = row._make
    read = tuple((place, process) for place, column in enumerate(columns)
                 if (process := column.type.dialect_impl(dialect).result_processor(dialect, None)) is not None)
    if not read:
        return make

    def processed(found: Any) -> Any:
        row = list(found)
        for place, process in read:
            row[place] = process(row[place])
        return make(row)

    return processed
