"""Killed at any moment, or with the disk full: the desk opens, verifies, has all that it acknowledged, and goes on."""

import random
import sqlite3

import pytest
from crash_kit import FORKED, fill_the_disk, found_until, person, stream
from kit_centre import found, open_as, operator
from sqlalchemy import event, func, select

from appraisal.domain.errors import EnvironmentFault
from appraisal.domain.operator import Role
from appraisal.usecases.register_candidate import register, register_candidate
from db import journal
from db.centre import is_here
from db.rebuild import differing
from db.schema import journal as journal_table
from db.schema import person as person_table


def run(target, *arguments):
    """Starts it in a process of its own; returns the process and our end of its pipe."""
    ours, theirs = FORKED.Pipe()
    process = FORKED.Process(target=target, args=(*arguments, theirs))
    process.start()
    theirs.close()
    return process, ours


def check(folder):
    """Opens, verifies, can be made again, takes one more command. Returns the serial numbers registered."""
    centre = open_as(folder)
    try:
        with centre.reader.begin() as connection:
            found_now = journal.verify(connection)
            assert found_now.intact, found_now.damage
            assert differing(connection) == ()
            serials = {int(number[1:]) for number in connection.scalars(select(person_table.c.document_number))}
        register_candidate(person(10**6 + len(serials), operator(centre, Role.REGISTRAR)), centre.desk)
    finally:
        centre.close()
    return serials


def steps_of_founding(folder):
    process, pipe = run(found_until, folder, 0)
    steps = pipe.recv()
    process.join()
    return steps


def test_a_founding_cut_short_at_any_step_leaves_nothing_or_a_whole_centre(tmp_path):
    steps = steps_of_founding(tmp_path / "whole")
    assert steps > 25
    kinds = set()
    for moment in range(1, steps + 1):
        folder = tmp_path / str(moment)
        process, _ = run(found_until, folder, moment)
        process.join()
        assert process.exitcode == -9, moment
        kinds.add(is_here(folder))
        if not is_here(folder):
            with pytest.raises(EnvironmentFault, match="no_centre_here"):
                open_as(folder)
            found(folder)
        check(folder)
    assert False in kinds


def kill_again_and_again(folder, kills, seed):
    """Each after so many saves of its own, however long they take here, and at any moment of the next one."""
    found(folder)
    chance, acknowledged, expected = random.Random(seed), set(), 0
    for _ in range(kills):
        process, pipe = run(stream, folder, len(acknowledged) * 1000)
        assert pipe.recv_bytes() == b"ready"
        saves = chance.randrange(4)
        for _ in range(saves):
            acknowledged.add(int(pipe.recv_bytes()))
        pipe.poll(chance.uniform(0, 0.02))  # a save takes some milliseconds: within it, or just after
        process.kill()
        process.join()
        try:
            while True:
                acknowledged.add(int(pipe.recv_bytes()))
        except EOFError:
            pass
        kept = check(folder)
        assert acknowledged <= kept
        unsaid = {serial for serial in kept if serial < 10**6} - acknowledged
        acknowledged |= unsaid  # at most the one that was done and not yet said
        assert len(unsaid) <= 1
        expected += saves
    assert len(acknowledged) >= expected > kills


def test_killed_at_random_moments_nothing_acknowledged_is_lost(tmp_path):
    kill_again_and_again(tmp_path, 20, seed=11)


@pytest.mark.long
@pytest.mark.timeout(1800)
def test_killed_two_hundred_times(tmp_path):
    kill_again_and_again(tmp_path, 200, seed=12)


def count(centre):
    with centre.reader.begin() as connection:
        return connection.scalar(select(func.count()).select_from(journal_table))


def test_a_full_database_keeps_nothing_of_the_command_and_lives_on(tmp_path):
    found(tmp_path)
    centre = open_as(tmp_path)
    registrar = operator(centre, Role.REGISTRAR)
    raw = centre.writer.raw_connection().driver_connection
    pages = raw.execute("PRAGMA page_count").fetchone()[0]
    raw.execute(f"PRAGMA max_page_count = {pages + 3}")
    before, done = count(centre), []
    with pytest.raises(EnvironmentFault, match="disk_full"):
        register_many(centre, registrar, done)
    assert len(done) > 5
    assert count(centre) == before
    raw.execute("PRAGMA max_page_count = 1073741823")
    register_candidate(person(1, registrar), centre.desk)
    assert count(centre) > before
    centre.close()
    assert check(tmp_path) == {1}


def register_many(centre, registrar, done):
    """In one unit of work."""
    with centre.desk.work(registrar) as work:
        for serial in range(5000):
            register(work, person(serial, registrar))
            done.append(serial)


def test_after_a_commit_that_fails_the_next_command_follows_what_was_kept(tmp_path):
    found(tmp_path)
    centre = open_as(tmp_path)
    registrar, faults = operator(centre, Role.REGISTRAR), [sqlite3.OperationalError("disk I/O error")]
    register_candidate(person(1, registrar), centre.desk)

    @event.listens_for(centre.writer, "commit")
    def fail_once(_connection):
        if faults:
            raise faults.pop()

    with pytest.raises(sqlite3.OperationalError):
        register_candidate(person(2, registrar), centre.desk)
    register_candidate(person(3, registrar), centre.desk)
    centre.close()
    assert check(tmp_path) == {1, 3}


def test_a_disk_that_refuses_to_grow_is_said_and_survived(tmp_path):
    found(tmp_path)
    process, pipe = run(fill_the_disk, tmp_path, 2 << 20)
    done, code = pipe.recv()
    process.join()
    assert code in ("disk_full", "database_fault")
    assert done > 10
    assert check(tmp_path) == {*range(done), 9000}
