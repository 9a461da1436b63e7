"""A form whose refusals stand under the field they speak of, with the focus there."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from desktop.theme import GRID
from desktop.widgets.basics import label, restyle
from desktop.widgets.notice import Notice

LABEL_WIDTH = 128


class FieldRow(QWidget):
    """Label, editor, and under the editor a hint or a refusal. `&` in the title makes the mnemonic."""

    def __init__(self, title: str, editor: QWidget, hint: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.editor, self._hint = editor, hint
        self.title = QLabel(title)
        self.title.setFixedWidth(LABEL_WIDTH)
        self.title.setWordWrap(True)
        self.title.setMinimumHeight(30)
        self.title.setBuddy(editor)
        editor.setAccessibleName(title.replace("&", ""))
        self.below = label("", "muted", wrap=True)
        self.below.setVisible(False)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(GRID)
        grid.setVerticalSpacing(2)
        grid.addWidget(self.title, 0, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(editor, 0, 1)
        grid.addWidget(self.below, 1, 1)
        grid.setColumnStretch(1, 1)
        self.accept()

    def refuse(self, sentence: str) -> None:
        """Say `sentence` in the refusal's colour and put the focus into the editor."""
        self.mark(sentence)
        self.editor.setFocus(Qt.FocusReason.OtherFocusReason)
        if isinstance(self.editor, QLineEdit):
            self.editor.selectAll()

    def mark(self, sentence: str) -> None:
        """As `refuse`, but the focus and what is being typed stay: for checks while somebody types."""
        self._say(sentence, "refusal")
        restyle(self.editor, "refused", value=True)

    def warn(self, sentence: str) -> None:
        """Say `sentence` as a warning: the field may stay as it is."""
        self._say(sentence, "warning")
        restyle(self.editor, "refused", value=False)

    def accept(self) -> None:
        """Take a refusal away; the hint comes back."""
        self._say(self._hint, "muted")
        restyle(self.editor, "refused", value=False)

    def set_hint(self, hint: str) -> None:
        refused = bool(self.editor.property("refused"))
        self._hint = hint
        if not refused:
            self._say(hint, "muted")

    def refusal(self) -> str:
        return self.below.text() if self.editor.property("refused") else ""

    def _say(self, sentence: str, role: str) -> None:
        self.below.setText(sentence)
        restyle(self.below, "role", role)
        self.below.setVisible(bool(sentence))
        self.editor.setAccessibleDescription(sentence)


class Form(QWidget):
    """Field rows by the names that refusals use, over a notice for what no field is to blame for."""

    finished = Signal()
    """Enter was pressed in the last field."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows: dict[str, FieldRow] = {}
        self.notice = Notice()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(GRID)
        self._column.addWidget(self.notice)

    def add(self, field: str, title: str, editor: QWidget, hint: str = "") -> FieldRow:
        made = self.rows[field] = FieldRow(title, editor, hint)
        self._column.addWidget(made)
        if isinstance(editor, QLineEdit):
            editor.textEdited.connect(made.accept)
        if hasattr(editor, "returnPressed"):
            editor.returnPressed.connect(lambda: self._go_on(made))
        return made

    def refuse(self, field: str, sentence: str) -> None:
        """Beside `field`, or above the form when it has no such field."""
        self.clear_refusals()
        if field in self.rows:
            self.rows[field].refuse(sentence)
        else:
            self.notice.refuse(sentence)

    def clear_refusals(self) -> None:
        self.notice.clear()
        for one in self.rows.values():
            one.accept()

    def _go_on(self, from_row: FieldRow) -> None:
        rows = list(self.rows.values())
        after = rows[rows.index(from_row) + 1:]
        for one in after:
            if one.isVisible() and one.editor.isEnabled():
                one.editor.setFocus(Qt.FocusReason.TabFocusReason)
                return
        self.finished.emit()
