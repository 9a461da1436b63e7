"""The rare-character helper: what somebody knows of a character is typed, those that fit are shown, Enter takes one."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent
from PySide6.QtWidgets import (
    QDialog,
    QLineEdit,
    QListView,
    QListWidget,
    QListWidgetItem,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from appraisal.domain.rare_characters import MOST, Han, code_point
from desktop.theme import GRID
from desktop.viewmodels.rare_characters import RareCharactersViewModel
from desktop.widgets.basics import label, plain_button, primary_button, row

CELL, GLYPH = 52, 24
WIDTH, HEIGHT = 640, 520


class RareCharactersDialog(QDialog):
    chosen = Signal(str)

    def __init__(self, view_model: RareCharactersViewModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Rare characters"))
        self.resize(WIDTH, HEIGHT)
        self._view_model = view_model
        view_model.setParent(self)
        self._found: Sequence[Han] = ()
        self.typed = _Typed()
        self.typed.setAccessibleName(self.tr("What you know of the character"))
        self.typed.setPlaceholderText(self.tr("di 11   ·   由页   ·   U+2CC56"))
        self.grid = self._made_grid()
        self.hint = label("", "muted", wrap=True)
        self.hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.parts = QStackedWidget()
        self.parts.addWidget(self.hint)
        self.parts.addWidget(self.grid)
        self.about = label("", wrap=True)
        self.about.setMinimumHeight(2 * self.about.fontMetrics().lineSpacing())
        self.take = primary_button(self.tr("&Insert"), "check", self._take)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        column.setSpacing(GRID)
        column.addWidget(label(self.windowTitle(), "heading"))
        column.addWidget(self.typed)
        column.addWidget(self.parts, 1)
        column.addWidget(self.about)
        column.addLayout(row(None, plain_button(self.tr("Cancel"), "", self.reject), self.take))
        self.typed.textChanged.connect(self._search)
        self.typed.returnPressed.connect(self._take)
        self.typed.down.connect(self._enter_grid)
        self.grid.currentItemChanged.connect(self._describe)
        self.grid.itemActivated.connect(self._take)
        view_model.found.connect(self._show)
        self._search("")
        self.typed.setFocus()

    def _made_grid(self) -> QListWidget:
        grid = QListWidget()
        grid.setViewMode(QListView.ViewMode.IconMode)
        grid.setMovement(QListView.Movement.Static)
        grid.setResizeMode(QListView.ResizeMode.Adjust)
        grid.setUniformItemSizes(True)
        grid.setGridSize(QSize(CELL, CELL))
        font = QFont(grid.font())
        font.setPixelSize(GLYPH)
        grid.setFont(font)
        grid.setAccessibleName(self.tr("Characters found"))
        return grid

    def _search(self, typed: str) -> None:
        if typed.strip():
            self._view_model.search(typed)
        else:
            self._show((), self.tr("Type what you know of it, with spaces between: its sound (di), its strokes (11), "
                                   "parts that it has (由页), or its code point (U+2CC56). All of it has to fit."))

    def _show(self, found: Sequence[tuple[Han, bool]], hint: str = "") -> None:
        if not hint and not self.typed.text().strip():
            return  # an answer that comes after the line was emptied
        self.grid.clear()
        self._found = [one for one, _drawn in found]
        for one, drawn in found:
            item = QListWidgetItem(one.character if drawn else f"{ord(one.character):X}", self.grid)
            if not drawn:
                item.setFont(self.font())
                item.setForeground(self.palette().placeholderText())
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{one.character} {code_point(one.character)}")
            item.setTextAlignment(Qt.AlignmentFlag.AlignCenter)
            item.setSizeHint(QSize(CELL, CELL))
        self.hint.setText(hint or self.tr("Nothing fits all of that. Leave something out, or use another part."))
        self.parts.setCurrentWidget(self.grid if found else self.hint)
        self.take.setEnabled(bool(found))
        self.grid.setCurrentRow(0 if found else -1)
        self._describe()

    def _describe(self) -> None:
        one = self._current()
        if one is None:
            self.about.setText("")
            return
        said = [code_point(one.character), ", ".join(one.readings), self.tr("{n} strokes").format(n=one.strokes),
                " ".join(one.parts)]
        if self.grid.currentItem().text() != one.character:
            said.append(self.tr("no font of ours draws it: a certificate cannot be printed with it"))
        if self.grid.count() == MOST:
            said.append(self.tr("only the first {n} are shown").format(n=MOST))
        self.about.setText("   ·   ".join(part for part in said if part))

    def _enter_grid(self) -> None:
        if self.grid.count():
            self.grid.setFocus()

    def _take(self) -> None:
        one = self._current()
        if one is not None:
            self.chosen.emit(one.character)
            self.accept()

    def _current(self) -> Han | None:
        place = self.grid.currentRow()
        return self._found[place] if 0 <= place < len(self._found) else None


class _Typed(QLineEdit):
    """Down leaves to what was found."""

    down = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down:
            self.down.emit()
        else:
            super().keyPressEvent(event)
