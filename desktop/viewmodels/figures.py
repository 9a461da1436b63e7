"""Figures of one batch, read and counted off the GUI thread."""

from collections.abc import Sequence
from concurrent.futures import Future
from typing import Protocol

from PySide6.QtCore import QObject, Signal

from appraisal.domain.book import Book
from appraisal.domain.errors import EnvironmentFault, RuleViolation
from appraisal.domain.events import Id
from appraisal.domain.figures import EntryTimes, Figures, figures
from appraisal.usecases.reads import BatchRow
from desktop.tasks import Latest, Tasks
from desktop.viewmodels.exam_day import SHOWN


class FigureReads(Protocol):
    def batches(self) -> Sequence[BatchRow]: ...
    def book(self, batch: Id) -> Book: ...
    def entry_times(self, batch: Id) -> Sequence[EntryTimes]: ...


class FiguresViewModel(QObject):
    batches_shown = Signal()
    shown = Signal()
    failed = Signal(object)
    """EnvironmentFault or RuleViolation."""

    def __init__(self, reads: FigureReads, tasks: Tasks) -> None:
        super().__init__()
        self._reads, self.tasks = reads, tasks
        self._batches_read, self._book_read = Latest(), Latest()
        self.batches: Sequence[BatchRow] = ()
        self.batch = ""
        self.book: Book | None = None
        self.figures: Figures | None = None

    def refresh(self) -> None:
        self.tasks.read(self._reads.batches, self._on_batches, self._batches_read)

    def open(self, batch: Id) -> None:
        self.batch = batch
        if batch:
            self.tasks.read(lambda: self._counted(batch), self._on_counted, self._book_read)

    def _counted(self, batch: Id) -> tuple[Book, Figures]:
        book = self._reads.book(batch)
        return book, figures(book, self._reads.entry_times(batch))

    def _on_batches(self, done: "Future[Sequence[BatchRow]]") -> None:
        try:
            self.batches = [one for one in done.result() if one.state in SHOWN]
        except EnvironmentFault as fault:
            self.failed.emit(fault)
            return
        if all(one.id != self.batch for one in self.batches):
            seated = [one for one in self.batches if one.seated] or self.batches
            self.batch = seated[-1].id if seated else ""
        self.batches_shown.emit()
        self.open(self.batch)

    def _on_counted(self, done: "Future[tuple[Book, Figures]]") -> None:
        try:
            self.book, self.figures = done.result()
        except (RuleViolation, EnvironmentFault) as problem:
            self.failed.emit(problem)
        else:
            self.shown.emit()
