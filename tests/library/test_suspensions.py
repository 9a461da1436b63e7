"""Suspended and valid again; revoked for good; and what a desk's list of certificates then says."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from kit.desks import new_desk
from kit.libraries import SimulatedLibrary
from test_library_lists import issue

from appraisal.credential.status import Status, read_status_list
from appraisal.domain.certificate import CertificateRevoked
from appraisal.domain.errors import RuleViolation
from appraisal.domain.operator import Role
from appraisal.usecases.adopt_grant import AdoptLists, adopt_lists
from db.engine import open_sqlite
from db.queries.reads import SqlReads
from library.publish import publish
from library.revoke import reinstate, revoke, suspend

NUMBER = "S000032110100000000001"


class Scene:
    def __init__(self, association, folder):
        self.association, self.library = association, association.library
        self.desk = new_desk(folder)
        self.desk.join(association.enrol)
        self.certificate, self.person, self.place = issue(self.desk, NUMBER)
        association.take_in(self.desk.export(folder / "1").bundle)

    def status(self):
        number, index = self.place
        data = publish(self.library)[f"status-{number}.cose"]
        return read_status_list(data, [self.library.list_key]).state(index)

    def at_desk(self):
        lists = publish(self.library)
        statuses = tuple(data for name, data in lists.items() if name.startswith("status"))
        adopt_lists(AdoptLists(lists["trust-list.cose"], statuses, self.desk.operators[Role.SUPERVISOR]),
                    self.desk.desk, self.desk.exchange)
        reads = SqlReads(self.desk.engine, self.desk.desk.schemes)
        (row,) = reads.certificate_rows(reads.batches()[0].id)
        return row.state


@pytest.fixture
def scene(association, tmp_path):
    one = Scene(association, tmp_path)
    yield one
    one.desk.engine.dispose()


def test_a_suspension_travels_and_is_lifted(scene):
    assert scene.at_desk() == "issued"
    assert suspend(scene.library, NUMBER, "查证中").new
    assert not suspend(scene.library, NUMBER, "再查").new
    assert (scene.status(), scene.at_desk()) == (Status.SUSPENDED, "suspended")
    reinstate(scene.library, NUMBER, "查无问题")
    assert (scene.status(), scene.at_desk()) == (Status.VALID, "issued")
    with pytest.raises(RuleViolation, match="certificate_not_suspended"):
        reinstate(scene.library, NUMBER, "再来")
    scene.association.clock.now += 1000
    suspend(scene.library, NUMBER, "又有投诉")
    assert scene.status() is Status.SUSPENDED


def test_what_is_revoked_never_comes_back(scene):
    suspend(scene.library, NUMBER, "查证中")
    revoke(scene.library, NUMBER, "冒名")
    for change in (suspend, reinstate):
        with pytest.raises(RuleViolation, match="certificate_revoked"):
            change(scene.library, NUMBER, "改主意")
    assert (scene.status(), scene.at_desk()) == (Status.REVOKED, "revoked")


def test_a_revocation_at_the_desk_ends_a_suspension(scene, tmp_path):
    suspend(scene.library, NUMBER, "查证中")
    with scene.desk.desk.work(scene.desk.operators[Role.SUPERVISOR]) as work:
        work.record(CertificateRevoked(scene.certificate, scene.person, work.operator.id), why="信息有误")
    scene.association.take_in(scene.desk.export(tmp_path / "2").bundle)
    assert scene.status() is Status.REVOKED
    with pytest.raises(RuleViolation, match="certificate_revoked"):
        reinstate(scene.library, NUMBER, "改主意")
    assert scene.at_desk() == "revoked"


@pytest.mark.parametrize("change", [suspend, reinstate])
def test_a_reason_and_a_certificate_are_asked_for(scene, change):
    with pytest.raises(RuleViolation, match="revocation_reason_missing"):
        change(scene.library, NUMBER, " ")
    with pytest.raises(RuleViolation, match="certificate_unknown"):
        change(scene.library, "X", "查证")


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from([suspend, reinstate, revoke]), max_size=6))
def test_in_whatever_order_the_list_says_the_last_lawful_word(tmp_path_factory, changes):
    scene = Scene(SimulatedLibrary(open_sqlite(None)), tmp_path_factory.mktemp("order"))
    expected = Status.VALID
    for change in changes:
        lawful = expected is not Status.REVOKED and not (change is reinstate and expected is Status.VALID)
        try:
            change(scene.library, NUMBER, "理由")
        except RuleViolation:
            assert not lawful
        else:
            expected = {suspend: Status.SUSPENDED, reinstate: Status.VALID, revoke: Status.REVOKED}[change]
        assert scene.status() is expected
    scene.desk.engine.dispose()
    scene.library.engine.dispose()
