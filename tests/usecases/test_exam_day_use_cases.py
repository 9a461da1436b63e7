"""A door, two sittings, incidents, papers, judges and a draw, as they go into the journal."""

from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from day_kit import DAY_MS, EXAM_DAY, NOBODY, present, refused, staffed
from kit.desks import START

from appraisal.domain.batch import BatchState
from appraisal.domain.enrolment import EnrolmentState
from appraisal.domain.exam_day import Attendance, Signature, Tier
from appraisal.domain.examiners import Duty
from appraisal.domain.marks import Mark, MarkState, Outcome
from appraisal.domain.operator import Role
from appraisal.domain.publicity import Finding
from appraisal.domain.seating import Room
from appraisal.usecases.enter_mark import (
    CorrectMark,
    EnterMark,
    JudgeMark,
    correct_mark,
    enter_mark,
    judge_mark,
)
from appraisal.usecases.exam_day import (
    CloseDoor,
    CountPapers,
    PlaceSession,
    PlanSession,
    RecordAttendance,
    RecordIncident,
    VoidIncident,
    close_door,
    count_papers,
    place_session,
    plan_session,
    record_attendance,
    record_incident,
    void_incident,
)
from appraisal.usecases.examine import DrawStaff, EnlistExaminer, draw_staff, enlist_examiner
from appraisal.usecases.publicise import (
    AnswerRecheck,
    AskRecheck,
    Publicise,
    answer_recheck,
    ask_recheck,
    close_publicity,
    publicise,
)
from appraisal.usecases.submit_enrolment import (
    ReviewEnrolments,
    Seat,
    SeatEnrolments,
    review_enrolments,
    seat_enrolments,
)

ABSENT = Mark(MarkState.ABSENT)
NINE = datetime.combine(EXAM_DAY, datetime.min.time()) + timedelta(hours=9)
SIGNED = (Signature("郑监考", ""), Signature("吴监考", "1,2 3,4"))


class Room1:
    """A batch of three at level 2, seated in room 1; theory at nine."""

    def __init__(self, level=2):
        self.day = staffed()
        self.who, self.desk = self.day.who, self.day.desk
        self.batch = self.day.open_batch()
        self.people = [self.day.register(n, name=f"考生{n}") for n in range(1, 4)]
        self.ids = [self.day.submit(one, self.batch, level) for one in self.people]
        approve = ReviewEnrolments(tuple(self.ids), EnrolmentState.APPROVED, self.who[Role.REVIEWER])
        review_enrolments(approve, self.desk)
        seats = tuple(Seat(one, f"2611000{n}", "1", str(n)) for n, one in enumerate(self.ids, 1))
        seat_enrolments(SeatEnrolments(self.batch, seats, self.who[Role.REGISTRAR]), self.desk)
        self.theory = self.plan("理论", ("theory",), NINE)

    def plan(self, title, subjects, starts=None, rooms=(), replaces=""):
        return plan_session(PlanSession(self.batch, title, subjects, starts, 90, self.who[Role.SUPERVISOR], rooms,
                                        replaces), self.desk)

    def at(self, minutes):
        """So many minutes after nine on the exam day, the exam running."""
        start = START + (EXAM_DAY - date(2026, 11, 1)).days * DAY_MS
        self.day.clock.now = start + minutes * 60_000
        if self.state() is not BatchState.EXAMINING:
            self.day.move(self.batch, BatchState.CLOSED, BatchState.SEATED, BatchState.EXAMINING)
        return self

    def state(self):
        with self.desk.work(self.who[Role.SUPERVISOR]) as work:
            return work.batches.get(self.batch).state

    def come(self, *whose, state=None, why="", session=None):
        return record_attendance(RecordAttendance(
            self.batch, session or self.theory, tuple(self.ids[n] for n in whose), self.who[Role.INVIGILATOR], state,
            why), self.desk)

    def shut(self):
        return close_door(CloseDoor(self.batch, self.theory, self.who[Role.INVIGILATOR]), self.desk)

    def happened(self, of, tier=Tier.SESSION, signed=SIGNED):
        return record_incident(RecordIncident(self.batch, self.theory, self.ids[of], tier, "携带手机入场", signed,
                                              self.who[Role.INVIGILATOR]), self.desk)

    def mark(self, of, subject="theory"):
        return self.sheet(of).confirmed(subject)

    def sheet(self, of):
        with self.desk.work(self.who[Role.SUPERVISOR]) as work:
            return work.marks.sheet(self.ids[of])

    def enter(self, of, entry, value, subject="theory"):
        role = {1: Role.MARKS_A, 2: Role.MARKS_B}[entry]
        return enter_mark(EnterMark(self.ids[of], subject, entry, present(value), self.who[role]), self.desk)

    def both(self, of, value, subject="theory"):
        self.enter(of, 1, value, subject)
        return self.enter(of, 2, value, subject)


