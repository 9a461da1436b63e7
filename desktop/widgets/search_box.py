"""Instant search: every key asks again, at once; the caller reads with `Latest`, so old answers are dropped."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QLineEdit, QWidget

from desktop.widgets.icons import icon


class SearchBox(QLineEdit):
    """`/` or Ctrl+F anywhere in its page takes the focus here; Esc clears; Down and Enter leave to the list."""

    asked = Signal(str)
    """The trimmed text, whenever it changes."""
    left = Signal()
    """Down or Enter: the list should take the focus."""

    def __init__(self, hint: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setPlaceholderText(hint)
        self.setAccessibleName(hint)
        self.addAction(icon("search", "muted"), QLineEdit.ActionPosition.LeadingPosition)
        self.setClearButtonEnabled(True)
        self._asked = ""
        self.textChanged.connect(self._ask)

    def serve(self, page: QWidget) -> None:
        """Make `/` and Ctrl+F work all over `page`."""
        for keys in (QKeySequence(QKeySequence.StandardKey.Find), QKeySequence("/")):
            shortcut = QShortcut(keys, page)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(self.take_focus)

    def take_focus(self) -> None:
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.selectAll()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        elif event.key() in {Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _ask(self, text: str) -> None:
        wanted = text.strip()
        if wanted != self._asked:
            self._asked = wanted
            self.asked.emit(wanted)
