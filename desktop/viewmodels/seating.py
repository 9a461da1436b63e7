"""State of the seating dialog: rooms as they are typed, the pattern of the numbers, and one lot for the batch."""

import re
import secrets
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass

from PySide6.QtCore import QObject, QSettings, Signal

from appraisal.domain.admission_numbers import PROVINCIAL, Pattern
from appraisal.domain.book import Book, Entrant, seat_order
from appraisal.domain.errors import EnvironmentFault, RuleViolation
from appraisal.domain.events import Id
from appraisal.domain.seating import Place, Room, SeatingRules
from appraisal.usecases.ports import Step
from appraisal.usecases.reads import BatchRow
from appraisal.usecases.seat_batch import MoveSeat, SeatBatch, SeatedBatch
from desktop.tasks import Cancelled, Latest, Progress, Tasks

USUAL_SEATS = 30
MOST_ROOMS = 2000
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


@dataclass(frozen=True, slots=True)
class SeatingCommands:
    seat: Callable[[SeatBatch, Step], SeatedBatch]
    move: Callable[[MoveSeat], int]
    book: Callable[[Id], Book]


class SeatingViewModel(QObject):
    began = Signal(object)
    """The Progress of the lot."""
    stepped = Signal(int, int)
    seated = Signal(object)
    """What was Seated."""
    refused = Signal(str, str, object)
    failed = Signal(object)
    ended = Signal()
    shown = Signal()
    """The people and their seats were read anew."""

    def __init__(self, batch: BatchRow, commands: SeatingCommands, settings: QSettings | None,
                 operator: Id, tasks: Tasks, seed: SeedOf = secrets.token_bytes) -> None:
        super().__init__()
        self.batch, self._commands, self._settings = batch, commands, settings
        self._operator, self._tasks, self._seed = operator, tasks, seed
        self._latest, self._moving = Latest(), False
        self.people: Sequence[Entrant] = ()
        self.pinned: set[Id] = set()
        """Who keeps the seat when everybody is drawn anew."""
        self.accessible: set[Id] = set()

    # what was typed last time

    def kept(self, name: str, otherwise: str) -> str:
        found = self._settings.value(f"seating/{name}") if self._settings is not None else None
        return otherwise if found is None else str(found)

    def usual_rooms(self) -> str:
        """As many of the usual size as those enrolled fill."""
        count = max(-(-self.batch.enrolled // USUAL_SEATS), 1)
        return f"1-{count} {USUAL_SEATS}" if count > 1 else f"1 {USUAL_SEATS}"

    # who sits where

    def refresh(self) -> None:
        batch = self.batch.id
        self._tasks.read(lambda: self._commands.book(batch), self._on_book, self._latest)

    def rooms(self) -> Sequence[str]:
        return sorted({one.room for one in self.people if one.room}, key=seat_order)

    def in_room(self, room: str) -> Mapping[int, Entrant]:
        return {int(one.seat): one for one in self.people if one.room == room and one.seat.isdecimal()}

    def move(self, who: Id, room: str, seat: int) -> None:
        if not self._moving:
            self._moving = True
            command = MoveSeat(who, Place(room, seat), self._operator)
            self._tasks.write(lambda: self._commands.move(command), self._on_moved)

    def toggle(self, marked: set[Id], who: Id) -> None:
        """`marked`: `pinned` or `accessible`."""
        if who:
            marked.symmetric_difference_update({who})
            self.shown.emit()

    def _on_moved(self, done: "Future[int]") -> None:
        self._moving = False
        try:
            done.result()
        except RuleViolation as refusal:
            self.refused.emit(refusal.code, refusal.field, refusal.detail)
        except EnvironmentFault as fault:
            self.failed.emit(fault)
        self.refresh()

    def _on_book(self, done: "Future[Book]") -> None:
        try:
            self.people = done.result().entrants
        except EnvironmentFault as fault:
            self.failed.emit(fault)
        else:
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
                         SeatingRules(asked.mixed, asked.spread), pattern, fields, frozenset(self.accessible),
                         {one.id: Place(one.room, int(one.seat)) for one in self.people
                          if one.id in self.pinned and one.seat.isdecimal()}, asked.anew)

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


def fields_of(pattern: str) -> Sequence[str]:
    """The fields that somebody has to fill in; none for a pattern that is none."""
    try:
        return [name for name in Pattern(pattern.strip() or PROVINCIAL).asks if name != "year"]
    except RuleViolation:
        return ()
