"""Texts in their room."""

from hypothesis import given
from hypothesis import strategies as st

from appraisal.documents.lettering import SMALLEST, broken, fit
from appraisal.documents.templates import Style

STYLE = Style("serif", 12, "#000000", least=9)


def ems(text: str) -> float:
    return float(sum(1.0 if one >= "\u2e80" else 0.5 for one in text))


def test_a_short_text_keeps_its_size():
    assert fit("欧阳娜娜", STYLE, 100, 2, ems) == (12, ("欧阳娜娜",))


def test_a_longer_one_shrinks_before_it_breaks():
    assert fit("一" * 10, STYLE, 100, 2, ems) == (10, ("一" * 10,))
    size, lines = fit("一" * 16, STYLE, 100, 2, ems)
    assert (size, list(lines)) == (9, ["一" * 8, "一" * 8])


def test_without_a_second_line_it_shrinks_on():
    assert fit("一" * 20, STYLE, 100, 1, ems) == (5, ("一" * 20,))


def test_lines_break_after_dots_and_words_not_inside():
    assert list(broken("买买提·吐尔逊·热合曼", 7, 3, ems)) == ["买买提·", "吐尔逊·热合曼"]
    assert list(broken("买买提吐尔逊热合曼", 5, 2, ems)) == ["买买提吐尔", "逊热合曼"]
    assert list(broken("Artificial Intelligence Trainer", 12, 2, ems)) == ["Artificial", "Intelligence Trainer"]
    sentence = "鉴定中心（北京），评价。" * 3
    assert all(not line.startswith(("，", "。", "）", "·")) for line in broken(sentence, 6, 9, ems))


@given(st.text(alphabet="一二三AB ·，（）", min_size=1, max_size=80).filter(lambda text: text.strip() == text),
       st.integers(1, 4), st.floats(20, 400))
def test_nothing_is_lost_and_nothing_is_wider_than_the_room(text, most, room):
    size, lines = fit(text, STYLE, room, most, ems)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert len(lines) <= most
    assert SMALLEST <= size <= STYLE.size or size * ems(text) > room
    if size > SMALLEST:
        assert all(ems(line) * size <= room * 1.0001 for line in lines)
