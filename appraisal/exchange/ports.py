"""What sending and receiving need from the outside: the desk's outbox, and files. db/ answers."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import NamedTuple, Protocol

from appraisal.credential.cose import VerifyingKey
from appraisal.credential.status import StatusList
from appraisal.domain.events import Id
from appraisal.domain.exchange import Span
from appraisal.exchange.manifest import ChainRange, LastReceipt


class Recognised(NamedTuple):
    """A library that has granted this desk."""

    library: Id
    receipt_key: VerifyingKey
    list_key: VerifyingKey
    recipients: tuple[str, ...]
    root: bytes | None = None
    """Of its repository of updates, as the grant pinned it."""


class Row(NamedTuple):
    """One entry of this desk's journal on its way out."""

    seq: int
    hash: bytes
    entry: bytes
    kind: str
    person: Id | None
    leaves: bool
    """False: only its hash does; it is local, or the person has not consented."""
    settled: bool
    """A receipt says that the library has it."""


class Outbox(Protocol):
    """This desk's journal as the association may see it, within one unit of work."""

    @property
    def desk(self) -> Id: ...
    @property
    def epoch(self) -> Id:
        """Of the chain that this desk writes now."""
    def libraries(self) -> Sequence[Recognised]:
        """The last recognised first."""
    def chains(self) -> Sequence[ChainRange]:
        """What has to be sent: of each epoch, from the first entry that leaves and is not settled to the head."""
    def rows(self, chain: ChainRange) -> Iterator[Row]: ...
    def bytes_of(self, chain: ChainRange) -> int: ...
    def keys(self, persons: Iterable[Id]) -> Mapping[Id, bytes]: ...
    def attachment(self, name: str) -> tuple[Id, bytes] | None:
        """Person and sealed bytes; None where it was erased."""
    def last_receipt(self, library: Id) -> LastReceipt | None: ...
    def receipt_digest(self, library: Id, number: int) -> bytes | None: ...
    def has_short_receipt(self, digest: str) -> bool: ...
    def epochs(self) -> Sequence[str]:
        """Of this desk, also those that have ended."""
    def sent(self, library: Id, span: Span) -> Sequence[Span]:
        """What of `span` has left in bundles for that library, without overlap."""
    def rotations(self) -> Sequence[bytes]:
        """The last rotations of this desk's keys, the oldest first."""
    def hashes(self, span: Span) -> Iterator[bytes]: ...
    def hash_at(self, epoch: Id, seq: int) -> bytes | None:
        """Of an entry that is here, or of a gap."""
    def reach(self, epoch: Id) -> int:
        """The last `seq` of the desk's chain that is here, or a gap; 0 where nothing is."""
    def has_status_list(self, digest: str) -> bool: ...
    def status_list(self, digest: bytes) -> StatusList | None: ...
    def has_update(self, path: str, digest: str) -> bool:
        """Whether this file of the library's repository has been adopted, just so."""
    def updates_issued(self, library: Id) -> int:
        """When the newest state of its repository that is here was signed; 0: none is."""


class BundleTarget(Protocol):
    """A bundle being written. Nothing of it is seen under its own name before `finish`."""

    def begin(self, name: str, needed: int) -> None:
        """Raises EnvironmentFault where `needed` bytes are not free."""
    def write(self, name: str, data: bytes) -> None: ...
    def finish(self, digests: Mapping[str, bytes], manifest: bytes) -> Path:
        """Reads every part back and compares its SHA-256; then names the bundle, the manifest last."""


class BundleFiles(Protocol):
    def target(self, out: Path) -> AbstractContextManager[BundleTarget]:
        """Left by an exception, it takes away what was written."""


class BundleSource(Protocol):
    """A bundle lying on a stick."""

    @property
    def path(self) -> Path: ...
    def manifest(self) -> bytes: ...
    def lengths(self) -> Mapping[str, int]: ...
    def part(self, name: str, length: int) -> bytes | None:
        """At most one byte more than `length`; None where it is not there or cannot be read."""
