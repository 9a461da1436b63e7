"""A bundle goes to the library over the network, and comes to its end through breaks: nothing is sent twice that has
arrived. States move by the receipt alone (import_receipt)."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from itertools import count
from typing import Protocol, TypeVar

from appraisal.canonical import Malformed
from appraisal.domain.errors import EnvironmentFault, RuleViolation
from appraisal.domain.events import Id
from appraisal.exchange.manifest import Manifest, part_name, unverified
from appraisal.exchange.parts import Part
from appraisal.exchange.ports import BundleSource
from appraisal.exchange.post import NotNow, Post
from appraisal.usecases.export_bundle import SENDERS, Exchange
from appraisal.usecases.import_receipt import Branching, ImportReceipt, ReceiptCounts, import_receipt
from appraisal.usecases.ports import Step, no_step

LONGEST_PAUSE = 30.0
T = TypeVar("T")


class Lane(Protocol):
    """Where work on the desk is done while the network is waited for elsewhere."""

    def __call__(self, work: Callable[[], T], /) -> T: ...


def at_once(work: Callable[[], T], /) -> T:
    return work()


@dataclass(slots=True)
class Patience:
    """How long to go on without any progress. `pause` waits so many seconds; `chance` gives 0 to 1."""

    pause: Callable[[float], None]
    chance: Callable[[], float]
    longest: float = 300.0
    tell: Callable[[str, float], None] = lambda _reason, _seconds: None
    """Why, and how long it now waits."""
    _waited: float = 0.0
    _times: int = 0

    def progress(self) -> None:
        self._waited, self._times = 0.0, 0

    def wait(self, why: NotNow, address: str) -> None:
        """Twice as long each time, and not in step with other desks. Raises EnvironmentFault library_unreachable."""
        seconds = max(why.seconds, min(LONGEST_PAUSE, 2.0 ** self._times) * (0.5 + self.chance() / 2))
        if self._waited + seconds > self.longest:
            raise EnvironmentFault("library_unreachable", url=address, reason=why.reason)
        self._waited, self._times = self._waited + seconds, self._times + 1
        self.tell(why.reason, seconds)
        self.pause(seconds)


@dataclass(frozen=True, slots=True)
class Sent:
    manifest: Manifest
    receipt: bytes
    bytes: int
    """Of parts, sent now; what had arrived before is not among them."""


def send_bundle(source: BundleSource, post: Post, patience: Patience, step: Step = no_step) -> Sent:
    """Raises RuleViolation not_a_bundle, library_refuses, send_part_damaged; EnvironmentFault library_unreachable."""
    signed = source.manifest()
    try:
        manifest = unverified(signed)
    except Malformed as fault:
        raise RuleViolation("not_a_bundle", "path", path=source.path.name) from fault
    sending = _Sending(source, signed, manifest, post, patience, step)
    for _ in count():
        try:
            return Sent(manifest, sending.attempt(), sending.sent)
        except NotNow as why:
            patience.wait(why, post.address)
    raise AssertionError


@dataclass(slots=True)
class _Sending:
    source: BundleSource
    signed: bytes
    manifest: Manifest
    post: Post
    patience: Patience
    step: Step
    sent: int = 0
    _arrived: int = field(default=-1)

    def attempt(self) -> bytes:
        desk, bundle = self.manifest.desk, self.manifest.bundle
        admitted = self.post.admit(desk, bundle, self.signed)
        offsets = {name: admitted.offsets.get(name, 0) for name, _ in self._parts()}
        if not all(0 <= offsets[name] <= part.length for name, part in self._parts()):
            raise EnvironmentFault("library_answers_oddly", url=self.post.address, reason="offsets")
        arrived = sum(offsets.values())
        if arrived > self._arrived:
            self.patience.progress()
        self._arrived = arrived
        self._tell()
        for name, part in self._parts():
            at = offsets[name]
            if at < part.length and not admitted.taken:
                self.post.put(desk, bundle, name, at, self._data(name, part)[at:], self._leaves)
                self.patience.progress()
        return self.post.complete(desk, bundle)

    def _parts(self) -> Iterator[tuple[str, Part]]:
        return ((part_name(number), part) for number, part in enumerate(self.manifest.parts, 1))

    def _data(self, name: str, part: Part) -> bytes:
        data = self.source.part(name, part.length)
        if data is None or not part.fits(data):
            raise RuleViolation("send_part_damaged", "path", bundle=self.source.path.name, part=name)
        return data

    def _leaves(self, count: int) -> None:
        self.sent += count
        self._arrived += count
        self._tell()

    def _tell(self) -> None:
        total = sum(part.length for part in self.manifest.parts)
        self.step(min(self._arrived, total), total)


def fetch_receipts(operator: Id, desk: Branching, exchange: Exchange, post: Post,
                   lane: Lane = at_once) -> list[ReceiptCounts]:
    """Takes in what the library has said since the last receipt: of bundles that went by stick, or whose answer was
    lost. Raises NotNow, and what import_receipt raises."""
    name, after = lane(partial(_last_receipt, operator, desk, exchange))
    found: list[ReceiptCounts] = []
    while numbers := post.receipts(name, after):
        for number in numbers:
            data = post.receipt(name, number)
            found.append(lane(partial(import_receipt, ImportReceipt(data, operator), desk, exchange)))
        if numbers[-1] <= after:
            raise EnvironmentFault("library_answers_oddly", url=post.address, reason="receipts")
        after = numbers[-1]
    return found


def _last_receipt(operator: Id, desk: Branching, exchange: Exchange) -> tuple[Id, int]:
    """This desk, and the number of the last receipt that it has."""
    with desk.work(operator) as work:
        work.operator.require(*SENDERS)
        outbox = exchange.outbox(work)
        name, libraries = outbox.desk, outbox.libraries()
        last = outbox.last_receipt(libraries[0].library) if libraries else None
    if not libraries:
        raise RuleViolation("no_library_recognised")
    return name, last.number if last else 0
