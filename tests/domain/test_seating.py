"""Seating and admission numbers: nobody twice, no seat twice, and the rules that were asked for."""

from collections import Counter, defaultdict
from contextlib import suppress
from itertools import product

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from appraisal.domain.admission_numbers import PROVINCIAL, Pattern, numbered
from appraisal.domain.errors import RuleViolation
from appraisal.domain.seating import Place, Room, SeatingRules, Sitter, divided, neighbours, place, released

SEED = b"a seed of the day"
BATCH = {"year": 26, "city": 1, "body": 12, "batch": 4, "subject": 1}


@st.composite
def exams(draw):
    """Rooms, sitters who fit into them, rules and a seed; some are pinned."""
    rooms = [Room(str(at + 1), seats, draw(st.integers(0, min(seats, 2))))
             for at, seats in enumerate(draw(st.lists(st.integers(1, 12), min_size=1, max_size=6)))]
    every = [Place(room.code, number) for room in rooms for number in range(1, room.seats + 1)]
    count = draw(st.integers(0, len(every)))
    pins = draw(st.lists(st.sampled_from(every), unique=True, max_size=min(count, 4)))
    sitters = [Sitter(f"e{at}", draw(st.sampled_from("345")), draw(st.sampled_from(["甲", "乙", "丙", ""])),
                      draw(st.booleans()), pins[at] if at < len(pins) else None) for at in range(count)]
    return rooms, sitters, SeatingRules(draw(st.booleans()), draw(st.booleans())), draw(st.binary(max_size=8))


@given(exams())
def test_everybody_has_one_seat_that_there_is_and_the_rules_hold(exam):
    with suppress(RuleViolation):  # which are refused, the tests below say
        assert_seated(place(exam[1], exam[0], exam[2], exam[3]), exam)


def assert_seated(found, exam):
    rooms, sitters, rules, seed = exam
    assert found.keys() == {one.enrolment for one in sitters}
    assert len(set(found.values())) == len(found)
    sizes = {room.code: room for room in rooms}
    assert all(1 <= one.seat <= sizes[one.room].seats for one in found.values())
    for one in sitters:
        at = found[one.enrolment]
        assert one.pinned is None or at == one.pinned
        assert not one.accessible or one.pinned or at.seat <= sizes[at.room].accessible
    if not rules.mixed:
        groups = defaultdict(set)
        for one in sitters:
            groups[found[one.enrolment].room].add(one.group)
        assert all(len(those) == 1 for those in groups.values())
    assert place(list(reversed(sitters)), rooms, rules, seed) == found


def partitioned(needs, sizes):
    """Whether rooms can be shared out among groups at all; every way is tried."""
    return any(all(sum(size for size, owner in zip(sizes, owners, strict=True) if owner == at) >= need
                   for at, need in enumerate(needs)) for owners in product(range(len(needs)), repeat=len(sizes)))


@given(st.lists(st.integers(1, 9), min_size=2, max_size=3), st.lists(st.integers(1, 9), min_size=2, max_size=5))
def test_levels_that_do_not_mix_are_refused_where_rooms_cannot_be_shared_out(needs, sizes):
    assume(sum(needs) <= sum(sizes))
    sitters = [Sitter(f"{at}-{n}", str(at)) for at, need in enumerate(needs) for n in range(need)]
    rooms = [Room(str(at), size) for at, size in enumerate(sizes)]
    if partitioned(needs, sizes):
        assert len(place(sitters, rooms, SeatingRules(mixed=False), SEED)) == sum(needs)
    else:
        with pytest.raises(RuleViolation, match="seats_short_unmixed"):
            place(sitters, rooms, SeatingRules(mixed=False), SEED)


def test_the_rooms_with_the_fewest_empty_seats_are_taken():
    sitters = [Sitter(f"a{n}", "3") for n in range(7)] + [Sitter(f"b{n}", "4") for n in range(6)]
    found = place(sitters, [Room("1", 6), Room("2", 5), Room("3", 3)], SeatingRules(mixed=False), SEED)
    assert {found[f"b{n}"].room for n in range(6)} == {"1"}


@pytest.mark.parametrize("largest", [20, 30, 50])
def test_an_organisation_of_up_to_half_never_sits_side_by_side(largest):
    sitters = [Sitter(f"x{n}", "3", "大公司") for n in range(largest)]
    sitters += [Sitter(f"y{n}", "3", f"公司{n % 10}") for n in range(100 - largest)]
    rooms = [Room(str(at), 25) for at in range(1, 5)]
    found = place(sitters, rooms, SeatingRules(), SEED)
    organisations = {one.enrolment: one.organisation for one in sitters}
    assert neighbours(found, organisations) == 0
    in_rooms = Counter(found[f"x{n}"].room for n in range(largest))
    assert max(in_rooms.values()) - min(in_rooms.values()) <= 2
    assert neighbours(place(sitters, rooms, SeatingRules(spread=False), SEED), organisations) > 0


def test_another_seed_is_another_lot():
    sitters = [Sitter(f"e{n}", "3") for n in range(40)]
    lots = [place(sitters, [Room("1", 40)], SeatingRules(), seed) for seed in (b"a", b"b")]
    assert lots[0] != lots[1]


