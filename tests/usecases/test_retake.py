"""A retake takes along what was passed, for as long as the scheme says, once results are final."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from day_kit import DAY_MS, EXAM_DAY, present, refused, staffed
from hypothesis import given
from hypothesis import strategies as st

from appraisal.domain.batch import BatchState
from appraisal.domain.enrolment import EnrolmentState, from_outside
from appraisal.domain.marks import Outcome
from appraisal.domain.operator import Role
from appraisal.domain.workdays import months_before
from appraisal.usecases.enter_mark import EnterMark, EnterMarks, enter_mark, enter_marks
from appraisal.usecases.open_batch import OpenBatch, open_batch
from appraisal.usecases.publicise import (
    Publicise,
    RaiseObjection,
    SettleObjection,
    close_publicity,
    publicise,
    raise_objection,
    settle_objection,
)
from appraisal.usecases.submit_enrolment import (
    ReviewEnrolments,
    Seat,
    SeatEnrolments,
    SubmitEnrolment,
    review_enrolments,
    seat_enrolments,
    submit_enrolment,
)
from db.queries.reads import SqlReads


class Centre:
    """One person who sits, and sits again."""

    def __init__(self):
        self.day = staffed()
        self.person = self.day.register()

    def opened(self, code, exam_day):
        batch = open_batch(OpenBatch(code, code, "ai-trainer", exam_day, 100, self.day.who[Role.SUPERVISOR]),
                           self.day.desk)
        self.day.move(batch, BatchState.FILED, BatchState.PUBLISHED)
        return batch

    def approved(self, batch, exam_type, level=3):
        who, desk = self.day.who, self.day.desk
        enrolment = submit_enrolment(SubmitEnrolment(self.person, batch, level, "", who[Role.REGISTRAR],
                                                     exam_type=exam_type), desk)
        review_enrolments(ReviewEnrolments((enrolment,), EnrolmentState.APPROVED, who[Role.REVIEWER]), desk)
        return enrolment

    def seated(self, batch, enrolment, number):
        seat_enrolments(SeatEnrolments(batch, (Seat(enrolment, number, "1", "1"),), self.day.who[Role.REGISTRAR]),
                        self.day.desk)
        self.day.until(batch, BatchState.MARKING)

    def mark(self, enrolment, entry=(1, 2), **marks):
        for one in entry:
            enter_marks(EnterMarks(one, tuple((enrolment, subject, present(value)) for subject, value in marks.items()),
                                   self.day.who[Role.MARKS_A if one == 1 else Role.MARKS_B]), self.day.desk)

    def publicise(self, batch, *, close=True, objection=False):
        who, desk = self.day.who, self.day.desk
        publicise(Publicise(batch, who[Role.SUPERVISOR]), desk)
        if objection:
            one = raise_objection(RaiseObjection(batch, self.person, "代考", who[Role.REGISTRAR]), desk)
            settle_objection(SettleObjection(one, True, "属实", who[Role.SUPERVISOR]), desk)
        if close:
            self.day.clock.now += 20 * DAY_MS
            close_publicity(Publicise(batch, who[Role.SUPERVISOR]), desk)

    def first_sitting(self, **how):
        """Theory is passed, practice is not."""
        batch = self.opened("B1", EXAM_DAY)
        enrolment = self.approved(batch, "正考")
        self.seated(batch, enrolment, "N1")
        self.mark(enrolment, theory="80.5", practice=50)
        self.publicise(batch, **how)
        return enrolment

    def carried(self, enrolment):
        with self.day.desk.work(self.day.who[Role.REGISTRAR]) as work:
            return {one.subject: (one.value, one.earlier) for one in work.marks.sheet(enrolment).carried}

    def reads(self):
        return SqlReads(self.day.engine, self.day.desk.schemes)


@pytest.fixture
def centre():
    return Centre()


def test_a_retake_is_examined_in_what_was_not_passed(centre):
    earlier = centre.first_sitting()
    batch = centre.opened("B2", EXAM_DAY + timedelta(days=180))
    retake = centre.approved(batch, "补考")
    assert centre.carried(retake) == {"theory": (Decimal("80.5"), earlier)}
    centre.day.clock.now += 150 * DAY_MS
    centre.seated(batch, retake, "N2")
    a = centre.day.who[Role.MARKS_A]
    assert refused(enter_mark, EnterMark(retake, "theory", 1, present(90), a), centre.day.desk) == "mark_carried"
    assert enter_mark(EnterMark(retake, "theory", 1, present("80.5"), a), centre.day.desk) is Outcome.INCOMPLETE
    centre.mark(retake, practice=70)
    with centre.day.desk.work(a) as work:
        assert work.marks.sheet(retake).outcome() is Outcome.PASS
    assert centre.day.is_sound()


def test_a_first_sitting_takes_nothing_along(centre):
    centre.first_sitting()
    assert centre.carried(centre.approved(centre.opened("B2", EXAM_DAY + timedelta(days=180)), "正考")) == {}


@pytest.mark.parametrize(("days", "counts"), [(364, True), (365, True), (366, False)])
def test_a_year_after_the_exam_day_it_has_lapsed(centre, days, counts):
    centre.first_sitting()
    retake = centre.approved(centre.opened("B2", EXAM_DAY + timedelta(days=days)), "补考")
    assert bool(centre.carried(retake)) is counts


def test_what_was_carried_once_lapses_by_the_day_on_which_it_was_passed(centre):
    earlier = centre.first_sitting()
    second = centre.opened("B2", EXAM_DAY + timedelta(days=300))
    retake = centre.approved(second, "补考")
    centre.day.clock.now += 280 * DAY_MS
    centre.seated(second, retake, "N2")
    centre.mark(retake, practice=55)
    centre.publicise(second)
    third = centre.approved(centre.opened("B3", EXAM_DAY + timedelta(days=350)), "补考")
    assert centre.carried(third) == {"theory": (Decimal("80.5"), earlier)}
    late = centre.approved(centre.opened("B4", EXAM_DAY + timedelta(days=400)), "补考")
    assert centre.carried(late) == {}


@pytest.mark.parametrize("how", [{"close": False}, {"objection": True}])
def test_what_is_not_final_or_was_objected_to_is_not_carried(centre, how):
    centre.first_sitting(**how)
    assert centre.carried(centre.approved(centre.opened("B2", EXAM_DAY + timedelta(days=90)), "补考")) == {}


def test_another_level_is_another_exam(centre):
    centre.first_sitting()
    retake = centre.approved(centre.opened("B2", EXAM_DAY + timedelta(days=90)), "补考", level=4)
    assert centre.carried(retake) == {}


def test_the_reviewer_sees_a_retake_of_somebody_who_never_sat(centre):
    batch = centre.opened("B1", EXAM_DAY)
    submit_enrolment(SubmitEnrolment(centre.person, batch, 3, "", centre.day.who[Role.REGISTRAR], exam_type="补考"),
                     centre.day.desk)
    [row] = centre.reads().enrolments(batch)
    assert "retake_without_earlier" in row.doubts


def test_the_reviewer_sees_no_doubt_in_a_retake_after_a_sitting(centre):
    centre.first_sitting()
    batch = centre.opened("B2", EXAM_DAY + timedelta(days=90))
    submit_enrolment(SubmitEnrolment(centre.person, batch, 3, "", centre.day.who[Role.REGISTRAR], exam_type="补考"),
                     centre.day.desk)
    [row] = centre.reads().enrolments(batch)
    assert "retake_without_earlier" not in row.doubts


@given(st.dates(date(1990, 1, 1), date(2100, 12, 31)), st.integers(0, 60))
def test_months_before_is_the_same_day_or_the_last(day, months):
    found = months_before(day, months)
    assert (day.year - found.year) * 12 + day.month - found.month == months
    assert found.day == day.day or (found.day < day.day and (found + timedelta(days=1)).day == 1)


def test_more_than_a_fifth_from_outside_is_said():
    scheme = staffed().desk.schemes["ai-trainer"]
    assert from_outside(["11"] * 8 + ["13"] * 2, scheme) is None
    assert from_outside(["11"] * 7 + [""] + ["13", "65", "13"], scheme) == (3, 11)
    assert from_outside(["13"], staffed().desk.schemes["innovation-talent"]) is None
