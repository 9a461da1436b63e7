"""The list of candidates: instant search, a batch to look at, one row a person."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QSettings, Signal, SignalInstance
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from appraisal.domain.names import mask_number
from appraisal.usecases.filters import Filters
from appraisal.usecases.reads import BatchRow, CandidateRow
from desktop.models.paged_table import Align, Column, PagedTableModel
from desktop.pages.candidates_fields import ChoiceBox
from desktop.pages.candidates_filters import FilterBar
from desktop.pages.candidates_person import state_chip
from desktop.theme import GRID
from desktop.viewmodels.candidates import CandidatesViewModel
from desktop.viewmodels.saved_views import SavedViews
from desktop.widgets.basics import label, row
from desktop.widgets.data_table import DataTable
from desktop.widgets.empty_state import EmptyState
from desktop.widgets.notice import Notice
from desktop.widgets.search_box import SearchBox


class PeopleList(QWidget):
    opened = Signal(str)
    """Enter or a double click on a person."""
    looked_at = Signal(str)
    """The person under the cursor."""
    import_asked = Signal()

    def __init__(self, view_model: CandidatesViewModel, settings: QSettings | None) -> None:
        super().__init__()
        self._view_model = view_model
        self._untold: SignalInstance | None = None
        self.notice = Notice()
        self.search = SearchBox(self.tr("Name, initials, ID tail, phone, admission number"))
        self.batch = ChoiceBox()
        self.batch.setAccessibleName(self.tr("Batch"))
        self.filters = FilterBar(SavedViews(settings))
        self.count = label("", "muted")
        self.table = DataTable("candidates", settings)
        self.table.set_title(self.tr("Candidates"))
        self.model = PagedTableModel(self._columns(), view_model.load_rows, lambda one: one.place, view_model.tasks)
        self.table.show_model(self.model)  # type: ignore[arg-type]  # a model of one kind of rows
        self.empty = EmptyState("candidates", self.tr("Nobody is registered yet"),
                                self.tr("Type a document number on the right to register somebody, or take in an "
                                        "organisation's list."), self.tr("Import a roster"), self.import_asked.emit)
        self.empty.button.setProperty("primary", False)
        self.nobody = EmptyState("search", self.tr("Nobody found"),
                                 self.tr("Try fewer words, the end of the document number, or another batch."))
        self.parts = QStackedWidget()
        for part in (self.table, self.empty, self.nobody):
            self.parts.addWidget(part)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, GRID, 0)
        column.setSpacing(GRID)
        line = row()
        line.addWidget(self.search, 3)
        line.addWidget(self.batch, 2)
        line.addWidget(self.filters.button)
        column.addLayout(line)
        column.addWidget(self.filters)
        column.addWidget(self.notice)
        column.addWidget(self.parts, 1)
        column.addWidget(self.count)
        self._bind()

    def _bind(self) -> None:
        self.search.serve(self)
        self.search.asked.connect(self._view_model.search)
        self.search.left.connect(self.table.take_focus)
        self.batch.currentIndexChanged.connect(lambda _index: self.filters.set(replace(
            self.filters.filters, batch=self.batch.value())))
        self.filters.changed.connect(self._show_filters)
        self.table.activated_id.connect(lambda _place: self._tell(self.opened))
        self.table.current_id.connect(lambda _place: self._tell(self.looked_at))
        self.model.dataChanged.connect(self._tell_at_last)
        self.model.modelReset.connect(self._tell_nothing)
        self._view_model.found.connect(self._show_found)
        self._view_model.all_found.connect(self._show_all)

    def _columns(self) -> tuple[Column[CandidateRow], ...]:
        return (
            Column(self.tr("Name"), lambda one: one.name, width=100),
            Column(self.tr("Latin name"), lambda one: one.latin_name, width=122),
            Column(self.tr("Document number"), lambda one: one.document_number, width=160, mask=mask_number),
            Column(self.tr("Phone"), lambda one: one.phone, width=104, mask=mask_number),
            Column(self.tr("Photo"), lambda one: "✓" if one.has_photo else "", width=60, align=Align.AlignHCenter),
            Column(self.tr("State"), lambda one: one.state.value, chip=lambda one: state_chip(one.state), width=116),
            Column(self.tr("Employer"), lambda one: one.employer, width=180))

    def take_batches(self, batches: Sequence[BatchRow]) -> None:
        self.batch.fill([(self.tr("All batches"), ""), *((f"{one.code}  {one.title}", one.id) for one in batches)])

    def _show_filters(self, filters: Filters) -> None:
        self.batch.choose(filters.batch)
        self._view_model.filter(filters)

    def _tell(self, signal: SignalInstance) -> None:
        """Who is under the cursor; at once, or when the row has come."""
        at = self.table.currentIndex()
        one = self.model.row_at(at.row()) if at.isValid() else None
        self._untold = signal if at.isValid() and one is None else None
        if self._untold is None:
            signal.emit(one.id if one else "")

    def _tell_at_last(self) -> None:
        if self._untold is not None:
            self._tell(self._untold)

    def _tell_nothing(self) -> None:
        self._untold = None

    def _show_found(self, places: Sequence[int], first: Sequence[CandidateRow], whole: bool) -> None:
        shown = self.model.ids()
        if places == (shown if whole else shown[:len(places)]):
            self.model.refresh(first)
        else:
            self.model.set_ids(places, first)
        empty = self.nobody if self._view_model.is_filtered() else self.empty
        self.parts.setCurrentWidget(self.table if places else empty)
        if whole:
            self._count(places)

    def _show_all(self, places: Sequence[int]) -> None:
        shown = self.model.ids()
        if places[:len(shown)] == shown:
            self.model.extend(places)
        elif places != shown:
            self.model.set_ids(places)
        self._count(places)

    def _count(self, places: Sequence[int]) -> None:
        self.count.setText(self.tr("1 person") if len(places) == 1 else
                           self.tr("{n} people").format(n=self.locale().toString(len(places))))
