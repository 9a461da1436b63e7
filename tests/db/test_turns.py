"""A desk waits for its turn as long as another goes on writing, and is told who that is; a desk that hangs is named."""

import time
from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest
from computers_kit import Computers
from crash_kit import person
from kit_centre import operator
from sqlalchemy import create_engine, func, select

from appraisal.domain.errors import EnvironmentFault
from appraisal.domain.operator import Role
from appraisal.usecases.register_candidate import register as register_within
from appraisal.usecases.register_candidate import register_candidate
from db import journal, turns
from db.schema import person as person_table

LOOK = "&options=-c%20lock_timeout%3D100ms"


@pytest.fixture(scope="module")
def founded(postgresql, tmp_path_factory):
    """Three computers, each a desk of one centre; all tests work in it."""
    admin = create_engine(postgresql.format(name="postgres"), isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.exec_driver_sql("CREATE DATABASE turns")
        made = Computers(postgresql.format(name="turns") + LOOK, tmp_path_factory.mktemp("turns"))
        made.found()
        for number in (2, 3):
            made.join(number)
        yield made
        connection.exec_driver_sql("DROP DATABASE turns WITH (FORCE)")
    admin.dispose()


@pytest.fixture
def computers(founded):
    made = Computers(founded.url, founded.folder)
    yield made
    made.close()


def waiting_at(computers, **changed):
    """The second desk, and what it was told while it waited."""
    told = []
    return computers.open(2, waiting=told.append, **changed), told


@pytest.fixture
def two(computers):
    return waiting_at(computers)


def register(centre, serial):
    return register_candidate(person(serial, operator(centre, Role.REGISTRAR)), centre.desk)


def people(centre):
    with centre.reader.begin() as connection:
        return connection.scalar(select(func.count()).select_from(person_table))


def test_while_the_other_goes_on_one_waits_and_is_told_who_it_is(computers):
    one, (other, told) = computers.open(1), waiting_at(computers, idle=1)
    registrar, before = operator(one, Role.REGISTRAR), time.time()
    register(one, 999)
    there = people(one)
    with ThreadPoolExecutor(1) as pool:
        with one.desk.work(registrar) as work:
            waiting = pool.submit(register, other, 1000)
            for serial in range(20):  # twice as long as a desk may do nothing
                register_within(work, person(serial, registrar))
                time.sleep(0.1)
            assert not waiting.done()
            assert len(other.reads.search("")) == there  # readers wait for nobody
        waiting.result(10)
    assert told.pop() is None
    assert len(told) > 5
    assert {one.desk for one in told} == {1}
    assert all(abs(one.since / 1000 - before) < 5 for one in told)
    assert people(one) == there + 21
    told.clear()
    register(other, 1001)
    assert told == []  # nobody else writes: nothing to be told


def test_a_desk_that_holds_the_turn_and_does_nothing_is_named(computers):
    one, (other, told) = computers.open(1), waiting_at(computers, idle=0.5)
    with one.desk.work(operator(one, Role.REGISTRAR)), pytest.raises(EnvironmentFault, match="centre_held") as fault:
        register(other, 2001)
    assert (fault.value.code, fault.value.detail["desk"]) == ("centre_held", 1)
    assert told.pop() is None
    there = people(one)
    register(other, 2001)
    assert people(one) == there + 1


def test_what_is_no_desk_is_said_to_be_none(computers):
    other, told = waiting_at(computers, idle=0.5)
    stranger = create_engine(computers.url)
    with stranger.begin() as connection:
        connection.execute(turns._TURN)
        with pytest.raises(EnvironmentFault, match="centre_held_unknown"):
            register(other, 1)
    stranger.dispose()
    assert told.pop() is None  # the waiting is over
    assert {one.desk for one in told} == {None}


def test_several_wait_and_all_have_their_turn(computers, two):
    one, (other, told) = computers.open(1), two
    third, held, stranger = computers.open(3), Event(), create_engine(computers.url)
    registrar, there = operator(one, Role.REGISTRAR), people(one)

    def hold():
        with one.desk.work(registrar) as work:
            register_within(work, person(3000, registrar))
            held.set()
            time.sleep(0.6)

    def wait_long(connection):
        connection.exec_driver_sql("SET LOCAL lock_timeout = '20s'")
        connection.execute(turns._TURN)
        connection.commit()

    with ThreadPoolExecutor(4) as pool, stranger.connect() as connection:
        connection.exec_driver_sql("SELECT 1")  # its transaction is older than that of whoever has the turn
        jobs = [pool.submit(hold)]
        held.wait(10)
        jobs.append(pool.submit(wait_long, connection))
        time.sleep(0.1)
        jobs += [pool.submit(register, centre, serial) for serial, centre in enumerate((other, third), 3001)]
        for job in jobs:
            job.result(20)
    stranger.dispose()
    assert people(one) == there + 3
    assert told[0].desk == 1  # who waits too is nobody's holder


def test_whoever_is_told_may_end_the_waiting(computers):
    one = computers.open(1)
    there = people(one)

    def enough(holder):
        raise EnvironmentFault("centre_busy")

    other = computers.open(2, waiting=enough)
    with one.desk.work(operator(one, Role.REGISTRAR)), pytest.raises(EnvironmentFault, match="centre_busy"):
        register(other, 4000)
    assert people(one) == there


def test_what_a_long_bundle_read_before_its_turn_is_not_lost(computers, two):
    """A unit of work that takes its turn late has read before; the looks begin its transaction anew."""
    one, (other, told) = computers.open(1), two
    registrar, held, there = operator(one, Role.REGISTRAR), Event(), people(one)

    def hold():
        with one.desk.work(registrar) as work:
            register_within(work, person(5000, registrar))
            held.set()
            time.sleep(0.5)

    with ThreadPoolExecutor(1) as pool, other.desk.work_late(operator(other, Role.REGISTRAR)) as work:
        assert work.operator.login == "registrar"
        job = pool.submit(hold)
        held.wait(10)
        register_within(work, person(5001, registrar))
        job.result(10)
    assert told
    assert people(one) == there + 2
    with one.reader.begin() as connection:
        assert journal.verify(connection).intact
