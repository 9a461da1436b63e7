"""Seating 考场编排: who sits where in the rooms of one exam, by rules, and the same again from the same seed."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import islice, permutations
from operator import itemgetter

from appraisal.domain.errors import RuleViolation
from appraisal.domain.events import Id, event

ORDERS = 24
"""In so many orders of the levels a share of the rooms is looked for, where levels do not sit together."""


@dataclass(frozen=True, slots=True)
class Room:
    code: str
    seats: int
    """Numbered from 1."""
    accessible: int = 0
    """The first so many are for those who need them 无障碍座位."""


@dataclass(frozen=True, slots=True)
class Place:
    room: str
    seat: int


@dataclass(frozen=True, slots=True)
class Sitter:
    enrolment: Id
    group: str
    """Occupation and level: who may not sit with others where `mixed` is False."""
    organisation: str = ""
    accessible: bool = False
    pinned: Place | None = None
    """A seat that somebody has chosen, or that is kept."""


@dataclass(frozen=True, slots=True)
class SeatingRules:
    mixed: bool = True
    """Groups may share a room."""
    spread: bool = True
    """People of one organisation sit apart, over all rooms and from each other, as far as their number lets them."""


@event("seating.planned", local=True)
@dataclass(frozen=True, slots=True)
class SeatingPlanned:
    """What a batch is seated by: with the seats and wishes before it and the seed in the reason of the seats after it,
    anybody can draw them again. A later one takes its place."""

    batch: Id
    rooms: tuple[Room, ...]
    rules: SeatingRules
    pattern: str
    """Of the admission numbers."""
    fields: Mapping[str, int]
    """What the pattern asks of the batch."""


@event("seat.arranged", sealed=("accessible",), local=True)
@dataclass(frozen=True, slots=True)
class SeatArranged:
    """What one enrolment asks of a lot; said again, all of it, when something changes. A need is health data: it is
    sealed under the candidate's key, and the association is not told."""

    enrolment: Id
    person: Id
    pinned: bool
    """The seat is kept when everybody is drawn anew."""
    accessible: bool
    """Needs an accessible seat 无障碍座位."""


def place(sitters: Sequence[Sitter], rooms: Sequence[Room], rules: SeatingRules, seed: bytes) -> Mapping[Id, Place]:
    """A seat for everybody. Raises RuleViolation room_repeated, sitter_repeated, seats_short, seat_unknown,
    seat_pinned_twice, seat_pinned_mixed, seats_short_accessible, seats_short_unmixed."""
    _require_sound(sitters, rooms)
    found = {one.enrolment: one.pinned for one in sitters if one.pinned is not None}
    taken = set(found.values())
    free = {room.code: [number for number in range(1, room.seats + 1) if Place(room.code, number) not in taken]
            for room in rooms}
    waiting = defaultdict(list)
    for one in sitters:
        if one.pinned is None:
            waiting["" if rules.mixed else one.group].append(one)
    for group, those in _shares(waiting, sitters, rooms, free, rules):
        found |= _filled(waiting[group], those, free, rules, seed)
    return found


def released(sitting: Mapping[Id, Place], needing: Collection[Id], fixed: Collection[Id],
             rooms: Sequence[Room]) -> frozenset[Id]:
    """Of those who sit, who is to be drawn another seat: whoever needs an accessible one and has none, and as many on
    accessible seats without need as must make way. `fixed` stay."""
    easy = {room.code: min(room.accessible, room.seats) for room in rooms}
    there = {who for who, at in sitting.items() if at.seat <= easy.get(at.room, 0)}
    going = {who for who in needing if who not in there | set(fixed)}
    short = len(going) + len(there) - sum(easy.values())
    making_way = sorted(there - set(needing) - set(fixed), key=lambda who: (sitting[who].room, sitting[who].seat))
    return frozenset((going & sitting.keys()) | set(making_way[:max(short, 0)]))


