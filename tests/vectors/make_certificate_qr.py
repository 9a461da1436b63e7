"""Writes tests/vectors/certificate-qr: cases that every verifier of SKC1 has to agree on.

    python tests/vectors/make_certificate_qr.py

The keys are made from fixed seeds and sign nothing but these files; an SM2 nonce is made from what is signed.
Running it again gives the same bytes; the verdict of each case is written here by hand, from
docs/formats/certificate-qr.md, not by the code under test.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal
from hashlib import sha256
from pathlib import Path
from typing import Any

import cbor2
from cryptography.hazmat.primitives.hashes import SM3, Hash
from gmalg.ellipticcurve import ECDLP

from appraisal.canonical import encode
from appraisal.credential import base45
from appraisal.credential.claims import Claims, to_bytes
from appraisal.credential.cose import (
    ED25519,
    SM2,
    Ed25519Signer,
    Signer,
    Sm2Signer,
    key_id,
    sign1,
    signed_bytes,
    verifying_key,
)
from appraisal.credential.digits import to_digits
from appraisal.credential.sm2 import A, B, G, N, P
from appraisal.credential.status import Status, StatusList, make_status_list
from appraisal.credential.trust import CentreKey, SchemeNames, StatusFloor, TrustList, allowance, make_trust_list
from appraisal.domain.certificate import Bilingual

FOLDER = Path(__file__).parent / "certificate-qr"
ISSUED, DAY = 1_790_000_000, 86_400
NOW = ISSUED + 10 * DAY
HOST = "verify.example.cn/c"

LIST, CENTRE, CLOSED, RETIRED, STRANGER = (Ed25519Signer.from_seed(bytes([n]) * 32) for n in range(1, 6))
USER = b"1234567812345678"


def sm3(data: bytes) -> bytes:
    hashed = Hash(SM3())
    hashed.update(data)
    return hashed.finalize()


@dataclass(frozen=True)
class Sm2ByHand:
    """Signs as GB/T 32918.2 says, and otherwise. Its nonces are made from what is signed: files stay the same."""

    private: bytes
    user: bytes = USER
    time: int = 1
    """Another time, another nonce and signature."""
    alg: int = SM2

    @property
    def public(self) -> bytes:
        return Sm2Signer.from_private(self.private).public

    @property
    def kid(self) -> bytes:
        return key_id(SM2, self.public)

    def z(self) -> bytes:
        return sm3((8 * len(self.user)).to_bytes(2) + self.user + b"".join(n.to_bytes(32) for n in (A, B, *G))
                   + self.public)

    def sign(self, data: bytes) -> bytes:
        return self.sign_digest(sm3(self.z() + data))

    def sign_digest(self, digest: bytes) -> bytes:
        d, k = int.from_bytes(self.private), int.from_bytes(sha256(self.private * self.time + digest).digest()) % N
        x, _ = ECDLP(P, A, B, G, N).kG(k)
        r = (int.from_bytes(digest) + x) % N
        return r.to_bytes(32) + ((k - r * d) * pow(1 + d, -1, N) % N).to_bytes(32)

    def at_infinity(self, data: bytes) -> bytes:
        """s G + t P has no x; r is what it is for whoever takes that x for 0."""
        r, d = int.from_bytes(sm3(self.z() + data)) % N, int.from_bytes(self.private)
        return r.to_bytes(32) + (-r * d * pow(1 + d, -1, N) % N).to_bytes(32)


SM2_CENTRE, SM2_CLOSED, SM2_STRANGER = (Sm2ByHand(bytes([n]) * 32) for n in range(6, 9))

PLAIN = Claims(
    issued=ISSUED, number="ZGC-2026-0001-000001-7", name="欧阳娜娜", scheme="innovation-talent", template_version=1,
    expires=ISSUED + 1000 * DAY, latin_name="OUYANG Nana", level=3,
    marks=tuple(Decimal(n) / 2 for n in range(140, 147)), id_tag=bytes.fromhex("a1b2c3"), status=(3, 70_000))
BARE = Claims(issued=ISSUED, number="1", name="李", scheme="x", template_version=0)
HONEST, SM2_HONEST = (sign1(to_bytes(PLAIN), signer) for signer in (CLOSED, SM2_CLOSED))


def context() -> dict[str, Any]:
    states = {1: Status.REVOKED, 2: Status.SUSPENDED, 3: Status.REPLACED, 4: Status.REPLACED, 131_071: Status.REVOKED}
    status = StatusList(3, ISSUED + DAY, ISSUED + 31 * DAY).changed(
        states, ISSUED + DAY, ISSUED + 31 * DAY, {3: "ZGC-2026-0001-000099-1"})
    other = StatusList(4, ISSUED + DAY, ISSUED + 5 * DAY)
    signed = {one.number: make_status_list(one, LIST) for one in (status, other)}

    def key(signer: Ed25519Signer | Sm2ByHand, zh: str, en: str, **window: Any) -> CentreKey:
        return CentreKey(verifying_key(signer.alg, signer.public), Bilingual(zh, en), ISSUED - DAY, **window)

    def digest(number: int) -> bytes:
        return sha256(signed[number]).digest()

    trust = TrustList(
        1, ISSUED + 2 * DAY, ISSUED + 92 * DAY, None,
        (key(CENTRE, "示范评价中心", "Demonstration Centre"),
         key(CLOSED, "关闭的中心", "Closed Centre", allowed=frozenset({allowance(HONEST)})),
         key(RETIRED, "退出的中心", "Retired Centre", sign_to=ISSUED, trust_to=ISSUED + 50 * DAY),
         key(SM2_CENTRE, "国密示范中心", "SM2 Demonstration Centre"),
         key(SM2_CLOSED, "国密关闭的中心", "SM2 Closed Centre", allowed=frozenset({allowance(SM2_HONEST)}))),
        {"innovation-talent": SchemeNames(
            Bilingual("创新人才", "Innovation Talent"), {3: Bilingual("三级/高级工", "Level 3 / Senior")})},
        {number: StatusFloor(ISSUED + DAY, digest(number)) for number in signed})
    return {
        "list_key": LIST.public.hex(), "now": NOW,
        "trust_list": make_trust_list(trust, LIST).hex(),
        "status_lists": {str(number): data.hex() for number, data in signed.items()}}


def enveloped(protected: bytes, payload: bytes, signer: Signer = CENTRE) -> bytes:
    """Signed by the book over whatever it is."""
    return with_signature(protected, payload, signer.sign)


def with_signature(protected: bytes, payload: bytes, sign: Callable[[bytes], bytes]) -> bytes:
    signature = sign(signed_bytes(protected, payload))
    return b"\xd2\x84" + encode(protected) + b"\xa0" + encode(payload) + encode(signature)


HEADER = encode({1: ED25519, 4: CENTRE.kid})
GOOD = sign1(to_bytes(PLAIN), CENTRE)
SM2_HEADER = encode({1: SM2, 4: SM2_CENTRE.kid})
SM2_GOOD = sign1(to_bytes(PLAIN), SM2_CENTRE)


def raw_claims(outer: dict[int, Any] | None = None, **inner: Any) -> bytes:
    """Claims with single values put out of their bounds; k5=None leaves key 5 out."""
    values = cbor2.loads(to_bytes(PLAIN))
    for name, value in inner.items():
        values[-70100].pop(int(name[1:]), None)
        if value is not None:
            values[-70100][int(name[1:])] = value
    values |= outer or {}
    return sign_claims(encode(values))


def sign_claims(payload: bytes, signer: Signer = CENTRE) -> bytes:
    return enveloped(encode({1: signer.alg, 4: signer.kid}), payload, signer)


def text_cases() -> list[dict[str, Any]]:
    digits = to_digits(GOOD)
    url = f"https://{HOST}/#{digits}"
    at = 17 * 25 + 16  # the last digit of a group that lies in the signature
    edited = digits[:at] + str((int(digits[at]) + 1) % 10) + digits[at + 1:]
    return [
        case("text-url", url, "VALID"), case("text-bare-digits", digits, "VALID"),
        case("text-mangled-url", f"HTTPS;--VERIFY>EXAMPLE>CN-C-£{digits}\r\n", "VALID"),
        case("text-last-run-counts", f"{'7' * 120} {digits}", "VALID"),
        case("text-short-run-after", f"{digits} 12345", "VALID"),
        case("text-base45", f"SKC1:{base45.encode(GOOD)}", "VALID"),
        case("text-base45-in-a-line", f"证书:SKC1:{base45.encode(GOOD)}\n", "VALID"),
        case("text-base45-cut", f"SKC1:{base45.encode(GOOD)[:-2]}", "MALFORMED"),
        case("text-base45-lower-case", f"SKC1:{base45.encode(GOOD).lower()}", "MALFORMED"),
        case("text-one-digit-edited", f"https://{HOST}/#{edited}", "BAD_SIGNATURE"),
        case("text-one-digit-lost", digits[:-1], "MALFORMED"),
        case("text-one-digit-more", digits + "0", "MALFORMED"),
        case("text-group-too-large", "9" * 17 + digits[17:], "MALFORMED"),
        case("text-full-width-digits", digits.translate({48 + n: 0xFF10 + n for n in range(10)}), "MALFORMED"),
        case("text-nothing", "", "MALFORMED"), case("text-something-else", "https://example.cn/?id=1", "MALFORMED"),
        case("text-99-digits", digits[:99], "MALFORMED"),
        case("text-too-long", " " * 16_384 + digits, "MALFORMED"),
        case("text-as-long-as-may-be", digits.rjust(16_384), "VALID"),
        case("text-beyond-the-plane-as-long-as-may-be", digits.rjust(16_384, "\U0002c0d6"), "VALID"),
        case("text-mark-alone", "SKC1:", "MALFORMED"), case("text-100-digits", "1" * 100, "MALFORMED"),
        case("text-base45-group-too-large", "SKC1::::", "MALFORMED"),
        case("text-digits-before-base45", f"SKC1:{base45.encode(GOOD[:-1])} {digits}", "VALID"),
        case("text-broken-into-lines", f"{digits[:250]}\n{digits[250:]}", "MALFORMED"),
        case("text-url-digit-in-host", f"https://1{HOST}/#{digits}", "VALID"),
    ]


def envelope_cases() -> list[dict[str, Any]]:
    payload, swapped = to_bytes(PLAIN), bytearray(GOOD)
    swapped[14] ^= 1
    by_stranger = enveloped(HEADER, payload, STRANGER)
    weak = GOOD[:-64] + bytes([1]) + bytes(63)
    high_s = GOOD[:-32] + (int.from_bytes(GOOD[-32:], "little") + 2**252
                           + 27742317777372353535851937790883648493).to_bytes(32, "little")
    signature = GOOD[-66:]
    return [
        case("envelope-plain", GOOD, "VALID"),
        case("envelope-eddsa-minus-8", enveloped(encode({1: -8, 4: CENTRE.kid}), payload), "VALID"),
        case("envelope-es256", enveloped(encode({1: -7, 4: CENTRE.kid}), payload), "MALFORMED"),
        case("envelope-no-kid", enveloped(encode({1: -19}), payload), "MALFORMED"),
        case("envelope-short-kid", enveloped(encode({1: -19, 4: CENTRE.kid[:7]}), payload), "MALFORMED"),
        case("envelope-no-algorithm", enveloped(encode({4: CENTRE.kid}), payload), "MALFORMED"),
        case("envelope-crit", enveloped(encode({1: -19, 2: [4], 4: CENTRE.kid}), payload), "MALFORMED"),
        case("envelope-unknown-header", enveloped(encode({1: -19, 4: CENTRE.kid, 33: b"x"}), payload), "MALFORMED"),
        case("envelope-content-type", sign1(payload, CENTRE, content_type="text/plain"), "MALFORMED"),
        case("envelope-header-keys-out-of-order",
             enveloped(b"\xa2\x04\x48" + CENTRE.kid + b"\x01\x32", payload), "MALFORMED"),
        case("envelope-unprotected", GOOD.replace(b"\xa0\x58", b"\xa1\x01\x32\x58", 1), "MALFORMED"),
        case("envelope-untagged", GOOD[1:], "MALFORMED"), case("envelope-tag-98", b"\xd8\x62" + GOOD[1:], "MALFORMED"),
        case("envelope-trailing-byte", GOOD + b"\x00", "MALFORMED"), case("envelope-cut", GOOD[:-1], "MALFORMED"),
        case("envelope-empty", b"", "MALFORMED"),
        case("envelope-length-not-shortest", GOOD[:-66] + b"\x59\x00\x40" + GOOD[-64:], "MALFORMED"),
        case("envelope-indefinite-array", b"\xd2\x9f" + GOOD[2:] + b"\xff", "MALFORMED"),
        case("envelope-63-byte-signature", GOOD[:-66] + b"\x58\x3f" + GOOD[-63:], "MALFORMED"),
        case("envelope-detached-payload", GOOD[:17] + b"\xf6" + signature, "MALFORMED"),
        case("envelope-over-4096", enveloped(HEADER, payload + bytes(4000)), "MALFORMED"),
        case("envelope-signed-by-another", by_stranger, "BAD_SIGNATURE"),
        case("envelope-stranger", sign_claims(payload, STRANGER), "KEY_UNKNOWN"),
        case("envelope-kid-edited", bytes(swapped), "BAD_SIGNATURE"),
        case("envelope-no-trust-list", GOOD, "KEY_UNKNOWN", trust=False),
        case("envelope-signature-zero", GOOD[:-64] + bytes(64), "BAD_SIGNATURE"),
        case("envelope-signature-small-order-r", weak, "BAD_SIGNATURE"),
        case("envelope-signature-s-plus-l", high_s, "BAD_SIGNATURE"),
        case("envelope-name-edited", GOOD.replace("欧阳".encode(), "欧陽".encode()), "BAD_SIGNATURE"),
        case("envelope-number-edited", GOOD.replace(b"000001-7", b"000002-7"), "BAD_SIGNATURE"),
    ]


def claims_cases() -> list[dict[str, Any]]:
    body, deep = to_bytes(PLAIN), encode([[[[[[[[[[]]]]]]]]]])
    return [
        case("claims-fewest", sign_claims(to_bytes(BARE)), "VALID_STATUS_UNKNOWN"),
        case("claims-all", sign_claims(to_bytes(replace(PLAIN, replaces="ZGC-2025-0001-000009-9"))), "VALID"),
        case("claims-rare-character", sign_claims(to_bytes(replace(PLAIN, name="陈𬱖"))), "VALID"),
        case("claims-middle-dot", sign_claims(to_bytes(replace(PLAIN, name="阿卜杜拉·艾合买提"))), "VALID"),
        case("claims-ideographic-variant", raw_claims(k2="葛\U000e0100城"), "VALID"),
        case("claims-marks-some-none", sign_claims(to_bytes(replace(
            PLAIN, marks=(None, Decimal(0), Decimal(100), None, Decimal("0.5"), Decimal("99.5"), None)))), "VALID"),
        case("claims-marks-201", raw_claims(k6=bytes([201]) + bytes(6)), "MALFORMED"),
        case("claims-marks-254", raw_claims(k6=bytes([254]) + bytes(6)), "MALFORMED"),
        case("claims-six-marks", raw_claims(k6=bytes(6)), "MALFORMED"),
        case("claims-number-missing", raw_claims(k1=None), "MALFORMED"),
        case("claims-name-empty", raw_claims(k2=""), "MALFORMED"),
        case("claims-name-65", raw_claims(k2="李" * 65), "MALFORMED"),
        case("claims-name-64", raw_claims(k2="李" * 64), "VALID"),
        case("claims-name-nfd", raw_claims(k2="Jose\u0301"), "MALFORMED"),
        case("claims-name-bidi-override", raw_claims(k2="李\u202e四"), "MALFORMED"),
        case("claims-name-line-break", raw_claims(k2="李\n四"), "MALFORMED"),
        case("claims-name-bytes", raw_claims(k2="李".encode()), "MALFORMED"),
        case("claims-name-invalid-utf8",
             sign_claims(body.replace("欧".encode(), b"\xff\xff\xff")), "MALFORMED"),
        case("claims-scheme-unknown", raw_claims(k4="other"), "VALID"),
        case("claims-scheme-space", raw_claims(k4="a b"), "MALFORMED"),
        case("claims-level-15", raw_claims(k5=15), "VALID"), case("claims-level-16", raw_claims(k5=16), "MALFORMED"),
        case("claims-level-true", raw_claims(k5=True), "MALFORMED"),
        case("claims-tag-2-bytes", raw_claims(k7=b"ab"), "MALFORMED"),
        case("claims-index-last", raw_claims(k8=[4, 131_071]), "VALID_STATUS_STALE"),
        case("claims-index-131072", raw_claims(k8=[3, 131_072]), "MALFORMED"),
        case("claims-status-of-three", raw_claims(k8=[3, 1, 1]), "MALFORMED"),
        case("claims-unknown-inner-key", raw_claims(k11=1), "MALFORMED"),
        case("claims-unknown-outer-key", raw_claims({7: b"x"}), "MALFORMED"),
        case("claims-expires-before-issued", raw_claims({4: ISSUED}), "MALFORMED"),
        case("claims-issued-negative", raw_claims({6: -1}), "MALFORMED"),
        case("claims-issued-2-to-38", raw_claims({6: 1 << 38, 4: (1 << 38) + 1}), "MALFORMED"),
        case("claims-float-time", sign_claims(cbor2.dumps({4: 2.5e9, 6: ISSUED, -70100: {}})), "MALFORMED"),
        case("claims-null-level", raw_claims({-70100: {**cbor2.loads(body)[-70100], 5: None}}), "MALFORMED"),
        case("claims-not-a-map", sign_claims(encode([1, 2])), "MALFORMED"),
        case("claims-too-deep", sign_claims(deep), "MALFORMED"),
        case("claims-keys-out-of-order", sign_claims(b"\xa3" + body[7:] + body[1:7]), "MALFORMED"),
        case("claims-duplicate-key", sign_claims(b"\xa4" + body[1:7] + body[1:]), "MALFORMED"),
        case("claims-long-integer", sign_claims(body.replace(b"\x04\x1a", b"\x04\x1b\0\0\0\0", 1)), "MALFORMED"),
        case("claims-indefinite-map", sign_claims(b"\xbf" + body[1:] + b"\xff"), "MALFORMED"),
        case("claims-trailing-byte", sign_claims(body + b"\xf6"), "MALFORMED"),
        case("claims-tagged-time", sign_claims(body.replace(b"\x06\x1a", b"\x06\xc1\x1a", 1)), "MALFORMED"),
    ]


def spelled(value: str, *, field: int = 5, was: bytes = b"\x03") -> bytes:
    """Claims with the bytes `value`, in hexadecimal, where the value of that field stands."""
    body, at = to_bytes(PLAIN), bytes([field]) + was
    assert body.count(at) == 1
    return sign_claims(body.replace(at, bytes([field]) + bytes.fromhex(value)))


def spelling_cases() -> list[dict[str, Any]]:
    """CBOR that says something else, or the same in another way."""
    levels = {
        "half-float": "f94200", "single-float": "fa40400000", "double-float": "fb4008000000000000", "undefined": "f7",
        "simple-0": "e0", "simple-32": "f820", "false-in-two-bytes": "f814", "tagged": "c103", "in-two-bytes": "1803",
        "in-three-bytes": "190003", "in-five-bytes": "1a00000003", "in-nine-bytes": "1b0000000000000003",
        "reserved-head": "1c", "endless-head": "1f", "largest": "1bffffffffffffffff", "minus-one": "20",
        "smallest": "3bffffffffffffffff", "bignum": "c24103", "false": "f4", "text": "6133", "bytes": "4103",
        "array": "8103", "map": "a10303"}
    names = {
        "overlong": "62c181", "surrogate": "63eda080", "beyond-unicode": "64f4908080", "cut-character": "61e6",
        "in-chunks": "7f63e69d8eff", "length-in-two-bytes": "7803e69d8e", "longer-than-the-rest": "7903e8"}
    name = b"\x6c" + PLAIN.name.encode()
    return [
        *(case(f"spelling-level-{what}", spelled(value), "MALFORMED") for what, value in levels.items()),
        *(case(f"spelling-name-{what}", spelled(value, field=2, was=name), "MALFORMED")
          for what, value in names.items()),
        case("spelling-key-as-text", raw_claims({"7": 1}), "MALFORMED"),
        case("spelling-key-as-bytes", raw_claims({b"\x07": 1}), "MALFORMED"),
        case("spelling-key-in-two-bytes", spelled("03180503", field=5), "MALFORMED"),
    ]


def bound_cases() -> list[dict[str, Any]]:
    """The last value that a field may have, and the first that it may not."""
    hidden = {"soft-hyphen": 0xAD, "joiner": 0x200D, "byte-order-mark": 0xFEFF, "line-separator": 0x2028,
              "paragraph-separator": 0x2029, "next-line": 0x85, "delete": 0x7F, "null": 0, "tab": 9, "isolate": 0x2066}
    shown = {"no-break-space": 0xA0, "private-use": 0xE000, "emoji": 0x1F600, "ideographic-space": 0x3000}
    return [
        *(case(f"bound-name-{what}", raw_claims(k2=f"{chr(point)}李"), "MALFORMED") for what, point in hidden.items()),
        *(case(f"bound-name-{what}", raw_claims(k2=f"李{chr(point)}"), "VALID") for what, point in shown.items()),
        case("bound-name-64-beyond-the-plane", raw_claims(k2="\U0002c0d6" * 64), "VALID"),
        case("bound-name-65-beyond-the-plane", raw_claims(k2="\U0002c0d6" * 65), "MALFORMED"),
        case("bound-latin-name-nfd", raw_claims(k3="Jose\u0301"), "MALFORMED"),
        case("bound-latin-name-nfc", raw_claims(k3="Jos\u00e9"), "VALID"),
        case("bound-latin-name-empty", raw_claims(k3=""), "MALFORMED"),
        case("bound-number-64", raw_claims(k1="9" * 64), "VALID"),
        case("bound-number-65", raw_claims(k1="9" * 65), "MALFORMED"),
        case("bound-number-whole", raw_claims(k1=9), "MALFORMED"),
        case("bound-replaces-empty", raw_claims(k10=""), "MALFORMED"),
        case("bound-scheme-32", raw_claims(k4="x" * 32), "VALID"),
        case("bound-scheme-33", raw_claims(k4="x" * 33), "MALFORMED"),
        case("bound-scheme-line-end", raw_claims(k4="x\n"), "MALFORMED"),
        case("bound-scheme-full-width", raw_claims(k4="\uff11"), "MALFORMED"),
        case("bound-scheme-empty", raw_claims(k4=""), "MALFORMED"),
        case("bound-template-largest", raw_claims(k9=2**32 - 1), "VALID"),
        case("bound-template-too-large", raw_claims(k9=2**32), "MALFORMED"),
        case("bound-template-missing", raw_claims(k9=None), "MALFORMED"),
        case("bound-marks-eight", raw_claims(k6=bytes(8)), "MALFORMED"),
        case("bound-marks-200", raw_claims(k6=b"\xc8" * 7), "VALID"),
        case("bound-marks-text", raw_claims(k6="1234567"), "MALFORMED"),
        case("bound-tag-4-bytes", raw_claims(k7=b"abcd"), "MALFORMED"),
        case("bound-tag-text", raw_claims(k7="abc"), "MALFORMED"),
        case("bound-tag-missing", raw_claims(k7=None), "VALID"),
        case("bound-list-largest", raw_claims(k8=[2**32 - 1, 1]), "VALID_STATUS_UNKNOWN"),
        case("bound-list-too-large", raw_claims(k8=[2**32, 1]), "MALFORMED"),
        case("bound-list-negative", raw_claims(k8=[-1, 1]), "MALFORMED"),
        case("bound-status-empty", raw_claims(k8=[]), "MALFORMED"),
        case("bound-expires-2-to-38", raw_claims({4: 1 << 38}), "MALFORMED"),
        case("bound-expires-a-second-after", raw_claims({4: ISSUED + 1}), "EXPIRED"),
        case("bound-issued-missing", sign_claims(encode({-70100: cbor2.loads(to_bytes(PLAIN))[-70100]})), "MALFORMED"),
        case("bound-certificate-missing", sign_claims(encode({6: ISSUED})), "MALFORMED"),
    ]


def header_cases() -> list[dict[str, Any]]:
    payload, far, near = to_bytes(PLAIN), bytearray(GOOD), bytearray(GOOD)
    near[15] ^= 0x40  # the last byte of the kid
    far[10] ^= 1
    far[15] ^= 1  # its first six and its last two
    return [
        case("header-kid-edited-at-its-end", bytes(near), "BAD_SIGNATURE"),
        case("header-kid-edited-twice", bytes(far), "KEY_UNKNOWN"),
        case("header-kid-of-nine", enveloped(encode({1: -19, 4: CENTRE.kid + b"x"}), payload), "MALFORMED"),
        case("header-kid-as-text", enveloped(encode({1: -19, 4: "12345678"}), payload), "MALFORMED"),
        case("header-algorithm-as-text", enveloped(encode({1: "EdDSA", 4: CENTRE.kid}), payload), "MALFORMED"),
        case("header-algorithm-huge", enveloped(encode({1: 2**63, 4: CENTRE.kid}), payload), "MALFORMED"),
        case("header-content-type-a-number", enveloped(encode({1: -19, 3: 0, 4: CENTRE.kid}), payload), "MALFORMED"),
        case("header-empty", enveloped(b"", payload), "MALFORMED"),
        case("header-no-map", enveloped(encode([1, 4]), payload), "MALFORMED"),
        case("header-payload-empty", enveloped(HEADER, b""), "MALFORMED"),
        case("header-array-of-three", b"\xd2\x83" + GOOD[2:], "MALFORMED"),
        case("header-65-byte-signature", GOOD[:-66] + b"\x58\x41" + GOOD[-64:] + b"x", "MALFORMED"),
        case("header-length-beyond-the-end", GOOD[:-66] + b"\x5a\xff\xff\xff\xff" + GOOD[-64:], "MALFORMED"),
    ]


def state_cases() -> list[dict[str, Any]]:
    def at(index: int) -> bytes:
        return raw_claims(k8=[3, index])

    early, late = replace(PLAIN, issued=ISSUED - 2 * DAY), replace(PLAIN, issued=ISSUED + 1)
    return [
        case("state-revoked", at(1), "REVOKED"), case("state-suspended", at(2), "SUSPENDED"),
        case("state-replaced", at(3), "REPLACED", by="ZGC-2026-0001-000099-1"),
        case("state-replaced-by-unnamed", at(4), "REPLACED"), case("state-beside-them", at(5), "VALID"),
        case("state-revoked-last-index", at(131_071), "REVOKED"), case("state-first-index", at(0), "VALID"),
        case("state-no-list-read", GOOD, "VALID_STATUS_UNKNOWN", statuses=[]),
        case("state-only-another-list-read", GOOD, "VALID_STATUS_UNKNOWN", statuses=[4]),
        case("state-list-past-its-term", GOOD, "VALID_STATUS_STALE", now=ISSUED + 32 * DAY),
        case("state-list-at-its-term", GOOD, "VALID", now=ISSUED + 31 * DAY),
        case("state-trust-list-past-its-term", GOOD, "VALID_STATUS_STALE", now=ISSUED + 93 * DAY),
        case("state-revoked-on-a-stale-list", at(1), "REVOKED", now=ISSUED + 400 * DAY),
        case("state-expired", GOOD, "EXPIRED", now=ISSUED + 1000 * DAY + 1),
        case("state-last-second", GOOD, "VALID_STATUS_STALE", now=ISSUED + 1000 * DAY),
        case("state-revoked-and-expired", at(1), "REVOKED", now=ISSUED + 2000 * DAY),
        case("state-expired-no-list", GOOD, "EXPIRED", now=ISSUED + 2000 * DAY, statuses=[]),
        case("state-clock-in-1970", GOOD, "VALID", now=0),
        case("state-expired-clock-in-1970", raw_claims({4: ISSUED + DAY}), "EXPIRED", now=0),
        case("key-before-its-window", sign_claims(to_bytes(early)), "KEY_OUT_OF_WINDOW"),
        case("key-after-its-window", sign_claims(to_bytes(late), RETIRED), "KEY_OUT_OF_WINDOW"),
        case("key-last-second-of-window", sign_claims(to_bytes(PLAIN), RETIRED), "VALID"),
        case("key-no-longer-believed", sign_claims(to_bytes(PLAIN), RETIRED), "KEY_OUT_OF_WINDOW",
             now=ISSUED + 50 * DAY + 1),
        case("key-closed-allowed", HONEST, "VALID"),
        case("key-closed-not-allowed", sign_claims(to_bytes(BARE), CLOSED), "KEY_COMPROMISED"),
        case("key-closed-and-revoked", sign_claims(to_bytes(replace(PLAIN, status=(3, 1))), CLOSED), "KEY_COMPROMISED"),
        case("key-closed-and-out-of-window", sign_claims(to_bytes(early), CLOSED), "KEY_COMPROMISED"),
        case("key-out-of-window-and-revoked", sign_claims(to_bytes(replace(late, status=(3, 1))), RETIRED),
             "KEY_OUT_OF_WINDOW"),
    ]


def sm2_signature_cases() -> list[dict[str, Any]]:
    """GOOD's claims, signed by SM2 and by what is nearly that."""
    payload, r, s = to_bytes(PLAIN), SM2_GOOD[-64:-32], SM2_GOOD[-32:]
    of = {"n": N.to_bytes(32), "n-plus-1": (N + 1).to_bytes(32), "largest": b"\xff" * 32, "zero": bytes(32),
          "n-minus-1": (N - 1).to_bytes(32), "p": P.to_bytes(32), "one": (1).to_bytes(32)}
    r_and_s = {
        **{f"r-{name}": value + s for name, value in of.items()},
        **{f"s-{name}": r + value for name, value in of.items()},
        "zero": bytes(64), "swapped": s + r, "s-negated": r + (N - int.from_bytes(s)).to_bytes(32),
        "s-n-minus-r": r + (N - int.from_bytes(r)).to_bytes(32), "little-endian": r[::-1] + s[::-1],
        "r-a-bit-changed": bytes([r[0] ^ 0x80]) + r[1:] + s, "s-a-bit-changed": r + s[:-1] + bytes([s[-1] ^ 1])}
    ways: dict[str, Callable[[bytes], bytes]] = {
        "of-another-user": Sm2ByHand(SM2_CENTRE.private, b"ALICE123@YAHOO.COM").sign,
        "of-no-user": Sm2ByHand(SM2_CENTRE.private, b"").sign,
        "without-z": lambda data: SM2_CENTRE.sign_digest(sm3(data)),
        "of-a-digest": lambda data: SM2_CENTRE.sign(sm3(data)),
        "over-sha-256": lambda data: SM2_CENTRE.sign_digest(sha256(SM2_CENTRE.z() + data).digest()),
        "of-another-key-s-z": lambda data: SM2_CENTRE.sign_digest(sm3(SM2_CLOSED.z() + data)),
        "sum-at-infinity": SM2_CENTRE.at_infinity, "by-another": SM2_CLOSED.sign, "by-ed25519": CENTRE.sign}
    der = bytes.fromhex("3046022100") + r + bytes.fromhex("022100") + s
    return [
        *(case(f"sm2-signature-{name}", SM2_GOOD[:-64] + value, "BAD_SIGNATURE") for name, value in r_and_s.items()),
        *(case(f"sm2-signature-{name}", with_signature(SM2_HEADER, payload, sign), "BAD_SIGNATURE")
          for name, sign in ways.items()),
        case("sm2-signature-in-der", SM2_GOOD[:-66] + encode(der), "MALFORMED"),
        case("sm2-signature-63-bytes", SM2_GOOD[:-66] + encode(SM2_GOOD[-64:-1]), "MALFORMED")]


