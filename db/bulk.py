"""Many rows by one statement, past SQLAlchemy's work on each value.

On a table with triggers SQLite copies every page that a statement touches, to undo it alone if need be: there one
INSERT carries many rows.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import chain
from typing import Any

from sqlalchemy import Boolean, ClauseElement, Connection, Date, Dialect, Table
from sqlalchemy.dialects import postgresql, sqlite

Values = tuple[Any, ...]
_ROWS = 500
_MOST_VALUES = 32_000
"""SQLite takes 32,766 in one statement."""


@dataclass(frozen=True, slots=True)
class _Plan:
    sql: str
    order: tuple[int, ...] | None
    """Places in a row, as the statement names its values; None for named parameters."""
    processed: tuple[tuple[int, Callable[[Any], Any]], ...]
    """Columns that this engine keeps otherwise than Python does."""
    group: str | None
    """`VALUES (…)` of one row, where a statement may carry many."""


def bulk(connection: Connection, statement: ClauseElement, columns: Sequence[str], rows: Sequence[Values]) -> int:
    """`rows` have `columns`, the statement's parameters, in that order. Returns how many rows were written."""
    if not rows:
        return 0
    plan = _plan(statement, tuple(columns), connection.dialect)
    if plan.processed:
        rows = [_process(row, plan.processed) for row in rows]
    if plan.order is None:
        return connection.exec_driver_sql(
            plan.sql, [dict(zip(columns, row, strict=True)) for row in rows]).rowcount
    if plan.order != tuple(range(len(columns))):
        rows = [tuple(row[place] for place in plan.order) for row in rows]
    if plan.group is None:
        return connection.exec_driver_sql(plan.sql, list(rows)).rowcount
    return sum(connection.exec_driver_sql(sql, values).rowcount for sql, values in _together(plan, plan.group, rows))


def _together(plan: _Plan, group: str, rows: Sequence[Values]) -> Iterator[tuple[str, list[Values]]]:
    """Statements of many rows each, and their values."""
    size = max(1, min(_ROWS, _MOST_VALUES // len(rows[0])))
    full = len(rows) // size * size
    for some in (rows[:full], rows[full:]):
        if some:
            many = min(size, len(some))
            sql = plan.sql.replace(group, "VALUES " + ", ".join([group.removeprefix("VALUES ")] * many), 1)
            yield sql, [tuple(chain.from_iterable(some[at:at + many])) for at in range(0, len(some), many)]


@lru_cache(maxsize=256)
def _plan(statement: ClauseElement, columns: tuple[str, ...], dialect: Dialect) -> _Plan:
    compiled: Any = statement.compile(dialect=dialect, column_keys=list(columns))
    processed = tuple(
        (place, process) for place, name in enumerate(columns)
        if isinstance(kind := compiled.binds[name].type, Date | Boolean)
        and (process := kind.dialect_impl(dialect).bind_processor(dialect)) is not None)
    sql, order = str(compiled), None
    group = f"VALUES ({', '.join('?' * len(columns))})"
    if compiled.positiontup is not None:
        order = tuple(columns.index(name) for name in compiled.positiontup)
        assert len(order) == len(columns)
    return _Plan(sql, order, processed, group if order is not None and group in sql else None)


def _process(row: Values, processed: tuple[tuple[int, Callable[[Any], Any]], ...]) -> Values:
    changed = list(row)
    for place, process in processed:
        changed[place] = process(changed[place])
    return tuple(changed)


def conflict_insert(connection: Connection, table: Table) -> Any:
    """INSERT that can say ON CONFLICT; both engines spell it alike."""
    return sqlite.insert(table) if connection.dialect.name == "sqlite" else postgresql.insert(table)


def insert_new(connection: Connection, table: Table) -> Any:
    """INSERT that leaves alone what is there."""
    return _insert_new(connection.dialect.name, table)


@cache
def _insert_new(engine: str, table: Table) -> Any:
    return (sqlite if engine == "sqlite" else postgresql).insert(table).on_conflict_do_nothing()
