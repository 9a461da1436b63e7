"""What the signed files of the exchange have in common: reading an envelope, and the fields of its map."""

from collections.abc import Sequence
from typing import Any

from appraisal.canonical import Malformed, decode
from appraisal.credential.cose import ED25519, BadSignature, VerifyingKey, WeakKey, check1, read1, verifying_key
from appraisal.credential.delta import CONTENT_TYPE as STATUS_DELTA
from appraisal.credential.fields import plain_map, raw, require, whole
from appraisal.credential.status import CONTENT_TYPE as STATUS_LIST
from appraisal.credential.trust import CONTENT_TYPE as TRUST_LIST

REQUEST = "application/vnd.appraisal.request+cbor"
GRANT = "application/vnd.appraisal.grant+cbor"
BUNDLE = "application/vnd.appraisal.bundle+cbor"
RECEIPT = "application/vnd.appraisal.receipt+cbor"
ROTATION = "application/vnd.appraisal.rotation+cbor"
APPROVAL = "application/vnd.appraisal.approval+cbor"
RESTORATION = "application/vnd.appraisal.restoration+cbor"
LIBRARY = "application/vnd.appraisal.library+cbor"
LEASES = "application/vnd.appraisal.leases+cbor"
NAMES = {RESTORATION: "restoration", REQUEST: "request",
         GRANT: "grant", BUNDLE: "bundle", RECEIPT: "receipt", TRUST_LIST: "trust", STATUS_LIST: "status",
         STATUS_DELTA: "status"}

FORMAT = 1
MAX_BYTES = 1 << 20
MAX_DEPTH = 5
LATEST = 1 << 48
"""Milliseconds since 1970 are below this."""


def kind_of(data: bytes) -> str | None:
    """`request`, `grant`, `bundle`, `receipt`, `trust` or `status`, as the envelope says; None for another file."""
    try:
        return NAMES.get(read1(data, max_bytes=8 << 20).content_type or "")
    except Malformed:
        return None


def payload_of(data: bytes, content_type: str, keys: Sequence[VerifyingKey], most: int = MAX_BYTES) -> dict[int, Any]:
    """The signed map, when one of `keys` signed it. Raises Malformed or BadSignature."""
    envelope = read1(data, max_bytes=most)
    key = next((key for key in keys if key.kid == envelope.kid), None)
    if key is None:
        raise BadSignature
    check1(envelope, key, content_type=content_type)
    return fields_of(envelope.payload, most)


def unchecked(data: bytes, content_type: str, most: int = MAX_BYTES) -> dict[int, Any]:
    """The map of an envelope whose key stands in the map itself, or is looked up by it. Believe nothing yet."""
    envelope = read1(data, max_bytes=most)
    require(envelope.content_type == content_type, "content_type")
    return fields_of(envelope.payload, most)


def fields_of(payload: bytes, most: int = MAX_BYTES) -> dict[int, Any]:
    fields = plain_map(decode(payload, max_bytes=most, max_depth=MAX_DEPTH), "fields")
    require(whole(fields.get(1), "format") >= FORMAT, "format")
    return fields


def public_key(value: Any, field: str) -> VerifyingKey:
    try:
        return verifying_key(ED25519, raw(value, field, 32))
    except WeakKey as fault:
        raise Malformed(f"bad_{field}") from fault


def identifier(value: Any, field: str) -> str:
    """16 bytes as 32 hexadecimal digits."""
    return raw(value, field, 16).hex()


def array(value: Any, field: str, most: int) -> list[Any]:
    require(type(value) is list and len(value) <= most, field)
    found: list[Any] = value
    return found


def blob(value: Any, field: str) -> bytes:
    require(type(value) is bytes, field)
    found: bytes = value
    return found


def rows(value: Any, field: str, width: int, most: int) -> list[list[Any]]:
    """An array of arrays, each of `width`."""
    found = array(value, field, most)
    require(all(type(row) is list and len(row) == width for row in found), field)
    return found


def line(value: Any, field: str, longest: int) -> str:
    """Text of our own making: codes, recipients. Printable ASCII."""
    require(type(value) is str and len(value) <= longest and value.isascii() and value.isprintable(), field)
    found: str = value
    return found
