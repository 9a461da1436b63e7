"""Officers who are signed in, and how often somebody may try to be. All of it is in memory only."""

import hmac
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from threading import Lock

from appraisal.domain.errors import RuleViolation
from library.officers import LONGEST_NAME, Officer
from library.web.limits import too_many

IDLE = 15 * 60.0
"""Seconds without a request after which a session ends."""
LONGEST = 12 * 3600.0
"""Seconds after which it ends in any case."""
MOST = 64
"""Sessions at once: the one that was idle longest gives way."""
WINDOW = 15 * 60.0
FROM_ADDRESS, AS_NAME, IN_ALL = 10, 10, 100
"""Failed attempts to sign in within WINDOW seconds."""


@dataclass(slots=True)
class Session:
    officer: Officer
    """With the key; it goes with the session."""
    csrf: str
    began: float
    seen: float


class Sessions:
    """By the hash of a token of 256 random bits, which only the officer's browser has. For several threads."""

    def __init__(self, clock: Callable[[], float]) -> None:
        """`clock`: seconds, of any beginning."""
        self._clock, self._lock = clock, Lock()
        self._held: dict[bytes, Session] = {}

    def begin(self, officer: Officer) -> str:
        """The token."""
        token, now = secrets.token_urlsafe(32), self._clock()
        with self._lock:
            self._drop_the_ended(now)
            if len(self._held) >= MOST:
                del self._held[min(self._held, key=lambda one: self._held[one].seen)]
            self._held[_key(token)] = Session(officer, secrets.token_urlsafe(32), now, now)
        return token

    def find(self, token: str) -> Session | None:
        """And it lives on."""
        now = self._clock()
        with self._lock:
            self._drop_the_ended(now)
            found = self._held.get(_key(token))
            if found is not None:
                found.seen = now
            return found

    def end(self, token: str) -> None:
        with self._lock:
            self._held.pop(_key(token), None)

    def sweep(self) -> int:
        """Drops what has ended; how many are left."""
        with self._lock:
            self._drop_the_ended(self._clock())
            return len(self._held)

    def _drop_the_ended(self, now: float) -> None:
        for key in [key for key, one in self._held.items() if now - one.seen >= IDLE or now - one.began >= LONGEST]:
            del self._held[key]


class Attempts:
    """That failed: by address, by name, in all. For several threads."""

    def __init__(self, clock: Callable[[], float], in_all: int = IN_ALL) -> None:
        self._clock, self._lock, self._in_all = clock, Lock(), in_all
        self._failed: list[tuple[float, str, str]] = []
        """Oldest first; `in_all` bounds it."""

    def begin(self, address: str, name: str) -> None:
        """Counts as failed until `succeeded`, so that many at once are counted too.

        Raises RuleViolation too_many_requests."""
        now, name = self._clock(), name[:LONGEST_NAME]
        with self._lock:
            self._failed = [one for one in self._failed if now - one[0] < WINDOW]
            for most, those in ((FROM_ADDRESS, [at for at, where, _ in self._failed if where == address]),
                                (AS_NAME, [at for at, _, who in self._failed if who == name]),
                                (self._in_all, [at for at, _, _ in self._failed])):
                if len(those) >= most:
                    raise too_many(those[-most] + WINDOW - now)
            self._failed.append((now, address, name))

    def succeeded(self, address: str, name: str) -> None:
        """That address and that name begin again; others' attempts at the name stay counted."""
        with self._lock:
            self._failed = [one for one in self._failed if one[1:] != (address, name[:LONGEST_NAME])]


def require_token(session: Session, given: str) -> None:
    """Raises RuleViolation console_form_foreign."""
    if not hmac.compare_digest(session.csrf.encode(), given.encode()):
        raise RuleViolation("console_form_foreign")


def _key(token: str) -> bytes:
    return sha256(token.encode(errors="replace")).digest()
