"""Desks of one centre on one PostgreSQL that write at the same moment; and what they make is what one desk makes."""

import os
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from functools import partial
from threading import Barrier

import pytest
from db_kit import busy_day
from hypothesis import given, settings
from hypothesis import strategies as st
from kit.desks import SimulatedDesk
from shared_kit import OnServer, certificate_officer, lease, to_certifying
from sqlalchemy import create_engine, func, select

from appraisal.domain.consent import Purpose
from appraisal.domain.enrolment import EnrolmentState
from appraisal.domain.errors import RuleViolation
from appraisal.domain.marks import Mark, MarkState
from appraisal.domain.operator import Role
from appraisal.domain.person import Background, Contact, Identity, Person
from appraisal.journal import read
from appraisal.usecases.enrol_operator import EnrolOperator, enrol_operator
from appraisal.usecases.enter_mark import EnterMark, enter_mark
from appraisal.usecases.issue_certificates import IssueCertificates, issue_certificates
from appraisal.usecases.register_candidate import (
    ChangeConsent,
    CorrectCandidate,
    RegisterCandidate,
    change_consent,
    correct_candidate,
    register_candidate,
)
from appraisal.usecases.submit_enrolment import (
    ReviewEnrolments,
    SubmitEnrolment,
    review_enrolments,
    submit_enrolment,
)
from db import journal, server
from db.engine import open_sqlite
from db.rebuild import differing, digest
from db.schema import PROJECTED, certificate, mark_entry, person
from db.schema import journal as journal_table

DESKS = 8
MOVES = ("register", "correct", "consent", "enrol", "review", "batch")


@pytest.fixture
def first(postgresql_url):
    """On a server whose defaults are not ours."""
    desk = OnServer(server.connect(f"{postgresql_url}&options=-c%20default_transaction_isolation%3Dserializable"))
    yield desk
    desk.dispose()


def candidate(desk, number, name="陈明华"):
    return RegisterCandidate(Identity(name, "CHEN Minghua", "resident_id", f"9{number:017d}"), Contact("15400000001"),
                             Background(), desk.operators[Role.REGISTRAR], (Purpose.ASSOCIATION,))


def at_once(jobs):
    """Each on a thread of its own, begun at the same moment. Returns what each gave or raised."""
    start = Barrier(len(jobs), timeout=60)

    def run(job):
        start.wait()
        try:
            return job()
        except RuleViolation as refusal:
            return refusal.code

    with ThreadPoolExecutor(len(jobs)) as pool:
        return list(pool.map(run, jobs))


def sound(desk):
    with desk.engine.begin() as connection:
        assert journal.verify(connection).damage == ()
        assert differing(connection) == ()
        ends = connection.execute(select(journal_table.c.desk, func.count(), func.max(journal_table.c.seq))
                                  .group_by(journal_table.c.desk, journal_table.c.epoch)).all()
    assert all(count == last for _, count, last in ends)
    return {name: count for name, count, _ in ends}


def count(desk, table):
    with desk.engine.begin() as connection:
        return connection.scalar(select(func.count()).select_from(table))


def test_eight_desks_write_at_once(first):
    """Each registers its own people and some that all register; nobody waits for nothing, nobody is refused."""
    desks = [first, *(first.another() for _ in range(DESKS - 1))]
    before = sound(first)
    got = at_once([lambda desk=desk, place=place: [
        register_candidate(candidate(desk, number if number < 3 else place * 100 + number), desk.desk)
        for number in range(10)] for place, desk in enumerate(desks, 1)])
    assert [len({ones[number] for ones in got}) for number in range(3)] == [1, 1, 1]
    assert len({one for ones in got for one in ones}) == 3 + 7 * DESKS == count(first, person)
    after = sound(first)
    assert len(after) == DESKS
    assert all(after[desk.id] - before.get(desk.id, 0) >= 7 for desk in desks)


