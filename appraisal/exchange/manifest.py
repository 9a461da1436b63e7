"""The manifest: what a bundle holds, signed by the desk. Written last, read first."""

from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from appraisal.canonical import Malformed, encode
from appraisal.credential.cose import Signer, VerifyingKey, sign1
from appraisal.credential.fields import raw, require, whole
from appraisal.domain.events import Id
from appraisal.exchange import letters
from appraisal.exchange.parts import OVERHEAD, Part, PartKind, Range, longest
from appraisal.exchange.rotation import MOST as MOST_ROTATIONS
from appraisal.journal import START

MOST_PARTS, MOST_CHAINS = 4096, 64
FILE = "manifest.cose"


@dataclass(frozen=True, slots=True)
class ChainRange:
    """Entries `first` to `last` of one epoch. `before`: hash of the entry before the first, `after`: of the last."""

    epoch: str
    first: int
    last: int
    before: bytes
    after: bytes


@dataclass(frozen=True, slots=True)
class LastReceipt:
    number: int
    digest: bytes


@dataclass(frozen=True, slots=True)
class Manifest:
    library: Id
    desk: Id
    bundle: Id
    made_at: int
    chains: tuple[ChainRange, ...]
    parts: tuple[Part, ...]
    recipients: tuple[str, ...]
    last_receipt: LastReceipt | None
    trust_version: int
    records: int
    attachments: int
    withheld: int
    capabilities: tuple[str, ...] = ()
    rotations: tuple[bytes, ...] = ()
    """The desk's last rotations, the oldest first."""


def part_name(number: int) -> str:
    """Of part `number`, counted from 1."""
    return f"part-{number:04d}"


def digest(data: bytes) -> bytes:
    """How a receipt and the transfer record name a bundle."""
    return sha256(data).digest()


def make_manifest(manifest: Manifest, desk: Signer) -> bytes:
    """Raises Malformed for a bundle that no reader would take: too many parts."""
    fields: dict[int, Any] = {
        1: letters.FORMAT, 2: letters.FORMAT, 3: bytes.fromhex(manifest.library), 4: bytes.fromhex(manifest.desk),
        5: bytes.fromhex(manifest.bundle), 6: manifest.made_at,
        7: [[bytes.fromhex(c.epoch), c.first, c.last, c.before, c.after] for c in manifest.chains],
        8: [part_fields(part) for part in manifest.parts],
        9: manifest.recipients, 10: manifest.capabilities, 12: manifest.trust_version,
        13: [manifest.records, manifest.attachments, manifest.withheld]}
    if manifest.last_receipt:
        fields[11] = [manifest.last_receipt.number, manifest.last_receipt.digest]
    if manifest.rotations:
        fields[14] = manifest.rotations
    payload = encode(fields)
    _contents(letters.fields_of(payload))
    return sign1(payload, desk, content_type=letters.BUNDLE)


def read_manifest(data: bytes, desk: VerifyingKey) -> Manifest:
    """Raises Malformed, or BadSignature where `desk` did not sign it."""
    return _contents(letters.payload_of(data, letters.BUNDLE, [desk]))


def unverified(data: bytes) -> Manifest:
    """To look at, and to find out whose key it needs. Raises Malformed."""
    return _contents(letters.unchecked(data, letters.BUNDLE))


def part_fields(part: Part) -> dict[int, Any]:
    fields: dict[int, Any] = {1: int(part.kind), 2: part.length, 3: part.digest, 4: part.plain}
    if part.range:
        fields[5] = [part.range.chain, part.range.first, part.range.last]
    return fields


def _contents(fields: dict[int, Any]) -> Manifest:
    if whole(fields.get(2), "minimum_reader") > letters.FORMAT:
        raise Malformed("newer_format")
    chains = tuple(map(chain_of, letters.rows(fields.get(7), "chains", 5, MOST_CHAINS)))
    require(len({chain.epoch for chain in chains}) == len(chains), "chains")
    parts = tuple(map(part_of, letters.array(fields.get(8), "parts", MOST_PARTS)))
    require_joined(chains, parts)
    ((records, attachments, withheld),) = letters.rows([fields.get(13)], "counts", 3, 1)
    return Manifest(
        letters.identifier(fields.get(3), "library"), letters.identifier(fields.get(4), "desk"),
        letters.identifier(fields.get(5), "bundle"), whole(fields.get(6), "made_at", letters.LATEST), chains, parts,
        _lines(fields.get(9), "recipients"), _last_receipt(fields.get(11)), whole(fields.get(12), "trust_version"),
        whole(records, "counts"), whole(attachments, "counts"), whole(withheld, "counts"),
        _lines(fields.get(10, []), "capabilities"),
        tuple(letters.blob(one, "rotations") for one in letters.array(fields.get(14, []), "rotations", MOST_ROTATIONS)))


def _lines(value: Any, field: str) -> tuple[str, ...]:
    return tuple(letters.line(one, field, 128) for one in letters.array(value, field, 64))


def chain_of(row: list[Any]) -> ChainRange:
    epoch, first, last, before, after = row
    chain = ChainRange(letters.identifier(epoch, "epoch"), whole(first, "first"), whole(last, "last"),
                       raw(before, "before", 32), raw(after, "after", 32))
    require(1 <= chain.first <= chain.last and (chain.first > 1 or chain.before == START), "chains")
    return chain


def part_of(fields: Any) -> Part:
    require(type(fields) is dict and fields.get(1) in set(PartKind), "parts")
    kind = PartKind(fields[1])
    plain = whole(fields.get(4), "plain", longest(kind) + 1)
    range_ = None
    if kind is PartKind.RECORDS:
        (row,) = letters.rows([fields.get(5)], "parts", 3, 1)
        range_ = Range(*(whole(number, "parts") for number in row))
    return Part(kind, whole(fields.get(2), "length", plain + OVERHEAD + 1), raw(fields.get(3), "digest", 32), plain,
                range_)


def require_joined(chains: tuple[ChainRange, ...], parts: tuple[Part, ...]) -> None:
    """The record parts of each chain fill its range, in order."""
    ahead = [chain.first for chain in chains]
    for part in parts:
        if part.range:
            chain = part.range.chain
            require(chain < len(chains) and part.range.first == ahead[chain] <= part.range.last, "parts")
            ahead[chain] = part.range.last + 1
    require(ahead == [chain.last + 1 for chain in chains], "parts")


def _last_receipt(value: Any) -> LastReceipt | None:
    if value is None:
        return None
    ((number, digest_),) = letters.rows([value], "last_receipt", 2, 1)
    return LastReceipt(whole(number, "last_receipt"), raw(digest_, "last_receipt", 32))
