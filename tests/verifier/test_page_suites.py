"""SM2 with SM3 as the page has it: the standards' examples, what Python signs, and keys and lists of that suite."""

import base64
import random
from dataclasses import replace

import pytest
from cryptography.hazmat.primitives.hashes import SM3, Hash
from gmalg.ellipticcurve import ECDLP
from page_kit import CASES, CONTEXT, with_lists

from appraisal.canonical import decode, encode
from appraisal.credential.cose import ED25519, Ed25519Signer, Sm2Signer, read1, sign1, verifying_key
from appraisal.credential.sm2 import A, B, G, N, P
from appraisal.credential.trust import CONTENT_TYPE, make_trust_list, vouched_trust_list

GOOD = bytes.fromhex(next(one["hex"] for one in CASES if one["name"] == "sm2-plain"))
LIST, SM2_LIST = Ed25519Signer.from_seed(bytes([1]) * 32), Sm2Signer.from_private(bytes([9]) * 32)
TRUST = bytes.fromhex(CONTEXT["trust_list"])
# GB/T 32918.5-2017, Annex A.2
PUBLIC = bytes.fromhex("09f9df311e5421a150dd7d161e4bc5c672179fad1833fc076bb08ff356f35020"
                       "ccea490ce26775a52dc6ea718cc1aa600aed05fbf35e084a6632f6072da9ad13")
SIGNATURE = bytes.fromhex("f5a03b0648d2c4630eeac513e1bb81a15944da3827d5b74143ac7eaceee720b3"
                          "b1b6aa29df212fd8763182bc0d421ca1bb9038fd1f7f42d4840b69c485bbc1aa")
READ = """
async ([lists, data, now]) => {
  try {
    const verifier = await certificateVerifier.using(lists);
    return (await verifier.verify(Uint8Array.from(atob(data), (one) => one.charCodeAt(0)), now)).code;
  } catch (fault) {
    return [fault.code, fault.detail.reason ?? null];
  }
}
"""


def sm3(data):
    hashed = Hash(SM3())
    hashed.update(data)
    return hashed.finalize().hex()


def hashed_by(page, messages):
    return page.evaluate(
        "(all) => all.map((one) => Array.from(certificateVerifier.sm3(Uint8Array.from(one)),"
        " (byte) => byte.toString(16).padStart(2, '0')).join(''))", [list(one) for one in messages])


def believed_by(page, signed):
    """(signature, message, key) -> whether the page believes it."""
    return page.evaluate(
        "(all) => all.map((one) => certificateVerifier.verifySm2(...one.map((part) => Uint8Array.from(part))))",
        [[list(part) for part in one] for one in signed])


def read_by(page, trust, list_key):
    lists = with_lists() | {"list_keys": [base64.b64encode(list_key).decode()],
                            "trust": base64.b64encode(trust).decode()}
    return page.evaluate(READ, [lists, base64.b64encode(GOOD).decode(), CONTEXT["now"]])


def test_gb_t_32905_examples(page):
    assert hashed_by(page, [b"abc", b"abcd" * 16]) == [
        "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0",
        "debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732"]


def test_messages_of_every_length_are_hashed_as_openssl_hashes_them(page):
    chance = random.Random(1)
    messages = [chance.randbytes(length) for length in (*range(200), 4096, 70_001)]
    assert hashed_by(page, messages) == [sm3(one) for one in messages]


def test_gb_t_32918_5_example(page):
    message = b"message digest"
    assert believed_by(page, [
        (SIGNATURE, message, PUBLIC), (SIGNATURE, b"message digesT", PUBLIC), (SIGNATURE[:-1], message, PUBLIC),
        (SIGNATURE + b"\0", message, PUBLIC), (SIGNATURE[:32] + b"\0" + SIGNATURE[32:], message, PUBLIC),
        (b"\0" + SIGNATURE, message, PUBLIC), (SIGNATURE, message, SM2_LIST.public),
    ]) == [True, False, False, False, False, False, False]


def test_a_signature_of_openssl(page):
    signature = bytes.fromhex("dd7289859c688b7442f7b76eaa8a88c95a87ddbddcdc5fd0775487097d90d8f3"
                              "adf299f40d34c2e60ff3d44f1f5eade5896ee7f8855ee699acb012dccc279525")
    assert believed_by(page, [(signature, "鉴定台 Appraisal Desk".encode(), PUBLIC)]) == [True]


