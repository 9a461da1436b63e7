"""The exam day: who is late, which sittings hold, what an absence or an incident makes of the marks."""

from dataclasses import replace
from datetime import datetime, timedelta
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_marks_rules import LEVEL, after, entered, points, sheet

from appraisal.domain.errors import RuleViolation
from appraisal.domain.exam_day import (
    Attendance,
    PapersCounted,
    SessionPlanned,
    Signature,
    Tier,
    arrival,
    check_incident,
    check_papers,
    check_session,
    in_force,
    marks_of_the_day,
    whole_exam,
)
from appraisal.domain.marks import Mark, MarkState, Outcome

NINE = datetime.fromisoformat("2026-11-14T09:00")
THEORY = SessionPlanned("s1", "b", "理论", ("theory",), NINE, 90)
ABSENT, VOID = Mark(MarkState.ABSENT), Mark(MarkState.VOID)
SUBJECTS = [subject.code for subject in LEVEL.subjects]


def code_of(call, *given_to_it):
    with pytest.raises(RuleViolation) as refused:
        call(*given_to_it)
    return refused.value.code


@pytest.mark.parametrize(("seconds", "state", "minutes"), [
    (-3600, "present", None), (0, "present", None), (59, "present", None), (60, "late", 1), (30 * 60 + 59, "late", 30),
    (31 * 60, "refused", 31)])
def test_late_after_a_minute_refused_after_thirty(seconds, state, minutes):
    assert arrival(NINE, NINE + timedelta(seconds=seconds), 30) == (state, minutes)


def test_without_a_time_nobody_is_late():
    assert arrival(None, NINE, 30) == (Attendance.PRESENT, None)


def test_a_sitting_examines_something_of_the_scheme_that_no_other_does():
    other = SessionPlanned("s2", "b", "操作", ("practice",), NINE, 60)
    check_session(other, [THEORY], SUBJECTS)
    assert code_of(check_session, replace(other, subjects=()), [], SUBJECTS) == "session_without_subject"
    assert code_of(check_session, replace(other, subjects=("defence",)), [], SUBJECTS) == "subject_not_in_scheme"
    both = replace(other, subjects=("practice", "theory"))
    assert code_of(check_session, both, [THEORY], SUBJECTS) == "subject_in_two_sessions"
    check_session(replace(both, replaces="s1"), [THEORY], SUBJECTS)


def test_what_holds_does_not_depend_on_who_came_first():
    planned = [THEORY, replace(THEORY, session="s2", replaces="s1"), replace(THEORY, session="s3", replaces="s2"),
               replace(THEORY, session="s4", starts=None)]
    assert {tuple(one.session for one in in_force(order)) for order in permutations(planned)} == {("s3", "s4")}


def test_desks_apart_mean_the_same_whole_exam():
    assert whole_exam("b", ["theory", "practice", "theory"]) == whole_exam("b", ["theory", "practice"])


@pytest.mark.parametrize("signed", [(), ("甲",), ("甲", "甲"), ("甲", " "), ("甲", "乙", "丙"), ("甲", " 甲")])
def test_two_people_sign_an_incident(signed):
    assert code_of(check_incident, "离座", [Signature(name, "") for name in signed]) == "two_signatures"
    assert code_of(check_incident, " ", [Signature("甲", ""), Signature("乙", "")]) == "field_missing"


@pytest.mark.parametrize(("out", "back", "other", "why", "code"), [
    (30, 31, "x", "", "papers_more_back"), (30, -1, "x", "", "papers_more_back"), (30, 29, "x", " ", "papers_missing"),
    (30, 30, "me", "", "two_count"), (30, 30, "", "", "two_count")])
def test_papers_that_do_not_add_up(out, back, other, why, code):
    assert code_of(check_papers, PapersCounted("c", "b", "s", "1", out, back, "me", other), why) == code


def test_missing_papers_are_explained():
    check_papers(PapersCounted("c", "b", "s", "1", 30, 29, "me", "x"), "一份被撕毁，已封存")


# what the day makes of the marks

came = st.lists(st.tuples(st.sampled_from(Attendance), st.sets(st.sampled_from(SUBJECTS), min_size=1)), max_size=3)
incidents = st.lists(st.tuples(st.sampled_from(Tier), st.sets(st.sampled_from(SUBJECTS), min_size=1)), max_size=3)


@given(came, incidents)
def test_void_comes_before_absent_and_a_note_does_nothing(who_came, happened):
    found = marks_of_the_day(who_came, happened, SUBJECTS)
    for subject in SUBJECTS:
        void = any(tier is Tier.ALL or (tier is Tier.SESSION and subject in of) for tier, of in happened)
        away = any(state in ("absent", "refused") and subject in of for state, of in who_came)
        assert found.get(subject) == ("void" if void else "absent" if away else None)


def on_the_day(one, **said):
    return replace(one, day={subject: MarkState(state) for subject, state in said.items()})


def test_who_is_away_needs_no_entry_and_gets_no_number():
    one = on_the_day(sheet(), theory="absent")
    assert one.confirmed("theory") == ABSENT
    assert one.outcome() is Outcome.FAIL
    assert code_of(one.enter, "theory", 1, points(80), "A") == "mark_of_absent"
    assert one.enter("theory", 1, ABSENT, "A").state is MarkState.ABSENT


def test_a_number_for_somebody_away_is_a_difference_for_a_third_person():
    one = on_the_day(entered(second=85), theory="absent")
    assert one.confirmed("theory") is None
    assert one.differing() == ("theory",)
    settled = replace(one, settled=(one.settle("theory", ABSENT, "C"),))
    assert settled.confirmed("theory") == ABSENT


@pytest.mark.parametrize("state", ["settled", "agreed", "none"])
def test_an_incident_voids_whatever_was_entered(state):
    one = {"none": sheet(), "agreed": entered(second=85), "settled": entered(second=58)}[state]
    if state == "settled":
        one = replace(one, settled=(one.settle("theory", points(70), "C"),))
    assert on_the_day(one, theory="void").confirmed("theory") == VOID
    assert on_the_day(one, theory="void").outcome() is Outcome.VOID


def test_a_mark_that_counts_is_corrected_by_two():
    one = entered(second=85)
    assert code_of(sheet().correct, "theory", points(80), "A", "B") == "mark_not_confirmed"
    assert code_of(one.correct, "theory", points(85), "A", "B") == "mark_unchanged"
    assert code_of(one.correct, "theory", points(80), "A", "A") == "correction_needs_another_person"
    done = replace(one, corrected=(one.correct("theory", points(58), "A", "B"),))
    assert done.confirmed("theory") == points(58)
    assert done.outcome() is Outcome.FAIL
    assert replace(done, day={"theory": MarkState.VOID}).confirmed("theory") == points(58)
    assert after(done).confirmed("theory") == points(85)  # `after` keeps entries only: the correction made the mark
