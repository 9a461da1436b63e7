"""Who sits where, a room at a time: people moved, pinned, marked; rooms split and merged."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QMenu,
    QScrollArea,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from appraisal.domain.seating import Room
from appraisal.usecases.reads import SeatRow
from desktop.theme import GRID
from desktop.viewmodels.seating import WAITING, RoomRow, SeatingViewModel
from desktop.widgets.basics import label, plain_button, primary_button, row
from desktop.widgets.field_row import Form
from desktop.widgets.seat_map import SeatMap, Sitting

ROOMS_WIDTH = 170
MAP_WIDTH = 540
MOST_SEATS = 1000
CODE = Qt.ItemDataRole.UserRole


class SeatPanel(QWidget):
    """Hidden until somebody is approved."""

    def __init__(self, view_model: SeatingViewModel) -> None:
        super().__init__()
        self._view_model = view_model
        self.rooms, self.map, self.who, self.search = QListWidget(), SeatMap(), label("", "muted"), QLineEdit()
        self.rooms.setAccessibleName(self.tr("Rooms"))
        self.rooms.setFixedWidth(ROOMS_WIDTH)
        self.search.setPlaceholderText(self.tr("Find by name or the end of a number, Enter"))
        self.search.setAccessibleName(self.tr("Find somebody"))
        self.search.setClearButtonEnabled(True)
        self.pin = plain_button(self.tr("P&in the seat"), "lock", lambda: self._with_chosen(view_model.pin))
        self.accessible = plain_button(self.tr("Needs an accessi&ble seat"), "",
                                       lambda: self._with_chosen(view_model.need))
        for button in (self.pin, self.accessible):
            button.setCheckable(True)
        self.split = plain_button(self.tr("Sp&lit …"), "", self._split)
        self.merge = plain_button(self.tr("M&erge into"))
        self._others = QMenu(self)
        self.merge.setMenu(self._others)
        scrolled, inside = QScrollArea(), QWidget()
        scrolled.setWidgetResizable(True)
        scrolled.setFrameShape(QScrollArea.Shape.NoFrame)
        ground = QVBoxLayout(inside)
        ground.setContentsMargins(0, 0, 0, 0)
        ground.addWidget(self.map)
        ground.addStretch(1)
        scrolled.setWidget(inside)
        self._scrolled = scrolled
        both = QHBoxLayout()
        both.setSpacing(GRID)
        both.addWidget(self.rooms)
        both.addWidget(scrolled, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID)
        column.addLayout(row(self.search, self.split, self.merge))
        column.addWidget(label(self.tr(
            "Drag somebody to another seat, or onto another room; whoever sits there takes theirs. With the keys: "
            "arrows, and Space to take and to put."), "muted", wrap=True))
        column.addLayout(both, 1)
        column.addLayout(row(self.who, None, self.pin, self.accessible))
        self.setMinimumWidth(ROOMS_WIDTH + MAP_WIDTH)
        self._bind()
        self.hide()

    def _bind(self) -> None:
        model = self._view_model
        self.rooms.currentItemChanged.connect(lambda *_: self._show_room())
        self.search.returnPressed.connect(self._find)
        self.map.moved.connect(lambda who, seat: model.move(who, self.current(), seat))
        self.map.dragged.connect(self._enter_room)
        self.map.dropped.connect(self._drop)
        self.map.chosen.connect(self._show_who)
        model.shown.connect(self.show_people)

    def current(self) -> str:
        """The code of the room that is shown, or WAITING."""
        item = self.rooms.currentItem()
        return str(item.data(CODE)) if item is not None else WAITING

    def show_people(self) -> None:
        model, kept = self._view_model, self.current()
        had = self.rooms.count() > 0
        rows = [(code, self.tr("Room {room}").format(room=code), len(one.sitting), one.seats)
                for code, one in model.rooms.items()]
        waiting = len(model.waiting())
        self.rooms.blockSignals(True)
        self.rooms.clear()
        for code, words, people, seats in rows:
            self._add(f"{words}   {people} / {seats}", code)
        if waiting:
            self._add(self.tr("No seat yet   {people}").format(people=waiting), WAITING)
        codes = [self.rooms.item(at).data(CODE) for at in range(self.rooms.count())]
        self.rooms.setCurrentRow(codes.index(kept) if had and kept in codes else 0)
        self.rooms.blockSignals(False)
        self.setVisible(bool(codes))
        self._show_room()

    def _add(self, words: str, code: str) -> None:
        item = QListWidgetItem(words)
        item.setData(CODE, code)
        item.setSizeHint(QSize(0, 32))
        self.rooms.addItem(item)

    def _show_room(self) -> None:
        code, model = self.current(), self._view_model
        shown = model.rooms.get(code)
        if shown is None:
            people = model.waiting()
            self.map.show_seats(len(people), {at: _sitting(one) for at, one in enumerate(people, 1)}, places=False)
        else:
            self.map.show_seats(shown.seats, {seat: _sitting(one) for seat, one in shown.sitting.items()},
                                shown.room.accessible)
        self.split.setEnabled(shown is not None and len(shown.sitting) > 1 and model.plan is not None)
        self._show_others(code, shown)
        self._show_who(self.map.current())

    def _show_others(self, code: str, shown: RoomRow | None) -> None:
        self._others.clear()
        for other, one in self._view_model.rooms.items():
            if shown is not None and other != code and one.room.seats - len(one.sitting) >= len(shown.sitting):
                words = self.tr("Room {room}, {free} seats are free").format(
                    room=other, free=one.room.seats - len(one.sitting))
                self._others.addAction(words, partial(self._view_model.merge, code, other))
        self.merge.setEnabled(self._view_model.plan is not None and not self._others.isEmpty())

    def _show_who(self, who: str) -> None:
        found = self._view_model.people.get(who)
        self.who.setText(f"{found.name}  {found.admission_number}" if found else "")
        self.pin.setEnabled(found is not None and found.place is not None)
        self.accessible.setEnabled(found is not None)
        self.pin.setChecked(found is not None and found.pinned)
        self.accessible.setChecked(found is not None and found.accessible)

    def _with_chosen(self, do: Callable[[SeatRow], None]) -> None:
        found = self._view_model.people.get(self.map.current())
        if found is not None:
            do(found)
        self.map.setFocus()

    # found, dragged and let go

    def _find(self) -> None:
        found = self._view_model.find(self.search.text().strip(), self.map.current())
        if found is None:
            self.who.setText(self.tr("Nobody here has this name or number."))
            return
        self._show(found.place.room if found.place else WAITING)
        seat = found.place.seat if found.place else [one.id for one in self._view_model.waiting()].index(found.id) + 1
        self.map.choose(seat)
        box = self.map.box(seat).toRect()
        self._scrolled.ensureVisible(box.center().x(), box.center().y())
        self.map.update()

    def _show(self, room: str) -> None:
        for at in range(self.rooms.count()):
            if self.rooms.item(at).data(CODE) == room:
                self.rooms.setCurrentRow(at)

    def _room_at(self, screen: QPoint) -> QListWidgetItem | None:
        view = self.rooms.viewport()
        at = view.mapFromGlobal(screen)
        return self.rooms.itemAt(at) if view.rect().contains(at) else None

    def _enter_room(self, screen: QPoint) -> None:
        """A room opens as somebody is dragged over it."""
        if (item := self._room_at(screen)) is not None:
            self.rooms.setCurrentItem(item)

    def _drop(self, who: str, screen: QPoint) -> None:
        item = self._room_at(screen)
        room = self._view_model.rooms.get(str(item.data(CODE))) if item is not None else None
        one = self._view_model.people.get(who)
        if room is not None and one is not None and (one.place is None or one.place.room != room.room.code):
            self._view_model.move(who, room.room.code, room.first_free())

    # rooms

    def _split(self) -> None:
        shown = self._view_model.rooms.get(self.current())
        if shown is not None:
            SplitDialog(self._view_model, shown, self).open()


class SplitDialog(QDialog):
    """The room to which half of another goes."""

    def __init__(self, view_model: SeatingViewModel, shown: RoomRow, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Split room {room}").format(room=shown.room.code))
        self._view_model, self._shown = view_model, shown
        self.code, self.seats, self.form = QLineEdit(view_model.next_room()), QSpinBox(), Form()
        self.seats.setRange(1, MOST_SEATS)
        self.seats.setValue(shown.seats)
        self.form.add("room", self.tr("&New room"), self.code)
        self.form.add("seats", self.tr("Sea&ts"), self.seats)
        self.go_on = primary_button(self.tr("&Split"), "check", self._go_on)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        column.setSpacing(GRID)
        column.addWidget(label(self.windowTitle(), "heading"))
        column.addWidget(label(self.tr(
            "The half on the last seats goes there. Who is pinned or needs an accessible seat stays, and all keep "
            "their numbers unless the pattern says otherwise."), "muted", wrap=True))
        column.addWidget(self.form)
        column.addLayout(row(None, plain_button(self.tr("Back"), "", self.reject), self.go_on))
        self.code.selectAll()

    def _go_on(self) -> None:
        self.accept()
        self._view_model.split(self._shown.room.code, Room(self.code.text().strip(), self.seats.value()))


def _sitting(one: SeatRow) -> Sitting:
    return Sitting(one.id, one.name, one.admission_number, one.pinned, one.accessible)
