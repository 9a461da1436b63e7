"""The rules by themselves: what stands, what is in doubt, whatever the order in which it was heard."""

from dataclasses import dataclass
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as some

from appraisal.domain.marks import MarkEntered, MarkState
from appraisal.domain.question import BEFORE
from library.merging import Edit, Known, Ruling, last_writer, lawful_mark, three_way


@dataclass(frozen=True)
class Nothing:
    pass


def edit(chain: str, seq: int, at: int, before: str, after: str) -> Edit:
    return Edit(Known("d" * 32, chain, seq, (at, 0), "", None, Nothing()), before, after)


def ref(chain: str, seq: int) -> str:
    return f"{'d' * 32}/{chain}/{seq}"


def merged(*edits: Edit, rulings=(), start: str = "a"):
    """In every order; the answer must be one."""
    answers = {repr(three_way(start, list(order), rulings)) for order in permutations(edits)}
    assert len(answers) == 1
    return three_way(start, list(edits), rulings)


def test_one_chain_is_in_no_doubt():
    found = merged(edit("1", 1, 1, "a", "b"), edit("1", 2, 2, "b", "a"), edit("1", 3, 3, "a", "c"))
    assert (found.value, found.sides) == ("c", ())


def test_one_desk_after_the_other_is_in_no_doubt_even_with_clocks_that_differ():
    found = merged(edit("1", 1, 10, "a", "b"), edit("2", 1, 5, "b", "c"))
    assert (found.value, found.sides) == ("c", ())


def test_two_that_say_the_same_agree():
    assert merged(edit("1", 1, 1, "a", "b"), edit("2", 1, 2, "a", "b")).value == "b"
    assert merged(edit("1", 1, 1, "a", "b"), edit("2", 1, 2, "a", "b")).sides == ()


def test_two_that_differ_leave_what_stood_before_and_are_both_in_doubt():
    found = merged(edit("1", 1, 1, "a", "b"), edit("2", 1, 2, "a", "c"))
    assert (found.value, found.sides) == ("a", (ref("1", 1), ref("2", 1)))
    assert found.contested == {ref("1", 1), ref("2", 1)}


def test_what_was_common_before_they_parted_is_in_no_doubt():
    found = merged(edit("1", 1, 1, "x", "a"), edit("1", 2, 2, "a", "b"), edit("1", 3, 3, "b", "d"),
                   edit("2", 1, 4, "a", "c"), start="x")
    assert found.value == "a"
    assert found.sides == (ref("1", 3), ref("2", 1))
    assert found.contested == {ref("1", 2), ref("1", 3), ref("2", 1)}


def test_a_correction_taken_back_leaves_the_other():
    assert merged(edit("1", 1, 1, "a", "b"), edit("1", 2, 3, "b", "a"), edit("2", 1, 2, "a", "c")).value == "c"


def test_a_side_that_comes_round_ends_the_doubt():
    found = merged(edit("1", 1, 1, "a", "b"), edit("2", 1, 2, "a", "c"), edit("2", 2, 3, "c", "b"))
    assert (found.value, found.sides, found.contested) == ("b", (), frozenset())


def test_a_decision_ends_the_doubt_and_the_other_side_is_overruled():
    both = (edit("1", 1, 1, "a", "b"), edit("2", 1, 2, "a", "c"))
    over = frozenset({ref("1", 1), ref("2", 1)})
    found = merged(*both, rulings=[Ruling(over, ref("2", 1))])
    assert (found.value, found.sides, found.overruled) == ("c", (), {ref("1", 1)})
    found = merged(*both, rulings=[Ruling(over, BEFORE)])
    assert (found.value, found.sides, found.overruled) == ("a", (), over)
    # the desk that lost comes round
    found = merged(*both, edit("1", 2, 9, "b", "c"), rulings=[Ruling(over, ref("2", 1))])
    assert (found.value, found.sides, found.overruled) == ("c", (), frozenset())
    # the desk that lost says something new: a question again, and the decision stands meanwhile
    found = merged(*both, edit("1", 2, 9, "b", "e"), rulings=[Ruling(over, ref("2", 1))])
    assert (found.value, found.sides) == ("c", (ref("1", 2),))
    second = Ruling(frozenset({ref("1", 2)}), ref("1", 2))
    found = merged(*both, edit("1", 2, 9, "b", "e"), rulings=[Ruling(over, ref("2", 1)), second])
    assert (found.value, found.sides) == ("e", ())
    # a third copy is heard of later
    found = merged(*both, edit("3", 1, 3, "a", "f"), rulings=[Ruling(over, ref("2", 1))])
    assert found.sides == (ref("2", 1), ref("3", 1))


