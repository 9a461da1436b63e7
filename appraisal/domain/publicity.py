"""Publicity 公示: at least five working days, in which anybody may object; only then is a result final."""

from dataclasses import dataclass
from datetime import date

from appraisal.domain.errors import RuleViolation
from appraisal.domain.events import Id, event
from appraisal.domain.workdays import IsWorkday, is_workday, working_days_after


@event("publicity.opened")
@dataclass(frozen=True, slots=True)
class PublicityOpened:
    batch: Id
    starts: date
    ends: date
    """The last day of publicity; it may be closed from the day after."""
    passed: tuple[Id, ...]
    """Enrolments shown as passed."""


@event("objection.raised", sealed=("text",))
@dataclass(frozen=True, slots=True)
class ObjectionRaised:
    objection: Id
    batch: Id
    person: Id
    """The candidate objected to."""
    text: str


@event("objection.settled")
@dataclass(frozen=True, slots=True)
class ObjectionSettled:
    """Upheld or not; the journal has the reason."""

    objection: Id
    batch: Id
    person: Id
    upheld: bool


@dataclass(frozen=True, slots=True)
class Objection:
    """`upheld` is None while it is open."""

    id: Id
    batch: Id
    person: Id
    upheld: bool | None = None

    def settle(self, *, upheld: bool) -> ObjectionSettled:
        """Once: what was decided stays. Raises RuleViolation objection_settled."""
        if self.upheld is not None:
            raise RuleViolation("objection_settled", "objection")
        return ObjectionSettled(self.id, self.batch, self.person, upheld)


@event("publicity.closed")
@dataclass(frozen=True, slots=True)
class PublicityClosed:
    batch: Id


@dataclass(frozen=True, slots=True)
class Publicity:
    batch: Id
    starts: date
    ends: date
    passed: tuple[Id, ...]
    closed: bool = False
    open_objections: int = 0

    def close(self, today: date) -> PublicityClosed:
        if self.closed:
            raise RuleViolation("publicity_closed", "batch")
        if today <= self.ends:
            raise RuleViolation("publicity_lasts", "batch", ends=self.ends.isoformat())
        if self.open_objections:
            raise RuleViolation("objection_open", "batch", count=self.open_objections)
        return PublicityClosed(self.batch)


def open_publicity(batch: Id, starts: date, days: int, passed: tuple[Id, ...],
                   workday: IsWorkday = is_workday) -> PublicityOpened:
    """`days` working days, the first day counted where it is one."""
    last = working_days_after(starts, days - 1 if workday(starts) else days, workday)
    return PublicityOpened(batch, starts, last, passed)
