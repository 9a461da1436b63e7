"""The receipt: what became of each entry, signed by the library, chained for each desk."""

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from appraisal.canonical import Malformed, encode
from appraisal.credential.cose import Signer, VerifyingKey, sign1
from appraisal.credential.fields import optional, raw, require, whole
from appraisal.domain.events import Id
from appraisal.domain.exchange import Fate, FateOf, Span
from appraisal.exchange import letters

MOST_SPANS = 1 << 16
MAX_BYTES = 8 << 20

ATTACHMENT_MISSING, KEY_MISSING = "attachment_missing", "key_missing"
SHORT = "short_receipt"
"""The library has the entry; a short receipt does not say what became of it."""
FORK = "fork"
"""The library has another entry in this place."""
SEND_AGAIN = frozenset({ATTACHMENT_MISSING, KEY_MISSING, SHORT})
"""Parked for want of what stood in another part of the bundle, or not known in full: the desk sends the entry once
more."""


@dataclass(frozen=True, slots=True)
class Head:
    epoch: str
    seq: int
    hash: bytes


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """The desk has been withdrawn. `points`: epoch and last entry that counts; of other epochs none does."""

    at: int
    points: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Receipt:
    library: Id
    desk: Id
    number: int
    previous: bytes
    """SHA-256 of the receipt before; empty for number 1."""
    made_at: int
    bundle: Id
    manifest: bytes
    """SHA-256 of the bundle's signed manifest."""
    fates: tuple[FateOf, ...]
    missing: tuple[Span, ...]
    quarantined: tuple[tuple[int, str], ...]
    """Number of the part, counted from 1, and why."""
    heads: tuple[Head, ...]
    digest: bytes
    """SHA-256 over the hashes of all entries in `fates`, in that order."""
    withdrawn: Withdrawn | None = None


def file_name(desk: Id, number: int) -> str:
    return f"receipt-{desk[:8]}-{number:06d}.cose"


def is_settled(fate: Fate, code: str) -> bool:
    """The library has the entry; nothing is gained by sending it again."""
    return not (fate is Fate.PARKED and code in SEND_AGAIN)


def make_receipt(receipt: Receipt, library: Signer) -> bytes:
    fields = {
        1: letters.FORMAT, 2: bytes.fromhex(receipt.library), 3: bytes.fromhex(receipt.desk), 4: receipt.number,
        5: receipt.previous, 6: receipt.made_at, 7: [bytes.fromhex(receipt.bundle), receipt.manifest],
        8: [[bytes.fromhex(f.span.epoch), f.span.first, f.span.last, f.fate.value, f.code] for f in receipt.fates],
        9: [[bytes.fromhex(s.epoch), s.first, s.last] for s in receipt.missing],
        10: receipt.quarantined, 11: [[bytes.fromhex(h.epoch), h.seq, h.hash] for h in receipt.heads],
        12: receipt.digest}
    if receipt.withdrawn is not None:
        fields[13] = [receipt.withdrawn.at, [[bytes.fromhex(epoch), seq] for epoch, seq in receipt.withdrawn.points]]
    payload = encode(fields)
    _contents(letters.fields_of(payload, MAX_BYTES))
    return sign1(payload, library, content_type=letters.RECEIPT)


def read_receipt(data: bytes, library: VerifyingKey) -> Receipt:
    """Raises Malformed, or BadSignature where `library` did not sign it."""
    return _contents(letters.payload_of(data, letters.RECEIPT, [library], MAX_BYTES))


def desk_of(data: bytes) -> bytes | None:
    """16 bytes: whom it is for, as it says itself; None for what is no receipt."""
    try:
        return bytes.fromhex(letters.identifier(letters.unchecked(data, letters.RECEIPT, MAX_BYTES).get(3), "desk"))
    except Malformed:
        return None


def digest_of(hashes: Iterable[bytes]) -> bytes:
    running = sha256()
    for one in hashes:
        running.update(one)
    return running.digest()


def _contents(fields: dict[int, Any]) -> Receipt:
    number = whole(fields.get(4), "number")
    require(number >= 1, "number")
    ((bundle, manifest),) = letters.rows([fields.get(7)], "bundle", 2, 1)
    return Receipt(
        letters.identifier(fields.get(2), "library"), letters.identifier(fields.get(3), "desk"), number,
        raw(fields.get(5), "previous", 0 if number == 1 else 32), whole(fields.get(6), "made_at", letters.LATEST),
        letters.identifier(bundle, "bundle"), raw(manifest, "bundle", 32),
        tuple(map(fate_of, letters.rows(fields.get(8), "fates", 5, MOST_SPANS))),
        tuple(_span(*row) for row in letters.rows(fields.get(9), "missing", 3, MOST_SPANS)),
        tuple((whole(part, "quarantined"), letters.line(code, "quarantined", 64))
              for part, code in letters.rows(fields.get(10), "quarantined", 2, 1 << 12)),
        tuple(Head(letters.identifier(epoch, "heads"), whole(seq, "heads"), raw(hash_, "heads", 32))
              for epoch, seq, hash_ in letters.rows(fields.get(11), "heads", 3, 1 << 12)),
        raw(fields.get(12), "digest", 32), optional(fields.get(13), _withdrawn, "withdrawn"))


def _withdrawn(value: Any, field: str) -> Withdrawn:
    ((at, points),) = letters.rows([value], field, 2, 1)
    rows = letters.rows(points, field, 2, 1 << 12)
    return Withdrawn(whole(at, field, letters.LATEST),
                     tuple((letters.identifier(epoch, field), whole(seq, field)) for epoch, seq in rows))


def fate_of(row: list[Any]) -> FateOf:
    epoch, first, last, fate, code = row
    try:
        return FateOf(_span(epoch, first, last), Fate(letters.line(fate, "fates", 16)), letters.line(code, "fates", 64))
    except ValueError as fault:
        raise Malformed("bad_fates") from fault


def _span(epoch: Any, first: Any, last: Any) -> Span:
    span = Span(letters.identifier(epoch, "span"), whole(first, "span"), whole(last, "span"))
    require(1 <= span.first <= span.last, "span")
    return span
