"""The association has moved: a second library takes the place of the first, and everything goes to it anew."""

import dataclasses

import pytest
from kit.desks import new_desk
from kit.libraries import SimulatedLibrary, fates
from sqlalchemy import select

from appraisal.credential.cose import ED25519, verifying_key
from appraisal.domain.errors import RuleViolation
from appraisal.domain.operator import Role
from appraisal.exchange.enrolment import make_grant, read_grant
from appraisal.journal import read
from appraisal.usecases.adopt_grant import AdoptGrant, AskToJoin, adopt_grant, ask_to_join
from appraisal.usecases.reads import SyncState
from db.engine import open_sqlite
from db.queries.states import entry_counts
from db.rebuild import differing
from db.repositories import leases, statuses, trust
from db.schema import journal


@pytest.fixture
def other():
    made = SimulatedLibrary(open_sqlite(None), seed=8)
    yield made
    made.library.engine.dispose()


def grant_for(desk, library):
    return library.enrol(ask_to_join(AskToJoin(desk.operators[Role.SUPERVISOR]), desk.desk, desk.exchange))


def replace(desk, grant):
    adopt_grant(AdoptGrant(grant, desk.operators[Role.SUPERVISOR], replace=True), desk.desk, desk.exchange)


def accepted(desk):
    with desk.engine.begin() as connection:
        return entry_counts(connection)[SyncState.ACCEPTED]


def of_it(desk):
    with desk.engine.begin() as connection:
        return ({one.lease for one in leases(connection)}, trust(connection).digest,
                {one.digest for one in statuses(connection).values()})


def test_a_second_library_is_taken_only_when_it_is_to_replace_the_first(association, other, joined, tmp_path):
    desk = joined()
    desk.people(4)
    sent = desk.export(tmp_path / "stick")
    receipt = association.take_in(sent.bundle).data
    desk.receive(receipt)
    before, first = accepted(desk), of_it(desk)
    assert before == sent.records
    grant = grant_for(desk, other)
    with pytest.raises(RuleViolation, match="grant_of_second_library"):
        desk.adopt(grant)
    assert (accepted(desk), of_it(desk)) == (before, first)
    replace(desk, grant)
    second = of_it(desk)
    assert first[0].isdisjoint(second[0])
    assert first[1] != second[1]
    assert accepted(desk) == 0  # by the present library
    again = desk.export(tmp_path / "second")
    assert again.records == sent.records
    taken = other.take_in(again.bundle)
    assert fates(taken) == {"applied": again.records}
    desk.receive(taken.data)
    assert accepted(desk) == again.records
    with pytest.raises(RuleViolation, match="bundle_of_other_library"):
        association.take_in(again.bundle)
    with desk.engine.begin() as connection:
        assert differing(connection) == ()
    replace(desk, grant_for(desk, association))  # and back
    assert of_it(desk)[0] == first[0]
    assert accepted(desk) == before
    desk.engine.dispose()


def test_the_replacement_is_in_the_journal(association, other, joined):
    desk = joined()
    replace(desk, grant_for(desk, other))
    replace(desk, grant_for(desk, other))  # again: nothing new
    with desk.engine.begin() as connection:
        rows = connection.execute(select(journal.c.entry).where(journal.c.kind == "library.recognised")
                                  .order_by(journal.c.position)).all()
    assert [read(row.entry).body["replaces"] for row in rows] == [None, association.library.id]
    assert read(rows[-1].entry).operator == desk.operators[Role.SUPERVISOR]
    desk.engine.dispose()


def test_a_library_that_is_known_does_not_change_its_key_by_replacing(association, joined):
    desk = joined()
    forged = new_desk(None, 9).exchange._signer
    grant = read_grant(grant_for(desk, association))
    with pytest.raises(RuleViolation, match="grant_not_ours"):
        replace(desk, make_grant(grant, forged))
    own = dataclasses.replace(grant, receipt_key=verifying_key(ED25519, forged.public))
    with pytest.raises(RuleViolation, match="grant_not_ours"):
        replace(desk, make_grant(own, forged))
    desk.engine.dispose()
