"""Certificates of others, taken apart by our layers: base45, the bytes that a COSE signature is over, Ed25519. As what
they are, envelopes of another kind, our reader refuses each."""

import base64
import json
import zlib
from datetime import datetime

import cbor2
import pytest
from credential_kit import NOW, SHARED, shared
from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec, padding
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256

from appraisal.canonical import Malformed
from appraisal.credential import base45
from appraisal.credential.cose import ED25519, Ed25519Signer, read1, signed_bytes, verifying_key
from appraisal.credential.root import read_root
from appraisal.credential.verdict import Code, verify

pytestmark = pytest.mark.skipif(not SHARED.is_dir(), reason="shared/vectors is not beside the repository")


def files(folder, but=()):
    return sorted(path for path in (SHARED / folder).rglob("*.json") if path.name not in but)


def rows(name):
    path = SHARED / name
    return json.loads(path.read_text("utf-8")) if path.exists() else []


def taken_apart(data):
    """Protected, payload and signature of a COSE_Sign1, tagged or not."""
    value = cbor2.loads(data)
    protected, _, payload, signature = value.value if isinstance(value, cbor2.CBORTag) else value
    return protected, payload, signature


def is_signed(certificate, protected, payload, signature):
    """ES256 and PS256 (RFC 9053) by the key of an X.509 certificate."""
    key = x509.load_der_x509_certificate(base64.b64decode(certificate)).public_key()
    data = signed_bytes(protected, payload)
    try:
        if isinstance(key, ec.EllipticCurvePublicKey):
            halves = (int.from_bytes(half, "big") for half in (signature[:32], signature[32:]))
            key.verify(encode_dss_signature(*halves), data, ec.ECDSA(SHA256()))
        else:
            key.verify(signature, data, padding.PSS(padding.MGF1(SHA256()), 32), SHA256())
    except InvalidSignature:
        return False
    return True


@pytest.mark.parametrize("entry", rows("dgc-testdata/INDEX.json"), ids=lambda entry: entry["file"])
def test_health_certificates(entry):
    given, checked = shared(f"dgc-testdata/{entry['file']}"), entry["checked"]
    text = given["PREFIX"]
    assert text.startswith("HC1:") is checked["unprefix"]
    if not checked["unprefix"]:
        return
    if not checked["b45"]:
        with pytest.raises(Malformed, match="base45"):
            base45.decode(text.removeprefix("HC1:"))
        return
    packed = base45.decode(text.removeprefix("HC1:"))
    assert base45.encode(packed) == text.removeprefix("HC1:")
    if not checked["zlib"]:
        with pytest.raises((zlib.error, ValueError, TypeError)):
            taken_apart(zlib.decompress(packed))
        return
    envelope = zlib.decompress(packed)
    assert is_signed(given["TESTCTX"]["CERTIFICATE"], *taken_apart(envelope)) is checked["verify"]
    with pytest.raises(Malformed):
        read1(envelope, max_bytes=4096)
    now = int(datetime.fromisoformat(given["TESTCTX"]["VALIDATIONCLOCK"]).timestamp()) if (
        "VALIDATIONCLOCK" in given["TESTCTX"]) else NOW
    assert verify(f"SKC1:{base45.encode(envelope)}", None, {}, now).code is Code.MALFORMED


@pytest.mark.parametrize("path", files("claim-169"), ids=lambda path: path.stem)
def test_identity_claims(path):
    """Their layers, too, are base45 and COSE; where one is broken we stumble at the same one."""
    given = json.loads(path.read_text("utf-8"))
    broken = given.get("expected_error")
    if broken == "Base45Decode":
        with pytest.raises(Malformed, match="base45"):
            base45.decode(given["qr_data"])
        return
    packed = base45.decode(given["qr_data"])
    if broken == "Decompress":
        with pytest.raises(zlib.error):
            zlib.decompress(packed)
        return
    envelope = zlib.decompress(packed)
    with pytest.raises(Malformed):
        read1(envelope, max_bytes=1 << 20)
    key = given.get("signing_key", {})
    if key.get("algorithm") == "EdDSA" and "encryption_key" not in given:
        protected, payload, signature = taken_apart(envelope)
        public = verifying_key(ED25519, bytes.fromhex(key["public_key_hex"]))
        assert public.check(signature, signed_bytes(protected, payload))
        assert not public.check(signature, signed_bytes(protected, payload + b"\0"))
        own = Ed25519Signer.from_seed(bytes.fromhex(key["private_key_hex"]))
        assert own.sign(signed_bytes(protected, payload)) == signature


def test_cose_sign_of_the_working_group():
    """eddsa-01 is signed by several; what each signs is what our root documents' signers sign."""
    example = shared("cose-wg/eddsa-examples/eddsa-01.json")
    (signer,), given = example["input"]["sign"]["signers"], example["intermediates"]["signers"][0]["ToBeSign_hex"]
    body, _, payload, ((head, _, signature),) = cbor2.loads(bytes.fromhex(example["output"]["cbor"])).value
    assert cbor2.dumps(["Signature", body, head, b"", payload]) == bytes.fromhex(given)
    assert verifying_key(ED25519, bytes.fromhex(signer["key"]["x_hex"])).check(signature, bytes.fromhex(given))
    with pytest.raises(Malformed):
        read_root(bytes.fromhex(example["output"]["cbor"]))
