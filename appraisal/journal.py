"""One journal entry, its bytes and its sealed personal fields. The format is docs/formats/journal.md."""

from collections.abc import Callable
from dataclasses import fields
from hashlib import sha256
from typing import Any

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from appraisal.canonical import Malformed, decode, encode, encode_again
from appraisal.domain.events import Id, from_body, kind_of, kinds, to_body

MAX_ENTRY = 1 << 20
MAX_DEPTH = 12
START = bytes(32)
_SHAPES: frozenset[tuple[type, ...]] = frozenset(
    (bytes, bytes, int, bytes, list, str, str, int, str, dict, sealed, why)
    for sealed in (list, type(None)) for why in (str, type(None)))


class Sealed(msgspec.Struct, frozen=True, gc=False):
    person: Id
    nonce: bytes
    ciphertext: bytes


class Entry(msgspec.Struct, frozen=True, gc=False):
    """Structs, as an intake has tens of thousands of them: they are made faster, and the collector of cycles passes
    them over."""

    desk: bytes
    epoch: bytes
    seq: int
    prev: bytes
    at: tuple[int, int]
    operator: str
    kind: str
    version: int
    subject: Id
    body: dict[str, Any]
    sealed: Sealed | None
    why: str | None

    @property
    def person(self) -> Id | None:
        """Whom the entry concerns; None for one about a batch, the centre, the desk."""
        person: Id | None = self.body.get("person")
        return person

    def head(self) -> list[Any]:
        return [self.desk, self.epoch, self.seq, self.prev, list(self.at), self.operator, self.kind, self.version,
                self.subject]


def write(entry: Entry) -> bytes:
    sealed = entry.sealed and [entry.sealed.person, entry.sealed.nonce, entry.sealed.ciphertext]
    return encode([*entry.head(), entry.body, sealed, entry.why])


def read(data: bytes) -> Entry:
    """Raises Malformed for bytes that no desk writes."""
    found = decode(data, max_bytes=MAX_ENTRY, max_depth=MAX_DEPTH)
    if type(found) is not list or tuple(map(type, found)) not in _SHAPES:
        raise Malformed("not_an_entry")
    desk, epoch, seq, prev, at, operator, kind, version, subject, body, sealed, why = found
    if (len(desk), len(epoch), len(prev)) != (16, 16, 32) or seq < 1 or version < 1:
        raise Malformed("not_an_entry")
    if list(map(type, at)) != [int, int] or min(at) < 0:
        raise Malformed("not_an_entry")
    if not isinstance(body.get("person"), str | None):
        raise Malformed("not_an_entry")
    return Entry(desk, epoch, seq, prev, (at[0], at[1]), operator, kind, version, subject, body,
                 _sealed(sealed), why)


def digest(data: bytes) -> bytes:
    return sha256(data).digest()


def make(head: Entry, happened: object, key: bytes | None, nonce: Callable[[], bytes]) -> Entry:
    """`head` with the event's kind, subject and fields; `key` is the person's, None where nothing is personal."""
    kind = kind_of(happened)
    body, personal = to_body(happened)

    def entry(sealed: Sealed | None) -> Entry:  # in full: `replace` takes three times as long
        return Entry(head.desk, head.epoch, head.seq, head.prev, head.at, head.operator, kind.name, kind.version,
                     getattr(happened, kind.subject), body, sealed, head.why)

    if not personal:
        return entry(None)
    assert key is not None
    random = nonce()
    ciphertext = AESGCM(key).encrypt(random, encode(personal), encode(entry(None).head()))
    return entry(Sealed(body["person"], random, ciphertext))


def unseal(entry: Entry, key: bytes | None) -> Any:
    """The event. Raises KeyError for a kind that this release does not know, Malformed where the key does not open
    the personal fields, and msgspec.ValidationError where the fields are not the kind's."""
    if (entry.kind, entry.version) not in kinds():
        raise KeyError((entry.kind, entry.version))
    if entry.sealed is None:
        return from_body(entry.kind, entry.version, entry.body)
    if key is None:
        raise Malformed("no_key")
    try:
        plain = AESGCM(key).decrypt(entry.sealed.nonce, entry.sealed.ciphertext, encode_again(entry.head()))
    except InvalidTag as fault:
        raise Malformed("wrong_key") from fault
    return with_fields(entry, plain)


def with_fields(entry: Entry, plain: bytes) -> Any:
    """The event, where `plain` is what its personal fields open to. Raises as `unseal` does."""
    return from_body(entry.kind, entry.version,
                     entry.body | decode(plain, max_bytes=MAX_ENTRY, max_depth=MAX_DEPTH))


def seal_attachment(data: bytes, key: bytes, nonce: bytes) -> tuple[str, bytes]:
    """Attachment id and sealed bytes."""
    sealed = nonce + AESGCM(key).encrypt(nonce, data, b"attachment")
    return sha256(sealed).hexdigest(), sealed


def open_attachment(sealed: bytes, key: bytes) -> bytes:
    try:
        return AESGCM(key).decrypt(sealed[:12], sealed[12:], b"attachment")
    except (InvalidTag, ValueError) as fault:
        raise Malformed("wrong_key") from fault


def _sealed(value: list[Any] | None) -> Sealed | None:
    if value is None:
        return None
    if [type(part) for part in value] != [str, bytes, bytes] or len(value[1]) != 12:
        raise Malformed("not_an_entry")
    return Sealed(*value)


def describe() -> str:
    """The kinds of this release, a line each."""
    lines = []
    for kind in sorted(kinds().values(), key=lambda k: (k.name, k.version)):
        shown = ", ".join(f"[{n}]" if n in kind.sealed else n for n in (f.name for f in fields(kind.cls)))
        lines.append(f"{kind.name} {kind.version}{' (local)' if kind.local else ''}: {shown}")
    return "\n".join(lines)
