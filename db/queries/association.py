"""Where the desk stands with its association, from its own tables."""

from sqlalchemy import Connection, Engine, func, select

from appraisal.domain.exchange import Fate
from appraisal.usecases.association_state import AssociationState, ChainKnown, NumbersLeft
from db import repositories
from db.association import times_now
from db.queries.needs import lacking
from db.queries.states import EntryStates
from db.schema import certificate, gap, journal, library, receipt_head, status_list
from db.settings import library_address


def association_state(engine: Engine, now: int) -> AssociationState:
    """`now`: by the desk's clock, milliseconds since 1970."""
    kept = library_address(engine)
    with engine.begin() as connection:
        row = connection.execute(select(library).order_by(library.c.position.desc()).limit(1)).first()
        trust = repositories.trust(connection)
        return AssociationState(
            row.id if row else None, bool(row and row.root), repositories.centre(connection).demonstration,
            times_now(connection, now), trust.version if trust else 0, trust.issued * 1000 if trust else None,
            _statuses_issued(connection), _numbers(connection), _chain(connection), _held(connection),
            lacking(connection), kept.url if kept else "")


def _statuses_issued(connection: Connection) -> int | None:
    newest_of_each = select(func.max(status_list.c.issued)).where(
        repositories.of_this_library(status_list)).group_by(status_list.c.number)
    found = connection.scalars(newest_of_each).all()
    return min(found) * 1000 if found else None


def _numbers(connection: Connection) -> tuple[NumbersLeft, ...]:
    """As `free_slots` counts them."""
    epoch = repositories.present_epoch(connection)
    left: dict[str, int] = {}
    block: dict[str, int] = {}
    used: dict[int, set[int]] = {}
    for lease in repositories.leases(connection):
        if not epoch.may_use(lease):
            continue
        if lease.status_list not in used:
            used[lease.status_list] = set(connection.scalars(select(certificate.c.status_index).where(
                certificate.c.status_list == lease.status_list)))
        free = len(set(lease.status_indices) - used[lease.status_list])
        left[lease.scheme] = left.get(lease.scheme, 0) + free
        block[lease.scheme] = len(lease.status_indices)
    return tuple(NumbersLeft(scheme, count, block[scheme]) for scheme, count in sorted(left.items()))


def _chain(connection: Connection) -> ChainKnown:
    epoch = repositories.present_epoch(connection).epoch or ""
    known = connection.scalar(select(func.max(receipt_head.c.seq)).where(receipt_head.c.epoch == epoch))
    ends = (connection.scalar(select(func.max(table.c.seq)).where(table.c.epoch == epoch)) for table in (journal, gap))
    return ChainKnown(known or 0, max(end or 0 for end in ends))


def _held(connection: Connection) -> int:
    return sum(last - first + 1 for _epoch, first, last, one in EntryStates(connection).unsettled()
               if one.fate is Fate.HELD)

