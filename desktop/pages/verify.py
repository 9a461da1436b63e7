"""Verify page: scan, drop, open or paste a certificate; one big state, and what to compare with the paper."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QIODevice, QMimeData, Qt
from PySide6.QtGui import (
    QDragEnterEvent,
    QDropEvent,
    QGuiApplication,
    QImage,
    QKeySequence,
    QShortcut,
    QShowEvent,
)
from PySide6.QtWidgets import QApplication, QFileDialog, QHBoxLayout, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from appraisal.domain.errors import EnvironmentFault
from desktop.errors import sentence_of
from desktop.i18n import current_language
from desktop.models.paged_table import Column
from desktop.pages.verify_camera import CameraPanel
from desktop.pages.verify_parts import FieldsCard, PersonCard, ScanEdit, is_thing
from desktop.shell.entries import Command
from desktop.tasks import Tasks
from desktop.theme import GRID
from desktop.viewmodels.verify import Checked, PersonCheck, VerifyViewModel
from desktop.viewmodels.verify_words import (
    checked_chip,
    checked_sentence,
    fields_of,
    is_unsigned,
    person_chip,
    signer_of,
)
from desktop.widgets.basics import label, page_column, plain_button, primary_button, row
from desktop.widgets.big_verdict import BigVerdict
from desktop.widgets.empty_state import EmptyState
from desktop.widgets.notice import Notice
from desktop.widgets.radar_chart import RadarChart
from desktop.widgets.rows_table import RowsTable

if TYPE_CHECKING:
    from desktop.camera import CodeCamera

Numbered = tuple[int, Checked]


class VerifyPage(QWidget):
    """Enter checks what was typed, Esc clears for the next one."""

    def __init__(self, view_model: VerifyViewModel, tasks: Tasks,
                 open_camera: Callable[[Tasks], "CodeCamera"] | None = None, parent: QWidget | None = None) -> None:
        """`open_camera`: None is this computer's own."""
        super().__init__(parent)
        self._view_model, self._by_camera = view_model, False
        self.setAcceptDrops(True)
        self.scan = ScanEdit(self.tr("Scan the code into this line, or paste its text; Enter checks it"))
        self.open_file = primary_button(self.tr("&Open image or PDF …"), "import", self._ask_for_files)
        self.camera = plain_button(self.tr("Ca&mera"), "camera", self._switch_camera)
        self.paste = plain_button(self.tr("&Paste"), "copy", self._paste)
        self.again = plain_button(self.tr("&Next certificate"), "back", self._clear)
        self.again.setToolTip(self.tr("Esc"))
        self.reading = Notice()
        self.finder = CameraPanel(lambda: (open_camera or _own_camera)(tasks))
        self.verdict, self.fields, self.radar = BigVerdict(), FieldsCard(), RadarChart()
        self.person = PersonCard(view_model.check_person, view_model.forget_person)
        self.table = self._table(tasks)
        self.states = QStackedWidget()
        self._lay_out()
        self.scan.returnPressed.connect(self._check_typed)
        self.scan.given.connect(self._take)
        self.finder.seen.connect(self._on_seen)
        self.finder.refused.connect(self._on_camera_refused)
        self.table.current_id.connect(self._choose)
        view_model.results_changed.connect(self._show_results)
        view_model.chosen_changed.connect(self._show_chosen)
        view_model.person_changed.connect(self._show_person)
        view_model.busy_changed.connect(self._show_busy)
        self._add_shortcuts()

    # what the shell asks

    def commands(self) -> Sequence[Command]:
        return [Command(self.tr("Open image or PDF"), self._ask_for_files, "import", "Ctrl+O"),
                Command(self.tr("Scan by camera"), self._switch_camera, "camera"),
                Command(self.tr("Check what is on the clipboard"), self._paste, "copy"),
                Command(self.tr("Next certificate"), self._clear, "back", "Esc")]

    def refresh(self) -> None:
        """In sight again: the scanner types here."""
        self.scan.setFocus()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.scan.setFocus()

    # laying out

    def _lay_out(self) -> None:
        nothing = EmptyState("verify", self.tr("Ready for a certificate"), self.tr(
            "Scan its code with the scanner or the camera, drop a picture or a PDF here, or paste one. Everything is "
            "checked on this computer; nothing is sent."))
        column = page_column(self)
        column.addLayout(row(label(self.tr("Verify"), "title"), None, self.again, self.camera, self.paste,
                             self.open_file))
        column.addWidget(self.scan)
        column.addWidget(self.reading)
        column.addWidget(self.states, 1)
        self.states.addWidget(nothing)
        self.states.addWidget(self._result())
        self.states.addWidget(self.finder)
        self.again.hide()
        for one, other in ((self.scan, self.open_file), (self.open_file, self.camera), (self.camera, self.paste),
                           (self.paste, self.again),
                           (self.again, self.table), (self.table, self.person.number)):
            self.setTabOrder(one, other)

    def _table(self, tasks: Tasks) -> RowsTable[Numbered]:
        return RowsTable("verify", (
            Column(self.tr("Name"), lambda row: _title(row[1]), width=112),
            Column(self.tr("Verdict"), lambda _row: "", lambda row: checked_chip(row[1]), width=190),
            Column(self.tr("Certificate"), lambda row: _number(row[1]), width=180),
        ), lambda row: str(row[0]), tasks)

    def _result(self) -> QWidget:
        ground = QWidget()
        right = QVBoxLayout()
        right.setSpacing(GRID + GRID // 2)
        right.addWidget(self.radar, 3)
        right.addWidget(self.person)
        right.addStretch(1)
        rolled = QScrollArea()
        rolled.setWidgetResizable(True)
        rolled.setFrameShape(QScrollArea.Shape.NoFrame)
        rolled.setWidget(self.fields)
        self.table.setMaximumWidth(380)
        line = QHBoxLayout()
        line.setSpacing(GRID + GRID // 2)
        line.addWidget(self.table, 2)
        line.addWidget(rolled, 3)
        line.addLayout(right, 2)
        column = QVBoxLayout(ground)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID + GRID // 2)
        column.addWidget(self.verdict)
        column.addLayout(line, 1)
        return ground

    def _add_shortcuts(self) -> None:
        for keys, run in ((QKeySequence(Qt.Key.Key_Escape), self._clear),
                          (QKeySequence(QKeySequence.StandardKey.Open), self._ask_for_files)):
            shortcut = QShortcut(keys, self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(run)

    # what comes in

    def _check_typed(self) -> None:
        self._view_model.check_text(self.scan.text())
        self.scan.clear()

    def _ask_for_files(self) -> None:
        chosen, _ = QFileDialog.getOpenFileNames(
            self, self.tr("Verify"), "", self.tr("Certificates (*.pdf *.png *.jpg *.jpeg *.tif *.tiff *.bmp *.webp)"))
        if chosen:
            self._view_model.check_files([Path(one) for one in chosen])

    def _paste(self) -> None:
        self._take(QGuiApplication.clipboard().mimeData())

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if is_thing(event.mimeData()) or event.mimeData().hasText():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        self._take(event.mimeData())
        event.acceptProposedAction()

    def _take(self, held: QMimeData | None) -> None:
        held = held or QMimeData()  # an empty clipboard has none
        files = [Path(url.toLocalFile()) for url in held.urls() if url.isLocalFile()]
        if files:
            self._view_model.check_files(files)
        elif held.hasImage():
            self._view_model.check_picture(_png(QImage(held.imageData())))
        elif held.text().strip():
            self._view_model.check_text(held.text())
        else:
            self.reading.info(self.tr("There is neither text nor a picture on the clipboard. Copy one first."))

    def _clear(self) -> None:
        """Ready for the next one: by the camera again, where the last one came by it."""
        again, self._by_camera = self._by_camera and not self.finder.is_on, False
        self.scan.clear()
        self.reading.clear()
        self._view_model.clear()
        self.scan.setFocus()
        if again:
            self._start_camera()

    # the camera

    def _switch_camera(self) -> None:
        if self.finder.is_on:
            self._clear()
        else:
            self._view_model.clear()
            self._start_camera()

    def _start_camera(self) -> None:
        self._by_camera = True
        self.states.setCurrentWidget(self.finder)
        self.finder.start()

    def _on_seen(self, texts: tuple[str, ...]) -> None:
        QApplication.beep()
        self._view_model.check_texts(texts)

    def _on_camera_refused(self, code: str) -> None:
        self._by_camera = False
        self.states.setCurrentIndex(0)
        self.reading.refuse(sentence_of(EnvironmentFault(code)))

    # what is shown

    def _show_busy(self, busy: bool) -> None:
        if busy:
            self.reading.info(self.tr("Reading …"))
        else:
            self.reading.clear()

    def _show_results(self, results: tuple[Checked, ...]) -> None:
        self.states.setCurrentIndex(1 if results else 0)
        self.again.setVisible(bool(results))
        self.table.setVisible(len(results) > 1)
        if len(results) > 1:
            self.table.show_rows(list(enumerate(results)))
            self.table.go_to(0)

    def _choose(self, record: str) -> None:
        if record:
            self._view_model.choose(int(record))

    def _show_chosen(self, one: Checked | None) -> None:
        if one is None:
            return
        self.verdict.show_verdict(checked_chip(one), checked_sentence(one))
        verdict = one.verdict
        marks = self._view_model.qualities(verdict, current_language()) if verdict is not None else ()
        said = fields_of(verdict, marks) if verdict is not None else []
        self.fields.setVisible(bool(said))
        if verdict is not None:
            doubtful = is_unsigned(one)
            self.fields.show_lines(
                self.tr("What somebody wrote into it") if doubtful else self.tr("Compare with what is printed"),
                self.tr("Nobody known stands behind these lines.") if doubtful else "", said, signer_of(verdict))
        self.radar.setVisible(bool(marks))
        if marks:
            self.radar.show_marks(*zip(*marks, strict=True))
        self.person.setVisible(bool(said))
        self.person.allow(possible=self._view_model.can_check_person())

    def _show_person(self, state: PersonCheck) -> None:
        self.person.show_answer(person_chip(state))


def _own_camera(tasks: Tasks) -> "CodeCamera":
    from desktop.camera import CodeCamera  # noqa: PLC0415 - what films loads only where it is wanted

    return CodeCamera(tasks)


def _title(one: Checked) -> str:
    claims = one.verdict.claims if one.verdict is not None else None
    return claims.name if claims is not None else one.source


def _number(one: Checked) -> str:
    claims = one.verdict.claims if one.verdict is not None else None
    return claims.number if claims is not None else ""


def _png(image: QImage) -> bytes:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]
    return bytes(buffer.data().data())
