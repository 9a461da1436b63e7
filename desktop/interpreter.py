"""How Python runs beneath a window: the threads take shorter turns, and the garbage collector's full walk waits.

Each cell that a table paints asks Python, and waits for its turn while other work runs: with turns of five
milliseconds, as usual, a page of cells took a third of a second. A full walk over the objects of a roster's preview
holds up every thread for a tenth of one.
"""

import gc
import sys

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QApplication

TURN = 0.0005
"""Seconds."""
SELDOM = 10_000
"""Collections of the middle generation between two full ones: some hundred million objects later, in a day without a
pause."""


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
