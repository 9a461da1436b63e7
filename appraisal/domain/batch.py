"""Batch 批次: one plan, one exam day, one scheme; its states and its nine dated nodes."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from appraisal.domain.errors import RuleViolation
from appraisal.domain.events import Id, event
from appraisal.domain.workdays import working_days_after


class BatchState(StrEnum):
    DRAFT = "draft"
    FILED = "filed"
    PUBLISHED = "published"
    CLOSED = "closed"
    SEATED = "seated"
    EXAMINING = "examining"
    MARKING = "marking"
    PUBLICISED = "publicised"
    CERTIFYING = "certifying"
    ARCHIVED = "archived"
    CANCELLED = "cancelled"


ORDER = tuple(state for state in BatchState if state is not BatchState.CANCELLED)

NODES = (("plan", -10), ("registration_closes", -7), ("seating", -5), ("papers", -5), ("exam", 0),
         ("marks", 3), ("publicity", 5), ("certificates", 10), ("archive", 10))
"""Node and its distance from the exam day, in working days. Source: the appraisal procedure in
docs/glossary.md; the day of the certificates is ours: publicity of five working days from D+5."""


@event("batch.opened")
@dataclass(frozen=True, slots=True)
class BatchOpened:
    batch: Id
    code: str
    title: str
    scheme: str
    scheme_version: str
    exam_day: date
    places: int


@event("batch.moved")
@dataclass(frozen=True, slots=True)
class BatchMoved:
    batch: Id
    state: BatchState


@dataclass(frozen=True, slots=True)
class Batch:
    id: Id
    code: str
    title: str
    scheme: str
    exam_day: date
    places: int
    state: BatchState

    def move(self, to: BatchState, today: date) -> BatchMoved:
        """One step along the order; a draft may be cancelled."""
        allowed = {BatchState.CANCELLED} if self.state is BatchState.DRAFT else set[BatchState]()
        if self.state in ORDER[:-1]:
            allowed.add(ORDER[ORDER.index(self.state) + 1])
        if to not in allowed:
            raise RuleViolation("batch_step", "state", now=self.state.value, to=to.value)
        if to is BatchState.EXAMINING and today < self.exam_day:
            raise RuleViolation("exam_day_not_reached", "state", day=self.exam_day.isoformat())
        return BatchMoved(self.id, to)

    def require(self, *states: BatchState) -> None:
        if self.state not in states:
            raise RuleViolation("batch_state", "batch", batch=self.code, now=self.state.value,
                                wanted=" / ".join(states))

    def due(self) -> tuple[tuple[str, date], ...]:
        return tuple((node, self.exam_day if days == 0 else working_days_after(self.exam_day, days))
                     for node, days in NODES)
