"""A bundle there, a receipt back: on SQLite and on PostgreSQL."""

from dataclasses import replace

import pytest
from kit.desks import new_desk, whole_day
from kit.libraries import SimulatedLibrary, fates
from sqlalchemy import delete, func, inspect, select, text

from appraisal.domain.errors import RuleViolation
from appraisal.exchange.manifest import unverified
from appraisal.exchange.receipt import make_receipt
from appraisal.usecases.reads import SyncState
from db.bundle_files import open_bundle, pack_zip
from db.engine import open_sqlite, open_url
from db.queries.states import EntryStates, person_states
from db.rebuild import differing
from db.schema import attachment, consent, journal, mark_entry, person, person_key
from library.verify import verify


def count(engine, table):
    with engine.begin() as connection:
        return connection.scalar(select(func.count()).select_from(table))


def states(desk, persons):
    with desk.engine.begin() as connection:
        return set(person_states(connection, persons).values())


def test_everything_arrives_and_the_receipt_says_so(association, day, tmp_path):
    sent = day.export(tmp_path / "stick")
    taken = association.take_in(sent.bundle)
    assert fates(taken) == {"applied": sent.records}
    assert (sent.withheld, sent.attachments) == (0, 20)
    back = day.receive(taken.data)
    assert (back.accepted, back.duplicate, back.parked, back.held, back.rejected) == (sent.records, 0, 0, 0, 0)
    engine = association.library.engine
    assert (count(engine, person), count(engine, attachment), count(engine, mark_entry)) == (20, 20, 80)
    with engine.begin() as connection:
        assert verify(connection).damage == ()
        assert verify(connection).entries == sent.records
        assert differing(connection) == ()


def test_both_engines_hold_equal_tables(tmp_path, postgresql_url):
    desk = whole_day(tmp_path, people=8)
    libraries = [SimulatedLibrary(open_sqlite(tmp_path / "one.db")), SimulatedLibrary(open_url(postgresql_url))]
    desk.join(libraries[0].enrol)
    # The second library is the first one's twin: same keys, same enrolled desk, another engine.
    with libraries[0].library.engine.begin() as source, libraries[1].library.engine.begin() as target:
        for table in ("secret", "enrolled_desk", "cursor"):
            target.execute(text(f"DELETE FROM {table}"))
            for row in source.execute(text(f"SELECT * FROM {table}")).mappings():
                names = ", ".join(row)
                target.execute(text(f"INSERT INTO {table} ({names}) VALUES ({', '.join(':' + n for n in row)})"),
                               dict(row))
    twins = [libraries[0].reopened(), libraries[1].reopened()]
    sent = desk.export(tmp_path / "stick")
    taken = [one.take_in(sent.bundle) for one in twins]
    assert fates(taken[0]) == fates(taken[1]) == {"applied": sent.records}
    assert twins[0].digests() == twins[1].digests()
    assert len(set(twins[0].digests().values())) > 6  # not all of them empty
    for one in twins:
        one.library.engine.dispose()


def test_a_library_keeps_no_search(association):
    with association.library.engine.begin() as connection:
        found = inspect(connection)
        assert [one["name"] for one in found.get_indexes("person") if not one["unique"]] == ["ix_person_document"]
        assert not found.has_table("person_words")


def test_twice_is_all_duplicate_and_changes_no_table(association, day, tmp_path):
    sent = day.export(tmp_path)
    association.take_in(sent.bundle)
    before, entries = association.digests(), count(association.library.engine, journal)
    again = association.take_in(sent.bundle)
    assert fates(again) == {"duplicate": sent.records}
    assert association.digests() == before
    assert count(association.library.engine, journal) == entries
    assert (again.receipt.number, again.receipt.missing) == (2, ())


def test_the_same_bundle_again_brings_back_no_destroyed_key_and_its_damage_is_named(association, joined, tmp_path):
    desk = joined()
    desk.people(3)
    sent = desk.export(tmp_path)
    association.take_in(sent.bundle)
    with association.library.engine.begin() as connection:
        connection.execute(delete(person_key))
    assert fates(association.take_in(sent.bundle)) == {"duplicate": sent.records}
    assert count(association.library.engine, person_key) == 0
    part = sent.bundle / "part-0001"
    part.write_bytes(part.read_bytes()[:-1] + b"x")
    assert association.take_in(sent.bundle).receipt.quarantined == ((1, "part_changed"),)


