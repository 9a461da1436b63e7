"""Work off the GUI thread; callbacks always come back on it, by a queued signal.

One writer lane (the database has one writer, so have we) and a few readers. Callbacks get a finished Future:
`done.result()` gives the value or raises what the work raised. What a callback does not catch reaches
sys.excepthook. An answer to an object that is gone is dropped. Nothing here ever processes events itself.
"""

import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Qt, Signal, Slot
from shiboken6 import isValid

from desktop.interpreter import Collector

T = TypeVar("T")

READERS = 3
PROGRESS_INTERVAL = 0.05
"""Seconds between two progress reports of one job: twenty a second are plenty for an eye."""


class Cancelled(Exception):
    """Raised inside the work at a record boundary, so that its unit of work is undone."""


class Progress:
    """What long work is given, and what its caller keeps to cancel it."""

    def __init__(self, report: Callable[[int, int], None]) -> None:
        self._report, self._reported_at, self._cancelled = report, 0.0, False

    def step(self, done: int, total: int) -> None:
        """Call after each record, from the work's thread. Raises Cancelled once `cancel` was called."""
        self.check()
        now = time.monotonic()
        if done >= total or now - self._reported_at >= PROGRESS_INTERVAL:
            self._reported_at = now
            self._report(done, total)

    def check(self) -> None:
        """Raises Cancelled once `cancel` was called."""
        if self._cancelled:
            raise Cancelled

    def cancel(self) -> None:
        """From any thread. The work ends at its next record, and its Future raises Cancelled."""
        self._cancelled = True


class Latest:
    """Token for reads that replace each other, as in a search: only the last one asked for is answered."""

    def __init__(self) -> None:
        self._turn = 0

    def take(self) -> int:
        self._turn += 1
        return self._turn

    def is_stale(self, turn: int) -> bool:
        return turn != self._turn


class Tasks(QObject):
    closing = Signal()
    """The last moment to ask for a write."""
    _finished = Signal(object, object)
    _stepped = Signal(object, int, int)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._writer = ThreadPoolExecutor(1, "writer")
        self._readers = ThreadPoolExecutor(READERS, "reader")
        self._closed, self._pending = False, 0
        self._collector = Collector(lambda: self._pending > 0, self)
        self._finished.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
        self._stepped.connect(self._show_step, Qt.ConnectionType.QueuedConnection)

    def write(self, work: Callable[[], T], on_done: Callable[["Future[T]"], None]) -> None:
        """Run `work` after all writes asked for before it."""
        self._start(self._writer, work, on_done)

    def write_long(self, work: Callable[[Progress], T], on_done: Callable[["Future[T]"], None],
                   on_step: Callable[[int, int], None]) -> Progress:
        """As `write`, for work of many records; `on_step(done, total)` runs on the GUI thread."""
        return self._start_long(self._writer, work, on_done, on_step)

    def read(self, work: Callable[[], T], on_done: Callable[["Future[T]"], None],
             latest: Latest | None = None) -> None:
        """Run `work` beside the writer. With `latest`, an answer that is no longer wanted is dropped."""
        if latest is None:
            self._start(self._readers, work, on_done)
            return
        turn = latest.take()

        def if_wanted() -> T:
            if latest.is_stale(turn):
                raise Cancelled
            return work()

        self._start(self._readers, if_wanted,
                    lambda done: None if latest.is_stale(turn) else on_done(done))

    def read_long(self, work: Callable[[Progress], T], on_done: Callable[["Future[T]"], None],
                  on_step: Callable[[int, int], None]) -> Progress:
        """As `read`, for long work that changes nothing (a preview, a read-back of many pages)."""
        return self._start_long(self._readers, work, on_done, on_step)

    def on_writer(self, work: Callable[[], T], /) -> T:
        """From work on a reader's thread: run `work` in its turn among the writes, and wait for it."""
        return self._writer.submit(work).result()

    def close(self) -> None:
        """Wait for every write asked for; reads that have not begun, or are asked for later by an answer still on its
        way, are dropped and answered to nobody. A write asked for later is a defect, and raises."""
        self.closing.emit()
        self._closed = True
        self._readers.shutdown(wait=True, cancel_futures=True)
        self._writer.shutdown(wait=True)
        self._collector.end()

    def _start_long(self, lane: ThreadPoolExecutor, work: Callable[[Progress], T],
                    on_done: Callable[["Future[T]"], None], on_step: Callable[[int, int], None]) -> Progress:
        progress = Progress(lambda done, total: self._stepped.emit(on_step, done, total))

        def run() -> T:
            progress.check()
            return work(progress)

        self._start(lane, run, on_done)
        return progress

    def _start(self, lane: ThreadPoolExecutor, work: Callable[[], T],
               on_done: Callable[["Future[T]"], None]) -> None:
        if self._closed and lane is self._readers:
            return
        begun = lane.submit(work)
        self._pending += 1
        if self._pending == 1:
            self._collector.hasten()
        begun.add_done_callback(lambda done: self._report(on_done, done))

    def _report(self, on_done: Callable[[Any], None], done: "Future[Any]") -> None:
        if not done.cancelled():  # dropped by close
            self._finished.emit(on_done, done)

    @Slot(object, object)
    def _deliver(self, on_done: Callable[[Any], None], done: "Future[Any]") -> None:
        self._pending -= 1
        if not self._pending:
            self._collector.hasten()
        asked = _who_asked(on_done)
        if asked is None or isValid(asked):  # a page may go away while its answer is on its way
            on_done(done)

    @Slot(object, int, int)
    def _show_step(self, on_step: Callable[[int, int], None], done: int, total: int) -> None:
        on_step(done, total)


def _who_asked(on_done: Any) -> QObject | None:
    """The object whose method is called with the answer, straight or through a function made within one."""
    if isinstance(on_done, partial):
        return _who_asked(on_done.func)
    if (owner := getattr(on_done, "__self__", None)) is not None:
        return owner if isinstance(owner, QObject) else None
    held = [cell.cell_contents for cell in getattr(on_done, "__closure__", None) or ()]
    found = (one if isinstance(one, QObject) else _who_asked(one) if callable(one) else None for one in held)
    return next((one for one in found if one is not None), None)