def test_what_python_signs_is_believed_and_no_changed_bit_of_it(page):
    chance = random.Random(2)
    signed, changed = [], []
    for _ in range(30):
        signer, message = Sm2Signer.from_private(b"\1" + chance.randbytes(31)), chance.randbytes(chance.randrange(300))
        signed.append((replace(signer, random=chance.randbytes).sign(message), message, signer.public))
        bit = chance.randrange(512)
        altered = bytearray(signed[-1][0])
        altered[bit >> 3] ^= 1 << (bit & 7)
        changed.append((bytes(altered), message, signer.public))
    assert believed_by(page, signed) == [True] * 30
    assert believed_by(page, changed) == [False] * 30


def test_what_is_out_of_its_range_is_refused_though_all_else_fits(page):
    """GB/T 32918.2 §7.1, B1, B2 and B5: each digest is such that r = e + x1, which no message could be found for."""
    curve = ECDLP(P, A, B, G, N)
    key = int.from_bytes(PUBLIC[:32]), int.from_bytes(PUBLIC[32:])
    good = [(5, 7), (N - 1, 7), (7, N - 1)]
    bad = [(0, 7), (7, 0), (0, 0), (7, N - 7), (N - 7, 7), (N + 5, 7), (5, N + 7), (N, 7), (5, N)]
    asked = []
    for r, s in good + bad:
        of_s, of_t = (curve.ec.mul(factor, one) if factor else curve.ec.INF
                      for factor, one in ((s % N, curve.G), ((r + s) % N, key)))
        x, _ = curve.ec.add(of_s, of_t)
        e = r % N if (r, s) == (0, 0) else (r - x) % N
        asked.append([list(r.to_bytes(32) + s.to_bytes(32)), list(e.to_bytes(32)), list(PUBLIC)])
    said = page.evaluate("(all) => all.map((one) => certificateVerifier.verifySm2Digest("
                         "...one.map((part) => Uint8Array.from(part))))", asked)
    assert said == [True] * len(good) + [False] * len(bad)


@pytest.mark.parametrize(("public", "reason"), [
    (PUBLIC, "bad_kid"), (PUBLIC[:-1] + b"\x12", "weak_key"), (bytes(64), "weak_key"), (b"\xff" * 64, "weak_key"),
    (PUBLIC[:-1], "weak_key"), (b"\4" + PUBLIC, "weak_key"), (PUBLIC[:32], "weak_key"),
    (PUBLIC[:32] + b"\0" + PUBLIC[32:], "weak_key"),
    (P.to_bytes(32) + bytes.fromhex("fd4511e81736a60f07e88a83d6cf5a167fae6d1a9c9330e76e232e00f5cdc154"), "weak_key"),
    (bytes.fromhex("9c17043effe1a805a74a9a5e70b9d659705d3242094a566dc016f49311178d1f") + (P + 1).to_bytes(32),
     "weak_key")],
    ids=["another", "off the curve", "zero", "largest", "63 bytes", "65 bytes", "32 bytes", "y of 33 bytes",
         "x not reduced", "y not reduced"])
def test_a_list_with_a_key_that_is_none_is_refused(page, public, reason):
    fields = decode(read1(TRUST, max_bytes=1 << 20).payload, max_bytes=1 << 20)
    of_sm2 = next(one for one in fields[6] if len(one[3]) == 64)
    of_sm2[3] = public
    signed = sign1(encode(fields), LIST, content_type=CONTENT_TYPE)
    assert read_by(page, signed, LIST.public) == ["trust_list_malformed", reason]


@pytest.mark.parametrize(("alg", "reason"), [(ED25519, "weak_key"), (-65538, "weak_key"), (-7, "weak_key")])
def test_a_key_of_another_algorithm_is_none(page, alg, reason):
    fields = decode(read1(TRUST, max_bytes=1 << 20).payload, max_bytes=1 << 20)
    next(one for one in fields[6] if len(one[3]) == 64)[2] = alg
    signed = sign1(encode(fields), LIST, content_type=CONTENT_TYPE)
    assert read_by(page, signed, LIST.public) == ["trust_list_malformed", reason]


def test_lists_may_be_signed_by_it(page):
    signed = make_trust_list(vouched_trust_list(TRUST), SM2_LIST)
    assert read_by(page, signed, SM2_LIST.public) == "VALID_STATUS_UNKNOWN"
    assert read_by(page, signed, LIST.public) == ["trust_list_not_ours", None]
    altered = signed[:-1] + bytes([signed[-1] ^ 1])
    assert read_by(page, altered, SM2_LIST.public) == ["trust_list_not_ours", None]
    assert verifying_key(SM2_LIST.alg, SM2_LIST.public).kid == SM2_LIST.kid
