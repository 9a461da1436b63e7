"""Sittings: when which subjects are examined and in which rooms; the places of a sitting; who was drawn to serve."""

from datetime import datetime

from PySide6.QtCore import QDateTime, QSettings
from PySide6.QtWidgets import (
    QCheckBox,
    QDateTimeEdit,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from appraisal.domain.book import Served
from appraisal.domain.errors import RuleViolation
from appraisal.domain.exam_day import SessionPlanned
from appraisal.domain.operator import Role
from appraisal.domain.seating import Room
from appraisal.sheets.wording import value_word
from desktop.errors import sentence_of
from desktop.i18n import current_language
from desktop.models.paged_table import Align, Column
from desktop.pages.exam_day_words import session_word
from desktop.theme import GRID
from desktop.viewmodels.exam_day import ExamDayViewModel
from desktop.viewmodels.seating import rooms_of
from desktop.widgets.basics import card, label, plain_button, primary_button, row
from desktop.widgets.field_row import Form
from desktop.widgets.reason import ReasonDialog
from desktop.widgets.rows_table import RowsTable

WIDTH = 440
USUAL_MINUTES = 90
USUAL_HOUR = 9


class SittingsTab(QWidget):
    def __init__(self, view_model: ExamDayViewModel, settings: QSettings | None = None) -> None:
        super().__init__()
        self.view_model = view_model
        self._batch, self._showing = "", False
        self.sittings: RowsTable[SessionPlanned] = RowsTable("sittings", self._columns(), lambda one: one.session,
                                                             view_model.tasks, settings)
        self.sittings.setAccessibleName(self.tr("Sittings"))
        self.staff: RowsTable[Served] = RowsTable("staff", self._staff_columns(), lambda one: one.examiner.person,
                                                  view_model.tasks, settings)
        self.staff.setAccessibleName(self.tr("Staff of this sitting"))
        self.place = plain_button(self.tr("Seats by &lot"), "", view_model.place)
        self.draw = plain_button(self.tr("&Draw the staff"), "", self._draw)
        self.invigilators = QSpinBox()
        self.invigilators.setRange(1, 9)
        self.invigilators.setValue(2)
        self.invigilators.setAccessibleName(self.tr("Invigilators a room"))
        self.title, self.starts, self.minutes, self.rooms = QLineEdit(), QDateTimeEdit(), QSpinBox(), QPlainTextEdit()
        self.subjects: dict[str, QCheckBox] = {}
        self.subject_box = QWidget()
        self._subject_column = QVBoxLayout(self.subject_box)
        self.timed = QCheckBox(self.tr("It has a time: &whoever comes later is late"))
        self.instead = QCheckBox(self.tr("&Instead of the sitting chosen in the list"))
        self.form = Form()
        self.put = primary_button(self.tr("&Plan the sitting"), "add", self._plan)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(2 * GRID)
        line.addLayout(self._left(), 1)
        line.addWidget(self._right())
        self.sittings.current_id.connect(self._choose)
        self.timed.toggled.connect(self.starts.setEnabled)
        view_model.shown.connect(self.show_rows)
        view_model.recorded.connect(self._clear)

    def _left(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(GRID)
        column.addWidget(label(self.tr("Sittings"), "heading"))
        column.addWidget(self.sittings, 1)
        column.addLayout(row(label(self.tr("Staff of this sitting"), "heading"), None, self.place, self.draw,
                             self.invigilators, label(self.tr("a room"), "muted")))
        column.addWidget(self.staff, 1)
        return column

    def _right(self) -> QWidget:
        frame, column = card()
        frame.setFixedWidth(WIDTH)
        self.starts.setDisplayFormat("yyyy-MM-dd HH:mm")
        self.starts.setCalendarPopup(True)
        self.minutes.setRange(10, 600)
        self.minutes.setValue(USUAL_MINUTES)
        self.rooms.setTabChangesFocus(True)
        self.rooms.setFixedHeight(64)
        self.timed.setChecked(True)
        self._subject_column.setContentsMargins(0, 0, 0, 0)
        self._subject_column.setSpacing(2)
        column.addWidget(label(self.tr("A new sitting"), "heading"))
        self.form.add("title", self.tr("&Title"), self.title)
        self.form.add("subjects", self.tr("Subjects"), self.subject_box)
        self.form.add("starts", self.tr("St&arts"), self.starts)
        self.form.add("minutes", self.tr("Mi&nutes"), self.minutes)
        self.form.add("rooms", self.tr("R&ooms"), self.rooms, self.tr(
            "Only where they are others than those of the admission numbers: a line each, name and seats."))
        column.addWidget(self.form)
        for part in (self.timed, self.instead):
            column.addWidget(part)
        column.addLayout(row(None, self.put))
        column.addStretch(1)
        frame.setVisible(self.view_model.may(Role.SUPERVISOR))
        for button in (self.draw, self.invigilators):
            button.setEnabled(self.view_model.may(Role.SUPERVISOR))
        self.place.setEnabled(self.view_model.may(Role.SUPERVISOR, Role.REGISTRAR))
        return frame

    def _columns(self) -> list[Column[SessionPlanned]]:
        return [Column(self.tr("Sitting"), session_word, width=260),
                Column(self.tr("Subjects"), lambda r: "、".join(self._subject(code) for code in r.subjects), width=160),
                Column(self.tr("Minutes"), lambda r: str(r.minutes or ""), align=Align.AlignRight, width=72),
                Column(self.tr("Rooms of its own"), lambda r: "、".join(
                    f"{room.code} ({room.seats})" for room in r.rooms), width=160)]

    def _staff_columns(self) -> list[Column[Served]]:
        return [Column(self.tr("Room"), lambda r: r.room, width=80),
                Column(self.tr("Duty"), lambda r: value_word(f"duty.{r.duty.value}", current_language()), width=120),
                Column(self.tr("Name"), lambda r: r.examiner.name, width=110),
                Column(self.tr("Organisation"), lambda r: r.examiner.organisation, width=180),
                Column(self.tr("Card"), lambda r: r.examiner.card, width=110)]

    def _subject(self, code: str) -> str:
        book = self.view_model.book
        for level in book.scheme.levels if book else ():
            for one in level.subjects:
                if one.code == code:
                    return one.zh if current_language() == "zh_CN" else one.en
        return code

    def show_rows(self) -> None:
        book = self.view_model.book
        if book is None:
            return
        self._showing = True
        self.sittings.show_rows(book.sessions)
        self.sittings.go_to(self.sittings.rows_model.row_of(self.view_model.session))
        self._showing = False
        self.staff.show_rows(book.staff.get(self.view_model.session, ()))
        if self.view_model.batch != self._batch:
            self._batch = self.view_model.batch
            day = book.batch.exam_day
            self.starts.setDateTime(QDateTime(day.year, day.month, day.day, USUAL_HOUR, 0, 0))
            self._offer_subjects([subject.code for level in book.scheme.levels for subject in level.subjects])

    def _choose(self, session: object) -> None:
        """By hand; rows that come and go choose nothing."""
        if not self._showing:
            self.view_model.choose(str(session))

    def _offer_subjects(self, codes: list[str]) -> None:
        for old in self.subjects.values():
            old.deleteLater()
        self.subjects = {code: QCheckBox(self._subject(code)) for code in dict.fromkeys(codes)}
        for box in self.subjects.values():
            self._subject_column.addWidget(box)

    def _plan(self) -> None:
        self.form.clear_refusals()
        typed = self.rooms.toPlainText().strip()
        try:
            rooms = session_rooms(typed) if typed else ()
        except RuleViolation as refusal:
            self.form.refuse(refusal.field, sentence_of(refusal))
            return
        chosen = self.view_model.session if self.instead.isChecked() else ""
        moment = self.starts.dateTime()
        starts = datetime.fromisoformat(moment.toString("yyyy-MM-ddTHH:mm")) if self.timed.isChecked() else None
        subjects = [code for code, box in self.subjects.items() if box.isChecked()]
        self.view_model.plan(self.title.text(), subjects, starts, self.minutes.value(), rooms,
                             "" if chosen == self.view_model.batch else chosen)

    def _draw(self) -> None:
        book = self.view_model.book
        if book is None or not book.staff.get(self.view_model.session):
            self.view_model.draw(self.invigilators.value(), "")
            return
        dialog = ReasonDialog(self.tr("Draw the staff again"), self.tr(
            "Somebody was drawn for this sitting. That draw stays in the journal, with this reason."),
            self.tr("&Draw again"), self)
        dialog.given.connect(lambda why: self.view_model.draw(self.invigilators.value(), why))
        dialog.open()

    def _clear(self, what: str) -> None:
        if what == "session":
            self.form.clear_refusals()
            self.title.clear()
            self.rooms.clear()
            self.instead.setChecked(False)
            for box in self.subjects.values():
                box.setChecked(False)


def session_rooms(text: str) -> tuple[Room, ...]:
    """As in the seating, and names besides: `工位A 20` is such a room. Raises RuleViolation rooms_unreadable."""
    found: list[Room] = []
    for line in filter(None, map(str.strip, text.splitlines())):
        name, _, seats = line.replace("：", " ").replace(":", " ").rpartition(" ")
        if name.strip() and seats.isdecimal() and int(seats) and not name[0].isdecimal():
            found.append(Room(name.strip(), int(seats)))
        else:
            found += rooms_of(line)
    return tuple(found)
