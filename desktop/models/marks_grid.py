"""The marks of one entry as a table: number, name and level, then a column for each subject."""

from collections.abc import Sequence
from typing import Any, Protocol

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, SignalInstance

from appraisal.domain.marks import MarkState
from appraisal.domain.scheme import Level, Subject
from appraisal.usecases.reads import MarkRow
from desktop.errors import sentence_of
from desktop.i18n import current_language
from desktop.models.marks_cells import CLOSED, Cell, CellState, number_text

Index = QModelIndex | QPersistentModelIndex
NUMBER, NAME, LEVEL, FIRST_SUBJECT = range(4)
_NOWHERE = QModelIndex()

# plain numbers: this is asked for every cell at every repaint
CELL_ROLE = int(Qt.ItemDataRole.UserRole) + 2
_SHOWN, _EDITED, _TIP, _SPOKEN, _ALIGNED = (int(role) for role in (
    Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole, Qt.ItemDataRole.ToolTipRole,
    Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.TextAlignmentRole))
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)


class MarksSource(Protocol):
    """Whose marks they are: the view-model of one entry."""

    @property
    def shown(self) -> SignalInstance: ...
    @property
    def cell_changed(self) -> SignalInstance: ...
    @property
    def rows(self) -> Sequence[MarkRow]: ...
    @property
    def subjects(self) -> Sequence[Subject]: ...
    def cell(self, row: int, column: int) -> Cell: ...
    def level(self, row: int) -> Level | None: ...


class MarksGridModel(QAbstractTableModel):
    """Reads its source; what is typed goes to the view-model, never through here."""

    def __init__(self, source: MarksSource) -> None:
        super().__init__()
        self._source = source
        source.shown.connect(self._reset)
        source.cell_changed.connect(self._changed)

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._source.rows)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else FIRST_SUBJECT + len(self._source.subjects)

    def cell(self, index: Index) -> Cell | None:
        """None for a column that holds no mark."""
        column = index.column() - FIRST_SUBJECT
        return self._source.cell(index.row(), column) if column >= 0 else None

    def data(self, index: Index, role: int = _SHOWN) -> Any:
        if role == _ALIGNED:
            return _RIGHT if index.column() >= FIRST_SUBJECT else _LEFT
        if role not in (_SHOWN, _EDITED, _TIP, _SPOKEN, CELL_ROLE):
            return None
        cell = self.cell(index)
        if cell is None:
            return None if role in (_TIP, CELL_ROLE) else self._about(index)
        if role == CELL_ROLE:
            return cell
        if role == _TIP:
            return sentence_of(cell.refusal) if cell.refusal else None
        return cell.typed or number_text(cell.mark) if role == _EDITED else self.text(cell)

    def text(self, cell: Cell) -> str:
        if cell.state is CellState.REFUSED:
            return cell.typed
        said = {CellState.NOT_EXAMINED: "--", CellState.CARRIED: self.tr("{mark} carried"),
                CellState.JUDGED: self.tr("{mark} judged")}.get(cell.state)
        if said is not None:
            return said.format(mark=number_text(cell.mark)).strip()
        if cell.mark is not None and cell.mark.state is MarkState.ABSENT:
            return self.tr("Absent")
        if cell.mark is not None and cell.mark.state is MarkState.VOID:
            return self.tr("Void")
        return number_text(cell.mark)

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = super().flags(index)
        cell = self.cell(index)
        if cell is not None and cell.state not in CLOSED:
            flags |= Qt.ItemFlag.ItemIsEditable
        return flags

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _SHOWN) -> Any:
        if orientation == Qt.Orientation.Vertical:
            return str(section + 1) if role == _SHOWN else None
        if role == _ALIGNED:
            return _RIGHT if section >= FIRST_SUBJECT else _LEFT
        if role != _SHOWN:
            return None
        if section >= FIRST_SUBJECT:
            subject = self._source.subjects[section - FIRST_SUBJECT]
            return subject.zh if current_language() == "zh_CN" else subject.en
        return (self.tr("Admission number"), self.tr("Name"), self.tr("Level"))[section]

    def _about(self, index: Index) -> str:
        row = self._source.rows[index.row()]
        if index.column() == LEVEL:
            level = self._source.level(index.row())
            return "" if level is None else level.name.zh if current_language() == "zh_CN" else level.name.en
        return row.name if index.column() == NAME else row.admission_number

    def _reset(self) -> None:
        self.beginResetModel()
        self.endResetModel()

    def _changed(self, row: int, column: int) -> None:
        here = self.index(row, FIRST_SUBJECT + column)
        self.dataChanged.emit(here, here)
