"""A desk that has lost entries gets them back from the library: every record once, the journal whole."""

import contextlib
import shutil
from dataclasses import replace
from pathlib import Path

import pyrage
import pytest
from kit.copies import Copied, give_back, restored_from
from kit.desks import new_desk
from msgspec import structs
from sqlalchemy import func, select, update

from appraisal.domain.epochs import Beginning
from appraisal.domain.errors import RuleViolation
from appraisal.exchange.manifest import ChainRange
from appraisal.exchange.parts import PartKind, Range, seal
from appraisal.exchange.records import join
from appraisal.exchange.restoration import Restoration, make_restoration, read_restoration
from appraisal.journal import START, read, write
from appraisal.usecases.reads import SyncState
from db import journal
from db.gaps import signed_gaps
from db.queries.states import entry_counts, person_states
from db.rebuild import differing
from db.schema import epoch, gap, person
from db.schema import journal as journal_table
from library.schema import desk as enrolled
from library.verify import verify


@pytest.fixture
def desk(joined, association, tmp_path):
    return Copied.of(joined(), tmp_path, association)


def persons_of(engine):
    with engine.begin() as connection:
        return sorted(connection.scalars(select(person.c.document_number)))


def check(desk, *, entries=None):
    with desk.engine.begin() as connection:
        found = journal.verify(connection, gaps=signed_gaps(connection))
        assert found.intact, found.damage
        assert differing(connection) == ()
        doubled = connection.execute(select(journal_table.c.hash).group_by(journal_table.c.hash)
                                     .having(func.count() > 1)).all()
        assert doubled == []
    return found.entries


def sync(association, desk, folder: Path):
    return desk.receive(association.take_in(desk.export(folder).bundle).data)


def test_a_backup_put_back_gets_what_it_lacks(association, desk, tmp_path):
    desk.people(3)
    backup = desk.copied("backup")
    lost = desk.people(4)
    desk.photo(lost[0])
    sync(association, desk, tmp_path / "1")
    before = persons_of(desk.engine)
    back = restored_from(desk, backup)
    later = back.people(2)
    counts = sync(association, back, tmp_path / "2")
    assert counts.lacking == 9  # two entries each, and a photo
    assert len(persons_of(association.library.engine)) == 9
    taken = back.take_back(give_back(association, back, tmp_path))
    assert (taken.entries, taken.aside) == (9, {})
    assert persons_of(back.engine) == sorted({*before, *persons_of(back.engine)})
    assert len(persons_of(back.engine)) == 9
    check(back)
    with back.engine.begin() as connection:
        assert set(person_states(connection, [*lost, *later]).values()) == {SyncState.ACCEPTED}
    again = sync_nothing_or_all(association, back, tmp_path / "3")
    assert again in (None, 0)
    with association.library.engine.begin() as connection:
        assert verify(connection).damage == ()


def sync_nothing_or_all(association, desk, folder):
    """How many entries the desk lacks after one more round; None where there was nothing to send."""
    with contextlib.suppress(RuleViolation):
        return sync(association, desk, folder).lacking
    return None


def test_the_same_restoration_twice_changes_nothing(association, desk, tmp_path):
    backup = desk.copied("backup")
    desk.people(3)
    sync(association, desk, tmp_path / "1")
    back = restored_from(desk, backup)
    given = give_back(association, back, tmp_path)
    assert back.take_back(given).new
    entries = check(back)
    assert not back.take_back(given).new
    assert check(back) == entries
    second = back.take_back(give_back(association, back, tmp_path))
    assert (second.new, second.entries) == (True, 0)
    check(back)


def test_what_never_left_stays_a_gap_that_only_the_library_vouches_for(association, desk, tmp_path):
    backup = desk.copied("backup")
    desk.people(3, consent=lambda n: n != 1)
    sync(association, desk, tmp_path / "1")
    back = restored_from(desk, backup)
    assert back.take_back(give_back(association, back, tmp_path)).gaps == 1
    assert len(persons_of(back.engine)) == 2
    check(back)
    with back.engine.begin() as connection:
        assert connection.scalar(select(func.count()).select_from(gap)) == 1
        assert not journal.verify(connection).intact  # without the signed statement it does not join


def test_newer_work_stands_and_the_older_is_set_aside(association, desk, tmp_path):
    (one, other) = desk.people(2)
    backup = desk.copied("backup")
    desk.phone(one, "15400000001")
    desk.phone(other, "15400000002")
    sync(association, desk, tmp_path / "1")
    back = restored_from(desk, backup)
    back.phone(one, "15400000009")
    taken = back.take_back(give_back(association, back, tmp_path))
    assert taken.aside == {"aside_overtaken": 1}
    with back.engine.begin() as connection:
        phones = dict(connection.execute(select(person.c.id, person.c.phone)).all())
    assert phones == {one: "15400000009", other: "15400000002"}
    check(back)


