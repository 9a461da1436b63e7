"""A previewed sheet as a table: what stood in each cell, its doubtful cells coloured, and the sentence of each row."""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QBrush, QColor, QFont, QPalette

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


class Face(NamedTuple):
    """How a cell is painted."""

    text: str
    mended: bool = False
    ground: QBrush | None = None
    ink: QBrush | None = None


class SheetPreviewModel(QAbstractTableModel):
    """Holds a whole preview: its rows were read from one file, at most 50,000. Where it is `mendable`, what is typed
    into a cell is asked for, and shown once it was judged."""

    mend_asked = Signal(int, str, str)
    """Row number, field, and what the cell is to say."""

    def __init__(self, titles: Sequence[str], column_title: Callable[[str], str], chip_of: Callable[[Verdict], Chip],
                 say: Callable[[Problem], str], say_in_file: Callable[[str], str], palette: Callable[[], QPalette],
                 *, mendable: bool) -> None:
        """`titles` of the first three columns; `say` gives the sentence of a problem, `say_in_file` one of what a
        mended cell says in the file."""
        super().__init__()
        self._titles, self._column_title, self._chip_of, self._say, self._palette = (
            tuple(titles), column_title, chip_of, say, palette)
        self._say_in_file, self._mendable = say_in_file, mendable
        self._fields: tuple[str, ...] = ()
        self._all: Sequence[SheetRow] = ()
        self._rows: Sequence[SheetRow] = ()

    def show_rows(self, fields: Sequence[str], rows: Sequence[SheetRow]) -> None:
        self.beginResetModel()
        self._fields, self._all, self._rows = tuple(fields), rows, rows
        self.endResetModel()

    def update_rows(self, rows: Sequence[SheetRow]) -> None:
        """The same rows, judged anew. Those in sight stay in sight."""
        by_number = {one.row: one for one in rows}
        self._all, self._rows = rows, [by_number[one.row] for one in self._rows]
        if self._rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._rows) - 1, self.columnCount() - 1))

    def doubtful_after(self, row: int) -> tuple[int, int] | None:
        """Place of the next refused cell below this row, or of the first; None: there is none."""
        places = [(at, FIRST + self._fields.index(one.field)) for at, found in enumerate(self._rows)
                  for one in found.shown() if one.weight is Weight.REJECT and one.field in self._fields]
        return next((place for place in places if place[0] > row), places[0] if places else None)

    def take_back(self, index: Index) -> None:
        """What a cell says in the file is to stand again."""
        row, field = self._rows[index.row()], self._field(index)
        if field in row.mended:
            self.mend_asked.emit(row.row, field, row.mended[field])

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

    def flags(self, index: Index) -> Qt.ItemFlag:
        mendable = self._mendable and self._field(index)
        return super().flags(index) | (Qt.ItemFlag.ItemIsEditable if mendable else Qt.ItemFlag.NoItemFlags)

    def setData(self, index: Index, value: Any, role: int = Role.EditRole) -> bool:
        row, field = self._rows[index.row()], self._field(index)
        if role == Role.EditRole and field and value != row.cells.get(field, ""):
            self.mend_asked.emit(row.row, field, str(value))
        return False  # shown once it was judged

    def _field(self, index: Index) -> str:
        return self._fields[index.column() - FIRST] if index.column() >= FIRST else ""

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        row, column = self._rows[index.row()], index.column()
        if role == CHIP_ROLE:
            return self._chip_of(row.verdict) if column == 1 else None
        if role in {Role.DisplayRole, Role.AccessibleTextRole}:
            return self._text(row, column)
        if column < FIRST:
            return None
        field = self._field(index)
        if role == Role.EditRole:
            return row.cells.get(field, "")
        found = next((p for p in row.shown() if p.field == field), None)
        if field in row.mended and role in {Role.FontRole, Role.ToolTipRole}:
            return self._dress_mended(row.mended[field], found, role)
        return None if found is None else self._dress(found, role)

    def face(self, index: Index) -> Face:
        row, column = self._rows[index.row()], index.column()
        text, field = self._text(row, column), self._field(index)
        found = next((p for p in row.shown() if p.field == field), None) if field else None
        if found is None or field in row.mended:
            return Face(text, bool(field) and field in row.mended)
        return Face(text, False, self._dress(found, Role.BackgroundRole), self._dress(found, Role.ForegroundRole))

    def _text(self, row: SheetRow, column: int) -> str:
        if column < FIRST:
            return (str(row.row), self._chip_of(row.verdict).word, self.sentence(row))[column]
        return " ".join(row.cells.get(self._fields[column - FIRST], "").split())

    def _dress_mended(self, in_file: str, found: Problem | None, role: int) -> Any:
        """Bold, so that it is seen which cells are no longer the file's."""
        if role == Role.ToolTipRole:
            return "\n".join([self._say_in_file(in_file), *([self._say(found)] if found else [])])
        font = QFont()
        font.setBold(True)
        return font

    def _dress(self, found: Problem, role: int) -> Any:
        tokens, refused = tokens_of(self._palette()), found.weight is Weight.REJECT
        if role == Role.BackgroundRole:
            return QBrush(QColor(tokens.refuse_soft if refused else tokens.warn_soft))
        if role == Role.ForegroundRole:
            return QBrush(QColor(tokens.refuse if refused else tokens.warn))
        if role == Role.ToolTipRole:
            return self._say(found)
        return None
