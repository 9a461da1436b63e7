"""One batch: what it is, its dated nodes, the next step and why it may have to wait."""

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from appraisal.domain.batch import BatchState
from appraisal.domain.errors import RuleViolation
from appraisal.domain.events import Id
from appraisal.domain.workdays import is_noticed
from appraisal.usecases.reads import BatchRow
from desktop.errors import sentence_of
from desktop.pages.batches_objections import Objections
from desktop.pages.batches_rechecks import Rechecks
from desktop.pages.batches_words import batch_chip, day_word, node_word, scheme_word, step_word
from desktop.theme import GRID
from desktop.viewmodels.batches import OBJECTED, BatchesViewModel, batch_of, next_step
from desktop.viewmodels.rechecks import RechecksViewModel
from desktop.widgets.basics import card, label, link_button, primary_button, row
from desktop.widgets.chip import StateChip
from desktop.widgets.notice import Notice
from desktop.widgets.reason import ReasonDialog

WIDTH = 480


class BatchDetail(QScrollArea):
    copy_asked = Signal()
    registers_asked = Signal()

    def __init__(self, view_model: BatchesViewModel, rechecks: RechecksViewModel | None = None) -> None:
        super().__init__()
        self.view_model, self.batch = view_model, ""
        self.setFixedWidth(WIDTH)
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.title, self.about = label("", "heading", wrap=True), label("", "muted", wrap=True)
        self.state = StateChip(batch_chip("draft"))
        self.counts = label("", wrap=True)
        self.nodes = QGridLayout()
        self.nodes.setHorizontalSpacing(2 * GRID)
        self.nodes.setVerticalSpacing(GRID // 2)
        self.notice, self.step = Notice(), primary_button("", "", self._step)
        self.copy = link_button(self.tr("Co&py …"), self.copy_asked.emit)
        self.registers = link_button(self.tr("Re&gisters …"), self.registers_asked.emit)
        self.cancel = link_button(self.tr("Cance&l the batch …"), self._ask_cancel)
        self.calendar = label("", "muted", wrap=True)
        self.objections = Objections(view_model)
        self.rechecks = Rechecks(rechecks, view_model) if rechecks is not None else None
        frame, column = card()
        for part in (self.state, self.title, self.about, self.counts):
            column.addWidget(part)
        column.addLayout(self.nodes)
        column.addWidget(self.calendar)
        column.addWidget(self.notice)
        column.addLayout(row(self.copy, self.registers, self.cancel, None, self.step))
        inside = QWidget()
        ground = QVBoxLayout(inside)
        ground.setContentsMargins(0, 0, 0, 0)
        ground.setSpacing(2 * GRID)
        ground.addWidget(frame)
        ground.addWidget(self.objections)
        if self.rechecks is not None:
            ground.addWidget(self.rechecks)
        ground.addStretch(1)
        self.setWidget(inside)
        view_model.busy_changed.connect(self.step.setDisabled)
        view_model.moved.connect(self._show_moved)

    def show_batch(self, batch: Id) -> None:
        found = self.view_model.rows.get(batch)
        if found is None:
            return
        if batch != self.batch:
            self.notice.clear()
        self.batch = batch
        self.state.set_chip(batch_chip(found.state))
        self.title.setText(found.title)
        self.about.setText(f"{found.code}  ·  {scheme_word(self.view_model.schemes[found.scheme])}")
        self.counts.setText(self.tr(
            "{enrolled} enrolled of {places} places · {submitted} to review · {seated} seated · {certificates} "
            "certificates").format(enrolled=found.enrolled, places=found.places, submitted=found.submitted,
                                   seated=found.seated, certificates=found.certificates))
        self._show_nodes(found)
        to = next_step(found)
        self.step.setVisible(to is not None)
        if to is not None:
            self.step.setText(step_word(to))
        self.registers.setVisible(found.enrolled > 0)
        self.cancel.setVisible(found.state == BatchState.DRAFT)
        public = BatchState(found.state) in OBJECTED
        self.objections.setVisible(public)
        self.objections.show_batch(found)
        if self.rechecks is not None:
            self.rechecks.setVisible(public)
            if public:
                self.rechecks.show_batch(found)

    def refuse(self, tried: str, refusal: RuleViolation) -> None:
        if tried == "move":
            self.notice.refuse(sentence_of(refusal))
        else:
            self.objections.form.refuse(refusal.field, sentence_of(refusal))

    def _show_nodes(self, found: BatchRow) -> None:
        while (old := self.nodes.takeAt(0)) is not None:
            if (widget := old.widget()) is not None:
                widget.deleteLater()
        today = self.view_model.today()
        unknown = sorted({day.year for _, day in batch_of(found).due() if not is_noticed(day.year)})
        self.calendar.setVisible(bool(unknown))
        self.calendar.setText(self.tr(
            "The State Council's notice of holidays for {years} is not known here yet: those days are counted by the "
            "week alone.").format(years=", ".join(map(str, unknown))))
        due = batch_of(found).due()
        ahead = next((day for _, day in due if day >= today), None)
        for place, (node, day) in enumerate(due):
            down, across = place % 5, place // 5 * 2
            role = "" if day == ahead else "muted"
            self.nodes.addWidget(label(node_word(node), role), down, across)
            self.nodes.addWidget(self._day(day, role), down, across + 1)
        if found.publicity_ends is not None:
            self.nodes.addWidget(label(self.tr("Publicity ends"), "muted"), 4, 2)
            self.nodes.addWidget(self._day(found.publicity_ends, "muted"), 4, 3)

    def _day(self, day: date, role: str) -> QLabel:
        return label(day_word(day), role)

    def _ask_cancel(self) -> None:
        dialog = ReasonDialog(self.tr("Cancel the batch"), self.tr(
            "The draft stays in the list, cancelled. Nothing is deleted."), self.tr("&Cancel the batch"), self)
        dialog.given.connect(lambda why: self.view_model.cancel(self.batch, why))
        dialog.open()

    def _step(self) -> None:
        self.notice.clear()
        self.view_model.step(self.batch)

    def _show_moved(self, batch: Id) -> None:
        if batch == self.batch:
            self.notice.clear()
