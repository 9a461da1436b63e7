"""Editors of the candidate's form: everything goes on with Enter, and a passport's lines fit into one field."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import (
    QAbstractItemModel,
    QMetaMethod,
    QModelIndex,
    QPersistentModelIndex,
    QRegularExpression,
    Qt,
    Signal,
)
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QCompleter,
    QLineEdit,
    QStyle,
    QStyleOptionComboBox,
    QStylePainter,
    QWidget,
)

from appraisal.domain.text import compact
from desktop.viewmodels.table_choices import Offered
from desktop.widgets.icons import icon

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


class SearchChoice(ChoiceBox):
    """A long table to choose from by typing: part of a name, its pinyin or initials, or its code. What is not in the
    table is never taken: the choice before comes back."""

    _KEY = Qt.ItemDataRole.UserRole + 1

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self._later: Callable[[], Sequence[Offered]] | None = None
        line = self._line()
        self._found = _ByKey(self.model(), self._KEY, self)
        self.setCompleter(self._found)
        self._found.activated.connect(self._take_found)
        line.editingFinished.connect(self._settle)
        line.returnPressed.connect(self._go_on)
        self.currentIndexChanged.connect(self._show_start)

    def offer(self, choices: Sequence[Offered]) -> None:
        """As `fill`, each with what it is found by."""
        kept = self.value()
        self.blockSignals(True)
        self.clear()
        for at, (text, value, key) in enumerate(choices):
            self.addItem(text, value)
            self.setItemData(at, key, self._KEY)
        self.blockSignals(False)
        self.choose(kept)

    def offer_later(self, choices: Callable[[], Sequence[Offered]]) -> None:
        """A table so long that it is asked for when somebody comes to the field, or a value is put into it."""
        self._later = choices

    def choose(self, value: str) -> None:
        if value:
            self._fetch()
        super().choose(value)
        self._show_start()

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._fetch()
        super().focusInEvent(event)
        self._line().selectAll()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not event.modifiers():
            self._go_on()
        else:
            QComboBox.keyPressEvent(self, event)

    def paintEvent(self, event: QPaintEvent) -> None:
        QComboBox.paintEvent(self, event)

    def _line(self) -> QLineEdit:
        line = self.lineEdit()
        assert line is not None
        return line

    def _fetch(self) -> None:
        later, self._later = self._later, None
        if later is not None:
            self.offer(later())

    def _go_on(self) -> None:
        popup = self._found.popup()
        if popup is not None and popup.isVisible():
            self._take_found(popup.currentIndex())
            popup.hide()
        self._settle()
        self.returnPressed.emit()

    def _take_found(self, index: QModelIndex | str) -> None:
        if isinstance(index, QModelIndex) and index.isValid():
            self.choose(str(index.data(Qt.ItemDataRole.UserRole) or ""))

    def _settle(self) -> None:
        """What was typed becomes the first choice that it finds, or what was chosen before."""
        typed = self._line().text().strip()
        if typed != self.currentText() or typed != self.itemText(self.currentIndex()):
            if not typed and self.findData("") >= 0:
                self.choose("")
            elif typed and (at := self._found.first(typed)) >= 0:
                self.setCurrentIndex(at)
        self._show_start()

    def _show_start(self) -> None:
        """A long name is read from its beginning."""
        self._line().setText(self.itemText(self.currentIndex()))
        self._line().setCursorPosition(0)


class _ByKey(QCompleter):
    """Finds a row by any part of its key, and shows its text."""

    def __init__(self, model: QAbstractItemModel, key: int, parent: QWidget) -> None:
        super().__init__(model, parent)
        self._key = key
        self.setCompletionRole(key)
        self.setFilterMode(Qt.MatchFlag.MatchContains)
        self.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.setMaxVisibleItems(12)

    def pathFromIndex(self, index: QModelIndex | QPersistentModelIndex) -> str:
        return str(index.data(Qt.ItemDataRole.DisplayRole) or "")

    def splitPath(self, path: str) -> list[str]:
        return [compact(path)]

    def first(self, typed: str) -> int:
        """The row of this name, else the first with a word that begins so, else the first found; -1: none."""
        model, how = self.model(), Qt.MatchFlag
        sought = compact(typed)
        word = QRegularExpression(f"(^| ){QRegularExpression.escape(sought)}",
                                  QRegularExpression.PatternOption.CaseInsensitiveOption)
        for role, wanted, flag in ((Qt.ItemDataRole.DisplayRole, typed, how.MatchFixedString),
                                   (self._key, word, how.MatchRegularExpression),
                                   (self._key, sought, how.MatchContains)):
            if found := model.match(model.index(0, 0), role, wanted, 1, flag):
                return found[0].row()
        return -1


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


class NameEdit(QLineEdit):
    """F2, or the sign at its end, asks for a character that the input method does not have."""

    rare_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        sign = self.addAction(icon("search", "muted"), QLineEdit.ActionPosition.TrailingPosition)
        sign.setToolTip(self.tr("Rare characters (F2)"))
        sign.triggered.connect(self.rare_asked)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_F2:
            self.rare_asked.emit()
        else:
            super().keyPressEvent(event)


class Box(QCheckBox):
    """A check box that Enter leaves, as every field."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not event.modifiers():
            self.focusNextPrevChild(True)
        else:
            super().keyPressEvent(event)
