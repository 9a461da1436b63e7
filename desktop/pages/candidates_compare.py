"""Two people side by side: the same one, or somebody else?"""

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QGridLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from appraisal.domain.person import Person
from appraisal.domain.tables import code_tables
from appraisal.sheets.wording import value_word
from desktop.i18n import current_language
from desktop.pages.candidates_fields import Box
from desktop.pages.candidates_person import picture_of
from desktop.theme import GRID
from desktop.viewmodels.one_person import Side
from desktop.widgets.basics import label, plain_button, row
from desktop.widgets.field_row import FieldRow

WIDTH = 640
UNEQUAL = "≠"


@dataclass(frozen=True, slots=True)
class Question:
    """Words of the dialog. A button without words is not offered."""

    title: str
    what: str
    sides: tuple[str, str]
    leave: str
    same: str = ""
    apart: str = ""
    why_same: bool = False
    """Whether a reason goes with the answer."""
    why_apart: bool = False
    replaces: str = ""
    """What may be ticked beside the answer that it is the same person."""


class ComparePeople(QDialog):
    same = Signal(str, bool)
    """The reason, and whether the box was ticked."""
    apart = Signal(str)
    """The reason."""

    def __init__(self, question: Question, left: Side, right: Side, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(question.title)
        self.resize(WIDTH, 0)
        self._question = question
        self.replaces = Box(question.replaces)
        self.why = FieldRow(self.tr("Reas&on"), QLineEdit(), self.tr("It is kept for good."))
        self.are_same = plain_button(question.same, "check", self._say_same)
        self.are_apart = plain_button(question.apart, "", self._say_apart)
        self.leave = plain_button(question.leave, "", self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        column.setSpacing(GRID + GRID // 2)
        column.addWidget(label(question.title, "heading"))
        column.addWidget(label(question.what, wrap=True))
        column.addLayout(self._sides(left, right))
        column.addWidget(self.why)
        column.addWidget(self.replaces)
        column.addLayout(row(None, self.leave, self.are_apart, self.are_same))
        self.why.setVisible(question.why_same or question.why_apart)
        for button, words in ((self.are_same, question.same), (self.are_apart, question.apart),
                              (self.replaces, question.replaces)):
            button.setVisible(bool(words))
        (self.why.editor if self.why.isVisibleTo(self) else self.leave).setFocus()

    def _sides(self, left: Side, right: Side) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(2 * GRID)
        grid.setVerticalSpacing(GRID // 2)
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(3, 1)
        for column, title in zip((1, 3), self._question.sides, strict=True):
            grid.addWidget(label(title, "muted"), 0, column)
        if left.photo or right.photo:
            grid.addWidget(self._face(left), 1, 1)
            grid.addWidget(self._face(right), 1, 3)
        both = zip(self._said(left.person), self._said(right.person), strict=True)
        for at, ((title, one), (_, other)) in enumerate(both, 2):
            if not one and not other:
                continue
            grid.addWidget(label(title, "muted"), at, 0, Qt.AlignmentFlag.AlignTop)
            for column, text in ((1, one), (3, other)):
                grid.addWidget(self._text(text, differs=one != other), at, column, Qt.AlignmentFlag.AlignTop)
            if one != other:
                grid.addWidget(label(UNEQUAL), at, 2, Qt.AlignmentFlag.AlignTop)
        return grid

    def _face(self, side: Side) -> QLabel:
        shown = label(self.tr("No photo"), "muted")
        if side.photo:
            shown.setPixmap(picture_of(side.photo))
        shown.setAccessibleName(self.tr("Photo"))
        return shown

    def _text(self, text: str, *, differs: bool) -> QLabel:
        shown = label(text or "—", wrap=True)
        shown.setTextFormat(Qt.TextFormat.PlainText)
        font = shown.font()
        font.setBold(differs)
        shown.setFont(font)
        return shown

    def _said(self, person: Person) -> tuple[tuple[str, str], ...]:
        language, who = current_language(), person.identity
        document = f"{value_word(who.document_kind, language)}  {who.document_number}"
        return ((self.tr("Name"), who.name), (self.tr("Latin name"), who.latin_name),
                (self.tr("Document"), document), (self.tr("Sex"), value_word(who.sex or "", language)),
                (self.tr("Birth date"), who.birth.isoformat() if who.birth else ""),
                (self.tr("Nationality"), code_tables().countries.names.get(who.nationality, who.nationality)),
                (self.tr("Phone"), person.contact.phone), (self.tr("Employer"), person.background.employer),
                (self.tr("Education"), person.background.education))

    def _say_same(self) -> None:
        why = self._reason(asked=self._question.why_same)
        if why is not None:
            self.accept()
            self.same.emit(why, self.replaces.isChecked())

    def _say_apart(self) -> None:
        why = self._reason(asked=self._question.why_apart)
        if why is not None:
            self.accept()
            self.apart.emit(why)

    def _reason(self, *, asked: bool) -> str | None:
        """None where one is asked for and missing, which is said."""
        editor = self.why.editor
        assert isinstance(editor, QLineEdit)
        if asked and not editor.text().strip():
            self.why.refuse(self.tr("Say why: whoever looks at it later has nothing else."))
            return None
        return editor.text().strip() if asked else ""
