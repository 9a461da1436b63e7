"""Admission numbers 准考证号 by a pattern. A number is somebody's for ever: it is never given to anybody else, and kept
when its holder moves to another seat, unless the pattern says that it follows the seat."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from appraisal.domain.errors import RuleViolation
from appraisal.domain.events import Id
from appraisal.domain.seating import Place

PROVINCIAL = "{year:2}{city:2}{body:3}{batch:3}{subject:3}{room:3}{seat:3}"
"""年2 地市2 机构3 批次3 科目3 考场3 座位3, 19 digits: a provincial platform's."""
FOLLOWS = "!"
OF_PLACE = frozenset({"room", "seat"})
_FIELD = re.compile(r"\{(\w+):(\d)\}")


@dataclass(frozen=True, slots=True)
class Pattern:
    """Digits as they stand, and fields in braces with their width: those of the place, and those that are the same for
    the whole batch. One of them is `seat`. With `!` at its end, whoever is seated elsewhere gets a new number."""

    text: str = PROVINCIAL

    def __post_init__(self) -> None:
        rest = _FIELD.sub("", self._digits)
        fields = [found[1] for found in _FIELD.finditer(self.text)]
        if (rest and not rest.isdecimal()) or "seat" not in fields or len(set(fields)) != len(fields):
            raise RuleViolation("number_pattern", "pattern", pattern=self.text)

    @property
    def follows_the_seat(self) -> bool:
        return self.text.endswith(FOLLOWS)

    @property
    def _digits(self) -> str:
        return self.text.removesuffix(FOLLOWS)

    @property
    def asks(self) -> Sequence[str]:
        """The fields that the batch gives."""
        return [found[1] for found in _FIELD.finditer(self.text) if found[1] not in OF_PLACE]

    def number(self, values: Mapping[str, int]) -> str:
        """Raises RuleViolation number_field_missing, number_field_too_long."""
        def part(found: re.Match[str]) -> str:
            name, width = found[1], int(found[2])
            if name not in values:
                raise RuleViolation("number_field_missing", "pattern", name=name)
            said = str(values[name])
            if len(said) > width:
                raise RuleViolation("number_field_too_long", "pattern", name=name, value=said, width=width)
            return said.zfill(width)

        return _FIELD.sub(part, self._digits)


def numbered(places: Mapping[Id, Place], kept: Mapping[Id, str], used: Collection[str], pattern: Pattern,
             batch: Mapping[str, int]) -> Mapping[Id, str]:
    """A number for everybody: `kept` by those who have one. `used`: every number that was ever given. Where that of a
    seat was given to somebody who has moved on, the number of the next free one of its room, and no number says another
    seat than that of its first day. Rooms have numbers for codes. Raises RuleViolation room_not_a_number and those of
    Pattern.number; number_field_too_long where a room has none left."""
    given = set(used) | set(kept.values())
    found = dict(kept)
    for who, one in sorted(places.items(), key=lambda pair: (pair[1].room, pair[1].seat)):
        if who in found:
            continue
        if not one.room.isdecimal():
            raise RuleViolation("room_not_a_number", "room", room=one.room)
        seat = one.seat
        while (number := pattern.number({**batch, "room": int(one.room), "seat": seat})) in given:
            seat += 1
        given.add(number)
        found[who] = number
    return found
