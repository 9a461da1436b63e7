"""What a library holds, in numbers."""

from dataclasses import dataclass

from sqlalchemy import Connection, Table, func, select

from db.schema import attachment, certificate, journal, person
from library.schema import desk, given_lease, inbox, key_conflict, quarantine, receipt, revocation


@dataclass(frozen=True, slots=True)
class DeskStatus:
    desk: str
    code: str
    centre: str
    state: str
    entries: int
    receipts: int
    leases: int


@dataclass(frozen=True, slots=True)
class LibraryStatus:
    desks: tuple[DeskStatus, ...]
    entries: dict[str, int]
    """By state: applied, parked, held, rejected, withheld."""
    waiting: dict[str, int]
    """By code: why entries are parked, held or rejected."""
    journal: int
    people: int
    certificates: int
    revoked: int
    attachments: int
    quarantined: int
    key_conflicts: int


def status(connection: Connection) -> LibraryStatus:
    grouped = connection.execute(
        select(inbox.c.state, inbox.c.code, func.count()).group_by(inbox.c.state, inbox.c.code)).all()
    entries: dict[str, int] = {}
    for state, _, count in grouped:
        entries[state] = entries.get(state, 0) + count
    return LibraryStatus(
        _desks(connection), entries, {code: count for _, code, count in grouped if code}, _count(connection, journal),
        _count(connection, person), _count(connection, certificate), _count(connection, revocation),
        _count(connection, attachment), _count(connection, quarantine), _count(connection, key_conflict))


def _desks(connection: Connection) -> tuple[DeskStatus, ...]:
    def by_desk(table: Table) -> dict[str, int]:
        return dict(connection.execute(select(table.c.desk, func.count()).group_by(table.c.desk)).all())

    entries, receipts, leases = by_desk(inbox), by_desk(receipt), by_desk(given_lease)
    return tuple(
        DeskStatus(row.desk, row.code, row.name_zh, row.state, entries.get(row.desk, 0), receipts.get(row.desk, 0),
                   leases.get(row.desk, 0))
        for row in connection.execute(select(desk).order_by(desk.c.ordinal)))


def _count(connection: Connection, table: Table) -> int:
    return connection.scalar(select(func.count()).select_from(table)) or 0
