"""Re-checks of a batch: asked for by candidates while the publicity runs, answered with what was found, the reply on
paper."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QFileDialog, QFrame, QLineEdit, QVBoxLayout, QWidget

from appraisal.domain.errors import EnvironmentFault, RuleViolation
from appraisal.domain.publicity import Finding
from appraisal.sheets.wording import value_word
from appraisal.usecases.reads import BatchRow, RecheckRow
from desktop.errors import sentence_of
from desktop.i18n import current_language
from desktop.models.chips import Chip, Shape, Tone
from desktop.pages.batches_words import day_word
from desktop.pages.marks_words import subject_word
from desktop.theme import GRID
from desktop.viewmodels.batches import BatchesViewModel
from desktop.viewmodels.rechecks import RechecksViewModel
from desktop.widgets.basics import card, label, link_button, plain_button, row
from desktop.widgets.chip import StateChip
from desktop.widgets.field_row import Form
from desktop.widgets.find_box import FindBox


class Rechecks(QWidget):
    def __init__(self, view_model: RechecksViewModel, batches: BatchesViewModel) -> None:
        super().__init__()
        self.view_model, self._batches = view_model, batches
        view_model.setParent(self)
        self.person, self.subject, self.text, self.form = FindBox(), QComboBox(), QLineEdit(), Form()
        self.form.add("person", self.tr("Asked b&y"), self.person)
        self.form.add("subject", self.tr("Sub&ject"), self.subject)
        self.form.add("text", self.tr("What is as&ked"), self.text)
        self.put = plain_button(self.tr("Record the re-c&heck"), "add", self._ask)
        self.asking = QWidget()
        inside = QVBoxLayout(self.asking)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addWidget(self.form)
        inside.addLayout(row(None, self.put))
        self.listed: list[OneRecheck] = []
        self._list = QVBoxLayout()
        self._list.setSpacing(GRID)
        self.nothing = label(self.tr("Nobody has asked for a re-check."), "muted")
        frame, column = card()
        column.addWidget(label(self.tr("Re-checks of marks"), "heading"))
        column.addWidget(self.nothing)
        column.addLayout(self._list)
        column.addWidget(self.asking)
        ground = QVBoxLayout(self)
        ground.setContentsMargins(0, 0, 0, 0)
        ground.addWidget(frame)
        self.form.finished.connect(self._ask)
        self.person.currentTextChanged.connect(self._offer_subjects)
        view_model.shown.connect(self._show)
        view_model.recorded.connect(lambda _asked: self._clear())
        view_model.answered.connect(lambda _done: self.form.clear_refusals())
        view_model.slip_written.connect(lambda _done: self.form.notice.good(self.tr("The reply slip is written.")))
        view_model.refusal.connect(self._show_refusal)
        view_model.failed.connect(self._show_failed)

    def show_batch(self, shown: BatchRow) -> None:
        self.asking.setVisible(shown.state == "publicised")
        self.view_model.open(shown)

    def subject_word(self, code: str) -> str:
        batch = self.view_model.batch
        return subject_word(code, self._batches.schemes[batch.scheme]) if batch else code

    def _show(self) -> None:
        for old in self.listed:
            self._list.removeWidget(old)
            old.deleteLater()
        self.listed = [OneRecheck(self, one) for one in self.view_model.rows]
        for one in self.listed:
            self._list.addWidget(one)
        self.nothing.setVisible(not self.listed)
        self.person.offer((f"{one.name}  {one.admission_number}", one.enrolment) for one in self.view_model.candidates)

    def _offer_subjects(self) -> None:
        chosen = self.person.chosen()
        found = next((one for one in self.view_model.candidates if one.enrolment == chosen), None)
        self.subject.clear()
        for code, mark in found.marks if found else ():
            if mark is not None:
                self.subject.addItem(self.subject_word(code), code)

    def _ask(self) -> None:
        self.form.clear_refusals()
        if not self.person.chosen():
            self.form.refuse("person", self.tr("Choose the candidate who asks."))
        else:
            self.view_model.ask(self.person.chosen(), str(self.subject.currentData() or ""), self.text.text())

    def _clear(self) -> None:
        self.form.clear_refusals()
        self.text.clear()
        self.person.choose_nothing()

    def _show_refusal(self, refusal: RuleViolation) -> None:
        self.form.refuse(refusal.field, sentence_of(refusal))

    def _show_failed(self, fault: EnvironmentFault) -> None:
        self.form.notice.warn(sentence_of(fault))


class OneRecheck(QFrame):
    def __init__(self, of: Rechecks, shown: RecheckRow) -> None:
        super().__init__()
        self._of, self._shown = of, shown
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, GRID)
        who = label(f"{shown.name}  ·  {of.subject_word(shown.subject)}")
        column.addLayout(row(who, StateChip(self._chip()), None))
        column.addWidget(label(shown.text, wrap=True))
        self.findings = {one: QCheckBox(value_word(one.value, current_language())) for one in Finding}
        self.reply = QLineEdit()
        self.answer = plain_button(self.tr("&Answer"), "", self._answer)
        self.slip = link_button(self.tr("Reply &slip …"), self._ask_file)
        if shown.findings is None:
            self.reply.setPlaceholderText(self.tr("What the reply says"))
            self.reply.setAccessibleName(self.tr("What the reply says"))
            column.addLayout(row(*self.findings.values(), None))
            column.addLayout(row(self.reply, self.answer))
        else:
            found = "、".join(value_word(one.value, current_language()) for one in shown.findings)
            column.addWidget(label(f"{found or self.tr('no error')}  ·  {shown.answer}", "muted", wrap=True))
            column.addLayout(row(self.slip, None))

    def _chip(self) -> Chip:
        if self._shown.findings is None:
            return Chip(Tone.WARN, Shape.TRIANGLE, self.tr("until {day}").format(day=day_word(self._shown.until)))
        return Chip(Tone.INFO, Shape.DISC, self.tr("changed")) if self._shown.findings else Chip(
            Tone.NEUTRAL, Shape.TICK, self.tr("stands"))

    def _answer(self) -> None:
        found = [one for one, box in self.findings.items() if box.isChecked()]
        self._of.view_model.answer(self._shown.id, found, self.reply.text())

    def _ask_file(self) -> None:
        dialog = QFileDialog(self, self.tr("Reply slip"), f"{self._shown.admission_number}.pdf", "PDF (*.pdf)")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("pdf")
        dialog.fileSelected.connect(lambda file: self._of.view_model.write_slip(self._shown, Path(file)))
        dialog.open()
