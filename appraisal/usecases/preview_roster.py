"""What taking in a roster would do: its rows against the scheme, the batch and the people already known; and the same
again whenever somebody mends a cell. Changes nothing."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Protocol

from appraisal.domain.batch import BatchState
from appraisal.domain.enrolment import EnrolmentState
from appraisal.domain.errors import RuleViolation
from appraisal.domain.events import Id
from appraisal.domain.problem import Problem, Verdict, problem, verdict
from appraisal.domain.roster import REQUIRED, RosterLine, RosterRules
from appraisal.domain.scheme import Scheme
from appraisal.sheets.layout import AS_KNOWN, Layout
from appraisal.sheets.roster import Mended, RosterFile, RosterReading, RosterRow, mend_roster, read_roster
from appraisal.usecases.ports import Step, no_step
from appraisal.usecases.reads import BatchRow, EnrolmentRow, Holder

MOST_LEVELS = 2
"""Enrolments of one person in one batch."""
ASKED_AT_ONCE = 100
"""Numbers that the desk is asked for between two looks at whether somebody has cancelled."""


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
    file: RosterFile
    batch: Id
    layout: Layout = AS_KNOWN
    mended: Mended = field(default_factory=dict)


def preview_roster(
    command: PreviewRoster, reads: KnownPeople, schemes: Mapping[str, Scheme], today: date,
    can_draw: Callable[[str], bool] = _always,
) -> RosterReading:
    """What importing this file would take in, and what stands against each other row.

    Raises RuleViolation for a file that is no roster, `unknown_batch`, and `batch_state` for one that is not open.
    """
    return RosterJudge(command.batch, reads, schemes, today, can_draw).preview(command)


def roster_rules(scheme: Scheme, exam_day: date, today: date, can_draw: Callable[[str], bool] = _always,
                 ) -> RosterRules:
    """The rules of a line of this scheme: for the form and the roster alike."""
    required = REQUIRED if any(one.level is not None for one in scheme.levels) else REQUIRED - {"level"}
    return RosterRules({scheme.occupation.zh, *(job.zh for job in scheme.jobs)}, exam_day, today, can_draw, required)


class RosterJudge:
    """Judges rosters for one batch, as the desk stands when it is made. Whom the desk was asked for once it is not
    asked for again, so that a mended cell is judged at once; what has changed meanwhile, the import finds."""

    def __init__(self, batch: Id, reads: KnownPeople, schemes: Mapping[str, Scheme], today: date,
                 can_draw: Callable[[str], bool] = _always) -> None:
        """Raises RuleViolation `unknown_batch`, `batch_state`."""
        row = _open_batch_row(reads, batch)
        self._reads, self._scheme, self._places = reads, schemes[row.scheme], row.places
        self.rules = roster_rules(self._scheme, row.exam_day, today, can_draw)
        self._enrolments = reads.enrolments(batch)
        self._holders: dict[str, Holder | None] = {}
        self._looked_for: set[tuple[str, date]] = set()
        self._namesakes: set[tuple[str, date]] = set()

    def preview(self, command: PreviewRoster, step: Step = no_step) -> RosterReading:
        """`step` may raise to cancel."""
        read = read_roster(command.file, self.rules, command.layout, command.mended,
                           lambda done, total: step(done // 2, total))
        total = len(read.rows)
        return self._against_desk(read, lambda asked, wanted: step(total // 2 + asked * total // (2 * wanted), total))

    def mend(self, reading: RosterReading, mended: Mended) -> RosterReading:
        """The preview with these cells mended instead of those before."""
        return self._against_desk(mend_roster(reading, self.rules, mended), no_step)

    def _against_desk(self, reading: RosterReading, step: Step) -> RosterReading:
        self._ask_for(reading, step)
        first = {record: one.records[0] for one in self._holders.values() if one for record in one.records}
        enrolled: dict[str, dict[int | None, str]] = {}
        for one in self._enrolments:
            enrolled.setdefault(first.get(one.person, one.person), {})[one.level] = one.state
        taken = sum(one.state != EnrolmentState.REFUSED for one in self._enrolments)
        standing = _Standing(self._holders, enrolled, set(self._namesakes), self._places - taken, self._places)
        return replace(reading, rows=tuple(self._looked_at(row, standing, reading) for row in reading.rows))

    def _ask_for(self, reading: RosterReading, step: Step) -> None:
        wanted = sorted({line.document.key for line in reading.lines} - self._holders.keys())
        for start in range(0, len(wanted), ASKED_AT_ONCE):
            asked = wanted[start:start + ASKED_AT_ONCE]
            self._holders |= dict.fromkeys(asked) | dict(self._reads.holders(asked))
            step(start + len(asked), len(wanted))
        pairs = {(line.name, line.birth) for line in reading.lines if line.birth is not None} - self._looked_for
        self._namesakes.update(self._reads.registered(pairs))
        self._looked_for |= pairs

    def _looked_at(self, row: RosterRow, standing: "_Standing", reading: RosterReading) -> RosterRow:
        found = standing.look_at(row.line, self._scheme) if row.line else None
        if found is None:
            return row
        problems = (*row.problems, reading.table.place(found, row.row))
        now = verdict(problems)
        return replace(row, verdict=now, problems=problems, line=None if now is Verdict.REJECT else row.line)


@dataclass(slots=True)
class _Standing:
    """What the desk knows, and what the rows read so far have added to it."""

    holders: Mapping[str, Holder | None]
    """Document number -> whose it is; None: nobody has it."""
    enrolled: dict[str, dict[int | None, str]]
    """Person's record, or document number of somebody new -> level -> state, in this batch."""
    namesakes: set[tuple[str, date]]
    """Names and birth dates that are somebody's."""
    places_left: int
    places: int

    def look_at(self, line: RosterLine, scheme: Scheme) -> Problem | None:
        """What stands against the line; a line that nothing stands against is counted."""
        number = line.document.key
        holder = self.holders[number]
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


def _open_batch_row(reads: KnownPeople, batch: Id) -> BatchRow:
    row = next((one for one in reads.batches() if one.id == batch), None)
    if row is None:
        raise RuleViolation("unknown_batch", "batch")
    if row.state != BatchState.PUBLISHED:
        raise RuleViolation("batch_state", "batch", batch=row.code, now=row.state, wanted=BatchState.PUBLISHED.value)
    return row
