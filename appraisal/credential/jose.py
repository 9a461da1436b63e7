"""The same credential as a compact JWS, `vc+jwt` (Securing Verifiable Credentials using JOSE and COSE §3.1.1)."""

import re
from base64 import urlsafe_b64decode, urlsafe_b64encode

from appraisal.canonical import Malformed
from appraisal.credential.cose import BadSignature, Ed25519Signer, VerifyingKey
from appraisal.credential.integrity import did_key, issuer_of, key_of, method_of
from appraisal.credential.linked_data import MAX_BYTES, Json, canonical_json, read_json

_PARTS = re.compile(r"([A-Za-z0-9_-]+)\.([A-Za-z0-9_-]+)\.([A-Za-z0-9_-]+)", re.ASCII)


def to_jwt(credential: Json, signer: Ed25519Signer) -> str:
    """`credential` is without proofs: the JWS is the proof. Raises Malformed."""
    header = {"alg": "EdDSA", "cty": "vc", "kid": method_of(signer.public), "typ": "vc+jwt"}
    signed = f"{base64url(canonical_json(header))}.{base64url(canonical_json(credential))}"
    return f"{signed}.{base64url(signer.sign(signed.encode('ascii')))}"


def from_jwt(text: str) -> tuple[Json, VerifyingKey]:
    """The credential and its issuer's key. Raises Malformed for what `to_jwt` would not write, BadSignature."""
    found = _PARTS.fullmatch(text) if len(text) <= MAX_BYTES else None
    if found is None:
        raise Malformed("not_compact")
    header, payload, signature = (from_base64url(one) for one in found.groups())
    said = read_json(header)
    key = key_of(said["kid"]) if type(said.get("kid")) is str else None
    if key is None or said != {"alg": "EdDSA", "cty": "vc", "kid": said["kid"], "typ": "vc+jwt"}:
        raise Malformed("header")
    if not key.check(signature, text.rpartition(".")[0].encode("ascii")):
        raise BadSignature
    credential = read_json(payload)
    if issuer_of(credential) != did_key(key.public):
        raise BadSignature
    return credential, key


def base64url(data: bytes) -> str:
    return urlsafe_b64encode(data).rstrip(b"=").decode("ascii")


def from_base64url(text: str) -> bytes:
    """Raises Malformed. Without padding, and its last bits zero: one spelling."""
    try:
        data = urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except ValueError as fault:
        raise Malformed("not_base64url") from fault
    if base64url(data) != text:
        raise Malformed("not_base64url")
    return data
