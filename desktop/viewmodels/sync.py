"""State of the Sync page: how far every record has come, what needs somebody, what left and what came back."""

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Protocol

from PySide6.QtCore import QCoreApplication, Signal

from appraisal.domain.exchange import Fate
from appraisal.usecases.ports import Step
from appraisal.usecases.reads import NeedsYou, SyncSummary
from appraisal.usecases.transfers import Transfer
from desktop.tasks import Latest, Progress, Tasks
from desktop.viewmodels.sync_places import Stick, sticks
from desktop.viewmodels.working import Working

Waits = Callable[[str, float], None]
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
class SyncCommands:
    """What the page may do, each bound to the desk. All raise RuleViolation or EnvironmentFault."""

    export: Callable[[Path, Step], Exported]
    """Into a folder."""
    send: Callable[[str, Progress, Waits], Mapping[str, Any]]
    """To the library at this address, empty: where it went before; tells why it waits, and for how many seconds."""
    take_in: Callable[[Path], Mapping[str, Any]]
    """A receipt, grant or list, a folder of them, or a picture of a short receipt."""
    take_in_typed: Callable[[str], Mapping[str, Any]]
    write_request: Callable[[Path], Requested]
    """Into a folder."""
    address: Callable[[], str]
    """Of the library, where bundles went before; empty: none."""
    sticks: Callable[[], Sequence[Stick]] = sticks


@dataclass(frozen=True, slots=True)
class SyncState:
    summary: SyncSummary
    needs: tuple[NeedsYou, ...]
    transfers: tuple[Transfer, ...]
    """The newest first."""
    address: str = ""


class SyncViewModel(Working):
    state_changed = Signal(object)
    """SyncState."""
    places_changed = Signal(object)
    """tuple[Stick, ...]."""
    exported = Signal(object)
    """Exported: whole, read back, safe to remove."""
    sent = Signal(object)
    """Counts of the receipt that came back at once, and `records`, `withheld`, `sent_bytes`."""
    send_stopped = Signal()
    waits = Signal(str, float)
    """Why sending waits, and how many seconds."""
    taken_in = Signal(object)
    """Counts: accepted, duplicate, parked, held, rejected, and `files` by kind."""
    request_written = Signal(object)
    """Requested."""

    def __init__(self, reads: SyncReads, transfers: Callable[[], Sequence[Transfer]], tasks: Tasks,
                 commands: SyncCommands) -> None:
        super().__init__()
        self._reads, self._transfers, self._tasks, self._commands = reads, transfers, tasks, commands
        self._asked, self._looked = Latest(), Latest()
        self._sending: list[Progress] = []
        self.destroyed.connect(partial(_cancel, self._sending))
        application = QCoreApplication.instance()
        if application is not None:
            application.aboutToQuit.connect(self.stop_sending)

    def refresh(self) -> None:
        def read() -> SyncState:
            needs = tuple(sorted(self._reads.needs_you(), key=_worst_first))
            return SyncState(self._reads.sync_summary(), needs, tuple(self._transfers()), self._commands.address())

        self._tasks.read(read, lambda done: self.state_changed.emit(done.result()), self._asked)

    def look_for_sticks(self) -> None:
        self._tasks.read(lambda: tuple(self._commands.sticks()),
                         lambda done: self.places_changed.emit(done.result()), self._looked)

    def export(self, folder: Path) -> None:
        if self.begin():
            self.follow(self._tasks.write_long(
                lambda progress: self._commands.export(folder, progress.step), self.ended(self.exported),
                self.stepped.emit))

    def send(self, address: str = "") -> None:
        """Beside the writer, which goes on: a network may be slow, and nobody waits for it to save a candidate."""
        if self.begin():
            progress = self._tasks.read_long(
                lambda progress: self._commands.send(address, progress, self.waits.emit),
                self.ended(self.sent, self.send_stopped), self.stepped.emit)
            self._sending.append(progress)
            self.follow(progress)

    def is_sending(self) -> bool:
        """Over the network."""
        return bool(self._sending)

    def ended(self, signal: Any, stopped: Any = None) -> Callable[["Future[Any]"], None]:
        tell = super().ended(signal, stopped)

        def tell_and_forget(done: "Future[Any]") -> None:
            self._sending.clear()
            tell(done)

        return tell_and_forget

    def stop_sending(self) -> None:
        """What has arrived at the library stays there; the next sending goes on from it."""
        _cancel(self._sending)

    def take_in(self, path: Path) -> None:
        if self.begin():
            self._tasks.write(lambda: self._commands.take_in(path), self.ended(self.taken_in))

    def take_in_typed(self, text: str) -> None:
        if self.begin():
            self._tasks.write(lambda: self._commands.take_in_typed(text), self.ended(self.taken_in))

    def write_request(self, folder: Path) -> None:
        if self.begin():
            self._tasks.write(lambda: self._commands.write_request(folder), self.ended(self.request_written))


def _cancel(running: Sequence[Progress], *_: object) -> None:
    for one in running:
        one.cancel()
