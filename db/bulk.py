"""Many rows by one statement, past SQLAlchemy's work on each value.

On a table with triggers SQLite copies every page that a statement touches, to undo it alone if need be: there one
INSERT carries many rows.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import chain
from operator import itemgetter
from typing import Any

from sqlalchemy import ClauseElement, Connection, Date, Dialect, Insert, LargeBinary, Table
from sqlalchemy.dialects import postgresql, sqlite

from db.copying import FEW, copy_rows

Values = tuple[Any, ...]
_ROWS = 500
_MOST_VALUES = 32_000
"""SQLite takes 32,766 in one statement."""


@dataclass(frozen=True, slots=True)
class _Plan:
    sql: str
    named: bool
    """The driver takes values by name, else in a row."""
    arrange: Callable[[Values], Values] | None
    """A row in the statement's own order, where that is another."""
    processed: tuple[tuple[int, Callable[[Any], Any]], ...]
    """Places in the statement's own order of what the driver does not take as it is, or takes its time over (bytes, on
    SQLite, where no column of them may be NULL); a bool it writes as a number."""
    group: str | None
    """`VALUES (…)` of one row, where a statement may carry many."""
    copied: Table | None
    """The table, where rows may be copied (db.copying)."""
    on_conflict: str


def bulk(connection: Connection, statement: ClauseElement, columns: Sequence[str], rows: Sequence[Values],
         key: int = 0) -> int:
    """`rows` have `columns`, the statement's parameters, in that order. `key`: how many of the first of them find the
    row that the statement may change. Returns how many rows were written."""
    if not rows:
        return 0
    plan = _plan(statement, tuple(columns), connection.dialect)
    if plan.copied is not None and len(rows) > FEW and len({row[:key] for row in rows} if key else rows) == len(rows):
        return copy_rows(connection, plan.copied, tuple(columns), rows, plan.on_conflict)
    if plan.named:
        return connection.exec_driver_sql(
            plan.sql, [dict(zip(columns, row, strict=True)) for row in rows]).rowcount
    if plan.group is None:
        return connection.exec_driver_sql(plan.sql, [tuple(_flat([row], plan)) for row in rows]).rowcount
    return sum(connection.exec_driver_sql(sql, values).rowcount for sql, values in _together(plan, plan.group, rows))


def _together(plan: _Plan, group: str, rows: Sequence[Values]) -> Iterator[tuple[str, list[Values]]]:
    """Statements of many rows each, and their values."""
    size = max(1, min(_ROWS, _MOST_VALUES // len(rows[0])))
    full = len(rows) // size * size
    for some in (rows[:full], rows[full:]):
        if some:
            many = min(size, len(some))
            sql = plan.sql.replace(group, "VALUES " + ", ".join([group.removeprefix("VALUES ")] * many), 1)
            yield sql, [tuple(_flat(some[at:at + many], plan)) for at in range(0, len(some), many)]


def _flat(rows: Sequence[Values], plan: _Plan) -> list[Any]:
    """The values of all rows, as the driver takes them."""
    width = len(rows[0])
    values = list(chain.from_iterable(map(plan.arrange, rows) if plan.arrange else rows))
    for place, process in plan.processed:
        values[place::width] = map(process, values[place::width])
    return values


@lru_cache(maxsize=256)
def _plan(statement: ClauseElement, columns: tuple[str, ...], dialect: Dialect) -> _Plan:
    compiled: Any = statement.compile(dialect=dialect, column_keys=list(columns))
    sql, named = str(compiled), compiled.positiontup is None
    processed = () if named else tuple(
        (place, bytearray if isinstance(kind, LargeBinary) else process)
        for place, name in enumerate(compiled.positiontup)
        if isinstance(kind := compiled.binds[name].type, Date | LargeBinary)
        and (process := kind.dialect_impl(dialect).bind_processor(dialect)) is not None)
    group = f"VALUES ({', '.join('?' * len(columns))})"
    arrange = None
    if not named and tuple(compiled.positiontup) != columns:
        assert sorted(compiled.positiontup) == sorted(columns)
        arrange = itemgetter(*map(columns.index, compiled.positiontup))
    _, clause, rest = sql.partition(" ON CONFLICT ")
    copied = statement.table if named and isinstance(statement, Insert) else None
    return _Plan(sql, named, arrange, processed, group if not named and group in sql else None,
                 copied if isinstance(copied, Table) else None, clause + rest)


def conflict_insert(connection: Connection, table: Table) -> Any:
    """INSERT that can say ON CONFLICT; both engines spell it alike."""
    return sqlite.insert(table) if connection.dialect.name == "sqlite" else postgresql.insert(table)


def insert_new(connection: Connection, table: Table) -> Any:
    """INSERT that leaves alone what is there."""
    return _insert_new(connection.dialect.name, table)


@cache
def _insert_new(engine: str, table: Table) -> Any:
    return (sqlite if engine == "sqlite" else postgresql).insert(table).on_conflict_do_nothing()