def test_only_a_receipt_moves_a_record_past_the_stick(association, joined, tmp_path):
    desk = joined()
    persons = desk.people(3)
    assert states(desk, persons) == {SyncState.SAVED}
    sent = desk.export(tmp_path)
    assert states(desk, persons) == {SyncState.ON_STICK}
    receipt = association.take_in(sent.bundle).data
    assert states(desk, persons) == {SyncState.ON_STICK}
    desk.receive(receipt)
    assert states(desk, persons) == {SyncState.ACCEPTED}


def test_a_lost_stick_makes_no_gap_and_a_lost_receipt_no_double(association, joined, tmp_path):
    desk = joined()
    first = desk.people(3)
    desk.export(tmp_path / "lost")
    second = desk.people(2)
    both = desk.export(tmp_path / "found")
    assert fates(association.take_in(both.bundle)) == {"applied": both.records}  # its receipt is lost
    third = desk.people(1)
    again = desk.export(tmp_path / "again")
    taken = association.take_in(again.bundle)
    assert fates(taken) == {"duplicate": both.records, "applied": again.records - both.records}
    assert taken.receipt.number == 2
    desk.receive(taken.data)
    assert states(desk, [*first, *second, *third]) == {SyncState.ACCEPTED}


def test_the_next_bundle_has_only_what_is_new(association, joined, tmp_path):
    desk = joined()
    desk.people(4)
    desk.receive(association.take_in(desk.export(tmp_path / "1").bundle).data)
    with pytest.raises(RuleViolation, match="nothing_to_send"):
        desk.export(tmp_path / "2")
    desk.people(1)
    sent = desk.export(tmp_path / "3")
    assert sent.records == 2  # the person and the consent
    manifest = unverified((sent.bundle / "manifest.cose").read_bytes())
    assert manifest.last_receipt is not None
    assert manifest.last_receipt.number == 1
    assert fates(association.take_in(sent.bundle)) == {"applied": 2}


def test_who_has_not_consented_stays_and_is_sent_after_consent(association, joined, tmp_path):
    desk = joined()
    persons = desk.people(4, consent=lambda n: n != 1)
    sent = desk.export(tmp_path / "1")
    assert (sent.records, sent.withheld) == (1 + 6, 1)  # the centre; two entries each
    desk.receive(association.take_in(sent.bundle).data)
    assert count(association.library.engine, person) == 3
    assert states(desk, [persons[1]]) == {SyncState.STAYS}
    with desk.engine.begin() as connection:  # a stub has gone; the entry was never on the stick
        row = connection.execute(select(journal).where(journal.c.person == persons[1])).one()
        assert EntryStates(connection).of(row.epoch, row.seq) == (SyncState.SAVED, "")
    with association.library.engine.begin() as connection:
        assert verify(connection).damage == ()
    desk.consent(persons[1], given=True)
    later = desk.export(tmp_path / "2")
    assert (later.first > sent.first, later.withheld, later.records) == (True, 0, 6)
    taken = association.take_in(later.bundle)
    assert fates(taken) == {"applied": 2, "duplicate": 4}
    assert count(association.library.engine, person) == 4
    desk.receive(taken.data)
    assert states(desk, persons) == {SyncState.ACCEPTED}


def test_a_withdrawal_reaches_the_library_but_no_more_of_that_person(association, joined, tmp_path):
    desk = joined()
    persons = desk.people(2)
    desk.receive(association.take_in(desk.export(tmp_path / "1").bundle).data)
    desk.photo(persons[0])
    desk.consent(persons[0], given=False)
    sent = desk.export(tmp_path / "2")
    assert (sent.records, sent.attachments) == (1, 0)
    assert fates(association.take_in(sent.bundle)) == {"applied": 1}
    with association.library.engine.begin() as connection:
        given = dict(connection.execute(select(consent.c.person, consent.c.given)).all())
    assert given == {persons[0]: False, persons[1]: True}


