"""What the library has and has not put in force, each with the record to open; and what it has that is not here."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from sqlalchemy import Connection, Table, func, select

from appraisal.domain.events import Id
from appraisal.exchange.receipt import SHORT
from appraisal.journal import read
from appraisal.usecases.reads import NeedsYou
from db.queries.states import EntryStates, local_kinds
from db.schema import (
    certificate,
    enrolment,
    gap,
    incident,
    journal,
    objection,
    papers,
    person,
    receipt_head,
    recheck,
    session,
)

IDS_AT_ONCE = 500
_BATCH_OF: dict[str, Table] = {
    "enrolment": enrolment, "mark": enrolment, "certificate_number": enrolment, "certificate": certificate,
    "objection": objection, "recheck": recheck, "attendance": enrolment, "incident": incident, "papers": papers,
    "session.planned": session, "session.placed": enrolment}
"""By an event's name, or the first word of it: the table that its subject is a row of."""
_OF_BATCH = frozenset({"batch", "publicity"})


class _Found(NamedTuple):
    kind: str
    subject: Id
    person: Id | None
    name: str
    fate: str
    code: str

    @property
    def noun(self) -> str:
        """Its key among `_BATCH_OF`, where it has one."""
        return self.kind if self.kind in _BATCH_OF else self.kind.partition(".")[0]


def needs(connection: Connection) -> Sequence[NeedsYou]:
    found = list(_unsettled(connection))
    batches = _batches(connection, found)
    return [NeedsYou(*one, one.subject if one.noun in _OF_BATCH else batches.get((one.noun, one.subject)))
            for one in found]


def lacking(connection: Connection) -> int:
    """Entries of this desk that the library knew when it gave its receipts, and that this copy has not."""
    known = connection.execute(select(receipt_head.c.epoch, func.max(receipt_head.c.seq)).group_by(
        receipt_head.c.epoch)).all()
    return sum(max(0, last - _reach(connection, epoch)) for epoch, last in known)


def _reach(connection: Connection, epoch: str) -> int:
    ends = (connection.scalar(select(func.max(table.c.seq)).where(table.c.epoch == epoch))
            for table in (journal, gap))
    return max(end or 0 for end in ends)


def _unsettled(connection: Connection) -> Iterator[_Found]:
    local = local_kinds()
    query = (select(journal.c.kind, journal.c.person, journal.c.entry, person.c.name)
             .join_from(journal, person, journal.c.person == person.c.id, isouter=True).order_by(journal.c.seq))
    for epoch, first, last, standing in EntryStates(connection).unsettled():
        if standing.code == SHORT or standing.fate is None:
            continue
        for row in connection.execute(query.where(journal.c.epoch == epoch, journal.c.seq.between(first, last))):
            if row.kind not in local:
                yield _Found(row.kind, read(row.entry).subject, row.person, row.name or "", standing.fate.value,
                             standing.code)


def _batches(connection: Connection, found: Sequence[_Found]) -> dict[tuple[str, Id], Id]:
    wanted: dict[str, set[Id]] = defaultdict(set)
    for one in found:
        if one.noun in _BATCH_OF:
            wanted[one.noun].add(one.subject)
    known: dict[tuple[str, Id], Id] = {}
    for noun, ids in wanted.items():
        table, ordered = _BATCH_OF[noun], sorted(ids)
        for start in range(0, len(ordered), IDS_AT_ONCE):
            query = select(table.c.id, table.c.batch).where(table.c.id.in_(ordered[start:start + IDS_AT_ONCE]))
            known |= {(noun, row.id): row.batch for row in connection.execute(query)}
    return known
