"""A batch is seated whole: numbers stay whose they are, and the same lot can be drawn again."""

import pytest
from day_kit import refused, staffed

from appraisal.domain.admission_numbers import PROVINCIAL, Pattern
from appraisal.domain.batch import BatchState
from appraisal.domain.enrolment import EnrolmentState
from appraisal.domain.operator import Role
from appraisal.domain.seating import Place, Room, SeatingRules, Sitter, place
from appraisal.usecases.rearrange_seats import (
    ArrangeSeat,
    MergeRooms,
    MoveSeat,
    SplitRoom,
    arrange_seat,
    merge_rooms,
    move_seat,
    split_room,
)
from appraisal.usecases.seat_batch import SeatBatch, SeatedBatch, seat_batch
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

    def arrange(self, who, **wish):
        arrange_seat(ArrangeSeat(who, self.day.who[Role.REGISTRAR], **wish), self.day.desk)

    def move(self, who, room, seat):
        return move_seat(MoveSeat(who, Place(room, seat), self.day.who[Role.REGISTRAR]), self.day.desk)

    def split(self, room, into):
        return split_room(SplitRoom(self.batch, room, into, self.day.who[Role.REGISTRAR]), self.day.desk)

    def merge(self, room, into):
        return merge_rooms(MergeRooms(self.batch, room, into, self.day.who[Role.REGISTRAR], b"merged"), self.day.desk)

    def inside(self, room):
        return {who for who, at in self.places().items() if at[0] == room}

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
    exam.move(pinned, "2", 8)
    exam.arrange(pinned, pinned=True)
    exam.seat(anew=True, seed=b"another")
    after = exam.places()
    assert {who: number for who, (_, _, number) in after.items()} == {
        who: number for who, (_, _, number) in before.items()}
    assert after[pinned][:2] == ("2", "8")
    assert sum(after[who][:2] != before[who][:2] for who in before) > 6


def test_accessible_seats_are_for_those_who_need_them(exam):
    for one in exam.enrolments[:2]:
        exam.arrange(one, accessible=True)
    exam.seat()
    assert {exam.places()[one][:2] for one in exam.enrolments[:2]} == {("2", "1"), ("2", "2")}
    assert exam.day.is_sound()


def test_a_need_that_is_told_later_moves_that_person_and_whoever_must_make_way(exam):
    exam.seat()
    before = exam.places()
    one = min(exam.inside("1"))
    exam.arrange(one, accessible=True)
    assert {"1", "2"} == {seat for room, seat, _ in before.values() if room == "2" and seat in "12"}  # both are taken
    assert exam.seat(seed=b"later") == SeatedBatch(12, 2)
    after = exam.places()
    assert after[one][0] == "2"
    assert after[one][1] in {"1", "2"}
    assert after[one][2] == before[one][2]
    entries = exam.day.entries()
    exam.arrange(one, accessible=True)
    assert exam.day.entries() == entries


def test_who_has_no_seat_cannot_be_pinned_to_it(exam):
    waiting = exam.day.submit(exam.day.register(98), exam.batch)
    for who, code in ((exam.enrolments[0], "seat_missing"), (waiting, "enrolment_not_approved")):
        assert refused(arrange_seat, ArrangeSeat(who, exam.day.who[Role.REGISTRAR], pinned=True), exam.day.desk) == code


def test_whose_seat_is_no_more_gets_another_only_where_that_is_wanted(exam):
    exam.seat()
    before, gone = exam.places(), exam.inside("2")
    assert gone
    assert refused(seat_batch, exam.command(rooms=(Room("1", 20),)), exam.day.desk) == "seats_gone"
    assert exam.places() == before
    assert exam.seat(rooms=(Room("1", 20),), elsewhere=True) == SeatedBatch(12, len(gone))
    after = exam.places()
    assert {room for room, _, _ in after.values()} == {"1"}
    assert all(after[who] == before[who] for who in before.keys() - gone)
    assert {who: one[2] for who, one in after.items()} == {who: one[2] for who, one in before.items()}


def test_a_room_is_split_and_the_two_are_merged_again(exam):
    exam.seat(rooms=(Room("1", 12),))
    before = exam.places()
    pinned, needing = (next(who for who in before if before[who][1] == seat) for seat in ("12", "11"))
    exam.arrange(pinned, pinned=True)
    exam.arrange(needing, accessible=True)
    assert exam.split("1", Room("3", 30, 1)) == 6
    after = exam.places()
    assert [after[who][1] for who in sorted(exam.inside("3"), key=lambda who: int(before[who][1]))] == [
        str(seat) for seat in range(1, 7)]
    assert {pinned, needing} <= exam.inside("1")
    exam.arrange(needing, accessible=False)
    assert exam.merge("3", "1") == 6
    assert exam.inside("1") == set(before)
    assert len({at[1] for at in exam.places().values()}) == 12
    assert {who: one[2] for who, one in exam.places().items()} == {who: one[2] for who, one in before.items()}
    assert refused(exam.split, "3", Room("4", 30)) == "room_unknown"
    assert exam.day.is_sound()


