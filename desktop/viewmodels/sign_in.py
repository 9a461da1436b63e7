"""State of the sign-in page. The key behind a passphrase takes a third of a second, so it is asked on a lane."""

from collections.abc import Callable
from concurrent.futures import Future

from PySide6.QtCore import QObject, Signal

from appraisal.domain.errors import EnvironmentFault, RuleViolation
from desktop.tasks import Tasks


class SignInViewModel(QObject):
    done = Signal(object)
    """What `sign_in` returned."""
    refused = Signal(str, str, object)
    """Code, field (login, passphrase or empty) and the details of its sentence."""
    failed = Signal(object)
    """The EnvironmentFault."""
    busy_changed = Signal(bool)

    def __init__(self, sign_in: Callable[[str, str], object], tasks: Tasks) -> None:
        """`sign_in(login, passphrase)` raises RuleViolation for a wrong pair."""
        super().__init__()
        self._sign_in, self._tasks, self._busy = sign_in, tasks, False

    def submit(self, login: str, passphrase: str) -> None:
        """The passphrase is taken as typed, its spaces too."""
        if self._busy:
            return
        login = login.strip()
        for field, value in (("login", login), ("passphrase", passphrase)):
            if not value:
                self.refused.emit(f"form_{field}_missing", field, {})
                return
        self._set_busy(busy=True)
        self._tasks.write(lambda: self._sign_in(login, passphrase), self._on_done)

    def _on_done(self, done: "Future[object]") -> None:
        self._set_busy(busy=False)
        try:
            self.done.emit(done.result())
        except RuleViolation as refusal:
            self.refused.emit(refusal.code, refusal.field or "passphrase", refusal.detail)
        except EnvironmentFault as fault:
            self.failed.emit(fault)

    def _set_busy(self, *, busy: bool) -> None:
        self._busy = busy
        self.busy_changed.emit(busy)
