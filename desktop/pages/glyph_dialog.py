"""The picture of a character that no font has: chosen, dropped or pasted, and looked at before it is kept."""

from PySide6.QtCore import QBuffer, QIODevice, QMimeData, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QImage, QKeyEvent, QKeySequence, QPixmap
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QLabel, QVBoxLayout, QWidget

from appraisal.domain.rare_characters import code_point
from desktop.errors import sentence_of
from desktop.theme import GRID
from desktop.viewmodels.glyph import GlyphViewModel
from desktop.widgets.basics import label, plain_button, primary_button, row
from desktop.widgets.notice import Notice

SHOWN = 220
WIDTH = 460


class GlyphDialog(QDialog):
    wanted = Signal(str, bytes)
    """The character, and its picture."""

    def __init__(self, view_model: GlyphViewModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Picture of {character}").format(character=code_point(view_model.character)))
        self.resize(WIDTH, 0)
        self.setAcceptDrops(True)
        self._view_model = view_model
        view_model.setParent(self)
        self.notice = Notice()
        self.picture = QLabel(self.tr("Drop or paste a picture here"))
        self.picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.picture.setFixedHeight(SHOWN + 2 * GRID)
        self.picture.setAccessibleName(self.windowTitle())
        self.choose = plain_button(self.tr("&Choose a file …"), "import", self._choose)
        self.keep = primary_button(self.tr("&Keep it"), "check", self._keep)
        self.keep.setEnabled(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        column.setSpacing(GRID)
        column.addWidget(label(self.windowTitle(), "heading"))
        column.addWidget(label(self.tr(
            "Scan it from the identity document or write it large, black on white. It is made square; certificates "
            "issued from now on are printed with it."), "muted", wrap=True))
        column.addWidget(self.notice)
        column.addWidget(self.picture)
        column.addLayout(row(self.choose, None, plain_button(self.tr("Cancel"), "", self.reject), self.keep))
        view_model.made.connect(self._show)
        view_model.refused.connect(lambda refusal: self.notice.refuse(sentence_of(refusal)))
        self.choose.setFocus()

    def _show(self, picture: bytes) -> None:
        self.notice.clear()
        pixels = QPixmap()
        pixels.loadFromData(picture)
        self.picture.setPixmap(pixels.scaledToHeight(SHOWN, Qt.TransformationMode.SmoothTransformation))
        self.keep.setEnabled(True)
        self.keep.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Paste):
            self._take_mime(QApplication.clipboard().mimeData())
        else:
            super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasImage() or event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        self._take_mime(event.mimeData())

    def _take_mime(self, mime: QMimeData | None) -> None:
        if mime is None:
            return
        if mime.hasUrls() and mime.urls()[0].isLocalFile():
            self._view_model.open_file(mime.urls()[0].toLocalFile())
        elif isinstance(image := mime.imageData(), QImage):
            buffer = QBuffer()
            buffer.open(QIODevice.OpenModeFlag.WriteOnly)
            image.save(buffer, "PNG")  # type: ignore[call-overload]  # the stubs know bytes only
            self._view_model.open_data(bytes(buffer.data().data()))

    def _choose(self) -> None:
        path, _ = QFileDialog.getOpenFileName(self, self.windowTitle(), "",
                                              self.tr("Pictures (*.png *.jpg *.jpeg *.bmp *.tif *.tiff *.webp)"))
        if path:
            self._view_model.open_file(path)

    def _keep(self) -> None:
        self.wanted.emit(self._view_model.character, self._view_model.picture)
        self.accept()
