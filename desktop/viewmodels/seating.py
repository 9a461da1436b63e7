"""State of the seating dialog: rooms as they are typed, the pattern of the numbers, one lot for the batch, and who sits
where."""

import re
import secrets
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field

from PySide6.QtCore import QObject, QSettings, Signal

from appraisal.domain.admission_numbers import PROVINCIAL, Pattern
from appraisal.domain.book import seat_order
from appraisal.domain.errors import EnvironmentFault, RuleViolation
from appraisal.domain.events import Id
from appraisal.domain.seating import Place, Room, SeatingPlanned, SeatingRules
from appraisal.usecases.ports import Step
from appraisal.usecases.reads import BatchRow, SeatingChart, SeatRow
from appraisal.usecases.rearrange_seats import ArrangeSeat, MergeRooms, MoveSeat, SplitRoom
from appraisal.usecases.seat_batch import SeatBatch, SeatedBatch
from desktop.tasks import Cancelled, Latest, Progress, Tasks

USUAL_SEATS = 30
MOST_ROOMS = 2000
WAITING = ""
"""Stands for a room: those who have no seat yet."""
SeedOf = Callable[[int], bytes]
_LINE = re.compile(r"(\d+)(?:-(\d+))?[\s:：,，]+(\d+)(?:[\s,，]+(\d+))?")


@dataclass(frozen=True, slots=True)
class Asked:
    """What the dialog says."""

    rooms: str
    pattern: str
    fields: Mapping[str, str]
    mixed: bool
    spread: bool
    anew: bool
    elsewhere: bool


@dataclass(frozen=True, slots=True)
class SeatingCommands:
    seat: Callable[[SeatBatch, Step], SeatedBatch]
    move: Callable[[MoveSeat], int]
    arrange: Callable[[ArrangeSeat], None]
    split: Callable[[SplitRoom], int]
    merge: Callable[[MergeRooms], int]
    chart: Callable[[Id], SeatingChart]


@dataclass(frozen=True, slots=True)
class RoomRow:
    room: Room
    sitting: Mapping[int, SeatRow] = field(default_factory=dict)

    @property
    def seats(self) -> int:
        """As the plan says, and as people sit in it all the same."""
        return max(self.room.seats, *self.sitting, 0)

    def first_free(self) -> int:
        return next(seat for seat in range(1, self.seats + 2) if seat not in self.sitting)


