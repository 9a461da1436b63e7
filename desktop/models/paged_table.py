"""A table over any number of records: it holds their ids, and loads pages of rows as they come into sight."""

from collections import OrderedDict
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal

from desktop.models.chips import Chip
from desktop.tasks import Tasks

Row = TypeVar("Row")
Key = Any
"""What tells one record of a table from another: mostly an id."""
Index = QModelIndex | QPersistentModelIndex

PAGE_ROWS = 50
"""As many as a window shows: what is not in sight need not be waited for."""
PAGES_KEPT = 75
LOADS_AT_ONCE = 2
CHIP_ROLE = int(Qt.ItemDataRole.UserRole) + 1

# plain numbers: this is asked for every cell at every repaint
_TEXT, _TIP, _SPOKEN = (int(role) for role in (
    Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole))
_ALIGNMENT = int(Qt.ItemDataRole.TextAlignmentRole)

Align = Qt.AlignmentFlag
_NOTHING = QModelIndex()


@dataclass(frozen=True, slots=True)
class Column(Generic[Row]):
    """`text` says the cell, `chip` draws a state instead; `key` is what `sort_asked` names (none: no sorting)."""

    title: str
    text: Callable[[Row], str]
    chip: Callable[[Row], Chip] | None = None
    align: Align = Align.AlignLeft
    width: int = 120
    key: str = ""
    tooltip: Callable[[Row], str] | None = None
    mask: Callable[[str], str] | None = None
    """What is left of a personal number in a list that leaves the desk."""


