"""A batch is seated whole: numbers stay whose they are, and the same lot can be drawn again."""

import pytest
from day_kit import refused, staffed

from appraisal.domain.admission_numbers import PROVINCIAL, Pattern
from appraisal.domain.batch import BatchState
from appraisal.domain.enrolment import EnrolmentState
from appraisal.domain.operator import Role
from appraisal.domain.seating import Place, Room, SeatingRules
from appraisal.usecases.seat_batch import MoveSeat, SeatBatch, SeatedBatch, move_seat, seat_batch
from appraisal.usecases.submit_enrolment import (
    ReviewEnrolments,
    Seat,
    SeatEnrolments,
    review_enrolments,
    seat_enrolments,
)
from db.queries.reads import SqlReads

ROOMS = (Room("1", 10), Room("2", 8, accessible=2))
FIELDS = {"year": 26, "city": 1, "body": 12, "batch": 4, "subject": 1}


class Exam:
    def __init__(self, people=12):
        self.day = staffed()
        self.batch = self.day.open_batch()
        self.day.people(people, self.batch)
        self.enrolments = [one.id for one in self.rows()]
        self.approve(self.enrolments)

    def approve(self, enrolments):
        review_enrolments(ReviewEnrolments(tuple(enrolments), EnrolmentState.APPROVED, self.day.who[Role.REVIEWER]),
                          self.day.desk)

    def rows(self):
        return SqlReads(self.day.engine, self.day.desk.schemes).enrolments(self.batch)

    def command(self, **more):
        return SeatBatch(self.batch, **{"rooms": ROOMS, "operator": self.day.who[Role.REGISTRAR], "seed": b"lot",
                                        "fields": FIELDS, **more})

    def seat(self, **more):
        return seat_batch(self.command(**more), self.day.desk)

    def places(self):
        return {one.id: (one.room, one.seat, one.admission_number) for one in self.rows() if one.room}


@pytest.fixture
def exam():
    return Exam()


def test_everybody_approved_sits_with_a_number_of_their_place(exam):
    assert exam.seat() == SeatedBatch(12, 12)
    found = exam.places()
    assert len(found) == 12
    assert all(number == f"2601012004001{int(room):03d}{int(seat):03d}" for room, seat, number in found.values())
    assert {one.state for one in exam.rows()} == {"seated"}
    assert exam.day.is_sound()


def test_seated_again_nobody_moves_and_a_latecomer_gets_a_seat(exam):
    exam.seat()
    before, entries = exam.places(), exam.day.entries()
    assert exam.seat(seed=b"another") == SeatedBatch(12, 0)
    assert exam.day.entries() == entries
    late = exam.day.submit(exam.day.register(99), exam.batch)
    exam.approve([late])
    assert exam.seat() == SeatedBatch(13, 1)
    after = exam.places()
    assert {who: after[who] for who in before} == before
    assert after[late][2] not in {number for _, _, number in before.values()}


def test_drawn_anew_people_move_and_keep_their_numbers(exam):
    exam.seat()
    before = exam.places()
    pinned = min(before)
    exam.seat(anew=True, seed=b"another", pins={pinned: Place("2", 8)})
    after = exam.places()
    assert {who: number for who, (_, _, number) in after.items()} == {
        who: number for who, (_, _, number) in before.items()}
    assert after[pinned][:2] == ("2", "8")
    assert sum(after[who][:2] != before[who][:2] for who in before) > 6


def test_accessible_seats_are_for_those_who_need_them(exam):
    who = frozenset(exam.enrolments[:2])
    exam.seat(accessible=who)
    assert {exam.places()[one][:2] for one in who} == {("2", "1"), ("2", "2")}


def test_nothing_is_kept_of_what_is_refused(exam):
    before = exam.day.entries()
    for code, more in (("seats_short", {"rooms": (Room("1", 5),)}), ("number_field_missing", {"fields": {}}),
                       ("enrolment_not_approved", {"pins": {exam.day.submit(exam.day.register(98), exam.batch):
                                                            Place("1", 1)}})):
        assert refused(seat_batch, exam.command(**more), exam.day.desk) == code
    assert exam.day.entries() == before + 2  # somebody registered and enrolled


