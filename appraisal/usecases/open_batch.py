"""The supervisor opens a batch and takes it from step to step."""

from dataclasses import dataclass
from datetime import date

from appraisal.domain.batch import BatchMoved, BatchOpened, BatchState
from appraisal.domain.errors import RuleViolation
from appraisal.domain.events import Id
from appraisal.domain.operator import Role
from appraisal.usecases.ports import Desk, Work


@dataclass(frozen=True, slots=True)
class OpenBatch:
    code: str
    title: str
    scheme: str
    exam_day: date
    places: int
    operator: Id


def open_batch(command: OpenBatch, desk: Desk) -> Id:
    """A new batch, in draft."""
    for field, value in (("code", command.code), ("title", command.title)):
        if not value.strip():
            raise RuleViolation("field_missing", field)
    if command.scheme not in desk.schemes:
        raise RuleViolation("unknown_scheme", "scheme", scheme=command.scheme)
    if command.places < 1:
        raise RuleViolation("places_missing", "places")
    with desk.work(command.operator) as work:
        work.operator.require(Role.SUPERVISOR)
        if work.batches.by_code(command.code) is not None:
            raise RuleViolation("batch_code_taken", "code", batch=command.code)
        batch = work.new_id()
        work.record(BatchOpened(batch, command.code, command.title, command.scheme,
                                desk.schemes[command.scheme].version, command.exam_day, command.places))
    return batch


@dataclass(frozen=True, slots=True)
class MoveBatch:
    batch: Id
    to: BatchState
    operator: Id
    why: str = ""


BY_PUBLICITY = (BatchState.PUBLICISED, BatchState.CERTIFYING)
"""Steps that opening and closing the publicity take; no hand moves a batch there."""


def move_batch(command: MoveBatch, desk: Desk) -> None:
    if command.to in BY_PUBLICITY:
        raise RuleViolation("batch_step_by_publicity", "state", to=command.to.value)
    if command.to is BatchState.CANCELLED and not command.why.strip():
        raise RuleViolation("reason_missing", "why")
    with desk.work(command.operator) as work:
        work.operator.require(Role.SUPERVISOR)
        batch = work.batches.get(command.batch)
        moved = batch.move(command.to, work.today)
        _guard(work, moved)
        work.record(moved, why=command.why or None)


def _guard(work: Work, moved: BatchMoved) -> None:
    enrolments = work.enrolments.in_batch(moved.batch)
    if moved.state is BatchState.SEATED:
        waiting = sum(e.state in ("submitted", "approved") for e in enrolments)
        if waiting:
            raise RuleViolation("candidates_not_seated", "state", count=waiting)
