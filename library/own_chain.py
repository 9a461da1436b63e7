"""The library's own chain in the journal: decisions of its officers, and what it records once more to keep the order.

Its desk is the library's id; its epoch is new for each database, so that a library that moves to another engine begins
another chain. One writer at a time: whoever holds the row of `own_chain`.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, select

from db.bulk import insert_new
from db.journal import Chain, Origin, end_of
from db.projections import PROJECTIONS
from db.projections.gathered import Gathered, Waiting
from library.opening import Library
from library.schema import own_chain


class OwnChain:
    """Use `appending`."""

    def __init__(self, library: Library, connection: Connection, origin: Origin) -> None:
        self._library, self._connection = library, connection
        self._chain = Chain(connection, origin, library.random, end_of(connection, origin))

    def record(self, happened: Any, *, why: str | None, by: str = "") -> None:
        position = self._chain.append(happened, by, self._library.clock(), why)
        waiting = Waiting(self._connection)
        PROJECTIONS[type(happened)](Gathered(self._connection, position, why, waiting), happened)
        waiting.send()

    def close(self) -> None:
        self._chain.close()


@contextmanager
def appending(library: Library, connection: Connection) -> Iterator[OwnChain]:
    """Within a transaction; waits for whoever appends. Take it before any desk's cursor, never after."""
    connection.execute(insert_new(connection, own_chain), {"id": 1, "epoch": library.random(16).hex()})
    epoch = connection.scalars(select(own_chain.c.epoch).with_for_update()).one()
    chain = OwnChain(library, connection, Origin(bytes.fromhex(library.id), bytes.fromhex(epoch)))
    yield chain
    chain.close()
