"""How Python runs beneath a window: the threads take shorter turns, and the garbage collector walks on the window's
thread alone, its full walk seldom.

Each cell that a table paints asks Python, and waits for its turn while other work runs: with turns of five
milliseconds, as usual, a page of cells took a third of a second. A full walk over the objects of a roster's preview
holds up every thread for a tenth of one.
"""

import gc
import sys
import time
from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication

TURN = 0.0005
"""Seconds."""
SELDOM = 10_000
"""Collections of the middle generation between two full ones: some hundred million objects later, in a day without a
pause."""


BUSY_MS, IDLE_MS = 5, 500
"""Between two looks whether there is garbage: while work runs beside the window, and while none does."""
FULL_SECONDS = 60.0
"""At least, between two full walks."""


class Collector(QObject):
    """Takes garbage away on the window's thread, and there only.

    Elsewhere it would let go of what is connected to a signal: Qt takes its lock of connections for that, then asks
    Python whether somebody overrides `disconnectNotify`, while the window's thread, which has Python's turn, waits for
    the same lock. Both would wait for ever (seen in one of forty runs of the page of rosters).
    """

    def __init__(self, busy: Callable[[], bool], parent: QObject) -> None:
        super().__init__(parent)
        self._busy, self._was_on, self._full_at = busy, gc.isenabled(), time.monotonic()
        gc.disable()
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.look)
        self.hasten()

    def hasten(self) -> None:
        """Work has begun, or has ended."""
        self._timer.start(BUSY_MS if self._busy() else IDLE_MS)

    def look(self) -> None:
        """Collects the generations that are due by Python's own thresholds."""
        gc.disable()  # another window may have ended
        due = [at for at, (count, most) in enumerate(zip(gc.get_count(), gc.get_threshold(), strict=True))
               if count > most]
        if due and due[-1] == 2:
            now = time.monotonic()
            if now - self._full_at >= FULL_SECONDS:
                self._full_at = now
                gc.collect()
                return
            due.pop()
        if due:
            gc.collect(due[-1])

    def end(self) -> None:
        """No thread beside the window is left."""
        self._timer.stop()
        if self._was_on:
            gc.enable()


class Interpreter(QObject):
    def __init__(self, app: QApplication) -> None:
        super().__init__()
        self._usual = gc.get_threshold(), sys.getswitchinterval()
        gc.set_threshold(*self._usual[0][:2], SELDOM)
        sys.setswitchinterval(TURN)
        app.applicationStateChanged.connect(self._look)

    def end(self) -> None:
        thresholds, turn = self._usual
        gc.set_threshold(*thresholds)
        sys.setswitchinterval(turn)

    def _look(self, state: Qt.ApplicationState) -> None:
        """Somebody has turned to another program: time for a full walk."""
        if state is Qt.ApplicationState.ApplicationInactive:
            gc.collect()
