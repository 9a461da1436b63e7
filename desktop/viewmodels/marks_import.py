"""A marks sheet: read, looked at, then entered whole or not at all."""

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import replace
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QObject, Signal

from appraisal.domain.errors import EnvironmentFault, RuleViolation
from appraisal.domain.events import Id
from appraisal.domain.marks import Outcome
from appraisal.domain.scheme import Scheme
from appraisal.sheets.layout import AS_KNOWN, Layout, Preset, find_preset
from appraisal.sheets.mapping import ColumnMapping, mapping_of
from appraisal.sheets.marks import MarksReading, MarksRow, marks_columns
from appraisal.sheets.opening import open_sheets
from appraisal.sheets.roster import open_roster
from appraisal.sheets.table import find_table
from appraisal.usecases.import_marks import Entered, ImportMarks, outcomes_of, preview_marks, scheme_subjects
from appraisal.usecases.ports import Step
from appraisal.usecases.reads import BatchRow, EnrolmentRow
from desktop.tasks import Cancelled, Tasks
from desktop.viewmodels.layout_presets import LayoutPresets

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
                 schemes: Mapping[str, Scheme], presets: LayoutPresets, tasks: Tasks, operator: Id) -> None:
        super().__init__()
        self._reads, self._import, self._schemes, self._presets = reads, import_marks, schemes, presets
        self._tasks, self._operator = tasks, operator
        self._data: bytes | None = None
        self._layout: Layout | None = None
        """Chosen by hand; None: a preset's that fits, or what is known."""
        self.organisation = ""
        self.batch: BatchRow | None = None
        self.entry, self.file_name, self.only_problems = 1, "", False
        self.reading: MarksReading | None = None
        self.outcomes: Mapping[int, Outcome] = {}
        self.names: Mapping[str, str] = {}
        """Of everybody seated in the batch, by admission number."""

    def choose(self, batch: BatchRow, entry: int, path: Path) -> None:
        """Read the file against the batch's seated candidates."""
        self.batch, self.entry, self.file_name = batch, entry, path.name
        self._data, self._layout, self.organisation = None, None, ""
        self._read_again(path)

    def _read_again(self, path: Path | None = None) -> None:
        """`path`: read the file first."""
        self.reading, batch = None, self.batch
        if batch is not None:
            self._tasks.read(lambda: self._read(batch, path), self._on_read)

    def mapping(self) -> ColumnMapping | None:
        """A choice of columns, begun with what is known; None while no sheet was opened. Raises RuleViolation for a
        file that is no sheet."""
        if self._data is None or self.batch is None:
            return None
        file = open_roster(self._data, self.file_name)
        known = marks_columns(scheme_subjects(self._schemes[self.batch.scheme]))
        layout = self._layout or AS_KNOWN
        try:
            table = find_table(file.sheets, known, layout, ("admission_no",), self.file_name)
        except RuleViolation:
            table = None
        return mapping_of(file, table, layout, known) if file.sheets else None

    def use(self, layout: Layout, organisation: str) -> None:
        """Read the same file so; under a name it is used the next time by itself."""
        self._layout, self.organisation = layout, organisation
        if organisation:
            self._presets.keep(Preset(organisation, replace(layout, sheet="")))
        self._read_again()

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

    def _read(self, batch: BatchRow, path: Path | None) -> Read:
        if path is not None:
            try:
                self._data = path.read_bytes()
            except OSError as fault:
                reason = fault.strerror or str(fault)
                raise EnvironmentFault("file_unreadable", file=path.name, reason=reason) from fault
        data, scheme = self._data or b"", self._schemes[batch.scheme]
        if self._layout is None:
            preset = find_preset(open_sheets(data, self.file_name), self._presets.all())
            if preset is not None:
                self._layout, self.organisation = preset.layout, preset.name
        enrolments = self._reads.enrolments(batch.id)
        reading = preview_marks(data, self.file_name, enrolments, scheme, self._layout or AS_KNOWN)
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


