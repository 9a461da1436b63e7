"""The exam day: which batch and sitting are open, who is signed in, incidents, papers, sittings and their staff."""

from collections import deque
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Protocol

from PySide6.QtCore import Signal

from appraisal.domain.batch import BatchState
from appraisal.domain.book import Book, Entrant, Incident
from appraisal.domain.errors import EnvironmentFault, RuleViolation
from appraisal.domain.events import Id
from appraisal.domain.exam_day import (
    Attendance,
    AttendanceRecorded,
    PapersCounted,
    SessionPlanned,
    Signature,
    Tier,
)
from appraisal.domain.examiners import Duty, StaffDrawn
from appraisal.domain.operator import Operator, Role
from appraisal.domain.seating import Room
from appraisal.domain.text import plain_number
from appraisal.usecases.exam_day import (
    CloseDoor,
    CountPapers,
    PlaceSession,
    PlanSession,
    RecordAttendance,
    RecordIncident,
    VoidIncident,
)
from appraisal.usecases.examine import DrawStaff, EnlistExaminer
from appraisal.usecases.reads import BatchRow, ExaminerRow
from desktop.tasks import Latest, Tasks
from desktop.viewmodels.working import Working

SHOWN = tuple(state.value for state in BatchState if state not in {
    BatchState.DRAFT, BatchState.FILED, BatchState.CANCELLED})
FIRST = (BatchState.EXAMINING.value, BatchState.SEATED.value, BatchState.CLOSED.value)
"""Of all, a batch in one of these is opened first."""


class Seen(StrEnum):
    """What a scan has come to."""

    PRESENT = "present"
    LATE = "late"
    REFUSED = "refused"
    ALREADY = "already"
    ELSEWHERE = "elsewhere"
    """In the batch, and not examined at this sitting."""
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Scanned:
    seen: Seen
    text: str
    entrant: Entrant | None = None
    minutes: int | None = None


class ExamDayReads(Protocol):
    def batches(self) -> Sequence[BatchRow]: ...
    def book(self, batch: Id) -> Book: ...
    def examiners(self, batch: Id) -> Sequence[ExaminerRow]: ...
    def picture(self, attachment: str) -> bytes: ...


@dataclass(frozen=True, slots=True)
class ExamDayCommands:
    """The use cases on the open desk."""

    attend: Callable[[RecordAttendance], Mapping[Id, AttendanceRecorded]]
    close_door: Callable[[CloseDoor], int]
    record_incident: Callable[[RecordIncident], Id]
    void_incident: Callable[[VoidIncident], None]
    count_papers: Callable[[CountPapers], None]
    plan_session: Callable[[PlanSession], Id]
    place_session: Callable[[PlaceSession], int]
    enlist: Callable[[EnlistExaminer], Id]
    draw: Callable[[DrawStaff], StaffDrawn]
    seed: Callable[[int], bytes]


