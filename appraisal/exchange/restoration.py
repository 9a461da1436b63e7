"""What a restoration says of itself: entries that the library gives back to a desk (docs/formats/bundle.md)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from appraisal.canonical import Malformed, encode
from appraisal.credential.cose import Signer, VerifyingKey, sign1
from appraisal.credential.fields import require, whole
from appraisal.domain.events import Id
from appraisal.domain.exchange import FateOf
from appraisal.exchange import letters
from appraisal.exchange.manifest import (
    MOST_CHAINS,
    MOST_PARTS,
    ChainRange,
    chain_of,
    part_fields,
    part_of,
    require_joined,
)
from appraisal.exchange.parts import Part
from appraisal.exchange.receipt import MOST_SPANS, fate_of

FILE, SUFFIX = "restoration.cose", ".skr"
MAX_BYTES = (1 << 20) - (1 << 12)
"""The signed statement becomes one entry of the journal."""
UNKNOWN = bytes(32)
"""Stands for the hash of an entry of which the library knows only that it has been."""


@dataclass(frozen=True, slots=True)
class Restoration:
    library: Id
    desk: Id
    """Whose entries these are."""
    id: Id
    made_at: int
    chains: tuple[ChainRange, ...]
    parts: tuple[Part, ...]
    recipient: str
    to: Id
    """The desk that may take it in."""
    number: int
    """Of the library's newest receipt for `desk`; 0 when there is none."""
    fates: tuple[FateOf, ...]
    records: int
    attachments: int
    stubs: int


def make_restoration(one: Restoration, library: Signer) -> bytes:
    """Raises Malformed for one that no reader would take: too many parts or spans."""
    payload = encode({
        1: letters.FORMAT, 2: letters.FORMAT, 3: bytes.fromhex(one.library), 4: bytes.fromhex(one.desk),
        5: bytes.fromhex(one.id), 6: one.made_at,
        7: [[bytes.fromhex(c.epoch), c.first, c.last, c.before, c.after] for c in one.chains],
        8: [part_fields(part) for part in one.parts], 9: [one.recipient], 10: bytes.fromhex(one.to), 11: one.number,
        12: [[bytes.fromhex(f.span.epoch), f.span.first, f.span.last, f.fate.value, f.code] for f in one.fates],
        13: [one.records, one.attachments, one.stubs]})
    _contents(letters.fields_of(payload, MAX_BYTES))
    return sign1(payload, library, content_type=letters.RESTORATION)


def read_restoration(data: bytes, keys: Sequence[VerifyingKey]) -> Restoration:
    """Raises Malformed, or BadSignature where none of `keys`, the receipt keys of known libraries, signed it."""
    return _contents(letters.payload_of(data, letters.RESTORATION, keys, MAX_BYTES))


def _contents(fields: dict[int, Any]) -> Restoration:
    if whole(fields.get(2), "minimum_reader") > letters.FORMAT:
        raise Malformed("newer_format")
    chains = tuple(map(chain_of, letters.rows(fields.get(7), "chains", 5, MOST_CHAINS)))
    require(len({chain.epoch for chain in chains}) == len(chains), "chains")
    parts = tuple(map(part_of, letters.array(fields.get(8), "parts", MOST_PARTS)))
    require_joined(chains, parts)
    ((recipient,),) = letters.rows([fields.get(9)], "recipients", 1, 1)
    ((records, attachments, stubs),) = letters.rows([fields.get(13)], "counts", 3, 1)
    return Restoration(
        letters.identifier(fields.get(3), "library"), letters.identifier(fields.get(4), "desk"),
        letters.identifier(fields.get(5), "restoration"), whole(fields.get(6), "made_at", letters.LATEST), chains,
        parts, letters.line(recipient, "recipients", 128), letters.identifier(fields.get(10), "for"),
        whole(fields.get(11), "number"), tuple(map(fate_of, letters.rows(fields.get(12), "fates", 5, MOST_SPANS))),
        whole(records, "counts"), whole(attachments, "counts"), whole(stubs, "counts"))
