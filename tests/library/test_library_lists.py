"""Enrolment, leases, trust and status lists, revocation, and the library's own check of its journal."""

import pytest
from kit.desks import new_desk
from kit.libraries import SimulatedLibrary
from sqlalchemy import select, text

from appraisal.credential.delta import applied, read_delta
from appraisal.credential.status import Status, read_status_list, vouched_status
from appraisal.credential.trust import read_trust_list
from appraisal.domain.certificate import Bilingual, CertificateFace, CertificateIssued, CertificateRevoked
from appraisal.domain.errors import RuleViolation
from appraisal.domain.operator import Role
from appraisal.exchange.enrolment import make_grant, read_grant
from appraisal.usecases.adopt_grant import AdoptGrant, AdoptLists, AskToJoin, adopt_grant, adopt_lists, ask_to_join
from db.rebuild import differing
from db.repositories import status
from db.schema import journal
from library.enrol import enrol
from library.leases import BLOCK
from library.publish import deltas, publish
from library.revoke import revoke
from library.verify import verify

NOTHING = Bilingual("", "")


def request_of(desk):
    return ask_to_join(AskToJoin(desk.operators[Role.SUPERVISOR]), desk.desk, desk.exchange)


def issue(desk, number: str):
    """A certificate in the journal, as issuing leaves it; its envelope is not looked at here."""
    batch = desk.open_batch()
    desk.people(1, batch)
    with desk.desk.work(desk.operators[Role.SUPERVISOR]) as work:
        (enrolment,) = work.enrolments.in_batch(batch)
        slot = next(iter(work.certificates.free_slots("ai-trainer")))
        certificate = work.new_id()
        face = CertificateFace(number, "张三", "ZHANG San", "resident_id", "1", "ai-trainer", NOTHING, NOTHING, NOTHING,
                               NOTHING, 3, NOTHING, (), (), work.today, None, "")
        work.record(CertificateIssued(certificate, enrolment.id, enrolment.person, number, "ai-trainer", batch, "t@1",
                                      None, b"", slot.status, face))
    return certificate, enrolment.person, slot.status


def trust_of(association):
    library = association.library
    return read_trust_list(publish(library)["trust-list.cose"], [library.list_key])


def test_joining_brings_keys_numbers_and_lists(association, tmp_path):
    desk = new_desk(tmp_path)
    adopted = desk.join(association.enrol)
    assert (adopted.library, adopted.trust_version, adopted.leases, adopted.status_lists) == (
        association.library.id, 1, 2, 1)
    with desk.desk.work(desk.operators[Role.SUPERVISOR]) as work:
        assert work.trust.key_of(desk.desk.signer.kid).centre.zh == "示范中心1"
        leases = {one.scheme: one for one in work.leases}
        slots = [slot for one in leases.values() for slot in one.status_indices]
        first = next(iter(work.certificates.free_slots("innovation-talent")))
    assert set(leases) == {"ai-trainer", "innovation-talent"}
    assert leases["innovation-talent"].prefix == "ZG26D001"
    assert (len(slots), len(set(slots))) == (2 * BLOCK, 2 * BLOCK)
    assert first.number.startswith("ZG26D001000001")
    assert slots != sorted(slots)
    assert desk.join(association.enrol).leases == 0


def test_no_two_desks_share_a_number_or_a_slot(association, tmp_path):
    leases = []
    for seed in (1, 2):
        desk = new_desk(tmp_path, seed)
        desk.join(association.enrol)
        with desk.desk.work(desk.operators[Role.SUPERVISOR]) as work:
            leases += work.leases
        desk.engine.dispose()
    slots = [(one.status_list, slot) for one in leases for slot in one.status_indices]
    numbers = [(one.prefix, n) for one in leases for n in range(one.first, one.last + 1)]
    assert len(set(slots)) == len(slots) == 4 * BLOCK
    assert len(set(numbers)) == len(numbers) == 4 * BLOCK


def test_requests_and_grants_of_others_are_refused(association, tmp_path, sqlite_engine):
    one, two = new_desk(tmp_path, 1), new_desk(tmp_path, 2)
    grant = association.enrol(request_of(one))
    with pytest.raises(RuleViolation, match="grant_of_other_desk"):
        two.adopt(grant)
    with pytest.raises(RuleViolation, match="grant_malformed"):
        one.adopt(grant[:-1])
    with pytest.raises(RuleViolation, match="request_malformed"):
        enrol(association.library, request_of(two)[:-1])
    one.adopt(grant)
    other = SimulatedLibrary(sqlite_engine, seed=8)
    with pytest.raises(RuleViolation, match="grant_of_second_library"):
        one.adopt(other.enrol(request_of(one)))
    with pytest.raises(RuleViolation, match="grant_not_ours"):
        one.adopt(make_grant(read_grant(grant), other.library.receipts))
    read = read_grant(grant)
    foreign = make_grant(type(read)(**{name: getattr(read, name) for name in read.__slots__} | {
        "desk": two.id}), association.library.receipts)
    with pytest.raises(RuleViolation, match="grant_without_our_key"):
        two.adopt(foreign)
    with two.desk.work(two.operators[Role.SUPERVISOR]) as work:
        assert (work.trust, list(work.leases)) == (None, [])  # a refused grant leaves nothing behind
    one.engine.dispose()
    two.engine.dispose()


def test_the_same_desk_with_another_key_is_refused(association, tmp_path):
    desk = new_desk(tmp_path)
    desk.join(association.enrol)
    desk.exchange = new_desk(None, 3).exchange.__class__(desk.desk, new_desk(None, 4).exchange._signer)
    with pytest.raises(RuleViolation, match="desk_has_other_key"):
        association.enrol(request_of(desk))


