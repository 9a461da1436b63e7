"""What is due, what waits for a second person, what is unsent: read at once, told as items that lead to their pages."""

from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol

from PySide6.QtCore import QObject, Signal

from appraisal.domain.batch import BatchState
from appraisal.domain.errors import EnvironmentFault
from appraisal.domain.events import Id
from appraisal.domain.workdays import is_workday
from appraisal.usecases.reads import BatchRow, DifferenceRow, NeedsYou, ObjectionRow, SyncSummary, ToIssue
from desktop.tasks import Latest, Tasks
from desktop.viewmodels.batches import batch_of

AWAITED = {
    BatchState.DRAFT: ("plan", "batches"), BatchState.FILED: ("registration_closes", "batches"),
    BatchState.PUBLISHED: ("registration_closes", "candidates"), BatchState.CLOSED: ("seating", "candidates"),
    BatchState.SEATED: ("exam", "batches"), BatchState.EXAMINING: ("exam", "batches"),
    BatchState.MARKING: ("marks", "marks"), BatchState.PUBLICISED: ("publicity_ends", "batches"),
    BatchState.CERTIFYING: ("certificates", "certificates")}
"""State -> the node that the batch is on its way to, and the page where that is done."""
WAITS = {"submitted": "candidates", "differing": "marks", "objected": "batches", "issuable": "certificates",
         "blocked": "certificates"}


@dataclass(frozen=True, slots=True)
class Due:
    """A dated node. `days`: working days from today; negative: overdue."""

    node: str
    day: date
    days: int
    page: str
    batch: BatchRow


@dataclass(frozen=True, slots=True)
class Waiting:
    """`kind` is one of WAITS."""

    kind: str
    count: int
    batch: BatchRow

    @property
    def page(self) -> str:
        return WAITS[self.kind]


@dataclass(frozen=True, slots=True)
class Today:
    day: date
    due: tuple[Due, ...] = ()
    waiting: tuple[Waiting, ...] = ()
    sync: SyncSummary | None = None
    needs_you: int = 0
    batches: int = 0


class TodayReads(Protocol):
    def batches(self) -> Sequence[BatchRow]: ...
    def differences(self, batch: Id) -> Sequence[DifferenceRow]: ...
    def objections(self, batch: Id) -> Sequence[ObjectionRow]: ...
    def to_issue(self, batch: Id) -> Sequence[ToIssue]: ...
    def sync_summary(self) -> SyncSummary: ...
    def needs_you(self) -> Sequence[NeedsYou]: ...


class TodayViewModel(QObject):
    shown = Signal()
    failed = Signal(object)
    """EnvironmentFault."""

    def __init__(self, reads: TodayReads, tasks: Tasks, today: Callable[[], date],
                 move_clock_to: Callable[[date], None] | None = None) -> None:
        """`today`: the day in China. `move_clock_to`: of a demonstration only; runs on the writer lane."""
        super().__init__()
        self._reads, self._tasks, self._today, self._move = reads, tasks, today, move_clock_to
        self._latest = Latest()
        self.found = Today(today())

    def refresh(self) -> None:
        self._tasks.read(self._read, self._on_read, self._latest)

    def next_day(self) -> date | None:
        """Where a demonstration's clock may be moved: the next due day that lies ahead. None for a real centre."""
        ahead = sorted(one.day for one in self.found.due if one.day > self.found.day)
        return ahead[0] if self._move is not None and ahead else None

    def move_clock(self) -> None:
        day, move = self.next_day(), self._move
        if day is not None and move is not None:
            self._tasks.write(lambda: move(day), self._on_moved)

    def _read(self) -> Today:
        today = self._today()
        rows = [one for one in self._reads.batches() if one.state not in {"archived", "cancelled"}]
        due = sorted((found for one in rows if (found := due_of(one, today))), key=lambda d: (d.day, d.batch.code))
        waiting = tuple(found for one in rows for found in self._waiting(one) if found.count)
        return Today(today, tuple(due), waiting, self._reads.sync_summary(), len(self._reads.needs_you()), len(rows))

    def _waiting(self, row: BatchRow) -> list[Waiting]:
        found = [Waiting("submitted", row.submitted, row)]
        if row.state in {BatchState.EXAMINING, BatchState.MARKING}:
            found.append(Waiting("differing", len(self._reads.differences(row.id)), row))
        if row.state == BatchState.PUBLICISED:
            found.append(Waiting("objected", sum(o.upheld is None for o in self._reads.objections(row.id)), row))
        if row.state == BatchState.CERTIFYING:
            passed = self._reads.to_issue(row.id)
            found.append(Waiting("issuable", sum(one.blocked is None for one in passed), row))
            found.append(Waiting("blocked", sum(one.blocked is not None for one in passed), row))
        return found

    def _on_read(self, done: "Future[Today]") -> None:
        try:
            self.found = done.result()
        except EnvironmentFault as fault:
            self.failed.emit(fault)
        else:
            self.shown.emit()

    def _on_moved(self, done: "Future[None]") -> None:
        try:
            done.result()
        except EnvironmentFault as fault:
            self.failed.emit(fault)
        self.refresh()


def due_of(row: BatchRow, today: date) -> Due | None:
    """The next node of a batch; publicity that has run is due on the day after its last."""
    found = AWAITED.get(BatchState(row.state))
    if found is None:
        return None
    node, page = found
    if node == "publicity_ends":
        day = (row.publicity_ends or today) + timedelta(days=1)
    else:
        day = dict(batch_of(row).due())[node]
    return Due(node, day, working_days_between(today, day), page, row)


def working_days_between(start: date, end: date) -> int:
    """Working days after `start` up to `end`; negative when `end` lies before."""
    if end < start:
        return -working_days_between(end, start)
    return sum(is_workday(start + timedelta(days=one)) for one in range(1, (end - start).days + 1))
