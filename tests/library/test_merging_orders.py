"""Two epochs of one desk and a desk of another centre say different things; whatever the order in which their bundles
come, tables, questions and fates end the same, on both engines."""

from dataclasses import replace
from decimal import Decimal
from itertools import permutations
from types import SimpleNamespace

import pytest
from kit.branches import branch, correct, issue, record
from kit.desks import new_desk
from kit.libraries import SimulatedLibrary
from sqlalchemy import select

from appraisal.domain.batch import BatchMoved, BatchState
from appraisal.domain.certificate import CertificateRevoked
from appraisal.domain.enrolment import EnrolmentChecked, EnrolmentReviewed, EnrolmentSeated, EnrolmentState, Payment
from appraisal.domain.exam_day import (
    Attendance,
    AttendanceRecorded,
    IncidentRecorded,
    IncidentVoided,
    SessionPlaced,
    Tier,
)
from appraisal.domain.glyph import Glyph, GlyphDrawn
from appraisal.domain.judging import MarkJudged
from appraisal.domain.marks import MarkCorrected, MarkEntered, MarkState
from appraisal.domain.operator import Role
from appraisal.domain.person import CandidateLinked, DocumentRecorded, FurtherDocument
from appraisal.exchange.manifest import unverified
from db.engine import open_sqlite, open_url
from db.rebuild import differing
from db.schema import batch, certificate, enrolment, further_document, mark_entry, person
from library.moving import create_like
from library.opening import open_library
from library.schema import inbox, kept, question
from library.verify import verify

PASSPORT = FurtherDocument("passport", "E12345678", "CHN")


def twin_of(library: SimulatedLibrary, engine) -> SimulatedLibrary:
    assert create_like(engine, library.library.engine)
    twin = object.__new__(SimulatedLibrary)
    twin.random, twin.clock = library.random, library.clock
    twin.library = open_library(engine, library.library.schemes, twin.clock, twin.random.randbytes)
    return twin


def state_of(library: SimulatedLibrary):
    """All that an order of arrival must not change."""
    with library.library.engine.begin() as connection:
        assert verify(connection).damage == ()
        assert differing(connection) == ()
        questions = connection.execute(select(question.c.id, question.c.kind, question.c.matter, question.c.over,
                                              question.c.state).order_by(question.c.id)).all()
        fates = connection.execute(select(inbox.c.desk, inbox.c.epoch, inbox.c.seq, inbox.c.state, inbox.c.code)
                                   .order_by(inbox.c.desk, inbox.c.epoch, inbox.c.seq)).all()
        left = connection.execute(select(kept.c.desk, kept.c.seq, kept.c.state)).all()
    return library.digests(), questions, fates, left


@pytest.fixture
def world(tmp_path):
    """Bundles: `old` (what both epochs have), then what each did, and another centre's. A library that has enrolled
    both desks and has taken nothing in."""
    library = SimulatedLibrary(open_sqlite(tmp_path / "first.db"))
    one, far = new_desk(tmp_path, 1), new_desk(tmp_path, 2)
    for desk in (one, far):
        desk.join(library.enrol)
    batch_id = one.open_batch()
    persons = one.people(6, batch_id)
    one.examine(batch_id)
    old = one.export(tmp_path / "old").bundle
    before = marks_at(one)
    two = branch(one, tmp_path, 31)
    issued = _old_epoch(one, persons, batch_id)
    later = _new_epoch(two, persons, batch_id)
    far.people(2, far.open_batch("F1"))
    bundles = [old, one.export(tmp_path / "one").bundle, _only_newest(two, tmp_path), far.export(tmp_path / "f").bundle]
    yield SimpleNamespace(library=library, bundles=bundles, persons=persons, batch=batch_id, one=one, two=two, far=far,
                          issued=issued, later=later, before=before)
    for desk in (one, two, far):
        desk.engine.dispose()
    library.library.engine.dispose()


