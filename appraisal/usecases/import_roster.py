"""A roster is taken in as it was previewed: all accepted rows, or nothing."""

from collections.abc import Mapping
from dataclasses import dataclass

from appraisal.domain.consent import Purpose
from appraisal.domain.enrolment import EnrolmentState
from appraisal.domain.errors import RuleViolation
from appraisal.domain.events import Id
from appraisal.domain.latin_names import suggest_latin
from appraisal.domain.operator import Role
from appraisal.domain.person import Background, Contact, Identity
from appraisal.domain.problem import Verdict
from appraisal.domain.roster import RosterLine
from appraisal.sheets.roster import RosterReading, RosterRow
from appraisal.usecases.ports import Desk, Step, Work, no_step
from appraisal.usecases.register_candidate import ORGANISATION, RegisterCandidate, register
from appraisal.usecases.submit_enrolment import SubmitEnrolment, submit

MOST_NAMED = 20
"""Rows that a sentence names."""
AS_IN_FILE = "as_in_file"
"""Field of `extra`: the cells that somebody mended before the row was taken in, and what the file said there."""


@dataclass(frozen=True, slots=True)
class ImportRoster:
    batch: Id
    reading: RosterReading
    """As previewed; its refused rows are left out."""
    operator: Id
    consents: tuple[Purpose, ...] = ()
    """What the organisation declares to hold signed sheets for."""
    every_row: bool = False
    """Every row or none: while a row is refused, nothing is taken in."""


@dataclass(frozen=True, slots=True)
class Imported:
    accepted: int
    """Rows taken in: `len(enrolments)`."""
    unchanged: int
    """Rows whose people were enrolled at that level already."""
    enrolments: tuple[Id, ...]


def import_roster(command: ImportRoster, desk: Desk, step: Step = no_step) -> Imported:
    """All accepted rows in one unit of work; `step` may raise to cancel, which undoes all of them.

    Raises RuleViolation `roster_rows_refused` where every row was wanted, and `roster_overtaken` with the row that the
    preview accepted and the records, as they are by now, do not: then nothing is taken in.
    """
    accepted = [(row, row.line) for row in command.reading.rows if row.line]
    enrolments = []
    with desk.work(command.operator) as work:
        work.operator.require(Role.REGISTRAR)
        if command.every_row:
            _require_every_row(command.reading)
        for done, (row, line) in enumerate(accepted, 1):
            try:
                enrolment = _take_in(work, desk, command, row, line)
            except RuleViolation as refusal:
                raise RuleViolation("roster_overtaken", "file", row=row.row) from refusal
            enrolments += [enrolment] if enrolment else []
            step(done, len(accepted))
    return Imported(len(enrolments), len(accepted) - len(enrolments), tuple(enrolments))


def _require_every_row(reading: RosterReading) -> None:
    refused = [row.row for row in reading.rows if row.verdict is Verdict.REJECT]
    if refused:
        named = ", ".join(map(str, refused[:MOST_NAMED])) + (" …" if len(refused) > MOST_NAMED else "")
        raise RuleViolation("roster_rows_refused", "file", refused=len(refused), rows=named)


def _take_in(work: Work, desk: Desk, command: ImportRoster, row: RosterRow, line: RosterLine) -> Id | None:
    """The enrolment; None where the person is enrolled at this level already."""
    person = register(work, registration(line, command.operator, command.consents, as_in_file=row.as_in_file))
    states = {one.state for one in work.enrolments.of_person(person)
              if (one.batch, one.level) == (command.batch, line.level)}
    if EnrolmentState.REFUSED in states:  # since the preview, which refuses such a row
        raise RuleViolation("already_enrolled", "level")
    if states - {EnrolmentState.RETURNED}:
        return None
    scheme = desk.schemes[work.batches.get(command.batch).scheme]
    job = line.occupation if line.occupation != scheme.occupation.zh else ""
    return submit(work, desk, SubmitEnrolment(
        person, command.batch, line.level, line.condition, command.operator, job, line.exam_type),
        why=f"mended: {', '.join(row.as_in_file)}" if row.as_in_file else None)


def registration(line: RosterLine, operator: Id, consents: tuple[Purpose, ...] = (), means: str = ORGANISATION,
                 as_in_file: Mapping[str, str] | None = None) -> RegisterCandidate:
    """The person of a line. A 15-digit number is kept in its 18-digit form, and as it was among `extra`; `as_in_file`:
    mended cells and what the file says there."""
    mended = "\n".join(f"{cell}: {text}" for cell, text in (as_in_file or {}).items())
    more = {"remark": line.remark, "id_no_15": line.id_no if line.id_no_18 else "", AS_IN_FILE: mended, **line.extra}
    extra = {name: text for name, text in more.items() if text and name != "address"}
    return RegisterCandidate(
        Identity(line.name, suggest_latin(line.name), line.id_type.value, line.document.key, line.sex, line.birth,
                 line.nationality),
        Contact(line.phone, line.email, line.extra.get("address", "")),
        Background(line.ethnicity, line.education, line.employer, line.prior_level, line.prior_cert, extra),
        operator, consents, means)
