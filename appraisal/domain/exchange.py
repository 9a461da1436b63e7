"""What left for the association and what came back: transfer records and receipts, as the desk's own events."""

from dataclasses import dataclass
from enum import StrEnum

from appraisal.domain.events import Id, event


class Fate(StrEnum):
    """What the library did with one entry."""

    APPLIED = "applied"
    DUPLICATE = "duplicate"
    PARKED = "parked"
    HELD = "held"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class Span:
    """Entries `first` to `last` of one epoch of the desk's own chain, both included."""

    epoch: str
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Place:
    """One entry of the desk's own chains, and its hash."""

    epoch: str
    seq: int
    hash: bytes


@event("bundle.exported", local=True)
@dataclass(frozen=True, slots=True)
class BundleExported:
    """The transfer record (PIPL art. 23): what, when and to whom; kept three years."""

    bundle: Id
    library: Id
    spans: tuple[Span, ...]
    records: int
    attachments: int
    withheld: int
    categories: tuple[str, ...]
    digest: str
    """SHA-256 of the signed manifest, in hexadecimal."""


@dataclass(frozen=True, slots=True)
class FateOf:
    span: Span
    fate: Fate
    code: str = ""
    """Why, where the fate is parked, held or rejected."""


@event("receipt.accepted", local=True)
@dataclass(frozen=True, slots=True)
class ReceiptAccepted:
    receipt: Id
    library: Id
    number: int
    """Place in the library's chain of receipts for this desk, from 1."""
    digest: str
    """SHA-256 of the signed receipt, in hexadecimal."""
    fates: tuple[FateOf, ...]
    heads: tuple[Place, ...] = ()
    """The last entry that the library knows of each chain of the desk."""
    made_at: int = 0
    """When the library signed it, milliseconds since 1970."""


@event("receipt.short_accepted", local=True)
@dataclass(frozen=True, slots=True)
class ShortReceiptAccepted:
    """What was typed or read from a picture where no stick came back. A receipt in full of that number says more."""

    receipt: Id
    library: Id
    number: int
    digest: str
    """SHA-256 of the short receipt, in hexadecimal."""
    fates: tuple[FateOf, ...]


@event("desk.key_rotated", local=True)
@dataclass(frozen=True, slots=True)
class DeskKeyRotated:
    digest: str
    """SHA-256 of the letter, in hexadecimal."""
    letter: bytes
    """The signed rotation, as the desk's manifests carry it."""
