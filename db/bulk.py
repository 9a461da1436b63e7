"""Many rows by one statement, past SQLAlchemy's work on each value: for columns of text, bytes and whole numbers."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ClauseElement, Connection, Table
from sqlalchemy.dialects import postgresql, sqlite


def bulk(connection: Connection, statement: ClauseElement, columns: Sequence[str],
         rows: Sequence[tuple[Any, ...]]) -> int:
    """`rows` have `columns`, in that order. Returns how many rows were written."""
    if not rows:
        return 0
    compiled = statement.compile(dialect=connection.dialect, column_keys=list(columns))
    order = compiled.positiontup  # type: ignore[attr-defined]  # of a statement compiled for positional parameters
    if order is None:
        return connection.exec_driver_sql(
            str(compiled), [dict(zip(columns, row, strict=True)) for row in rows]).rowcount
    assert list(order) == list(columns)
    return connection.exec_driver_sql(str(compiled), list(rows)).rowcount


def conflict_insert(connection: Connection, table: Table) -> Any:
    """INSERT that can say ON CONFLICT; both engines spell it alike."""
    return sqlite.insert(table) if connection.dialect.name == "sqlite" else postgresql.insert(table)
