"""Seats and admission numbers made at the desk: rooms, rules, the pattern of the numbers, one lot."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from appraisal.domain.admission_numbers import PROVINCIAL
from appraisal.domain.errors import EnvironmentFault
from appraisal.domain.seating import SeatingPlanned
from appraisal.usecases.seat_batch import SeatedBatch
from desktop.errors import sentence, sentence_of
from desktop.pages.seating_panel import SeatPanel
from desktop.theme import GRID
from desktop.viewmodels.seating import Asked, SeatingViewModel, fields_of, rooms_text
from desktop.widgets.basics import label, plain_button, primary_button, row
from desktop.widgets.field_row import Form
from desktop.widgets.progress_panel import ProgressPanel

WIDTH = 520


class SeatingDialog(QDialog):
    def __init__(self, view_model: SeatingViewModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Seats and admission numbers"))
        self._view_model = view_model
        view_model.setParent(self)
        self.rooms, self.pattern = QPlainTextEdit(view_model.usual_rooms()), QLineEdit()
        self.rooms.setTabChangesFocus(True)
        self.rooms.setFixedHeight(64)
        self.rooms.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.pattern.setText(view_model.kept("pattern", PROVINCIAL))
        self.pattern.setCursorPosition(0)
        self.form, self.fields = Form(), dict[str, QLineEdit]()
        self.form.add("rooms", self.tr("&Rooms"), self.rooms,
                      self.tr("1-10 30: ten rooms of 30; 11 30 2: two are accessible"))
        self.form.add("pattern", self.tr("Number &pattern"), self.pattern,
                      self.tr("With ! at its end the number follows the seat"))
        for name, title in (("city", self.tr("City code")), ("body", self.tr("Body code")),
                            ("batch", self.tr("Batch of the year")), ("subject", self.tr("Subject code"))):
            self.fields[name] = QLineEdit(view_model.kept(name, ""))
            self.form.add(name, title, self.fields[name])
        self.mixed = QCheckBox(self.tr("Levels may share a roo&m"))
        self.spread = QCheckBox(self.tr("Colleagues sit &apart"))
        self.anew = QCheckBox(self.tr("&Draw everybody anew; numbers stay"))
        self.elsewhere = QCheckBox(self.tr("Whose seat is no more &gets another"))
        self.mixed.setChecked(True)
        self.spread.setChecked(True)
        self.progress = ProgressPanel()
        self.go_on = primary_button(self.tr("&Seat everybody"), "check", self._seat)
        self.go_on.setDefault(False)  # Enter walks through the form, and finds people
        self.form.finished.connect(self._seat)
        self.close_button = plain_button(self.tr("Close"), "", self.reject)
        self.map = SeatPanel(view_model)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        whole.setSpacing(2 * GRID)
        left = QWidget()
        left.setFixedWidth(WIDTH)
        whole.addWidget(left)
        whole.addWidget(self.map, 1)
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID)
        column.addWidget(label(f"{view_model.batch.code}  {self.windowTitle()}", "heading"))
        column.addWidget(label(self.tr(
            "Everybody approved gets a seat by lot. Who sits already keeps seat and number, and no number is given "
            "twice."), "muted", wrap=True))
        for part in (self.form, self.mixed, self.spread, self.anew, self.elsewhere, self.progress):
            column.addWidget(part)
        column.addStretch(1)
        column.addLayout(row(None, self.close_button, self.go_on))
        self.pattern.textChanged.connect(self._show_fields)
        self._show_fields()
        self._bind()
        self.rooms.setFocus()
        view_model.refresh()

    def _bind(self) -> None:
        model = self._view_model
        model.began.connect(lambda progress: self.progress.follow(self.tr("Seating"), progress))
        model.began.connect(lambda _progress: self.go_on.setDisabled(True))
        model.stepped.connect(self.progress.step)
        model.ended.connect(self._ended)
        model.planned.connect(self._show_plan)
        model.seated.connect(self._show_seated)
        model.refused.connect(self._show_refused)
        model.failed.connect(self._show_failed)

    def _show_plan(self, plan: SeatingPlanned) -> None:
        self.rooms.setPlainText(rooms_text(plan.rooms))
        self.pattern.setText(plan.pattern)
        self.pattern.setCursorPosition(0)
        for name in self.fields.keys() & plan.fields.keys():
            self.fields[name].setText(str(plan.fields[name]))
        self.mixed.setChecked(plan.rules.mixed)
        self.spread.setChecked(plan.rules.spread)

    def _show_fields(self) -> None:
        asked = fields_of(self.pattern.text())
        for name in self.fields:
            self.form.rows[name].setVisible(name in asked)

    def _seat(self) -> None:
        self.form.clear_refusals()
        self._view_model.seat(Asked(self.rooms.toPlainText(), self.pattern.text(),
                                    {name: one.text() for name, one in self.fields.items()},
                                    self.mixed.isChecked(), self.spread.isChecked(), self.anew.isChecked(),
                                    self.elsewhere.isChecked()))

    def _ended(self) -> None:
        self.progress.finish()
        self.go_on.setEnabled(True)

    def _show_seated(self, done: SeatedBatch) -> None:
        said = self.tr("{people} people sit; {moved} of them have a new seat.")
        self.form.notice.good(said.format(people=done.people, moved=done.moved))
        for once in (self.anew, self.elsewhere):
            once.setChecked(False)
        self.close_button.setFocus()

    def _show_refused(self, code: str, field: str, detail: Mapping[str, Any]) -> None:
        about = str(detail.get("name", field)) if code.startswith("number_field") else field
        if about in self.fields:
            detail = {**detail, "name": self.form.rows[about].title.text()}
        self.form.refuse(about, sentence(code, detail))

    def _show_failed(self, fault: EnvironmentFault) -> None:
        self.form.notice.warn(sentence_of(fault))