def test_nothing_leaves_of_who_consented_to_nothing(association, joined, tmp_path):
    desk = joined()
    desk.people(2, consent=lambda _: False)
    sent = desk.export(tmp_path)
    assert (sent.records, sent.withheld) == (1, 2)
    association.take_in(sent.bundle)
    assert count(association.library.engine, person) == 0
    with association.library.engine.begin() as connection:
        assert connection.scalars(select(journal.c.kind)).all() == ["centre.founded"]
        assert connection.scalar(select(func.count()).select_from(person_key)) == 0


def test_a_receipt_seen_before_changes_nothing(association, joined, tmp_path):
    desk = joined()
    desk.people(2)
    receipt = association.take_in(desk.export(tmp_path).bundle).data
    assert desk.receive(receipt).new
    entries = count(desk.engine, journal)
    again = desk.receive(receipt)
    assert (again.new, again.accepted) == (False, 5)
    assert count(desk.engine, journal) == entries


def test_receipts_of_others_and_of_other_histories_are_refused(association, joined, tmp_path, sqlite_engine):
    desk = joined()
    desk.people(2)
    taken = association.take_in(desk.export(tmp_path).bundle)
    entries = count(desk.engine, journal)
    stranger = SimulatedLibrary(sqlite_engine, seed=8).library
    ours = association.library.receipts
    for receipt, signer, code in (
            (taken.receipt, stranger.receipts, "receipt_not_ours"),
            (replace(taken.receipt, library=stranger.id), ours, "receipt_not_ours"),
            (replace(taken.receipt, desk="ab" * 16), ours, "receipt_of_other_desk"),
            (replace(taken.receipt, digest=bytes(32)), ours, "receipt_other_history")):
        with pytest.raises(RuleViolation) as refused:
            desk.receive(make_receipt(receipt, signer))
        assert refused.value.code == code
    longer = replace(taken.receipt.fates[0], span=replace(taken.receipt.fates[0].span, last=10_000))
    with pytest.raises(RuleViolation, match="receipt_ahead_of_desk"):
        desk.receive(make_receipt(replace(taken.receipt, fates=(longer,)), ours))
    with pytest.raises(RuleViolation, match="receipt_malformed"):
        desk.receive(taken.data[:-1])
    assert count(desk.engine, journal) == entries
    desk.receive(taken.data)
    with pytest.raises(RuleViolation, match="receipt_other_history"):
        desk.receive(make_receipt(replace(taken.receipt, made_at=1), ours))


def test_two_desks_do_not_mix(association, joined, tmp_path):
    one, two = joined(1), joined(2)
    for desk in (one, two):
        desk.people(3, desk.open_batch(f"B{desk.seed}"))
    bundles = [desk.export(tmp_path / str(desk.seed)) for desk in (one, two)]
    taken = [association.take_in(sent.bundle) for sent in bundles]
    assert [one.receipt.number for one in taken] == [1, 1]
    with pytest.raises(RuleViolation, match="receipt_of_other_desk"):
        one.receive(taken[1].data)
    assert count(association.library.engine, person) == 6
    with association.library.engine.begin() as connection:
        assert verify(connection).damage == ()
        assert differing(connection) == ()


def test_a_zip_of_the_folder_is_as_good(association, joined, tmp_path):
    desk = joined()
    desk.people(2)
    sent = desk.export(tmp_path / "stick")
    packed = pack_zip(sent.bundle, tmp_path / "mail.skb")
    assert open_bundle(packed).lengths() == open_bundle(sent.bundle).lengths()
    assert fates(association.take_in(packed)) == {"applied": sent.records}


def test_a_desk_without_a_library_sends_nothing(tmp_path):
    desk = new_desk(tmp_path)
    desk.people(1)
    with pytest.raises(RuleViolation, match="no_library_recognised"):
        desk.export(tmp_path / "stick")
    assert not (tmp_path / "stick").exists()
    desk.engine.dispose()
