"""Batches page: the list, and beside it the batch that the cursor is on, with its next step."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QSettings
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from appraisal.domain.errors import EnvironmentFault, RuleViolation
from appraisal.domain.events import Id
from appraisal.usecases.reads import BatchRow
from desktop.errors import sentence_of
from desktop.models.paged_table import Align, Column, PagedTableModel
from desktop.pages.batches_detail import BatchDetail
from desktop.pages.batches_form import BatchForm
from desktop.pages.batches_words import batch_chip, day_word
from desktop.shell.entries import Command
from desktop.theme import GRID
from desktop.viewmodels.batches import BatchesViewModel
from desktop.widgets.basics import label, page_column, plain_button, row
from desktop.widgets.data_table import DataTable
from desktop.widgets.empty_state import EmptyState
from desktop.widgets.notice import Notice

if TYPE_CHECKING:
    from desktop.viewmodels.rechecks import RechecksViewModel
    from desktop.viewmodels.registers import RegistersViewModel

LIST, FORM, EMPTY = range(3)


class BatchesPage(QWidget):
    def __init__(self, view_model: BatchesViewModel, settings: QSettings | None = None,
                 parent: QWidget | None = None,
                 registers: "Callable[[BatchRow], RegistersViewModel] | None" = None,
                 rechecks: "RechecksViewModel | None" = None) -> None:
        """`registers` begins the papers of a batch; None: there are none here."""
        super().__init__(parent)
        self.view_model, self._wanted, self._registers = view_model, "", registers
        self.notice = Notice()
        self.new = plain_button(self.tr("&New batch"), "add", self.begin_new)
        self.table = DataTable("batches", settings)
        self.table.setAccessibleName(self.tr("Batches"))
        self._model: PagedTableModel[BatchRow] = PagedTableModel(
            self._columns(), lambda ids: [view_model.rows[one] for one in ids if one in view_model.rows],
            lambda r: r.id, view_model.tasks)
        self.table.show_model(self._model)  # type: ignore[arg-type]
        self.detail, self.form = BatchDetail(view_model, rechecks), BatchForm(view_model)
        self.ground = QStackedWidget()
        self.ground.addWidget(self._list())
        self.ground.addWidget(self.form)
        self.ground.addWidget(EmptyState(
            "batches", self.tr("No batch yet"),
            self.tr("A batch has one scheme and one exam day. Open one; candidates are then enrolled into it."),
            self.tr("Open the first batch"), self.begin_new))
        column = page_column(self)
        column.addLayout(row(label(self.tr("Batches"), "title"), None, self.new))
        column.addWidget(self.notice)
        column.addWidget(self.ground, 1)
        keys = QShortcut(QKeySequence(QKeySequence.StandardKey.New), self)
        keys.activated.connect(self.begin_new)
        copy_keys = QShortcut(QKeySequence("Ctrl+D"), self)
        copy_keys.activated.connect(self.begin_copy)
        self._bind()
        view_model.refresh()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self.ground.currentIndex() == LIST:
            self.table.setFocus()

    def refresh(self) -> None:
        self.view_model.refresh()

    def commands(self) -> Sequence[Command]:
        return [Command(self.tr("New batch"), self.begin_new, "add", "Ctrl+N"),
                Command(self.tr("Copy the batch"), self.begin_copy, "copy", "Ctrl+D"),
                Command(self.tr("Registers of the batch"), self.open_registers, "print")]

    def go_to(self, batch: Id) -> None:
        """Put the cursor on a batch, as when another page leads here."""
        self._wanted = batch
        self._select()

    def begin_new(self) -> None:
        self.notice.clear()
        self.form.begin()
        self.new.setEnabled(False)
        self.ground.setCurrentIndex(FORM)

    def begin_copy(self) -> None:
        """A new batch that begins with what the shown one says."""
        shown = self.view_model.rows.get(self.detail.batch)
        if shown is None:
            self.begin_new()
            return
        self.begin_new()
        self.form.begin_copy(shown)

    def open_registers(self) -> None:
        """Of the shown batch."""
        from desktop.pages.registers_dialog import RegistersDialog  # noqa: PLC0415 - when somebody asks for papers

        shown = self.view_model.rows.get(self.detail.batch)
        if shown is not None and self._registers is not None:
            RegistersDialog(self._registers(shown), self).open()

    def _columns(self) -> list[Column[BatchRow]]:
        return [Column(self.tr("Code"), lambda r: r.code, width=116),
                Column(self.tr("State"), lambda r: r.state, lambda r: batch_chip(r.state), width=164),
                Column(self.tr("Exam day"), lambda r: day_word(r.exam_day, year=True), width=100),
                Column(self.tr("Enrolled"), lambda r: f"{r.enrolled} / {r.places}", align=Align.AlignRight, width=92),
                Column(self.tr("Title"), lambda r: r.title, width=220)]

    def _list(self) -> QWidget:
        listed = QWidget()
        line = QHBoxLayout(listed)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(2 * GRID)
        line.addWidget(self.table, 1)
        line.addWidget(self.detail)
        return listed

    def _bind(self) -> None:
        view_model = self.view_model
        self.table.current_id.connect(self.detail.show_batch)
        self.table.activated_id.connect(lambda _: self.detail.step.setFocus())
        self.form.left.connect(self._leave_form)
        self.detail.copy_asked.connect(self.begin_copy)
        self.detail.registers_asked.connect(self.open_registers)
        view_model.shown.connect(self._show_rows)
        view_model.opened.connect(self._show_opened)
        view_model.refused.connect(self._show_refused)
        view_model.failed.connect(self._show_failed)

    def _show_rows(self) -> None:
        current = self.detail.batch or self._wanted
        ids = list(self.view_model.rows)
        self._model.set_ids(ids)
        if self.ground.currentIndex() != FORM:
            self.ground.setCurrentIndex(LIST if ids else EMPTY)
        self._wanted = self._wanted or current or (ids[-1] if ids else "")
        self._select()

    def _select(self) -> None:
        at = self._model.row_of(self._wanted)
        if at >= 0:
            shown, self._wanted = self._wanted, ""
            self.table.go_to(at)
            self.detail.show_batch(shown)

    def _show_opened(self, batch: Id) -> None:
        self._wanted = batch
        self._leave_form()
        self.notice.good(self.tr("The batch is open, as a draft. File its plan next."))

    def _leave_form(self) -> None:
        self.new.setEnabled(True)
        self.ground.setCurrentIndex(LIST if self.view_model.rows or self._wanted else EMPTY)
        self._select()
        self.table.setFocus()

    def _show_refused(self, tried: str, refusal: RuleViolation) -> None:
        if tried == "open":
            self.form.form.refuse(refusal.field, sentence_of(refusal))
        else:
            self.detail.refuse(tried, refusal)

    def _show_failed(self, fault: EnvironmentFault) -> None:
        self.notice.warn(sentence_of(fault))
