"""The province's certificate numbers come in: looked at first, then given to the enrolments that have passed.

A number of the province's is imported or typed, never invented, and serves one enrolment for ever.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from appraisal.domain.batch import BatchState
from appraisal.domain.errors import RuleViolation
from appraisal.domain.events import Id
from appraisal.domain.names import clean_name
from appraisal.domain.numbers import CertificateNumberGiven, check_national
from appraisal.domain.operator import Role
from appraisal.domain.problem import Problem, Verdict, Weight, problem, verdict
from appraisal.domain.scheme import NumberSource
from appraisal.domain.text import plain_number
from appraisal.sheets.numbers import NumberRow, NumbersReading, read_numbers
from appraisal.usecases.ports import Desk, Step, Work, no_step


@dataclass(frozen=True, slots=True)
class NationalNumber:
    """One line of the province's list."""

    document_number: str
    name: str
    number: str
    face_date: date | None = None
    """None: the list does not say; the day on which it is taken in."""


@dataclass(frozen=True, slots=True)
class ImportNumbers:
    batch: Id
    rows: tuple[NationalNumber, ...]
    operator: Id


@dataclass(frozen=True, slots=True)
class PreviewNumbers:
    batch: Id
    data: bytes
    file_name: str
    operator: Id


@dataclass(frozen=True, slots=True)
class _Passed:
    """An enrolment that may get a number, with the one it has."""

    enrolment: Id
    person: Id
    name: str
    given: CertificateNumberGiven | None


@dataclass(frozen=True, slots=True)
class _People:
    """Of one batch, by document number."""

    names: Mapping[str, str]
    """Everybody enrolled."""
    passed: Mapping[str, Sequence[_Passed]]


def preview_numbers(command: PreviewNumbers, desk: Desk) -> NumbersReading:
    """What `import_numbers` would do with each row of the file; nothing is recorded.

    A row that is there already has the note NUMBER_KNOWN. Raises RuleViolation: what `import_numbers` raises for
    the batch, what `read_numbers` raises for a file that is no such list.
    """
    with desk.work(command.operator) as work:
        people = _people(work, desk, command.batch)
        reading = read_numbers(command.data, command.file_name, people.names)
        return replace(reading, rows=tuple(_previewed(work, row, people) for row in reading.rows))


def accepted(reading: NumbersReading) -> tuple[NationalNumber, ...]:
    """The rows of a preview that can be taken in."""
    return tuple(_line(row) for row in reading.rows if row.verdict in (Verdict.ACCEPT, Verdict.WARN))


def import_numbers(command: ImportNumbers, desk: Desk, step: Step = no_step) -> int:
    """All rows or none; how many numbers are new. The same list again records nothing.

    Raises RuleViolation: right_missing, batch_state, numbers_not_by_province, publicity_not_open,
    national_number_format, ID_UNKNOWN, NUMBER_NOT_PASSED, NAME_MISMATCH, NUMBER_TAKEN, NUMBER_DIFFERS,
    NUMBER_TWO_ENROLMENTS.
    """
    new = 0
    with desk.work(command.operator) as work:
        people = _people(work, desk, command.batch)
        for done, row in enumerate(command.rows, 1):
            new += _give(work, row, people)
            step(done, len(command.rows))
    return new


def _give(work: Work, row: NationalNumber, people: _People) -> bool:
    check_national(row.number)
    refusal = _refusal(work, row, people)
    if refusal is not None:
        raise RuleViolation(refusal.code, refusal.field, **refusal.detail)
    one = people.passed[plain_number(row.document_number)][0]
    if work.certificates.number_given(one.enrolment) is not None:
        return False
    work.record(CertificateNumberGiven(one.enrolment, one.person, row.number, row.face_date or work.today))
    return True


def _people(work: Work, desk: Desk, batch: Id) -> _People:
    """Raises what `import_numbers` raises for the operator and the batch."""
    work.operator.require(Role.CERTIFICATE_OFFICER)
    found = work.batches.get(batch)
    if desk.schemes[found.scheme].number_source is not NumberSource.PROVINCE:
        raise RuleViolation("numbers_not_by_province", "batch", batch=found.code)
    found.require(BatchState.CERTIFYING)
    publicity = work.batches.publicity(batch)
    if publicity is None:
        raise RuleViolation("publicity_not_open", "batch")
    names: dict[str, str] = {}
    passed: dict[str, list[_Passed]] = defaultdict(list)
    good = frozenset(publicity.passed)
    for enrolment in work.enrolments.in_batch(batch):
        person = work.candidates.get(enrolment.person)
        number = plain_number(person.identity.document_number)
        names[number] = person.identity.name
        if enrolment.id in good:
            passed[number].append(
                _Passed(enrolment.id, person.id, person.identity.name, work.certificates.number_given(enrolment.id)))
    return _People(names, passed)


def _refusal(work: Work, row: NationalNumber, people: _People) -> Problem | None:
    number = plain_number(row.document_number)
    if number not in people.names:
        return problem("ID_UNKNOWN", "id_no", value=row.document_number)
    ones = people.passed.get(number, ())
    if not ones:
        return problem("NUMBER_NOT_PASSED", "id_no", name=people.names[number])
    if len(ones) > 1:
        return problem("NUMBER_TWO_ENROLMENTS", "id_no", name=ones[0].name)
    one = ones[0]
    if clean_name(row.name) != one.name:
        return problem("NAME_MISMATCH", "name", typed=row.name, found=one.name)
    if one.given is None:
        taken = work.certificates.number_used(row.number)
        return problem("NUMBER_TAKEN", "number", value=row.number) if taken else None
    same = one.given.number == row.number and row.face_date in (None, one.given.face_date)
    return None if same else problem(
        "NUMBER_DIFFERS", "number", name=one.name, number=one.given.number, day=one.given.face_date.isoformat())


def _previewed(work: Work, row: NumberRow, people: _People) -> NumberRow:
    if row.verdict not in (Verdict.ACCEPT, Verdict.WARN):
        return row
    found = _refusal(work, _line(row), people)
    if found is None and people.passed[plain_number(row.id_no)][0].given is not None:
        found = Problem("NUMBER_KNOWN", "number", Weight.NOTE, {})
    if found is None:
        return row
    problems = (*row.problems, found)
    return replace(row, problems=problems, verdict=verdict(problems))


def _line(row: NumberRow) -> NationalNumber:
    return NationalNumber(row.id_no, row.name, row.number, row.issued)
