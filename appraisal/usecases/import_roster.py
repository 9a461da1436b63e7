"""A roster is previewed against the scheme, the batch and the people already known, and then taken in as previewed."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Protocol

from appraisal.domain.batch import BatchState
from appraisal.domain.consent import Purpose
from appraisal.domain.enrolment import EnrolmentState
from appraisal.domain.errors import RuleViolation
from appraisal.domain.events import Id
from appraisal.domain.latin_names import suggest_latin
from appraisal.domain.operator import Role
from appraisal.domain.person import Background, Contact, Identity
from appraisal.domain.problem import Problem, Verdict, problem, verdict
from appraisal.domain.roster import REQUIRED, RosterLine, RosterRules
from appraisal.domain.scheme import Scheme
from appraisal.domain.tables import column_words
from appraisal.sheets.header import header_word
from appraisal.sheets.roster import RosterReading, RosterRow, read_roster
from appraisal.sheets.table import Table, read_table
from appraisal.usecases.ports import Desk, Step, Work, no_step
from appraisal.usecases.reads import BatchRow, EnrolmentRow, Holder
from appraisal.usecases.register_candidate import ORGANISATION, RegisterCandidate, register
from appraisal.usecases.submit_enrolment import SubmitEnrolment, submit

MOST_LEVELS = 2
"""Enrolments of one person in one batch."""
MOST_NAMED = 20
"""Rows that a sentence names."""
IDENTIFYING = ("name", "id_no")
"""Columns that a roster cannot do without."""


class KnownPeople(Protocol):
    """What a preview asks of the desk: a part of Reads."""

    def batches(self) -> Sequence[BatchRow]: ...
    def enrolments(self, batch: Id) -> Sequence[EnrolmentRow]: ...
    def holders(self, numbers: Collection[str]) -> Mapping[str, Holder]: ...
    def registered(self, pairs: Collection[tuple[str, date]]) -> Collection[tuple[str, date]]: ...


def _always(_char: str) -> bool:
    return True


@dataclass(frozen=True, slots=True)
class PreviewRoster:
    data: bytes
    file_name: str
    batch: Id
    more_columns: Mapping[str, str] = field(default_factory=dict)
    """A saved preset: header word -> field."""


def preview_roster(
    command: PreviewRoster, reads: KnownPeople, schemes: Mapping[str, Scheme], today: date,
    can_draw: Callable[[str], bool] = _always,
) -> RosterReading:
    """What importing this file would take in, and what stands against each other row. Changes nothing.

    Raises RuleViolation for a file that is no roster, `unknown_batch`, and `batch_state` for one that is not open.
    """
    batch = open_batch_row(reads, command.batch)
    scheme = schemes[batch.scheme]
    rules = roster_rules(scheme, batch.exam_day, today, can_draw)
    reading = read_roster(command.data, command.file_name, rules, command.more_columns)
    return _placed(_against_desk(reading, scheme, batch, reads), command)


def roster_rules(scheme: Scheme, exam_day: date, today: date, can_draw: Callable[[str], bool] = _always,
                 ) -> RosterRules:
    """The rules of a line of this scheme: for the form and the roster alike."""
    required = REQUIRED if any(one.level is not None for one in scheme.levels) else REQUIRED - {"level"}
    return RosterRules({scheme.occupation.zh}, exam_day, today, can_draw, required)


def open_batch_row(reads: KnownPeople, batch: Id) -> BatchRow:
    row = next((one for one in reads.batches() if one.id == batch), None)
    if row is None:
        raise RuleViolation("unknown_batch", "batch")
    if row.state != BatchState.PUBLISHED:
        raise RuleViolation("batch_state", "batch", batch=row.code, now=row.state, wanted=BatchState.PUBLISHED.value)
    return row


@dataclass(slots=True)
class _Standing:
    """What the desk knows, and what the rows read so far have added to it."""

    holders: Mapping[str, Holder]
    """Document number -> whose it is."""
    enrolled: dict[str, dict[int | None, str]]
    """Person's record, or document number of somebody new -> level -> state, in this batch."""
    namesakes: set[tuple[str, date]]
    """Names and birth dates that are somebody's."""
    places_left: int
    places: int

    def look_at(self, line: RosterLine, scheme: Scheme) -> Problem | None:
        """What stands against the line; a line that nothing stands against is counted."""
        number = line.document.key
        holder = self.holders.get(number)
        if holder is not None and holder.name != line.name:
            return problem("DOCUMENT_HAS_OTHER_NAME", "id_no", name=holder.name)
        if all(one.level != line.level for one in scheme.levels):
            return problem("LEVEL_NOT_IN_SCHEME", "level", value=line.level or "", scheme=scheme.name.zh)
        mine = self.enrolled.setdefault(holder.records[0] if holder else number, {})
        state = mine.get(line.level)
        if state == EnrolmentState.REFUSED:
            return problem("REFUSED_IN_BATCH", "id_no")
        if state is None and len(mine) >= MOST_LEVELS:
            return problem("TWO_ENROLMENTS_AT_MOST", "level")
        if state is None and self.places_left < 1:
            return problem("PLACES_TAKEN", "", places=self.places)
        if state is None:
            mine[line.level] = EnrolmentState.SUBMITTED
            self.places_left -= 1
        is_new = holder is None and len(mine) == 1
        return self._compare_name(line) if is_new else None

    def _compare_name(self, line: RosterLine) -> Problem | None:
        """With those that are registered, and those that this sheet registers."""
        if line.birth is None:
            return None
        who = line.name, line.birth
        if who in self.namesakes:
            return problem("LOOKS_REGISTERED", "name", name=line.name, birth=line.birth)
        self.namesakes.add(who)
        return None


