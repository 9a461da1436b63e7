"""The centre's list of examiners and invigilators, and whether each may serve at this batch."""

from datetime import date, timedelta

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from appraisal.domain.errors import RuleViolation
from appraisal.domain.examiners import REMINDED_DAYS, Duty
from appraisal.domain.operator import Role
from appraisal.sheets.wording import value_word
from appraisal.usecases.examine import EnlistExaminer
from appraisal.usecases.reads import ExaminerRow
from desktop.errors import sentence, sentence_of
from desktop.i18n import current_language
from desktop.models.chips import Chip, Shape, Tone
from desktop.models.paged_table import Align, Column
from desktop.theme import GRID
from desktop.viewmodels.exam_day import ExamDayViewModel, new_examiner
from desktop.widgets.basics import card, label, plain_button, primary_button, row
from desktop.widgets.field_row import Form
from desktop.widgets.reason import ReasonDialog
from desktop.widgets.rows_table import RowsTable

WIDTH = 420


class ExaminersTab(QWidget):
    def __init__(self, view_model: ExamDayViewModel, settings: QSettings | None = None) -> None:
        super().__init__()
        self.view_model, self._mending = view_model, ""
        self.table: RowsTable[ExaminerRow] = RowsTable("examiners", self._columns(), lambda one: one.examiner.person,
                                                       view_model.tasks, settings)
        self.table.setAccessibleName(self.tr("Examiners and invigilators"))
        self.duty = QComboBox()
        for duty in Duty:
            self.duty.addItem(value_word(f"duty.{duty.value}", current_language()), duty)
        self.heading, self.form = label("", "heading"), Form()
        self.form.add("duty", self.tr("Dut&y"), self.duty)
        self.fields = {name: QLineEdit() for name in ("name", "organisation", "card", "expires", "relatives")}
        for name, title, hint in (
                ("name", self.tr("&Name"), ""), ("organisation", self.tr("&Organisation"), ""),
                ("card", self.tr("&Card number"), ""),
                ("expires", self.tr("Valid &until"), self.tr("As 2027-01-31.")),
                ("relatives", self.tr("Relati&ves"), self.tr(
                    "Names apart by commas: where one of them sits the exam, this person does not serve."))):
            self.form.add(name, title, self.fields[name], hint)
        self.put = primary_button(self.tr("&Put on the list"), "add", self._put)
        self.fresh = plain_button(self.tr("Somebody ne&w"), "", self.begin_new)
        self.remove = plain_button(self.tr("&Take off the list …"), "", self._ask_remove)
        frame, column = card()
        frame.setFixedWidth(WIDTH)
        column.addWidget(self.heading)
        column.addWidget(self.form)
        column.addLayout(row(self.fresh, None, self.put))
        column.addStretch(1)
        frame.setVisible(view_model.may(Role.SUPERVISOR))
        self.remove.setVisible(view_model.may(Role.SUPERVISOR))
        left = QVBoxLayout()
        left.setSpacing(GRID)
        left.addLayout(row(label(self.tr("Examiners and invigilators"), "heading"), None, self.remove))
        left.addWidget(self.table, 1)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(2 * GRID)
        line.addLayout(left, 1)
        line.addWidget(frame)
        self.table.activated_id.connect(lambda who: self._mend(str(who)))
        self.form.finished.connect(self._put)
        view_model.shown.connect(self.show_rows)
        view_model.recorded.connect(self._clear)
        self.begin_new()

    def _columns(self) -> list[Column[ExaminerRow]]:
        return [Column(self.tr("Name"), lambda r: r.examiner.name, width=100),
                Column(self.tr("Duty"), lambda r: value_word(f"duty.{r.examiner.duty.value}", current_language()),
                       width=136),
                Column(self.tr("State"), lambda r: self._chip(r).word, self._chip, width=200),
                Column(self.tr("Organisation"), lambda r: r.examiner.organisation, width=150),
                Column(self.tr("Card"), lambda r: r.examiner.card, width=100),
                Column(self.tr("Valid until"), lambda r: str(r.examiner.expires or ""), width=96),
                Column(self.tr("In a row"), lambda r: str(r.running), align=Align.AlignRight, width=72)]

    def _chip(self, one: ExaminerRow) -> Chip:
        book = self.view_model.book
        if one.unfit is not None:
            return Chip(Tone.REFUSE if one.examiner.active else Tone.NEUTRAL, Shape.BAR, sentence(one.unfit))
        day = book.batch.exam_day if book else date.max
        if one.examiner.expires is not None and one.examiner.expires - day <= timedelta(days=REMINDED_DAYS):
            return Chip(Tone.WARN, Shape.TRIANGLE, self.tr("card expires soon"))
        return Chip(Tone.GOOD, Shape.TICK, self.tr("may serve"))

    def show_rows(self) -> None:
        self.table.show_rows(sorted(self.view_model.examiners, key=lambda one: (not one.examiner.active,
                                                                                one.examiner.name)))

    def begin_new(self) -> None:
        self._mending = ""
        self.heading.setText(self.tr("Somebody new"))
        for field in self.fields.values():
            field.clear()
        self.form.clear_refusals()

    def _mend(self, who: str) -> None:
        found = next((one.examiner for one in self.view_model.examiners if one.examiner.person == who), None)
        if found is not None:
            self.begin_new()
            self._mending = who
            self.heading.setText(found.name)
            self.duty.setCurrentIndex(self.duty.findData(found.duty))
            for name, value in (("name", found.name), ("organisation", found.organisation), ("card", found.card),
                                ("expires", str(found.expires or "")), ("relatives", "，".join(found.relatives))):
                self.fields[name].setText(value)
            self.fields["name"].setFocus()

    def _put(self) -> None:
        self.form.clear_refusals()
        try:
            said = new_examiner(Duty(self.duty.currentData()), {name: one.text() for name, one in self.fields.items()},
                                self.view_model.own, self._mending)
        except RuleViolation as refusal:
            self.form.refuse(refusal.field, sentence_of(refusal))
        else:
            self.view_model.enlist(said)

    def _ask_remove(self) -> None:
        chosen = self.table.selected_ids()
        found = next((one.examiner for one in self.view_model.examiners if [one.examiner.person] == chosen), None)
        if found is None:
            return
        dialog = ReasonDialog(self.tr("Take off the list"), self.tr(
            "{name} is drawn no more. What was done stays.").format(name=found.name), self.tr("&Take off"), self)
        dialog.given.connect(lambda why: self.view_model.enlist(EnlistExaminer(
            found.duty, found.name, found.organisation, self.view_model.own, found.card, found.expires, found.relatives,
            active=False, examiner=found.person, why=why)))
        dialog.open()

    def _clear(self, what: str) -> None:
        if what == "examiner":
            self.begin_new()
            self.fields["name"].setFocus()
