"""Examiners 考评员 and invigilators 监考员: who may serve, whom they avoid, and a draw that can be drawn again."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from hashlib import sha256

from appraisal.domain.errors import RuleViolation
from appraisal.domain.events import Id, event
from appraisal.domain.text import compact


class Duty(StrEnum):
    INVIGILATOR = "invigilator"  # 监考员
    EXAMINER = "examiner"        # 考评员
    SENIOR = "senior"            # 高级考评员


MOST_RUNNING = 3
"""Times in a row at one centre in a year. Source: the appraisal rules in docs/glossary.md, examiner 考评员."""
REMINDED_DAYS = 92
"""Before a card expires: three months."""


@event("examiner.enlisted", sealed=("name", "organisation", "card", "relatives"), local=True)
@dataclass(frozen=True, slots=True)
class ExaminerEnlisted:
    """Somebody on the centre's list 考评人员库; said again, all of it, when something changes."""

    person: Id
    duty: Duty
    expires: date | None
    """Of the card; None for an invigilator without one."""
    active: bool
    name: str
    organisation: str
    card: str
    """Number of the examiner's card 考评员证卡."""
    relatives: tuple[str, ...]
    """Names that were declared 回避申报: they do not serve where one of these sits the exam."""


Examiner = ExaminerEnlisted


@dataclass(frozen=True, slots=True)
class Assigned:
    room: str
    duty: Duty
    examiner: Id


@event("staff.drawn", local=True)
@dataclass(frozen=True, slots=True)
class StaffDrawn:
    """A draw 抽派 for one sitting; a later one takes its place, and the journal has the reason."""

    session: Id
    batch: Id
    seed: bytes
    assigned: tuple[Assigned, ...]


@dataclass(frozen=True, slots=True)
class Sitters:
    """Those who sit in one room, as far as avoidance asks."""

    names: frozenset[str]
    organisations: frozenset[str]


@dataclass(frozen=True, slots=True)
class Needed:
    """Of one room."""

    room: str
    invigilators: int
    judges: int = 0
    """Examiners in the panel 考评小组, an odd number."""
    seniors: bool = False
    """The judges are all seniors: from level 2 up."""
    sitters: Sitters = field(default_factory=lambda: Sitters(frozenset(), frozenset()))


def check_examiner(one: Examiner) -> None:
    """Raises RuleViolation field_missing, card_without_expiry."""
    for name in ("name", "organisation", *(() if one.duty is Duty.INVIGILATOR else ("card",))):
        if not getattr(one, name).strip():
            raise RuleViolation("field_missing", name)
    if one.card and one.expires is None:
        raise RuleViolation("card_without_expiry", "expires")


def unfit(one: Examiner, on: date, running: int) -> str | None:
    """Code of why somebody may not serve on that day at all; None: they may. `running`: times in a row until now."""
    if not one.active:
        return "examiner_withdrawn"
    if one.expires is not None and one.expires < on:
        return "examiner_card_expired"
    return "examiner_too_often" if running >= MOST_RUNNING else None


def avoids(one: Examiner, sitters: Sitters) -> bool:
    """Same organisation, or a relative by name."""
    own, relatives = compact(one.organisation), {compact(name) for name in one.relatives}
    return own in sitters.organisations or not relatives.isdisjoint(sitters.names)


def sitters(people: Iterable[tuple[str, str]]) -> Sitters:
    """Of names and organisations as they stand in the enrolment."""
    found = list(people)
    return Sitters(frozenset(compact(name) for name, _ in found),
                   frozenset(compact(organisation) for _, organisation in found if organisation.strip()))


def draw(needed: Sequence[Needed], fit: Collection[Examiner], seed: bytes) -> tuple[Assigned, ...]:
    """Somebody for each place, nobody twice, nobody whom a room asks to avoid; the same from the same seed. Each place
    takes the first by lot who may; where nobody is left, others move on to where they may too.

    Raises RuleViolation panel_not_odd, examiners_short.
    """
    places = [(room, duty) for room in needed for duty in _duties(room)]
    line = sorted(fit, key=lambda one: sha256(seed + one.person.encode()).digest())
    may = [[at for at, one in enumerate(line) if _serves(one, duty) and not avoids(one, room.sitters)]
           for room, duty in places]
    holder: dict[int, int] = {}
    for place, (room, duty) in enumerate(places):
        if not _settle(place, may, holder, set()):
            raise RuleViolation("examiners_short", "examiners", room=room.room, state=f"duty.{duty.value}")
    taken = {place: at for at, place in holder.items()}
    return tuple(Assigned(room.room, duty, line[taken[place]].person) for place, (room, duty) in enumerate(places))


def _duties(room: Needed) -> Sequence[Duty]:
    if room.judges and room.judges % 2 == 0:
        raise RuleViolation("panel_not_odd", "judges", judges=room.judges)
    return [Duty.INVIGILATOR] * room.invigilators + [Duty.SENIOR if room.seniors else Duty.EXAMINER] * room.judges


def _serves(one: Examiner, duty: Duty) -> bool:
    return one.duty is duty or (duty is Duty.EXAMINER and one.duty is Duty.SENIOR)


def _settle(place: int, may: Sequence[Sequence[int]], holder: dict[int, int], tried: set[int]) -> bool:
    """Whether somebody can take this place, with those who have one moving on where they must (Kuhn's matching)."""
    for at in may[place]:
        if at in tried:
            continue
        tried.add(at)
        if at not in holder or _settle(holder[at], may, holder, tried):
            holder[at] = place
            return True
    return False


def times_running(batches: Sequence[Id], served: Mapping[Id, Collection[Id]], examiner: Id) -> int:
    """How many of the last batches in a row somebody served at. `batches`: earlier ones of the year that had a draw,
    the newest first; `served`: batch -> who was drawn."""
    for count, batch in enumerate(batches):
        if examiner not in served.get(batch, ()):
            return count
    return len(batches)