def test_a_desk_lost_wholly_comes_back_in_another(association, joined, desk, tmp_path):
    desk.people(4, desk.open_batch())
    sync(association, desk, tmp_path / "1")
    new = Copied.of(joined(2), tmp_path, association)
    with pytest.raises(RuleViolation, match="restoration_other_centre"):
        give_back(association, desk, tmp_path / "other", to=new)
    same_centre(association, desk, new)
    with pytest.raises(RuleViolation, match="restoration_for_other_desk"):
        new.take_back(give_back(association, desk, tmp_path / "wrong"))
    taken = new.take_back(give_back(association, desk, tmp_path, to=new))
    assert taken.aside == {"aside_other_centre": 1}
    assert persons_of(new.engine) == persons_of(desk.engine)
    check(new)
    with new.engine.begin() as connection:
        assert entry_counts(connection)[SyncState.ACCEPTED] >= taken.entries
    sent = new.export(tmp_path / "2")
    assert sent.records < taken.entries  # its own chain only
    new.receive(association.take_in(sent.bundle).data)
    assert len(persons_of(association.library.engine)) == 4


def same_centre(association, one, other):
    """Both desks' requests named the same centre."""
    with association.library.engine.begin() as connection:
        code = connection.scalar(select(enrolled.c.code).where(enrolled.c.desk == one.id))
        connection.execute(update(enrolled).where(enrolled.c.desk == other.id).values(code=code))


def test_what_cannot_be_given_back_leaves_no_file(association, joined, desk, tmp_path):
    with pytest.raises(RuleViolation, match="restoration_of_nothing"):
        give_back(association, desk, tmp_path)
    desk.people(1)
    sync(association, desk, tmp_path / "1")
    unknown = joined(2)
    with pytest.raises(RuleViolation, match="desk_without_recipient"):
        give_back(association, unknown, tmp_path)
    with pytest.raises(RuleViolation, match="restoration_other_centre"):
        give_back(association, desk, tmp_path, to=Copied.of(unknown, tmp_path, association))
    assert not list(tmp_path.rglob("*.skr"))


@pytest.mark.parametrize("place", [0, 100, -1])
def test_a_changed_restoration_brings_nothing(association, desk, tmp_path, place):
    backup = desk.copied("backup")
    desk.people(3)
    sync(association, desk, tmp_path / "1")
    back = restored_from(desk, backup)
    given = give_back(association, back, tmp_path)
    before = check(back)
    for name in ("part-0001", "restoration.cose"):
        copy = tmp_path / f"changed-{name}"
        shutil.copytree(given, copy)
        data = bytearray((copy / name).read_bytes())
        data[place] ^= 1
        (copy / name).write_bytes(data)
        with pytest.raises(RuleViolation, match=r"restoration_(malformed|not_ours)"):
            back.take_back(copy)
        assert check(back) == before
    (given / "part-0001").unlink()
    with pytest.raises(RuleViolation, match="restoration_malformed"):
        back.take_back(given)
    assert check(back) == before


def test_only_the_desk_itself_can_open_it(association, desk, tmp_path):
    desk.people(1)
    sync(association, desk, tmp_path / "1")
    given = give_back(association, desk, tmp_path)
    sealed = (given / "part-0001").read_bytes()
    with pytest.raises(pyrage.DecryptError):
        pyrage.decrypt(sealed, [pyrage.x25519.Identity.from_str(association.library.identity)])


def test_a_copy_behind_in_its_own_epoch_begins_another_before_it_writes(association, desk, tmp_path):
    backup = desk.copied("backup")
    desk.people(2)
    taken = association.take_in(desk.export(tmp_path / "1").bundle)
    behind = desk.opened_on(backup)  # a rollback that no settings file has told of
    counts = behind.receive(taken.data)
    assert counts.lacking > 0
    with behind.engine.begin() as connection:
        assert connection.scalars(select(epoch.c.reason)).all() == ["restored"]
    behind.people(1)
    sync(association, behind, tmp_path / "2")
    behind.take_back(give_back(association, behind, tmp_path))
    check(behind)
    assert len(persons_of(behind.engine)) == len(persons_of(association.library.engine)) == 3


def test_a_fork_begins_a_new_epoch_and_loses_nothing(association, desk, tmp_path):
    twin = desk.opened_on(desk.copied("twin"))  # both go on in one epoch: what must not happen
    desk.people(2)
    twin.people(3)
    sync(association, desk, tmp_path / "1")
    bundle = twin.export(tmp_path / "2").bundle
    counts = twin.receive(association.take_in(bundle).data)
    assert counts.forked
    assert counts.held > 0
    with twin.engine.begin() as connection:
        assert connection.scalars(select(epoch.c.reason)).all() == ["forked"]
    assert len(persons_of(twin.engine)) == 3
    check(twin)
    with pytest.raises(RuleViolation, match="restoration_other_history"):
        twin.take_back(give_back(association, twin, tmp_path))
    check(twin)


def test_two_copies_go_on_and_the_library_has_everything_once(association, desk, tmp_path):
    desk.people(2)
    copy = restored_from(desk, desk.copied("copy"))
    for turn in range(3):
        for number, one in enumerate((desk, copy)):
            one.people(2)
            sync(association, one, tmp_path / f"{turn}-{number}")
    engine = association.library.engine
    assert len(persons_of(engine)) == len(set(persons_of(engine))) == 14
    with engine.begin() as connection:
        assert verify(connection).damage == ()
        assert differing(connection) == ()
    for one in (desk, copy):
        assert one.take_back(give_back(association, one, tmp_path)).aside == {}
        assert persons_of(one.engine) == persons_of(engine)
        check(one)