class PagedTableModel(QAbstractTableModel, Generic[Row]):
    """`load(ids)` runs off the GUI thread and gives the rows in any order; `id_of(row)` says whose each is.

    Never blocks: a row not loaded yet reads as empty and is repainted when its page has come. Of the pages
    asked for while scrolling, those asked for last are loaded first.
    """

    sort_asked = Signal(str, bool)
    """Column key, descending. The page asks for the ids in that order and gives them to `set_ids`."""
    load_failed = Signal(object)
    """The exception of a load."""

    def __init__(self, columns: Sequence[Column[Row]], load: Callable[[Sequence[Key]], Sequence[Row]],
                 id_of: Callable[[Row], Key], tasks: Tasks) -> None:
        super().__init__()
        self._columns, self._load, self._id_of, self._tasks = tuple(columns), load, id_of, tasks
        self._alignments = [int(column.align | Align.AlignVCenter) for column in self._columns]
        self._ids: Sequence[Key] = ()
        self._pages: OrderedDict[int, list[Row | None]] = OrderedDict()
        self._wanted: list[int] = []
        self._loading: set[int] = set()
        self._generation = 0

    # what a page asks

    def set_ids(self, ids: Sequence[Key], first: Sequence[Row] = ()) -> None:
        """Show these records, in this order. `first`: rows of the first page, where who found the ids has read them
        too; then the list is painted once, and not empty before."""
        self.beginResetModel()
        self._ids = ids
        self._forget(first)
        self.endResetModel()

    def extend(self, ids: Sequence[Key]) -> None:
        """As `set_ids`, of which those shown are the first, in whole pages: rows, cursor and selection stay."""
        if len(ids) > len(self._ids):
            self.beginInsertRows(_NOTHING, len(self._ids), len(ids) - 1)
            self._ids = ids
            self.endInsertRows()

    def refresh(self, first: Sequence[Row] = ()) -> None:
        """Load the rows anew: the records are the same, what they say may not be. `first` as in `set_ids`."""
        self._forget(first)
        if self._ids:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._ids) - 1, len(self._columns) - 1))

    def id_at(self, row: int) -> Key:
        return self._ids[row]

    def ids(self) -> Sequence[Key]:
        return self._ids

    def row_of(self, record: Key) -> int:
        """-1 when it is not among those shown."""
        try:
            return self._ids.index(record)
        except ValueError:
            return -1

    def row_at(self, row: int) -> Row | None:
        """None while it is not loaded; asking has it loaded."""
        if not 0 <= row < len(self._ids):
            return None
        number = row // PAGE_ROWS
        page = self._pages.get(number)
        if page is None:
            self._want(number)
            return None
        self._pages.move_to_end(number)
        return page[row % PAGE_ROWS]

    def columns(self) -> Sequence[Column[Row]]:
        return self._columns

    def tasks(self) -> Tasks:
        return self._tasks

    def texts(self, numbers: Sequence[int], *, masked: bool = False) -> Iterator[list[str]]:
        """All records as shown now, a page at a time from the load, with the words of these columns; `masked`: as far
        as each column's mask lets them.

        Take it on the GUI thread and walk it on another. A record that is gone meanwhile is left out.
        """
        columns = [self._columns[number] for number in numbers]
        return _texts(self._ids, self._load, self._id_of, columns, masked=masked)

    # what Qt asks

    def rowCount(self, parent: Index = _NOTHING) -> int:
        return 0 if parent.isValid() else len(self._ids)

    def columnCount(self, parent: Index = _NOTHING) -> int:
        return 0 if parent.isValid() else len(self._columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        column = self._columns[index.column()]
        if role == _ALIGNMENT:
            return self._alignments[index.column()]
        if role not in (_TEXT, _TIP, _SPOKEN, CHIP_ROLE):
            return None
        found = self.row_at(index.row())
        if found is None:
            return None
        if role == CHIP_ROLE:
            return column.chip(found) if column.chip else None
        if role == _TIP:
            return column.tooltip(found) if column.tooltip else None
        return column.chip(found).word if column.chip else column.text(found)

    def headerData(self, section: int, orientation: Qt.Orientation,
                   role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Vertical:
            return str(section + 1) if role == Qt.ItemDataRole.DisplayRole else None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._columns[section].title
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(self._columns[section].align | Align.AlignVCenter)
        return None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        if 0 <= column < len(self._columns) and self._columns[column].key:
            self.sort_asked.emit(self._columns[column].key, order == Qt.SortOrder.DescendingOrder)

    # loading

    def _forget(self, first: Sequence[Row] = ()) -> None:
        self._generation += 1
        self._pages.clear()
        self._wanted.clear()
        self._loading.clear()
        if first:
            self._pages[0] = self._in_order(first, self._ids[:PAGE_ROWS])

    def _in_order(self, rows: Sequence[Row], ids: Sequence[Key]) -> list[Row | None]:
        by_id = {self._id_of(one): one for one in rows}
        return [by_id.get(one) for one in ids]

    def _want(self, number: int) -> None:
        if number in self._loading:
            return
        if number in self._wanted:
            self._wanted.remove(number)
        self._wanted.append(number)
        self._load_wanted()

    def _load_wanted(self) -> None:
        while self._wanted and len(self._loading) < LOADS_AT_ONCE:
            number, generation = self._wanted.pop(), self._generation
            del self._wanted[:-PAGES_KEPT]
            self._loading.add(number)
            ids = tuple(self._ids[number * PAGE_ROWS:(number + 1) * PAGE_ROWS])
            self._tasks.read(lambda ids=ids: self._load(ids),  # type: ignore[misc]
                             lambda done, number=number, ids=ids, generation=generation:  # type: ignore[misc]
                             self._take(done, number, ids, generation))

    def _take(self, done: "Future[Sequence[Row]]", number: int, ids: Sequence[Key], generation: int) -> None:
        if generation != self._generation:
            return
        self._loading.discard(number)
        problem = done.exception()
        if problem is not None:
            self._pages[number] = [None] * len(ids)  # asked again by refresh, not by every repaint
            self.load_failed.emit(problem)
        else:
            self._pages[number] = self._in_order(done.result(), ids)
        while len(self._pages) > PAGES_KEPT:
            self._pages.popitem(last=False)
        first = number * PAGE_ROWS
        self.dataChanged.emit(self.index(first, 0), self.index(first + len(ids) - 1, len(self._columns) - 1))
        self._load_wanted()


def _texts(ids: Sequence[Key], load: Callable[[Sequence[Key]], Sequence[Row]], id_of: Callable[[Row], Key],
           columns: Sequence[Column[Row]], *, masked: bool) -> Iterator[list[str]]:
    for first in range(0, len(ids), PAGE_ROWS):
        page = tuple(ids[first:first + PAGE_ROWS])
        by_id = {id_of(one): one for one in load(page)}
        for one in page:
            if (found := by_id.get(one)) is not None:
                yield [_text(column, found, masked=masked) for column in columns]


def _text(column: Column[Row], row: Row, *, masked: bool) -> str:
    if column.chip:
        return column.chip(row).word
    text = column.text(row)
    return column.mask(text) if masked and column.mask else text
