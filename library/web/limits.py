"""How much, how fast, how many at once: for one desk, and for all."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from math import ceil

from appraisal.domain.errors import EnvironmentFault, RuleViolation


@dataclass(frozen=True, slots=True)
class Bounds:
    """Bytes, seconds, counts. Rates are a second's."""

    desk_rate: float = 16e6
    rate: float = 64e6
    desk_bodies: int = 4
    bodies: int = 64
    manifests: float = 20.0
    """Manifests looked at: this is all that a stranger can make the library do."""
    slowest: float = 512.0
    silent: float = 30.0
    worst_wait: float = 5.0
    """A desk that would have to wait longer is sent away."""


class Bucket:
    """Tokens that come at `rate`; a second's worth, and one at least, is kept. What is taken beyond them is owed."""

    def __init__(self, rate: float, clock: Callable[[], float]) -> None:
        self._rate, self._most, self._clock = rate, max(rate, 1.0), clock
        self._level, self._at = self._most, clock()

    def take(self, count: float) -> float:
        """Seconds until what was taken is paid for; 0.0: it is."""
        now = self._clock()
        self._level = min(self._most, self._level + (now - self._at) * self._rate) - count
        self._at = now
        return max(0.0, -self._level / self._rate)

    @property
    def is_full(self) -> bool:
        return self.take(0) == 0.0 and self._level >= self._most


class Limits:
    def __init__(self, bounds: Bounds, clock: Callable[[], float]) -> None:
        """`clock`: seconds, of any beginning. All of this happens on the event loop's thread."""
        self.bounds, self._clock = bounds, clock
        self._all, self._manifests = Bucket(bounds.rate, clock), Bucket(bounds.manifests, clock)
        self._desks: dict[str, Bucket] = {}
        self._bodies: Counter[str] = Counter()

    @property
    def bodies(self) -> int:
        return self._bodies.total()

    def look_at_manifest(self) -> None:
        """Raises RuleViolation too_many_requests."""
        owed = self._manifests.take(1)
        if owed > self.bounds.worst_wait:
            self._manifests.take(-1)
            raise too_many(owed)

    @contextmanager
    def sending(self, desk: str) -> Iterator[None]:
        """One body of this desk. Raises RuleViolation too_many_requests."""
        if self._bodies[desk] >= self.bounds.desk_bodies or self.bodies >= self.bounds.bodies:
            raise too_many(self.bounds.worst_wait)
        owed = max(self._desk(desk).take(0), self._all.take(0))
        if owed > self.bounds.worst_wait:
            raise too_many(owed)
        self._bodies[desk] += 1
        try:
            yield
        finally:
            self._bodies[desk] -= 1
            if not self._bodies[desk]:
                del self._bodies[desk]
                self._forget_the_idle()

    async def paced(self, desk: str, body: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
        """The body, no faster than the rates. Raises EnvironmentFault body_too_slow."""
        waited = came = 0.0
        while True:
            began = self._clock()
            try:
                async with asyncio.timeout(self.bounds.silent):
                    block = await anext(body, b"")
            except TimeoutError as fault:
                raise EnvironmentFault("body_too_slow") from fault
            if not block:
                return
            waited, came = waited + self._clock() - began, came + len(block)
            if waited > self.bounds.silent and came < waited * self.bounds.slowest:
                raise EnvironmentFault("body_too_slow")
            yield block
            owed = max(self._desk(desk).take(len(block)), self._all.take(len(block)))
            if owed:
                await asyncio.sleep(owed)

    def _desk(self, desk: str) -> Bucket:
        return self._desks.setdefault(desk, Bucket(self.bounds.desk_rate, self._clock))

    def _forget_the_idle(self) -> None:
        for desk in [one for one, bucket in self._desks.items() if one not in self._bodies and bucket.is_full]:
            del self._desks[desk]


def too_many(seconds: float) -> RuleViolation:
    return RuleViolation("too_many_requests", seconds=max(1, ceil(seconds)))
