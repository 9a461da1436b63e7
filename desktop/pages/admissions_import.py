"""Import of admission numbers given by the province: file, preview, commit."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QStackedWidget, QWidget

from appraisal.domain.batch import BatchState
from appraisal.domain.errors import EnvironmentFault
from appraisal.domain.events import Id
from appraisal.domain.problem import Verdict
from appraisal.sheets.admissions import AdmissionRow
from appraisal.usecases.import_admissions import AdmissionsPreview, Admitted
from appraisal.usecases.reads import BatchRow
from desktop.errors import sentence, sentence_of
from desktop.models.sheet_rows import SheetRow
from desktop.pages.candidates_fields import ChoiceBox
from desktop.pages.seating_dialog import SeatingDialog
from desktop.pages.sheet_preview import SheetPreview
from desktop.viewmodels.admissions_import import AdmissionsImportViewModel
from desktop.viewmodels.seating import SeatingViewModel
from desktop.widgets.basics import label, page_column, plain_button, primary_button, row
from desktop.widgets.empty_state import EmptyState
from desktop.widgets.notice import Notice

FIELDS = ("admission_no", "name", "id_no", "level", "room", "seat")
OPEN = frozenset({BatchState.PUBLISHED.value, BatchState.CLOSED.value})


class AdmissionsImportPage(QWidget):
    imported = Signal()

    def __init__(self, view_model: AdmissionsImportViewModel,
                 begin_seating: Callable[[BatchRow], SeatingViewModel]) -> None:
        """`begin_seating`: the state of a lot for this batch."""
        super().__init__()
        self._view_model, self._begin_seating = view_model, begin_seating
        self._batches: dict[Id, BatchRow] = {}
        self.notice = Notice()
        self.batch = ChoiceBox()
        self.batch.setAccessibleName(self.tr("Batch"))
        self.batch.setMinimumContentsLength(44)
        self.choose = plain_button(self.tr("Choose a &file …"), "import", self.ask_file)
        self.here = plain_button(self.tr("Seat them &here …"), "candidates", self._seat_here)
        self.preview = SheetPreview(self.tr("Preview of the admission numbers"))
        self.take_in = primary_button(self.tr("&Give the numbers"), "check", self._import)
        self.empty = EmptyState("import", self.tr("No list chosen yet"),
                                self.tr("Choose the province's list of admission numbers. It is matched to approved "
                                        "candidates by document number."))
        self.shown = QWidget()
        column = page_column(self.shown)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.preview, 1)
        column.addLayout(row(None, self.take_in))
        self.parts = QStackedWidget()
        self.parts.addWidget(self.empty)
        self.parts.addWidget(self.shown)
        whole = page_column(self)
        whole.addLayout(row(label(self.tr("Batch")), self.batch, self.choose, self.here, None))
        whole.addWidget(self.notice)
        whole.addWidget(self.parts, 1)
        self.batch.currentIndexChanged.connect(lambda _index: view_model.choose_batch(self.batch.value()))
        view_model.previewed.connect(self._show_preview)
        view_model.imported.connect(self._show_imported)
        view_model.refused.connect(self._show_refused)
        view_model.failed.connect(self._show_failed)
        view_model.busy_changed.connect(lambda busy: self.take_in.setDisabled(busy or not self._has_seats()))

    def _seat_here(self) -> None:
        chosen = self._batches.get(self.batch.value())
        if chosen is not None:
            dialog = SeatingDialog(self._begin_seating(chosen), self)
            dialog.finished.connect(lambda _result: self.imported.emit())
            dialog.open()

    def take_batches(self, batches: Sequence[BatchRow]) -> None:
        self._batches = {one.id: one for one in batches if one.state in OPEN}
        self.here.setEnabled(bool(self._batches))
        self.batch.fill([(f"{one.code}  {one.title}", one.id) for one in batches if one.state in OPEN])
        self._view_model.choose_batch(self.batch.value())

    def open_file(self, path: str) -> None:
        self.notice.clear()
        self._view_model.open(path)

    def ask_file(self) -> None:
        path, _ = QFileDialog.getOpenFileName(self, self.tr("Choose a list"), "",
                                              self.tr("Sheets (*.xlsx *.xls *.csv)"))
        if path:
            self.open_file(path)

    def _has_seats(self) -> bool:
        return self._view_model.shown is not None and bool(self._view_model.shown.seats)

    def _import(self) -> None:
        self.notice.clear()
        self._view_model.take_in()

    def _show_preview(self, found: AdmissionsPreview) -> None:
        self.parts.setCurrentWidget(self.shown)
        self.preview.show_rows(FIELDS, [_sheet_row(one) for one in found.rows if one.verdict is not Verdict.SKIP])
        self.take_in.setText(self.tr("&Give {n} numbers").format(n=len(found.seats)))
        self.take_in.setEnabled(bool(found.seats))
        self.preview.table.setFocus()

    def _show_imported(self, done: Admitted) -> None:
        self.parts.setCurrentWidget(self.empty)
        self.notice.good(self.tr("{seated} admission numbers were given; {unchanged} were the same already.").format(
            seated=done.seated, unchanged=done.unchanged))
        self.imported.emit()

    def _show_refused(self, code: str, _field: str, detail: Mapping[str, Any]) -> None:
        if self._view_model.shown is None:
            self.parts.setCurrentWidget(self.empty)
        self.notice.refuse(sentence(code, detail))

    def _show_failed(self, fault: EnvironmentFault) -> None:
        self.notice.warn(sentence_of(fault))


def _sheet_row(one: AdmissionRow) -> SheetRow:
    cells = {"admission_no": one.admission_no, "name": one.name, "id_no": one.id_no,
             "level": "" if one.level is None else str(one.level), "room": one.room, "seat": one.seat}
    return SheetRow(one.row, one.verdict, one.problems, cells)
