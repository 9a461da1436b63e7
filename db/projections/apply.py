"""What a projection needs to write its rows."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any, ClassVar

import msgspec
from sqlalchemy import Connection, Insert, Select, Table, Update, bindparam, insert, update

from db.statement import drive, first, write


@dataclass(frozen=True, slots=True)
class Apply:
    connection: Connection
    position: int
    why: str | None
    searched: ClassVar[bool] = True
    """Whether people are searched here as one types: not in a library, which keeps neither letters nor words."""

    def read(self, query: Select[Any], **values: Any) -> Any:
        """The one row that the query finds, with all that was written before."""
        row = first(self.connection, query, values)
        if row is None:
            raise LookupError(f"{query}: no row")
        return row

    def index(self, statement: str, row: tuple[Any, ...]) -> None:
        """A write to the index of words, which only SQLite has."""
        if self.connection.dialect.name == "sqlite":
            drive(self.connection, statement, row)

    def add(self, table: Table, **values: Any) -> None:
        write(self.connection, _insert(table), values | {"position": self.position})

    def change(self, table: Table, key: dict[str, Any], **values: Any) -> None:
        found = self._update(table, key, values)
        if found != 1:
            raise LookupError(f"{table.name} {key}: {found} rows")

    def put(self, table: Table, key: dict[str, Any], **values: Any) -> None:
        """Change the row of this key, or add it."""
        if not self._update(table, key, values):
            self.add(table, **key, **values)

    def _update(self, table: Table, key: dict[str, Any], values: dict[str, Any]) -> int:
        named = {f"key_{name}": value for name, value in key.items()}
        return write(self.connection, change_by_key(table, tuple(key), (*values, "position")),
                     named | values | {"position": self.position})


@dataclass(frozen=True, slots=True)
class Unsearched(Apply):
    """In a library."""

    searched: ClassVar[bool] = False


@cache
def change_by_key(table: Table, key: tuple[str, ...], values: tuple[str, ...]) -> Update:
    """Parameters: `key_<name>` for each column of the key, and the other columns by their names. Made once: putting a
    statement together costs more than running it."""
    return update(table).where(*(table.c[name] == bindparam(f"key_{name}") for name in key)).values(
        {name: bindparam(name) for name in values})


@cache
def _insert(table: Table) -> Insert:
    return insert(table)


Projection = Callable[[Apply, Any], None]


def text(value: Any) -> str:
    """A list or map in one text column: JSON with sorted keys."""
    return msgspec.json.encode(value, order="deterministic").decode()
