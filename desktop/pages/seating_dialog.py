"""Seats and admission numbers made at the desk: rooms, rules, the pattern of the numbers, one lot."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from appraisal.domain.admission_numbers import PROVINCIAL
from appraisal.domain.errors import EnvironmentFault
from appraisal.usecases.seat_batch import SeatedBatch
from desktop.errors import sentence, sentence_of
from desktop.theme import GRID
from desktop.viewmodels.seating import Asked, SeatingViewModel, fields_of
from desktop.widgets.basics import label, plain_button, primary_button, row
from desktop.widgets.field_row import Form
from desktop.widgets.progress_panel import ProgressPanel
from desktop.widgets.seat_map import SeatMap, Sitting

WIDTH = 520


class SeatPanel(QWidget):
    """Who sits where, a room at a time; hidden until somebody sits."""

    def __init__(self, view_model: SeatingViewModel) -> None:
        super().__init__()
        self._view_model = view_model
        self.room, self.map, self.who = QComboBox(), SeatMap(), label("", "muted")
        self.room.setAccessibleName(self.tr("Room"))
        self.pin = plain_button(self.tr("P&in the seat"), "lock", lambda: self._toggle(view_model.pinned))
        self.accessible = plain_button(self.tr("Needs an accessi&ble seat"), "",
                                       lambda: self._toggle(view_model.accessible))
        scrolled = QScrollArea()
        scrolled.setWidgetResizable(True)
        scrolled.setFrameShape(QScrollArea.Shape.NoFrame)
        inside = QWidget()
        ground = QVBoxLayout(inside)
        ground.setContentsMargins(0, 0, 0, 0)
        ground.addWidget(self.map)
        ground.addStretch(1)
        scrolled.setWidget(inside)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID)
        column.addLayout(row(label(self.tr("Room")), self.room, None, self.pin, self.accessible))
        column.addWidget(label(self.tr("Drag somebody to another seat; whoever sits there takes theirs. With the keys: "
                                       "arrows, and Space to take and to put."), "muted", wrap=True))
        column.addWidget(scrolled, 1)
        column.addWidget(self.who)
        self.setMinimumWidth(560)
        self.room.activated.connect(lambda _at: self.show_people())
        self.map.moved.connect(lambda who, seat: view_model.move(who, self.room.currentText(), seat))
        self.map.chosen.connect(self._show_who)
        view_model.shown.connect(self.show_people)
        self.hide()

    def show_people(self) -> None:
        model, rooms = self._view_model, self._view_model.rooms()
        kept = self.room.currentText()
        if [self.room.itemText(at) for at in range(self.room.count())] != list(rooms):
            self.room.clear()
            self.room.addItems(rooms)
            self.room.setCurrentIndex(max(self.room.findText(kept), 0))
        self.setVisible(bool(rooms))
        people = model.in_room(self.room.currentText())
        self.map.show_seats(max(people, default=0) + 1 if people else 0, {
            seat: Sitting(one.id, one.name, one.number, one.id in model.pinned, one.id in model.accessible)
            for seat, one in people.items()})
        self._show_who(self.map.current())

    def _toggle(self, marked: set[str]) -> None:
        self._view_model.toggle(marked, self.map.current())
        self.map.setFocus()

    def _show_who(self, who: str) -> None:
        found = next((one for one in self._view_model.people if one.id == who), None)
        self.who.setText(f"{found.name}  {found.number}" if found else "")
        for button in (self.pin, self.accessible):
            button.setEnabled(found is not None)


class SeatingDialog(QDialog):
    def __init__(self, view_model: SeatingViewModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Seats and admission numbers"))
        self._view_model = view_model
        view_model.setParent(self)
        self.rooms, self.pattern = QPlainTextEdit(view_model.usual_rooms()), QLineEdit()
        self.rooms.setTabChangesFocus(True)
        self.rooms.setFixedHeight(84)
        self.rooms.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.pattern.setText(view_model.kept("pattern", PROVINCIAL))
        self.pattern.setCursorPosition(0)
        self.form, self.fields = Form(), dict[str, QLineEdit]()
        self.form.add("rooms", self.tr("&Rooms"), self.rooms,
                      self.tr("A line each: number and seats. 1-10 30 are ten rooms; 11 30 2 has two accessible "
                              "seats."))
        self.form.add("pattern", self.tr("Number &pattern"), self.pattern, self.tr(
            "With ! at its end, whoever gets another seat gets another number."))
        for name, title in (("city", self.tr("City code")), ("body", self.tr("Body code")),
                            ("batch", self.tr("Batch of the year")), ("subject", self.tr("Subject code"))):
            self.fields[name] = QLineEdit(view_model.kept(name, ""))
            self.form.add(name, title, self.fields[name])
        self.mixed = QCheckBox(self.tr("Levels may share a roo&m"))
        self.spread = QCheckBox(self.tr("Colleagues sit &apart"))
        self.anew = QCheckBox(self.tr("&Draw everybody anew; numbers stay"))
        self.mixed.setChecked(True)
        self.spread.setChecked(True)
        self.progress = ProgressPanel()
        self.go_on = primary_button(self.tr("&Seat everybody"), "check", self._seat)
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
        for part in (self.form, self.mixed, self.spread, self.anew, self.progress):
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
        model.seated.connect(self._show_seated)
        model.refused.connect(self._show_refused)
        model.failed.connect(self._show_failed)

    def _show_fields(self) -> None:
        asked = fields_of(self.pattern.text())
        for name in self.fields:
            self.form.rows[name].setVisible(name in asked)

    def _seat(self) -> None:
        self.form.clear_refusals()
        self._view_model.seat(Asked(self.rooms.toPlainText(), self.pattern.text(),
                                    {name: one.text() for name, one in self.fields.items()},
                                    self.mixed.isChecked(), self.spread.isChecked(), self.anew.isChecked()))

    def _ended(self) -> None:
        self.progress.finish()
        self.go_on.setEnabled(True)

    def _show_seated(self, done: SeatedBatch) -> None:
        said = self.tr("{people} people sit; {moved} of them have a new seat.")
        self.form.notice.good(said.format(people=done.people, moved=done.moved))
        self.anew.setChecked(False)
        self.close_button.setFocus()

    def _show_refused(self, code: str, field: str, detail: Mapping[str, Any]) -> None:
        about = str(detail.get("name", field)) if code.startswith("number_field") else field
        if about in self.fields:
            detail = {**detail, "name": self.form.rows[about].title.text()}
        self.form.refuse(about, sentence(code, detail))

    def _show_failed(self, fault: EnvironmentFault) -> None:
        self.form.notice.warn(sentence_of(fault))
