"""How far each record has come: only a receipt moves one past the stick, and whoever has not agreed stays."""

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from kit.desks import SimulatedDesk
from sqlalchemy import select

from appraisal.domain.centre import LibraryRecognised
from appraisal.domain.exchange import BundleExported, Fate, FateOf, ReceiptAccepted, Span
from appraisal.domain.operator import Role
from appraisal.usecases.reads import SyncState
from db.engine import open_sqlite
from db.queries.reads import SqlReads
from db.queries.states import EntryStates, entry_counts, local_kinds
from db.schema import consent, journal

LIBRARY = "1" * 32
EXPECTED = {Fate.APPLIED: SyncState.ACCEPTED, Fate.DUPLICATE: SyncState.ACCEPTED, Fate.PARKED: SyncState.RECEIVED,
            Fate.HELD: SyncState.NEEDS_YOU, Fate.REJECTED: SyncState.NEEDS_YOU}


class Exchange:
    """A desk that records what it sent and what came back, as bare events."""

    def __init__(self):
        self.desk = SimulatedDesk(open_sqlite(None))
        self.people = self.desk.people(3, consent=lambda number: number != 2)
        self.number = 0
        self.record(LibraryRecognised(LIBRARY, bytes(32), bytes(32), ("age1",)))

    def record(self, event):
        with self.desk.desk.work(self.desk.operators[Role.SUPERVISOR]) as work:
            work.record(event)

    def span(self, first, last):
        return Span(self.desk.desk.origin.epoch.hex(), first, last)

    def sent(self, first, last):
        self.number += 1
        self.record(BundleExported(f"{self.number:032x}", LIBRARY, (self.span(first, last),), 1, 0, 0, (), "d" * 64))

    def answered(self, *fates):
        self.number += 1
        self.record(ReceiptAccepted(f"{self.number:032x}", LIBRARY, self.number, "e" * 64, tuple(
            FateOf(self.span(first, last), fate, "code" if fate is Fate.HELD else "") for first, last, fate in fates)))

    def entries(self):
        with self.desk.engine.begin() as connection:
            return connection.execute(select(journal).order_by(journal.c.seq)).all()

    def of(self, person):
        reads = SqlReads(self.desk.engine, self.desk.desk.schemes)
        return reads.candidate(person).state

    def registered(self, person):
        return next(row.seq for row in self.entries() if row.person == person)


@pytest.fixture
def exchange():
    made = Exchange()
    yield made
    made.desk.engine.dispose()


def test_a_record_moves_from_saved_to_stick_to_its_fate(exchange):
    one, other, silent = exchange.people
    first, last = exchange.registered(one), exchange.registered(one) + 1
    assert [exchange.of(p) for p in exchange.people] == [SyncState.SAVED, SyncState.SAVED, SyncState.STAYS]
    exchange.sent(first, last)
    assert [exchange.of(one), exchange.of(other)] == [SyncState.ON_STICK, SyncState.SAVED]
    for fate, state in EXPECTED.items():
        exchange.answered((first, last, fate))
        assert exchange.of(one) is state, fate
    assert exchange.of(silent) is SyncState.STAYS


def test_the_worst_entry_of_a_person_counts(exchange):
    one = exchange.people[0]
    first = exchange.registered(one)
    exchange.answered((first, first, Fate.APPLIED))
    assert exchange.of(one) is SyncState.SAVED  # the consent beside it has not left
    exchange.answered((first, first, Fate.APPLIED), (first + 1, first + 1, Fate.HELD))
    assert exchange.of(one) is SyncState.NEEDS_YOU
    exchange.answered((first, first + 1, Fate.APPLIED))
    assert exchange.of(one) is SyncState.ACCEPTED


def test_sending_again_does_not_take_an_acceptance_back(exchange):
    one = exchange.people[0]
    first = exchange.registered(one)
    exchange.answered((first, first + 1, Fate.APPLIED))
    exchange.sent(1, first + 1)
    assert exchange.of(one) is SyncState.ACCEPTED


def test_consent_withdrawn_keeps_the_rest_at_the_desk(exchange):
    one = exchange.people[0]
    exchange.desk.consent(one, False)
    assert exchange.of(one) is SyncState.STAYS


SPANS = st.lists(st.tuples(st.integers(1, 18), st.integers(0, 6), st.sampled_from([None, *Fate])), max_size=5)


@settings(max_examples=40, deadline=None)
@given(SPANS)
def test_the_database_counts_as_one_would_by_hand(spans):
    made = Exchange()
    for first, length, fate in spans:
        made.sent(first, first + length) if fate is None else made.answered((first, first + length, fate))
    with made.desk.engine.begin() as connection:
        states, agreed = EntryStates(connection), set(connection.scalars(
            select(consent.c.person).where(consent.c.given)))
        by_hand = Counter(
            states.of(row.epoch, row.seq)[0] if row.person is None or row.person in agreed else SyncState.STAYS
            for row in connection.execute(select(journal)) if row.kind not in local_kinds())
        counted = entry_counts(connection)
    made.desk.engine.dispose()
    assert {state: count for state, count in counted.items() if count} == dict(by_hand)
