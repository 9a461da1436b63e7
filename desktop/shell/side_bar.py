"""The side bar: a page is an icon and a word; the small tools stand below."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QToolButton, QVBoxLayout, QWidget

from desktop.shell.entries import PageEntry
from desktop.theme import GRID
from desktop.widgets.basics import label
from desktop.widgets.icons import icon

WIDTH = 176
ENTRY_HEIGHT = 40


class SideBar(QWidget):
    chosen = Signal(str)
    """Key of the page."""

    def __init__(self, entries: Sequence[PageEntry], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("sideBar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedWidth(WIDTH)
        self._keys = [entry.key for entry in entries]
        title = label(self.tr("Appraisal Desk"), "heading")
        title.setContentsMargins(2 * GRID, 2 * GRID, GRID, GRID)
        self.pages = QListWidget()
        self.pages.setAccessibleName(self.tr("Pages"))
        self.pages.setIconSize(QSize(22, 22))
        self.pages.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for place, entry in enumerate(entries, 1):
            item = QListWidgetItem(icon(entry.icon), entry.title)
            item.setSizeHint(QSize(0, ENTRY_HEIGHT))
            if place <= 9:
                item.setToolTip(f"{entry.title}  Ctrl+{place}")
            self.pages.addItem(item)
        self.pages.currentRowChanged.connect(self._choose)
        self.tools = QHBoxLayout()
        self.tools.setContentsMargins(GRID, GRID // 2, GRID, GRID)
        self.tools.setSpacing(2)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 1, 0)
        column.setSpacing(0)
        column.addWidget(title)
        column.addWidget(self.pages, 1)
        column.addLayout(self.tools)

    def add_tool(self, icon_name: str, name: str, run: Callable[[], None]) -> QToolButton:
        tool = QToolButton()
        tool.setIcon(icon(icon_name))
        tool.setIconSize(QSize(20, 20))
        tool.setToolTip(name)
        tool.setAccessibleName(name)
        tool.clicked.connect(lambda: run())  # noqa: PLW0108  keeps Qt's `checked` away
        self.tools.addWidget(tool)
        return tool

    def mark(self, key: str) -> None:
        """Show `key` as the page that is open."""
        self.pages.setCurrentRow(self._keys.index(key))

    def _choose(self, place: int) -> None:
        if place >= 0:
            self.chosen.emit(self._keys[place])
