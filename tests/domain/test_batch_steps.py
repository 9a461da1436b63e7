"""A batch goes step by step; its nodes are dated in working days around the exam."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appraisal.domain.batch import NODES, ORDER, Batch, BatchMoved, BatchState
from appraisal.domain.errors import RuleViolation
from appraisal.domain.workdays import is_workday

EXAM = date(2026, 12, 12)
states = st.sampled_from(BatchState)


def batch(state, exam_day=EXAM):
    return Batch("b1", "2026-12", "第四批", "ai-trainer", exam_day, 30, BatchState(state))


def test_the_order_of_the_design():
    assert " ".join(ORDER) == (
        "draft filed published closed seated examining marking publicised certifying archived")


@pytest.mark.parametrize(("now", "to"), list(pairwise(ORDER)))
def test_each_step_on_the_exam_day(now, to):
    assert batch(now).move(to, EXAM) == BatchMoved("b1", to)


@given(states, states)
def test_no_step_is_passed_over_or_taken_back(now, to):
    allowed = (now in ORDER[:-1] and to is ORDER[ORDER.index(now) + 1]) or (now, to) == ("draft", "cancelled")
    if allowed:
        batch(now).move(to, EXAM)
    else:
        with pytest.raises(RuleViolation) as refused:
            batch(now).move(to, EXAM)
        assert (refused.value.code, refused.value.detail) == ("batch_step", {"now": now.value, "to": to.value})


def test_the_exam_does_not_start_before_its_day():
    with pytest.raises(RuleViolation) as refused:
        batch("seated").move(BatchState.EXAMINING, EXAM - timedelta(days=1))
    assert (refused.value.code, refused.value.detail) == ("exam_day_not_reached", {"day": "2026-12-12"})
    batch("seated").move(BatchState.EXAMINING, EXAM + timedelta(days=1))


def test_what_is_done_in_one_state_is_refused_in_another():
    batch("marking").require(BatchState.EXAMINING, BatchState.MARKING)
    with pytest.raises(RuleViolation) as refused:
        batch("publicised").require(BatchState.EXAMINING, BatchState.MARKING)
    assert refused.value.detail == {"batch": "2026-12", "now": "publicised", "wanted": "examining / marking"}


def test_the_nine_nodes_of_a_saturday_in_december():
    assert dict(batch("draft").due()) == {
        "plan": date(2026, 11, 30), "registration_closes": date(2026, 12, 3), "seating": date(2026, 12, 7),
        "papers": date(2026, 12, 7), "exam": EXAM, "marks": date(2026, 12, 16), "publicity": date(2026, 12, 18),
        "certificates": date(2026, 12, 25), "archive": date(2026, 12, 25)}


@given(st.dates(date(2024, 1, 1), date(2026, 12, 31)))
def test_nodes_come_in_order_and_on_working_days(exam_day):
    due = batch("draft", exam_day).due()
    assert [node for node, _ in due] == [node for node, _ in NODES]
    days = [day for _, day in due]
    assert days == sorted(days)
    assert all(is_workday(day) for node, day in due if node != "exam")
    assert dict(due)["exam"] == exam_day