def test_rooms_that_cannot_be_split_or_merged_stay_as_they_are(exam):
    assert refused(exam.split, "1", Room("3", 30)) == "seating_missing"
    exam.seat()
    before = exam.places()
    for code, room, into in (("room_repeated", "1", Room("2", 30)), ("room_unknown", "9", Room("3", 30)),
                             ("seats_short", "1", Room("3", 4)), ("room_not_a_number", "1", Room("A", 30))):
        assert refused(exam.split, room, into) == code
    for code, room, into in (("seats_short", "1", "2"), ("room_repeated", "1", "1"), ("room_unknown", "1", "9")):
        assert refused(exam.merge, room, into) == code
    for who in exam.inside("2"):
        exam.arrange(who, pinned=True)
    assert refused(exam.merge, "2", "1") == "room_pinned"
    for who in exam.inside("1"):
        exam.arrange(who, pinned=True)
    assert refused(exam.split, "1", Room("3", 30)) == "room_not_split"
    assert exam.places() == before


def test_a_plan_is_kept_once_and_the_lot_can_be_drawn_again_from_what_the_journal_has(exam):
    exam.seat(rules=SeatingRules(spread=False))
    with exam.day.desk.work(exam.day.who[Role.REGISTRAR]) as work:
        plan, people = work.enrolments.seating(exam.batch), work.enrolments.to_seat(exam.batch)
    drawn = place([Sitter(one.enrolment.id, str(one.enrolment.level), one.organisation) for one in people],
                  plan.rooms, plan.rules, b"lot")
    assert drawn == {one.enrolment.id: one.place for one in people}
    assert (plan.pattern, plan.fields) == (PROVINCIAL, FIELDS)
    entries = exam.day.entries()
    exam.seat(rules=SeatingRules(spread=False))
    assert exam.day.entries() == entries


def test_nothing_is_kept_of_what_is_refused(exam):
    before = exam.day.entries()
    for code, more in (("seats_short", {"rooms": (Room("1", 5),)}), ("number_field_missing", {"fields": {}}),
                       ("room_repeated", {"rooms": (Room("1", 12), Room("1", 12))})):
        assert refused(seat_batch, exam.command(**more), exam.day.desk) == code
    assert exam.day.entries() == before


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

    assert exam.move(one, *_at(before, other)) == 2
    after = exam.places()
    assert (_at(after, one), _at(after, other)) == (_at(before, other), _at(before, one))
    assert {who: number for who, (_, _, number) in after.items()} == {
        who: number for who, (_, _, number) in before.items()}
    assert exam.move(one, *_at(after, one)) == 0
    assert exam.move(one, "2", 8) == 1
    assert exam.places()[one][:2] == ("2", "8")
    for room, seat in (("", 1), ("1", 0), ("2", 9), ("9", 1)):
        assert refused(exam.move, one, room, seat) == "seat_unknown"
    assert exam.day.is_sound()


def test_a_latecomer_is_put_on_a_free_seat_and_has_its_number(exam):
    exam.seat()
    late = exam.day.submit(exam.day.register(99), exam.batch)
    exam.approve([late])
    for room, seat, code in (("1", 1, "seat_taken"), ("2", 9, "seat_unknown")):
        assert refused(exam.move, late, room, seat) == code
    assert exam.move(late, "2", 8) == 1
    assert exam.places()[late] == ("2", "8", "2601012004001002008")
    waiting = exam.day.submit(exam.day.register(98), exam.batch)
    assert refused(exam.move, waiting, "2", 7) == "enrolment_not_approved"


def test_nobody_is_moved_before_there_are_rooms_or_when_the_seating_is_confirmed(exam):
    command = MoveSeat(exam.enrolments[0], Place("1", 1), exam.day.who[Role.REGISTRAR])
    assert refused(move_seat, command, exam.day.desk) == "seating_missing"
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


def test_where_the_number_follows_the_seat_it_does_so_when_two_change_places(exam):
    exam.seat(pattern=Pattern(f"{PROVINCIAL}!"))
    before = exam.places()
    one, other = sorted(before)[:2]
    assert exam.move(one, *_at(before, other)) == 2
    after = exam.places()
    given = {number for *_, number in before.values()}
    assert given.isdisjoint({after[one][2], after[other][2]})
    assert after[one][2] != after[other][2]
    assert all(after[who] == before[who] for who in before.keys() - {one, other})


def test_a_pattern_that_does_not_say_so_keeps_every_number(exam):
    exam.seat()
    before = exam.places()
    exam.seat(anew=True, seed=b"another lot")
    assert {who: one[2] for who, one in exam.places().items()} == {who: one[2] for who, one in before.items()}