def _against_desk(reading: RosterReading, scheme: Scheme, batch: BatchRow, reads: KnownPeople) -> RosterReading:
    enrolments = reads.enrolments(batch.id)
    holders = reads.holders({line.document.key for line in reading.lines})
    first = {record: holder.records[0] for holder in holders.values() for record in holder.records}
    enrolled: dict[str, dict[int | None, str]] = {}
    for one in enrolments:
        enrolled.setdefault(first.get(one.person, one.person), {})[one.level] = one.state
    taken = sum(one.state != EnrolmentState.REFUSED for one in enrolments)
    namesakes = set(reads.registered({
        (line.name, line.birth) for line in reading.lines
        if line.birth is not None and line.document.key not in holders}))
    standing = _Standing(holders, enrolled, namesakes, batch.places - taken, batch.places)
    return replace(reading, rows=tuple(_looked_at(row, standing, scheme) for row in reading.rows))


def _looked_at(row: RosterRow, standing: _Standing, scheme: Scheme) -> RosterRow:
    found = standing.look_at(row.line, scheme) if row.line else None
    if found is None:
        return row
    problems = (*row.problems, found)
    now = verdict(problems)
    return replace(row, verdict=now, problems=problems, line=None if now is Verdict.REJECT else row.line)


def _placed(reading: RosterReading, command: PreviewRoster) -> RosterReading:
    """With the cells of what the desk found: the sheet is opened again only where there is such a thing."""
    if not any(one.field and not one.cell for row in reading.rows for one in row.problems):
        return reading
    table = roster_table(command)
    return replace(reading, rows=tuple(
        replace(row, problems=tuple(table.place(one, row.row) for one in row.problems)) for row in reading.rows))


def roster_table(command: PreviewRoster) -> Table:
    """The cells of the sheet as they stand, by field."""
    columns = dict(column_words("roster")) | {header_word(k): v for k, v in command.more_columns.items()}
    return read_table(command.data, command.file_name, columns, needed=IDENTIFYING, identifying=IDENTIFYING)


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
    accepted = [(row.row, row.line) for row in command.reading.rows if row.line]
    enrolments = []
    with desk.work(command.operator) as work:
        work.operator.require(Role.REGISTRAR)
        if command.every_row:
            _require_every_row(command.reading)
        for done, (row, line) in enumerate(accepted, 1):
            try:
                enrolment = _take_in(work, desk, command, line)
            except RuleViolation as refusal:
                raise RuleViolation("roster_overtaken", "file", row=row) from refusal
            enrolments += [enrolment] if enrolment else []
            step(done, len(accepted))
    return Imported(len(enrolments), len(accepted) - len(enrolments), tuple(enrolments))


def _require_every_row(reading: RosterReading) -> None:
    refused = [row.row for row in reading.rows if row.verdict is Verdict.REJECT]
    if refused:
        named = ", ".join(map(str, refused[:MOST_NAMED])) + (" …" if len(refused) > MOST_NAMED else "")
        raise RuleViolation("roster_rows_refused", "file", refused=len(refused), rows=named)


def _take_in(work: Work, desk: Desk, command: ImportRoster, line: RosterLine) -> Id | None:
    """The enrolment; None where the person is enrolled at this level already."""
    person = register(work, registration(line, command.operator, command.consents))
    states = {one.state for one in work.enrolments.of_person(person)
              if (one.batch, one.level) == (command.batch, line.level)}
    if EnrolmentState.REFUSED in states:  # since the preview, which refuses such a row
        raise RuleViolation("already_enrolled", "level")
    if states - {EnrolmentState.RETURNED}:
        return None
    return submit(work, desk, SubmitEnrolment(
        person, command.batch, line.level, line.condition, command.operator, exam_type=line.exam_type))


def registration(line: RosterLine, operator: Id, consents: tuple[Purpose, ...] = (),
                 means: str = ORGANISATION) -> RegisterCandidate:
    """The person of a line. A 15-digit number is kept in its 18-digit form, and as it was among `extra`."""
    more = {"remark": line.remark, "id_no_15": line.id_no if line.id_no_18 else "", **line.extra}
    extra = {name: text for name, text in more.items() if text and name != "address"}
    return RegisterCandidate(
        Identity(line.name, suggest_latin(line.name), line.id_type.value, line.document.key, line.sex, line.birth,
                 line.nationality),
        Contact(line.phone, line.email, line.extra.get("address", "")),
        Background(line.ethnicity, line.education, line.employer, line.prior_level, line.prior_cert, extra),
        operator, consents, means)
