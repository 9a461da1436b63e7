"""Objections to a batch's publicity: raised by anybody, settled one by one with a reason."""

from PySide6.QtWidgets import QFrame, QLineEdit, QVBoxLayout, QWidget

from appraisal.domain.batch import BatchState
from appraisal.usecases.reads import BatchRow, ObjectionRow
from desktop.models.chips import Chip, Shape, Tone
from desktop.theme import GRID
from desktop.viewmodels.batches import BatchesViewModel
from desktop.widgets.basics import card, label, plain_button, row
from desktop.widgets.chip import StateChip
from desktop.widgets.field_row import Form
from desktop.widgets.find_box import FindBox


class Objections(QWidget):
    def __init__(self, view_model: BatchesViewModel) -> None:
        super().__init__()
        self.view_model, self._batch = view_model, ""
        self.person, self.text, self.form = FindBox(), QLineEdit(), Form()
        self.form.add("person", self.tr("Abou&t"), self.person)
        self.form.add("text", self.tr("O&bjection"), self.text)
        self.put = plain_button(self.tr("&Record the objection"), "add", self._raise)
        self.raising = QWidget()
        self.listed: list[OneObjection] = []
        frame, column = card()
        column.addWidget(label(self.tr("Objections"), "heading"))
        self.nothing = label(self.tr("Nobody has objected."), "muted")
        column.addWidget(self.nothing)
        self._list = QVBoxLayout()
        self._list.setSpacing(GRID)
        column.addLayout(self._list)
        inside = QVBoxLayout(self.raising)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addWidget(self.form)
        inside.addLayout(row(None, self.put))
        column.addWidget(self.raising)
        ground = QVBoxLayout(self)
        ground.setContentsMargins(0, 0, 0, 0)
        ground.addWidget(frame)
        self.form.finished.connect(self._raise)
        view_model.objections_shown.connect(self._show)
        view_model.recorded.connect(self._clear)

    def show_batch(self, shown: BatchRow) -> None:
        self._batch = shown.id
        self.raising.setVisible(shown.state == BatchState.PUBLICISED)
        self.view_model.show_objections(shown.id)

    def _show(self) -> None:
        for old in self.listed:
            self._list.removeWidget(old)
            old.deleteLater()
        self.listed = [OneObjection(self.view_model, self._batch, one) for one in self.view_model.objections]
        for one in self.listed:
            self._list.addWidget(one)
        self.nothing.setVisible(not self.listed)
        self.person.offer((f"{one.name}  {one.admission_number}", one.person) for one in self.view_model.candidates)

    def _raise(self) -> None:
        self.form.clear_refusals()
        if not self.person.chosen():
            self.form.refuse("person", self.tr("Choose the candidate whom the objection is about."))
        else:
            self.view_model.raise_objection(self._batch, self.person.chosen(), self.text.text())

    def _clear(self) -> None:
        self.form.clear_refusals()
        self.text.clear()
        self.person.choose_nothing()


class OneObjection(QFrame):
    def __init__(self, view_model: BatchesViewModel, batch: str, shown: ObjectionRow) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, GRID)
        column.addLayout(row(label(shown.name), StateChip(self._chip(shown)), None))
        column.addWidget(label(shown.text, wrap=True))
        self.why = QLineEdit()
        self.uphold = plain_button(self.tr("&Uphold"), "", lambda: view_model.settle_objection(
            batch, shown, self.why.text(), upheld=True))
        self.dismiss = plain_button(self.tr("&Dismiss"), "", lambda: view_model.settle_objection(
            batch, shown, self.why.text(), upheld=False))
        if shown.upheld is None:
            self.why.setPlaceholderText(self.tr("What the re-check found"))
            self.why.setAccessibleName(self.tr("Reason"))
            column.addLayout(row(self.why, self.uphold, self.dismiss))
        elif shown.reason:
            column.addWidget(label(shown.reason, "muted", wrap=True))

    def _chip(self, shown: ObjectionRow) -> Chip:
        if shown.upheld is None:
            return Chip(Tone.WARN, Shape.TRIANGLE, self.tr("Open"))
        return Chip(Tone.INFO, Shape.DISC, self.tr("Upheld")) if shown.upheld else Chip(
            Tone.NEUTRAL, Shape.TICK, self.tr("Dismissed"))