@pytest.fixture
def room():
    made = Room1()
    yield made
    assert made.day.is_sound()
    made.day.engine.dispose()


def test_the_clock_says_who_is_late_and_who_is_too_late(room):
    room.at(-20)
    assert [one.state for one in room.come(0).values()] == ["present"]
    room.at(12)
    assert [(one.state, one.minutes) for one in room.come(1).values()] == [("late", 12)]
    room.at(31)
    assert [(one.state, one.minutes) for one in room.come(2).values()] == [("refused", 31)]
    assert [room.mark(n) for n in range(3)] == [None, None, ABSENT]


def test_who_is_not_examined_at_a_sitting_is_not_signed_in_there():
    room = Room1(level=3)
    review = room.plan("综合评审", ("comprehensive",))
    room.at(0)
    assert refused(lambda: room.come(0, session=review)) == "session_not_theirs"
    room.day.engine.dispose()


def test_a_clock_that_was_set_back_lets_nobody_in_by_itself(room):
    room.at(40).come(0)
    room.day.clock.now -= 3_600_000
    assert refused(room.come, 1) == "clock_behind_at_door"
    room.come(1, state=Attendance.REFUSED, why="按考场时钟，已过开考三十分钟")
    assert room.mark(1) == ABSENT


def test_who_is_scanned_again_stays_as_they_are(room):
    room.at(-1).come(0)
    before = room.at(40).day.entries()
    assert room.come(0) == {}
    assert room.day.entries() == before


def test_the_door_is_shut_when_nobody_is_let_in_any_more(room):
    room.at(-10).come(0)
    assert refused(room.at(30).shut) == "door_not_yet"
    assert room.at(31).shut() == 2
    assert room.shut() == 0
    assert [room.mark(n) for n in range(3)] == [None, ABSENT, ABSENT]
    assert room.sheet(1).outcome() is Outcome.FAIL


def test_what_was_recorded_changes_with_a_reason(room):
    room.at(31).shut()
    assert refused(lambda: room.come(0, state=Attendance.PRESENT)) == "reason_missing"
    room.come(0, state=Attendance.PRESENT, why="坐在别的考场，已核对")
    assert [room.mark(n) for n in range(2)] == [None, ABSENT]


def test_nobody_is_signed_in_before_the_exam_nor_in_another_batch(room):
    assert refused(room.come, 0) == "batch_state"
    other = room.day.open_batch("B2")
    stranger = room.day.submit(room.people[0], other, 3)
    room.at(0)
    command = RecordAttendance(room.batch, room.theory, (stranger,), room.who[Role.INVIGILATOR])
    assert refused(record_attendance, command, room.desk) == "enrolment_of_other_batch"
    assert refused(lambda: room.come(0, session=NOBODY)) == "session_unknown"


def test_no_number_for_who_is_away_and_none_for_who_was_sent_out(room):
    room.at(-5).come(0, 1)
    room.happened(1, Tier.ALL)
    room.at(31).shut()
    assert refused(room.enter, 2, 1, 80) == "mark_of_absent"
    assert refused(room.enter, 1, 1, 80) == "mark_of_void"
    assert room.sheet(1).outcome() is Outcome.VOID
    assert room.both(0, 80) is Outcome.INCOMPLETE


