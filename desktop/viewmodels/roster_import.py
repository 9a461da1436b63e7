"""State of the roster import: a file, its preview by the rules of the commit, and the commit of just that preview."""

from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QObject, Signal

from appraisal.domain.consent import Purpose
from appraisal.domain.errors import EnvironmentFault, RuleViolation
from appraisal.domain.events import Id
from appraisal.domain.problem import Verdict
from appraisal.sheets.roster import RosterReading
from appraisal.sheets.table import UNREAD
from appraisal.usecases.import_roster import Imported, ImportRoster, PreviewRoster, roster_table
from appraisal.usecases.ports import Step
from desktop.models.sheet_rows import SheetRow
from desktop.tasks import Cancelled, Progress, Tasks
from desktop.viewmodels.chosen_file import bytes_of

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class RosterPreview:
    file_name: str
    fields: tuple[str, ...]
    """Columns in the order of the sheet."""
    rows: tuple[SheetRow, ...]
    """Without those that are no candidate's."""
    reading: RosterReading
    asked: PreviewRoster
    """The bytes that were read: the file itself may be another by now."""


class RosterImportViewModel(QObject):
    previewed = Signal(object)
    """A RosterPreview."""
    imported = Signal(object)
    """What was Imported."""
    refused_saved = Signal(int, str)
    """How many rows, and the file they are in."""
    began = Signal(object, bool)
    """The Progress of long work, and whether it is the import."""
    stepped = Signal(int, int)
    ended = Signal(bool)
    """Long work is over; True when it was cancelled and nothing was kept."""
    refused = Signal(str, str, object)
    failed = Signal(object)

    def __init__(self, preview: Callable[[PreviewRoster], RosterReading],
                 take_in: Callable[[ImportRoster, Step], Imported], keep_file: Callable[[Path, bytes], None],
                 operator: Id, tasks: Tasks) -> None:
        super().__init__()
        self._preview, self._take_in, self._keep_file = preview, take_in, keep_file
        self._operator, self._tasks = operator, tasks
        self._path, self._batch, self._busy = "", "", False
        self.shown: RosterPreview | None = None

    def choose_batch(self, batch: Id) -> None:
        """The rules are the batch's: a file already chosen is previewed anew."""
        if batch != self._batch:
            self._batch = batch
            if self._path:
                self.open(self._path)

    def open(self, path: str) -> None:
        if self._busy or not path:
            return
        self._path, self.shown = path, None
        if not self._batch:
            self.refused.emit("roster_batch_missing", "batch", {})
            return
        self._begin(self._tasks.read_long(lambda progress: self._read(path, progress), self._on_previewed,
                                          self.stepped.emit), importing=False)

    def take_in(self, consents: Sequence[Purpose], *, every_row: bool = False) -> None:
        """What the preview accepted; with `every_row` only where it refused nothing. Where records have changed since,
        nothing is taken in, and the file is previewed anew."""
        shown = self.shown
        if self._busy or shown is None or not (shown.reading.lines or every_row):
            return
        command = ImportRoster(self._batch, shown.reading, self._operator, tuple(consents), every_row)
        self._begin(self._tasks.write_long(lambda progress: self._take_in(command, progress.step), self._on_imported,
                                           self.stepped.emit), importing=True)

    def save_refused(self, file: Path, language: str) -> None:
        """The refused rows of the preview as a workbook to send back."""
        shown = self.shown
        if self._busy or shown is None:
            return
        self._busy = True

        def work() -> tuple[int, str]:
            from appraisal.usecases.return_roster import return_roster  # noqa: PLC0415  loaded when first wanted

            self._keep_file(file, return_roster(shown.asked, shown.reading, language))
            return shown.reading.counts[Verdict.REJECT], str(file)

        self._tasks.read(work, self._on_saved)

    def close_file(self) -> None:
        self._path, self.shown = "", None

    def _read(self, path: str, progress: Progress) -> RosterPreview:
        name = Path(path).name
        command = PreviewRoster(bytes_of(path), name, self._batch)
        reading = self._preview(command)
        progress.check()
        table = roster_table(command)
        cells = {row.row: {field: typed.fault or typed.plain for field, typed in row.values.items()}
                 for row in table.rows}
        rows = tuple(SheetRow(one.row, one.verdict, one.problems, cells[one.row]) for one in reading.rows
                     if one.verdict is not Verdict.SKIP)
        fields = tuple(field for _, field in sorted(table.header.fields.items()) if field not in UNREAD)
        progress.check()
        return RosterPreview(name, fields, rows, reading, command)

    def _begin(self, progress: Progress, *, importing: bool) -> None:
        self._busy = True
        self.began.emit(progress, importing)

    def _on_previewed(self, done: "Future[RosterPreview]") -> None:
        found = self._result(done)
        if found is not None:
            self.shown = found
            self.previewed.emit(found)

    def _on_saved(self, done: "Future[tuple[int, str]]") -> None:
        found = self._result(done)
        if found is not None:
            self.refused_saved.emit(*found)

    def _on_imported(self, done: "Future[Imported]") -> None:
        found = self._result(done)
        if found is not None:
            self.close_file()
            self.imported.emit(found)

    def _result(self, done: "Future[T]") -> T | None:
        """What came of long work; None where a sentence says why nothing did."""
        self._busy = False
        try:
            found = done.result()
        except Cancelled:
            self.ended.emit(True)
            return None
        except RuleViolation as refusal:
            self.ended.emit(False)
            self.refused.emit(refusal.code, refusal.field, refusal.detail)
            if refusal.code == "roster_overtaken":
                self.open(self._path)
            return None
        except EnvironmentFault as fault:
            self.ended.emit(False)
            self.failed.emit(fault)
            return None
        self.ended.emit(False)
        return found