@pytest.mark.parametrize(("sitters", "rooms", "code"), [
    ([Sitter("a", "3"), Sitter("b", "3")], [Room("1", 1)], "seats_short"),
    ([Sitter("a", "3"), Sitter("a", "3")], [Room("1", 5)], "sitter_repeated"),
    ([Sitter("a", "3")], [Room("1", 5), Room("1", 2)], "room_repeated"),
    ([Sitter("a", "3", pinned=Place("2", 1))], [Room("1", 5)], "seat_unknown"),
    ([Sitter("a", "3", pinned=Place("1", 6))], [Room("1", 5)], "seat_unknown"),
    ([Sitter("a", "3", pinned=Place("1", 1)), Sitter("b", "3", pinned=Place("1", 1))], [Room("1", 5)],
     "seat_pinned_twice"),
    ([Sitter("a", "3", accessible=True)], [Room("1", 5)], "seats_short_accessible")])
def test_what_cannot_be_is_refused_by_name(sitters, rooms, code):
    with pytest.raises(RuleViolation, match=f"^{code}:"):
        place(sitters, rooms, SeatingRules(), SEED)


# numbers

def test_the_provincial_pattern_has_nineteen_digits():
    found = numbered({"a": Place("7", 30)}, {}, (), Pattern(), BATCH)
    assert found == {"a": "2601012004001007030"}
    assert Pattern(PROVINCIAL).asks == ["year", "city", "body", "batch", "subject"]


@given(exams(), st.sampled_from([PROVINCIAL, "9{batch:2}{room:2}{seat:3}"]))
def test_a_number_is_nobody_elses_ever_and_is_kept(exam, text):
    rooms, sitters, _rules, seed = exam
    free = [Sitter(one.enrolment, one.group) for one in sitters]
    first = numbered(place(free, rooms, SeatingRules(), seed), {}, (), Pattern(text), BATCH)
    assert len(set(first.values())) == len(first)
    half = {who: number for at, (who, number) in enumerate(first.items()) if at % 2}
    anew = place([*(one for one in free if one.enrolment in half)], rooms, SeatingRules(), seed + b"!")
    anew = {**anew, "new": next(Place(room.code, seat) for room in rooms for seat in range(1, room.seats + 2)
                                if Place(room.code, seat) not in anew.values())}
    second = numbered(anew, half, set(first.values()), Pattern(text), BATCH)
    assert {who: second[who] for who in half} == half
    assert second["new"] not in first.values()


@pytest.mark.parametrize("text", ["{year:2}", "{seat:3}{seat:3}", "A{seat:3}", "{seat}", "{seat:3", ""])
def test_a_pattern_that_is_none_is_refused(text):
    with pytest.raises(RuleViolation, match="number_pattern"):
        Pattern(text)


@pytest.mark.parametrize(("batch", "room", "code"), [
    ({}, "1", "number_field_missing"), ({**BATCH, "body": 1234}, "1", "number_field_too_long"),
    (BATCH, "1234", "number_field_too_long"), (BATCH, "A", "room_not_a_number")])
def test_a_number_that_does_not_fit_is_refused_by_name(batch, room, code):
    with pytest.raises(RuleViolation, match=code):
        numbered({"a": Place(room, 1)}, {}, (), Pattern(), batch)


@st.composite
def occupied(draw):
    """Rooms, who sits in them, who needs an accessible seat (sitting or not yet), who stays."""
    rooms, sitters, *_ = draw(exams())
    every = [Place(room.code, number) for room in rooms for number in range(1, room.seats + 1)]
    places = draw(st.permutations(every))
    sitting = {one.enrolment: at for one, at in zip(sitters, places, strict=False) if draw(st.booleans())}
    needing = {one.enrolment for one in sitters if one.accessible}
    return rooms, sitters, sitting, needing, set(draw(st.lists(st.sampled_from(sorted(sitting)))) if sitting else ())


@given(occupied())
def test_who_needs_an_accessible_seat_has_one_afterwards_and_no_more_than_must_move(exam):
    rooms, sitters, sitting, needing, fixed = exam
    going = released(sitting, needing, fixed, rooms)
    assert going <= sitting.keys() - fixed
    easy = {room.code: room.accessible for room in rooms}

    def accessible(at):
        return at.seat <= easy[at.room]

    there = {who for who, at in sitting.items() if accessible(at)}
    assert not going & needing & there  # who has one keeps it
    making_way = (going & there) - needing
    free = sum(easy.values()) - len(there)
    missing = len(needing - there - fixed)
    assert len(making_way) == min(max(missing - free, 0), len(there - needing - fixed))
    if missing <= free + len(making_way):
        found = place([Sitter(one.enrolment, one.group, one.organisation, one.enrolment in needing,
                              None if one.enrolment in going else sitting.get(one.enrolment)) for one in sitters],
                      rooms, SeatingRules(), SEED)
        assert all(accessible(found[who]) for who in needing - fixed)


@given(st.sets(st.integers(1, 40), max_size=30), st.sets(st.integers(1, 40)), st.integers(1, 40))
def test_half_of_a_room_goes_and_nobody_who_stays(seats, staying, free):
    sitting = {str(seat): Place("1", seat) for seat in seats}
    stay = {str(seat) for seat in staying}
    half, able = len(seats) // 2, len(seats - staying)
    if not half or not able or min(half, able) > free:
        with pytest.raises(RuleViolation, match="seats_short" if half and able else "room_not_split"):
            divided(sitting, stay, Room("2", free))
        return
    found = divided(sitting, stay, Room("2", free))
    assert found.keys().isdisjoint(stay)
    assert sorted(found.values(), key=lambda at: at.seat) == [Place("2", at) for at in range(1, min(half, able) + 1)]
    by_old_seat = sorted(found, key=int)
    assert [found[who].seat for who in by_old_seat] == list(range(1, len(found) + 1))
    assert all(int(who) < int(by_old_seat[0]) for who in sitting.keys() - stay - found.keys())
