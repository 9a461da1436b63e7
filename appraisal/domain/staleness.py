"""How old a desk's lists may be, and whether its clock can be right (docs/formats/updates.md). Only issuing asks."""

from dataclasses import dataclass
from enum import StrEnum

from appraisal.domain.errors import RuleViolation
from appraisal.domain.events import Id, event

DAY_MS = 86_400_000


@dataclass(frozen=True, slots=True)
class Policy:
    """Days since the association's newest word; `clock_minutes`: how far the clock may be behind what is signed."""

    warn_days: int = 30
    ask_days: int = 60
    stop_days: int = 180
    agreement_days: int = 7
    """How long a supervisor's agreement holds."""
    clock_minutes: int = 10


class Grade(StrEnum):
    FRESH = "fresh"
    WARNS = "warns"
    ASKS = "asks"
    """A supervisor has to agree, with a reason."""
    STOPS = "stops"


class Agreed(StrEnum):
    """What a supervisor has agreed to."""

    STALE_LISTS = "stale_lists"
    CLOCK = "clock"
    """The clock is right now; the later times of this desk's own chain are from when it was not."""


@event("issuing.agreed", local=True)
@dataclass(frozen=True, slots=True)
class IssuingAgreed:
    """The journal has the reason."""

    agreement: Id
    what: Agreed
    until: int
    """Milliseconds since 1970: of lists, how long it holds; of the clock, the latest time of the chain disregarded."""
    supervisor: Id


@dataclass(frozen=True, slots=True)
class Times:
    """What a desk knows of the time. Milliseconds since 1970, UTC."""

    now: int
    """By the desk's clock."""
    signed: int
    """The latest time that the association has signed; 0: none."""
    own: int
    """Of the last entry of the desk's own chain; 0: none, or a supervisor has said that it was a wrong clock's."""
    lists: int | None
    """When the association's newest trust list, or timestamp, was signed; None: no association has granted this
    desk."""
    agreed_until: int = 0
    """A supervisor's agreement to old lists."""

    @property
    def trusted(self) -> int:
        return max(self.now, self.signed, self.own)

    @property
    def days(self) -> int:
        """Age of the lists in whole days."""
        return 0 if self.lists is None else max(0, self.trusted - self.lists) // DAY_MS

    def grade(self, policy: Policy) -> Grade:
        if self.days >= policy.stop_days:
            return Grade.STOPS
        if self.days >= policy.ask_days:
            return Grade.ASKS
        return Grade.WARNS if self.days >= policy.warn_days else Grade.FRESH

    def behind(self, policy: Policy) -> int:
        """Milliseconds that the clock is behind what is known; 0 where it can be right."""
        late = max(self.signed, self.own) - self.now
        return late if late > policy.clock_minutes * 60_000 else 0


def may_issue(times: Times, policy: Policy) -> str | None:
    """Code of a warning, or None. Raises RuleViolation clock_behind_association, clock_behind_journal,
    lists_too_old, lists_need_agreement."""
    if times.behind(policy):
        by_association = times.signed - times.now > policy.clock_minutes * 60_000
        raise RuleViolation("clock_behind_association" if by_association else "clock_behind_journal", "clock",
                            minutes=times.behind(policy) // 60_000)
    grade = times.grade(policy)
    if grade is Grade.STOPS:
        raise RuleViolation("lists_too_old", "lists", days=times.days, most=policy.stop_days)
    if grade is Grade.ASKS and times.agreed_until < times.now:
        raise RuleViolation("lists_need_agreement", "lists", days=times.days, most=policy.stop_days)
    return None if grade is Grade.FRESH else "lists_old"