def sm2_header_cases() -> list[dict[str, Any]]:
    """The algorithm belongs to the key."""
    payload, near, far = to_bytes(PLAIN), bytearray(SM2_GOOD), bytearray(SM2_GOOD)
    near[12] ^= 1  # the first byte of the kid
    far[12] ^= 1  # its first six and its last two
    far[19] ^= 1

    def header(alg: int, kid: bytes) -> bytes:
        return encode({1: alg, 4: kid})

    long = b"\xa2\x01\x3b\0\0\0\0\0\x01\0\0\x04\x48" + SM2_CENTRE.kid
    return [
        case("sm2-header-ed25519", enveloped(header(ED25519, SM2_CENTRE.kid), payload, SM2_CENTRE), "BAD_SIGNATURE"),
        case("sm2-header-eddsa", enveloped(header(-8, SM2_CENTRE.kid), payload, SM2_CENTRE), "BAD_SIGNATURE"),
        case("sm2-header-ed25519-signed-so",
             enveloped(header(ED25519, SM2_CENTRE.kid), payload, CENTRE), "BAD_SIGNATURE"),
        case("sm2-header-ed25519-edited", SM2_GOOD.replace(SM2_HEADER, header(ED25519, SM2_CENTRE.kid)).replace(
            b"\xd2\x84\x51", b"\xd2\x84\x4d", 1), "BAD_SIGNATURE"),
        case("sm2-header-over-an-ed25519-key", enveloped(header(SM2, CENTRE.kid), payload, CENTRE), "BAD_SIGNATURE"),
        case("sm2-header-over-an-ed25519-key-signed-so",
             enveloped(header(SM2, CENTRE.kid), payload, SM2_CENTRE), "BAD_SIGNATURE"),
        case("sm2-header-es256", enveloped(header(-7, SM2_CENTRE.kid), payload, SM2_CENTRE), "MALFORMED"),
        case("sm2-header-minus-65536", enveloped(header(-65536, SM2_CENTRE.kid), payload, SM2_CENTRE), "MALFORMED"),
        case("sm2-header-minus-65538", enveloped(header(-65538, SM2_CENTRE.kid), payload, SM2_CENTRE), "MALFORMED"),
        case("sm2-header-65537", enveloped(header(65537, SM2_CENTRE.kid), payload, SM2_CENTRE), "MALFORMED"),
        case("sm2-header-in-nine-bytes", enveloped(long, payload, SM2_CENTRE), "MALFORMED"),
        case("sm2-header-content-type", sign1(payload, SM2_CENTRE, content_type="text/plain"), "MALFORMED"),
        case("sm2-header-kid-edited", bytes(near), "BAD_SIGNATURE"),
        case("sm2-header-kid-edited-twice", bytes(far), "KEY_UNKNOWN"),
        case("sm2-header-stranger", sign_claims(payload, SM2_STRANGER), "KEY_UNKNOWN"),
        case("sm2-header-no-trust-list", SM2_GOOD, "KEY_UNKNOWN", trust=False)]


