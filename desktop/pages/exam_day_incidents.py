"""Incidents: what happened, to whom, what follows, and two signatures."""

from datetime import datetime, timedelta, timezone

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QPlainTextEdit, QScrollArea, QVBoxLayout, QWidget

from appraisal.domain.book import Incident
from appraisal.domain.exam_day import Signature, Tier
from appraisal.domain.operator import Role
from appraisal.sheets.wording import value_word
from desktop.i18n import current_language
from desktop.models.chips import Chip, Shape, Tone
from desktop.models.paged_table import Column
from desktop.theme import GRID
from desktop.viewmodels.exam_day import ExamDayViewModel
from desktop.widgets.basics import card, label, plain_button, primary_button, row
from desktop.widgets.field_row import Form
from desktop.widgets.find_box import FindBox
from desktop.widgets.reason import ReasonDialog
from desktop.widgets.rows_table import RowsTable
from desktop.widgets.signature_pad import SignaturePad

CHINA = timezone(timedelta(hours=8))
WIDTH = 460


class IncidentsTab(QWidget):
    def __init__(self, view_model: ExamDayViewModel, settings: QSettings | None = None) -> None:
        super().__init__()
        self.view_model = view_model
        self.person, self.tier, self.text = FindBox(), QComboBox(), QPlainTextEdit()
        self.text.setTabChangesFocus(True)
        self.text.setFixedHeight(72)
        self.names, self.pads = (QLineEdit(), QLineEdit()), (SignaturePad(), SignaturePad())
        self.form = Form()
        for tier in Tier:
            self.tier.addItem(value_word(tier.value, current_language()), tier)
        self.form.add("person", self.tr("Abou&t"), self.person, self.tr("Type a part of the name or of the number."))
        self.form.add("tier", self.tr("What &follows"), self.tier)
        self.form.add("text", self.tr("What &happened"), self.text)
        for number, (name, pad) in enumerate(zip(self.names, self.pads, strict=True), 1):
            field = "signatures" if number == 1 else "signature2"  # a refusal of either stands at the first
            self.form.add(field, self.tr("Invigilator {number}").format(number=number), name)
            self.form.add(f"pad{number}", self.tr("Signature"), pad,
                          self.tr("Empty where they sign on paper.") if number == 2 else "")
        self.put = primary_button(self.tr("&Record the incident"), "add", self._record)
        self.void = plain_button(self.tr("&Void it …"), "", self._ask_void)
        self.void.setVisible(view_model.may(Role.SUPERVISOR))
        self.table: RowsTable[Incident] = RowsTable("incidents", self._columns(), lambda one: one.id, view_model.tasks,
                                                    settings)
        self.table.setAccessibleName(self.tr("Incidents"))
        frame, column = card()
        column.addWidget(label(self.tr("A new incident"), "heading"))
        column.addWidget(self.form)
        column.addLayout(row(None, self.put))
        column.addStretch(1)
        scrolled = QScrollArea()
        scrolled.setFixedWidth(WIDTH)
        scrolled.setWidgetResizable(True)
        scrolled.setFrameShape(QScrollArea.Shape.NoFrame)
        scrolled.setWidget(frame)
        right = QVBoxLayout()
        right.setSpacing(GRID)
        right.addLayout(row(label(self.tr("Recorded in this batch"), "heading"), None, self.void))
        right.addWidget(self.table, 1)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(2 * GRID)
        line.addWidget(scrolled)
        line.addLayout(right, 1)
        view_model.shown.connect(self.show_rows)
        view_model.recorded.connect(self._clear)

    def _columns(self) -> list[Column[Incident]]:
        return [Column(self.tr("Time"), _time, width=96),
                Column(self.tr("Name"), self._name, width=96),
                Column(self.tr("What follows"), lambda r: r.tier.value, self._chip, width=150),
                Column(self.tr("What happened"), lambda r: r.text, width=220),
                Column(self.tr("Signed by"), lambda r: "、".join(
                    f"{one.name}{'✓' if one.strokes else ''}" for one in r.signatures), width=150)]

    def _name(self, one: Incident) -> str:
        return self.view_model.book.of(one.enrolment).name if self.view_model.book else ""

    def _chip(self, one: Incident) -> Chip:
        if one.voided:
            return Chip(Tone.NEUTRAL, Shape.BAR, self.tr("voided"))
        tone, shape = {Tier.NOTED: (Tone.INFO, Shape.DISC), Tier.SESSION: (Tone.WARN, Shape.TRIANGLE),
                       Tier.ALL: (Tone.REFUSE, Shape.CROSS)}[one.tier]
        return Chip(tone, shape, value_word(one.tier.value, current_language()))

    def show_rows(self) -> None:
        self.table.show_rows(self.view_model.incidents())
        self.person.offer((f"{one.name}  {one.number}", one.id) for one in self.view_model.sitters())

    def _record(self) -> None:
        self.form.clear_refusals()
        if not self.person.chosen():
            self.form.refuse("person", self.tr("Choose the candidate whom it is about."))
            return
        signed = [Signature(name.text().strip(), pad.strokes())
                  for name, pad in zip(self.names, self.pads, strict=True)]
        self.view_model.record_incident(self.person.chosen(), Tier(self.tier.currentData()), self.text.toPlainText(),
                                        signed)

    def _ask_void(self) -> None:
        chosen = [str(one) for one in self.table.selected_ids()]
        if len(chosen) == 1:
            dialog = ReasonDialog(self.tr("Void an incident"), self.tr(
                "It stays in the list as voided, and nothing follows from it any more."), self.tr("&Void the incident"),
                self)
            dialog.given.connect(lambda why: self.view_model.void_incident(chosen[0], why))
            dialog.open()

    def _clear(self, what: str) -> None:
        if what == "incident":
            self.form.clear_refusals()
            self.person.choose_nothing()
            self.text.clear()
            self.tier.setCurrentIndex(0)
            for pad in self.pads:
                pad.clear()


def _time(one: Incident) -> str:
    return f"{datetime.fromtimestamp(one.at / 1000, CHINA):%m-%d %H:%M}"