class ExamDayViewModel(Working):
    batches_shown = Signal()
    shown = Signal()
    """The book and the list of examiners were read anew."""
    scanned = Signal(object)
    photo_shown = Signal(str, bytes)
    """Enrolment and its photo."""
    closed = Signal(int)
    """How many were marked absent."""
    recorded = Signal(str)
    """What was recorded: attendance, incident, voided, papers, session, placed, examiner, drawn."""

    def __init__(self, reads: ExamDayReads, commands: ExamDayCommands, tasks: Tasks, operator: Operator) -> None:
        super().__init__()
        self._reads, self._commands, self.tasks, self._operator = reads, commands, tasks, operator
        self._batches_read, self._book_read = Latest(), Latest()
        self.batches: Sequence[BatchRow] = ()
        self.batch, self.session = "", ""
        self.book: Book | None = None
        self.examiners: Sequence[ExaminerRow] = ()
        self._scans: deque[str] = deque()

    def may(self, *roles: Role) -> bool:
        return not self._operator.roles.isdisjoint(roles)

    @property
    def own(self) -> Id:
        return self._operator.id

    # what is open

    def refresh(self) -> None:
        self.tasks.read(self._reads.batches, self._on_batches, self._batches_read)

    def open(self, batch: Id) -> None:
        if batch != self.batch:
            self.book, self.session = None, ""
        self.batch = batch
        self.reread()

    def reread(self) -> None:
        batch = self.batch
        if batch:
            self.tasks.read(lambda: (self._reads.book(batch), self._reads.examiners(batch)), self._on_book,
                            self._book_read)

    def choose(self, session: Id) -> None:
        if session != self.session:
            self.session = session
            self.shown.emit()

    def sitting(self) -> SessionPlanned | None:
        return next((one for one in self.book.sessions if one.session == self.session), None) if self.book else None

    def sitters(self) -> Sequence[Entrant]:
        """By room and seat."""
        session = self.sitting()
        if self.book is None or session is None:
            return ()
        return [one for people in self.book.by_room(session).values() for one in people]

    def incidents(self) -> Sequence[Incident]:
        return self.book.incidents if self.book else ()

    # at the door

    def scan(self, text: str) -> None:
        """An admission or document number, as a scanner types it. Scans wait for each other."""
        if text.strip():
            self._scans.append(text.strip())
            self._next_scan()

    def _next_scan(self) -> None:
        session = self.sitting()
        if not self._scans or self._busy or self.book is None or session is None:
            return
        text = self._scans.popleft()
        number = plain_number(text)
        found = [one for one in self.book.seated()
                 if number in (one.number, plain_number(one.person.identity.document_number))]
        here = next((one for one in found if one.examined(session)), None)
        if here is None:
            self.scanned.emit(Scanned(Seen.ELSEWHERE if found else Seen.UNKNOWN, text, found[0] if found else None))
            self._next_scan()
            return
        self.begin()
        command = RecordAttendance(self.batch, self.session, (here.id,), self.own)
        self.tasks.write(lambda: self._commands.attend(command), lambda done: self._on_scan(text, here, done))

    def _on_scan(self, text: str, who: Entrant, done: "Future[Mapping[Id, AttendanceRecorded]]") -> None:
        self._set_busy(busy=False)
        try:
            event = done.result().get(who.id)
        except (RuleViolation, EnvironmentFault) as problem:
            self._scans.clear()
            self.tell(problem)
            return
        seen = Seen(event.state.value) if event is not None else Seen.ALREADY
        self.scanned.emit(Scanned(seen, text, who, event.minutes if event else None))
        self.reread()
        self._next_scan()

    def show_photo(self, who: Entrant) -> None:
        if who.photo is not None:
            attachment = who.photo
            self.tasks.read(lambda: self._reads.picture(attachment), lambda done: self._on_photo(who.id, done))

    def attend(self, enrolments: Sequence[Id], state: Attendance, why: str) -> None:
        """By hand: a change with its reason."""
        command = RecordAttendance(self.batch, self.session, tuple(enrolments), self.own, state, why)
        self._write("attendance", lambda: self._commands.attend(command))

    def close_door(self) -> None:
        if self.begin():
            command = CloseDoor(self.batch, self.session, self.own)
            self.tasks.write(lambda: self._commands.close_door(command), self._then(self.closed.emit))

    # incidents and papers

    def record_incident(self, enrolment: Id, tier: Tier, text: str, signatures: Sequence[Signature]) -> None:
        command = RecordIncident(self.batch, self.session, enrolment, tier, text, tuple(signatures), self.own)
        self._write("incident", lambda: self._commands.record_incident(command))

    def void_incident(self, incident: Id, why: str) -> None:
        self._write("voided", lambda: self._commands.void_incident(VoidIncident(incident, why, self.own)))

    def counted(self, room: str) -> PapersCounted | None:
        return next((one for one in self.book.papers if (one.session, one.room) == (self.session, room)),
                    None) if self.book else None

    def count_papers(self, room: str, handed_out: int, returned: int, checked_by: Id, why: str) -> None:
        command = CountPapers(self.batch, self.session, room, handed_out, returned, checked_by, self.own, why)
        self._write("papers", lambda: self._commands.count_papers(command))

    # sittings and staff

    def plan(self, title: str, subjects: Sequence[str], starts: datetime | None, minutes: int, rooms: Sequence[Room],
             replaces: Id) -> None:
        command = PlanSession(self.batch, title, tuple(subjects), starts, minutes, self.own, tuple(rooms), replaces)
        self._write("session", lambda: self._commands.plan_session(command))

    def place(self) -> None:
        command = PlaceSession(self.session, self.batch, self.own, self._commands.seed(8))
        self._write("placed", lambda: self._commands.place_session(command))

    def draw(self, invigilators: int, why: str) -> None:
        command = DrawStaff(self.batch, self.session, self.own, self._commands.seed(8), invigilators, why)
        self._write("drawn", lambda: self._commands.draw(command))

    def enlist(self, command: EnlistExaminer) -> None:
        self._write("examiner", lambda: self._commands.enlist(command))

    # answers

    def _write(self, what: str, work: Callable[[], object]) -> None:
        if self.begin():
            self.tasks.write(work, self._then(lambda _done: self.recorded.emit(what)))

    def _then(self, tell: Callable[[Any], object]) -> Callable[["Future[Any]"], None]:
        def answered(done: "Future[Any]") -> None:
            self._set_busy(busy=False)
            try:
                tell(done.result())
            except (RuleViolation, EnvironmentFault) as problem:
                self.tell(problem)
            self.reread()

        return answered

    def _on_batches(self, done: "Future[Sequence[BatchRow]]") -> None:
        try:
            self.batches = [one for one in done.result() if one.state in SHOWN]
        except EnvironmentFault as fault:
            self.failed.emit(fault)
            return
        if all(one.id != self.batch for one in self.batches):
            first = sorted(self.batches, key=lambda one: (FIRST + SHOWN).index(one.state))
            self.batch = first[0].id if first else ""
        self.batches_shown.emit()
        self.reread()

    def _on_book(self, done: "Future[tuple[Book, Sequence[ExaminerRow]]]") -> None:
        try:
            self.book, self.examiners = done.result()
        except (RuleViolation, EnvironmentFault) as problem:
            self.tell(problem)
            return
        if self.sitting() is None:
            self.session = self.book.sessions[0].session if self.book.sessions else ""
        self.shown.emit()
        self._next_scan()

    def _on_photo(self, enrolment: Id, done: "Future[bytes]") -> None:
        try:
            self.photo_shown.emit(enrolment, done.result())
        except (RuleViolation, EnvironmentFault) as problem:
            self.tell(problem)


def new_examiner(duty: Duty, typed: Mapping[str, str], own: Id, known: Id = "") -> EnlistExaminer:
    """`typed`: name, organisation, card, expires (2027-01-31), relatives apart by commas. Raises RuleViolation
    expiry_unreadable."""
    expires = typed["expires"].strip()
    try:
        until = datetime.fromisoformat(expires).date() if expires else None
    except ValueError as fault:
        raise RuleViolation("expiry_unreadable", "expires", typed=expires) from fault
    relatives = typed["relatives"].replace("，", ",").replace("、", ",").split(",")
    return EnlistExaminer(duty, typed["name"], typed["organisation"], own, typed["card"], until, tuple(relatives),
                          examiner=known)
