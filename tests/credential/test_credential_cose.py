"""The envelope: Ed25519 by its RFC, COSE by its working group's examples, and no second spelling of either."""

import zlib
from contextlib import suppress
from dataclasses import replace
from hashlib import sha256

import pytest
from credential_kit import CENTRE, COSE, OTHER, shared
from hypothesis import given
from hypothesis import strategies as st

from appraisal.canonical import Malformed, encode
from appraisal.credential import base45
from appraisal.credential.cose import (
    ED25519,
    BadSignature,
    Ed25519Signer,
    WeakKey,
    check1,
    open1,
    read1,
    sign1,
    signed_bytes,
    verifying_key,
)

KEY = verifying_key(ED25519, CENTRE.public)
RFC8032_SEED = bytes.fromhex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60")
RFC8032_PUBLIC = "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"


def test_an_envelope_opens_with_its_key_and_no_other():
    signed = sign1(b"payload", CENTRE, content_type="text/plain")
    assert open1(signed, KEY, max_bytes=200, content_type="text/plain") == b"payload"
    for key, content_type in ((verifying_key(ED25519, OTHER.public), "text/plain"), (KEY, None), (KEY, "text/html")):
        with pytest.raises(BadSignature):
            open1(signed, key, max_bytes=200, content_type=content_type)
    with pytest.raises(Malformed):
        open1(signed, KEY, max_bytes=len(signed) - 1)


def test_the_envelope_names_its_key_and_algorithm():
    """The right key signed it, but says to be another or of another suite."""
    protected = encode({1: ED25519, 4: OTHER.kid})
    signed = b"\xd2\x84" + encode(protected) + b"\xa0\x41x" + encode(CENTRE.sign(signed_bytes(protected, b"x")))
    with pytest.raises(BadSignature):
        open1(signed, KEY, max_bytes=200)
    with pytest.raises(BadSignature):
        open1(sign1(b"x", CENTRE), replace(KEY, alg=-7), max_bytes=200)


@given(st.binary(max_size=70_000))
def test_payloads_of_every_length_of_head(payload):
    assert open1(sign1(payload, CENTRE), KEY, max_bytes=1 << 17) == payload


@pytest.mark.parametrize("length", [0, 23, 24, 255, 256, 65_535, 65_536])
def test_heads_at_their_edges(length):
    assert open1(sign1(bytes(length), CENTRE), KEY, max_bytes=1 << 17) == bytes(length)


@given(st.data())
def test_no_changed_bit_is_believed(data):
    changed = bytearray(COSE)
    changed[data.draw(st.integers(0, len(COSE) - 1))] ^= 1 << data.draw(st.integers(0, 7))
    with pytest.raises((Malformed, BadSignature)):
        open1(bytes(changed), KEY, max_bytes=4096)


@given(st.binary(max_size=200))
def test_reader_raises_only_malformed(data):
    for given_bytes in (data, b"\xd2\x84" + data, COSE[:17] + data):
        with suppress(Malformed):
            read1(given_bytes, max_bytes=4096)


def test_kid_is_the_thumbprint_of_rfc_9679():
    x = CENTRE.public
    assert CENTRE.kid == sha256(bytes.fromhex("a301012006215820") + x).digest()[:8]


@pytest.mark.parametrize("public", [
    "0100000000000000000000000000000000000000000000000000000000000000",
    "0100000000000000000000000000000000000000000000000000000000000080",
    "0000000000000000000000000000000000000000000000000000000000000000",
    "0000000000000000000000000000000000000000000000000000000000000080",
    "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
    "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
    "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
    "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
    "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
    RFC8032_PUBLIC[:-2], RFC8032_PUBLIC + "00",
])
def test_weak_keys_are_no_keys(public):
    with pytest.raises(WeakKey):
        verifying_key(ED25519, bytes.fromhex(public))


def test_a_key_of_another_algorithm_is_no_key_yet():
    with pytest.raises(WeakKey):
        verifying_key(-7, bytes.fromhex(RFC8032_PUBLIC))


def test_rfc_8032_first_vector():
    signer = Ed25519Signer.from_seed(RFC8032_SEED)
    assert signer.public.hex() == RFC8032_PUBLIC
    assert signer.sign(b"").hex().startswith("e5564300c360ac729086e2cc806e828a")


def test_rfc_8032_vectors():
    for row in shared("rfc8032-ed25519.json")["tests"]:
        signer, message = Ed25519Signer.from_seed(bytes.fromhex(row["secret"])), bytes.fromhex(row["message"])
        key, signature = verifying_key(ED25519, signer.public), signer.sign(message)
        assert (signer.public.hex(), signature.hex()) == (row["public"], row["signature"])
        assert key.check(signature, message)
        assert not key.check(signature, message + b"\0")
        assert not key.check(signature[:32] + bytes(32), message)


def test_cose_working_group_example():
    """eddsa-sig-01 keeps its kid unprotected: its signature is right, and it is no envelope of ours."""
    example = shared("cose-wg/eddsa-examples/eddsa-sig-01.json")
    given_key = example["input"]["sign0"]["key"]
    to_be_signed = bytes.fromhex(example["intermediates"]["ToBeSign_hex"])
    payload = example["input"]["plaintext"].encode()
    assert signed_bytes(bytes.fromhex("A2012703 00"), payload) == to_be_signed
    envelope = bytes.fromhex(example["output"]["cbor"])
    assert verifying_key(ED25519, bytes.fromhex(given_key["x_hex"])).check(envelope[-64:], to_be_signed)
    assert Ed25519Signer.from_seed(bytes.fromhex(given_key["d_hex"])).sign(to_be_signed) == envelope[-64:]
    with pytest.raises(Malformed):
        read1(envelope, max_bytes=4096)


@pytest.mark.parametrize("name", [
    "sign-fail-01", "sign-fail-02", "sign-fail-03", "sign-fail-04", "sign-fail-06", "sign-fail-07",
    "sign-pass-01", "sign-pass-02", "sign-pass-03"])
def test_cose_working_group_es256_is_refused(name):
    with pytest.raises(Malformed):
        read1(bytes.fromhex(shared(f"cose-wg/sign1-tests/{name}.json")["output"]["cbor"]), max_bytes=4096)


def test_claim_169_signature():
    """Another format over the same layers: base45, zlib, COSE_Sign1 with Ed25519."""
    example = shared("claim-169/valid/ed25519-signed.json")
    data = zlib.decompress(base45.decode(example["qr_data"]))
    protected, payload = encode({1: -8}), data[data.index(b"\xa0") + 3:-66]
    key = verifying_key(ED25519, bytes.fromhex(example["signing_key"]["public_key_hex"]))
    assert key.check(data[-64:], signed_bytes(protected, payload))


def test_the_older_name_of_the_algorithm_is_read():
    protected = encode({1: -8, 4: CENTRE.kid})
    signature = CENTRE.sign(signed_bytes(protected, b"x"))
    signed = b"\xd2\x84" + encode(protected) + b"\xa0" + encode(b"x") + encode(signature)
    check1(read1(signed, max_bytes=200), KEY)
