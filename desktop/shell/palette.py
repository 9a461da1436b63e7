"""Ctrl+K: every page and every action of the page shown, found by a few letters or pinyin initials."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from desktop.shell.entries import Command
from desktop.shell.matching import best
from desktop.theme import GRID
from desktop.widgets.basics import label
from desktop.widgets.icons import icon

_COMMAND = Qt.ItemDataRole.UserRole


class CommandPalette(QDialog):
    """Type, Down and Up choose, Enter runs, Esc leaves."""

    def __init__(self, commands: Sequence[Command], parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Commands"))
        self._commands = commands
        self.typed, self.found = QLineEdit(), QListWidget()
        self.typed.setPlaceholderText(self.tr("Page or action; pinyin initials will do"))
        self.typed.setAccessibleName(self.tr("Command"))
        self.typed.textChanged.connect(self._find)
        self.typed.installEventFilter(self)
        self.found.setIconSize(QSize(20, 20))
        self.found.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.found.setAccessibleName(self.tr("Commands found"))
        self.found.itemClicked.connect(self._run)
        column = QVBoxLayout(self)
        column.setContentsMargins(GRID, GRID, GRID, GRID)
        column.addWidget(self.typed)
        column.addWidget(self.found)
        column.addWidget(label(self.tr("Enter runs · Esc leaves"), "muted"))
        self.resize(520, 420)
        self._find("")

    def open_over(self, window: QWidget) -> None:
        corner = window.mapToGlobal(window.rect().topLeft())
        self.move(corner.x() + (window.width() - self.width()) // 2, corner.y() + window.height() // 8)
        self.show()
        self.typed.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.typed and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
            if step is not None:
                rows = max(self.found.count(), 1)
                self.found.setCurrentRow((self.found.currentRow() + step) % rows)
                return True
            if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
                self._run(self.found.currentItem())
                return True
        return super().eventFilter(watched, event)

    def _find(self, typed: str) -> None:
        self.found.clear()
        for command in best(typed, self._commands, lambda one: one.title):
            item = QListWidgetItem(icon(command.icon), command.title + (f"   {command.keys}" if command.keys else ""))
            item.setData(_COMMAND, command)
            item.setSizeHint(QSize(0, 34))
            self.found.addItem(item)
        self.found.setCurrentRow(0)

    def _run(self, item: QListWidgetItem | None) -> None:
        if item is None:
            return
        command: Command = item.data(_COMMAND)
        self.close()
        command.run()
