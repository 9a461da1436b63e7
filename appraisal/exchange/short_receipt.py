"""The short receipt: how far the library has come, small enough to be typed (docs/formats/bundle.md).

What the desk has itself is not sent: the signature is over whole ids, the head's hash and a digest of all hashes of the
range, of which only the first bytes travel. So it verifies on the one desk that has just these entries.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from appraisal.canonical import Malformed, decode, encode
from appraisal.credential.cose import BadSignature, Signer, VerifyingKey
from appraisal.credential.fields import raw, require, whole
from appraisal.domain.events import Id
from appraisal.exchange import letters

FORMAT = 1
CUT = 4
"""Bytes of an id or a hash that travel."""
MOST_CHAINS = 3
MAX_BYTES = 320
_SIGNATURE = 64
_SIGNED = "appraisal short receipt 1"
_LAST = 1 << 31


@dataclass(frozen=True, slots=True)
class Counts:
    """Entries of a range by what the library did with them; the rest is known as stubs."""

    applied: int
    parked: int
    held: int
    rejected: int

    def __iter__(self) -> Any:
        return iter((self.applied, self.parked, self.held, self.rejected))


@dataclass(frozen=True, slots=True)
class Reach:
    """How far one chain has come: entries `first` to `last`. `digest`: SHA-256 over their hashes."""

    epoch: str
    first: int
    last: int
    hash: bytes
    counts: Counts
    digest: bytes


@dataclass(frozen=True, slots=True)
class ShortReach:
    """A reach as it travels: `epoch` and `hash` cut."""

    epoch: bytes
    first: int
    last: int
    hash: bytes
    counts: Counts


@dataclass(frozen=True, slots=True)
class ShortReceipt:
    """As read: nothing of it is to be believed before `signed_for`."""

    library: bytes
    desk: bytes
    number: int
    chains: tuple[ShortReach, ...]
    signature: bytes

    def signed_for(self, library: Id, desk: Id, reaches: Sequence[Reach], key: VerifyingKey) -> None:
        """`reaches`: the chains with what this desk has. Raises BadSignature."""
        if not key.check(self.signature, _to_sign(library, desk, self.number, reaches)):
            raise BadSignature


def make_short_receipt(library: Id, desk: Id, number: int, reaches: Sequence[Reach], signer: Signer) -> bytes:
    """Raises Malformed for more chains than fit."""
    require(1 <= len(reaches) <= MOST_CHAINS, "chains")
    shown = encode([FORMAT, number, _cut(library), _cut(desk), [
        [_cut(one.epoch), one.first, one.last, one.hash[:CUT], *one.counts] for one in reaches]])
    data = shown + signer.sign(_to_sign(library, desk, number, reaches))
    read_short_receipt(data)
    return data


def read_short_receipt(data: bytes) -> ShortReceipt:
    """Raises Malformed."""
    if not _SIGNATURE < len(data) <= MAX_BYTES:
        raise Malformed("bad_length")
    row = decode(data[:-_SIGNATURE], max_bytes=MAX_BYTES, max_depth=3)
    ((format_, number, library, desk, chains),) = letters.rows([row], "short_receipt", 5, 1)
    require(whole(format_, "format") == FORMAT, "format")
    found = tuple(map(_reach, letters.rows(chains, "chains", 8, MOST_CHAINS)))
    require(len(found) >= 1 and len({one.epoch for one in found}) == len(found), "chains")
    require(whole(number, "number", _LAST) >= 1, "number")
    return ShortReceipt(raw(library, "library", CUT), raw(desk, "desk", CUT), number, found, data[-_SIGNATURE:])


def _reach(row: list[Any]) -> ShortReach:
    epoch, first, last, hash_, *counts = row
    found = ShortReach(raw(epoch, "epoch", CUT), whole(first, "first", _LAST), whole(last, "last", _LAST),
                       raw(hash_, "hash", CUT), Counts(*(whole(count, "counts", _LAST) for count in counts)))
    require(1 <= found.first <= found.last and sum(found.counts) <= found.last - found.first + 1, "chains")
    return found


def _to_sign(library: Id, desk: Id, number: int, reaches: Sequence[Reach]) -> bytes:
    return encode([_SIGNED, bytes.fromhex(library), bytes.fromhex(desk), number, [
        [bytes.fromhex(one.epoch), one.first, one.last, one.hash, *one.counts, one.digest] for one in reaches]])


def _cut(name: Id) -> bytes:
    return bytes.fromhex(name)[:CUT]
