"""Long work: how far it is, how long it will take, and a way out that undoes it."""

import time

from PySide6.QtCore import QLocale, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QLabel, QProgressBar, QVBoxLayout, QWidget

from desktop.tasks import Progress
from desktop.theme import GRID
from desktop.widgets.basics import label, plain_button, row


class _Still(QWidget):
    """Holds a label outside every layout: a new text in one would lay out and paint the whole page anew, twenty times
    a second."""

    def __init__(self, held: QLabel) -> None:
        super().__init__()
        self._held = held
        held.setParent(self)
        self.setFixedHeight(held.fontMetrics().lineSpacing() + GRID // 2)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._held.resize(self.size())


class ProgressPanel(QFrame):
    """Hidden while nothing runs. `follow` the Progress that Tasks gave, pass `step` as its on_step."""

    cancelled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self._progress: Progress | None = None
        self._began = 0.0
        self.what, self.how_far = label("", "heading"), label("", "muted")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.cancel = plain_button(self.tr("Cancel"), "close", self._cancel)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * GRID, GRID + 4, 2 * GRID, GRID + 4)
        column.setSpacing(GRID)
        column.addLayout(row(self.what, None, self.cancel))
        column.addWidget(self.bar)
        column.addWidget(_Still(self.how_far))
        self.hide()

    def follow(self, what: str, progress: Progress) -> None:
        """Show the work `what`; its Cancel button cancels `progress`."""
        self._progress, self._began = progress, time.monotonic()
        self.what.setText(what)
        self.bar.setRange(0, 0)
        self.bar.setAccessibleName(what)
        self.how_far.setText(self.tr("Starting …"))
        self.cancel.setEnabled(True)
        self.show()

    def step(self, done: int, total: int) -> None:
        self.bar.setRange(0, max(total, 1))
        self.bar.setValue(done)
        spent = time.monotonic() - self._began
        left = round(spent * (total - done) / done) if done else 0
        locale = QLocale()
        text = self.tr("{done} of {total}").format(done=locale.toString(done), total=locale.toString(total))
        if spent > 1 and 0 < done < total:
            text += "  ·  " + self._time_left(left)
        self.how_far.setText(text)

    def finish(self) -> None:
        self._progress = None
        self.hide()

    def _time_left(self, seconds: int) -> str:
        if seconds >= 90:
            return self.tr("about {n} minutes left").format(n=round(seconds / 60))
        return self.tr("about {n} seconds left").format(n=max(seconds, 1))

    def _cancel(self) -> None:
        if self._progress is not None:
            self._progress.cancel()
            self.cancel.setEnabled(False)
            self.how_far.setText(self.tr("Cancelling; nothing of this will be kept …"))
            self.cancelled.emit()
