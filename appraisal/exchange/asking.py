"""A desk asks for what is its own: which request, and when, signed (docs/formats/bundle.md, "Over HTTPS")."""

import base64
import binascii
from collections.abc import Callable
from dataclasses import dataclass

from appraisal.canonical import Malformed, encode
from appraisal.credential.cose import Signer, VerifyingKey, sign1
from appraisal.credential.fields import whole
from appraisal.domain.events import Id
from appraisal.exchange import letters

CONTENT_TYPE = "application/vnd.appraisal.ask+cbor"
SCHEME = "Appraisal "
"""Of the `Authorization` header."""
LEEWAY = 10 * 60_000
"""Milliseconds before and after its time in which an ask counts."""
LONGEST = 1024


@dataclass(frozen=True, slots=True)
class Ask:
    desk: Id
    method: str
    path: str
    """From `/v1` on, with its query."""
    at: int
    """Milliseconds since 1970, UTC, by the desk's clock."""


def make_ask(ask: Ask, desk: Signer) -> str:
    """The header's value."""
    payload = encode({1: letters.FORMAT, 2: bytes.fromhex(ask.desk), 3: ask.method, 4: ask.path, 5: ask.at})
    signed = sign1(payload, desk, content_type=CONTENT_TYPE)
    return _written(signed)


def read_ask(header: str, key_of: Callable[[Id], VerifyingKey]) -> Ask:
    """`key_of`: a desk's transport key. Raises Malformed; BadSignature where that key did not sign.
    Whether it asks for what is requested, and now, is for the caller to compare."""
    if not header.startswith(SCHEME) or len(header) > 2 * LONGEST:
        raise Malformed("bad_ask")
    text = header.removeprefix(SCHEME)
    try:
        data = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError) as fault:
        raise Malformed("bad_ask") from fault
    if _written(data) != header:  # one ask is one text
        raise Malformed("bad_ask")
    key = key_of(letters.identifier(letters.unchecked(data, CONTENT_TYPE, LONGEST).get(2), "desk"))
    fields = letters.payload_of(data, CONTENT_TYPE, [key], LONGEST)
    return Ask(letters.identifier(fields.get(2), "desk"), letters.line(fields.get(3), "method", 8),
               letters.line(fields.get(4), "path", 256), whole(fields.get(5), "at", letters.LATEST))


def _written(signed: bytes) -> str:
    return SCHEME + base64.urlsafe_b64encode(signed).rstrip(b"=").decode()
