"""New numbers before the old ones are used up, and for a desk that has begun another epoch. No number twice."""

from collections.abc import Sequence

from sqlalchemy import Connection, select

from appraisal.domain.centre import Lease
from appraisal.domain.events import Id
from db.schema import certificate, epoch
from library.leases import BLOCK, give_lease, leases_of
from library.opening import Library
from library.schema import desk, given_lease

LEAST_LEFT = BLOCK // 5
"""Of one scheme. Fewer, and the desk gets another block."""


def refill_all(library: Library, connection: Connection) -> int:
    """Blocks given to active desks."""
    names = connection.scalars(select(desk.c.desk).where(desk.c.state == "active").order_by(desk.c.ordinal)).all()
    return sum(refill(library, connection, name) for name in names)


def refill(library: Library, connection: Connection, name: Id) -> int:
    """Blocks given. Who calls is `alone`: two publications give one block, not two."""
    row = connection.execute(select(desk).where(desk.c.desk == name)).one()
    present = present_epoch(connection, name)
    left = dict.fromkeys(library.schemes, 0)
    for lease in leases_of(connection, name, present):
        if lease.scheme in left:
            left[lease.scheme] += lease.last - lease.first + 1 - _used(connection, lease)
    given = 0
    for code, count in left.items():
        if count < LEAST_LEFT:
            give_lease(library, connection, name, row.ordinal, library.schemes[code], present)
            given += 1
    return given


def present_epoch(connection: Connection, name: Id) -> Id | None:
    """The desk's newest epoch that the library has heard of: by the entry that begins one, or by a request since."""
    begun: Sequence[Id] = connection.scalars(
        select(epoch.c.id).where(epoch.c.desk == name).order_by(epoch.c.position.desc())).all()
    given: Sequence[Id | None] = connection.scalars(select(given_lease.c.epoch).where(given_lease.c.desk == name)
                               .order_by(given_lease.c.lease.desc())).all()
    if not begun or (begun[0] in given and given[0] not in begun):
        return given[0] if given else None
    return begun[0]


def _used(connection: Connection, lease: Lease) -> int:
    """Slots of the block that are on certificates which the library has."""
    taken = set(connection.scalars(select(certificate.c.status_index).where(
        certificate.c.status_list == lease.status_list)))
    return len(taken.intersection(lease.status_indices))

