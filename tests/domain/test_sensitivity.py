"""Where another mark would change the outcome, compared with a search through every hundredth."""

from dataclasses import replace
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st
from test_marks_rules import ABSENT, LEVEL, TALENT, VOID, points

from appraisal.domain.marks import Outcome, outcome
from appraisal.domain.sensitivity import turns

WITH_TOTAL = replace(TALENT, subjects=tuple(replace(one, pass_mark=Decimal(50)) for one in TALENT.subjects),
                     total_pass=Decimal("60.5"))
numbers = st.integers(5900, 6100).map(lambda n: points(n / 100))
marks = st.one_of(st.none(), st.just(ABSENT), st.just(VOID), *[numbers] * 7)


def by_search(level, found):
    """Subject -> points to the nearest mark that changes the outcome."""
    now, nearest = outcome(level, found), {}
    for subject in level.subjects:
        mark = found[subject.code]
        if mark is not None and mark.value is not None:
            away = [abs(Decimal(n) / 100 - mark.value) for n in range(10_001)
                    if outcome(level, {**found, subject.code: points(n / 100)}) is not now]
            if away:
                nearest[subject.code] = min(away)
    return nearest


@settings(max_examples=25, deadline=None)
@given(st.sampled_from([LEVEL, WITH_TOTAL]), st.lists(marks, min_size=7, max_size=7))
def test_the_nearest_change_is_found_and_nothing_else(level, given_marks):
    found = dict(zip((one.code for one in level.subjects), given_marks, strict=False))
    said = turns(level, found)
    assert {one.subject: one.away(found[one.subject]) for one in said} == by_search(level, found)
    for one in said:
        assert outcome(level, {**found, one.subject: points(one.mark)}) is one.outcome is not outcome(level, found)
    assert [one.away(found[one.subject]) for one in said] == sorted(one.away(found[one.subject]) for one in said)


def test_half_a_point_short_is_said():
    one, = turns(LEVEL, {"theory": points("59.5"), "practice": points(80)})
    assert (one.subject, one.mark, one.outcome) == ("theory", Decimal(60), Outcome.PASS)


def test_who_fails_in_two_is_turned_by_no_single_mark():
    assert turns(LEVEL, {"theory": points(59), "practice": points(59)}) == ()
