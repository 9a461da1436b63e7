"""Before a list of people leaves the desk: why, and whether with whole numbers."""

from PySide6.QtCore import QLocale, Signal
from PySide6.QtWidgets import QCheckBox, QWidget

from desktop.widgets.reason import ReasonDialog


class HandoutDialog(ReasonDialog):
    agreed = Signal(str, bool)
    """The reason, and whether numbers are masked."""

    def __init__(self, title: str, rows: int, parent: QWidget | None = None) -> None:
        said = self.tr("Personal data of {n} people leaves the encrypted desk.").format(n=QLocale().toString(rows))
        super().__init__(title, said, self.tr("&Go on"), parent)
        self.whole = QCheckBox(self.tr("&Whole document and telephone numbers"))
        self.column.insertWidget(self.column.indexOf(self.form) + 1, self.whole)
        self.given.connect(lambda why: self.agreed.emit(why, not self.whole.isChecked()))
