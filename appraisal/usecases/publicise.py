"""Publicity: opened by the supervisor, objected to by anybody, closed only when it has run and nothing is open."""

from dataclasses import dataclass

from appraisal.domain.batch import BatchMoved, BatchState
from appraisal.domain.enrolment import EnrolmentState
from appraisal.domain.errors import RuleViolation
from appraisal.domain.events import Id
from appraisal.domain.marks import Outcome
from appraisal.domain.operator import Role
from appraisal.domain.publicity import (
    Finding,
    ObjectionRaised,
    Publicity,
    PublicityOpened,
    RecheckAsked,
    open_publicity,
)
from appraisal.domain.workdays import working_days_after
from appraisal.usecases.ports import Desk, Work


@dataclass(frozen=True, slots=True)
class Publicise:
    batch: Id
    operator: Id


def publicise(command: Publicise, desk: Desk) -> PublicityOpened:
    with desk.work(command.operator) as work:
        work.operator.require(Role.SUPERVISOR)
        batch = work.batches.get(command.batch)
        batch.require(BatchState.MARKING)
        sheets = [work.marks.sheet(e.id) for e in work.enrolments.in_batch(batch.id)
                  if e.state is EnrolmentState.SEATED]
        differing = sum(bool(sheet.differing()) for sheet in sheets)
        if differing:
            raise RuleViolation("marks_differ", "batch", count=differing)
        passed = tuple(sheet.enrolment for sheet in sheets if sheet.outcome() is Outcome.PASS)
        opened = open_publicity(batch.id, work.today, desk.schemes[batch.scheme].publicity_days, passed)
        work.record(opened, BatchMoved(batch.id, BatchState.PUBLICISED))
    return opened


def close_publicity(command: Publicise, desk: Desk) -> None:
    with desk.work(command.operator) as work:
        work.operator.require(Role.SUPERVISOR)
        batch = work.batches.get(command.batch)
        work.record(_publicity(work, batch.id).close(work.today), BatchMoved(batch.id, BatchState.CERTIFYING))


@dataclass(frozen=True, slots=True)
class RaiseObjection:
    batch: Id
    person: Id
    text: str
    operator: Id


def raise_objection(command: RaiseObjection, desk: Desk) -> Id:
    if not command.text.strip():
        raise RuleViolation("field_missing", "text")
    with desk.work(command.operator) as work:
        work.operator.require(Role.SUPERVISOR, Role.REGISTRAR)
        if _publicity(work, command.batch).closed:
            raise RuleViolation("publicity_closed", "batch")
        if all(one.batch != command.batch for one in work.enrolments.of_person(command.person)):
            raise RuleViolation("person_not_in_batch", "person")
        objection = work.new_id()
        work.record(ObjectionRaised(objection, command.batch, command.person, command.text))
    return objection


@dataclass(frozen=True, slots=True)
class SettleObjection:
    objection: Id
    upheld: bool
    why: str
    operator: Id


def settle_objection(command: SettleObjection, desk: Desk) -> None:
    if not command.why.strip():
        raise RuleViolation("reason_missing", "why")
    with desk.work(command.operator) as work:
        work.operator.require(Role.SUPERVISOR)
        work.record(work.batches.objection(command.objection).settle(upheld=command.upheld), why=command.why)


@dataclass(frozen=True, slots=True)
class AskRecheck:
    enrolment: Id
    subject: str
    text: str
    operator: Id


def ask_recheck(command: AskRecheck, desk: Desk) -> RecheckAsked:
    """While the publicity runs. Raises field_missing, publicity_not_open, publicity_closed, mark_not_confirmed."""
    if not command.text.strip():
        raise RuleViolation("field_missing", "text")
    with desk.work(command.operator) as work:
        work.operator.require(Role.SUPERVISOR, Role.REGISTRAR)
        sitting = work.marks.sitting(command.enrolment)
        if _publicity(work, sitting.batch.id).closed:
            raise RuleViolation("publicity_closed", "batch")
        if sitting.sheet.confirmed(command.subject) is None:
            raise RuleViolation("mark_not_confirmed", "subject", subject=command.subject)
        until = working_days_after(work.today, desk.schemes[sitting.batch.scheme].recheck_days)
        asked = RecheckAsked(work.new_id(), sitting.batch.id, sitting.sheet.person, command.enrolment, command.subject,
                             until, command.text.strip())
        work.record(asked)
    return asked


@dataclass(frozen=True, slots=True)
class AnswerRecheck:
    recheck: Id
    findings: tuple[Finding, ...]
    text: str
    operator: Id


def answer_recheck(command: AnswerRecheck, desk: Desk) -> None:
    """A mark that was wrong is corrected by itself (`correct_mark`). Raises as `Recheck.answer` does."""
    with desk.work(command.operator) as work:
        work.operator.require(Role.SUPERVISOR, Role.MARKS_REVIEWER)
        work.record(work.batches.recheck(command.recheck).answer(command.findings, command.text, command.operator))


def _publicity(work: Work, batch: Id) -> Publicity:
    found = work.batches.publicity(batch)
    if found is None:
        raise RuleViolation("publicity_not_open", "batch")
    return found
