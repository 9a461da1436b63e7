"""What is typed is what was written, or the group with the mistake is named."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from appraisal.canonical import Malformed
from appraisal.exchange.typed import ALPHABET, Mistyped, from_typed, to_typed

letters_ = st.binary(min_size=1, max_size=140)


@given(letters_)
def test_what_is_typed_reads_back(data):
    text = to_typed(data)
    assert from_typed(text) == data
    assert from_typed(text.lower().replace("0", "o").replace("1", "l").replace("-", " \n")) == data
    assert from_typed(text.replace("-", "")) == data
    assert from_typed(" ".join(text.replace("-", "")[at:at + 3] for at in range(0, len(text), 3))) == data


@settings(max_examples=25)
@given(st.binary(min_size=1, max_size=120), st.data())
def test_every_single_wrong_character_is_found_in_its_group(data, chance):
    text = to_typed(data)
    for place, right in enumerate(text):
        if right == "-":
            continue
        wrong = chance.draw(st.sampled_from([one for one in ALPHABET if one != right]))
        with pytest.raises(Mistyped) as found:
            from_typed(text[:place] + wrong + text[place + 1:])
        assert found.value.group == text[:place].count("-") + 1


def test_every_wrong_character_at_every_place_of_one_letter():
    text = to_typed(bytes(range(100, 140)))
    for place, right in enumerate(text):
        for wrong in (set(ALPHABET) | set("U*!ÄＡ")) - {right, "-"}:
            if right == "-":
                continue
            with pytest.raises(Mistyped):
                from_typed(text[:place] + wrong + text[place + 1:])


@given(letters_, st.data())
def test_two_characters_or_groups_that_changed_places_are_found(data, chance):
    text = to_typed(data)
    group = chance.draw(st.integers(0, text.count("-")))
    one = text.split("-")[group]
    here, there = (chance.draw(st.integers(0, len(one) - 1)) for _ in range(2))
    if one[here] != one[there]:
        changed = list(one)
        changed[here], changed[there] = changed[there], changed[here]
        with pytest.raises(Mistyped) as found:
            from_typed("-".join((*text.split("-")[:group], "".join(changed), *text.split("-")[group + 1:])))
        assert found.value.group == group + 1
    groups = text.split("-")
    if len(groups) > 2 and groups[0] != groups[1]:
        with pytest.raises(Mistyped):
            from_typed("-".join((groups[1], groups[0], *groups[2:])))


@given(st.binary(min_size=30, max_size=120), st.data())
def test_a_character_too_few_or_too_many_is_found(data, chance):
    text = to_typed(data)
    place = chance.draw(st.integers(0, text.rindex("-") - 1).filter(lambda n: text[n] != "-"))
    for changed in (text[:place] + text[place + 1:], text[:place] + text[place] + text[place:]):
        with pytest.raises(Mistyped) as found:
            from_typed(changed)
        assert found.value.group == text[:place].count("-") + 1


@given(letters_)
@example(b"\0\0\0\0\x13[")
def test_there_is_one_spelling(data):
    """A letter whose last bits are not zero is none; one that has more behind it is another's, or none."""
    for text in ("", "-", "0", to_typed(data) + "-", to_typed(data) + "-00"):
        try:
            read = from_typed(text)
        except Malformed:
            continue
        assert to_typed(read).replace("-", "") == text.replace("-", "")


@given(st.text(max_size=60))
def test_any_text_is_refused_by_name(text):
    try:
        data = from_typed(text)
    except Malformed:
        return
    assert from_typed(to_typed(data)) == data
