"""The same projections for a library's many entries at once: their writes are gathered and sent a table at a time.

Rows are never deleted and a row is written only after those it refers to, so the writes of one table, in their order,
may follow all writes of the tables it refers to. Whoever reads first sends what is waiting.
"""

from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import ClauseElement, Connection, Row, Select, Table, insert
from sqlalchemy.dialects import postgresql, sqlite

from db.bulk import Values, bulk
from db.projections.apply import Unsearched, change_by_key
from db.schema import metadata

Shape = tuple[str, tuple[str, ...], tuple[str, ...]]
"""Verb, names of the key's columns, names of the others: writes of one shape share a statement."""


class Waiting:
    """Writes not yet sent."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._writes: dict[Table, list[tuple[Shape, list[Values]]]] = defaultdict(list)
        """Of each table in their order, those of one shape that follow each other together."""

    def put(self, table: Table, verb: str, key: dict[str, Any], values: dict[str, Any]) -> None:
        runs, shape, row = self._writes[table], (verb, tuple(key), tuple(values)), (*key.values(), *values.values())
        if runs and runs[-1][0] == shape:
            runs[-1][1].append(row)
        else:
            runs.append((shape, [row]))

    def send(self) -> None:
        """Raises what the database says, and LookupError where a row to change is not there."""
        writes, self._writes = self._writes, defaultdict(list)
        for table in (t for t in metadata.sorted_tables if t in writes):
            for shape, rows in writes[table]:
                statement, columns = _statement(self._connection.dialect.name, table, shape)
                done = bulk(self._connection, statement, columns, rows, len(shape[1]))
                if shape[0] == "change" and done != len(rows):
                    raise LookupError(f"{table.name}: {done} of {len(rows)} rows")


@cache
def _statement(engine: str, table: Table, shape: Shape) -> tuple[ClauseElement, tuple[str, ...]]:
    """The statement, and the names of its parameters in the order of a write's values."""
    verb, key, values = shape
    if verb == "add":
        return insert(table), values
    if verb == "change":
        return change_by_key(table, key, values), (*(f"key_{name}" for name in key), *values)
    statement = (sqlite if engine == "sqlite" else postgresql).insert(table)
    return statement.on_conflict_do_update(
        index_elements=list(key), set_={name: statement.excluded[name] for name in values}), (*key, *values)


@dataclass(frozen=True, slots=True)
class Gathered(Unsearched):
    waiting: Waiting

    def read(self, query: Select[Any], **values: Any) -> Row[Any]:
        self.waiting.send()
        return self.connection.execute(query, values).one()

    def add(self, table: Table, **values: Any) -> None:
        self.waiting.put(table, "add", {}, values | {"position": self.position})

    def change(self, table: Table, key: dict[str, Any], **values: Any) -> None:
        self.waiting.put(table, "change", key, values | {"position": self.position})

    def put(self, table: Table, key: dict[str, Any], **values: Any) -> None:
        self.waiting.put(table, "put", key, values | {"position": self.position})
