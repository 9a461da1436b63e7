"""State of the first start: a new centre, a demonstration centre, a centre on a server, or a backup brought back."""

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from appraisal.domain.errors import EnvironmentFault, RuleViolation
from desktop.tasks import Tasks

SHORTEST_PASSPHRASE = 10
"""Characters. Ours: NIST SP 800-63B asks 8 at least and 15 where nothing else guards; the key here is argon2id's."""


@dataclass(frozen=True, slots=True)
class CentreDraft:
    """What founds a centre: its filed names, code, the host in its QR codes, and its first operator."""

    name_zh: str
    name_en: str
    code: str
    qr_host: str
    operator: str
    """The first operator's own name."""
    login: str
    passphrase: str


@dataclass(frozen=True, slots=True)
class JoinDraft:
    """What makes this computer a desk of a centre on a server."""

    address: str
    desk: int | None
    """In place of that desk, whose computer is gone; None: one more."""
    login: str
    """Of an administrator of the centre."""
    passphrase: str


def strength(passphrase: str) -> int:
    """0 too short, 1 weak, 2 fair, 3 strong: a hint by length and variety, not a promise."""
    if len(passphrase) < SHORTEST_PASSPHRASE:
        return 0
    variety = len(set(passphrase))
    if variety < 6:
        return 1
    wide = any(ord(c) > 0x2FF for c in passphrase)  # a Chinese character carries more than a letter
    score = len(passphrase) * (2 if wide else 1) + variety
    return 3 if score >= 28 else 2 if score >= 20 else 1


class FirstStartViewModel(QObject):
    done = Signal(str)
    """founded, demonstration, restored or joined."""
    refused = Signal(str, str, object)
    """Code, field (one of CentreDraft or JoinDraft, `again`, `file`, or empty) and the details of its sentence."""
    failed = Signal(object)
    """The EnvironmentFault."""
    busy_changed = Signal(bool)

    def __init__(self, found_centre: Callable[[CentreDraft], None], make_demonstration: Callable[[], None],
                 restore: Callable[[Path, str], None], tasks: Tasks, join: Callable[[JoinDraft], None],
                 server: str = "") -> None:
        """Each callable raises RuleViolation or EnvironmentFault; `restore` takes the file and its passphrase.
        `server`: the address of the centre that this computer is to join; empty where nothing says so yet."""
        super().__init__()
        self._join, self.server = join, server
        self._found, self._demonstrate, self._restore = found_centre, make_demonstration, restore
        self._tasks, self._busy = tasks, False

    def found(self, draft: CentreDraft, again: str) -> None:
        """`again` is the passphrase typed a second time."""
        for field in ("name_zh", "code", "operator", "login", "passphrase"):
            if not str(getattr(draft, field)).strip():
                self.refused.emit(f"form_{field}_missing", field, {})
                return
        if len(draft.passphrase) < SHORTEST_PASSPHRASE:
            self.refused.emit("form_passphrase_short", "passphrase", {"shortest": SHORTEST_PASSPHRASE})
        elif draft.passphrase != again:
            self.refused.emit("form_passphrases_differ", "again", {})
        else:
            self._start(lambda: self._found(draft), "founded")

    def make_demonstration(self) -> None:
        self._start(self._demonstrate, "demonstration")

    def restore(self, file: str, passphrase: str) -> None:
        path = Path(file.strip())
        if not file.strip() or not path.is_file():
            self.refused.emit("form_backup_file_missing", "file", {"file": path.name})
        elif not passphrase:
            self.refused.emit("form_passphrase_missing", "passphrase", {})
        else:
            self._start(lambda: self._restore(path, passphrase), "restored")

    def join(self, draft: JoinDraft) -> None:
        for field in ("address", "login", "passphrase"):
            if not str(getattr(draft, field)):
                self.refused.emit(f"form_{field}_missing", field, {})
                return
        self._start(lambda: self._join(draft), "joined")

    def _start(self, work: Callable[[], None], result: str) -> None:
        if self._busy:
            return
        self._set_busy(busy=True)
        self._tasks.write(work, lambda done: self._on_done(done, result))

    def _on_done(self, done: "Future[None]", result: str) -> None:
        self._set_busy(busy=False)
        try:
            done.result()
        except RuleViolation as refusal:
            self.refused.emit(refusal.code, refusal.field, refusal.detail)
        except EnvironmentFault as fault:
            self.failed.emit(fault)
        else:
            self.done.emit(result)

    def _set_busy(self, *, busy: bool) -> None:
        self._busy = busy
        self.busy_changed.emit(busy)
