"""An entry as it travels: without the 32 bytes that its reader works out from the entry before, and with its personal
fields open beside the key that would open them, since what is sealed does not compress (docs/formats/bundle.md).

The reader puts back exactly the bytes that stand in the journal; whoever cuts makes sure of it.
"""

from collections.abc import Mapping
from typing import NamedTuple

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from appraisal.canonical import Malformed, decode, encode_again
from appraisal.domain.events import Id

CUT = 0x83
_SEQ = 35
"""Where `seq` stands in an entry: behind its own head, the desk and the epoch."""
_HASH, _TAG, _NONCE, _ID = 32, 16, 12, 32
_LONGER = {24: 1, 25: 2, 26: 4, 27: 8}
_CONTENT = (2, 3)
"""Major types whose number is the length of what follows."""
_SHAPES = ((bytes, int, bytes), (bytes, int, type(None)))


class CutEntry(NamedTuple):
    """`rest`: the entry without the hash before it and without its ciphertext; `at`: where in it the ciphertext was;
    `fields`: what was sealed, None where nothing was."""

    rest: bytes
    at: int
    fields: bytes | None


def cut(entry: bytes, before: bytes, person: Id | None, key: bytes | None) -> bytes | None:
    """The record, or None where the entry has to travel whole. `before`: the hash of the record before it; `person`:
    whose fields are sealed in it, if anybody's; `key`: theirs, if it travels with it."""
    prev = _behind(entry, _SEQ, 1) + 2
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
    """Raises Malformed."""
    try:
        found = decode(record, max_bytes=len(record), max_depth=1)
    except Malformed as fault:
        raise Malformed("bad_cut_entry") from fault
    if type(found) is not list or tuple(map(type, found)) not in _SHAPES:
        raise Malformed("bad_cut_entry")
    rest, at, fields = found
    if at < 0 or (at if fields is None else at > len(rest)):
        raise Malformed("bad_cut_entry")
    return CutEntry(rest, at, fields)


def put_back(one: CutEntry, before: bytes, keys: Mapping[Id, bytes]) -> tuple[bytes, bytes]:
    """The entry's bytes, and its ciphertext; empty where nothing is sealed. Raises Malformed for what nobody has cut.
    That it is an entry, its own reader says."""
    if len(before) != _HASH:
        raise Malformed("bad_cut_entry")
    try:
        prev = _behind(one.rest, _SEQ, 1) + 2
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
    # behind the head of an array of two: time and counter; then operator, kind, version, subject
    return b"\x89" + entry[1:_behind(entry, at + 1, 6)]


def _behind(data: bytes, at: int, count: int) -> int:
    """Where so many whole numbers, texts or bytes end, of which the first begins at `at`. A number is as long as it is
    great."""
    for _ in range(count):
        first = data[at]
        at += 1
        number = first & 31
        if number >= 24:
            start = at
            at += _LONGER[number]
            number = int.from_bytes(data[start:at], "big")
        if first >> 5 in _CONTENT:
            at += number
    return at


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
