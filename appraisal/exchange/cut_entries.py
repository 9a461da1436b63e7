"""An entry as it travels: without the 32 bytes that its reader works out from the entry before, and with its personal
fields open beside the key that would open them, since what is sealed does not compress (docs/formats/bundle.md).

The reader puts back exactly the bytes that stand in the journal; whoever cuts makes sure of it.
"""

from collections.abc import Mapping
from typing import NamedTuple

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from appraisal.canonical import Malformed, encode_again
from appraisal.domain.events import Id

CUT = 0x83
_SEQ = 35
"""Where `seq` stands in an entry: behind its own head, the desk and the epoch."""
_HASH, _TAG, _NONCE, _ID = 32, 16, 12, 32
_LONGER = {24: 1, 25: 2, 26: 4, 27: 8}
_NULL = b"\xf6"


class CutEntry(NamedTuple):
    """`rest`: the entry without the hash before it and without its ciphertext; `at`: where in it the ciphertext was;
    `fields`: what was sealed, None where nothing was."""

    rest: bytes
    at: int
    fields: bytes | None


def cut(entry: bytes, before: bytes, person: Id | None, key: bytes | None) -> bytes | None:
    """The record, or None where the entry has to travel whole. `before`: the hash of the record before it; `person`:
    whose fields are sealed in it, if anybody's; `key`: theirs, if it travels with it."""
    prev = _end(entry, _SEQ) + 2
    if entry[prev:prev + _HASH] != before or (person is not None and key is None):
        return None
    if person is None or key is None:
        return encode_again([entry[:prev] + entry[prev + _HASH:], 0, None])
    nonce = entry.rfind(b"\x83\x78\x20" + person.encode() + b"\x4c") + 4 + _ID
    try:
        start, end = _inside(entry, nonce + _NONCE)
        fields = AESGCM(key).decrypt(entry[nonce:nonce + _NONCE], entry[start:end], _head(entry, prev + _HASH))
    except (InvalidTag, ValueError, LookupError):  # nothing is sealed in this one, or by another key
        return None
    return encode_again([entry[:prev] + entry[prev + _HASH:start] + entry[end:], start - _HASH, fields])


def read_cut(record: bytes) -> CutEntry:
    """Raises Malformed. A bundle has as many of these as entries: read by hand, and right if it is
    spelled so."""
    try:
        start, end = _inside(record, 1)
        rest = record[start:end]
        behind, end = _inside(record, end)
        at = end - behind
        start, end = (0, 0) if record[behind:] == _NULL else _inside(record, behind)
    except LookupError as fault:
        raise Malformed("bad_cut_entry") from fault
    fields = record[start:end] if start else None
    if (at > len(rest) if start else at) or encode_again([rest, at, fields]) != record:
        raise Malformed("bad_cut_entry")
    return CutEntry(rest, at, fields)


def put_back(one: CutEntry, before: bytes, keys: Mapping[Id, bytes]) -> tuple[bytes, bytes]:
    """The entry's bytes, and its ciphertext; empty where nothing is sealed. Raises Malformed for what nobody has cut.
    That it is an entry, its own reader says."""
    if len(before) != _HASH:
        raise Malformed("bad_cut_entry")
    try:
        prev = _end(one.rest, _SEQ) + 2
        entry = one.rest[:prev] + before + one.rest[prev:]
        if one.fields is None:
            return entry, b""
        start = one.at + _HASH
        nonce = start - _head_length(len(one.fields) + _TAG) - _NONCE
        key = keys[entry[nonce - 1 - _ID:nonce - 1].decode("ascii")]
        sealed = AESGCM(key).encrypt(entry[nonce:nonce + _NONCE], one.fields, _head(entry, prev + _HASH))
    except (LookupError, ValueError) as fault:
        raise Malformed("bad_cut_entry") from fault
    return entry[:start] + sealed + entry[start:], sealed


def _head(entry: bytes, at: int) -> bytes:
    """What the ciphertext is bound to: the entry up to its subject, as an array of nine. `at`: behind `prev`."""
    at = _end(entry, _end(entry, at + 1))  # time and counter, in an array of two
    for _ in ("operator", "kind", "version", "subject"):
        at = _end(entry, at)
    return b"\x89" + entry[1:at]


def _end(data: bytes, at: int) -> int:
    """Where the whole number, text or bytes at `at` ends."""
    start, end = _inside(data, at)
    return end if data[at] >> 5 in (2, 3) else start


def _inside(data: bytes, at: int) -> tuple[int, int]:
    """Of text or bytes at `at`: where the content begins and ends. A number is as long as it is great."""
    small = data[at] & 31
    if small < 24:
        return at + 1, at + 1 + small
    start = at + 1 + _LONGER[small]
    return start, start + int.from_bytes(data[at + 1:start], "big")


def _head_length(length: int) -> int:
    """Of canonical CBOR before so many bytes."""
    return 1 if length < 24 else 2 if length < 1 << 8 else 3 if length < 1 << 16 else 5
