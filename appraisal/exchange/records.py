"""Records of a part: journal entries as they are, stubs for those that stay, data keys, attachments.

What a record is shows in its first byte (docs/formats/bundle.md), so an entry travels without a wrapper.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

import msgspec

from appraisal.canonical import Malformed, decode, encode
from appraisal.credential.fields import raw, require, whole
from appraisal.domain.events import Id
from appraisal.exchange.cut_entries import CUT, CutEntry, put_back, read_cut
from appraisal.journal import MAX_ENTRY

MAX_ATTACHMENT = 32 << 20
KEY_BYTES = 32
ENTRY, STUB = 0x8C, 0x82
_KEY, _ATTACHMENT = 1, 2
PREFIX = 4


@dataclass(frozen=True, slots=True)
class Stub:
    """An entry that stays at the desk; its hash lets the chain join."""

    seq: int
    hash: bytes


class PersonKey(msgspec.Struct, frozen=True, gc=False):
    person: Id
    key: bytes


@dataclass(frozen=True, slots=True)
class Attachment:
    person: Id
    sealed: bytes


@dataclass(frozen=True, slots=True)
class Unknown:
    """Beside the chain, of a later format: passed over."""


class Opened(msgspec.Struct, frozen=True, gc=False):
    """What a cut entry came with: its ciphertext, and what that opens to under the key that came with it."""

    ciphertext: bytes
    fields: bytes


Record = bytes | Stub | PersonKey | Attachment | Unknown
"""bytes: a journal entry, not looked into yet."""
_KEY_LENGTH, _KEY_MARKS = 56, (b"\xa3\x00\x01\x01\x50", b"\x02\x58\x20")
"""The one spelling of a person's key, around its two values: a bundle has as many as people."""


def frame(record: bytes) -> bytes:
    return len(record).to_bytes(PREFIX, "big") + record


def unframe(plain: bytes) -> Iterator[bytes]:
    """Raises Malformed where the lengths do not add up."""
    at, end = 0, len(plain)
    while at < end:
        start = at + PREFIX
        at = start + int.from_bytes(plain[at:start], "big")
        if start > end or at > end or at == start:
            raise Malformed("bad_record_length")
        yield plain[start:at]


def stub(seq: int, hash_: bytes) -> bytes:
    return encode([seq, hash_])


def person_key(person: Id, key: bytes) -> bytes:
    before, between = _KEY_MARKS
    return before + bytes.fromhex(person) + between + key


def attachment(person: Id, sealed: bytes) -> bytes:
    return encode({0: _ATTACHMENT, 1: bytes.fromhex(person), 2: sealed})


def read_record(record: bytes) -> Record | CutEntry:
    """Raises Malformed. An entry is given back as it is: whether it is one, the journal's reader says."""
    if record[0] == ENTRY:
        return record
    if record[0] == CUT:
        if len(record) > MAX_ENTRY:
            raise Malformed("too_large")
        return read_cut(record)
    if record[0] == STUB:
        seq, hash_ = decode(record, max_bytes=64, max_depth=1)
        return Stub(whole(seq, "seq"), raw(hash_, "hash", 32))
    if len(record) == _KEY_LENGTH and (record[:5], record[21:24]) == _KEY_MARKS:
        return PersonKey(record[5:21].hex(), record[24:])
    return _beside(decode(record, max_bytes=MAX_ATTACHMENT + 64, max_depth=1 if len(record) > MAX_ENTRY else 8))


def _beside(fields: Any) -> Record:
    """A map beside the chain."""
    require(type(fields) is dict, "record")
    what = fields.get(0)
    require(type(what) is int, "record")  # True is 1 to Python
    if what == _KEY:
        return PersonKey(raw(fields.get(1), "person", 16).hex(), raw(fields.get(2), "key", KEY_BYTES))
    if what == _ATTACHMENT:
        sealed = fields.get(2)
        require(type(sealed) is bytes and len(sealed) <= MAX_ATTACHMENT, "attachment")
        return Attachment(raw(fields.get(1), "person", 16).hex(), sealed)
    return Unknown()


def read_records(plain: bytes) -> Iterator[Record]:
    """Every entry as it stands in the journal. Raises Malformed."""
    return (record for record, _, _ in read_opened(plain))


def read_opened(plain: bytes) -> Iterator[tuple[Record, bytes, Opened | None]]:
    """As `read_records`; with the hash that the next entry joins, and of a cut entry what it seals, which whoever has
    the same key need not open again."""
    hash_, keys = b"", dict[Id, bytes]()
    for one in map(read_record, unframe(plain)):
        if isinstance(one, bytes):
            hash_ = sha256(one).digest()
            yield one, hash_, None
        elif isinstance(one, CutEntry):
            entry, sealed = put_back(one, hash_, keys)
            hash_ = sha256(entry).digest()
            yield entry, hash_, None if one.fields is None else Opened(sealed, one.fields)
        else:
            if isinstance(one, Stub):
                hash_ = one.hash
            elif type(one) is PersonKey and keys.setdefault(one.person, one.key) != one.key:
                raise Malformed("bad_key")
            yield one, hash_, None


def join(records: Iterable[bytes]) -> bytes:
    return b"".join(map(frame, records))
