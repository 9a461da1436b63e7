"""Outcomes of a batch, counted, with the marks that are confirmed."""

from collections import Counter
from collections.abc import Mapping, Sequence
from concurrent.futures import Future
from typing import Protocol

from PySide6.QtCore import QObject, Signal

from appraisal.domain.errors import EnvironmentFault
from appraisal.domain.events import Id
from appraisal.domain.marks import Outcome
from appraisal.usecases.reads import BatchRow, OutcomeRow
from desktop.tasks import Latest, Tasks


class OutcomeReads(Protocol):
    def outcomes(self, batch: Id) -> Sequence[OutcomeRow]: ...


class MarksResultsViewModel(QObject):
    shown = Signal()
    failed = Signal(object)
    """EnvironmentFault."""

    def __init__(self, reads: OutcomeReads, tasks: Tasks) -> None:
        super().__init__()
        self._reads, self._tasks, self._latest = reads, tasks, Latest()
        self.rows: Sequence[OutcomeRow] = ()
        self.only: Outcome | None = None

    def open(self, batch: BatchRow | None) -> None:
        if batch is None:
            self._latest.take()
            self._take(())
        else:
            self._tasks.read(lambda: self._reads.outcomes(batch.id), self._on_read, self._latest)

    def counts(self) -> Mapping[Outcome, int]:
        counted = Counter(row.outcome for row in self.rows)
        return {one: counted[one] for one in Outcome}

    def filtered(self) -> list[OutcomeRow]:
        return [row for row in self.rows if self.only in {None, row.outcome}]

    def show_only(self, outcome: Outcome | None) -> None:
        self.only = outcome
        self.shown.emit()

    def _on_read(self, done: "Future[Sequence[OutcomeRow]]") -> None:
        try:
            self._take(done.result())
        except EnvironmentFault as fault:
            self.failed.emit(fault)

    def _take(self, rows: Sequence[OutcomeRow]) -> None:
        self.rows = rows
        self.shown.emit()