def test_numbers_of_another_epoch_are_closed_and_a_request_brings_new_ones(association, desk, tmp_path):
    old_grant = association.enrol(desk.request())
    before = desk.numbers()
    copy = restored_from(desk, desk.copied("copy"))
    assert len(before) == 500
    assert copy.numbers() == []
    assert copy.why_no_number() == "leases_of_earlier_epoch"
    copy.adopt(old_grant)
    assert copy.numbers() == []
    copy.adopt(association.enrol(copy.request()))
    assert len(copy.numbers()) == 500
    assert not set(before) & set(copy.numbers())
    assert desk.numbers() == before


def test_epochs_come_back_in_the_order_in_which_they_began(association, joined, desk, tmp_path):
    """Whatever their names: what the second says of a person rests on the first."""
    (one,) = desk.people(1)
    sync(association, desk, tmp_path / "1")
    later = desk.opened_on(desk.copied("copy"))
    later.desk.random = bytes  # an epoch that sorts before any other
    later.desk.begin_epoch(Beginning.CLONED)
    later.desk.random = later.random.randbytes
    assert later.desk.origin.epoch < desk.desk.origin.epoch
    later.phone(one, "15400000003")
    sync(association, later, tmp_path / "2")
    new = Copied.of(joined(2), tmp_path, association)
    same_centre(association, desk, new)
    assert new.take_back(give_back(association, desk, tmp_path, to=new)).aside == {"aside_other_centre": 1}
    with new.engine.begin() as connection:
        assert connection.scalars(select(person.c.phone)).all() == ["15400000003"]
    check(new)


def signed_restoration(association, desk, folder, records, last, after):
    """What a library with a defect might sign: `records` as entries 1 to `last` of the desk's epoch."""
    origin, library = desk.desk.origin, association.library
    part, data = seal(join(records), PartKind.RECORDS, [desk.exchange.recipient], Range(0, 1, last))
    made = Restoration(
        library.id, desk.id, library.new_id(), library.clock(),
        (ChainRange(origin.epoch.hex(), 1, last, START, after),), (part,), desk.exchange.recipient, desk.id, 1, (),
        last, 0, 0)
    folder.mkdir()
    (folder / "part-0001").write_bytes(data)
    (folder / "restoration.cose").write_bytes(make_restoration(made, library.receipts))
    return folder


def test_entries_that_do_not_join_bring_nothing(association, desk, tmp_path):
    desk.people(2)
    with desk.engine.begin() as connection:
        rows = connection.execute(select(journal_table.c.entry, journal_table.c.hash)
                                  .order_by(journal_table.c.position)).all()
    entries, before = [row.entry for row in rows], check(desk)
    whole = signed_restoration(association, desk, tmp_path / "whole", entries, len(rows), rows[-1].hash)
    altered = write(structs.replace(read(entries[3]), why="another reason"))
    foreign = write(structs.replace(read(entries[1]), desk=bytes(16)))
    for name, records in (("altered", [*entries[:3], altered, *entries[4:]]),
                          ("swapped", [*entries[:3], entries[4], entries[3], *entries[5:]]),
                          ("foreign", [entries[0], foreign, *entries[2:]])):
        given = signed_restoration(association, desk, tmp_path / name, records, len(rows), rows[-1].hash)
        with pytest.raises(RuleViolation, match=r"restoration_(does_not_join|other_history)"):
            desk.take_back(given)
    assert check(desk) == before
    with pytest.raises(RuleViolation, match="restoration_not_ours"):
        Copied.of(new_desk(tmp_path, 30), tmp_path).take_back(whole)
    assert desk.take_back(whole).entries == 0


def test_entries_that_are_not_here_have_to_join_too(association, joined, desk, tmp_path):
    desk.people(2)
    with desk.engine.begin() as connection:
        rows = connection.execute(select(journal_table).order_by(journal_table.c.position)).all()
    broken = [row.entry for row in rows]
    broken[3] = write(structs.replace(read(broken[3]), why="another reason"))
    new = Copied.of(joined(2), tmp_path, association)
    given = signed_restoration(association, desk, tmp_path / "broken", broken, len(rows), rows[-1].hash)
    signed = read_restoration((given / "restoration.cose").read_bytes(), [association.library.receipt_key])
    part, data = seal(join(broken), PartKind.RECORDS, [new.exchange.recipient], Range(0, 1, len(rows)))
    (given / "part-0001").write_bytes(data)
    (given / "restoration.cose").write_bytes(make_restoration(
        replace(signed, parts=(part,), recipient=new.exchange.recipient, to=new.id), association.library.receipts))
    before = check(new)
    with pytest.raises(RuleViolation, match="restoration_does_not_join"):
        new.take_back(given)
    assert check(new) == before
