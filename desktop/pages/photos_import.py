"""Photos from a folder: every file with whom it was found to show and what is in its way, then all of them at once."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QCheckBox, QFileDialog, QStackedWidget, QWidget

from appraisal.domain.batch import BatchState
from appraisal.domain.errors import EnvironmentFault
from appraisal.sheets.wording import value_word
from appraisal.usecases.reads import BatchRow
from desktop.errors import sentence, sentence_of
from desktop.i18n import current_language
from desktop.models.sheet_rows import SheetRow
from desktop.pages.candidates_fields import ChoiceBox
from desktop.pages.sheet_preview import SheetPreview
from desktop.tasks import Progress
from desktop.viewmodels.photos_import import PhotosImportViewModel, PhotosPreview
from desktop.widgets.basics import label, page_column, plain_button, primary_button, row
from desktop.widgets.empty_state import EmptyState
from desktop.widgets.notice import Notice
from desktop.widgets.progress_panel import ProgressPanel

if TYPE_CHECKING:
    from appraisal.usecases.import_photos import PhotoFate, PhotoRow

FIELDS = ("file", "name", "id_no", "photo")
OVER = frozenset({BatchState.ARCHIVED.value, BatchState.CANCELLED.value})


class PhotosImportPage(QWidget):
    imported = Signal()

    def __init__(self, view_model: PhotosImportViewModel) -> None:
        super().__init__()
        self._view_model, self._assigning = view_model, False
        self.setAcceptDrops(True)
        self.notice, self.progress = Notice(), ProgressPanel()
        self.batch = ChoiceBox()
        self.batch.setAccessibleName(self.tr("Batch"))
        self.batch.setMinimumContentsLength(44)
        self.folder = label("", "muted")
        self.choose = plain_button(self.tr("Choose a &folder …"), "import", self.ask_folder)
        self.replace = QCheckBox(self.tr("Re&place photos that people have already"))
        self.preview = SheetPreview(self.tr("Preview of the photos"), listed_by="file")
        self.take_in = primary_button(self.tr("&Assign"), "check", self._assign)
        self.empty = EmptyState("camera", self.tr("No folder chosen yet"),
                                self.tr("Choose the batch, then a folder of photos, each named by document number "
                                        "(110101199001011234.jpg, or with the name before it), or drop the folder "
                                        "here. Nothing is assigned before you have seen the preview."))
        self.shown = QWidget()
        column = page_column(self.shown)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.preview, 1)
        column.addLayout(row(self.replace, None, self.take_in))
        self.parts = QStackedWidget()
        for part in (self.empty, self.shown):
            self.parts.addWidget(part)
        whole = page_column(self)
        whole.addLayout(row(label(self.tr("Batch")), self.batch, self.choose, self.folder, None))
        whole.addWidget(self.notice)
        whole.addWidget(self.parts, 1)
        whole.addWidget(self.progress)
        self._bind()

    def _bind(self) -> None:
        model = self._view_model
        self.batch.currentIndexChanged.connect(lambda _index: model.choose_batch(self.batch.value()))
        self.replace.toggled.connect(self._ask_replace)
        model.previewed.connect(self._show_preview)
        model.imported.connect(self._show_imported)
        model.began.connect(self._show_begun)
        model.stepped.connect(self.progress.step)
        model.busy_changed.connect(self._show_busy)
        model.cancelled.connect(lambda: self.notice.info(self.tr("Cancelled. Nothing was assigned.")))
        model.refused.connect(self._show_refused)
        model.failed.connect(self._show_failed)

    def take_batches(self, batches: Sequence[BatchRow]) -> None:
        """Those that are not over."""
        self.batch.fill([(f"{one.code}  {one.title}", one.id) for one in batches if one.state not in OVER])
        self._view_model.choose_batch(self.batch.value())

    def open_folder(self, folder: Path) -> None:
        self.notice.clear()
        self._view_model.open(folder)

    def ask_folder(self) -> None:
        folder = QFileDialog.getExistingDirectory(self, self.tr("Choose a folder of photos"))
        if folder:
            self.open_folder(Path(folder))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        paths = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
        if paths:
            event.acceptProposedAction()
            self.open_folder(Path(paths[0]))

    def _ask_replace(self, on: bool) -> None:
        self.notice.clear()
        self._view_model.replace_photos(replace=on)

    def _assign(self) -> None:
        self.notice.clear()
        self._assigning = True
        self._view_model.take_in()
        self._assigning = False

    def _show_preview(self, found: PhotosPreview) -> None:
        self.parts.setCurrentWidget(self.shown)
        self.folder.setText(found.folder.name)
        self.preview.show_rows(FIELDS, [_sheet_row(at, one) for at, one in enumerate(found.rows, 1)])
        self._offer(found.assigned())
        self.preview.table.setFocus()
        if not found.rows:
            self.notice.info(self.tr("There is no picture in this folder."))

    def _offer(self, count: int) -> None:
        self.take_in.setText(self.tr("&Assign {n} photos").format(n=count) if count else self.tr("&Assign"))
        self.take_in.setEnabled(count > 0)

    def _show_imported(self, counts: "Mapping[PhotoFate, int]") -> None:
        """The list stays, to be copied."""
        from appraisal.usecases.import_photos import PhotoFate  # noqa: PLC0415 - pictures, as here they are

        self._offer(0)
        self.notice.good(sentence("photos_counted", {one.value: counts[one] for one in PhotoFate}))
        self.imported.emit()

    def _show_begun(self, progress: Progress) -> None:
        self.progress.follow(self.tr("Assigning the photos") if self._assigning else self.tr("Looking at the photos"),
                             progress)

    def _show_busy(self, busy: bool) -> None:
        for part in (self.batch, self.choose, self.shown):
            part.setDisabled(busy)
        if not busy:
            self.progress.finish()

    def _show_refused(self, code: str, detail: Mapping[str, Any]) -> None:
        self.notice.refuse(sentence(code, detail))

    def _show_failed(self, fault: EnvironmentFault) -> None:
        self.notice.warn(sentence_of(fault))


def _sheet_row(at: int, one: "PhotoRow") -> SheetRow:
    to = one.enrolment
    return SheetRow(at, one.verdict, one.problems, {
        "file": one.file, "name": to.name if to else "", "id_no": to.document_number if to else "",
        "photo": value_word(f"photo.{one.fate}", current_language())})
