"""What needs somebody: the list, and under it the chosen one in full, with the way to its record."""

from collections.abc import Callable

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from appraisal.usecases.reads import NeedsYou
from desktop.models.paged_table import Column
from desktop.tasks import Tasks
from desktop.theme import GRID
from desktop.viewmodels.sync_records import Whereabouts, whereabouts
from desktop.viewmodels.sync_words import fate_chip, kind_word, what_to_do
from desktop.widgets.basics import label, plain_button, row
from desktop.widgets.rows_table import RowsTable

OpenAt = Callable[[Whereabouts, str], None]
NumberedNeed = tuple[int, NeedsYou]


class RecordStrip(QFrame):
    def __init__(self, on_open: Callable[[], None]) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.title, self.remedy = label("", "heading"), label("", wrap=True)
        self.open = plain_button(self.tr("&Open the record"), "edit", on_open)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * GRID, GRID, GRID, GRID)
        column.setSpacing(GRID // 2)
        column.addLayout(row(self.title, None, self.open))
        column.addWidget(self.remedy)

    def show_need(self, one: NeedsYou) -> None:
        self.title.setText("  ·  ".join(part for part in (kind_word(one.kind), one.name) if part))
        self.remedy.setText(what_to_do(one))
        self.open.setVisible(whereabouts(one) is not None)


class NeedsList(QWidget):
    """Enter, a double click or the button under the list opens the record itself."""

    def __init__(self, tasks: Tasks, settings: QSettings | None, open_at: OpenAt) -> None:
        super().__init__()
        self._open_at = open_at
        self._needs: tuple[NeedsYou, ...] = ()
        self.table = self._table(tasks, settings)
        self.strip = RecordStrip(self._open)
        self.nothing = label(self.tr("Nothing needs you."), "muted")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID)
        column.addWidget(label(self.tr("What needs you"), "heading"))
        column.addWidget(self.nothing)
        column.addWidget(self.table, 1)
        column.addWidget(self.strip)
        column.addStretch(0)
        self.table.current_id.connect(self._show_current)
        self.table.activated_id.connect(lambda _id: self._open())
        self.show_needs(())

    def show_needs(self, needs: tuple[NeedsYou, ...]) -> None:
        self._needs = needs
        self.nothing.setVisible(not needs)
        self.table.setVisible(bool(needs))
        self.strip.setVisible(bool(needs))
        self.table.show_rows(list(enumerate(needs)))
        if needs and not self.table.currentIndex().isValid():
            self.table.go_to(0)
        self._show_current("")

    def _table(self, tasks: Tasks, settings: QSettings | None) -> RowsTable[NumberedNeed]:
        made: RowsTable[NumberedNeed] = RowsTable("sync-needs", (
            Column(self.tr("State"), lambda _row: "", lambda row: fate_chip(row[1].fate), width=104),
            Column(self.tr("Record"), lambda row: kind_word(row[1].kind), width=96),
            Column(self.tr("Whom"), lambda row: row[1].name, width=128),
            Column(self.tr("What is so, and what to do"), lambda row: what_to_do(row[1]), width=320,
                   tooltip=lambda row: what_to_do(row[1])),
        ), lambda row: str(row[0]), tasks, settings)
        made.setAccessibleName(self.tr("What needs you"))
        return made

    def _current(self) -> NeedsYou | None:
        at = self.table.currentIndex().row()
        return self._needs[at] if 0 <= at < len(self._needs) else None

    def _show_current(self, _id: str) -> None:
        one = self._current()
        if one is not None:
            self.strip.show_need(one)

    def _open(self) -> None:
        one = self._current()
        where = whereabouts(one) if one is not None else None
        if one is not None and where is not None:
            self._open_at(where, what_to_do(one))
