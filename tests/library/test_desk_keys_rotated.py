"""A desk's new key is followed without an officer, and its old one is good only for what was before."""

import pytest
from kit.desks import new_desk
from kit.libraries import fates
from service_kit import Service, Waited, post_of, supervisor
from sqlalchemy import select

from appraisal.credential.cose import ED25519, verifying_key
from appraisal.credential.trust import read_trust_list
from appraisal.domain.errors import RuleViolation
from appraisal.domain.operator import Role
from appraisal.exchange.manifest import unverified
from appraisal.exchange.rotation import KeyOf
from appraisal.usecases.adopt_grant import AdoptLists, AskToJoin, adopt_lists, ask_to_join
from appraisal.usecases.rotate_key import RotateKey, rotate_key
from appraisal.usecases.send_bundle import fetch_receipts, send_bundle
from db.bundle_files import open_bundle
from db.desk import keep_secret
from db.desk_keys import certificate_signer
from db.rebuild import differing
from library import schema
from library.centre_keys import DAY, OLD_KEY_DAYS
from library.publish import publish


def rotate(desk, what=KeyOf.TRANSPORT):
    return rotate_key(RotateKey(what, desk.operators[Role.SUPERVISOR]), desk.desk, desk.exchange)


def refused(run):
    with pytest.raises(RuleViolation) as found:
        run()
    return found.value.code


@pytest.fixture
def desk(joined):
    made = joined()
    made.people(3)
    yield made
    made.engine.dispose()


def test_a_bundle_by_the_new_key_brings_the_rotation_and_everything_comes_in(association, desk, tmp_path):
    old = desk.exchange.public
    lost = desk.export(tmp_path / "lost")
    done = rotate(desk)
    assert (done.seq, done.old != done.new) == (lost.last + 1, True)  # the transfer record is the last before
    assert desk.exchange.public != old
    desk.people(2)
    sent = desk.export(tmp_path / "new")
    assert len(unverified((sent.bundle / "manifest.cose").read_bytes()).rotations) == 1
    assert fates(association.take_in(sent.bundle)) == {"applied": sent.records}
    late = association.take_in(lost.bundle)  # the stick of before turns up: signed by the old key, about old entries
    assert set(fates(late)) == {"duplicate"}
    assert desk.receive(late.data).new


def test_the_old_key_is_refused_for_what_came_after(association, desk, tmp_path):
    thief = desk.exchange.__class__(desk.desk, desk.exchange._signer)
    rotate(desk)
    desk.people(1)
    association.take_in(desk.export(tmp_path / "new").bundle)
    desk.people(1)
    desk.exchange, own = thief, desk.exchange
    forged = desk.export(tmp_path / "forged").bundle
    assert refused(lambda: association.take_in(forged)) == "key_rotated"
    desk.exchange = own
    assert association.take_in(desk.export(tmp_path / "again").bundle).receipt.number == 2


def test_several_rotations_before_the_first_bundle_gets_through(association, desk, tmp_path):
    for _ in range(3):
        rotate(desk)
    assert fates(association.take_in(desk.export(tmp_path / "one").bundle)).keys() == {"applied"}
    rotate(desk)
    assert association.take_in(desk.export(tmp_path / "two").bundle).receipt.number == 2
    with association.library.engine.begin() as connection:
        assert len(connection.execute(select(schema.past_key)).all()) == 4


def test_a_new_key_that_the_old_one_has_not_named_is_refused(association, desk, tmp_path):
    stranger = new_desk(None, 9)
    rotate(stranger)
    desk.exchange.sign_with(stranger.exchange._signer)
    assert refused(lambda: association.take_in(desk.export(tmp_path / "x").bundle)) == "bundle_not_signed"
    with association.library.engine.begin() as connection:
        assert connection.execute(select(schema.past_key)).all() == []
    stranger.engine.dispose()


def test_a_certificate_key_signs_once_a_trust_list_names_it_and_the_old_one_is_good_for_a_while(
        association, desk, tmp_path):
    old = desk.desk.signer
    with desk.engine.begin() as connection:
        keep_secret(connection, "centre_seed", old.key.private_bytes_raw())
    done = rotate(desk, KeyOf.CERTIFICATES)
    assert (done.old, desk.desk.signer) == (old.kid.hex(), old)
    assert refused(lambda: rotate(desk, KeyOf.CERTIFICATES)) == "rotation_pending"
    with desk.engine.begin() as connection:
        assert certificate_signer(connection).kid == old.kid  # nothing names the new one yet
    association.take_in(desk.export(tmp_path / "one").bundle)
    data = publish(association.library)["trust-list.cose"]
    trust = read_trust_list(data, [association.library.list_key])
    fresh = trust.key_of(bytes.fromhex(done.new))
    gone = trust.key_of(old.kid)
    now = association.library.clock() // 1000
    assert (fresh.sign_to, gone.sign_from <= fresh.sign_from <= now) == (None, True)
    assert abs(gone.sign_to - now - OLD_KEY_DAYS * DAY) < DAY
    adopt_lists(AdoptLists(data, (), desk.operators[Role.SUPERVISOR]), desk.desk, desk.exchange)
    with desk.engine.begin() as connection:
        assert certificate_signer(connection).kid.hex() == done.new
    with desk.engine.begin() as connection:
        assert certificate_signer(connection).kid.hex() == done.new
    assert verifying_key(ED25519, old.public) == gone.key
    desk.adopt(association.enrol(desk_request(desk)))  # with the old certificate key, still its own


def desk_request(desk):
    return ask_to_join(AskToJoin(desk.operators[Role.SUPERVISOR]), desk.desk, desk.exchange)


def test_who_may(desk):
    registrar = desk.operators[Role.REGISTRAR]
    with pytest.raises(RuleViolation, match="right_missing"):
        rotate_key(RotateKey(KeyOf.TRANSPORT, registrar), desk.desk, desk.exchange)
    with desk.engine.begin() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM key_rotation").scalar() == 0


def test_a_rotation_is_remade_from_the_journal(desk):
    rotate(desk)
    with desk.engine.begin() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM key_rotation").scalar() == 1
        assert differing(connection) == ()


def test_over_https_the_next_bundle_tells_of_the_new_key(association, desk, tmp_path):
    rotate(desk)
    with Service(association, tmp_path / "spool").running() as client, post_of(
            desk, str(client.base_url), association.library.clock) as post:
        with pytest.raises(RuleViolation) as found:
            fetch_receipts(supervisor(desk), desk.desk, desk.exchange, post)
        assert found.value.detail["reason"] == "ask_refused"  # `bundle send` goes on with the bundle
        done = send_bundle(open_bundle(desk.export(tmp_path / "stick").bundle), post, Waited())
        assert [one.number for one in fetch_receipts(supervisor(desk), desk.desk, desk.exchange, post)] == [1]
    assert not desk.receive(done.receipt).new