def _old_epoch(desk, persons, batch_id):
    correct(desk, persons[0], "identity", name="王甲")
    correct(desk, persons[1], "identity", latin_name="QIAN Two")
    correct(desk, persons[2], "contact", phone="15499999901", email="one@example.org")
    desk.photo(persons[3])
    _mark(desk, persons[4], batch_id, 70)
    _mark(desk, persons[5], batch_id, 75, by=Role.MARKS_B, why="slip of the pen")  # lawful
    record(desk, Role.SUPERVISOR, BatchMoved(batch_id, BatchState.PUBLICISED),
           BatchMoved(batch_id, BatchState.CERTIFYING))
    _seat(desk, persons[1], "old")
    record(desk, Role.REGISTRAR, CandidateLinked(persons[5], persons[4]), why="alike")
    record(desk, Role.REGISTRAR, GlyphDrawn(persons[5], Glyph("赵", b"first")))
    record(desk, Role.REGISTRAR, DocumentRecorded(persons[5], PASSPORT))
    _check(desk, persons[1], Payment.DEFERRED)
    _come(desk, persons[5], Attendance.ABSENT, 60)
    return issue(desk, persons[2], batch_id, "ZG000001", 1)


def _new_epoch(desk, persons, batch_id):
    correct(desk, persons[0], "identity", name="王乙", nationality="SGP")
    correct(desk, persons[1], "identity", nationality="SGP")
    correct(desk, persons[2], "contact", phone="15499999902", address="静安里7号")
    desk.photo(persons[3])
    _mark(desk, persons[4], batch_id, 90)
    _mark(desk, persons[5], batch_id, 20)
    _review(desk, persons[1])
    _seat(desk, persons[1], "new")
    record(desk, Role.REGISTRAR, CandidateLinked(persons[5], None), why="two brothers")
    record(desk, Role.REGISTRAR, GlyphDrawn(persons[5], Glyph("赵", b"second")))
    record(desk, Role.REGISTRAR, DocumentRecorded(persons[5], replace(PASSPORT, current=False)))
    _check(desk, persons[1], Payment.PAID)
    _come(desk, persons[5], Attendance.LATE, 90)
    record(desk, Role.SUPERVISOR, BatchMoved(batch_id, BatchState.PUBLICISED))
    certificate_id = issue(desk, persons[3], batch_id, "ZG000001", 2)
    record(desk, Role.SUPERVISOR, CertificateRevoked(certificate_id, persons[3], "x"), why="misprint")
    return certificate_id


def _only_newest(desk, tmp_path):
    sent = desk.export(tmp_path / "two")
    assert len(unverified((sent.bundle / "manifest.cose").read_bytes()).chains) == 2  # the old epoch's entries as well
    return sent.bundle


def _come(desk, name, state, value):
    """What a desk says of somebody's exam day, and what was made of it."""
    enrolment_id, by = _enrolment(desk, name), desk.operators[Role.MARKS_A]
    incident = f"{value:032x}"
    record(desk, Role.SUPERVISOR,
           AttendanceRecorded(enrolment_id, name, "5" * 32, ("theory",), state, None, by),
           SessionPlaced(enrolment_id, name, "5" * 32, f"{value}", "1"),
           IncidentRecorded(incident, _batch(desk), name, enrolment_id, "5" * 32, ("theory",), Tier.NOTED, "x", ()),
           IncidentVoided(incident, name),
           MarkJudged(enrolment_id, name, "practice", 1, "j", (Decimal(value),), Decimal(value), by),
           MarkCorrected(enrolment_id, name, "theory", MarkState.PRESENT, Decimal(value), by, by))


def marks_at(place):
    """First entries in theory."""
    with place.engine.begin() as connection:
        return dict(connection.execute(select(enrolment.c.person, mark_entry.c.value).join_from(
            mark_entry, enrolment, enrolment.c.id == mark_entry.c.enrolment).where(
            mark_entry.c.subject == "theory", mark_entry.c.entry == 1)).all())


def _batch(desk):
    with desk.engine.begin() as connection:
        return connection.scalar(select(enrolment.c.batch).limit(1))


def _enrolment(desk, name):
    with desk.engine.begin() as connection:
        return connection.scalar(select(enrolment.c.id).where(enrolment.c.person == name))