def test_one_document_at_two_desks_at_one_moment_is_one_person_or_a_question(first):
    other = first.another()
    for number in range(6):
        names = ("陈明华", "陈明华" if number % 2 else "陈明花")
        got = at_once([partial(register_candidate, candidate(desk, number, name), desk.desk)
                       for desk, name in zip((first, other), names, strict=True)])
        if names[0] == names[1]:
            assert got[0] == got[1]
        else:
            assert sorted(one == "document_has_other_name" for one in got) == [False, True]
    assert count(first, person) == 6
    sound(first)


def test_one_entry_of_a_mark_by_two_operators_at_two_desks(first):
    """Who came second is told; the other entry is somebody else's, wherever they sit."""
    other, subject = first.another(), "theory"
    again = enrol_operator(EnrolOperator("marks-a2", "另一位", frozenset({Role.MARKS_A}),
                                         first.operators[Role.ADMINISTRATOR]), first.desk)
    batch = first.open_batch()
    first.people(5, batch)
    first._enter = lambda *_: None  # but for the marks
    first.examine(batch)
    with first.desk.work(again) as work:
        enrolments = [one.id for one in work.enrolments.in_batch(batch)]
    for value, enrolment in enumerate(enrolments, 70):
        got = at_once([partial(
            enter_mark, EnterMark(enrolment, subject, 1, Mark(MarkState.PRESENT, Decimal(mark)), who), desk.desk)
            for desk, who, mark in ((first, first.operators[Role.MARKS_A], value), (other, again, value + 1))])
        assert sorted(one == "mark_already_entered" for one in got) == [False, True]
        second = EnterMark(enrolment, subject, 2, Mark(MarkState.PRESENT, Decimal(value)),
                           first.operators[Role.MARKS_B])
        enter_mark(second, other.desk)
    assert count(first, mark_entry) == 2 * len(enrolments)
    sound(first)


class SlowPress:
    """Prints nothing; `meanwhile` happens while it would."""

    def __init__(self, meanwhile=lambda: None):
        self.meanwhile = meanwhile

    def version(self, template):
        return f"{template}@00000001", 1

    def check(self, template, host, proofs, step):
        self.meanwhile()


@pytest.fixture
def certifying(first):
    """A batch to be certified, at two desks with numbers of their own; who may do it."""
    officer = certificate_officer(first)
    batch, other = to_certifying(first, 3), first.another()
    for name, desk in (("a", first), ("b", other)):
        lease(desk, name)
    return IssueCertificates(batch, officer), other


def test_two_desks_issue_one_batch_at_once_and_no_number_is_used_twice(first, certifying):
    command, other = certifying
    both = Barrier(2, timeout=60)
    got = at_once([lambda desk=desk: len(issue_certificates(command, desk.desk, SlowPress(both.wait)).issued)
                   for desk in (first, other)])
    assert sorted(got, key=str) == [3, "changed_meanwhile"]
    with first.engine.begin() as connection:
        rows = connection.execute(select(certificate)).all()
        used = {read(data).desk.hex() for data in connection.scalars(select(journal_table.c.entry).where(
            journal_table.c.kind == "certificate.issued"))}
    assert len(rows) == len({one.number for one in rows}) == 3
    lists = {"a" * 32: 10, "b" * 32: 11}
    winner = first if got[0] == 3 else other
    assert used == {winner.id}
    assert {one.status_list for one in rows} == {lists["a" * 32] if winner is first else lists["b" * 32]}
    assert issue_certificates(command, other.desk, SlowPress()).issued == ()
    sound(first)


def test_a_correction_at_another_desk_while_proofs_are_printed_is_not_overlooked(first, certifying):
    command, other = certifying
    with first.engine.begin() as connection:
        who = connection.scalar(select(person.c.id).order_by(person.c.registered).limit(1))

    def correct():
        with other.desk.work(other.operators[Role.REGISTRAR]) as work:
            one = work.candidates.get(who)
        correct_candidate(CorrectCandidate(
            Person(who, Identity("陈更名", "CHEN", one.identity.document_kind, one.identity.document_number),
                   one.contact, one.background), "更名", other.operators[Role.REGISTRAR]), other.desk)

    with pytest.raises(RuleViolation, match="changed_meanwhile"):
        issue_certificates(command, first.desk, SlowPress(correct))
    assert count(first, certificate) == 0
    assert len(issue_certificates(command, first.desk, SlowPress(
        lambda: register_candidate(candidate(other, 77), other.desk))).issued) == 3  # that is another matter
    sound(first)


