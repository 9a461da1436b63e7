"""Rare characters 生僻字: found by what somebody knows of one: its sound, its strokes, its parts or its code point.

The table is resources/tables/han.txt: 97,000 characters of Unicode, those of 通用规范汉字表 first.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files
from itertools import islice
from typing import NamedTuple

MOST = 240
"""Characters shown: who finds more has said too little."""
_CODE = re.compile(r"(?:u\+|0x)([0-9a-f]{4,6})|(?=.*\d)([0-9a-f]{4,6})")
_STROKES = re.compile(r"(\d{1,2})(?:-(\d{1,2}))?")
_SOUND = re.compile(r"([a-zv]+)[0-5]?")
_TONES = str.maketrans("āáǎàēéěèīíǐìōóǒòūúǔùüǖǘǚǜ", "aaaaeeeeiiiioooouuuuvvvvv")
_SHAPES = {chr(code) for code in range(0x2FF0, 0x3000)}
"""Ideographic description characters: how parts lie together, which the table does not say."""


class Han(NamedTuple):
    character: str
    strokes: int
    readings: tuple[str, ...]
    """Without tones, ü as v."""
    parts: str
    """The parts that it is put together from, one character each."""


@dataclass(frozen=True, slots=True)
class Sought:
    """What was typed; all of it has to hold."""

    sounds: frozenset[str] = frozenset()
    strokes: tuple[range, ...] = ()
    parts: frozenset[str] = frozenset()
    codes: frozenset[str] = frozenset()
    """The characters of the code points."""
    unread: tuple[str, ...] = ()
    """Words that say nothing of a character."""


def sought(typed: str) -> Sought:
    """Words apart by spaces: `di` a sound (with or without its tone, v or ü), `11` or `11-13` strokes, `由页` parts,
    `U+2CC56` or `2cc56` a code point."""
    sounds, strokes, parts, codes, unread = set[str](), list[range](), set[str](), set[str](), list[str]()
    for word in typed.casefold().split():
        if found := _CODE.fullmatch(word):
            code = int(found[1] or found[2], base=16)
            codes.add(chr(code) if code <= 0x10FFFF else "")
        elif found := _STROKES.fullmatch(word):
            strokes.append(range(int(found[1]), int(found[2] or found[1]) + 1))
        elif found := _SOUND.fullmatch(word.translate(_TONES)):
            sounds.add(found[1])
        elif not word.isascii() and (inside := set(word) - _SHAPES):
            parts |= inside
        else:
            unread.append(word)
    return Sought(frozenset(sounds), tuple(strokes), frozenset(parts), frozenset(codes), tuple(unread))


class HanTable:
    def __init__(self, lines: Iterable[str]) -> None:
        """`lines`: character, strokes, readings and parts, a tab between; `#` begins a comment."""
        rows = (line.rstrip("\n").split("\t") for line in lines if not line.startswith("#"))
        self.rows: Sequence[Han] = [
            Han(one, int(strokes), () if said == "-" else tuple(said.split(",")), parts.replace("-", ""))
            for one, strokes, said, parts in rows]

    def find(self, typed: str, most: int = MOST) -> Sequence[Han]:
        """Those of which all holds, in the table's order; a part counts however deep it lies, and a character that is
        typed by itself is found too. Nothing for words that say nothing."""
        wanted = sought(typed)
        if wanted.unread or wanted == Sought():
            return ()
        those = set(wanted.codes) if wanted.codes else None
        for one in wanted.parts:
            within = self._within(one)
            those = within if those is None else those & within
        rows = self.rows if those is None else [self.rows[at] for at in sorted(
            self._at[one] for one in those if one in self._at)]
        return list(islice((one for one in rows if wanted.sounds.issubset(one.readings)
                            and all(one.strokes in some for some in wanted.strokes)), most))

    def of(self, character: str) -> Han | None:
        place = self._at.get(character)
        return None if place is None else self.rows[place]

    @cached_property
    def _at(self) -> dict[str, int]:
        return {one.character: at for at, one in enumerate(self.rows)}

    @cached_property
    def _holders(self) -> dict[str, list[str]]:
        """Part -> the characters straight above it."""
        made: dict[str, list[str]] = {}
        for one in self.rows:
            for part in one.parts:
                made.setdefault(part, []).append(one.character)
        return made

    def _within(self, part: str) -> set[str]:
        """The part itself, and every character that it lies in."""
        found, next_ones = {part}, [part]
        while next_ones:
            for holder in self._holders.get(next_ones.pop(), ()):
                if holder not in found:
                    found.add(holder)
                    next_ones.append(holder)
        return found


@cache
def han_table() -> HanTable:
    """A third of a second to read: not on the thread of a window."""
    return HanTable((files("resources") / "tables" / "han.txt").read_text("utf-8").splitlines())


def code_point(character: str) -> str:
    """`U+2CC56`."""
    return f"U+{ord(character):04X}"
