"""Marks: what one is, who may enter and mend it, when it is confirmed, and the outcome of all of them."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appraisal.catalogue import load_schemes
from appraisal.domain.certificate import Bilingual
from appraisal.domain.errors import RuleViolation
from appraisal.domain.marks import Mark, MarkSheet, MarkState, Outcome, outcome, total
from appraisal.domain.scheme import Level, Subject

ABSENT, VOID = Mark(MarkState.ABSENT), Mark(MarkState.VOID)
LEVEL = load_schemes()["ai-trainer"].at(3)
TALENT = load_schemes()["innovation-talent"].at(None)


def points(value):
    return Mark(MarkState.PRESENT, Decimal(str(value)))


def sheet():
    return MarkSheet("e1", "p1", LEVEL)


def after(one, *happened):
    return MarkSheet(one.enrolment, one.person, one.level, one.entries + happened, one.settled)


def entered(subject="theory", first=85, second=None):
    """The sheet after A's first entry, and B's second where there is one."""
    one = after(sheet(), sheet().enter(subject, 1, points(first), "A"))
    return one if second is None else after(one, one.enter(subject, 2, points(second), "B"))


marks = st.one_of(st.none(), st.just(ABSENT), st.just(VOID), st.integers(0, 10_000).map(lambda n: points(n / 100)))


@pytest.mark.parametrize("value", ["0", "100", "59.99", "60", "85.5", "1E+2"])
def test_a_number_from_0_to_100_with_two_decimals_is_a_mark(value):
    assert Mark(MarkState.PRESENT, Decimal(value)).value == Decimal(value)


@pytest.mark.parametrize(("value", "code"), [
    ("100.5", "mark_out_of_range"), ("-0.01", "mark_out_of_range"), ("NaN", "mark_out_of_range"),
    ("Infinity", "mark_out_of_range"), ("60.125", "mark_too_fine"), (None, "mark_unreadable")])
def test_what_is_no_mark(value, code):
    with pytest.raises(RuleViolation) as refused:
        Mark(MarkState.PRESENT, None if value is None else Decimal(value))
    assert refused.value.code == code


@pytest.mark.parametrize("state", [MarkState.ABSENT, MarkState.VOID])
def test_who_is_absent_or_void_has_no_number(state):
    with pytest.raises(RuleViolation, match="mark_unreadable"):
        Mark(state, Decimal(0))


def test_an_entry_may_be_mended_by_its_own_person_until_the_other_is_there():
    one = entered()
    one = after(one, one.enter("theory", 1, points(86), "A"))
    assert one.entered("theory", 1) == points(86)
    with pytest.raises(RuleViolation, match="mark_already_entered"):
        one.enter("theory", 1, points(87), "C")
    one = after(one, one.enter("theory", 2, points(58), "B"))
    for entry, who in ((1, "A"), (2, "B")):
        with pytest.raises(RuleViolation, match="mark_already_entered"):
            one.enter("theory", entry, points(86), who)


@pytest.mark.parametrize("entry", [1, 2])
def test_nobody_makes_both_entries(entry):
    one = after(sheet(), sheet().enter("theory", entry, points(85), "A"))
    with pytest.raises(RuleViolation, match="second_entry_needs_another_person"):
        one.enter("theory", 3 - entry, points(85), "A")


def test_a_subject_that_the_level_does_not_examine():
    with pytest.raises(RuleViolation, match="subject_not_in_scheme"):
        sheet().enter("comprehensive", 1, points(85), "A")


def test_one_entry_confirms_nothing_two_that_agree_do_two_that_differ_wait():
    assert entered().confirmed("theory") is None
    assert entered(second="85.00").confirmed("theory") == points(85)
    differing = entered(second=58)
    assert differing.confirmed("theory") is None
    assert differing.differing() == ("theory",)
    assert entered(second=85).differing() == ()


def test_a_third_person_settles_a_difference_once():
    one = entered(second=58)
    for who in ("A", "B"):
        with pytest.raises(RuleViolation, match="settling_needs_a_third_person"):
            one.settle("theory", points(85), who)
    done = MarkSheet(one.enrolment, one.person, one.level, one.entries, (one.settle("theory", points(70), "C"),))
    assert done.confirmed("theory") == points(70)
    assert done.differing() == ()
    with pytest.raises(RuleViolation, match="mark_already_entered"):
        done.settle("theory", points(71), "C")


@pytest.mark.parametrize("one", [sheet(), entered(), entered(second=85)])
def test_where_nothing_differs_nothing_is_settled(one):
    with pytest.raises(RuleViolation, match="no_difference_to_settle"):
        one.settle("theory", points(85), "C")


@pytest.mark.parametrize(("theory", "practice", "result"), [
    (points(60), points(60), "PASS"), (points("59.99"), points(100), "FAIL"), (points(100), ABSENT, "FAIL"),
    (ABSENT, None, "FAIL"), (points(59), None, "FAIL"), (points(100), None, "INCOMPLETE"), (None, None, "INCOMPLETE"),
    (VOID, points(59), "VOID"), (VOID, None, "VOID"), (ABSENT, VOID, "VOID")])
def test_outcomes_in_their_order(theory, practice, result):
    assert outcome(LEVEL, {"theory": theory, "practice": practice}) == result


@given(st.lists(marks, min_size=7, max_size=7))
def test_the_outcome_follows_from_the_worst_never_from_an_average(given_marks):
    found = dict(zip((s.code for s in TALENT.subjects), given_marks, strict=True))
    result = outcome(TALENT, found)
    present = [mark for mark in given_marks if mark is not None]
    if VOID in present:
        assert result is Outcome.VOID
    elif ABSENT in present or any(mark.value < 60 for mark in present):
        assert result is Outcome.FAIL
    elif len(present) < 7:
        assert result is Outcome.INCOMPLETE
    else:
        assert result is Outcome.PASS


@given(marks, marks)
def test_a_missing_mark_never_makes_an_outcome_better(theory, practice):
    rank = [Outcome.VOID, Outcome.FAIL, Outcome.INCOMPLETE, Outcome.PASS]
    whole = outcome(LEVEL, {"theory": theory, "practice": practice})
    without = outcome(LEVEL, {"theory": theory, "practice": None})
    assert without is not Outcome.PASS
    if whole is Outcome.PASS:
        assert rank.index(without) < rank.index(whole)


def test_a_scheme_may_ask_for_a_weighted_total_besides():
    half = Decimal("0.5")
    level = Level(Bilingual("", ""), tuple(Subject(code, code, code, Decimal(50), half) for code in "ab"),
                  total_pass=Decimal(60))
    assert outcome(level, {"a": points(50), "b": points(70)}) is Outcome.PASS
    assert outcome(level, {"a": points(50), "b": points("69.99")}) is Outcome.FAIL
    assert total(level, {"a": points(50), "b": points("69.5")}) == Decimal("59.75")
    assert outcome(level, {"a": points(50), "b": None}) is Outcome.INCOMPLETE


@given(st.lists(st.tuples(st.sampled_from(["theory", "practice"]), st.sampled_from([1, 2]),
                          st.sampled_from("ABC"), st.integers(58, 61)), max_size=12))
def test_no_order_of_entries_lets_one_person_confirm_a_mark(tried):
    one = sheet()
    for subject, entry, who, value in tried:
        try:
            one = after(one, one.enter(subject, entry, points(value), who))
        except RuleViolation:
            continue
    for subject in ("theory", "practice"):
        people = [{e.entered_by for e in one.entries if (e.subject, e.entry) == (subject, entry)} for entry in (1, 2)]
        assert people[0].isdisjoint(people[1])
        assert all(len(group) <= 1 for group in people)
        if one.confirmed(subject) is not None:
            assert len(people[0] | people[1]) == 2
