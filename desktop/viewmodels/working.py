"""What view-models share that start work one piece at a time and tell how it ended."""

from collections.abc import Callable
from concurrent.futures import Future
from typing import Any

from PySide6.QtCore import QObject, Signal

from appraisal.domain.errors import EnvironmentFault, RuleViolation
from desktop.tasks import Cancelled, Progress


class Working(QObject):
    refused = Signal(str, object)
    """Code and the details of its sentence."""
    refusal = Signal(object)
    """The same RuleViolation, for whoever shows it beside its field."""
    failed = Signal(object)
    """The EnvironmentFault."""
    cancelled = Signal()
    busy_changed = Signal(bool)
    began = Signal(object)
    """The Progress of long work."""
    stepped = Signal(int, int)

    def __init__(self) -> None:
        super().__init__()
        self._busy = False

    def refresh(self) -> None:
        """Read anew what is shown; called after every piece of work, however it ended."""
        raise NotImplementedError

    def begin(self) -> bool:
        """False while something else runs: nothing may be started then."""
        if self._busy:
            return False
        self._set_busy(busy=True)
        return True

    def follow(self, progress: Progress) -> None:
        self.began.emit(progress)

    def ended(self, signal: Any, stopped: Any = None) -> Callable[["Future[Any]"], None]:
        """A callback for Tasks: `signal` tells the result, `stopped` (or `cancelled`) that it was cancelled."""
        def tell(done: "Future[Any]") -> None:
            self._set_busy(busy=False)
            try:
                signal.emit(done.result())
            except Cancelled:
                (stopped or self.cancelled).emit()
            except (RuleViolation, EnvironmentFault) as problem:
                self.tell(problem)
            self.refresh()

        return tell

    def tell(self, problem: RuleViolation | EnvironmentFault) -> None:
        if isinstance(problem, RuleViolation):
            self.refused.emit(problem.code, problem.detail)
            self.refusal.emit(problem)
        else:
            self.failed.emit(problem)

    def _set_busy(self, *, busy: bool) -> None:
        self._busy = busy
        self.busy_changed.emit(busy)
