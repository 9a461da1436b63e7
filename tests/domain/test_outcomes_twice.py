"""Outcomes from all that can be said of a candidate, against a second, slower reading of the rules."""

from decimal import Decimal
from fractions import Fraction
from math import floor

from hypothesis import given, settings
from hypothesis import strategies as st

from appraisal.catalogue import load_schemes
from appraisal.domain.exam_day import Attendance, Tier, marks_of_the_day
from appraisal.domain.judging import MarkJudged
from appraisal.domain.marks import (
    Mark,
    MarkCarried,
    MarkCorrected,
    MarkEntered,
    MarkSettled,
    MarkSheet,
    MarkState,
)

LEVEL = load_schemes()["ai-trainer"].at(2)
SUBJECTS = {subject.code: subject for subject in LEVEL.subjects}
CODES = list(SUBJECTS)
numbers = st.sampled_from([Decimal(n) / 2 for n in (0, 100, 118, 119, 120, 121, 150, 200)])
said = st.one_of(numbers, st.sampled_from(["absent", "void"]))
subject = st.sampled_from(CODES)
entries = st.lists(st.tuples(subject, st.sampled_from([1, 2]), said), max_size=8)
some = st.lists(st.tuples(subject, said), max_size=2, unique_by=lambda one: one[0])
carried = st.lists(st.tuples(subject, numbers), max_size=2, unique_by=lambda one: one[0])
came = st.lists(st.tuples(st.sampled_from(Attendance), st.sets(subject, min_size=1)), max_size=2)
incidents = st.lists(st.tuples(st.sampled_from(Tier), st.sets(subject, min_size=1)), max_size=2)
sheets = st.lists(st.tuples(st.sampled_from([1, 2]), st.sampled_from("abc"), numbers), max_size=6)


def state_of(value):
    return (MarkState(value), None) if isinstance(value, str) else (MarkState.PRESENT, value)


def sheet_of(entered, settled, earlier, corrected, day, judged):
    return MarkSheet(
        "e", "p", LEVEL, tuple(MarkEntered("e", "p", code, entry, *state_of(value), "x")
                               for code, entry, value in entered),
        tuple(MarkSettled("e", "p", code, *state_of(value), "x") for code, value in settled),
        tuple(MarkCarried("e", "p", code, value, "old") for code, value in earlier),
        marks_of_the_day(*day, CODES),
        tuple(MarkJudged("e", "p", "comprehensive", turn, judge, (value, value), value, "x")
              for turn, judge, value in judged),
        tuple(MarkCorrected("e", "p", code, *state_of(value), "x", "y") for code, value in corrected))


def slowly(code, entered, settled, earlier, corrected, day, judged):
    """What counts in one subject: a number as a fraction, `absent`, `void`, or None."""
    attendance, happened = day
    void = [(code, "void") for tier, of in happened if tier == "all" or (tier == "session" and code in of)]
    for facts in (corrected, void, earlier, settled):
        for one, value in facts:
            if one == code:
                return value
    typed = [(entry, value) for one, entry, value in entered if one == code]
    scored = judged if code == "comprehensive" else []
    if any(state in ("absent", "refused") and code in of for state, of in attendance):
        return None if scored or any(not isinstance(value, str) for _, value in typed) else "absent"
    if scored:
        return mean_slowly(scored)
    last = dict(typed)
    return last[1] if len(last) == 2 and last[1] == last[2] else None


def mean_slowly(scored):
    turn = max(turn for turn, _, _ in scored)
    values = list({judge: Fraction(value) for of, judge, value in scored if of == turn}.values())
    if len(values) < 3 or max(values) - min(values) > 15:
        return None
    return Fraction(floor(sum(values) / len(values) * 100 + Fraction(1, 2)), 100)


def outcome_slowly(found):
    if "void" in found.values():
        return "VOID"
    if any(value == "absent" or (value is not None and value < 60) for value in found.values()):
        return "FAIL"
    return "INCOMPLETE" if None in found.values() else "PASS"


@settings(max_examples=1500)
@given(entries, some, carried, some, st.tuples(came, incidents), sheets)
def test_what_counts_and_what_comes_of_it(entered, settled, earlier, corrected, day, judged):
    one = sheet_of(entered, settled, earlier, corrected, day, judged)
    found = {code: slowly(code, entered, settled, earlier, corrected, day, judged) for code in CODES}
    for code, value in found.items():
        mark = one.confirmed(code)
        if value is None or isinstance(value, str):
            assert mark == (None if value is None else Mark(MarkState(value)))
        else:
            assert mark.state is MarkState.PRESENT
            assert Fraction(mark.value) == Fraction(value)
    assert one.outcome() == outcome_slowly(found)
