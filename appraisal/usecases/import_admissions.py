"""Admission numbers 准考证号 given by the province: previewed against the batch, then seated all together."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from appraisal.domain.enrolment import EnrolmentState
from appraisal.domain.errors import RuleViolation
from appraisal.domain.events import Id
from appraisal.domain.problem import Problem, Verdict, Weight, problem, verdict
from appraisal.sheets.admissions import AdmissionRow, read_admissions
from appraisal.usecases.filters import EVERYBODY, Filters
from appraisal.usecases.ports import Desk
from appraisal.usecases.reads import CandidateDetail, CandidateRow, EnrolmentRow
from appraisal.usecases.submit_enrolment import Seat, SeatEnrolments, seat_enrolments

SEATABLE = (EnrolmentState.APPROVED, EnrolmentState.SEATED)


class KnownSeats(Protocol):
    """What a preview asks of the desk: a part of Reads."""

    def enrolments(self, batch: Id) -> Sequence[EnrolmentRow]: ...
    def search(self, text: str, filters: Filters = EVERYBODY, most: int = 5000) -> Sequence[int]: ...
    def candidate_rows(self, places: Sequence[int]) -> Sequence[CandidateRow]: ...
    def candidate(self, person: Id) -> CandidateDetail: ...


@dataclass(frozen=True, slots=True)
class AdmissionsPreview:
    sheet: str
    rows: tuple[AdmissionRow, ...]
    seats: tuple[Seat, ...]
    """What an import gives out: one for each accepted row."""
    unchanged: int
    """Of these, how many have this number already."""


@dataclass(frozen=True, slots=True)
class ImportAdmissions:
    batch: Id
    preview: AdmissionsPreview
    operator: Id


@dataclass(frozen=True, slots=True)
class Admitted:
    seated: int
    unchanged: int


def preview_admissions(data: bytes, file_name: str, batch: Id, reads: KnownSeats) -> AdmissionsPreview:
    """What importing this file would give out, and what stands against each other row. Changes nothing.

    Raises RuleViolation for a file that is no such list, `nobody_enrolled` for a batch without enrolments.
    """
    enrolments = reads.enrolments(batch)
    if not enrolments:
        raise RuleViolation("nobody_enrolled", "batch")
    reading = read_admissions(data, file_name, {one.document_number: one.name for one in enrolments})
    of_person: dict[str, list[EnrolmentRow]] = {}
    for one in enrolments:
        of_person.setdefault(one.document_number, []).append(one)
    rows, seats, unchanged = [], [], 0
    for row in reading.rows:
        looked_at, enrolment = _against_desk(row, of_person, reads)
        rows.append(looked_at)
        if enrolment is not None:
            seats.append(Seat(enrolment.id, row.admission_no, row.room, row.seat))
            unchanged += enrolment.admission_number == row.admission_no
    return AdmissionsPreview(reading.sheet, tuple(rows), tuple(seats), unchanged)


def _against_desk(row: AdmissionRow, of_person: Mapping[str, list[EnrolmentRow]], reads: KnownSeats,
                  ) -> tuple[AdmissionRow, EnrolmentRow | None]:
    if row.verdict not in {Verdict.ACCEPT, Verdict.WARN}:
        return row, None
    theirs = of_person[row.id_no]
    fitting = [one for one in theirs if row.level is None or one.level == row.level]
    if not fitting:
        return _with(row, problem("LEVEL_MISMATCH", "level", typed=row.level, found=theirs[0].level or "")), None
    if len(fitting) > 1:
        return _with(row, problem("ADM_LEVEL_NEEDED", "level")), None
    found = _objection(row, fitting[0], reads)
    if found is None:
        return row, fitting[0]
    return _with(row, found), fitting[0] if found.weight is Weight.WARN else None


def _objection(row: AdmissionRow, enrolment: EnrolmentRow, reads: KnownSeats) -> Problem | None:
    if enrolment.state not in SEATABLE:
        return problem("NOT_APPROVED", "id_no", state=f"enrolment.{enrolment.state}")
    if enrolment.admission_number == row.admission_no:
        return None
    if _is_given_to_another(row.admission_no, enrolment, reads):
        return problem("ADM_TAKEN", "admission_no", value=row.admission_no)
    if enrolment.admission_number:
        return Problem("ADM_CHANGED", "admission_no", Weight.WARN,
                       {"old": enrolment.admission_number, "new": row.admission_no})
    return None


def _is_given_to_another(number: str, enrolment: EnrolmentRow, reads: KnownSeats) -> bool:
    return any(other.admission_number == number and other.id != enrolment.id
               for row in reads.candidate_rows(reads.search(number)) for other in reads.candidate(row.id).enrolments)


def _with(row: AdmissionRow, found: Problem) -> AdmissionRow:
    problems = (*row.problems, found)
    return replace(row, verdict=verdict(problems), problems=problems)


def import_admissions(command: ImportAdmissions, desk: Desk) -> Admitted:
    """All accepted rows or none. The same file again changes nothing."""
    seats = command.preview.seats
    seat_enrolments(SeatEnrolments(command.batch, seats, command.operator), desk)
    return Admitted(len(seats) - command.preview.unchanged, command.preview.unchanged)
