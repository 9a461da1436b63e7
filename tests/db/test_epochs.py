"""A copied desk, a restored one, a moved one: which goes on in its epoch, and which begins a new one."""

import shutil

import pytest
from crash_kit import FORKED, person
from epochs_kit import begin_until
from kit_centre import PASSPHRASE, around, found, operator
from sqlalchemy import select

from appraisal.domain.epochs import Beginning
from appraisal.domain.operator import Role
from appraisal.journal import read
from appraisal.usecases.register_candidate import register_candidate
from db import journal
from db.centre import open_centre
from db.epochs import RESTORED
from db.rebuild import differing
from db.schema import epoch as epoch_table
from db.schema import journal as journal_table


@pytest.fixture
def machine(tmp_path):
    """`machine(folder, number)`: opens the centre there on this machine, or on another."""

    def open_here(folder, name="one", **how):
        return open_centre(folder, "administrator", PASSPHRASE, around(settings=tmp_path / "machines" / name), **how)

    found(tmp_path / "desk", settings=tmp_path / "machines" / "one")
    return open_here


def work(centre, first, count=3):
    for serial in range(first, first + count):
        register_candidate(person(serial, operator(centre, Role.REGISTRAR)), centre.desk)


def at_work(machine, folder, name="one", first=0):
    """Opened, three people registered, closed. Returns why an epoch began, and the epoch."""
    centre = machine(folder, name)
    try:
        work(centre, first)
        with centre.reader.begin() as connection:
            assert journal.verify(connection).intact
            assert differing(connection) == ()
        return centre.began, centre.origin.epoch
    finally:
        centre.close()


def test_a_desk_that_stays_goes_on_in_its_epoch(machine, tmp_path):
    first, second = (at_work(machine, tmp_path / "desk", first=n) for n in (0, 10))
    assert first[0] is second[0] is None
    assert first[1] == second[1]


def test_a_copied_folder_begins_a_new_epoch_and_the_original_goes_on(machine, tmp_path):
    _, old = at_work(machine, tmp_path / "desk")
    shutil.copytree(tmp_path / "desk", tmp_path / "copy")
    began, new = at_work(machine, tmp_path / "copy", first=10)
    assert began is Beginning.CLONED
    assert new != old
    assert at_work(machine, tmp_path / "desk", first=20) == (None, old)
    assert at_work(machine, tmp_path / "copy", first=30) == (None, new)


def test_the_first_entry_says_which_epoch_it_follows(machine, tmp_path):
    at_work(machine, tmp_path / "desk")
    shutil.copytree(tmp_path / "desk", tmp_path / "copy")
    at_work(machine, tmp_path / "copy", first=10)
    centre = machine(tmp_path / "copy")
    with centre.reader.begin() as connection:
        rows = connection.execute(select(journal_table).order_by(journal_table.c.position)).all()
        seen = connection.execute(select(epoch_table)).one()
    centre.close()
    place = next(n for n, row in enumerate(rows) if row.kind == "epoch.began")
    entry, last = read(rows[place].entry), rows[place - 1]
    assert (entry.seq, entry.operator, entry.desk.hex()) == (1, "", last.desk)
    assert entry.body["after"] == {"epoch": last.epoch, "seq": last.seq, "hash": last.hash}
    assert entry.at > read(last.entry).at
    assert (seen.id, seen.after_epoch, seen.after_seq) == (entry.epoch.hex(), last.epoch, last.seq)


def test_another_machine_begins_a_new_epoch(machine, tmp_path):
    _, old = at_work(machine, tmp_path / "desk")
    began, new = at_work(machine, tmp_path / "desk", "two", first=10)
    assert began is Beginning.CLONED
    assert new != old
    # and the first machine, given the folder back, is told that this is no longer its own
    assert at_work(machine, tmp_path / "desk", "one", first=20)[0] is Beginning.RESTORED


def test_a_folder_moved_on_its_machine_is_the_same(machine, tmp_path):
    _, old = at_work(machine, tmp_path / "desk")
    (tmp_path / "desk").rename(tmp_path / "moved")
    assert at_work(machine, tmp_path / "moved", first=10) == (None, old)
    shutil.copytree(tmp_path / "moved", tmp_path / "desk")  # where it was before, there is now a copy
    assert at_work(machine, tmp_path / "desk", first=20)[0] is Beginning.CLONED
    assert at_work(machine, tmp_path / "moved", first=30) == (None, old)


