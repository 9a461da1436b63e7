"""COSE_Sign1 (RFC 9052, tag 18) with Ed25519 or SM2: the envelope of certificates, lists, manifests and receipts.

Protected header {1: algorithm, 3: content type (optional), 4: kid}; no unprotected header; payload inside;
no external data. Writers say -19 (Ed25519, RFC 9864) or -65537 (SM2 with SM3); readers take -8 (EdDSA) for -19 too. The
algorithm belongs to the key: what the envelope says must agree with it. docs/formats/certificate-qr.md has the bytes.
"""

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from hashlib import sha256
from typing import Protocol

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from appraisal.canonical import Malformed, decode, encode
from appraisal.credential import sm2
from appraisal.credential.points import is_weak_point

ED25519 = -19
EDDSA = -8
"""The older name of the same signature (RFC 9053); read, never written."""
SM2 = -65537
"""Of the numbers for private use: COSE has registered none for SM2, nor one for its curve, which goes by this too."""
SUITES: Mapping[int, str] = {ED25519: "Ed25519", SM2: "SM2"}
"""What people call them."""
KID_BYTES = 8

_ALG, _CONTENT_TYPE, _KID = 1, 3, 4
_USUAL_HEADER = b"\xa2\x01\x32\x04\x48"
"""{1: -19, 4: a kid of 8 bytes}: every certificate's, so it is not taken apart each time."""


class BadSignature(Exception):
    """Well formed, and not signed by this key."""


class WeakKey(ValueError):
    """No public key of the suite: wrong length, not canonical, of small order, or not on the curve."""


class Signer(Protocol):
    """Whoever holds a private key: a file, a token. `kid` and `alg` are what the envelope says of it."""

    @property
    def kid(self) -> bytes: ...
    @property
    def alg(self) -> int: ...
    def sign(self, data: bytes) -> bytes: ...


@dataclass(frozen=True, slots=True)
class Ed25519Signer:
    key: Ed25519PrivateKey
    kid: bytes
    alg: int = ED25519

    @classmethod
    def from_seed(cls, seed: bytes) -> "Ed25519Signer":
        """`seed`: the 32 bytes of RFC 8032's private key."""
        key = Ed25519PrivateKey.from_private_bytes(seed)
        return cls(key, key_id(ED25519, key.public_key().public_bytes_raw()))

    @property
    def public(self) -> bytes:
        return self.key.public_key().public_bytes_raw()

    def sign(self, data: bytes) -> bytes:
        return self.key.sign(data)


@dataclass(frozen=True, slots=True)
class Sm2Signer:
    private: bytes = field(repr=False)
    public: bytes
    kid: bytes
    alg: int = SM2
    random: Callable[[int], bytes] = field(default=secrets.token_bytes, repr=False, compare=False)
    """random(32): the nonce of each signature (see `sm2.sign`)."""

    @classmethod
    def from_private(cls, private: bytes) -> "Sm2Signer":
        """`private`: 32 bytes. Raises ValueError for one that is not in 1 … n-2."""
        public = sm2.public_key(private)
        return cls(private, public, key_id(SM2, public))

    def sign(self, data: bytes) -> bytes:
        return sm2.sign(self.private, data, self.random)


@dataclass(frozen=True, slots=True)
class VerifyingKey:
    """A public key and the one algorithm it may be used with."""

    alg: int
    public: bytes
    kid: bytes
    check: Callable[[bytes, bytes], bool] = field(compare=False)
    """check(signature, data) -> bool"""

    def __repr__(self) -> str:
        return f"VerifyingKey({self.kid.hex()})"


def verifying_key(alg: int, public: bytes) -> VerifyingKey:
    """Raises WeakKey."""
    suite = _suites().get(alg)
    if suite is None:
        raise WeakKey(f"unknown algorithm {alg}")
    return VerifyingKey(alg, public, key_id(alg, public), suite(public))


def key_id(alg: int, public: bytes) -> bytes:
    """First 8 bytes of the COSE Key Thumbprint (RFC 9679, SHA-256) of {kty: OKP, crv: Ed25519, x}, or of
    {kty: EC2, crv: SM2's, x, y}."""
    key: dict[int, int | bytes]
    if alg == ED25519:
        key = {1: 1, -1: 6, -2: public}
    elif alg == SM2:
        key = {1: 2, -1: SM2, -2: public[:32], -3: public[32:]}
    else:
        raise WeakKey(f"unknown algorithm {alg}")
    return sha256(encode(key)).digest()[:KID_BYTES]


@dataclass(frozen=True, slots=True)
class Envelope:
    """A COSE_Sign1 as read. Nothing in it is to be believed before `check1`."""

    protected: bytes
    alg: int
    kid: bytes
    content_type: str | None
    payload: bytes
    signature: bytes

    def signed_bytes(self) -> bytes:
        return signed_bytes(self.protected, self.payload)


