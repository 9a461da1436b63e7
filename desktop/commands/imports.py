"""`roster import`, `admissions import`, `marks import`, `numbers import`: a preview, and the commit of exactly that."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol

from appraisal.domain.batch import BatchState
from appraisal.domain.consent import Purpose
from appraisal.domain.enrolment import EnrolmentState
from appraisal.domain.errors import RuleViolation
from appraisal.domain.marks import Outcome
from appraisal.domain.operator import Role
from appraisal.domain.problem import Problem, Verdict
from appraisal.sheets.header import header_word
from appraisal.sheets.layout import Layout
from appraisal.sheets.roster import open_roster
from appraisal.sheets.wording import problem_sentence
from appraisal.usecases.enter_mark import ENTRY_ROLE
from appraisal.usecases.import_admissions import ImportAdmissions, import_admissions, preview_admissions
from appraisal.usecases.import_marks import ImportMarks, import_marks, outcomes_of, preview_marks
from appraisal.usecases.import_numbers import (
    ImportNumbers,
    PreviewNumbers,
    accepted,
    import_numbers,
    preview_numbers,
)
from appraisal.usecases.import_roster import ImportRoster, import_roster
from appraisal.usecases.preview_roster import PreviewRoster, preview_roster
from appraisal.usecases.reads import BatchRow
from db.desk import CHINA
from db.files import pictures_in, read_file, write_durably
from desktop.commands.answer import DONE, REFUSED, Answer
from desktop.demonstration.script import Demonstration
from desktop.errors import sentence
from desktop.i18n import current_language
from desktop.session import Session


class _Weighed(Protocol):
    @property
    def verdict(self) -> Verdict: ...


class _Row(_Weighed, Protocol):
    @property
    def row(self) -> int: ...
    @property
    def problems(self) -> tuple[Problem, ...]: ...


def roster(session: Session, file: Path, batch: BatchRow, consents: Sequence[Purpose], *, dry_run: bool,
           every_row: bool, refused: Path | None, can_draw: Callable[[str], bool], columns: Mapping[str, str],
           ) -> Answer:
    """`refused`: where a workbook of the refused rows goes, if there are any."""
    centre = session.centre
    today = datetime.fromtimestamp(centre.clock() / 1000, CHINA).date()
    layout = Layout({header_word(word): field for word, field in columns.items()})
    wanted = PreviewRoster(open_roster(read_file(file), file.name), batch.id, layout)
    reading = preview_roster(wanted, centre.reads, centre.desk.schemes, today, can_draw)
    result = _counted(reading.rows)
    if refused and result["refused"]:
        from appraisal.usecases.return_roster import return_roster  # noqa: PLC0415 - a writer of workbooks

        write_durably(refused, return_roster(reading, file.name, current_language()), mode=0o600)
        result |= {"refused_file": str(refused)}
    if dry_run:
        return _answer(result, reading.rows)
    command = ImportRoster(batch.id, reading, session.operator(Role.REGISTRAR), tuple(consents), every_row)
    try:
        done = import_roster(command, centre.desk)
    except RuleViolation as refusal:
        if refusal.code != "roster_rows_refused":
            raise
        answer = _answer(result, reading.rows)  # with what stands against each row, as a preview has it
        return replace(answer, said=(*answer.said, sentence(refusal.code, refusal.detail)), exit=REFUSED)
    return _answer(result | {"unchanged": done.unchanged}, reading.rows)


def admissions(session: Session, file: Path, batch: BatchRow, *, dry_run: bool) -> Answer:
    """In a demonstration, the reviewer approves first whoever still waits: the province numbers only the approved."""
    centre = session.centre
    if session.demonstration and not dry_run and any(
            one.state == EnrolmentState.SUBMITTED.value for one in centre.reads.enrolments(batch.id)):
        Demonstration(centre).approve(batch.id)
    preview = preview_admissions(read_file(file), file.name, batch.id, centre.reads)
    result = _counted(preview.rows)
    if not dry_run:
        done = import_admissions(
            ImportAdmissions(batch.id, preview, session.operator(Role.REGISTRAR, Role.SUPERVISOR)), centre.desk)
        result |= {"seated": done.seated, "unchanged": done.unchanged}
    return _answer(result, preview.rows)


def marks(session: Session, file: Path, batch: BatchRow, entry: int, *, dry_run: bool) -> Answer:
    """In a demonstration, the clock is moved on to the exam day first."""
    centre = session.centre
    enrolments = [one for one in centre.reads.enrolments(batch.id) if one.admission_number]
    scheme = centre.desk.schemes[batch.scheme]
    reading = preview_marks(read_file(file), file.name, enrolments, scheme)
    outcomes = Counter(outcomes_of(reading, enrolments, scheme).values())
    result = _counted(reading.rows) | {"entered": 0, "outcomes": {one.value: outcomes[one] for one in Outcome}}
    if not dry_run:
        if session.demonstration:
            Demonstration(centre).bring(batch.id, BatchState.MARKING)
        done = import_marks(ImportMarks(batch.id, entry, reading, session.operator(ENTRY_ROLE[entry])), centre.desk)
        result["entered"] = done.rows
    return _answer(result, reading.rows)


def photos(session: Session, folder: Path, batch: BatchRow, *, dry_run: bool, replace_old: bool) -> Answer:
    """A folder of photos named by ID number. Told by file: there is no sheet."""
    from appraisal.usecases.import_photos import (  # noqa: PLC0415 - pictures, which no other import loads
        ImportPhotos,
        PhotoFate,
        PreviewPhotos,
        import_photos,
        preview_photos,
    )

    centre = session.centre
    rows = preview_photos(PreviewPhotos(batch.id, replace_old), pictures_in(folder), centre.reads, centre.desk.schemes)
    language = current_language()
    problems = [{"file": row.file, "code": one.code, "weight": one.weight.value,
                 "message": problem_sentence(one, language)} for row in rows for one in row.problems]
    if not dry_run:
        import_photos(ImportPhotos(rows, session.operator(Role.REGISTRAR)), centre.desk)
    fates = Counter(row.fate for row in rows)
    result = _counted(rows) | {one.value: fates[one] for one in PhotoFate if one is not PhotoFate.REFUSED}
    said = [*(f"{one['file']}: {one['message']}" for one in problems), sentence("import_counted", result),
            sentence("photos_counted", result)]
    return Answer(result | {"problems": problems}, said, _exit(result))


def numbers(session: Session, file: Path, batch: BatchRow, *, dry_run: bool) -> Answer:
    centre, officer = session.centre, session.operator(Role.CERTIFICATE_OFFICER)
    reading = preview_numbers(PreviewNumbers(batch.id, read_file(file), file.name, officer), centre.desk)
    result = _counted(reading.rows)
    if not dry_run:
        result["new"] = import_numbers(ImportNumbers(batch.id, accepted(reading), officer), centre.desk)
    return _answer(result, reading.rows)


def _counted(rows: Iterable[_Weighed]) -> dict[str, Any]:
    """Rows of candidates by verdict; `accepted` is without a warning."""
    counts = Counter(one.verdict for one in rows)
    return {"rows": counts.total() - counts[Verdict.SKIP], "accepted": counts[Verdict.ACCEPT],
            "warned": counts[Verdict.WARN], "refused": counts[Verdict.REJECT]}


def _answer(result: dict[str, Any], rows: Sequence[_Row]) -> Answer:
    language = current_language()
    problems = [{"row": row.row, "cell": one.cell, "field": one.field, "code": one.code, "weight": one.weight.value,
                 "message": problem_sentence(one, language)} for row in rows for one in row.problems]
    said = [f"{one['cell'] or one['row']}: {one['message']}" for one in problems]
    said.append(sentence("import_counted", result))
    return Answer(result | {"problems": problems}, said, _exit(result))


def _exit(result: Mapping[str, Any]) -> int:
    """Refused where not one row could be taken."""
    return REFUSED if result["refused"] == result["rows"] else DONE
