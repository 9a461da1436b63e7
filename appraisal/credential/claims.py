"""What a certificate's signature covers: the claims map of SKC1 (docs/formats/certificate-qr.md)."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from appraisal.canonical import Malformed, decode, encode
from appraisal.credential.fields import code, optional, plain_map, raw, require, text, whole

MAX_CLAIMS_BYTES = 3072
STATUS_LIST_LENGTH = 1 << 17
QUALITIES = 7

_EXPIRES, _ISSUED, _CERTIFICATE = 4, 6, -70100
_NO_MARK = 255
_MARKS: Mapping[int, Decimal | None] = {byte: Decimal(byte) / 2 for byte in range(201)} | {_NO_MARK: None}
_BYTES = {mark: byte for byte, mark in _MARKS.items()}


@dataclass(frozen=True, slots=True)
class Claims:
    """`issued` and `expires` are seconds since 1970; `expires` None means for life.

    `marks`: seven out of 100 in steps of a half, in the scheme's order, None where there is none; () for a scheme
    without. `status`: number of the status list and index in it. `template_version`: a number of 32 bits, or the
    first 4 bytes of the template's hash as one.
    """

    issued: int
    number: str
    name: str
    scheme: str
    template_version: int
    expires: int | None = None
    latin_name: str | None = None
    level: int | None = None
    marks: tuple[Decimal | None, ...] = ()
    id_tag: bytes | None = None
    status: tuple[int, int] | None = None
    replaces: str | None = None


def to_bytes(claims: Claims) -> bytes:
    """Raises Malformed for claims that no reader would take."""
    certificate = {
        1: claims.number, 2: claims.name, 3: claims.latin_name, 4: claims.scheme, 5: claims.level,
        6: bytes(map(_mark_byte, claims.marks)) if claims.marks else None, 7: claims.id_tag,
        8: list(claims.status) if claims.status else None, 9: claims.template_version, 10: claims.replaces}
    try:
        written = encode(_without_none({
            _EXPIRES: claims.expires, _ISSUED: claims.issued, _CERTIFICATE: _without_none(certificate)}))
    except (TypeError, ValueError) as fault:
        raise Malformed("bad_claims") from fault
    from_bytes(written)
    return written


def from_bytes(data: bytes) -> Claims:
    """Raises Malformed: `bad_unknown_field` for a key of a later format, `bad_<field>` for a value out of bounds."""
    outer = plain_map(decode(data, max_bytes=MAX_CLAIMS_BYTES, max_depth=3), "claims")
    certificate = plain_map(outer.pop(_CERTIFICATE, None), "claims")
    issued, expires = whole(outer.pop(_ISSUED, None), "issued"), optional(outer.pop(_EXPIRES, None), whole, "expires")
    require(expires is None or expires > issued, "expires")
    take = certificate.pop
    claims = Claims(
        issued=issued,
        expires=expires,
        number=text(take(1, None), "number"),
        name=text(take(2, None), "name"),
        latin_name=optional(take(3, None), text, "latin_name"),
        scheme=code(take(4, None), "scheme"),
        level=optional(take(5, None), _level, "level"),
        marks=optional(take(6, None), _marks, "marks") or (),
        id_tag=optional(take(7, None), _tag, "id_tag"),
        status=optional(take(8, None), _status, "status"),
        template_version=whole(take(9, None), "template_version", 1 << 32),
        replaces=optional(take(10, None), text, "replaces"))
    require(not outer and not certificate, "unknown_field")
    return claims


def _without_none(fields: dict[int, Any]) -> dict[int, Any]:
    return {key: value for key, value in fields.items() if value is not None}


def _mark_byte(mark: Decimal | None) -> int:
    if mark not in _BYTES:
        raise Malformed("bad_marks")
    return _BYTES[mark]


def _marks(value: Any, field: str) -> tuple[Decimal | None, ...]:
    try:
        return tuple([_MARKS[byte] for byte in raw(value, field, QUALITIES)])
    except KeyError as fault:
        raise Malformed(f"bad_{field}") from fault


def _level(value: Any, field: str) -> int:
    return whole(value, field, 16)


def _tag(value: Any, field: str) -> bytes:
    return raw(value, field, 3)


def _status(value: Any, field: str) -> tuple[int, int]:
    require(type(value) is list and len(value) == 2, field)
    return whole(value[0], field, 1 << 32), whole(value[1], field, STATUS_LIST_LENGTH)