class SeatingViewModel(QObject):
    began = Signal(object)
    """The Progress of the lot."""
    stepped = Signal(int, int)
    seated = Signal(object)
    """What was Seated."""
    refused = Signal(str, str, object)
    failed = Signal(object)
    ended = Signal()
    planned = Signal(object)
    """The SeatingPlanned that the batch has, when it is read first and whenever it is another."""
    shown = Signal()
    """The people and their seats were read anew."""

    def __init__(self, batch: BatchRow, commands: SeatingCommands, settings: QSettings | None,
                 operator: Id, tasks: Tasks, seed: SeedOf = secrets.token_bytes) -> None:
        super().__init__()
        self.batch, self._commands, self._settings = batch, commands, settings
        self._operator, self._tasks, self._seed = operator, tasks, seed
        self._latest, self._writing = Latest(), False
        self.people: Mapping[Id, SeatRow] = {}
        self.rooms: Mapping[str, RoomRow] = {}
        self.plan: SeatingPlanned | None = None

    # what was typed last time

    def kept(self, name: str, otherwise: str) -> str:
        found = self._settings.value(f"seating/{name}") if self._settings is not None else None
        return otherwise if found is None else str(found)

    def usual_rooms(self) -> str:
        """As many of the usual size as those enrolled fill."""
        count = max(-(-self.batch.enrolled // USUAL_SEATS), 1)
        return rooms_text([Room(str(number), USUAL_SEATS) for number in range(1, count + 1)])

    # who sits where

    def refresh(self) -> None:
        batch = self.batch.id
        self._tasks.read(lambda: self._commands.chart(batch), self._on_chart, self._latest)

    def waiting(self) -> Sequence[SeatRow]:
        return [one for one in self.people.values() if one.place is None]

    def next_room(self) -> str:
        """The number after those that there are."""
        return str(max((int(code) for code in self.rooms if code.isdecimal()), default=0) + 1)

    def find(self, text: str, after: Id) -> SeatRow | None:
        """The next whose name has the text in it, or whose number ends with it; round and round."""
        people = list(self.people.values())
        at = next((at for at, one in enumerate(people, 1) if one.id == after), 0)
        return next((one for one in (*people[at:], *people[:at]) if text and (
            text in one.name or one.admission_number.endswith(text))), None)

    def move(self, who: Id, room: str, seat: int) -> None:
        command = MoveSeat(who, Place(room, seat), self._operator)
        self._write(lambda: self._commands.move(command))

    def pin(self, one: SeatRow) -> None:
        command = ArrangeSeat(one.id, self._operator, pinned=not one.pinned)
        self._write(lambda: self._commands.arrange(command))

    def need(self, one: SeatRow) -> None:
        command = ArrangeSeat(one.id, self._operator, accessible=not one.accessible)
        self._write(lambda: self._commands.arrange(command))

    def split(self, room: str, into: Room) -> None:
        command = SplitRoom(self.batch.id, room, into, self._operator)
        self._write(lambda: self._commands.split(command))

    def merge(self, room: str, into: str) -> None:
        command = MergeRooms(self.batch.id, room, into, self._operator, self._seed(8))
        self._write(lambda: self._commands.merge(command))

    def _write(self, use: Callable[[], object]) -> None:
        if not self._writing:
            self._writing = True
            self._tasks.write(use, self._on_written)

    def _on_written(self, done: "Future[object]") -> None:
        self._writing = False
        try:
            done.result()
        except RuleViolation as refusal:
            self.refused.emit(refusal.code, refusal.field, refusal.detail)
        except EnvironmentFault as fault:
            self.failed.emit(fault)
        self.refresh()

    def _on_chart(self, done: "Future[SeatingChart]") -> None:
        try:
            chart = done.result()
        except EnvironmentFault as fault:
            self.failed.emit(fault)
            return
        self.people = {one.id: one for one in chart.people}
        sitting: dict[str, dict[int, SeatRow]] = {}
        for one in chart.people:
            if one.place is not None:
                sitting.setdefault(one.place.room, {})[one.place.seat] = one
        rooms = {room.code: room for room in chart.plan.rooms} if chart.plan else {}
        self.rooms = {code: RoomRow(rooms.get(code) or Room(code, max(sitting[code])), sitting.get(code, {}))
                      for code in sorted(rooms.keys() | sitting.keys(), key=seat_order)}
        if chart.plan is not None and chart.plan != self.plan:
            self.plan = chart.plan
            self.planned.emit(chart.plan)
        self.shown.emit()

    # the lot

    def seat(self, asked: Asked) -> None:
        try:
            command = self._command(asked)
        except RuleViolation as refusal:
            self.refused.emit(refusal.code, refusal.field, refusal.detail)
            return
        if self._settings is not None:
            for name, text in {"pattern": asked.pattern, **asked.fields}.items():
                self._settings.setValue(f"seating/{name}", text)
        self.began.emit(self._tasks.write_long(lambda progress: self._work(command, progress), self._on_seated,
                                               self.stepped.emit))

    def _work(self, command: SeatBatch, progress: Progress) -> SeatedBatch:
        return self._commands.seat(command, progress.step)

    def _command(self, asked: Asked) -> SeatBatch:
        pattern = Pattern(asked.pattern.strip() or PROVINCIAL)
        fields = {"year": self.batch.exam_day.year % 100}
        for name in pattern.asks:
            text = asked.fields.get(name, "").strip()
            if text and not text.isdecimal():
                raise RuleViolation("number_field_missing", name, name=name)
            if text:
                fields[name] = int(text)
        return SeatBatch(self.batch.id, rooms_of(asked.rooms), self._operator, self._seed(8),
                         SeatingRules(asked.mixed, asked.spread), pattern, fields, asked.anew, asked.elsewhere)

    def _on_seated(self, done: "Future[SeatedBatch]") -> None:
        self.ended.emit()
        try:
            self.seated.emit(done.result())
        except Cancelled:
            return
        except RuleViolation as refusal:
            self.refused.emit(refusal.code, refusal.field, refusal.detail)
        except EnvironmentFault as fault:
            self.failed.emit(fault)
        self.refresh()


def rooms_of(text: str) -> tuple[Room, ...]:
    """A line for a room, or for several: `1 30` has 30 seats, `1-10 30` ten such rooms, `1 30 2` two accessible seats.
    Raises RuleViolation rooms_unreadable, rooms_missing."""
    found: list[Room] = []
    for line in filter(None, map(str.strip, text.splitlines())):
        said = _LINE.fullmatch(line)
        first, last = (int(said[1]), int(said[2] or said[1])) if said else (1, 0)
        seats, accessible = (int(said[3]), int(said[4] or 0)) if said else (0, 0)
        if not first <= last < first + MOST_ROOMS or not accessible <= seats or seats < 1:
            raise RuleViolation("rooms_unreadable", "rooms", line=line)
        found += [Room(str(number), seats, accessible) for number in range(first, last + 1)]
    if not found:
        raise RuleViolation("rooms_missing", "rooms")
    return tuple(found)


def rooms_text(rooms: Sequence[Room]) -> str:
    """Rooms as `rooms_of` reads them, those alike that follow each other in one line."""
    runs: list[list[Room]] = []
    for room in rooms:
        last = runs[-1][-1] if runs else None
        if last and last.code.isdecimal() and room == Room(str(int(last.code) + 1), last.seats, last.accessible):
            runs[-1].append(room)
        else:
            runs.append([room])
    return "\n".join(
        f"{run[0].code}{f'-{run[-1].code}' if len(run) > 1 else ''} {run[0].seats}"
        f"{f' {run[0].accessible}' if run[0].accessible else ''}" for run in runs)


def fields_of(pattern: str) -> Sequence[str]:
    """The fields that somebody has to fill in; none for a pattern that is none."""
    try:
        return [name for name in Pattern(pattern.strip() or PROVINCIAL).asks if name != "year"]
    except RuleViolation:
        return ()
