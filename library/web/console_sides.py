"""Sides of a question as the console lays them out: which fields differ, and where in the values."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from difflib import SequenceMatcher

from library.sides import Side

LONGEST_COMPARED = 500
"""Characters: comparing takes the square of them."""
Piece = tuple[str, bool]
"""Text, and whether the other side lacks it."""


@dataclass(frozen=True, slots=True)
class Shown:
    number: int
    side: Side
    when: str
    pieces: tuple[Piece, ...]
    """Of the value."""


def lay_out(sides: Sequence[Side]) -> tuple[Shown, ...]:
    return tuple(Shown(number, side, _moment(side.at), _pieces(side, sides)) for number, side in enumerate(sides, 1))


def differing(sides: Sequence[Side]) -> frozenset[str]:
    """Names of the fields in which the sides are not all the same."""
    return frozenset(name for name in ("value", "centre", "desk", "at", "operator", "why")
                     if len({getattr(side, name) for side in sides}) > 1)


def day(at: int | None) -> str:
    """`at`: milliseconds since 1970, UTC. Empty where none is known."""
    try:
        return "" if at is None else datetime.fromtimestamp(at / 1000, UTC).strftime("%Y-%m-%d %H:%M UTC")
    except (OverflowError, ValueError, OSError):  # a desk's clock may say anything
        return str(at)


def _moment(at: int | None) -> str:
    """To the millisecond: two sides may be that near."""
    plain = day(at)
    return plain.replace(" UTC", f":{at // 1000 % 60:02d}.{at % 1000:03d} UTC") if at is not None else plain


def _pieces(side: Side, sides: Sequence[Side]) -> tuple[Piece, ...]:
    if len(sides) != 2 or max(len(one.value) for one in sides) > LONGEST_COMPARED:
        return ((side.value, False),)
    other = sides[1] if side is sides[0] else sides[0]
    matcher = SequenceMatcher(None, other.value, side.value, autojunk=False)
    return tuple((side.value[start:end], tag != "equal") for tag, _, _, start, end in matcher.get_opcodes()
                 if start < end)
