"""No stick goes back: what is typed says how far the library has come, and no more than that."""

import pytest
from kit.desks import new_desk
from sqlalchemy import select, update

from appraisal.domain.errors import RuleViolation
from appraisal.domain.exchange import Fate
from appraisal.exchange.typed import from_typed, to_typed
from appraisal.usecases.import_short_receipt import short_receipt_typed
from appraisal.usecases.reads import SyncState
from db.queries.states import EntryStates, entry_counts
from db.schema import receipt_span
from library import schema
from library.short_receipts import short_receipt


def counts(desk):
    with desk.engine.begin() as connection:
        return entry_counts(connection)


def refused(run):
    with pytest.raises(RuleViolation) as found:
        run()
    return found.value.code


def send(desk, association, tmp_path, name="stick"):
    sent = desk.export(tmp_path / name)
    return sent, association.take_in(sent.bundle)


def test_all_that_left_and_is_applied_becomes_accepted_and_is_not_sent_again(association, joined, tmp_path):
    desk = joined()
    desk.people(7)
    sent, taken = send(desk, association, tmp_path)
    whose, number, data = short_receipt(association.library, desk.id[:8])
    assert (whose, number, len(data) <= 120) == (desk.id, taken.receipt.number, True)
    before = counts(desk)
    assert before[SyncState.ACCEPTED] == 0
    done = desk.receive_short(short_receipt_typed(to_typed(data).lower()))
    assert (done.accepted, done.received, done.new) == (sent.records, 0, True)
    assert counts(desk)[SyncState.ACCEPTED] == before[SyncState.ON_STICK] == sent.records
    assert desk.receive_short(data).new is False
    assert refused(lambda: desk.export(tmp_path / "again")) == "nothing_to_send"
    assert desk.receive(taken.data).new  # the receipt in full may come later
    assert desk.receive_short(data).new is False
    desk.engine.dispose()


def test_what_stayed_for_want_of_consent_is_still_to_be_sent_when_it_is_given(association, joined, tmp_path):
    desk = joined()
    people = desk.people(6, consent=lambda number: number % 2 == 0)
    sent, _ = send(desk, association, tmp_path)
    assert sent.withheld > 0
    done = desk.receive_short(short_receipt(association.library, desk.id)[2])
    assert (done.accepted, done.received) == (sent.records, 0)
    desk.consent(people[1], given=True)
    again, taken = send(desk, association, tmp_path, "second")
    assert again.records > 1  # the consent, and the person's registration from before
    assert sum(one.fate is Fate.APPLIED for one in taken.receipt.fates) >= 2
    desk.engine.dispose()


def test_what_waits_makes_the_whole_range_received_only_and_it_comes_again(association, joined, tmp_path):
    desk = joined()
    people = desk.people(3)
    desk.photo(people[0])
    sent = desk.export(tmp_path / "stick")
    taken = association.take_in(sent.bundle)
    with association.library.engine.begin() as connection:  # as if the last entry waited
        last = connection.scalar(select(schema.inbox.c.seq).where(schema.inbox.c.state == "applied")
                                 .order_by(schema.inbox.c.seq.desc()).limit(1))
        connection.execute(update(schema.inbox).where(schema.inbox.c.seq == last).values(
            state="parked", code="key_missing"))
    done = desk.receive_short(short_receipt(association.library, desk.id)[2])
    assert (done.accepted, done.received) == (0, sent.records)
    found = counts(desk)
    assert (found[SyncState.ACCEPTED], found[SyncState.RECEIVED]) == (0, sent.records)
    assert desk.export(tmp_path / "again").records >= sent.records
    assert desk.receive(taken.data).new
    assert counts(desk)[SyncState.RECEIVED] == 0  # the receipt in full lies over it
    with desk.engine.begin() as connection:
        assert connection.scalar(select(receipt_span.c.code).where(receipt_span.c.code == "short_receipt").limit(1))
        assert EntryStates(connection).of(desk.desk.origin.epoch.hex(), last)[0] is SyncState.ACCEPTED
    desk.engine.dispose()


def test_a_gap_ends_what_the_short_receipt_says(association, joined, tmp_path):
    desk = joined()
    desk.people(5)
    sent, _ = send(desk, association, tmp_path)
    with association.library.engine.begin() as connection:
        connection.execute(schema.inbox.delete().where(schema.inbox.c.seq == sent.last - 2))
    done = desk.receive_short(short_receipt(association.library, desk.id)[2])
    assert done.accepted == sent.records - 3
    assert counts(desk)[SyncState.ON_STICK] == 3
    desk.engine.dispose()


def test_it_is_for_one_desk_one_history_and_one_library(association, joined, tmp_path):
    desk, other = joined(1), joined(2)
    desk.people(2)
    other.people(2)
    send(desk, association, tmp_path, "one")
    data = short_receipt(association.library, desk.id)[2]
    assert refused(lambda: other.receive_short(data)) == "receipt_of_other_desk"
    stranger = new_desk(None, 1)  # nobody's: it knows no library
    stranger.desk.origin = desk.desk.origin
    assert refused(lambda: stranger.receive_short(data)) == "receipt_not_ours"
    changed = bytearray(data)
    changed[-1] ^= 1
    assert refused(lambda: desk.receive_short(bytes(changed))) == "receipt_not_ours"
    assert refused(lambda: desk.receive_short(data[:-1])) in ("short_receipt_malformed", "receipt_not_ours")
    assert counts(desk)[SyncState.ACCEPTED] == 0
    for engine in (desk.engine, other.engine, stranger.engine):
        engine.dispose()


def test_an_older_copy_and_another_history_are_named(association, tmp_path):
    desk = new_desk(tmp_path)
    desk.join(association.enrol)
    desk.people(1)
    desk.engine.dispose()
    (tmp_path / "copy.db").write_bytes((tmp_path / "desk-1.db").read_bytes())
    desk.people(3)
    send(desk, association, tmp_path)
    data = short_receipt(association.library, desk.id)[2]
    twin = desk.twin(tmp_path / "copy.db")
    assert refused(lambda: twin.receive_short(data)) == "receipt_ahead_of_desk"
    twin.people(9)
    assert refused(lambda: twin.receive_short(data)) == "receipt_other_history"
    desk.engine.dispose()
    twin.engine.dispose()


def test_a_typing_error_names_its_group_and_changes_nothing(association, joined, tmp_path):
    desk = joined()
    desk.people(1)
    send(desk, association, tmp_path)
    text = to_typed(short_receipt(association.library, desk.id)[2])
    wrong = text[:20] + ("7" if text[20] != "7" else "8") + text[21:]
    with pytest.raises(RuleViolation) as found:
        short_receipt_typed(wrong)
    assert (found.value.code, found.value.detail) == ("short_receipt_mistyped", {"group": 3})
    assert refused(lambda: short_receipt_typed("hello")) == "short_receipt_mistyped"
    assert refused(lambda: short_receipt_typed("SKS1:12")) == "short_receipt_malformed"
    assert from_typed(text) == short_receipt_typed(text)
    assert refused(lambda: short_receipt(association.library, desk.id, 9)) == "receipt_unknown"
    assert refused(lambda: short_receipt(association.library, "")) == "desk_unknown"
    desk.engine.dispose()
