"""Labels and buttons as the house has them; one primary button a page."""

from collections.abc import Callable

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from desktop.theme import GRID
from desktop.widgets.icons import icon


def primary_button(text: str, icon_name: str = "", on_click: Callable[[], None] | None = None) -> QPushButton:
    """The page's one main action. `on_click` takes nothing."""
    made = plain_button(text, icon_name, on_click, role="on_accent")
    made.setProperty("primary", True)
    made.setDefault(True)
    return made


def plain_button(text: str, icon_name: str = "", on_click: Callable[[], None] | None = None, *,
                 role: str = "text") -> QPushButton:
    made = QPushButton(text)
    made.setAutoDefault(False)
    if icon_name:
        made.setIcon(icon(icon_name, role))
    if on_click is not None:
        made.clicked.connect(lambda: on_click())  # noqa: PLW0108  keeps Qt's `checked` away
    return made


def link_button(text: str, on_click: Callable[[], None] | None = None) -> QPushButton:
    made = plain_button(text, "", on_click)
    made.setProperty("link", True)
    return made


def label(text: str, role: str = "", *, wrap: bool = False) -> QLabel:
    """A label of role title, heading, muted, refusal, key or none."""
    made = QLabel(text)
    made.setWordWrap(wrap)
    if role:
        made.setProperty("role", role)
    if wrap:
        made.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
    return made


def restyle(widget: QWidget, name: str, value: object) -> None:
    """Set a property that the style sheet asks about, and have it looked at again."""
    widget.setProperty(name, value)
    widget.style().unpolish(widget)
    widget.style().polish(widget)


def card() -> tuple[QFrame, QVBoxLayout]:
    """A framed ground and the column in it."""
    frame = QFrame()
    frame.setProperty("role", "card")
    column = QVBoxLayout(frame)
    column.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
    column.setSpacing(GRID)
    return frame, column


def page_column(page: QWidget) -> QVBoxLayout:
    """The column that every page lays its parts in."""
    column = QVBoxLayout(page)
    column.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
    column.setSpacing(GRID + GRID // 2)
    return column


def row(*parts: QWidget | None) -> QHBoxLayout:
    """Widgets side by side; None is the place that stretches."""
    line = QHBoxLayout()
    line.setSpacing(GRID)
    for part in parts:
        if part is None:
            line.addStretch(1)
        else:
            line.addWidget(part)
    return line