def test_rights_are_asked_before_anything(association, tmp_path):
    desk = new_desk(tmp_path)
    registrar = desk.operators[Role.REGISTRAR]
    with pytest.raises(RuleViolation, match="right_missing"):
        ask_to_join(AskToJoin(registrar), desk.desk, desk.exchange)
    with pytest.raises(RuleViolation, match="right_missing"):
        adopt_grant(AdoptGrant(b"", registrar), desk.desk, desk.exchange)


def test_every_list_continues_the_one_before(association, tmp_path):
    desk = new_desk(tmp_path)
    desk.join(association.enrol)
    lists = publish(association.library)
    supervisor = desk.operators[Role.SUPERVISOR]
    adopted = adopt_lists(AdoptLists(lists["trust-list.cose"], (lists["status-1.cose"],), supervisor), desk.desk,
                          desk.exchange)
    assert (adopted.trust_version, adopted.status_lists) == (2, 1)
    adopted = adopt_lists(AdoptLists(lists["trust-list.cose"], (lists["status-1.cose"],), supervisor), desk.desk,
                          desk.exchange)
    assert (adopted.trust_version, adopted.status_lists) == (2, 0)
    assert trust_of(association).version == 3


def test_revocation_here_and_at_the_desk_reach_the_status_list(association, tmp_path):
    desk = new_desk(tmp_path)
    desk.join(association.enrol)
    _, _, (number, index) = issue(desk, "S000032110100000000001")
    with pytest.raises(RuleViolation, match="certificate_unknown"):
        revoke(association.library, "S000032110100000000001", "wrong person")
    association.take_in(desk.export(tmp_path / "1").bundle)
    with pytest.raises(RuleViolation, match="revocation_reason_missing"):
        revoke(association.library, "S000032110100000000001", " ")
    assert revoke(association.library, "S000032110100000000001", "wrong person").new
    assert not revoke(association.library, "S000032110100000000001", "again").new
    lists = publish(association.library)
    status = read_status_list(lists[f"status-{number}.cose"], [association.library.list_key])
    assert status.state(index) is Status.REVOKED
    assert status.state((index + 1) % (1 << 17)) is Status.VALID
    trust = read_trust_list(lists["trust-list.cose"], [association.library.list_key])
    assert trust.statuses[number].digest == status.digest


def test_a_certificate_revoked_at_its_desk_is_in_the_next_list(association, tmp_path):
    desk = new_desk(tmp_path)
    desk.join(association.enrol)
    certificate, person, (number, index) = issue(desk, "S000032110100000000001")
    with desk.desk.work(desk.operators[Role.SUPERVISOR]) as work:
        work.record(CertificateRevoked(certificate, person, work.operator.id), why="mistake")
    association.take_in(desk.export(tmp_path / "1").bundle)
    data = publish(association.library)[f"status-{number}.cose"]
    assert read_status_list(data, [association.library.list_key]).state(index) is Status.REVOKED


def test_the_journal_check_finds_a_changed_entry_and_a_lost_one(association, joined, tmp_path):
    desk = joined()
    desk.people(2)
    association.take_in(desk.export(tmp_path).bundle)
    engine = association.library.engine
    with engine.begin() as connection:
        last = connection.execute(select(journal).order_by(journal.c.position.desc()).limit(1)).one()
        for trigger in ("tripwire_journal_update", "tripwire_journal_delete"):
            on = " ON journal" if engine.dialect.name == "postgresql" else ""
            connection.execute(text(f"DROP TRIGGER {trigger}{on}"))
        connection.execute(journal.update().where(journal.c.position == last.position).values(
            entry=last.entry[:-1] + b"\x00"))
        assert [one.partition(": ")[2] for one in verify(connection).damage] == ["hash"]
        connection.execute(journal.update().where(journal.c.position == last.position).values(entry=last.entry))
        assert verify(connection).intact
        connection.execute(text("UPDATE inbox SET hash = :hash WHERE seq = :seq"),
                           {"hash": bytes(32), "seq": last.seq - 1})
        assert len(verify(connection).damage) == 2  # the entry itself, and the one that no longer joins it


def test_deltas_lead_from_the_last_four_lists_to_the_newest(association, joined):
    desk = joined()
    lists = [publish(association.library)["status-1.cose"]]
    for _ in range(5):
        association.clock.now += 60_000
        lists.append(publish(association.library)["status-1.cose"])
    with association.library.engine.begin() as connection:
        made = deltas(connection)
    *before, new = map(vouched_status, lists)
    assert sorted(made) == [f"status-1-from-{one.issued}.cose" for one in before[-4:]]
    for one in before[-4:]:
        found = applied(read_delta(made[f"status-1-from-{one.issued}.cose"], [association.library.list_key]), one)
        assert (found, found.digest) == (new, new.digest)

    def take(*data):
        supervisor = desk.operators[Role.SUPERVISOR]
        return adopt_lists(AdoptLists(None, data, supervisor), desk.desk, desk.exchange).status_lists

    step = made[f"status-1-from-{before[-1].issued}.cose"]
    with pytest.raises(RuleViolation, match="delta_of_other_list"):
        take(step)
    assert take(lists[-2], step) == 2
    assert take(step, lists[-1]) == 0  # the whole list says what the delta led to
    with desk.engine.begin() as connection:
        assert status(connection, 1) == new
        assert status(connection, 1).digest == new.digest
        assert differing(connection) == ()
