"""Roster import: choose or drop a file, look at every doubtful cell, declare the consents, take in what is accepted."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QStandardPaths, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QCheckBox, QFileDialog, QStackedWidget, QVBoxLayout, QWidget

from appraisal.domain.batch import BatchState
from appraisal.domain.consent import Purpose
from appraisal.domain.errors import EnvironmentFault
from appraisal.domain.problem import Verdict
from appraisal.sheets.layout import Layout
from appraisal.usecases.import_roster import Imported
from appraisal.usecases.reads import BatchRow
from desktop.errors import sentence, sentence_of
from desktop.i18n import current_language
from desktop.models.chips import Tone
from desktop.pages.candidates_consents import ConsentBoxes
from desktop.pages.candidates_fields import ChoiceBox
from desktop.pages.sheet_columns import SheetColumnsDialog
from desktop.pages.sheet_preview import SheetPreview
from desktop.tasks import Progress
from desktop.theme import GRID
from desktop.viewmodels.roster_import import RosterImportViewModel, RosterPreview
from desktop.widgets.basics import card, label, page_column, plain_button, primary_button, row
from desktop.widgets.empty_state import EmptyState
from desktop.widgets.notice import Notice
from desktop.widgets.progress_panel import ProgressPanel


class RosterImportPage(QWidget):
    imported = Signal()

    def __init__(self, view_model: RosterImportViewModel) -> None:
        super().__init__()
        self._view_model = view_model
        self.setAcceptDrops(True)
        self.notice, self.progress = Notice(), ProgressPanel()
        self.batch = ChoiceBox()
        self.batch.setAccessibleName(self.tr("Batch"))
        self.batch.setMinimumContentsLength(44)
        self.file = label("", "muted")
        self.choose = plain_button(self.tr("Choose a &file …"), "import", self.ask_file)
        self.template = plain_button(self.tr("Te&mplate …"), "export", self.ask_template)
        self.template.setToolTip(self.tr("An empty workbook for the organisation, with this batch's words to choose"))
        self.preview = SheetPreview(self.tr("Preview of the roster"), mendable=True)
        self.give_back = plain_button(self.tr("Save the &refused rows …"), "export", self.ask_refused)
        self.give_back.setToolTip(self.tr("A workbook to send back: what to mend stands in each coloured cell"))
        self.columns = plain_button(self.tr("Co&lumns …"), "", self.ask_columns)
        self.columns.setToolTip(self.tr("What each column means, and words that stand for ours"))
        self.preview.tools.addWidget(self.columns)
        self.preview.tools.addWidget(self.give_back)
        self.empty = EmptyState("import", self.tr("No roster chosen yet"),
                                self.tr("Choose the batch, then the organisation's list (.xlsx, .xls or .csv), or drop "
                                        "the file here. Nothing is taken in before you have seen the preview."))
        self.consents = ConsentBoxes({
            Purpose.ASSOCIATION: self.tr("for passing on to the association's talent library"),
            Purpose.PUBLICITY: self.tr("for publicity of the result"),
            Purpose.RECOMMENDATION: self.tr("for job recommendation")}, side_by_side=True)
        self.every_row = QCheckBox(self.tr("Only if e&very row is accepted"))
        self.take_in = primary_button(self.tr("&Import"), "check", self._import)
        self._lay_out()
        self._bind()
        self._show_empty()

    def _lay_out(self) -> None:
        self.declaration, inside = card()
        inside.setContentsMargins(2 * GRID, GRID, 2 * GRID, GRID)
        inside.setSpacing(GRID // 2)
        inside.addWidget(label(self.tr("The organisation declares that it holds consent sheets signed by everybody "
                                       "in this list:")))
        inside.addWidget(self.consents)
        self.shown = QWidget()
        column = page_column(self.shown)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.preview, 1)
        bottom = row()
        bottom.addWidget(self.declaration, 1)
        commit = QVBoxLayout()
        commit.addStretch()
        commit.addWidget(self.every_row)
        commit.addWidget(self.take_in)
        bottom.addLayout(commit)
        column.addLayout(bottom)
        self.parts = QStackedWidget()
        self.parts.addWidget(self.empty)
        self.parts.addWidget(self.shown)
        whole = page_column(self)
        whole.addLayout(row(label(self.tr("Batch")), self.batch, self.choose, self.template, self.file, None))
        whole.addWidget(self.notice)
        whole.addWidget(self.parts, 1)
        whole.addWidget(self.progress)

    def _bind(self) -> None:
        model = self._view_model
        self.batch.currentIndexChanged.connect(lambda _index: model.choose_batch(self.batch.value()))
        model.previewed.connect(self._show_preview)
        model.mended.connect(self._show_mended)
        self.preview.model.mend_asked.connect(model.mend)
        model.imported.connect(self._show_imported)
        model.refused_saved.connect(self._show_refused_saved)
        model.template_saved.connect(
            lambda file: self.notice.good(self.tr("The template is in {file}.").format(file=file)))
        model.began.connect(self._show_begun)
        model.stepped.connect(self.progress.step)
        model.ended.connect(self._show_ended)
        model.refused.connect(self._show_refused)
        model.failed.connect(self._show_failed)

    def take_batches(self, batches: Sequence[BatchRow]) -> None:
        """Those open for enrolment."""
        self.batch.fill([(f"{one.code}  {one.title}", one.id) for one in batches if one.state == BatchState.PUBLISHED])
        self._view_model.choose_batch(self.batch.value())

    def open_file(self, path: str) -> None:
        self.notice.clear()
        self._view_model.open(path)

    def ask_file(self) -> None:
        path, _ = QFileDialog.getOpenFileName(self, self.tr("Choose a roster"), "",
                                              self.tr("Sheets (*.xlsx *.xls *.csv)"))
        if path:
            self.open_file(path)

    def ask_template(self) -> None:
        file = self._ask_workbook(self.tr("Save the template"), self.tr("Roster {batch}.xlsx").format(
            batch=self.batch.currentText().split()[0] if self.batch.value() else ""))
        if file is not None:
            self.notice.clear()
            self._view_model.save_template(file)

    def ask_columns(self) -> None:
        mapping = self._view_model.mapping()
        if mapping is not None:
            dialog = SheetColumnsDialog(mapping, self._view_model.organisation, self)
            dialog.chosen.connect(self._lay_out_anew)
            dialog.open()

    def _lay_out_anew(self, layout: Layout, organisation: str) -> None:
        self.notice.clear()
        self._view_model.lay_out(layout, organisation)

    def ask_refused(self) -> None:
        shown = self._view_model.shown
        if shown is None:
            return
        file = self._ask_workbook(self.tr("Save the refused rows"), self.tr("{file} - refused rows.xlsx").format(
            file=Path(shown.file_name).stem))
        if file is not None:
            self.save_refused(file)

    def _ask_workbook(self, title: str, name: str) -> Path | None:
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        chosen, _ = QFileDialog.getSaveFileName(self, title, str(Path(folder) / name),
                                                self.tr("Excel workbook (*.xlsx)"))
        if not chosen:
            return None
        file = Path(chosen)
        return file if file.suffix.lower() == ".xlsx" else file.with_name(f"{file.name}.xlsx")

    def save_refused(self, file: Path) -> None:
        self.notice.clear()
        self._view_model.save_refused(file, current_language())

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        paths = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
        if paths:
            event.acceptProposedAction()
            self.open_file(paths[0])

    def _import(self) -> None:
        self.notice.clear()
        self._view_model.take_in(sorted(self.consents.given()), every_row=self.every_row.isChecked())

    def _show_empty(self) -> None:
        self.parts.setCurrentWidget(self.empty)
        self.file.setText("")

    def _show_preview(self, found: RosterPreview) -> None:
        self.parts.setCurrentWidget(self.shown)
        whose = self._view_model.organisation
        self.file.setText(self.tr("{file}  ·  columns as for {organisation}").format(
            file=found.file_name, organisation=whose) if whose else found.file_name)
        self.preview.show_rows(found.fields, found.rows)
        self._show_counts(found)
        self.preview.table.setFocus()

    def _show_mended(self, found: RosterPreview) -> None:
        self.preview.update_rows(found.rows)
        self._show_counts(found)

    def _show_counts(self, found: RosterPreview) -> None:
        count = len(found.reading.lines)
        self.take_in.setText(self.tr("&Import {n} people").format(n=count))
        self.take_in.setEnabled(count > 0)
        self.give_back.setEnabled(found.reading.counts[Verdict.REJECT] > 0)

    def _show_imported(self, done: Imported) -> None:
        self._show_empty()
        self.consents.show_given(frozenset())
        self.notice.good(self.tr("{accepted} enrolments were made; {unchanged} people were enrolled already. "
                                 "They wait for the review.").format(accepted=done.accepted, unchanged=done.unchanged))
        self.imported.emit()

    def _show_refused_saved(self, rows: int, file: str) -> None:
        self.notice.good(sentence("roster_refused_saved", {"rows": rows, "file": file}))

    def _show_begun(self, progress: Progress, importing: bool) -> None:
        self.progress.follow(self.tr("Importing") if importing else self.tr("Reading the file"), progress)
        for part in (self.batch, self.choose, self.shown):
            part.setEnabled(False)

    def _show_ended(self, cancelled: bool) -> None:
        self.progress.finish()
        for part in (self.batch, self.choose, self.shown):
            part.setEnabled(True)
        if cancelled:
            self.notice.info(self.tr("Cancelled. Nothing was taken in."))

    def _show_refused(self, code: str, _field: str, detail: Mapping[str, Any]) -> None:
        if self._view_model.shown is None:
            self._show_empty()
        if code == "sheet_header_not_found":
            self.notice.say(Tone.REFUSE, sentence(code, detail), self.tr("Columns …"), self.ask_columns)
        else:
            self.notice.refuse(sentence(code, detail))

    def _show_failed(self, fault: EnvironmentFault) -> None:
        self.notice.warn(sentence_of(fault))
