"""One record in a hundred is poison: the other ninety-nine apply in the same run, and each of the poisoned is named."""

from collections import Counter

import pytest
from faults_poison import SPOILERS, spoil
from kit.libraries import fates
from sqlalchemy import select

from db.rebuild import differing
from db.schema import journal
from library.schema import inbox, kept
from library.verify import verify

ROUND, SHARE = 100, 30


def poisoned(desk, rounds, size):
    """So many times: a round of sound records but for the last. Returns seq -> what it is to be called."""
    called, spoilers = {}, list(SPOILERS)
    for turn in range(rounds):
        persons = desk.people(size // 2 - 1)
        desk.photo(persons[0], 50)
        spoiler = spoilers[turn % len(spoilers)]
        spoil(desk, spoiler, persons[0])
        with desk.engine.begin() as connection:
            called[connection.scalar(select(journal.c.seq).order_by(journal.c.position.desc()))] = SPOILERS[spoiler]
    desk.people(5)
    return called


def check(association, joined, folder, rounds, size):
    desk = joined()
    called = poisoned(desk, rounds, size)
    sent = desk.export(folder / "stick")
    taken = association.take_in(sent.bundle)
    assert fates(taken)["applied"] == sent.records - rounds
    with association.library.engine.begin() as connection:
        found = {row.seq: (row.state, row.code) for row in connection.execute(
            select(inbox).where(inbox.c.state.in_(("parked", "held", "rejected"))))}
        assert found == called
        assert {row.seq for row in connection.execute(select(kept))} == set(called)
        assert verify(connection).damage == ()
        assert differing(connection) == ()
    desk.receive(taken.data)
    return sent.records, Counter(code for _, code in called.values())


def test_one_in_thirty(association, joined, tmp_path):
    records, codes = check(association, joined, tmp_path, len(SPOILERS), SHARE)
    assert records > (SHARE - 2) * len(SPOILERS)
    assert len(codes) == len({code for _, code in SPOILERS.values()})


@pytest.mark.long
@pytest.mark.timeout(1800)
def test_one_in_a_hundred_of_ten_thousand(association, joined, tmp_path, counts):
    records, codes = check(association, joined, tmp_path, 105, ROUND)
    counts(f"{records} records, {codes.total()} of them poisoned in {len(SPOILERS)} ways: the others applied in one "
           "run")
