"""Bytes as characters to type: Crockford's base 32 in groups of eight, the eighth a check (docs/formats/bundle.md).

The check is a sum over GF(2^5) with a different weight for each place: one wrong character, and two that have changed
places, are always found. The group's number is in it, so groups cannot change places either.
"""

import re
from collections.abc import Sequence

from appraisal.canonical import Malformed

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
GROUP = 7
"""Characters of a group, its check not counted."""
MOST_CHARACTERS = 1024
_VALUES = {character: value for value, character in enumerate(ALPHABET)} | {"O": 0, "I": 1, "L": 1}
_APART = re.compile(r"[\s\-]+")
_REDUCING = 0b100101


class Mistyped(Malformed):
    """`group`, counted from 1, was not typed as it is written."""

    def __init__(self, group: int) -> None:
        super().__init__("mistyped")
        self.group = group


def to_typed(data: bytes) -> str:
    bits = len(data) * 8
    count = -(-bits // 5)
    number = int.from_bytes(data, "big") << count * 5 - bits
    values = [number >> 5 * (count - 1 - place) & 31 for place in range(count)]
    groups = [values[at:at + GROUP] for at in range(0, count, GROUP)]
    checked = ((*one, _check(one, place)) for place, one in enumerate(groups))
    return "-".join("".join(ALPHABET[value] for value in one) for one in checked)


def from_typed(text: str) -> bytes:
    """Small letters, O for 0, I and L for 1 are taken; spaces and hyphens stand where they like. Raises Mistyped, or
    Malformed for what no `to_typed` writes."""
    groups = _groups(text)
    values: list[int] = []
    for place, group in enumerate(groups):
        found = [_value(character, place) for character in group]
        if len(found) < 2 or found.pop() != _check(found, place):
            raise Mistyped(place + 1)
        values += found
    spare = len(values) * 5 % 8
    number = 0
    for value in values:
        number = number << 5 | value
    if not values or spare > 4 or number & (1 << spare) - 1:
        raise Malformed("typed_length")
    return (number >> spare).to_bytes(len(values) * 5 // 8, "big")


def _groups(text: str) -> Sequence[str]:
    """Most of them apart as written: then a character too few or too many is found in its own group. Else by eights."""
    if len(text) > MOST_CHARACTERS:
        raise Malformed("too_large")
    apart = [one for one in _APART.split(text.upper()) if one]
    if 2 * sum(len(one) == GROUP + 1 for one in apart) >= len(apart) > 1:
        for place, one in enumerate(apart[:-1]):
            if len(one) != GROUP + 1:
                raise Mistyped(place + 1)
        if len(apart[-1]) > GROUP + 1:
            raise Mistyped(len(apart))
        return apart
    run = "".join(apart)
    return [run[at:at + GROUP + 1] for at in range(0, len(run), GROUP + 1)]


def _value(character: str, place: int) -> int:
    try:
        return _VALUES[character]
    except KeyError:
        raise Mistyped(place + 1) from None


def _check(values: Sequence[int], place: int) -> int:
    """Of group `place`, from 0. Its length counts too: a last group may be short."""
    return _sum((*values, *(0,) * (GROUP - len(values)), place % 32, len(values)))


def _sum(values: Sequence[int]) -> int:
    """a v1 + a^2 v2 + ... in GF(2^5), a = 2: each place has a weight of its own."""
    total, weight = 0, 1
    for value in values:
        weight = _times(weight, 2)
        total ^= _times(weight, value)
    return total


def _times(one: int, other: int) -> int:
    """In GF(2^5), reduced by x^5 + x^2 + 1."""
    product = 0
    while other:
        if other & 1:
            product ^= one
        one <<= 1
        if one & 32:
            one ^= _REDUCING
        other >>= 1
    return product
