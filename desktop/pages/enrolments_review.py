"""Review of enrolments: who waits, what to look at, and one decision for a selection."""

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QItemSelectionModel, QSettings
from PySide6.QtWidgets import QCheckBox, QLineEdit, QStackedWidget, QWidget

from appraisal.domain.enrolment import EnrolmentState
from appraisal.domain.errors import EnvironmentFault
from appraisal.domain.names import mask_number
from appraisal.usecases.reads import BatchRow, EnrolmentRow
from desktop.errors import sentence, sentence_of
from desktop.i18n import current_language
from desktop.models.paged_table import Column, PagedTableModel
from desktop.pages.candidates_fields import ChoiceBox
from desktop.pages.candidates_person import enrolment_chip
from desktop.tasks import Tasks
from desktop.viewmodels.enrolments_review import ReviewViewModel
from desktop.widgets.basics import label, page_column, plain_button, primary_button, row
from desktop.widgets.data_table import DataTable
from desktop.widgets.empty_state import EmptyState
from desktop.widgets.field_row import FieldRow
from desktop.widgets.notice import Notice


class ReviewPage(QWidget):
    def __init__(self, view_model: ReviewViewModel, tasks: Tasks, settings: QSettings | None = None) -> None:
        super().__init__()
        self._view_model = view_model
        self.notice, self.outside = Notice(), Notice()
        self.batch = ChoiceBox()
        self.batch.setAccessibleName(self.tr("Batch"))
        self.batch.setMinimumContentsLength(44)
        self.everybody = QCheckBox(self.tr("Also those &decided"))
        self.count = label("", "muted")
        self.table = DataTable("review", settings)
        self.table.set_title(self.tr("Enrolments"))
        self.model = PagedTableModel(self._columns(), view_model.rows, lambda one: one.id, tasks)
        self.table.show_model(self.model)  # type: ignore[arg-type]  # a model of one kind of rows
        self.why = QLineEdit()
        self.why_row = FieldRow(self.tr("&Reason"), self.why, self.tr("Needed to return or refuse"))
        self.approve = primary_button(self.tr("&Approve"), "check", lambda: self._decide(EnrolmentState.APPROVED))
        self.give_back = plain_button(self.tr("Re&turn"), "back", lambda: self._decide(EnrolmentState.RETURNED))
        self.refuse = plain_button(self.tr("Re&fuse"), "refuse", lambda: self._decide(EnrolmentState.REFUSED))
        self.seen = plain_button(self.tr("Pa&pers seen"), "eye", self._papers_seen)
        self.seen.setToolTip(self.tr("All that the conditions of the selected people ask for, in the original"))
        self.empty = EmptyState("check", self.tr("Nobody waits for a decision"),
                                self.tr("Enrolments come here from the roster import and from the candidate's form. "
                                        "Whoever entered one cannot review it."))
        self._lay_out()
        self._bind()

    def _lay_out(self) -> None:
        self.parts = QStackedWidget()
        self.parts.addWidget(self.table)
        self.parts.addWidget(self.empty)
        column = page_column(self)
        column.addLayout(row(label(self.tr("Batch")), self.batch, self.everybody, None, self.count))
        column.addWidget(self.outside)
        column.addWidget(self.notice)
        column.addWidget(self.parts, 1)
        column.addWidget(self.why_row)
        column.addLayout(row(plain_button(self.tr("&Select all"), "", self.table.selectAll), self.seen, None,
                             self.refuse, self.give_back, self.approve))

    def _bind(self) -> None:
        model = self._view_model
        self.batch.currentIndexChanged.connect(lambda _index: model.choose_batch(self.batch.value()))
        self.everybody.toggled.connect(lambda on: model.show_all(everybody=on))
        self.table.activated_id.connect(lambda _id: self.approve.setFocus())
        self.why.textEdited.connect(self.why_row.accept)
        model.listed.connect(self._show_rows)
        model.decided.connect(self._show_decided)
        model.seen.connect(lambda count: self.notice.good(self.tr("Papers of {n} people are ticked.").format(n=count)))
        model.refused.connect(self._show_refused)
        model.failed.connect(self._show_failed)
        model.busy_changed.connect(self._show_busy)

    def _columns(self) -> tuple[Column[EnrolmentRow], ...]:
        def level(one: EnrolmentRow) -> str:
            return self._view_model.level_name(one, current_language())

        return (
            Column(self.tr("Name"), lambda one: one.name, width=130),
            Column(self.tr("Document number"), lambda one: one.document_number, width=180, mask=mask_number),
            Column(self.tr("Level"), level, width=160),
            Column(self.tr("State"), lambda one: one.state, chip=lambda one: enrolment_chip(one.state), width=120),
            Column(self.tr("To look at"), self.doubts, width=260, tooltip=self.doubts),
            Column(self.tr("Condition"), lambda one: one.condition, width=260),
            Column(self.tr("Reason given"), lambda one: one.reason or "", width=200))

    def doubts(self, one: EnrolmentRow) -> str:
        return "  ".join(sentence(code) for code in one.doubts)

    def take_batches(self, batches: Sequence[BatchRow]) -> None:
        self._view_model.take_batches(batches)
        self.batch.fill([(f"{one.code}  {one.title}", one.id) for one in batches if one.enrolled])
        self._view_model.choose_batch(self.batch.value())

    def _decide(self, decision: EnrolmentState) -> None:
        self.notice.clear()
        self.why_row.accept()
        chosen = self.table.selected_ids()
        if chosen:
            self._view_model.decide(chosen, decision, self.why.text())
        else:
            self.notice.info(self.tr("Select the people first (Ctrl+A for all)."))

    def _papers_seen(self) -> None:
        self.notice.clear()
        chosen = self.table.selected_ids()
        if chosen:
            self._view_model.papers_seen(chosen)
        else:
            self.notice.info(self.tr("Select the people first (Ctrl+A for all)."))

    def _show_rows(self, rows: Sequence[EnrolmentRow]) -> None:
        self.model.set_ids([one.id for one in rows])
        self.table.selectionModel().setCurrentIndex(  # a place for the keyboard, nobody selected
            self.model.index(0, 0), QItemSelectionModel.SelectionFlag.NoUpdate)
        outside = self._view_model.from_outside()
        if outside is None:
            self.outside.clear()
        else:
            self.outside.warn(sentence("many_from_outside", outside))
        self.parts.setCurrentWidget(self.table if rows else self.empty)
        self.count.setText(self.tr("{n} waiting").format(n=self._view_model.waiting()))

    def _show_decided(self, decision: str, count: int) -> None:
        self.why.clear()
        self.notice.good({
            "approved": self.tr("{n} approved."), "returned": self.tr("{n} returned for correction."),
            "refused": self.tr("{n} refused.")}[decision].format(n=count))

    def _show_refused(self, code: str, field: str, detail: Mapping[str, Any]) -> None:
        if field == "why":
            self.why_row.refuse(sentence(code, detail))
        else:
            self.notice.refuse(sentence(code, detail))

    def _show_failed(self, fault: EnvironmentFault) -> None:
        self.notice.warn(sentence_of(fault))

    def _show_busy(self, busy: bool) -> None:
        for button in (self.approve, self.give_back, self.refuse, self.seen):
            button.setDisabled(busy)
