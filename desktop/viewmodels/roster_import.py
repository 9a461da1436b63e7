"""State of the roster import: a file, its preview by the rules of the commit, and the commit of just that preview."""

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QObject, Signal

from appraisal.domain.consent import Purpose
from appraisal.domain.errors import EnvironmentFault, RuleViolation
from appraisal.domain.events import Id
from appraisal.domain.problem import Verdict
from appraisal.sheets.layout import AS_KNOWN, Layout, Preset, find_preset
from appraisal.sheets.mapping import ColumnMapping, mapping_of
from appraisal.sheets.roster import Mended, RosterFile, RosterReading, RosterRow, open_roster
from appraisal.sheets.table import UNREAD, Table, TableRow
from appraisal.usecases.import_roster import Imported, ImportRoster
from appraisal.usecases.ports import Step
from appraisal.usecases.preview_roster import PreviewRoster, RosterJudge
from desktop.models.sheet_rows import SheetRow
from desktop.tasks import Cancelled, Latest, Progress, Tasks
from desktop.viewmodels.chosen_file import bytes_of
from desktop.viewmodels.layout_presets import LayoutPresets

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class RosterPreview:
    file_name: str
    fields: tuple[str, ...]
    """Columns in the order of the sheet."""
    rows: tuple[SheetRow, ...]
    """Without those that are no candidate's."""
    reading: RosterReading
    """Of the bytes that were read: the file itself may be another by now."""
    judge: RosterJudge

    def in_file(self, row: int, field: str) -> str:
        """What the file says in a cell."""
        table = self.reading.table
        column = table.header.column(field)
        found = next(one for one in table.rows if one.row == row)
        return "" if column is None else table.text(found, column)

    def with_mended(self, mended: Mended) -> "RosterPreview":
        return preview_of(self.file_name, self.judge.mend(self.reading, mended), self.judge)


def preview_of(name: str, reading: RosterReading, judge: RosterJudge) -> RosterPreview:
    fields = reading.table.header.fields
    mended: dict[int, dict[str, str]] = {}
    for (row, column), text in reading.mended.items():
        mended.setdefault(row + 1, {})[fields[column]] = text
    data = {row.row: row for row in reading.table.rows}
    return RosterPreview(name, tuple(field for _, field in sorted(fields.items()) if field not in UNREAD), tuple(
        _sheet_row(one, data[one.row], mended.get(one.row, {}), reading.table) for one in reading.rows
        if one.verdict is not Verdict.SKIP), reading, judge)


def _sheet_row(row: RosterRow, data: TableRow, mended: Mapping[str, str], table: Table) -> SheetRow:
    cells = {field: typed.fault or typed.plain for field, typed in data.values.items()}
    in_file = {field: table.text(data, column) for field in mended
               if (column := table.header.column(field)) is not None}
    return SheetRow(row.row, row.verdict, row.problems, {**cells, **mended}, in_file)