def tables(engine, leave_out=("position", "registered", "desk")):
    with engine.begin() as connection:
        return {table.name: digest(connection, table, leave_out=leave_out) for table in PROJECTED}


def test_a_busy_day_gives_equal_tables_on_both_engines(postgresql_url):
    """Every kind of row that there is; on the server through a desk that shares it."""
    alone = busy_day(open_sqlite(None))
    shared = busy_day(server.connect(postgresql_url), kind=OnServer)
    assert tables(shared.engine) == tables(alone.engine)
    assert differing_of(shared) == ()
    shared.dispose()


def differing_of(desk):
    with desk.engine.begin() as connection:
        return differing(connection)


def play(moves, desk_of):
    """The same commands at one desk or at several; a refusal is an answer like another."""
    said, people, batches, enrolments = [], [], [], []
    for which, move, choice in moves:
        desk = desk_of(which)
        try:
            said.append(_move(desk, move, choice, people, batches, enrolments))
        except RuleViolation as refusal:
            said.append(refusal.code)
    return said


def _move(desk, move, choice, people, batches, enrolments):
    registrar = desk.operators[Role.REGISTRAR]
    if move == "register":
        one = register_candidate(candidate(desk, choice % 4, ("陈明华", "王小明")[choice % 5 == 4]), desk.desk)
        people.append(one)
        return one
    if move == "batch":
        batches.append(desk.open_batch(f"B{choice % 3}", places=2))
        return batches[-1]
    if move == "review" and enrolments:
        return review_enrolments(ReviewEnrolments(
            (enrolments[choice % len(enrolments)],), EnrolmentState.RETURNED, desk.operators[Role.REVIEWER], "缺材料"),
            desk.desk)
    if not people:
        return None
    who = people[choice % len(people)]
    if move == "consent":
        return change_consent(ChangeConsent(who, Purpose.PUBLICITY, choice % 2 == 0, registrar), desk.desk)
    if move == "correct":
        with desk.desk.work(registrar) as work:
            now = work.candidates.get(who)
        return correct_candidate(CorrectCandidate(
            Person(who, now.identity, Contact(f"154{choice:08d}"), now.background), "更正", registrar), desk.desk)
    if move == "enrol" and batches:
        enrolments.append(submit_enrolment(
            SubmitEnrolment(who, batches[choice % len(batches)], 3, "取得四级证书", registrar), desk.desk))
        return enrolments[-1]
    return None


@pytest.fixture(scope="module")
def administration(postgresql):
    """An engine of the server's own, and the URL of its databases."""
    admin = create_engine(postgresql.format(name="postgres"), isolation_level="AUTOCOMMIT")
    yield admin, postgresql
    admin.dispose()


@settings(max_examples=60 if os.environ.get("HYPOTHESIS_PROFILE") == "searching" else 3)
@given(st.lists(st.tuples(st.integers(0, 2), st.sampled_from(MOVES), st.integers(0, 40)), min_size=8, max_size=30))
def test_the_same_commands_at_three_desks_are_those_of_one(administration, moves):
    admin, url = administration
    alone = SimulatedDesk(open_sqlite(None))
    with admin.connect() as connection:
        connection.exec_driver_sql("DROP DATABASE IF EXISTS at_three WITH (FORCE)")
        connection.exec_driver_sql("CREATE DATABASE at_three")
    shared = OnServer(server.connect(url.format(name="at_three")))
    try:
        desks = [shared, shared.another(), shared.another()]
        assert play(moves, desks.__getitem__) == play(moves, lambda _: alone)
        assert tables(shared.engine) == tables(alone.engine)
        sound(shared)
    finally:
        shared.dispose()
        alone.engine.dispose()
