"""Runs and layers against the plainest model: one state a number."""

import itertools

from hypothesis import given
from hypothesis import strategies as st

from appraisal.exchange.spans import gaps, grouped, laid_over, runs

numbers = st.sets(st.integers(1, 60)).map(sorted)
layers = st.lists(st.tuples(st.integers(1, 40), st.integers(0, 9), st.booleans()).map(
    lambda t: (t[0], t[0] + t[1], t[2])), max_size=12)


@given(numbers)
def test_runs_cover_just_the_numbers(some):
    found = list(runs(some))
    assert [n for run in found for n in range(run.first, run.last + 1)] == some
    assert all(later.first > run.last + 1 for run, later in itertools.pairwise(found))


@given(st.dictionaries(st.integers(1, 40), st.sampled_from("ab")))
def test_groups_hold_one_state_and_are_as_long_as_can_be(states):
    found = list(grouped(sorted(states.items())))
    assert {n: state for run, state in found for n in range(run.first, run.last + 1)} == states
    assert all(later.first > run.last + 1 or state != other
               for (run, state), (later, other) in itertools.pairwise(found))


@given(layers)
def test_a_later_span_lies_over_an_earlier_one(spans):
    model = {n: value for first, last, value in spans for n in range(first, last + 1)}
    found = laid_over(spans)
    assert {n: value for first, last, value in found for n in range(first, last + 1)} == model
    assert all(a[1] < b[0] for a, b in itertools.pairwise(found))


@given(numbers, st.integers(1, 30), st.integers(0, 40))
def test_gaps_are_what_is_not_covered(some, first, length):
    covered = [(run.first, run.last) for run in runs(some)]
    found = [n for run in gaps(covered, first, first + length) for n in range(run.first, run.last + 1)]
    assert found == [n for n in range(first, first + length + 1) if n not in some]
