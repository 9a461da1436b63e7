"""Where the two entries differ: the list, and the third person's decision on each."""

from collections.abc import Callable, Sequence
from concurrent.futures import Future
from typing import Protocol

from PySide6.QtCore import QObject, Signal

from appraisal.domain.errors import EnvironmentFault, RuleViolation
from appraisal.domain.events import Id
from appraisal.domain.marks import Outcome
from appraisal.usecases.enter_mark import SettleMark
from appraisal.usecases.reads import BatchRow, DifferenceRow
from desktop.tasks import Latest, Tasks
from desktop.viewmodels.marks_typed import read_mark


class DifferenceReads(Protocol):
    def differences(self, batch: Id) -> Sequence[DifferenceRow]: ...


class MarksSettleViewModel(QObject):
    shown = Signal()
    settled = Signal(object)
    """The DifferenceRow that is settled."""
    refused = Signal(object)
    """RuleViolation; its field is `mark` or `why`."""
    failed = Signal(object)
    """EnvironmentFault."""
    busy_changed = Signal(bool)

    def __init__(self, reads: DifferenceReads, settle: Callable[[SettleMark], Outcome], tasks: Tasks,
                 operator: Id) -> None:
        super().__init__()
        self._reads, self._settle, self._tasks, self._operator = reads, settle, tasks, operator
        self._batch: BatchRow | None = None
        self._latest, self._busy = Latest(), False
        self.rows: Sequence[DifferenceRow] = ()

    def open(self, batch: BatchRow | None) -> None:
        self._batch = batch
        if batch is None:
            self._latest.take()
            self._show(())
        else:
            self._tasks.read(lambda: self._reads.differences(batch.id), self._on_read, self._latest)

    def settle(self, row: DifferenceRow, typed: str, why: str) -> None:
        """`typed`: the mark that holds, as in the grid."""
        if self._busy:
            return
        try:
            mark = read_mark(typed)
        except RuleViolation as refusal:
            self.refused.emit(refusal)
            return
        if mark is None:
            self.refused.emit(RuleViolation("field_missing", "mark"))
            return
        command = SettleMark(row.enrolment, row.subject, mark, why.strip(), self._operator)
        self._set_busy(busy=True)
        self._tasks.write(lambda: self._settle(command), lambda done: self._on_settled(row, done))

    def _on_settled(self, row: DifferenceRow, done: "Future[Outcome]") -> None:
        self._set_busy(busy=False)
        try:
            done.result()
        except RuleViolation as refusal:
            self.refused.emit(refusal)
        except EnvironmentFault as fault:
            self.failed.emit(fault)
        else:
            self._show([one for one in self.rows if one is not row])
            self.settled.emit(row)

    def _on_read(self, done: "Future[Sequence[DifferenceRow]]") -> None:
        try:
            self._show(done.result())
        except EnvironmentFault as fault:
            self.failed.emit(fault)

    def _show(self, rows: Sequence[DifferenceRow]) -> None:
        self.rows = rows
        self.shown.emit()

    def _set_busy(self, *, busy: bool) -> None:
        self._busy = busy
        self.busy_changed.emit(busy)
