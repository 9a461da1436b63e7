"""What a projection needs to write its rows."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import msgspec
from sqlalchemy import Connection, Row, Select, Table, insert, update


@dataclass(frozen=True, slots=True)
class Apply:
    connection: Connection
    position: int
    why: str | None

    def read(self, query: Select[Any]) -> Row[Any]:
        """The one row that the query finds, with all that was written before."""
        return self.connection.execute(query).one()

    def index(self, statement: str, row: tuple[Any, ...]) -> None:
        """A write to the index of words, which only SQLite has."""
        if self.connection.dialect.name == "sqlite":
            self.connection.exec_driver_sql(statement, row)

    def add(self, table: Table, **values: Any) -> None:
        self.connection.execute(insert(table), values | {"position": self.position})

    def change(self, table: Table, key: dict[str, Any], **values: Any) -> None:
        found = self.connection.execute(
            update(table).where(*(table.c[name] == value for name, value in key.items())),
            values | {"position": self.position})
        if found.rowcount != 1:
            raise LookupError(f"{table.name} {key}: {found.rowcount} rows")

    def put(self, table: Table, key: dict[str, Any], **values: Any) -> None:
        """Change the row of this key, or add it."""
        found = self.connection.execute(
            update(table).where(*(table.c[name] == value for name, value in key.items())),
            values | {"position": self.position})
        if not found.rowcount:
            self.add(table, **key, **values)


Projection = Callable[[Apply, Any], None]


def text(value: Any) -> str:
    """A list or map in one text column: JSON with sorted keys."""
    return msgspec.json.encode(value, order="deterministic").decode()