def test_once_the_exam_has_begun_nobody_is_seated(exam):
    exam.seat()
    exam.day.until(exam.batch, BatchState.EXAMINING)
    assert refused(seat_batch, exam.command(), exam.day.desk) == "batch_state"


def test_of_a_batch_without_anybody_approved_nobody_is_seated():
    empty = Exam(0)
    assert refused(seat_batch, empty.command(), empty.day.desk) == "seats_nobody"


def test_levels_by_themselves(exam):
    for serial in range(60, 66):
        exam.approve([exam.day.submit(exam.day.register(serial), exam.batch, 4)])
    exam.seat(rules=SeatingRules(mixed=False), rooms=(Room("1", 6), Room("2", 12)))
    levels = {one.id: one.level for one in exam.rows()}
    assert {(levels[who], room) for who, (room, _, _) in exam.places().items()} == {(4, "1"), (3, "2")}


def test_somebody_is_moved_and_whoever_sat_there_takes_their_seat(exam):
    exam.seat()
    before = exam.places()
    one, other = sorted(before)[:2]

    def move(who, room, seat):
        return move_seat(MoveSeat(who, Place(room, seat), exam.day.who[Role.REGISTRAR]), exam.day.desk)

    assert move(one, *_at(before, other)) == 2
    after = exam.places()
    assert (_at(after, one), _at(after, other)) == (_at(before, other), _at(before, one))
    assert {who: number for who, (_, _, number) in after.items()} == {
        who: number for who, (_, _, number) in before.items()}
    assert move(one, *_at(after, one)) == 0
    assert move(one, "9", 30) == 1
    assert exam.places()[one][:2] == ("9", "30")
    for room, seat in (("", 1), ("1", 0)):
        assert refused(move, one, room, seat) == "seat_unknown"
    assert exam.day.is_sound()


def test_nobody_is_moved_who_has_no_seat_or_when_the_seating_is_confirmed(exam):
    command = MoveSeat(exam.enrolments[0], Place("1", 1), exam.day.who[Role.REGISTRAR])
    assert refused(move_seat, command, exam.day.desk) == "candidate_not_seated"
    exam.seat()
    exam.day.move(exam.batch, BatchState.CLOSED, BatchState.SEATED)
    assert refused(move_seat, command, exam.day.desk) == "batch_state"


def _at(places, who):
    room, seat, _ = places[who]
    return room, int(seat)


def test_a_pattern_may_have_the_number_follow_the_seat_and_none_comes_back(exam):
    follows = Pattern(f"{PROVINCIAL}!")
    exam.seat(pattern=follows)
    given, before = {number for _, _, number in exam.places().values()}, exam.places()
    exam.seat(pattern=follows, anew=True, seed=b"another lot")
    after = exam.places()
    moved = {who for who in after if after[who][:2] != before[who][:2]}
    assert moved
    for who in after:
        assert (after[who][2] == before[who][2]) == (who not in moved)
    assert given.isdisjoint({after[who][2] for who in moved})
    assert len({number for _, _, number in after.values()}) == 12
    other = min(moved)
    latecomer = exam.day.register(99)
    enrolment = exam.day.submit(latecomer, exam.batch)
    exam.approve([enrolment])
    seat = SeatEnrolments(exam.batch, (Seat(enrolment, before[other][2], "9", "9"),), exam.day.who[Role.REGISTRAR])
    assert refused(seat_enrolments, seat, exam.day.desk) == "admission_number_taken"
    assert exam.day.is_sound()


def test_a_pattern_that_does_not_say_so_keeps_every_number(exam):
    exam.seat()
    before = exam.places()
    exam.seat(anew=True, seed=b"another lot")
    assert {who: one[2] for who, one in exam.places().items()} == {who: one[2] for who, one in before.items()}
