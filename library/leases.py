"""Blocks of certificate numbers, and a status slot for each number. No number twice, and no slot."""

from datetime import UTC, datetime

import msgspec
from sqlalchemy import Connection, func, insert, select

from appraisal.credential.claims import STATUS_LIST_LENGTH
from appraisal.domain.centre import Lease
from appraisal.domain.events import Id
from appraisal.domain.latin_names import initials
from appraisal.domain.scheme import Scheme
from library.opening import Library
from library.schema import given_lease

BLOCK = 500
FULL_LIST = STATUS_LIST_LENGTH * 3 // 4
"""Beyond this a new list is begun: free slots must stay easy to draw, and say nothing of their neighbours."""


def give_lease(library: Library, connection: Connection, name: Id, ordinal: int, scheme: Scheme,
               epoch: Id | None) -> None:
    """A new block, for one epoch of the desk."""
    year = datetime.fromtimestamp(library.clock() / 1000, UTC).year
    stem = initials(scheme.name.zh)[:2].upper()
    lease = _draw(library, connection, scheme, f"{stem}{year % 100:02d}D{ordinal:03d}")
    connection.execute(insert(given_lease).values(
        desk=name, lease=lease.lease, scheme=lease.scheme, prefix=lease.prefix, first=lease.first,
        last=lease.last, status_list=lease.status_list,
        status_indices=msgspec.json.encode(lease.status_indices).decode(), epoch=epoch))


def _draw(library: Library, connection: Connection, scheme: Scheme, prefix: str) -> Lease:
    """A new block. Schemes may share a prefix, so numbers go on where the last block of that prefix ended."""
    last = connection.scalar(select(func.max(given_lease.c.last)).where(given_lease.c.prefix == prefix)) or 0
    number = connection.scalar(select(func.max(given_lease.c.status_list))) or 1
    used = _used(connection, number)
    if len(used) + BLOCK > FULL_LIST:
        number, used = number + 1, set()
    slots: dict[int, None] = {}
    while len(slots) < BLOCK:
        slot = int.from_bytes(library.random(3), "big") % STATUS_LIST_LENGTH
        if slot not in used:
            slots[slot] = None
    return Lease(library.new_id(), scheme.code, prefix, last + 1, last + BLOCK, number, tuple(slots))


def _used(connection: Connection, number: int) -> set[int]:
    rows = connection.scalars(select(given_lease.c.status_indices).where(given_lease.c.status_list == number))
    return {slot for row in rows for slot in msgspec.json.decode(row)}


def leases_of(connection: Connection, name: str, epoch: str | None) -> tuple[Lease, ...]:
    query = select(given_lease).where(given_lease.c.desk == name, given_lease.c.epoch.is_not_distinct_from(epoch))
    query = query.order_by(given_lease.c.lease)
    return tuple(Lease(r.lease, r.scheme, r.prefix, r.first, r.last, r.status_list,
                       tuple(msgspec.json.decode(r.status_indices)), r.epoch) for r in connection.execute(query))