def _mark(desk, name, batch_id, value, by=Role.MARKS_A, why=None):
    record(desk, by, MarkEntered(_enrolment(desk, name), name, "theory", 1, MarkState.PRESENT, Decimal(value),
                                 desk.operators[by]), why=why)


def _check(desk, name, payment):
    record(desk, Role.REGISTRAR, EnrolmentChecked(_enrolment(desk, name), name, ("identity",), payment, "R-1"))


def _seat(desk, name, room):
    record(desk, Role.REGISTRAR, EnrolmentSeated(_enrolment(desk, name), name, "26001999999", room, "1"))


def _review(desk, name):
    record(desk, Role.REVIEWER, EnrolmentReviewed(_enrolment(desk, name), name, EnrolmentState.APPROVED,
                                                  desk.operators[Role.REVIEWER]))


def orders(bundles):
    return list(permutations(bundles))


def test_every_order_ends_the_same(world, tmp_path):
    states = []
    for number, order in enumerate(orders(world.bundles)):
        twin = twin_of(world.library, open_sqlite(tmp_path / f"twin-{number}.db"))
        for bundle in order:
            twin.take_in(bundle)
        states.append(state_of(twin))
        assert states[-1] == states[0], [bundle.parent.name for bundle in order]
        twin.library.engine.dispose()
    assert len(states) == 24
    _, questions, fates, left = states[0]
    kinds = sorted(row.kind for row in questions)
    assert kinds == ["certificate", "field", "mark", "mark", "same_person", "same_person"]
    assert left == []
    held = {row.code for row in fates if row.state == "held"}
    assert held == {"field_contested", "mark_contested", "conflict"}
    assert {row.code for row in fates if row.state == "rejected"} == {"mark_correction_unfounded"}


def test_postgresql_ends_the_same_as_sqlite(world, tmp_path, postgresql_url):
    sqlite = twin_of(world.library, open_sqlite(tmp_path / "twin.db"))
    for bundle in world.bundles:
        sqlite.take_in(bundle)
    server = twin_of(world.library, open_url(postgresql_url))
    for bundle in reversed(world.bundles):
        server.take_in(bundle)
    assert state_of(server) == state_of(sqlite)
    for one in (sqlite, server):
        one.library.engine.dispose()


def test_what_stands_is_what_the_rules_say(world):
    for bundle in world.bundles:
        world.library.take_in(bundle)
    p = world.persons
    with world.library.library.engine.begin() as connection:
        rows = {row.id: row for row in connection.execute(select(person))}
        seated = connection.execute(select(enrolment).where(enrolment.c.person == p[1])).one()
        state = connection.scalar(select(batch.c.state).where(batch.c.id == world.batch))
        passport = connection.execute(select(further_document)).one()
        certificates = dict(connection.execute(select(certificate.c.id, certificate.c.state)).all())
    marks = marks_at(world.library.library)
    with world.two.engine.begin() as connection:
        there = {row.id: row for row in connection.execute(select(person))}
    assert rows[p[0]].name not in ("王甲", "王乙")  # what stood before stands
    assert rows[p[0]].nationality == "SGP"  # and what was in no doubt counts
    assert (rows[p[1]].latin_name, rows[p[1]].nationality) == ("QIAN Two", "SGP")  # different fields: both
    assert (rows[p[2]].phone, rows[p[2]].email, rows[p[2]].address) == ("15499999902", "one@example.org", "静安里7号")
    assert rows[p[3]].photo == there[p[3]].photo  # the newer one
    assert (seated.state, seated.room) == ("seated", "new")
    assert (seated.seen, seated.payment) == ("identity", "paid")
    assert marks[p[4]] == world.before[p[4]]  # as it was before either epoch wrote over it
    assert marks[p[5]] == "75"  # a correction with its reason, by another person
    assert (rows[p[5]].same_as, passport.person, passport.current) == (None, p[5], False)  # the newer ones
    assert state == "certifying"  # no chain takes a batch back
    assert certificates == {world.issued: "issued", world.later: "revoked"}

