"""A marks sheet is read against those who are seated, shown, and entered whole, as the first or the second entry."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from appraisal.domain.errors import RuleViolation
from appraisal.domain.events import Id
from appraisal.domain.marks import Mark, MarkState, Outcome, outcome
from appraisal.domain.scheme import Scheme
from appraisal.sheets.layout import AS_KNOWN, Layout
from appraisal.sheets.marks import MarksReading, MarksRow, Seat, SubjectMark, SubjectState, read_marks
from appraisal.usecases.enter_mark import ENTRY_ROLE, EnterMark, enter
from appraisal.usecases.ports import Desk, Step, Work, no_step
from appraisal.usecases.reads import EnrolmentRow


def scheme_subjects(scheme: Scheme) -> Mapping[str, str]:
    """Header word -> code."""
    return {s.zh: s.code for level in scheme.levels for s in level.subjects}


def preview_marks(data: bytes, file_name: str, enrolments: Sequence[EnrolmentRow], scheme: Scheme,
                  layout: Layout = AS_KNOWN) -> MarksReading:
    """Reads the sheet and changes nothing. `enrolments`: those of the batch; only the seated can have marks.

    Raises RuleViolation for a file that is no marks sheet.
    """
    seats = {one.admission_number: Seat(one.id, one.name, one.document_number, one.level)
             for one in enrolments if one.admission_number is not None}
    required = {level.level: tuple(s.code for s in level.subjects) for level in scheme.levels}
    return read_marks(data, file_name, seats, required, scheme_subjects(scheme), layout)


def outcomes_of(reading: MarksReading, enrolments: Sequence[EnrolmentRow], scheme: Scheme) -> Mapping[int, Outcome]:
    """Sheet row -> the outcome that its marks would have, once both entries agree on them; no refused rows."""
    levels = {one.id: one.level for one in enrolments}
    return {row.row: outcome(scheme.at(levels[row.enrolment]), {s: mark_of(m) for s, m in row.marks.items()})
            for row in reading.rows if row.enrolment is not None and row.marks is not None}


def mark_of(read: SubjectMark) -> Mark | None:
    """None for a missing mark: it is no zero, and nothing to enter."""
    return None if read.state is SubjectState.MISSING else Mark(MarkState(read.state.value), read.value)


@dataclass(frozen=True, slots=True)
class ImportMarks:
    batch: Id
    entry: int
    """1 or 2."""
    reading: MarksReading
    operator: Id


@dataclass(frozen=True, slots=True)
class Entered:
    rows: int
    """Accepted rows of the sheet."""
    marks: int
    """Marks that they hold, those already entered included."""


def import_marks(command: ImportMarks, desk: Desk, step: Step = no_step) -> Entered:
    """All accepted rows or none. Importing the same sheet again changes nothing."""
    rows = [row for row in command.reading.rows if row.enrolment is not None]
    marks = 0
    with desk.work(command.operator) as work:
        work.operator.require(ENTRY_ROLE[command.entry])
        for done, row in enumerate(rows, 1):
            marks += _enter_row(work, command, row)
            step(done, len(rows))
    return Entered(len(rows), marks)


ON_ITS_ROW = frozenset({"mark_already_entered", "mark_carried", "mark_of_absent", "mark_of_void", "mark_is_judged"})
"""Refusals that a sheet names with its row, as `sheet_…`."""


def _enter_row(work: Work, command: ImportMarks, row: MarksRow) -> int:
    assert row.enrolment is not None
    if work.enrolments.get(row.enrolment).batch != command.batch:
        raise RuleViolation("enrolment_of_other_batch", "enrolment")
    marks = {subject: mark for subject, read in (row.marks or {}).items() if (mark := mark_of(read)) is not None}
    for subject, mark in marks.items():
        try:
            enter(work, EnterMark(row.enrolment, subject, command.entry, mark, command.operator))
        except RuleViolation as refusal:
            if refusal.code not in ON_ITS_ROW:
                raise
            raise RuleViolation(f"sheet_{refusal.code}", "marks", row=row.row, number=row.admission_no,
                                subject=subject) from refusal
    return len(marks)
