"""A marks sheet before it is entered: counts, each row with its doubtful cells; one button enters all that is good."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractItemView, QCheckBox, QHeaderView, QTableView, QVBoxLayout, QWidget

from appraisal.domain.errors import EnvironmentFault, RuleViolation
from appraisal.domain.marks import Outcome
from appraisal.domain.problem import Verdict
from appraisal.sheets.layout import Layout
from appraisal.usecases.import_marks import Entered
from desktop.errors import sentence_of
from desktop.models.chips import Chip, outcome_chip
from desktop.models.marks_preview import FIRST_SUBJECT, NAME, NUMBER, ROW, VERDICT, MarksPreviewModel
from desktop.pages.sheet_columns import SheetColumnsDialog
from desktop.tasks import Progress
from desktop.theme import GRID, ROW_HEIGHT
from desktop.viewmodels.marks_import import MarksImportViewModel
from desktop.widgets.basics import label, plain_button, primary_button, row
from desktop.widgets.chip import StateChip
from desktop.widgets.data_table import ChipDelegate
from desktop.widgets.notice import Notice
from desktop.widgets.progress_panel import ProgressPanel

MENDED_BY_COLUMNS = frozenset({"sheet_header_not_found", "no_subject_column"})
"""Refusals of a sheet whose columns somebody can explain."""


class MarksImportPanel(QWidget):
    left = Signal()
    entered = Signal(object)
    """Entered."""

    def __init__(self, view_model: MarksImportViewModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.view_model = view_model
        self.model = MarksPreviewModel()
        self.title, self.notice, self.progress = label("", "title"), Notice(), ProgressPanel()
        self.only_problems = QCheckBox(self.tr("Only rows to &look at"))
        self.table = self._table()
        self.back = plain_button(self.tr("Bac&k"), "back", self.left.emit)
        self.columns = plain_button(self.tr("&Columns …"), "edit", self.ask_columns)
        self.enter = primary_button("", "", view_model.enter)
        self._chips = row()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID)
        column.addWidget(self.title)
        column.addLayout(self._chips)
        column.addWidget(self.notice)
        column.addWidget(self.table, 1)
        column.addWidget(self.progress)
        column.addLayout(row(self.only_problems, None, self.columns, self.back, self.enter))
        escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), self)
        escape.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        escape.activated.connect(self._leave)
        self.only_problems.toggled.connect(self._filter)
        view_model.read.connect(self._show_reading)
        view_model.began.connect(self._show_began)
        view_model.stepped.connect(self.progress.step)
        view_model.ended.connect(self._show_ended)
        view_model.entered.connect(self._show_entered)
        view_model.refused.connect(self._show_refused)
        view_model.failed.connect(self._show_failed)

    def begin(self) -> None:
        """A file was chosen: the panel waits for its reading."""
        self.title.setText(self.tr("Reading {file} …").format(file=self.view_model.file_name))
        self.notice.clear()
        self.enter.setEnabled(False)
        self.columns.setEnabled(False)
        self.enter.setText(self.tr("&Enter"))
        self.model.show_rows((), (), {})
        self._show_chips([])

    def ask_columns(self) -> None:
        """What each column of the sheet means, as of an optical reader's or an online exam's."""
        mapping = self.view_model.mapping()
        if mapping is not None:
            dialog = SheetColumnsDialog(mapping, self.view_model.organisation, self)
            dialog.chosen.connect(self._use)
            dialog.open()

    def _use(self, layout: Layout, organisation: str) -> None:
        self.begin()
        self.view_model.use(layout, organisation)

    def _table(self) -> QTableView:
        table = QTableView()
        table.setModel(self.model)
        table.setItemDelegateForColumn(VERDICT, ChipDelegate(table))
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setTabKeyNavigation(False)
        table.setWordWrap(False)
        table.setShowGrid(False)
        table.verticalHeader().hide()
        table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        table.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)
        table.horizontalHeader().setStretchLastSection(True)
        table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        table.setAccessibleName(self.tr("Rows of the marks sheet"))
        return table

    def _show_reading(self) -> None:
        view_model, reading = self.view_model, self.view_model.reading
        if reading is None:
            return
        entry = self.tr("first entry") if view_model.entry == 1 else self.tr("second entry")
        self.title.setText(self.tr("{file} as {entry}").format(file=view_model.file_name, entry=entry))
        self.columns.setEnabled(True)
        self._filter(self.only_problems.isChecked())
        self.table.setColumnWidth(ROW, 56)
        self.table.setColumnWidth(NUMBER, 190)
        self.table.setColumnWidth(NAME, 120)
        self.table.setColumnWidth(VERDICT, 116)
        for column in range(FIRST_SUBJECT, self.model.columnCount() - 1):
            self.table.setColumnWidth(column, 88)
        counts = reading.counts
        chips = [(self.model.verdict_chip(one), counts[one]) for one in (Verdict.ACCEPT, Verdict.WARN, Verdict.REJECT)]
        outcomes = list(view_model.outcomes.values())
        self._show_chips(chips + [(outcome_chip(one.value), outcomes.count(one)) for one in Outcome])
        accepted = view_model.accepted()
        self.enter.setText(self.tr("&Enter {n} rows").format(n=accepted))
        self.enter.setEnabled(accepted > 0)
        (self.enter if accepted else self.back).setFocus()

    def _show_chips(self, chips: list[tuple[Chip, int]]) -> None:
        while (old := self._chips.takeAt(0)) is not None:
            if (widget := old.widget()) is not None:
                widget.deleteLater()
        for chip, count in chips:
            if count:
                self._chips.addWidget(StateChip(Chip(chip.tone, chip.shape, f"{chip.word} {count}")))
        self._chips.addStretch(1)

    def _filter(self, only: bool) -> None:
        self.view_model.only_problems = only
        self.model.show_rows(self.view_model.rows(), self.view_model.subjects(), self.view_model.names)

    def _leave(self) -> None:
        if self.back.isEnabled():
            self.left.emit()

    def _show_began(self, progress: Progress) -> None:
        self.notice.clear()
        self.enter.setEnabled(False)
        self.back.setEnabled(False)
        self.progress.follow(self.tr("Entering the marks"), progress)

    def _show_ended(self) -> None:
        self.progress.finish()
        self.enter.setEnabled(True)
        self.back.setEnabled(True)

    def _show_entered(self, entered: Entered) -> None:
        self.entered.emit(entered)

    def _show_refused(self, refusal: RuleViolation) -> None:
        self.notice.refuse(sentence_of(refusal))
        if self.view_model.reading is None:
            self.title.setText(self.tr("{file} was not read").format(file=self.view_model.file_name))
            self.columns.setEnabled(refusal.code in MENDED_BY_COLUMNS)
        self.back.setFocus()

    def _show_failed(self, fault: EnvironmentFault) -> None:
        self.notice.warn(sentence_of(fault))
        self.back.setFocus()
