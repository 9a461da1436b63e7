"""Editors of the candidate's form: everything goes on with Enter, and a passport's lines fit into one field."""

from PySide6.QtCore import QMetaMethod, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QLineEdit,
    QStyle,
    QStyleOptionComboBox,
    QStylePainter,
    QWidget,
)

MRZ_LINE = {30, 36, 44}
"""Characters in a line of a machine-readable zone (ICAO 9303)."""


class ChoiceBox(QComboBox):
    """Texts with values. Enter goes on; the wheel turns it only while it has the focus."""

    returnPressed = Signal()  # noqa: N815 - as a QLineEdit's
    """Enter. Where nobody listens, Enter goes to whatever is next."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(12)

    def fill(self, choices: list[tuple[str, str]]) -> None:
        """Text and value. The value chosen before stays chosen where it is still there."""
        kept = self.value()
        self.blockSignals(True)
        self.clear()
        for text, value in choices:
            self.addItem(text, value)
        self.blockSignals(False)
        self.choose(kept)

    def value(self) -> str:
        return str(self.currentData() or "")

    def choose(self, value: str) -> None:
        """The first choice where `value` is none of them."""
        self.setCurrentIndex(max(self.findData(value), 0 if self.count() else -1))
        self.setToolTip(self.currentText())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() not in {Qt.Key.Key_Return, Qt.Key.Key_Enter} or event.modifiers():
            super().keyPressEvent(event)
        elif self.isSignalConnected(QMetaMethod.fromSignal(self.returnPressed)):
            self.returnPressed.emit()
        else:
            self.focusNextPrevChild(True)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """As Qt's own, but a long text ends in dots instead of half a character."""
        painter, option = QStylePainter(self), QStyleOptionComboBox()
        self.initStyleOption(option)
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        room = self.style().subControlRect(QStyle.ComplexControl.CC_ComboBox, option,
                                           QStyle.SubControl.SC_ComboBoxEditField, self).width()
        option.currentText = self.fontMetrics().elidedText(self.currentText(), Qt.TextElideMode.ElideRight, room - 4)
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)
        painter.end()

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()


class DocumentEdit(QLineEdit):
    """A document number, or the two or three lines of a passport's machine-readable zone, scanned or pasted."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMaxLength(140)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A scanner ends each line with Enter: between lines it is a space."""
        lines = self.text().split()
        last = len(lines[-1]) if lines else 0
        wanted = 3 if last == 30 else 2
        if (event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and "<" in self.text()
                and last in MRZ_LINE and len(lines) < wanted):
            self.insert(" ")
        else:
            super().keyPressEvent(event)


class Box(QCheckBox):
    """A check box that Enter leaves, as every field."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not event.modifiers():
            self.focusNextPrevChild(True)
        else:
            super().keyPressEvent(event)
