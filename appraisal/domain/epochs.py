"""Epochs of a desk's chain, and what comes back to a desk from the library (docs/decisions/epochs.md)."""

from dataclasses import dataclass
from enum import StrEnum

from appraisal.domain.centre import Lease
from appraisal.domain.events import Id, event
from appraisal.domain.exchange import FateOf, Place


class Beginning(StrEnum):
    """Why a new epoch has begun."""

    RESTORED = "restored"
    """A backup was put back: what came after it may be missing here."""
    CLONED = "cloned"
    """The data folder was copied: the other copy may go on in the old epoch."""
    FORKED = "forked"
    """The library has another entry in a place of this chain: a copy has gone on in it."""


@dataclass(frozen=True, slots=True)
class Present:
    """The epoch that a desk writes now; None: unknown. `later`: it is not the desk's first."""

    epoch: Id | None
    later: bool

    def may_use(self, lease: Lease) -> bool:
        """What another epoch was given, a copy may have spent."""
        if self.epoch is None:
            return True
        return not self.later if lease.epoch is None else lease.epoch == self.epoch


@event("epoch.began")
@dataclass(frozen=True, slots=True)
class EpochBegan:
    """The first entry of every epoch but the desk's first. It travels, so that the library knows where it branched."""

    epoch: Id
    desk: Id
    reason: Beginning
    after: Place
    """The last entry of the epoch before, as this copy has it."""


@event("restoration.taken", local=True)
@dataclass(frozen=True, slots=True)
class RestorationTaken:
    """The library has given back what it holds of a desk; the signed statement is kept, gaps rest on it."""

    restoration: Id
    library: Id
    desk: Id
    """Whose entries these are: this desk's own of earlier epochs, or those of a desk that was lost."""
    signed: bytes


@dataclass(frozen=True, slots=True)
class Gap:
    """An entry that never left the desk and is lost with it. Its hash lets the chain join."""

    seq: int
    hash: bytes


@dataclass(frozen=True, slots=True)
class Aside:
    """An entry that is in the journal again but changes no table: newer work here stands, or it does not fit it."""

    seq: int
    code: str


@event("epoch.restored", local=True)
@dataclass(frozen=True, slots=True)
class EpochRestored:
    """Entries `first` to `last` of one epoch are here again, but for the gaps."""

    epoch: Id
    restoration: Id
    desk: Id
    first: int
    last: int
    gaps: tuple[Gap, ...]
    aside: tuple[Aside, ...]
    fates: tuple[FateOf, ...]
    """What the library did with them, as of its receipt `number`."""
    number: int
