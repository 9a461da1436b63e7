"""A marks sheet as it was read: a row each, doubtful cells in the colour of their weight, sentences at the end."""

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor, QGuiApplication

from appraisal.domain.problem import Problem, Verdict, Weight
from appraisal.sheets.marks import MarksRow, SubjectMark, SubjectState
from appraisal.sheets.wording import problem_sentence, value_word
from desktop.i18n import current_language
from desktop.models.chips import Chip, Shape, Tone
from desktop.models.paged_table import CHIP_ROLE
from desktop.theme import tokens_of

Index = QModelIndex | QPersistentModelIndex
ROW, NUMBER, NAME, VERDICT, FIRST_SUBJECT = range(5)
_NOWHERE = QModelIndex()


class MarksPreviewModel(QAbstractTableModel):
    def __init__(self) -> None:
        super().__init__()
        self._rows: Sequence[MarksRow] = ()
        self._subjects: tuple[str, ...] = ()
        self._names: Mapping[str, str] = {}

    def show_rows(self, rows: Sequence[MarksRow], subjects: tuple[str, ...], names: Mapping[str, str]) -> None:
        """`subjects`: codes, a column each; `names` by admission number."""
        self.beginResetModel()
        self._rows, self._subjects, self._names = rows, subjects, names
        self.endResetModel()

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else FIRST_SUBJECT + len(self._subjects) + 1

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role != Qt.ItemDataRole.DisplayRole or orientation == Qt.Orientation.Vertical:
            return None
        heads = (self.tr("Row"), self.tr("Admission number"), self.tr("Name"), self.tr("Verdict"),
                 *(value_word(code, current_language()) for code in self._subjects),
                 self.tr("What is to be looked at"))
        return heads[section]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self._rows[index.row()]
        last = index.column() == self.columnCount() - 1
        if role == CHIP_ROLE:
            return self.verdict_chip(row.verdict) if index.column() == VERDICT else None
        if role == Qt.ItemDataRole.ToolTipRole:
            return "\n".join(self._sentences(row)) if last and row.problems else None
        if role in {Qt.ItemDataRole.BackgroundRole, Qt.ItemDataRole.ForegroundRole}:
            return self._colour(row, index.column(), ground=role == Qt.ItemDataRole.BackgroundRole)
        return self._text(row, index.column()) if role == Qt.ItemDataRole.DisplayRole else None

    def _text(self, row: MarksRow, column: int) -> str:
        if column == self.columnCount() - 1:
            return " ".join(self._sentences(row))
        if column >= FIRST_SUBJECT:
            return self._mark(row, self._subjects[column - FIRST_SUBJECT])
        name = self._names.get(row.admission_no, "")
        return (str(row.row), row.admission_no, name, self.verdict_chip(row.verdict).word)[column]

    def verdict_chip(self, verdict: Verdict) -> Chip:
        if verdict is Verdict.REJECT:
            return Chip(Tone.REFUSE, Shape.CROSS, self.tr("Left out"))
        if verdict is Verdict.WARN:
            return Chip(Tone.WARN, Shape.TRIANGLE, self.tr("Look at it"))
        return Chip(Tone.GOOD, Shape.TICK, self.tr("Good"))

    def _sentences(self, row: MarksRow) -> list[str]:
        return [f"{p.cell}  {problem_sentence(p, current_language())}".strip() for p in row.problems]

    def _mark(self, row: MarksRow, subject: str) -> str:
        problem = next((p for p in row.problems if p.field == subject), None)
        if problem is not None and row.marks is None:
            return problem.detail.get("value", "--")
        mark: SubjectMark | None = (row.marks or {}).get(subject)
        if mark is None:
            return ""
        return {SubjectState.ABSENT: self.tr("Absent"), SubjectState.VOID: self.tr("Void"),
                SubjectState.MISSING: self.tr("none yet")}.get(mark.state, str(mark.value))

    def _colour(self, row: MarksRow, column: int, *, ground: bool) -> QColor | None:
        field = ("", "admission_no", "name", "", *self._subjects, "")[column]
        tokens = tokens_of(QGuiApplication.palette())
        if column == self.columnCount() - 1:
            weights = {p.weight for p in row.problems} if not ground else set[Weight]()
        else:
            weights = {p.weight for p in row.problems if field and _stands_in(p, field)}
        for weight, tone in ((Weight.REJECT, Tone.REFUSE), (Weight.WARN, Tone.WARN), (Weight.NOTE, Tone.INFO)):
            if weight in weights:
                return tone.ground(tokens) if ground else tone.ink(tokens)
        return None


def _stands_in(problem: Problem, field: str) -> bool:
    """Problems of columns that are not shown (ID number, level) stand at the admission number."""
    return problem.field == field or (field == "admission_no" and problem.field in {"id_no", "level", ""})
