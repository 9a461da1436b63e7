"""Asks why, before something is done that stays in the journal."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QLineEdit, QVBoxLayout, QWidget

from desktop.theme import GRID
from desktop.widgets.basics import label, plain_button, primary_button, row
from desktop.widgets.field_row import Form

WIDTH = 480


class ReasonDialog(QDialog):
    given = Signal(str)

    def __init__(self, title: str, what_follows: str, do_it: str, parent: QWidget | None = None) -> None:
        """`do_it`: the words of the button."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self.resize(WIDTH, 0)
        self.why, self.form = QLineEdit(), Form()
        self.form.add("why", self.tr("Reas&on"), self.why, self.tr("It is kept for good, with your name."))
        self.go_on = primary_button(do_it, "check", self._go_on)
        self.column = column = QVBoxLayout(self)
        column.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        column.setSpacing(GRID)
        column.addWidget(label(title, "heading"))
        column.addWidget(label(what_follows, wrap=True))
        column.addWidget(self.form)
        column.addLayout(row(None, plain_button(self.tr("Back"), "", self.reject), self.go_on))
        self.form.finished.connect(self._go_on)
        self.why.setFocus()

    def _go_on(self) -> None:
        why = self.why.text().strip()
        if not why:
            self.form.refuse("why", self.tr("Say why."))
            return
        self.accept()
        self.given.emit(why)