def sign1(payload: bytes, signer: Signer, *, content_type: str | None = None) -> bytes:
    """`content_type` tells envelopes of one key apart, e.g. `application/vnd.appraisal.receipt+cbor`."""
    header: dict[int, int | str | bytes] = {_ALG: signer.alg, _KID: signer.kid}
    if content_type is not None:
        header[_CONTENT_TYPE] = content_type
    protected = encode(header)
    signature = signer.sign(signed_bytes(protected, payload))
    return b"\xd2\x84" + encode(protected) + b"\xa0" + encode(payload) + encode(signature)


def open1(data: bytes, key: VerifyingKey, *, max_bytes: int, content_type: str | None = None) -> bytes:
    """The payload, once its signature is found good. Raises Malformed or BadSignature."""
    envelope = read1(data, max_bytes=max_bytes)
    check1(envelope, key, content_type=content_type)
    return envelope.payload


def check1(envelope: Envelope, key: VerifyingKey, *, content_type: str | None = None) -> None:
    """Raises BadSignature: another key or algorithm, another content type, changed bytes."""
    if envelope.kid != key.kid or envelope.content_type != content_type or not verifies(envelope, key):
        raise BadSignature


def verifies(envelope: Envelope, key: VerifyingKey) -> bool:
    """Only the algorithm and the signature; `check1` also wants the key named and the content type right."""
    alg = ED25519 if envelope.alg == EDDSA else envelope.alg
    return alg == key.alg and key.check(envelope.signature, signed_bytes(envelope.protected, envelope.payload))


def read1(data: bytes, *, max_bytes: int) -> Envelope:
    """Raises Malformed for any bytes that `sign1` would not write (but -8 is taken for -19)."""
    if len(data) > max_bytes:
        raise Malformed("too_large")
    if data[:2] != b"\xd2\x84":
        raise Malformed("not_cose_sign1")
    protected, at = _byte_string(data, 2)
    if data[at:at + 1] != b"\xa0":
        raise Malformed("unprotected_header")
    payload, at = _byte_string(data, at + 1)
    signature, at = _byte_string(data, at)
    if at != len(data):
        raise Malformed("trailing_bytes")
    if len(signature) != 64:
        raise Malformed("signature_length")
    alg, kid, content_type = _header(protected)
    return Envelope(protected, alg, kid, content_type, payload, signature)


def signed_bytes(protected: bytes, payload: bytes) -> bytes:
    """Sig_structure ["Signature1", protected, external data (none), payload] of RFC 9052 §4.4."""
    return b"\x84\x6aSignature1%b\x40%b" % (_as_byte_string(protected), _as_byte_string(payload))


def _header(protected: bytes) -> tuple[int, bytes, str | None]:
    if len(protected) == 13 and protected.startswith(_USUAL_HEADER):
        return ED25519, protected[5:], None
    header = decode(protected, max_bytes=256, max_depth=1)
    if type(header) is not dict:
        raise Malformed("protected_header")
    alg, kid, content_type = header.pop(_ALG, None), header.pop(_KID, None), header.pop(_CONTENT_TYPE, None)
    if header:  # crit included: no extension of ours is critical yet
        raise Malformed("unknown_header")
    if type(alg) is not int or (alg != EDDSA and alg not in _suites()):
        raise Malformed("unknown_algorithm")
    if type(kid) is not bytes or len(kid) != KID_BYTES or not (content_type is None or type(content_type) is str):
        raise Malformed("protected_header")
    return alg, kid, content_type


def _byte_string(data: bytes, at: int) -> tuple[bytes, int]:
    """The byte string at `at`, its head the shortest, and where the next item begins."""
    head = data[at] if at < len(data) else 0
    at += 1
    if 0x40 <= head < 0x58:
        length = head - 0x40
    elif 0x58 <= head <= 0x5a:
        width = 1 << (head - 0x58)
        length = int.from_bytes(data[at:at + width], "big")
        if length < (24, 1 << 8, 1 << 16)[head - 0x58]:
            raise Malformed("not_deterministic")
        at += width
    else:
        raise Malformed("byte_string_expected")
    end = at + length
    if end > len(data):
        raise Malformed("cut_short")
    return data[at:end], end


def _as_byte_string(data: bytes) -> bytes:
    length = len(data)
    if length < 24:
        return bytes((0x40 + length,)) + data
    if length < 1 << 8:
        return bytes((0x58, length)) + data
    return encode(data)


def _ed25519(public: bytes) -> Callable[[bytes, bytes], bool]:
    if is_weak_point(public):
        raise WeakKey("not a canonical point, or one of small order")
    verify = Ed25519PublicKey.from_public_bytes(public).verify

    def check(signature: bytes, data: bytes) -> bool:
        # The library refuses S >= L and compares R as bytes, so a signature has one spelling.
        try:
            verify(signature, data)
        except InvalidSignature:
            return False
        return True

    return check


def _sm2(public: bytes) -> Callable[[bytes, bytes], bool]:
    if sm2.is_weak_point(public):
        raise WeakKey("coordinates that are not reduced, or no point of the curve")
    return partial(sm2.verifies, public)


def _suites() -> dict[int, Callable[[bytes], Callable[[bytes, bytes], bool]]]:
    return {ED25519: _ed25519, SM2: _sm2}
