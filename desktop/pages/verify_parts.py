"""Parts of the Verify page: the line that a scanner types into, the fields, and whose certificate it is."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QMimeData, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from desktop.models.chips import Chip
from desktop.theme import GRID, text_font
from desktop.widgets.basics import label, plain_button, restyle, row
from desktop.widgets.chip import StateChip

Lines = Sequence[tuple[str, str]]


class ScanEdit(QLineEdit):
    """Takes what a scanner types, and Enter. A picture or a file on the clipboard is not pasted but handed over."""

    given = Signal(object)
    """The clipboard's QMimeData, when it is no text."""

    def __init__(self, hint: str) -> None:
        super().__init__()
        self.setPlaceholderText(hint)
        self.setAccessibleName(hint)
        self.setClearButtonEnabled(True)
        self.setAcceptDrops(False)  # the page takes what is dropped
        self.setFont(text_font(16))
        self.setMinimumHeight(40)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Paste):
            held = QGuiApplication.clipboard().mimeData()
            if held and is_thing(held):
                self.given.emit(held)
                return
        super().keyPressEvent(event)


def is_thing(held: QMimeData) -> bool:
    """A picture or files, which no line can hold."""
    return held.hasImage() or any(url.isLocalFile() for url in held.urls())


class FieldsCard(QFrame):
    """What the certificate says, large enough to be compared with the paper in the other hand."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.heading, self.warning = label("", "heading"), label("", "refusal", wrap=True)
        self._holder = QVBoxLayout()
        self._lines: QWidget | None = None
        self.values: dict[str, QLabel] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        column.setSpacing(GRID)
        for part in (self.heading, self.warning):
            column.addWidget(part)
        column.addLayout(self._holder)
        column.addStretch(1)

    def show_lines(self, heading: str, warning: str, said: Lines, signer: Lines) -> None:
        """`said` in large letters, `signer` small below it."""
        self.heading.setText(heading)
        self.warning.setText(warning)
        self.warning.setVisible(bool(warning))
        if self._lines is not None:
            self._holder.removeWidget(self._lines)
            self._lines.deleteLater()
        self._lines = QWidget()
        self.values = {}
        grid = QGridLayout(self._lines)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(2 * GRID)
        grid.setVerticalSpacing(GRID - 2)
        grid.setColumnStretch(1, 1)
        for at, (title, value) in enumerate(said):
            self._add(grid, at, title, value, large=True)
        if signer:
            line = QFrame()
            line.setFrameShape(QFrame.Shape.HLine)
            restyle(line, "role", "line")
            grid.addWidget(line, len(said), 0, 1, 2)
        for at, (title, value) in enumerate(signer, len(said) + 1):
            self._add(grid, at, title, value, large=False)
        self._holder.addWidget(self._lines)

    def _add(self, grid: QGridLayout, at: int, title: str, value: str, *, large: bool) -> None:
        shown = self.values[title] = label(value, wrap=True)
        shown.setFont(text_font(18 if large else 14, bold=large))
        shown.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        shown.setAccessibleName(f"{title} {value}")
        named = label(title, "muted")
        named.setContentsMargins(0, 5 if large else 1, 0, 0)  # on the line of the value's letters
        grid.addWidget(named, at, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(shown, at, 1)


class PersonCard(QFrame):
    """With the person's document in hand: type its number, and see whether the certificate is theirs."""

    def __init__(self, on_check: Callable[[str], None], on_edit: Callable[[], None]) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.number = QLineEdit()
        self.number.setPlaceholderText(self.tr("Document number"))
        self.number.setAccessibleName(self.number.placeholderText())
        self.check = plain_button(self.tr("&Compare"), "check", lambda: on_check(self.number.text()))
        self.number.returnPressed.connect(lambda: on_check(self.number.text()))
        self.number.textEdited.connect(lambda _text: on_edit())
        self.answer = QHBoxLayout()
        self.chip: StateChip | None = None
        self.hint = label(self.tr("The certificate itself does not carry the number; it can only confirm it."), "muted",
                          wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        column.setSpacing(GRID)
        column.addWidget(label(self.tr("Whose is it?"), "heading"))
        column.addWidget(self.hint)
        column.addLayout(row(self.number, self.check))
        column.addLayout(self.answer)
        self.answer.addStretch(1)

    def show_answer(self, chip: Chip | None) -> None:
        if self.chip is not None:
            self.answer.removeWidget(self.chip)
            self.chip.deleteLater()
            self.chip = None
        if chip is not None:
            self.chip = StateChip(chip)
            self.answer.insertWidget(0, self.chip)

    def allow(self, *, possible: bool) -> None:
        self.number.clear()
        for part in (self.number, self.check):
            part.setEnabled(possible)


