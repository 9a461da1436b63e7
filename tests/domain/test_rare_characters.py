"""A character is found by its sound, strokes, parts or code point: against a slow reading of the table."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appraisal.domain.rare_characters import MOST, Sought, code_point, han_table, sought

TABLE = han_table()


def deep(character, seen=()):
    """The parts of a character and theirs."""
    one = TABLE.of(character)
    found = set()
    for part in one.parts if one else ():
        if part not in seen:
            found |= {part} | deep(part, (*seen, part))
    return found


@pytest.mark.parametrize(("typed", "character"), [
    ("di 11 页", "𬱖"), ("由页", "𬱖"), ("U+2CC56", "𬱖"), ("2cc56", "𬱖"), ("0x2CC56", "𬱖"), ("zhe 12", "喆"),
    ("吉吉", "喆"), ("龙天", "䶮"), ("yan 9 龙", "䶮"), ("土口 6", "𠮷"), ("da 48", "龘"), ("女 jie", "㛃"),
    ("⿰由页", "𬱖"), ("lǚ 方", "旅"), ("lv 方 10-12", "旅"), ("lü3 方", "旅"), ("陈", "陈")])
def test_what_somebody_knows_finds_it(typed, character):
    assert character in [one.character for one in TABLE.find(typed)]


@pytest.mark.parametrize("typed", ["", "  ", "?", "di ?", "U+110000", "99", "zzz", "5ffff"])
def test_nothing_is_found_for_what_says_nothing(typed):
    assert not TABLE.find(typed)


@given(st.sampled_from(TABLE.rows), st.data())
def test_every_character_is_found_by_all_that_is_known_of_it(one, data):
    known = [str(one.strokes), *one.readings, code_point(one.character), *one.parts]
    typed = data.draw(st.lists(st.sampled_from(known), min_size=1, max_size=4))
    found = TABLE.find(" ".join([*typed, code_point(one.character)]))
    assert [row.character for row in found] == [one.character]


@given(st.sampled_from("龙页马鱼鸟金石玉女"), st.integers(5, 20))
def test_parts_and_strokes_against_a_slow_reading(part, strokes):
    found = TABLE.find(f"{part} {strokes}", most=len(TABLE.rows))
    slow = [one for one in TABLE.rows
            if one.strokes == strokes and (part == one.character or part in deep(one.character))]
    assert list(found) == slow


def test_no_more_are_found_than_can_be_looked_at():
    assert len(TABLE.find("口")) == MOST


def test_common_characters_come_first():
    assert TABLE.find("zhe 12")[0].character == "喆"


@given(st.text())
def test_whatever_is_typed_is_read(typed):
    said = sought(typed)
    assert isinstance(said, Sought)
    TABLE.find(typed[:20])


def test_every_character_of_the_table_may_stand_in_a_name():
    """Compatibility ideographs are another character after NFC: none is offered."""
    from unicodedata import normalize  # noqa: PLC0415

    assert all(normalize("NFC", one.character) == one.character for one in TABLE.rows)
