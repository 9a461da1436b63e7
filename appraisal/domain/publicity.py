"""Publicity 公示: at least five working days, in which anybody may object; only then is a result final."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

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


class Finding(StrEnum):
    """What a re-check looks for. Source: the appraisal rules in docs/glossary.md, re-check 复核."""

    MISSED = "missed"                # 漏评
    SUM = "sum"                      # 合分有误
    TRANSCRIPTION = "transcription"  # 登分有误


@event("recheck.asked", sealed=("text",))
@dataclass(frozen=True, slots=True)
class RecheckAsked:
    """A candidate asks to have a mark of theirs looked at again 成绩复核. Papers are not marked anew."""

    recheck: Id
    batch: Id
    person: Id
    enrolment: Id
    subject: str
    until: date
    """The day by which it is to be answered."""
    text: str


@event("recheck.answered", sealed=("text",))
@dataclass(frozen=True, slots=True)
class RecheckAnswered:
    recheck: Id
    person: Id
    findings: tuple[Finding, ...]
    """Empty: the mark stands."""
    answered_by: Id
    text: str
    """What the reply slip 复核回执 says."""


@dataclass(frozen=True, slots=True)
class Recheck:
    id: Id
    batch: Id
    person: Id
    enrolment: Id
    subject: str
    until: date
    answered: bool

    def answer(self, findings: tuple[Finding, ...], text: str, answered_by: Id) -> RecheckAnswered:
        """Once. Raises RuleViolation recheck_answered, field_missing."""
        if self.answered:
            raise RuleViolation("recheck_answered", "recheck")
        if not text.strip():
            raise RuleViolation("field_missing", "text")
        return RecheckAnswered(self.id, self.person, tuple(sorted(set(findings))), answered_by, text.strip())


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
    open_rechecks: int = 0

    def close(self, today: date) -> PublicityClosed:
        if self.closed:
            raise RuleViolation("publicity_closed", "batch")
        if today <= self.ends:
            raise RuleViolation("publicity_lasts", "batch", ends=self.ends.isoformat())
        if self.open_objections:
            raise RuleViolation("objection_open", "batch", count=self.open_objections)
        if self.open_rechecks:
            raise RuleViolation("recheck_open", "batch", count=self.open_rechecks)
        return PublicityClosed(self.batch)


def open_publicity(batch: Id, starts: date, days: int, passed: tuple[Id, ...],
                   workday: IsWorkday = is_workday) -> PublicityOpened:
    """`days` working days, the first day counted where it is one."""
    last = working_days_after(starts, days - 1 if workday(starts) else days, workday)
    return PublicityOpened(batch, starts, last, passed)
