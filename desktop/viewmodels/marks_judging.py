"""Judges' sheets of a batch: who is to be scored, what is there, and one sheet at a time put in."""

from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Protocol

from PySide6.QtCore import QObject, Signal

from appraisal.domain.book import Book, Entrant
from appraisal.domain.errors import EnvironmentFault, RuleViolation
from appraisal.domain.events import Id
from appraisal.domain.examiners import Duty
from appraisal.domain.judging import Judgement
from appraisal.domain.scheme import Subject
from appraisal.domain.text import half_width
from appraisal.usecases.enter_mark import JudgeMark
from appraisal.usecases.reads import BatchRow
from desktop.tasks import Latest, Tasks


class BookReads(Protocol):
    def book(self, batch: Id) -> Book: ...


@dataclass(frozen=True, slots=True)
class JudgedRow:
    """One candidate in one judged subject."""

    entrant: Entrant
    subject: Subject
    judgement: Judgement
    closed: bool
    """Absent, void, or left by an earlier sitting: nobody scores."""

    @property
    def id(self) -> str:
        return f"{self.entrant.id} {self.subject.code}"


class MarksJudgingViewModel(QObject):
    shown = Signal()
    judged = Signal(object)
    """The Judgement after a sheet was put in."""
    refused = Signal(object)
    failed = Signal(object)
    busy_changed = Signal(bool)

    def __init__(self, reads: BookReads, judge: Callable[[JudgeMark], Judgement], tasks: Tasks, operator: Id) -> None:
        super().__init__()
        self._reads, self._judge, self._tasks, self._operator = reads, judge, tasks, operator
        self._latest, self._busy = Latest(), False
        self.batch: BatchRow | None = None
        self.book: Book | None = None
        self.rows: Sequence[JudgedRow] = ()

    def open(self, batch: BatchRow | None) -> None:
        self.batch = batch
        if batch is None:
            self._latest.take()
            self.book, self.rows = None, ()
            self.shown.emit()
        else:
            self._tasks.read(lambda: self._reads.book(batch.id), self._on_read, self._latest)

    def judges(self, row: JudgedRow) -> Sequence[tuple[str, str]]:
        """Name and code: those drawn for the candidate's room, else the numbers of the paper sheets."""
        numbers = [(str(number), str(number)) for number in range(1, row.subject.judges + 1)]
        if self.book is None:
            return numbers
        found = [(one.examiner.name, one.examiner.person)
                 for session in self.book.sessions if row.subject.code in session.subjects
                 for one in self.book.staff.get(session.session, ())
                 if one.duty is not Duty.INVIGILATOR and one.room == row.entrant.at(session.session)[0]]
        return found or numbers

    def put(self, row: JudgedRow, judge: str, typed: Sequence[str]) -> None:
        if self._busy:
            return
        try:
            scores = tuple(_score(one) for one in typed)
        except RuleViolation as refusal:
            self.refused.emit(refusal)
            return
        command = JudgeMark(row.entrant.id, row.subject.code, judge, scores, self._operator)
        self._set_busy(busy=True)
        self._tasks.write(lambda: self._judge(command), self._on_judged)

    def _on_judged(self, done: "Future[Judgement]") -> None:
        self._set_busy(busy=False)
        try:
            self.judged.emit(done.result())
        except RuleViolation as refusal:
            self.refused.emit(refusal)
        except EnvironmentFault as fault:
            self.failed.emit(fault)
        self.open(self.batch)

    def _on_read(self, done: "Future[Book]") -> None:
        try:
            self.book = done.result()
        except EnvironmentFault as fault:
            self.failed.emit(fault)
            return
        self.rows = [
            JudgedRow(one, subject, one.sheet.judgement(subject.code),
                      one.sheet.from_day(subject.code) is not None or one.sheet.from_earlier(subject.code) is not None)
            for one in self.book.seated() for subject in one.sheet.level.subjects if subject.judges]
        self.shown.emit()

    def _set_busy(self, *, busy: bool) -> None:
        self._busy = busy
        self.busy_changed.emit(busy)


def _score(typed: str) -> Decimal:
    try:
        return Decimal(half_width(typed).strip())
    except InvalidOperation as fault:
        raise RuleViolation("mark_unreadable", "scores", typed=typed) from fault
