"""The oracle of the state machine: what each copy of a desk has acknowledged, what is in each bundle, what the library
was given and what it said. Plain values; nothing here asks the product."""

from collections.abc import Iterable, Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from pathlib import Path

from appraisal.domain.exchange import Fate

Place = tuple[str, int]
"""Epoch and seq."""
Person = str
SCREEN = {Fate.APPLIED: "accepted", Fate.DUPLICATE: "accepted", Fate.PARKED: "received", Fate.HELD: "needs_you",
          Fate.REJECTED: "needs_you"}
"""What the screen has to call an entry of which the library said so."""
LEAVES_WITHOUT_CONSENT = "consent.withdrawn"


@dataclass(frozen=True, slots=True)
class Record:
    epoch: str
    seq: int
    hash: bytes
    kind: str
    person: Person | None
    local: bool

    @property
    def place(self) -> Place:
        return self.epoch, self.seq


@dataclass(frozen=True, slots=True)
class Bundle:
    """`raw`: entries that are in it, not only known of."""

    desk: str
    path: Path
    ranges: tuple[tuple[str, int, int], ...]
    raw: Mapping[Place, bytes]


@dataclass(frozen=True, slots=True)
class Receipt:
    """`fates`: what it says; `states`: what the library's inbox said when it was given."""

    desk: str
    number: int
    data: bytes
    fates: Mapping[Place, Fate]
    states: Mapping[Place, str]


@dataclass
class Copy:
    """One copy of a desk: what must be in its journal, and what its screen must show."""

    records: dict[Place, Record] = field(default_factory=dict)
    consent: dict[Person, bool] = field(default_factory=dict)
    on_stick: set[Place] = field(default_factory=set)
    heard: dict[Place, tuple[int, Fate]] = field(default_factory=dict)
    read: dict[int, Receipt] = field(default_factory=dict)
    revoked: set[str] = field(default_factory=set)
    """Certificates that the association's lists have once called revoked here."""

    def snapshot(self) -> "Copy":
        return deepcopy(self)

    def leaves(self, record: Record) -> bool:
        return not record.local and (record.person is None or self.consent.get(record.person, False))

    def screen(self, record: Record) -> str:
        """The state of one entry, as far as this copy can know."""
        if record.place in self.heard:
            return SCREEN[self.heard[record.place][1]]
        return "on_stick" if record.place in self.on_stick else "saved"

    def hear(self, receipt: Receipt) -> None:
        self.read[receipt.number] = receipt
        for place, fate in receipt.fates.items():
            if receipt.number >= self.heard.get(place, (0, fate))[0]:
                self.heard[place] = (receipt.number, fate)

    def owed(self) -> Iterable[Record]:
        """What the next bundle has to hold: all that leaves and that no receipt has settled."""
        return (one for one in self.records.values() if self.leaves(one) and self.screen(one) in ("saved", "on_stick"))


@dataclass
class Given:
    """What the library was given: by desk and place, every entry that came raw."""

    entries: dict[tuple[str, Place], set[bytes]] = field(default_factory=dict)

    def take(self, bundle: Bundle) -> None:
        for place, hash_ in bundle.raw.items():
            self.entries.setdefault((bundle.desk, place), set()).add(hash_)

    def within(self, bundle: Bundle) -> set[Place]:
        """Places of the bundle's ranges of which the library has an entry."""
        return {place for desk, place in self.entries if desk == bundle.desk and any(
            place[0] == epoch and first <= place[1] <= last for epoch, first, last in bundle.ranges)}

    def of(self, desk: str) -> dict[Place, set[bytes]]:
        return {place: hashes for (name, place), hashes in self.entries.items() if name == desk}
