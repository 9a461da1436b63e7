"""A desk is withdrawn at a recorded place: what it wrote up to there counts, and nothing after."""

from typing import NamedTuple

import pytest
from kit.desks import new_desk
from kit.libraries import fates
from sqlalchemy import func, select

from appraisal.credential.trust import read_trust_list
from appraisal.domain.errors import RuleViolation
from appraisal.domain.operator import Role
from appraisal.exchange.manifest import ChainRange
from appraisal.journal import START
from appraisal.usecases.adopt_grant import AskToJoin, ask_to_join
from db.schema import journal, person
from library import schema
from library.centre_keys import DAY
from library.publish import publish
from library.withdrawing import LATER, Point, Withdraw, _joins, withdraw


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


def head(desk, seq=None):
    with desk.engine.begin() as connection:
        query = select(journal.c.epoch, journal.c.seq, journal.c.hash).order_by(journal.c.seq.desc()).limit(1)
        row = connection.execute(query if seq is None else query.where(journal.c.seq == seq)).one()
    return Point(row.epoch, row.seq, row.hash.hex())


def people(association):
    with association.library.engine.begin() as connection:
        return connection.scalar(select(func.count()).select_from(person))


def send(desk, association, folder):
    return association.take_in(desk.export(folder).bundle)


def test_two_officers_withdraw_and_one_does_not(association, desk, tmp_path):
    first, second = association.officers()
    command = Withdraw(desk.id[:8], "遗失")
    waits = withdraw(association.library, command, [first])
    assert (waits.done, waits.approved_by) == (False, (first.name,))
    assert send(desk, association, tmp_path / "one").receipt.withdrawn is None
    assert not withdraw(association.library, command, [second]).done  # its head has moved: another matter
    assert withdraw(association.library, command, [first]).done
    assert refused(lambda: withdraw(association.library, command, [first, second])) == "desk_withdrawn"
    assert refused(lambda: association.enrol(
        ask_to_join(AskToJoin(desk.operators[Role.SUPERVISOR]), desk.desk, desk.exchange))) == "desk_withdrawn"


def test_what_came_before_stays_and_what_comes_after_is_kept_and_refused(association, desk, tmp_path):
    receipt = send(desk, association, tmp_path / "one")
    desk.receive(receipt.data)
    before = people(association)
    withdraw(association.library, Withdraw(desk.id, "密钥外泄"), association.officers())
    desk.people(2)
    sent = desk.export(tmp_path / "two")
    taken = association.take_in(sent.bundle)
    assert {(one.fate.value, one.code) for one in taken.receipt.fates} == {("rejected", LATER)}
    assert people(association) == before
    assert taken.receipt.withdrawn.points == ((desk.desk.origin.epoch.hex(), receipt.receipt.heads[0].seq),)
    counts = desk.receive(taken.data)
    assert (counts.rejected, counts.withdrawn) == (sent.records, True)
    with association.library.engine.begin() as connection:
        kept = connection.execute(select(schema.kept).where(schema.kept.c.state == "rejected")).all()
        assert len(kept) == sent.records
        assert connection.scalar(select(schema.desk.c.state)) == "withdrawn"


def test_a_stick_on_its_way_is_taken_in_up_to_the_place_that_the_centre_named(association, desk, tmp_path):
    last = head(desk)
    desk.people(2)
    sent = desk.export(tmp_path / "late")
    withdraw(association.library, Withdraw(desk.id, "遗失", (last,)), association.officers())
    taken = association.take_in(sent.bundle)
    by_fate = {one.fate.value: (one.span.first, one.span.last) for one in taken.receipt.fates}
    assert by_fate["applied"][1] == last.seq
    assert by_fate["rejected"][0] == last.seq + 1
    assert people(association) == 3
    again = association.take_in(sent.bundle)
    assert fates(again)["duplicate"] == fates(taken)["applied"]
    assert fates(again)["rejected"] == fates(taken)["rejected"]