def divided(sitting: Mapping[Id, Place], staying: Collection[Id], into: Room) -> Mapping[Id, Place]:
    """A room is split 拆分: of those who sit in it the half on the last seats go to `into`, in their order; `staying`
    do not. Raises RuleViolation room_not_split where nobody can go, seats_short."""
    free = sorted(sitting.keys() - set(staying), key=lambda who: sitting[who].seat)
    going = free[max(len(free) - len(sitting) // 2, 0):]
    if not going or len(sitting) < 2:
        raise RuleViolation("room_not_split", "room")
    if len(going) > into.seats:
        raise RuleViolation("seats_short", "seats", people=len(going), seats=into.seats)
    return {who: Place(into.code, seat) for seat, who in enumerate(going, 1)}


def neighbours(places: Mapping[Id, Place], organisations: Mapping[Id, str]) -> int:
    """Pairs on seats that follow each other in one room who are of one organisation."""
    at = {(one.room, one.seat): organisations.get(who, "") for who, one in places.items()}
    return sum(bool(name) and at.get((room, seat + 1)) == name for (room, seat), name in at.items())


def _require_sound(sitters: Sequence[Sitter], rooms: Sequence[Room]) -> None:
    seats = {room.code: room.seats for room in rooms}
    if len(seats) != len(rooms):
        raise RuleViolation("room_repeated", "rooms")
    if len({one.enrolment for one in sitters}) != len(sitters):
        raise RuleViolation("sitter_repeated", "sitters")
    if len(sitters) > sum(seats.values()):
        raise RuleViolation("seats_short", "rooms", people=len(sitters), seats=sum(seats.values()))
    pinned = [one.pinned for one in sitters if one.pinned is not None]
    for one in pinned:
        if not 1 <= one.seat <= seats.get(one.room, 0):
            raise RuleViolation("seat_unknown", "seat", room=one.room, seat=one.seat)
    if len(set(pinned)) != len(pinned):
        twice = next(one for one in pinned if pinned.count(one) > 1)
        raise RuleViolation("seat_pinned_twice", "seat", room=twice.room, seat=twice.seat)


# which rooms are whose

Shares = Iterable[tuple[str, Sequence[Room]]]


def _shares(waiting: Mapping[str, Sequence[Sitter]], sitters: Sequence[Sitter], rooms: Sequence[Room],
            free: Mapping[str, Sequence[int]], rules: SeatingRules) -> Shares:
    if rules.mixed:
        return [("", rooms)] if waiting else []
    begun = _begun(sitters)
    for order in islice(permutations(sorted(waiting, key=lambda one: (-len(waiting[one]), one))), ORDERS):
        if (found := _shared(order, waiting, rooms, free, begun)) is not None:
            return found
    raise RuleViolation("seats_short_unmixed", "rooms", groups=len(waiting))


def _begun(sitters: Sequence[Sitter]) -> Mapping[str, str]:
    """Room -> the group of those who are pinned in it."""
    found: dict[str, str] = {}
    for one in sitters:
        if one.pinned is not None and found.setdefault(one.pinned.room, one.group) != one.group:
            raise RuleViolation("seat_pinned_mixed", "seat", room=one.pinned.room)
    return found


def _shared(order: Sequence[str], waiting: Mapping[str, Sequence[Sitter]], rooms: Sequence[Room],
            free: Mapping[str, Sequence[int]], begun: Mapping[str, str]) -> list[tuple[str, Sequence[Room]]] | None:
    left, found = [room for room in rooms if room.code not in begun], list[tuple[str, Sequence[Room]]]()
    for group in order:
        own = [room for room in rooms if begun.get(room.code) == group]
        need = len(waiting[group]) - sum(len(free[room.code]) for room in own)
        more = _fewest_seats(left, free, need)
        if more is None:
            return None
        codes = {room.code for room in (*own, *more)}
        left = [room for room in left if room.code not in codes]
        found.append((group, [room for room in rooms if room.code in codes]))
    return found


def _fewest_seats(rooms: Sequence[Room], free: Mapping[str, Sequence[int]], need: int) -> Sequence[Room] | None:
    """Of the rooms those that together have `need` free seats and the fewest beyond: every sum that rooms can make is a
    bit of a number."""
    if need <= 0:
        return ()
    sums = [1]
    for room in rooms:
        sums.append(sums[-1] | sums[-1] << len(free[room.code]))
    enough = sums[-1] >> need
    if not enough:
        return None
    total, chosen = need + (enough & -enough).bit_length() - 1, list[Room]()
    for at in range(len(rooms) - 1, -1, -1):
        size = len(free[rooms[at].code])
        if size and not sums[at] >> total & 1:
            chosen.append(rooms[at])
            total -= size
    return chosen[::-1]


# who takes which seat of them

def _filled(waiting: Sequence[Sitter], rooms: Sequence[Room], free: Mapping[str, list[int]], rules: SeatingRules,
            seed: bytes) -> Mapping[Id, Place]:
    """Those who need them first, on the accessible seats; then the others, room after room."""
    seats = [Place(room.code, number) for room in rooms for number in free[room.code]]
    easy = {room.code: room.accessible for room in rooms}
    reserved = [one for one in seats if one.seat <= easy[one.room]]
    first = _in_order([one for one in waiting if one.accessible], rules, seed)
    if len(first) > len(reserved):
        raise RuleViolation("seats_short_accessible", "rooms", people=len(first), seats=len(reserved))
    found = {one.enrolment: seat for one, seat in zip(first, reserved, strict=False)}
    taken = set(found.values())
    others = _in_order([one for one in waiting if not one.accessible], rules, seed)
    return found | {one.enrolment: seat for one, seat in zip(
        others, (seat for seat in seats if seat not in taken), strict=False)}


def _in_order(sitters: Sequence[Sitter], rules: SeatingRules, seed: bytes) -> Sequence[Sitter]:
    """By lot from the seed. Where organisations are spread, the members of each stand at equal distances along the
    whole line, and neighbours of one are exchanged where another can be found."""
    drawn = sorted(((_lot(seed, one.enrolment), one) for one in sitters), key=itemgetter(0))
    line = [one for _, one in drawn]
    if not rules.spread:
        return line
    members: dict[str, list[Sitter]] = defaultdict(list)
    for one in line:
        members[one.organisation or one.enrolment].append(one)
    spaced = [((at + _lot(seed, name) / (1 << 64)) / len(those), _lot(seed, one.enrolment), one)
              for name, those in members.items() for at, one in enumerate(those)]
    return _apart([one for *_, one in sorted(spaced, key=itemgetter(0, 1))])


def _apart(line: list[Sitter]) -> list[Sitter]:
    """The next who is of another organisation comes before one who would sit beside a colleague."""
    later = 0
    for at in range(1, len(line)):
        name = line[at].organisation
        if not name or name != line[at - 1].organisation:
            continue
        later = max(later, at + 1)
        other = next((place for place in range(later, len(line)) if line[place].organisation != name), None)
        if other is None:
            break
        line.insert(at, line.pop(other))
        later = other
    return line


def _lot(seed: bytes, name: str) -> int:
    """64 bits that nobody can foresee without the seed."""
    return int.from_bytes(sha256(seed + name.encode()).digest()[:8], "big")
