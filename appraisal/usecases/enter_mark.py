"""Marks are entered twice by two people, and settled by a third where they differ."""

from dataclasses import dataclass, replace
from decimal import Decimal

from appraisal.domain.batch import BatchState
from appraisal.domain.errors import RuleViolation
from appraisal.domain.events import Id
from appraisal.domain.judging import Judgement
from appraisal.domain.marks import Mark, Outcome
from appraisal.domain.operator import Role
from appraisal.usecases.ports import Desk, Step, Work, no_step

MARKING = (BatchState.EXAMINING, BatchState.MARKING)
CORRECTED = (*MARKING, BatchState.PUBLICISED, BatchState.CERTIFYING)
ENTRY_ROLE = {1: Role.MARKS_A, 2: Role.MARKS_B}


@dataclass(frozen=True, slots=True)
class EnterMark:
    enrolment: Id
    subject: str
    entry: int
    """1 or 2."""
    mark: Mark
    operator: Id


def enter_mark(command: EnterMark, desk: Desk) -> Outcome:
    with desk.work(command.operator) as work:
        work.operator.require(ENTRY_ROLE[command.entry])
        return enter(work, command)


def enter(work: Work, command: EnterMark) -> Outcome:
    """Within a unit of work. The same mark again by the same person changes nothing."""
    sitting = work.marks.sitting(command.enrolment)
    if sitting.admission_number is None:
        raise RuleViolation("candidate_not_seated", "enrolment")
    sitting.batch.require(*MARKING)
    sheet = sitting.sheet
    if command.mark in (sheet.from_earlier(command.subject), sheet.from_day(command.subject)):
        return sheet.outcome()
    if any((e.subject, e.entry, e.state, e.value, e.entered_by)
           == (command.subject, command.entry, command.mark.state, command.mark.value, command.operator)
           for e in sheet.entries):
        return sheet.outcome()
    entered = sheet.enter(command.subject, command.entry, command.mark, command.operator)
    work.record(entered)
    return replace(sheet, entries=(*sheet.entries, entered)).outcome()


@dataclass(frozen=True, slots=True)
class EnterMarks:
    """Many marks of one entry: a pasted block, an imported sheet. All of them or none."""

    entry: int
    marks: tuple[tuple[Id, str, Mark], ...]
    """Enrolment, subject, mark."""
    operator: Id


def enter_marks(command: EnterMarks, desk: Desk, step: Step = no_step) -> int:
    with desk.work(command.operator) as work:
        work.operator.require(ENTRY_ROLE[command.entry])
        for done, (enrolment, subject, mark) in enumerate(command.marks, 1):
            enter(work, EnterMark(enrolment, subject, command.entry, mark, command.operator))
            step(done, len(command.marks))
    return len(command.marks)


@dataclass(frozen=True, slots=True)
class SettleMark:
    enrolment: Id
    subject: str
    mark: Mark
    why: str
    operator: Id


def settle_mark(command: SettleMark, desk: Desk) -> Outcome:
    if not command.why.strip():
        raise RuleViolation("reason_missing", "why")
    with desk.work(command.operator) as work:
        work.operator.require(Role.MARKS_REVIEWER)
        sitting = work.marks.sitting(command.enrolment)
        sitting.batch.require(*MARKING)
        sheet = sitting.sheet
        settled = sheet.settle(command.subject, command.mark, command.operator)
        work.record(settled, why=command.why)
    return replace(sheet, settled=(*sheet.settled, settled)).outcome()


@dataclass(frozen=True, slots=True)
class JudgeMark:
    enrolment: Id
    subject: str
    judge: str
    scores: tuple[Decimal, ...]
    """In the order of the subject's criteria."""
    operator: Id


def judge_mark(command: JudgeMark, desk: Desk) -> Judgement:
    """One judge's sheet. Raises as `MarkSheet.judge` does, candidate_not_seated, batch_state."""
    with desk.work(command.operator) as work:
        work.operator.require(Role.INVIGILATOR, Role.MARKS_A, Role.MARKS_B)
        sitting = work.marks.sitting(command.enrolment)
        if sitting.admission_number is None:
            raise RuleViolation("candidate_not_seated", "enrolment")
        sitting.batch.require(*MARKING)
        judged = sitting.sheet.judge(command.subject, command.judge, command.scores, command.operator)
        work.record(judged)
        return work.marks.sheet(command.enrolment).judgement(command.subject)


@dataclass(frozen=True, slots=True)
class CorrectMark:
    enrolment: Id
    subject: str
    mark: Mark
    why: str
    operator: Id
    agreed_by: Id
    """A second person, who has signed in beside the first."""


def correct_mark(command: CorrectMark, desk: Desk) -> Outcome:
    """Of a mark that counts already, until there is a certificate. Raises as `MarkSheet.correct` does, reason_missing,
    batch_state, certificate_is_out."""
    if not command.why.strip():
        raise RuleViolation("reason_missing", "why")
    with desk.work(command.operator) as work:
        work.operator.require(Role.MARKS_REVIEWER, Role.SUPERVISOR)
        work.operators.get(command.agreed_by).require(Role.MARKS_REVIEWER, Role.SUPERVISOR)
        sitting = work.marks.sitting(command.enrolment)
        sitting.batch.require(*CORRECTED)
        if work.certificates.of_enrolment(command.enrolment) is not None:
            raise RuleViolation("certificate_is_out", "mark")
        corrected = sitting.sheet.correct(command.subject, command.mark, command.operator, command.agreed_by)
        work.record(corrected, why=command.why.strip())
        return work.marks.sheet(command.enrolment).outcome()
