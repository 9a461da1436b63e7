"""Batches of the centre: opening one, taking it from step to step, its publicity and the objections."""

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from PySide6.QtCore import QObject, Signal

from appraisal.domain.batch import ORDER, Batch, BatchState
from appraisal.domain.errors import EnvironmentFault, RuleViolation
from appraisal.domain.events import Id
from appraisal.domain.publicity import PublicityOpened
from appraisal.domain.scheme import Scheme
from appraisal.usecases.open_batch import MoveBatch, OpenBatch
from appraisal.usecases.publicise import Publicise, RaiseObjection, SettleObjection
from appraisal.usecases.reads import BatchRow, ObjectionRow, OutcomeRow
from desktop.tasks import Latest, Tasks

OBJECTED = (BatchState.PUBLICISED, BatchState.CERTIFYING, BatchState.ARCHIVED)
"""Batches that have or had a publicity."""


class BatchesReads(Protocol):
    def batches(self) -> Sequence[BatchRow]: ...
    def objections(self, batch: Id) -> Sequence[ObjectionRow]: ...
    def outcomes(self, batch: Id) -> Sequence[OutcomeRow]: ...


@dataclass(frozen=True, slots=True)
class BatchCommands:
    """The use cases on the open desk."""

    open: Callable[[OpenBatch], Id]
    move: Callable[[MoveBatch], None]
    publicise: Callable[[Publicise], PublicityOpened]
    close_publicity: Callable[[Publicise], None]
    raise_objection: Callable[[RaiseObjection], Id]
    settle_objection: Callable[[SettleObjection], None]


Objected = tuple[Sequence[ObjectionRow], Sequence[OutcomeRow]]


class BatchesViewModel(QObject):
    shown = Signal()
    objections_shown = Signal()
    opened = Signal(str)
    """Id of a batch that was just opened."""
    moved = Signal(str)
    """Id of a batch that went on a step."""
    recorded = Signal()
    """An objection was raised or settled."""
    refused = Signal(str, object)
    """What was tried (open, move, raise, settle) and the RuleViolation."""
    failed = Signal(object)
    """EnvironmentFault."""
    busy_changed = Signal(bool)

    def __init__(self, reads: BatchesReads, commands: BatchCommands, schemes: Mapping[str, Scheme], tasks: Tasks,
                 operator: Id, today: Callable[[], date]) -> None:
        super().__init__()
        self._reads, self._commands, self.schemes = reads, commands, schemes
        self.tasks, self._operator, self.today = tasks, operator, today
        self._latest, self._objecting, self._busy = Latest(), Latest(), False
        self.rows: Mapping[Id, BatchRow] = {}
        self.objections: Sequence[ObjectionRow] = ()
        self.candidates: Sequence[OutcomeRow] = ()

    def refresh(self) -> None:
        self.tasks.read(self._reads.batches, self._on_read, self._latest)

    def show_objections(self, batch: Id) -> None:
        """Read what was objected to, and who can be objected to."""
        if self.rows[batch].state in OBJECTED:
            self.tasks.read(lambda: (self._reads.objections(batch), self._reads.outcomes(batch)), self._on_objections,
                            self._objecting)

    def open(self, code: str, title: str, scheme: str, exam_day: date, places: int) -> None:
        command = OpenBatch(code.strip(), title.strip(), scheme, exam_day, places, self._operator)
        self._write("open", lambda: self._commands.open(command), self.opened.emit)

    def step(self, batch: Id) -> None:
        """The batch's next step, whichever it is."""
        row = self.rows[batch]
        to = next_step(row)
        if to is BatchState.PUBLICISED:
            self._step(batch, lambda: self._commands.publicise(Publicise(batch, self._operator)))
        elif to is BatchState.CERTIFYING:
            self._step(batch, lambda: self._commands.close_publicity(Publicise(batch, self._operator)))
        elif to is not None:
            self._step(batch, lambda: self._commands.move(MoveBatch(batch, to, self._operator)))

    def cancel(self, batch: Id, why: str) -> None:
        """Of a draft; nothing is deleted."""
        self._step(batch, lambda: self._commands.move(MoveBatch(batch, BatchState.CANCELLED, self._operator, why)))

    def raise_objection(self, batch: Id, person: Id, text: str) -> None:
        command = RaiseObjection(batch, person, text.strip(), self._operator)
        self._write("raise", lambda: self._commands.raise_objection(command), lambda _: self._record(batch))

    def settle_objection(self, batch: Id, objection: ObjectionRow, why: str, *, upheld: bool) -> None:
        command = SettleObjection(objection.id, upheld, why.strip(), self._operator)
        self._write("settle", lambda: self._commands.settle_objection(command), lambda _: self._record(batch))

    def _step(self, batch: Id, work: Callable[[], object]) -> None:
        self._write("move", work, lambda _: self._after_step(batch))

    def _after_step(self, batch: Id) -> None:
        self.refresh()
        self.moved.emit(batch)

    def _record(self, batch: Id) -> None:
        self.show_objections(batch)
        self.recorded.emit()

    def _write(self, tried: str, work: Callable[[], object], then: Callable[[object], object]) -> None:
        if self._busy:
            return
        self._set_busy(busy=True)
        self.tasks.write(work, lambda done: self._on_written(tried, then, done))

    def _on_written(self, tried: str, then: Callable[[object], object], done: "Future[object]") -> None:
        self._set_busy(busy=False)
        try:
            result = done.result()
        except RuleViolation as refusal:
            self.refused.emit(tried, refusal)
        except EnvironmentFault as fault:
            self.failed.emit(fault)
        else:
            if tried == "open":
                self.refresh()
            then(result)

    def _on_read(self, done: "Future[Sequence[BatchRow]]") -> None:
        try:
            self.rows = {one.id: one for one in done.result()}
        except EnvironmentFault as fault:
            self.failed.emit(fault)
        else:
            self.shown.emit()

    def _on_objections(self, done: "Future[Objected]") -> None:
        try:
            self.objections, self.candidates = done.result()
        except EnvironmentFault as fault:
            self.failed.emit(fault)
        else:
            self.objections_shown.emit()

    def _set_busy(self, *, busy: bool) -> None:
        self._busy = busy
        self.busy_changed.emit(busy)


def next_step(row: BatchRow) -> BatchState | None:
    """None where a batch has come to its end."""
    state = BatchState(row.state)
    return ORDER[ORDER.index(state) + 1] if state in ORDER[:-1] else None


def batch_of(row: BatchRow) -> Batch:
    return Batch(row.id, row.code, row.title, row.scheme, row.exam_day, row.places, BatchState(row.state))
