"""Papers of each room: handed out, given back, and the two who counted."""

from dataclasses import dataclass

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSpinBox, QVBoxLayout, QWidget

from appraisal.domain.exam_day import AWAY, PapersCounted
from desktop.models.chips import Chip, Shape, Tone
from desktop.models.paged_table import Align, Column
from desktop.theme import GRID
from desktop.viewmodels.exam_day import ExamDayViewModel
from desktop.widgets.basics import card, label, primary_button, row
from desktop.widgets.field_row import Form
from desktop.widgets.find_box import FindBox
from desktop.widgets.rows_table import RowsTable

WIDTH = 400
MOST = 10_000


@dataclass(frozen=True, slots=True)
class RoomRow:
    room: str
    people: int
    came: int
    counted: PapersCounted | None


class PapersTab(QWidget):
    def __init__(self, view_model: ExamDayViewModel, settings: QSettings | None = None) -> None:
        super().__init__()
        self.view_model = view_model
        self._typing = ("", "")
        self.table: RowsTable[RoomRow] = RowsTable("papers", self._columns(), lambda one: one.room, view_model.tasks,
                                                   settings)
        self.table.setAccessibleName(self.tr("Rooms"))
        self.room = label("", "heading")
        self.out, self.back, self.other, self.why = QSpinBox(), QSpinBox(), FindBox(), QLineEdit()
        self.form = Form()
        for box in (self.out, self.back):
            box.setRange(0, MOST)
        self.form.add("handed_out", self.tr("Handed &out"), self.out)
        self.form.add("returned", self.tr("Gi&ven back"), self.back)
        self.form.add("checked_by", self.tr("Counted &with"), self.other)
        self.form.add("why", self.tr("R&eason"), self.why, self.tr("Where papers are missing, or are counted again."))
        self.put = primary_button(self.tr("&Record the count"), "check", self._record)
        frame, column = card()
        frame.setFixedWidth(WIDTH)
        for part in (self.room, self.form):
            column.addWidget(part)
        column.addLayout(row(None, self.put))
        column.addStretch(1)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(2 * GRID)
        left = QVBoxLayout()
        left.addWidget(self.table, 1)
        line.addLayout(left, 1)
        line.addWidget(frame)
        self.table.current_id.connect(self._show_room)
        self.table.activated_id.connect(lambda _id: self.out.setFocus())
        self.form.finished.connect(self._record)
        view_model.shown.connect(self.show_rows)
        view_model.recorded.connect(self._clear)

    def _columns(self) -> list[Column[RoomRow]]:
        right = Align.AlignRight
        return [Column(self.tr("Room"), lambda r: r.room, width=80),
                Column(self.tr("Expected"), lambda r: str(r.people), align=right, width=80),
                Column(self.tr("Here"), lambda r: str(r.came), align=right, width=72),
                Column(self.tr("Handed out"), lambda r: str(r.counted.handed_out) if r.counted else "", align=right,
                       width=96),
                Column(self.tr("Given back"), lambda r: str(r.counted.returned) if r.counted else "", align=right,
                       width=96),
                Column(self.tr("State"), lambda r: self._chip(r).word, self._chip, width=150),
                Column(self.tr("Counted by"), self._who, width=150)]

    def _chip(self, one: RoomRow) -> Chip:
        if one.counted is None:
            return Chip(Tone.NEUTRAL, Shape.RING, self.tr("not counted"))
        if one.counted.returned < one.counted.handed_out:
            return Chip(Tone.WARN, Shape.TRIANGLE, self.tr("papers missing"))
        if one.counted.handed_out < one.came:
            return Chip(Tone.WARN, Shape.HALF, self.tr("fewer than people"))
        return Chip(Tone.GOOD, Shape.TICK, self.tr("complete"))

    def _who(self, one: RoomRow) -> str:
        names = self.view_model.book.people if self.view_model.book else {}
        return "、".join(names.get(who, "") for who in (one.counted.counted_by, one.counted.checked_by)
                        ) if one.counted else ""

    def show_rows(self) -> None:
        book, session = self.view_model.book, self.view_model.sitting()
        if book is None or session is None:
            return
        rows = [RoomRow(room, len(people), sum(
            (came := one.came.get(session.session)) is not None and came.state not in AWAY for one in people),
            self.view_model.counted(room)) for room, people in book.by_room(session).items()]
        self.table.show_rows(rows)
        self.other.offer((name, who) for who, name in sorted(book.people.items(), key=lambda pair: pair[1])
                         if who != self.view_model.own)
        if rows and self.table.currentIndex().row() < 0:
            self.table.go_to(0)

    def _show_room(self, room: str) -> None:
        """What is being typed stays while the list is read anew."""
        key = (self.view_model.session, room)
        if key == self._typing:
            return
        self._typing = key
        self.form.clear_refusals()
        self.room.setText(self.tr("Room {room}").format(room=room))
        book, session, counted = self.view_model.book, self.view_model.sitting(), self.view_model.counted(room)
        if book is not None and session is not None:
            came = sum((found := one.came.get(session.session)) is not None and found.state not in AWAY
                       for one in book.by_room(session).get(room, ()))
            self.out.setValue(counted.handed_out if counted else came)
            self.back.setValue(counted.returned if counted else came)

    def _record(self) -> None:
        room = [str(one) for one in self.table.selected_ids()]
        if room:
            self.form.clear_refusals()
            self.view_model.count_papers(room[0], self.out.value(), self.back.value(), self.other.chosen(),
                                         self.why.text())

    def _clear(self, what: str) -> None:
        if what == "papers":
            self._typing = ("", "")
            self.why.clear()
            self.form.clear_refusals()
            self.table.setFocus()
