"""A previewed sheet as a table: what stood in each cell, its doubtful cells coloured, and the sentence of each row."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QBrush, QColor, QPalette

from appraisal.domain.problem import Problem, Verdict, Weight
from desktop.models.chips import Chip
from desktop.models.paged_table import CHIP_ROLE
from desktop.models.sheet_rows import SheetRow
from desktop.theme import tokens_of

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole
_NOTHING = QModelIndex()
FIRST = 3
"""Columns before those of the sheet: row, verdict, sentence."""


class SheetPreviewModel(QAbstractTableModel):
    """Holds a whole preview: its rows were read from one file, at most 50,000."""

    def __init__(self, titles: Sequence[str], column_title: Callable[[str], str], chip_of: Callable[[Verdict], Chip],
                 say: Callable[[Problem], str], palette: Callable[[], QPalette]) -> None:
        """`titles` of the first three columns; `say` gives the sentence of a problem."""
        super().__init__()
        self._titles, self._column_title, self._chip_of, self._say, self._palette = (
            tuple(titles), column_title, chip_of, say, palette)
        self._fields: tuple[str, ...] = ()
        self._all: Sequence[SheetRow] = ()
        self._rows: Sequence[SheetRow] = ()

    def show_rows(self, fields: Sequence[str], rows: Sequence[SheetRow]) -> None:
        self.beginResetModel()
        self._fields, self._all, self._rows = tuple(fields), rows, rows
        self.endResetModel()

    def only_problems(self, *, only: bool) -> None:
        self.beginResetModel()
        self._rows = [row for row in self._all if row.verdict is not Verdict.ACCEPT] if only else self._all
        self.endResetModel()

    def row_at(self, number: int) -> SheetRow:
        return self._rows[number]

    def rows(self) -> Sequence[SheetRow]:
        """Those shown."""
        return self._rows

    def sentence(self, row: SheetRow) -> str:
        """What is wrong with a row and what to do, each with its cells."""
        cells: dict[str, list[str]] = {}
        for one in row.shown():
            cells.setdefault(self._say(one), []).extend([one.cell] if one.cell else [])
        return "  ".join(f"[{', '.join(where)}] {said}" if where else said for said, where in cells.items())

    # what Qt asks

    def rowCount(self, parent: Index = _NOTHING) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _NOTHING) -> int:
        return 0 if parent.isValid() else FIRST + len(self._fields)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole) -> Any:
        if role != Role.DisplayRole:
            return None
        if orientation == Qt.Orientation.Vertical:
            return str(section + 1)
        return self._titles[section] if section < FIRST else self._column_title(self._fields[section - FIRST])

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        row, column = self._rows[index.row()], index.column()
        if role == CHIP_ROLE:
            return self._chip_of(row.verdict) if column == 1 else None
        if role in {Role.DisplayRole, Role.AccessibleTextRole}:
            return self._text(row, column)
        if column >= FIRST and (found := self._problem(row, column)) is not None:
            return self._dress(found, role)
        return None

    def _text(self, row: SheetRow, column: int) -> str:
        if column < FIRST:
            return (str(row.row), self._chip_of(row.verdict).word, self.sentence(row))[column]
        return " ".join(row.cells.get(self._fields[column - FIRST], "").split())

    def _problem(self, row: SheetRow, column: int) -> Problem | None:
        field = self._fields[column - FIRST]
        return next((p for p in row.shown() if p.field == field), None)

    def _dress(self, found: Problem, role: int) -> Any:
        tokens, refused = tokens_of(self._palette()), found.weight is Weight.REJECT
        if role == Role.BackgroundRole:
            return QBrush(QColor(tokens.refuse_soft if refused else tokens.warn_soft))
        if role == Role.ForegroundRole:
            return QBrush(QColor(tokens.refuse if refused else tokens.warn))
        if role == Role.ToolTipRole:
            return self._say(found)
        return None