def test_another_history_up_to_the_named_place_is_not_taken_in(association, tmp_path):
    """Somebody has the desk's computer, and its key, and writes on from an old copy."""
    desk = new_desk(tmp_path)
    desk.join(association.enrol)
    desk.people(1)
    desk.engine.dispose()
    (tmp_path / "copy.db").write_bytes((tmp_path / "desk-1.db").read_bytes())
    desk.people(3)
    last = head(desk)
    twin = desk.twin(tmp_path / "copy.db")
    twin.people(20)
    withdraw(association.library, Withdraw(desk.id, "被盗", (last,)), association.officers())
    forged = association.take_in(twin.export(tmp_path / "forged").bundle)
    assert set(fates(forged)) == {"rejected"}
    assert people(association) == 0
    desk.engine.dispose()
    twin.engine.dispose()


def test_the_true_last_entry_after_entries_of_another_history_joins_nothing(desk, tmp_path):
    desk.engine.dispose()
    (tmp_path / "copy.db").write_bytes((tmp_path / "desk-1.db").read_bytes())
    twin = desk.twin(tmp_path / "copy.db")
    desk.people(3)
    twin.people(3)
    true, forged, point = entries(desk), entries(twin), head(desk)
    chain = ChainRange(point.epoch, 1, point.seq, START, bytes.fromhex(point.hash))
    assert _joins(chain, point, true)
    assert not _joins(chain, point, [*forged[:point.seq - 1], true[-1]])
    assert not _joins(chain, point, true[:-1])
    assert not _joins(chain, point, forged)
    stub = true[-2]._replace(raw=None)
    assert _joins(chain, point, [*true[:-2], stub, true[-1]])
    twin.engine.dispose()


class Arrived(NamedTuple):
    seq: int
    hash: bytes
    raw: bytes | None


def entries(desk):
    with desk.engine.begin() as connection:
        rows = connection.execute(select(journal.c.seq, journal.c.hash, journal.c.entry).order_by(journal.c.seq))
        return [Arrived(*row) for row in rows]


def test_an_epoch_that_is_not_named_counts_from_nowhere(association, desk, tmp_path):
    withdraw(association.library, Withdraw(desk.id, "停用", ()), association.officers())
    assert set(fates(send(desk, association, tmp_path / "x"))) == {"rejected"}
    assert people(association) == 0


def test_the_trust_list_ends_its_key_and_a_compromised_one_is_good_for_known_certificates_only(
        association, joined, tmp_path):
    lost, stolen = joined(1), joined(2)
    withdraw(association.library, Withdraw(lost.id, "停用"), association.officers())
    withdraw(association.library, Withdraw(stolen.id, "被盗", compromised=True), association.officers())
    trust = read_trust_list(publish(association.library)["trust-list.cose"], [association.library.list_key])
    one, other = trust.key_of(lost.desk.signer.kid), trust.key_of(stolen.desk.signer.kid)
    now = association.library.clock() // 1000
    assert abs(one.sign_to - now) < DAY
    assert abs(other.sign_to - now) < DAY
    assert (one.allowed, other.allowed) == (None, frozenset())
    for desk in (lost, stolen):
        desk.engine.dispose()


def test_what_cannot_be_withdrawn(association, desk, tmp_path):
    officers = association.officers()
    send(desk, association, tmp_path / "one")
    real = head(desk, 5)
    assert refused(lambda: withdraw(association.library, Withdraw("ffffffff", "x"), officers)) == "desk_unknown"
    assert refused(lambda: withdraw(association.library, Withdraw(desk.id, " "), officers)) == \
        "withdrawal_reason_missing"
    other = Point(real.epoch, real.seq, "00" * 32)
    assert refused(lambda: withdraw(association.library, Withdraw(desk.id, "x", (other,)), officers)) == \
        "withdrawal_other_history"
