"""Run by a Python of its own that has `cwt`: checks and signs envelopes. JSON in, JSON out; bytes as hexadecimal."""

import json
import sys

import cwt
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat

COSE = cwt.COSE.new()


def main():
    asked = json.load(sys.stdin)
    json.dump({"checked": [checked(**one) for one in asked["check"]],
               "signed": [signed(**one) for one in asked["sign"]]}, sys.stdout)


def checked(envelope, public, kid):
    """The payload, or None for what it refuses."""
    key = cwt.COSEKey.from_pem(
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(public)).public_bytes(
            Encoding.PEM, PublicFormat.SubjectPublicKeyInfo), kid=bytes.fromhex(kid), alg="Ed25519")
    try:
        return COSE.decode(bytes.fromhex(envelope), key).hex()
    except Exception:  # noqa: BLE001 - malformed bytes end in errors of many kinds there
        return None


def signed(payload, seed, header):
    """`header`: the protected one, as pairs; a text that begins with 0x stands for bytes."""
    pairs = {label: bytes.fromhex(value[2:]) if str(value).startswith("0x") else value for label, value in header}
    key = cwt.COSEKey.from_pem(
        Ed25519PrivateKey.from_private_bytes(bytes.fromhex(seed)).private_bytes(
            Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()), alg="Ed25519" if pairs[1] == -19 else "EdDSA")
    return COSE.encode_and_sign(bytes.fromhex(payload), key, protected=pairs).hex()


main()