def test_a_value_that_nobody_knows_follows_its_own_chain():
    assert merged(edit("1", 2, 1, "unknown", "c")).value == "c"
    assert merged(edit("1", 1, 1, "a", "b"), edit("1", 3, 2, "unknown", "c")).value == "c"


@given(some.data())
def test_every_order_gives_one_answer(data):
    values = some.sampled_from("abc")
    edits = []
    for chain in "123":
        for seq in range(1, data.draw(some.integers(0, 3)) + 1):
            before, after = data.draw(some.lists(values, min_size=2, max_size=2, unique=True))
            edits.append(edit(chain, seq, data.draw(some.integers(1, 9)) + 10 * seq, before, after))
    refs = [one.known.ref for one in edits]
    rulings = [Ruling(frozenset(refs[:2]), data.draw(some.sampled_from([*refs[:2], BEFORE])))] if refs else []
    shuffled = data.draw(some.permutations(edits))
    first, second = three_way("a", edits, rulings), three_way("a", shuffled, rulings)
    assert first == second
    assert first.contested.isdisjoint(first.overruled)
    assert len(first.sides) != 0 or first.contested == frozenset()
    assert last_writer("a", edits) == last_writer("a", shuffled)


def mark(chain: str, seq: int, at: int, value: int, by: str, why: str | None = None) -> Known:
    event = MarkEntered("e", "p", "theory", 1, MarkState.PRESENT, value, by)  # type: ignore[arg-type]
    return Known("d" * 32, chain, seq, (at, 0), by, why, event)


OTHER = mark("1", 5, 50, 70, "second")


@pytest.mark.parametrize(("later", "stands", "refused", "in_doubt"), [
    (mark("1", 2, 2, 80, "maker"), 80, 0, False),                 # mends it before the other entry is there
    (mark("1", 9, 90, 80, "maker"), 70, 1, False),                # too late
    (mark("1", 9, 90, 80, "other"), 70, 1, False),                # no reason
    (mark("1", 9, 90, 80, "maker", "slip"), 70, 1, False),        # a reason, but the same person
    (mark("1", 9, 90, 80, "other", "slip"), 80, 0, False),        # a lawful correction
    (mark("2", 9, 90, 80, "other"), 70, 0, True),                 # another chain: both may be right
    (mark("2", 9, 90, 70, "other"), 70, 0, False)])               # and says the same
def test_a_mark_that_is_there_changes_only_lawfully(later, stands, refused, in_doubt):
    for order in permutations([mark("1", 1, 1, 70, "maker"), later]):
        found = lawful_mark(order, [OTHER], [])
        assert found.standing.event.value == stands
        assert (len(found.refused), bool(found.sides)) == (refused, in_doubt)


def test_a_decision_between_two_marks():
    both = [mark("1", 1, 1, 70, "maker"), mark("2", 1, 90, 80, "other")]
    over = frozenset(one.ref for one in both)
    for choice, value in ((both[0].ref, 70), (both[1].ref, 80)):
        found = lawful_mark(both, [OTHER], [Ruling(over, choice)])
        assert (found.standing.event.value, found.sides) == (value, ())
        assert found.overruled == over - {choice}
