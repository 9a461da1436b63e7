"""The photo in a candidate's form: shown with what is to be looked at, and changed in a dialog of its own."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QLabel, QWidget

from appraisal.domain.errors import RuleViolation
from appraisal.sheets.wording import problem_sentence
from desktop.errors import sentence_of
from desktop.i18n import current_language
from desktop.pages.candidates_person import PHOTO, picture_of
from desktop.widgets.basics import plain_button, row
from desktop.widgets.field_row import FieldRow

if TYPE_CHECKING:
    from appraisal.documents.photo import PhotoReading
    from desktop.viewmodels.photo import PhotoViewModel


class Face(QWidget):
    """The photo, and the button to take or choose one."""

    wanted = Signal(object)
    """Another photo: the QMimeData that was dropped, or None."""

    def __init__(self) -> None:
        super().__init__()
        self.setAcceptDrops(True)
        self.picture = QLabel()
        self.picture.setFixedSize(*PHOTO)
        self.picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.picture.setAccessibleName(self.tr("Photo"))
        self.choose = plain_button(self.tr("Take a p&hoto …"), "camera", lambda: self.wanted.emit(None))
        line = row(self.picture, self.choose, None)
        line.setContentsMargins(0, 0, 0, 0)
        self.setLayout(line)
        self.setFocusProxy(self.choose)

    def show_picture(self, jpeg: bytes | None) -> None:
        found = picture_of(jpeg)
        self.picture.setPixmap(found)
        if found.isNull():
            self.picture.setText(self.tr("No photo"))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasImage() or event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        self.wanted.emit(event.mimeData())


class PhotoField(FieldRow):
    changed = Signal()

    def __init__(self, title: str, begin: "Callable[[], PhotoViewModel]") -> None:
        """`begin` gives the state of another photo; raises RuleViolation."""
        self.face = Face()
        super().__init__(title, self.face)
        self._begin = begin
        self.jpeg: bytes | None = None
        """A new photo; None where there is none, or that of before."""
        self.face.wanted.connect(self.open)

    def show_kept(self, jpeg: bytes | None) -> None:
        """The person's photo as it is kept, None: there is none."""
        self.jpeg = None
        self.face.show_picture(jpeg)
        self.accept()

    def put_new(self, jpeg: bytes) -> None:
        """One that was checked before."""
        self.jpeg = jpeg
        self.face.show_picture(jpeg)

    def open(self, dropped: QMimeData | None) -> None:
        from desktop.pages.photo_dialog import PhotoDialog  # noqa: PLC0415 - pictures, when a photo is wanted

        try:
            dialog = PhotoDialog(self._begin(), self)
        except RuleViolation as refusal:
            self.refuse(sentence_of(refusal))
            return
        dialog.used.connect(self._show_new)
        dialog.open()
        if dropped is not None:
            dialog.take_in(dropped)

    def _show_new(self, reading: "PhotoReading") -> None:
        assert reading.jpeg is not None
        self.put_new(reading.jpeg)
        self.accept()
        if reading.problems:
            self.warn("  ".join(problem_sentence(one, current_language()) for one in reading.problems))
        self.changed.emit()
