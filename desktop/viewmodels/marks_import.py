"""A marks sheet: read, looked at, then entered whole or not at all."""

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QObject, Signal

from appraisal.domain.errors import EnvironmentFault, RuleViolation
from appraisal.domain.events import Id
from appraisal.domain.marks import Outcome
from appraisal.domain.scheme import Scheme
from appraisal.sheets.marks import MarksReading, MarksRow
from appraisal.usecases.import_marks import Entered, ImportMarks, outcomes_of, preview_marks
from appraisal.usecases.ports import Step
from appraisal.usecases.reads import BatchRow, EnrolmentRow
from desktop.tasks import Cancelled, Tasks

Read = tuple[MarksReading, Mapping[int, Outcome], Mapping[str, str]]


class EnrolmentReads(Protocol):
    def enrolments(self, batch: Id) -> Sequence[EnrolmentRow]: ...


class MarksImportViewModel(QObject):
    read = Signal()
    """A sheet can be looked at: `reading`, `outcomes`."""
    entered = Signal(object)
    """Entered."""
    refused = Signal(object)
    """RuleViolation: nothing was entered."""
    failed = Signal(object)
    """EnvironmentFault."""
    began = Signal(object)
    """The Progress of the import."""
    stepped = Signal(int, int)
    ended = Signal()

    def __init__(self, reads: EnrolmentReads, import_marks: Callable[[ImportMarks, Step], Entered],
                 schemes: Mapping[str, Scheme], tasks: Tasks, operator: Id) -> None:
        super().__init__()
        self._reads, self._import, self._schemes = reads, import_marks, schemes
        self._tasks, self._operator = tasks, operator
        self.batch: BatchRow | None = None
        self.entry, self.file_name, self.only_problems = 1, "", False
        self.reading: MarksReading | None = None
        self.outcomes: Mapping[int, Outcome] = {}
        self.names: Mapping[str, str] = {}
        """Of everybody seated in the batch, by admission number."""

    def choose(self, batch: BatchRow, entry: int, path: Path) -> None:
        """Read the file against the batch's seated candidates."""
        self.batch, self.entry, self.file_name, self.reading = batch, entry, path.name, None
        scheme = self._schemes[batch.scheme]
        self._tasks.read(lambda: self._read(batch, path, scheme), self._on_read)

    def rows(self) -> list[MarksRow]:
        """Rows that hold data; only those with a problem where that is asked."""
        found = self.reading.rows if self.reading else ()
        return [row for row in found if row.verdict != "skip" and (row.problems or not self.only_problems)]

    def subjects(self) -> tuple[str, ...]:
        """Codes of the subjects that the sheet's accepted rows hold, in its order."""
        rows = self.reading.rows if self.reading else ()
        return tuple(dict.fromkeys(code for row in rows for code in row.marks or ()))

    def accepted(self) -> int:
        return sum(row.enrolment is not None for row in self.reading.rows) if self.reading else 0

    def enter(self) -> None:
        if self.batch is None or self.reading is None:
            return
        command = ImportMarks(self.batch.id, self.entry, self.reading, self._operator)
        self.began.emit(self._tasks.write_long(
            lambda progress: self._import(command, progress.step), self._on_entered, self._step))

    def _read(self, batch: BatchRow, path: Path, scheme: Scheme) -> Read:
        try:
            data = path.read_bytes()
        except OSError as fault:
            raise EnvironmentFault("file_unreadable", file=path.name, reason=fault.strerror or str(fault)) from fault
        enrolments = self._reads.enrolments(batch.id)
        reading = preview_marks(data, path.name, enrolments, scheme)
        names = {one.admission_number: one.name for one in enrolments if one.admission_number is not None}
        return reading, outcomes_of(reading, enrolments, scheme), names

    def _on_read(self, done: "Future[Read]") -> None:
        try:
            self.reading, self.outcomes, self.names = done.result()
        except RuleViolation as refusal:
            self.refused.emit(refusal)
        except EnvironmentFault as fault:
            self.failed.emit(fault)
        else:
            self.read.emit()

    def _step(self, done: int, total: int) -> None:
        self.stepped.emit(done, total)

    def _on_entered(self, done: "Future[Entered]") -> None:
        self.ended.emit()
        try:
            self.entered.emit(done.result())
        except Cancelled:
            return
        except RuleViolation as refusal:
            self.refused.emit(refusal)
        except EnvironmentFault as fault:
            self.failed.emit(fault)