class RosterImportViewModel(QObject):
    previewed = Signal(object)
    """A RosterPreview."""
    mended = Signal(object)
    """The same with a cell mended."""
    imported = Signal(object)
    """What was Imported."""
    refused_saved = Signal(int, str)
    """How many rows, and the file they are in."""
    began = Signal(object, bool)
    """The Progress of long work, and whether it is the import."""
    stepped = Signal(int, int)
    template_saved = Signal(str)
    """The file it is in."""
    ended = Signal(bool)
    """Long work is over; True when it was cancelled and nothing was kept."""
    refused = Signal(str, str, object)
    failed = Signal(object)

    def __init__(self, judge: Callable[[Id], RosterJudge],
                 take_in: Callable[[ImportRoster, Step], Imported], keep_file: Callable[[Path, bytes], None],
                 template: Callable[[Id], bytes], presets: LayoutPresets, operator: Id, tasks: Tasks) -> None:
        super().__init__()
        self._judge, self._take_in, self._keep_file = judge, take_in, keep_file
        self._template, self._presets, self._operator, self._tasks = template, presets, operator, tasks
        self._path, self._batch, self._busy = "", "", False
        self._file: RosterFile | None = None
        self._layout, self._mended, self._mending = AS_KNOWN, dict[tuple[int, int], str](), Latest()
        self.organisation = ""
        """Whose preset the file is read by."""
        self.shown: RosterPreview | None = None

    def choose_batch(self, batch: Id) -> None:
        """The rules are the batch's: a file already chosen is previewed anew."""
        if batch != self._batch:
            self._batch = batch
            self._again()

    def open(self, path: str) -> None:
        if self._busy or not path:
            return
        self._path, self._file, self._layout, self._mended, self.organisation = path, None, AS_KNOWN, {}, ""
        self._again()

    def mapping(self) -> ColumnMapping | None:
        """Of the columns of the file that was opened, with or without a header that is known."""
        table = self.shown.reading.table if self.shown else None
        return mapping_of(self._file, table, self._layout) if self._file and self._file.sheets else None

    def lay_out(self, layout: Layout, organisation: str) -> None:
        """The same file, its columns and words read so; kept for the organisation, if one is named. What was mended
        stays mended."""
        if organisation:
            self._presets.keep(Preset(organisation, layout))
        self._layout, self.organisation = layout, organisation
        self._again()

    def _again(self) -> None:
        if self._busy or not self._path:
            return
        self.shown = None
        if not self._batch:
            self.refused.emit("roster_batch_missing", "batch", {})
            return
        self._begin(self._tasks.read_long(self._read, self._on_previewed, self.stepped.emit), importing=False)

    def mend(self, row: int, field: str, text: str) -> None:
        """What a cell is to say; what the file says itself takes the mending back. The row is judged at once."""
        shown = self.shown
        column = shown.reading.table.header.column(field) if shown else None
        if self._busy or shown is None or column is None:
            return
        now = {place: said for place, said in self._mended.items() if place != (row - 1, column)}
        if text != shown.in_file(row, field):
            now[row - 1, column] = text
        self._mended = now
        self._tasks.read(lambda: shown.with_mended(now), self._on_mended, self._mending)

    def take_in(self, consents: Sequence[Purpose], *, every_row: bool = False) -> None:
        """What the preview accepted; with `every_row` only where it refused nothing. Where records have changed since,
        nothing is taken in, and the file is previewed anew."""
        shown = self.shown
        if self._busy or shown is None or not (shown.reading.lines or every_row):
            return
        if shown.reading.mended != self._mended:  # the last mending is still being judged
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

            self._keep_file(file, return_roster(shown.reading, shown.file_name, language))
            return shown.reading.counts[Verdict.REJECT], str(file)

        self._tasks.read(work, self._on_saved)

    def save_template(self, file: Path) -> None:
        """For the batch chosen: what an organisation fills in."""
        if self._busy or not self._batch:
            return
        self._busy, batch = True, self._batch

        def work() -> str:
            self._keep_file(file, self._template(batch))
            return str(file)

        self._tasks.read(work, self._on_template)

    def close_file(self) -> None:
        self._path, self._file, self.shown = "", None, None

    def _read(self, progress: Progress) -> RosterPreview:
        name = Path(self._path).name
        file = self._file or open_roster(bytes_of(self._path), name)
        if self._file is None:
            self._find_preset(file)
        self._file = file
        progress.check()
        judge = self._judge(self._batch)
        reading = judge.preview(PreviewRoster(file, self._batch, self._layout, self._mended), progress.step)
        return preview_of(name, reading, judge)

    def _find_preset(self, file: RosterFile) -> None:
        found = find_preset(file.sheets, self._presets.all())
        if found is not None:
            self._layout, self.organisation = found.layout, found.name

    def _begin(self, progress: Progress, *, importing: bool) -> None:
        self._busy = True
        self.began.emit(progress, importing)

    def _on_previewed(self, done: "Future[RosterPreview]") -> None:
        found = self._result(done)
        if found is not None:
            self.shown = found
            self.previewed.emit(found)

    def _on_mended(self, done: "Future[RosterPreview]") -> None:
        self.shown = done.result()
        self.mended.emit(self.shown)

    def _on_saved(self, done: "Future[tuple[int, str]]") -> None:
        found = self._result(done)
        if found is not None:
            self.refused_saved.emit(*found)

    def _on_template(self, done: "Future[str]") -> None:
        found = self._result(done)
        if found is not None:
            self.template_saved.emit(found)

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
                self._again()
            return None
        except EnvironmentFault as fault:
            self.ended.emit(False)
            self.failed.emit(fault)
            return None
        self.ended.emit(False)
        return found
