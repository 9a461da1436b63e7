"""What stands where a list would be: why it is empty, and what to do first."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QLabel, QStackedWidget, QVBoxLayout, QWidget

from desktop.theme import GRID
from desktop.widgets.basics import label, primary_button
from desktop.widgets.icons import icon_pixmap


class EmptyState(QWidget):
    def __init__(self, icon_name: str, title: str, what_to_do: str, action: str = "",
                 on_action: Callable[[], None] | None = None) -> None:
        super().__init__()
        self._icon_name = icon_name
        self.picture = QLabel()
        self.title = label(title, "heading")
        self.what_to_do = label(what_to_do, "muted", wrap=True)
        self.what_to_do.setFixedWidth(440)
        self.what_to_do.setMinimumHeight(max(0, self.what_to_do.heightForWidth(440)))  # its second line too
        self.what_to_do.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.button = primary_button(action, "", on_action)
        self.button.setVisible(bool(action))
        column = QVBoxLayout(self)
        column.setSpacing(GRID)
        column.addStretch(2)
        for part in (self.picture, self.title, self.what_to_do, self.button):
            column.addWidget(part, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)
        self._paint_picture()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.PaletteChange:
            self._paint_picture()
        super().changeEvent(event)

    def _paint_picture(self) -> None:
        self.picture.setPixmap(icon_pixmap(self._icon_name, 48, self.palette(), "muted", self.devicePixelRatioF()))


class ListOrEmpty(QStackedWidget):
    """A list, or what stands in its place while it has nothing; the page says which after each search."""

    def __init__(self, full: QWidget, empty: EmptyState) -> None:
        super().__init__()
        self.full, self.empty = full, empty
        self.addWidget(full)
        self.addWidget(empty)

    def show_for(self, count: int) -> None:
        """The list when `count` is not 0."""
        self.setCurrentWidget(self.full if count else self.empty)