def test_an_incident_recorded_in_error_is_voided_with_its_reason(room):
    incident = room.at(0).happened(0)
    assert room.mark(0) == Mark(MarkState.VOID)
    supervisor = room.who[Role.SUPERVISOR]
    assert refused(void_incident, VoidIncident(incident, " ", supervisor), room.desk) == "reason_missing"
    void_incident(VoidIncident(incident, "认错了人", supervisor), room.desk)
    assert room.mark(0) is None
    assert refused(void_incident, VoidIncident(incident, "再次", supervisor), room.desk) == "incident_voided"


def test_an_incident_wants_two_names(room):
    assert refused(room.at(0).happened, 0, Tier.NOTED, SIGNED[:1]) == "two_signatures"


def test_papers_are_counted_by_two_and_again_with_a_reason(room):
    room.at(0)

    def count(back, why="", other=NOBODY):
        return count_papers(CountPapers(room.batch, room.theory, "1", 3, back, other, room.who[Role.INVIGILATOR], why),
                            room.desk)

    assert refused(count, 3, "", room.who[Role.INVIGILATOR]) == "two_count"
    assert refused(count, 2) == "papers_missing"
    count(2, "一份污损，已封存")
    assert refused(count, 3) == "reason_missing"
    count(3, "污损卷已找回")


# sittings

def test_a_sitting_is_planned_anew_until_somebody_is_in(room):
    later = room.plan("理论二", ("theory",), NINE + timedelta(hours=1), replaces=room.theory)
    with room.desk.work(room.who[Role.SUPERVISOR]) as work:
        assert [one.session for one in work.exam_day.sessions(room.batch)] == [later]
    room.at(59).come(0, session=later)
    assert refused(room.plan, "理论三", ("theory",), None, (), later) == "session_began"
    assert refused(room.plan, "理论三", ("theory",)) == "subject_in_two_sessions"
    assert refused(room.plan, "早场", ("practice",), NINE - timedelta(days=1)) == "session_not_on_exam_day"


def test_practice_has_stations_of_its_own(room):
    rooms = (Room("工位A", 2), Room("工位B", 2))
    practice = room.plan("操作", ("practice",), NINE + timedelta(hours=3), rooms)
    place = PlaceSession(practice, room.batch, room.who[Role.REGISTRAR], b"lot")
    assert place_session(place, room.desk) == 3
    before = room.day.entries()
    assert place_session(PlaceSession(practice, room.batch, room.who[Role.REGISTRAR], b"other"), room.desk) == 3
    assert room.day.entries() == before
    with room.desk.work(room.who[Role.SUPERVISOR]) as work:
        places = work.exam_day.places(practice)
        assert {one.room for one in places.values()} <= {"工位A", "工位B"}
        assert len(set(places.values())) == 3
    theory = PlaceSession(room.theory, room.batch, place.operator, b"")
    assert refused(place_session, theory, room.desk) == "rooms_missing"


# judges and corrections

def judge(room, of, name, thesis, defence):
    return judge_mark(JudgeMark(room.ids[of], "comprehensive", name, (Decimal(thesis), Decimal(defence)),
                                room.who[Role.INVIGILATOR]), room.desk)


def test_three_judges_make_a_mark(room):
    room.at(0)
    assert judge(room, 0, "a", 80, 90).mean is None
    judge(room, 0, "b", 70, 80)
    assert judge(room, 0, "c", 75, 85).mean == Decimal("81.00")
    for subject in ("theory", "practice"):
        outcome = room.both(0, 80, subject)
    assert outcome is Outcome.PASS
    assert refused(room.enter, 0, 1, 80, "comprehensive") == "mark_is_judged"


def publicised(room):
    room.at(-5).come(0, 1, 2)
    for of in range(3):
        for name in "abc":
            judge(room, of, name, 80, 80)
        for subject in ("theory", "practice"):
            room.both(of, 80, subject)
    room.day.move(room.batch, BatchState.MARKING)
    assert len(publicise(Publicise(room.batch, room.who[Role.SUPERVISOR]), room.desk).passed) == 3


