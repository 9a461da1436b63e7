"""Before a list of people leaves the desk: why, and whether with whole numbers."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QDialog, QLineEdit, QVBoxLayout, QWidget

from desktop.theme import GRID
from desktop.widgets.basics import label, plain_button, primary_button, row
from desktop.widgets.field_row import Form

WIDTH = 520


class HandoutDialog(QDialog):
    agreed = Signal(str, bool)
    """The reason, and whether numbers are masked."""

    def __init__(self, title: str, rows: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self.resize(WIDTH, 0)
        self.why, self.form = QLineEdit(), Form()
        self.form.add("why", self.tr("Reas&on"), self.why, self.tr("It is kept for good, with your name."))
        self.whole = QCheckBox(self.tr("&Whole document and telephone numbers"))
        self.go_on = primary_button(self.tr("&Go on"), "check", self._go_on)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        column.setSpacing(GRID)
        column.addWidget(label(title, "heading"))
        column.addWidget(label(self.tr("Personal data of {n} people leaves the encrypted desk.").format(
            n=self.locale().toString(rows)), wrap=True))
        column.addWidget(self.form)
        column.addWidget(self.whole)
        column.addLayout(row(None, plain_button(self.tr("Cancel"), "", self.reject), self.go_on))
        self.form.finished.connect(self._go_on)
        self.why.setFocus()

    def _go_on(self) -> None:
        why = self.why.text().strip()
        if not why:
            self.form.refuse("why", self.tr("Say what the list is for."))
            return
        self.accept()
        self.agreed.emit(why, not self.whole.isChecked())
