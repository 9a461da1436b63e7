"""The house's table over rows that are all here already, as lists of one batch are."""

from collections.abc import Callable, Mapping, Sequence
from typing import Generic, TypeVar

from PySide6.QtCore import QSettings

from desktop.models.paged_table import Column, PagedTableModel
from desktop.tasks import Tasks
from desktop.widgets.data_table import DataTable

Row = TypeVar("Row")


class RowsTable(DataTable, Generic[Row]):
    """One model for the table's whole life; `show_rows` gives it other rows, and the cursor stays on its record."""

    def __init__(self, name: str, columns: Sequence[Column[Row]], id_of: Callable[[Row], str], tasks: Tasks,
                 settings: QSettings | None = None) -> None:
        super().__init__(name, settings)
        self._id_of = id_of
        self._rows: Mapping[str, Row] = {}
        self.rows_model: PagedTableModel[Row] = PagedTableModel(columns, self._load, id_of, tasks)
        self.show_model(self.rows_model)  # type: ignore[arg-type]

    def show_rows(self, rows: Sequence[Row]) -> None:
        """In this order."""
        at = self.currentIndex().row()
        before = self.rows_model.id_at(at) if at >= 0 else ""
        self._rows = {self._id_of(one): one for one in rows}
        self.rows_model.set_ids(tuple(self._rows))
        if before in self._rows:
            self.go_to(self.rows_model.row_of(before))

    def _load(self, ids: Sequence[str]) -> Sequence[Row]:
        rows = self._rows
        return [rows[one] for one in ids if one in rows]