def test_a_locked_mark_is_corrected_by_two_people_with_a_reason(room):
    publicised(room)
    assert refused(room.enter, 0, 1, 70) == "batch_state"
    supervisor, reviewer = room.who[Role.SUPERVISOR], room.who[Role.MARKS_REVIEWER]

    def correct(agreed_by, why="登分有误", value=58):
        return correct_mark(CorrectMark(room.ids[0], "theory", present(value), why, supervisor, agreed_by), room.desk)

    assert refused(correct, reviewer, " ") == "reason_missing"
    assert refused(correct, supervisor) == "correction_needs_another_person"
    assert refused(correct, room.who[Role.REGISTRAR]) == "right_missing"
    assert refused(correct, reviewer, "登分有误", 80) == "mark_unchanged"
    assert correct(reviewer) is Outcome.FAIL
    assert correct(reviewer, "再次核对原卷", 81) is Outcome.PASS


def test_a_publicity_stays_open_while_a_recheck_waits(room):
    publicised(room)
    registrar, supervisor = room.who[Role.REGISTRAR], room.who[Role.SUPERVISOR]
    asked = ask_recheck(AskRecheck(room.ids[1], "theory", "请核对合分", registrar), room.desk)
    assert asked.until > EXAM_DAY
    room.day.clock.now += 20 * DAY_MS
    shut = Publicise(room.batch, supervisor)
    assert refused(close_publicity, shut, room.desk) == "recheck_open"
    answer = AnswerRecheck(asked.recheck, (Finding.SUM,), "合分更正为58分", supervisor)
    answer_recheck(answer, room.desk)
    assert refused(answer_recheck, answer, room.desk) == "recheck_answered"
    close_publicity(shut, room.desk)
    assert refused(ask_recheck, AskRecheck(room.ids[1], "theory", "再核", registrar), room.desk) == "publicity_closed"


# the people who examine

def enlist(room, number, duty=Duty.SENIOR, organisation="甲校", **more):
    return enlist_examiner(EnlistExaminer(duty, f"考评{number}", organisation, room.who[Role.SUPERVISOR], f"K{number}",
                                          date(2027, 1, 1), **more), room.desk)


def test_a_draw_is_kept_with_its_seed_and_drawn_again_with_a_reason(room):
    invigilators = {enlist(room, n, Duty.INVIGILATOR) for n in range(2)}
    relative = enlist(room, 7, relatives=("考生2",))
    seniors = {enlist(room, n) for n in range(10, 13)}
    review = room.plan("综合评审", ("comprehensive",))
    draw = DrawStaff(room.batch, review, room.who[Role.SUPERVISOR], b"1234")
    done = draw_staff(draw, room.desk)
    assert {one.examiner for one in done.assigned} == invigilators | seniors
    assert relative not in {one.examiner for one in done.assigned}
    assert refused(draw_staff, draw, room.desk) == "reason_missing"
    draw_staff(DrawStaff(room.batch, review, room.who[Role.SUPERVISOR], b"5678", why="一人请假"), room.desk)


def test_level_2_is_judged_by_seniors_alone(room):
    for n in range(2):
        enlist(room, n, Duty.INVIGILATOR)
    for n in range(10, 14):
        enlist(room, n, Duty.EXAMINER)
    review = room.plan("综合评审", ("comprehensive",))
    assert refused(draw_staff, DrawStaff(room.batch, review, room.who[Role.SUPERVISOR], b""), room.desk) == (
        "examiners_short")


def test_who_is_taken_off_the_list_has_a_reason(room):
    who = enlist(room, 1)
    assert refused(lambda: enlist(room, 1, examiner=who, active=False)) == "reason_missing"
    enlist(room, 1, examiner=who, active=False, why="调离")
    with room.desk.work(room.who[Role.SUPERVISOR]) as work:
        assert [one.active for one in work.exam_day.examiners()] == [False]
