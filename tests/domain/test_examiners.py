"""The draw: whoever may serve, nobody twice, nobody whom a room avoids; and it is found whenever there is one."""

from datetime import date
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_exam_day import code_of

from appraisal.domain.examiners import (
    Duty,
    Examiner,
    Needed,
    avoids,
    check_examiner,
    draw,
    sitters,
    times_running,
    unfit,
)

DAY = date(2026, 11, 14)


def somebody(name, duty=Duty.INVIGILATOR, organisation="甲校", relatives=(), expires=None, active=True):
    return Examiner(name, duty, expires, active, name, organisation, "", tuple(relatives))


def allowed(one, duty, room):
    fits = one.duty is duty or (duty is Duty.EXAMINER and one.duty is Duty.SENIOR)
    return fits and not avoids(one, room.sitters)


organisations = st.sampled_from(["甲校", "乙校", "丙校"])
people = st.lists(st.builds(somebody, st.uuids().map(str), st.sampled_from(Duty), organisations), max_size=6)
rooms = st.lists(st.builds(
    Needed, st.uuids().map(str), st.integers(0, 1), st.sampled_from([0, 1]), st.booleans(),
    st.lists(organisations, max_size=2).map(lambda those: sitters(("某", one) for one in those))), max_size=3)


@settings(max_examples=300)
@given(people, rooms, st.binary(min_size=4, max_size=4))
def test_a_draw_holds_and_is_found_whenever_there_is_one(fit, needed, seed):
    places = [(room, duty) for room in needed for duty in
              [Duty.INVIGILATOR] * room.invigilators + [Duty.SENIOR if room.seniors else Duty.EXAMINER] * room.judges]
    possible = any(all(allowed(one, duty, room) for one, (room, duty) in zip(order, places, strict=True))
                   for order in permutations(fit, len(places))) if len(places) <= len(fit) else not places
    if not possible:
        assert code_of(draw, needed, fit, seed) == "examiners_short"
        return
    found = draw(needed, fit, seed)
    assert found == draw(needed, fit[::-1], seed)
    by_id = {one.person: one for one in fit}
    assert len({one.examiner for one in found}) == len(found) == len(places)
    for one, (room, duty) in zip(found, places, strict=True):
        assert (one.room, one.duty) == (room.room, duty)
        assert allowed(by_id[one.examiner], duty, room)


def test_another_seed_draws_others():
    fit, needed = [somebody(f"p{n}") for n in range(40)], [Needed("1", 2)]
    assert len({draw(needed, fit, bytes([n])) for n in range(20)}) > 10


@pytest.mark.parametrize(("one", "running", "code"), [
    (somebody("a", active=False), 0, "examiner_withdrawn"), (somebody("a", expires=date(2026, 11, 13)), 0,
                                                             "examiner_card_expired"),
    (somebody("a", expires=DAY), 3, "examiner_too_often"), (somebody("a", expires=DAY), 2, None)])
def test_who_may_not_serve(one, running, code):
    assert unfit(one, DAY, running) == code


def test_three_times_running_is_broken_by_a_batch_without():
    served = {"b3": {"a"}, "b2": {"a"}, "b1": {"z"}, "b0": {"a"}}
    assert times_running(["b3", "b2", "b1", "b0"], served, "a") == 2
    assert times_running(["b3"], served, "z") == 0


def test_relatives_and_colleagues_are_avoided_however_they_are_written():
    room = sitters([("王 小明", "示范 公司"), ("李四", "")])
    assert avoids(somebody("a", organisation="示范公司"), room)
    assert avoids(somebody("a", relatives=["王小明"]), room)
    assert not avoids(somebody("a", organisation="另一公司", relatives=["王小"]), room)


def test_what_an_examiner_must_have():
    assert code_of(check_examiner, somebody(" ")) == "field_missing"
    assert code_of(check_examiner, somebody("a", Duty.EXAMINER)) == "field_missing"
    card = Examiner("a", Duty.SENIOR, None, True, "a", "甲校", "K-1", ())
    assert code_of(check_examiner, card) == "card_without_expiry"


def test_a_panel_is_odd():
    assert code_of(draw, [Needed("1", 0, 2)], [], b"") == "panel_not_odd"
