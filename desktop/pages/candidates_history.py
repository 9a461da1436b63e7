"""Every change of a person's record: who, when, what it was before and after, and why."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from desktop.models.paged_table import Column, PagedTableModel
from desktop.tasks import Tasks
from desktop.theme import GRID
from desktop.viewmodels.history_words import HistoryLine
from desktop.widgets.basics import label, plain_button, row
from desktop.widgets.data_table import DataTable

SIZE = QSize(880, 420)


class HistoryDialog(QDialog):
    def __init__(self, name: str, lines: Sequence[HistoryLine], tasks: Tasks, parent: QWidget | None = None) -> None:
        """`lines` as they are to be listed."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("What was done to the record of {name}").format(name=name))
        self.resize(SIZE)
        self.table = DataTable("history")
        self.table.setAccessibleName(self.windowTitle())
        by_number = {one.number: one for one in lines}
        self._model: PagedTableModel[HistoryLine] = PagedTableModel(
            self._columns(), lambda numbers: [by_number[one] for one in numbers], lambda line: line.number, tasks)
        self._model.set_ids(list(by_number), lines)
        self.table.show_model(self._model)  # type: ignore[arg-type]
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        column.setSpacing(GRID)
        column.addWidget(label(self.windowTitle(), "heading"))
        column.addWidget(self.table, 1)
        column.addLayout(row(None, plain_button(self.tr("&Close"), "", self.accept)))
        self.table.setFocus()

    def _columns(self) -> list[Column[HistoryLine]]:
        return [Column(self.tr("When"), lambda one: one.when, width=136),
                Column(self.tr("Who"), lambda one: one.who, width=88),
                Column(self.tr("What"), lambda one: one.what, width=136),
                Column(self.tr("Before"), lambda one: one.before, width=160, tooltip=lambda one: one.before),
                Column(self.tr("After"), lambda one: one.after, width=160, tooltip=lambda one: one.after),
                Column(self.tr("Why"), lambda one: one.why, width=160, tooltip=lambda one: one.why)]
