"""Judges: weighted scores, their mean, a re-mark where they are apart; compared with fractions."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from math import floor

import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_exam_day import code_of

from appraisal.catalogue import load_schemes
from appraisal.domain.judging import judgement, score
from appraisal.domain.marks import Mark, MarkSheet, MarkState

LEVEL = load_schemes()["ai-trainer"].at(2)
REVIEW = next(one for one in LEVEL.subjects if one.judges)
points = st.integers(0, 1000).map(lambda n: Decimal(n) / 10)
pairs = st.tuples(*(points for _ in REVIEW.criteria))


def judged(sheet, judge, *scores):
    made = sheet.judge(REVIEW.code, judge, tuple(map(Decimal, scores)), "typist")
    return replace(sheet, judged=(*sheet.judged, made))


def after(*given_by):
    sheet = MarkSheet("e", "p", LEVEL)
    for judge, scores in given_by:
        sheet = judged(sheet, judge, *scores)
    return sheet


def hundredth(value):
    """Half up, by whole numbers alone."""
    return Fraction(floor(value * 100 + Fraction(1, 2)), 100)


@given(st.lists(pairs, min_size=3, max_size=3))
def test_the_mean_of_three_and_their_spread(scores):
    found = after(*zip("abc", scores, strict=True)).judgement(REVIEW.code)
    values = [hundredth(sum(Fraction(one) * Fraction(criterion.weight)
                            for one, criterion in zip(of_one, REVIEW.criteria, strict=True))) for of_one in scores]
    spread = max(values) - min(values)
    assert found.spread == spread
    assert found.remark == (spread > REVIEW.spread)
    assert (None if found.mean is None else Fraction(found.mean)) == (
        None if found.remark else hundredth(sum(values) / 3))


def test_two_sheets_make_no_mark_and_three_do():
    sheet = after(("a", (80, 80)), ("b", (82, 82)))
    assert sheet.confirmed(REVIEW.code) is None
    assert judged(sheet, "c", 84, 84).confirmed(REVIEW.code) == Mark(MarkState.PRESENT, Decimal("82.00"))


def test_a_judge_may_mend_a_sheet_and_no_fourth_joins():
    sheet = after(("a", (80, 80)), ("b", (82, 82)), ("c", (84, 84)))
    assert judged(sheet, "c", 90, 90).confirmed(REVIEW.code).value == Decimal("84.00")
    assert code_of(sheet.judge, REVIEW.code, "d", (Decimal(1), Decimal(1)), "t") == "judges_full"


def test_who_are_too_far_apart_judge_again_and_the_last_turn_counts():
    sheet = after(("a", (50, 50)), ("b", (80, 80)), ("c", (80, 80)))
    assert sheet.judgement(REVIEW.code).remark
    assert sheet.confirmed(REVIEW.code) is None
    again = judged(sheet, "d", 70, 70)
    assert (again.judgement(REVIEW.code).turn, again.confirmed(REVIEW.code)) == (2, None)
    done = judged(judged(again, "e", 72, 72), "f", 74, 74)
    assert done.confirmed(REVIEW.code).value == Decimal("72.00")
    assert judgement(done.judged, REVIEW).turn == 2


@pytest.mark.parametrize(("scores", "code"), [
    ((80,), "scores_incomplete"), ((80, 101), "mark_out_of_range"), ((80, -1), "mark_out_of_range"),
    ((80, "NaN"), "mark_out_of_range")])
def test_scores_that_are_none(scores, code):
    assert code_of(score, tuple(map(Decimal, scores)), REVIEW) == code


def test_a_subject_without_judges_has_no_sheets():
    theory = next(one for one in LEVEL.subjects if not one.judges)
    assert code_of(score, (), theory) == "subject_not_judged"


def test_a_mark_is_judged_or_typed_and_never_both():
    sheet = after(("a", (80, 80)))
    assert code_of(sheet.enter, REVIEW.code, 1, Mark(MarkState.PRESENT, Decimal(80)), "A") == "mark_is_judged"
    typed = MarkSheet("e", "p", LEVEL)
    typed = replace(typed, entries=(typed.enter(REVIEW.code, 1, Mark(MarkState.PRESENT, Decimal(80)), "A"),))
    assert code_of(typed.judge, REVIEW.code, "a", (Decimal(1), Decimal(1)), "t") == "mark_already_entered"