def test_an_older_copy_put_back_in_the_same_place_is_noticed(machine, tmp_path):
    _, old = at_work(machine, tmp_path / "desk")
    shutil.copytree(tmp_path / "desk", tmp_path / "older")
    at_work(machine, tmp_path / "desk", first=10)
    shutil.rmtree(tmp_path / "desk")
    (tmp_path / "older").rename(tmp_path / "desk")
    began, new = at_work(machine, tmp_path / "desk", first=20)
    assert began is Beginning.RESTORED
    assert new != old


def test_an_older_copy_put_elsewhere_after_the_desk_is_gone_is_noticed(machine, tmp_path):
    at_work(machine, tmp_path / "desk")
    shutil.copytree(tmp_path / "desk", tmp_path / "older")
    at_work(machine, tmp_path / "desk", first=10)
    shutil.rmtree(tmp_path / "desk")
    assert at_work(machine, tmp_path / "older", first=20)[0] is Beginning.RESTORED


def test_the_very_same_data_put_back_go_on(machine, tmp_path):
    _, old = at_work(machine, tmp_path / "desk")
    shutil.copytree(tmp_path / "desk", tmp_path / "same")
    shutil.rmtree(tmp_path / "desk")
    (tmp_path / "same").rename(tmp_path / "desk")
    assert at_work(machine, tmp_path / "desk", first=10) == (None, old)


def test_a_backup_that_was_put_back_begins_an_epoch_whatever_it_holds(machine, tmp_path):
    _, old = at_work(machine, tmp_path / "desk")
    (tmp_path / "desk" / RESTORED).touch()
    began, new = at_work(machine, tmp_path / "desk", first=10)
    assert began is Beginning.RESTORED
    assert new != old
    assert at_work(machine, tmp_path / "desk", first=20) == (None, new)


def test_what_is_only_looked_at_begins_nothing(machine, tmp_path):
    _, old = at_work(machine, tmp_path / "desk")
    shutil.copytree(tmp_path / "desk", tmp_path / "copy")
    looked = machine(tmp_path / "copy", only_look=True)
    assert (looked.began, looked.origin.epoch) == (None, old)
    looked.close()
    assert at_work(machine, tmp_path / "copy")[0] is Beginning.CLONED


def test_a_damaged_file_beside_the_machine_costs_one_epoch(machine, tmp_path):
    at_work(machine, tmp_path / "desk")
    (file,) = (tmp_path / "machines" / "one" / "incarnations").iterdir()
    file.write_bytes(b"\xff{")
    began, new = at_work(machine, tmp_path / "desk", first=10)
    assert began is Beginning.CLONED
    assert at_work(machine, tmp_path / "desk", first=20) == (None, new)


def epochs_of(centre):
    with centre.reader.begin() as connection:
        return connection.scalars(select(epoch_table.c.id)).all()


def test_killed_at_any_step_of_a_beginning_one_epoch_has_begun(machine, tmp_path):
    """The steps: each random number (the database's transaction lies between them) and each change of a folder."""
    at_work(machine, tmp_path / "desk")

    def copied(moment):
        folder = tmp_path / f"copy-{moment}"
        shutil.copytree(tmp_path / "desk", folder)
        shutil.copytree(tmp_path / "machines" / "one", tmp_path / "machines" / folder.name)
        ours, theirs = FORKED.Pipe()
        process = FORKED.Process(target=begin_until, args=(folder, tmp_path / "machines" / folder.name, moment, theirs))
        process.start()
        theirs.close()
        steps = ours.recv() if not moment else None
        process.join()
        assert process.exitcode == (-9 if moment else 0)
        return folder, steps

    _, steps = copied(0)
    assert steps > 6
    killed_after = 0
    for moment in range(1, steps + 1):
        folder, _ = copied(moment)
        looked = machine(folder, folder.name, only_look=True)
        had = epochs_of(looked)
        looked.close()
        killed_after += len(had)
        centre = machine(folder, folder.name)
        try:
            assert len(epochs_of(centre)) == 1
            assert not had or had == [centre.origin.epoch.hex()]
            begun_late = centre.began is None
            assert not (begun_late and not had)
            work(centre, moment * 10)
            with centre.reader.begin() as connection:
                assert journal.verify(connection).intact
        finally:
            centre.close()
    assert 0 < killed_after < steps  # some died before the database had the epoch, some after