def sm2_state_cases() -> list[dict[str, Any]]:
    def signed(signer: Sm2ByHand = SM2_CENTRE, **changed: Any) -> bytes:
        return sign1(to_bytes(replace(PLAIN, **changed)), signer)

    def hashed(remainder: int) -> bytes:
        """Of so many bytes beyond whole blocks of SM3, Z included: about 56 its padding begins another block."""
        made = (to_bytes(replace(PLAIN, number="9" * length, name=name))
                for name in ("李", "李四") for length in range(1, 65))
        return sign_claims(next(payload for payload in made if (
            len(SM2_CENTRE.z() + signed_bytes(SM2_HEADER, payload)) % 64 == remainder)), SM2_CENTRE)

    digits = to_digits(SM2_GOOD)
    return [
        case("sm2-plain", SM2_GOOD, "VALID"), case("sm2-url", f"https://{HOST}/#{digits}", "VALID"),
        case("sm2-base45", f"SKC1:{base45.encode(SM2_GOOD)}", "VALID"),
        case("sm2-fewest", sign_claims(to_bytes(BARE), SM2_CENTRE), "VALID_STATUS_UNKNOWN"),
        *(case(f"sm2-hashed-{beyond}-of-64", hashed(beyond), "VALID") for beyond in (0, 1, 54, 55, 56, 57, 63)),
        case("sm2-revoked", signed(status=(3, 1)), "REVOKED"),
        case("sm2-suspended", signed(status=(3, 2)), "SUSPENDED"),
        case("sm2-replaced", signed(status=(3, 3)), "REPLACED", by="ZGC-2026-0001-000099-1"),
        case("sm2-expired", SM2_GOOD, "EXPIRED", now=ISSUED + 1000 * DAY + 1),
        case("sm2-last-second", SM2_GOOD, "VALID_STATUS_STALE", now=ISSUED + 1000 * DAY),
        case("sm2-no-list-read", SM2_GOOD, "VALID_STATUS_UNKNOWN", statuses=[]),
        case("sm2-before-its-window", signed(issued=ISSUED - 2 * DAY), "KEY_OUT_OF_WINDOW"),
        case("sm2-closed-allowed", SM2_HONEST, "VALID"),
        case("sm2-closed-not-allowed", signed(SM2_CLOSED, number="2"), "KEY_COMPROMISED"),
        case("sm2-closed-signed-again", sign1(to_bytes(PLAIN), replace(SM2_CLOSED, time=2)), "KEY_COMPROMISED"),
        case("sm2-name-edited", SM2_GOOD.replace("欧阳".encode(), "欧陽".encode()), "BAD_SIGNATURE"),
        case("sm2-number-edited", SM2_GOOD.replace(b"000001-7", b"000002-7"), "BAD_SIGNATURE"),
        case("sm2-expiry-edited", SM2_GOOD.replace(
            encode(PLAIN.expires), encode(ISSUED + 2000 * DAY)), "BAD_SIGNATURE")]


def case(name: str, given: str | bytes, verdict: str, *, now: int = NOW, trust: bool = True,
         statuses: list[int] | None = None, by: str | None = None) -> dict[str, Any]:
    made: dict[str, Any] = {"name": name, "verdict": verdict, "now": now, "trust": trust,
                            "statuses": [3, 4] if statuses is None else statuses}
    made |= {"text": given} if isinstance(given, str) else {"hex": given.hex()}
    return made | ({"by": by} if by else {})


def cases() -> list[dict[str, Any]]:
    return [*text_cases(), *envelope_cases(), *header_cases(), *claims_cases(), *spelling_cases(), *bound_cases(),
            *state_cases(), *sm2_state_cases(), *sm2_header_cases(), *sm2_signature_cases()]


def main() -> None:
    FOLDER.mkdir(exist_ok=True)
    for name, content in (("context", context()), ("cases", cases())):
        (FOLDER / f"{name}.json").write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
