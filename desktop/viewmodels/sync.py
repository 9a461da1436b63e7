"""State of the Sync page: how far every record has come, what needs somebody, what left and what came back."""

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from PySide6.QtCore import QObject, Signal

from appraisal.domain.errors import EnvironmentFault, RuleViolation
from appraisal.domain.exchange import Fate
from appraisal.usecases.ports import Step
from appraisal.usecases.reads import NeedsYou, SyncSummary
from appraisal.usecases.transfers import Transfer
from desktop.tasks import Cancelled, Latest, Tasks

WORST_FIRST = (Fate.REJECTED, Fate.HELD, Fate.PARKED)


def _worst_first(one: NeedsYou) -> tuple[int, str, str]:
    return WORST_FIRST.index(Fate(one.fate)), one.name, one.kind


class SyncReads(Protocol):
    """The part of Reads that this page asks."""

    def sync_summary(self) -> SyncSummary: ...
    def needs_you(self) -> Sequence[NeedsYou]: ...


class Exported(Protocol):
    """What an export tells; appraisal.usecases.export_bundle.Exported is one."""

    @property
    def bundle(self) -> Path: ...
    @property
    def records(self) -> int: ...
    @property
    def withheld(self) -> int: ...
    @property
    def bytes(self) -> int: ...


@dataclass(frozen=True, slots=True)
class Requested:
    """A request that was written, and the words that the association will ask for."""

    file: Path
    words: str


@dataclass(frozen=True, slots=True)
class SyncState:
    summary: SyncSummary
    needs: tuple[NeedsYou, ...]
    transfers: tuple[Transfer, ...]
    """The newest first."""


class SyncViewModel(QObject):
    state_changed = Signal(object)
    """SyncState."""
    exported = Signal(object)
    """Exported: whole, read back, safe to remove."""
    taken_in = Signal(object)
    """Counts: accepted, duplicate, parked, held, rejected, and `files` by kind."""
    request_written = Signal(object)
    """Requested."""
    refused = Signal(str, object)
    """Code and the details of its sentence."""
    failed = Signal(object)
    """The EnvironmentFault."""
    cancelled = Signal()
    busy_changed = Signal(bool)
    began = Signal(object)
    """The Progress of an export."""
    stepped = Signal(int, int)

    def __init__(self, reads: SyncReads, transfers: Callable[[], Sequence[Transfer]], tasks: Tasks,
                 export: Callable[[Path, Step], Exported], take_in: Callable[[Path], Mapping[str, Any]],
                 write_request: Callable[[Path], Requested], take_in_typed: Callable[[str], Mapping[str, Any]]) -> None:
        """`export` into a folder; `take_in` a receipt, grant or list, a folder of them, or a picture; `write_request`
        into a folder; `take_in_typed` a short receipt. Each raises RuleViolation or EnvironmentFault."""
        super().__init__()
        self._reads, self._transfers, self._tasks = reads, transfers, tasks
        self._export, self._take_in, self._write_request = export, take_in, write_request
        self._take_in_typed = take_in_typed
        self._busy, self._asked = False, Latest()

    def refresh(self) -> None:
        def read() -> SyncState:
            needs = tuple(sorted(self._reads.needs_you(), key=_worst_first))
            return SyncState(self._reads.sync_summary(), needs, tuple(self._transfers()))

        self._tasks.read(read, lambda done: self.state_changed.emit(done.result()), self._asked)

    def export(self, folder: Path) -> None:
        if self._begin():
            self.began.emit(self._tasks.write_long(
                lambda progress: self._export(folder, progress.step), self._ended(self.exported), self.stepped.emit))

    def take_in(self, path: Path) -> None:
        if self._begin():
            self._tasks.write(lambda: self._take_in(path), self._ended(self.taken_in))

    def take_in_typed(self, text: str) -> None:
        if self._begin():
            self._tasks.write(lambda: self._take_in_typed(text), self._ended(self.taken_in))

    def write_request(self, folder: Path) -> None:
        if self._begin():
            self._tasks.write(lambda: self._write_request(folder), self._ended(self.request_written))

    def _begin(self) -> bool:
        if self._busy:
            return False
        self._set_busy(busy=True)
        return True

    def _ended(self, signal: Any) -> Callable[["Future[Any]"], None]:
        def tell(done: "Future[Any]") -> None:
            self._set_busy(busy=False)
            try:
                signal.emit(done.result())
            except Cancelled:
                self.cancelled.emit()
            except RuleViolation as refusal:
                self.refused.emit(refusal.code, refusal.detail)
            except EnvironmentFault as fault:
                self.failed.emit(fault)
            self.refresh()

        return tell

    def _set_busy(self, *, busy: bool) -> None:
        self._busy = busy
        self.busy_changed.emit(busy)
