"""Proofs of W3C's Data Integrity on a credential: eddsa-jcs-2022 and eddsa-rdfc-2022 (Data Integrity EdDSA
Cryptosuites v1.0), by keys that name themselves (did:key). docs/formats/open-badge.md says how they are made.
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from enum import StrEnum
from hashlib import sha256
from typing import Any

from appraisal.canonical import Malformed
from appraisal.credential.cose import ED25519, BadSignature, Ed25519Signer, VerifyingKey, WeakKey, verifying_key
from appraisal.credential.linked_data import Json, canonical_json, canonical_quads

PURPOSE = "assertionMethod"

_ED25519_KEY = b"\xed\x01"
"""What an Ed25519 public key begins with as a Multikey (Controlled Identifiers v1.0 §2.2.2)."""
_FIELDS = frozenset({"type", "cryptosuite", "created", "verificationMethod", "proofPurpose", "proofValue"})


class Suite(StrEnum):
    JCS = "eddsa-jcs-2022"
    RDFC = "eddsa-rdfc-2022"


def did_key(public: bytes) -> str:
    """`did:key:z…` of an Ed25519 public key: it needs no look-up, its name is the key."""
    return f"did:key:{multibase(_ED25519_KEY + public)}"


def method_of(public: bytes) -> str:
    """The verification method: the one key of its did."""
    did = did_key(public)
    return f"{did}#{did.removeprefix('did:key:')}"


def key_of(method: str) -> VerifyingKey:
    """Raises Malformed for anything but `method_of` some sound Ed25519 key."""
    key = from_multibase(method.rpartition("#")[2])
    public = key.removeprefix(_ED25519_KEY)
    if method_of(public) != method:
        raise Malformed("not_a_key")
    try:
        return verifying_key(ED25519, public)
    except WeakKey as fault:
        raise Malformed("weak_key") from fault


def multibase(data: bytes) -> str:
    """base58btc, with its mark z."""
    import base58  # noqa: PLC0415 - for this alone

    return "z" + base58.b58encode(data).decode("ascii")


def from_multibase(text: str) -> bytes:
    """Raises Malformed. One spelling: no spaces, no other base."""
    import base58  # noqa: PLC0415

    try:
        data = base58.b58decode(text[1:])
    except ValueError as fault:
        raise Malformed("not_multibase") from fault
    if multibase(data) != text:
        raise Malformed("not_multibase")
    return data


def moment(seconds: int) -> str:
    """Seconds since 1970 as XML Schema's dateTime, in UTC."""
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def prove(document: Json, signer: Ed25519Signer, created: int) -> Json:
    """`document` with one proof of each suite, a set: each covers the document, neither the other. `created`: seconds.

    Raises Malformed for a document that one of them could not cover as a whole.
    """
    return document | {"proof": [_proof(document, signer, suite, created) for suite in Suite]}


def check_proofs(secured: Json) -> VerifyingKey:
    """The issuer's key, once both proofs are found good. What the key is worth, the trust list says.

    Raises Malformed for anything that `prove` would not make; BadSignature: not its issuer's, or changed since.
    JCS comes first: it costs little, and RDF is made only of what its issuer has signed.
    """
    document = {name: value for name, value in secured.items() if name != "proof"}
    proofs = secured.get("proof")
    if type(proofs) is not list or not all(type(one) is dict for one in proofs):
        raise Malformed("proof")
    if [one.get("cryptosuite") for one in proofs] != list(Suite):
        raise Malformed("cryptosuite")
    keys = [check_proof(document, one) for one in proofs]
    if any(did_key(key.public) != issuer_of(document) for key in keys):
        raise BadSignature
    return keys[0]


def check_proof(document: Json, proof: Json, known: Mapping[str, Json] | None = None) -> VerifyingKey:
    """The key that made this one proof of `document`, which is without proofs. `known`: contexts in place of ours.

    Raises Malformed or BadSignature. Whose key it is, nobody has asked yet.
    """
    suite = _suite(proof.get("cryptosuite"))
    fields = _FIELDS | {"@context"} if suite is Suite.JCS else _FIELDS
    if proof.keys() != fields or not all(type(proof[name]) is str for name in _FIELDS):
        raise Malformed("proof")
    if proof["type"] != "DataIntegrityProof" or proof["proofPurpose"] != PURPOSE:
        raise Malformed("proof")
    if suite is Suite.JCS and proof["@context"] != document.get("@context"):
        raise Malformed("proof_context")
    key, signature = key_of(proof["verificationMethod"]), from_multibase(proof["proofValue"])
    if not key.check(signature, hash_data(document, _options(proof), suite, known)):
        raise BadSignature
    return key


def hash_data(document: Json, options: Json, suite: Suite, known: Mapping[str, Json] | None = None) -> bytes:
    """The 64 bytes that are signed: SHA-256 of the proof's options, then that of the document (§3.2.4, §3.3.4)."""
    if suite is Suite.JCS:
        spelt = canonical_json(options), canonical_json(document)
    else:
        context = {"@context": document.get("@context")}
        spelt = canonical_quads(options | context, known), canonical_quads(document, known)
    return b"".join(sha256(one).digest() for one in spelt)


def issuer_of(document: Json) -> Any:
    """The issuer's name, whether it stands alone or in an object."""
    issuer = document.get("issuer")
    return issuer.get("id") if type(issuer) is dict else issuer


def _proof(document: Json, signer: Ed25519Signer, suite: Suite, created: int) -> Json:
    options: Json = {
        "type": "DataIntegrityProof", "cryptosuite": suite.value, "created": moment(created),
        "verificationMethod": method_of(signer.public), "proofPurpose": PURPOSE}
    if suite is Suite.JCS:  # §3.3.1: what the words mean is signed with them
        options["@context"] = document["@context"]
    return options | {"proofValue": multibase(signer.sign(hash_data(document, options, suite)))}


def _options(proof: Json) -> Json:
    return {name: value for name, value in proof.items() if name != "proofValue"}


def _suite(name: Any) -> Suite:
    try:
        return Suite(name)
    except ValueError as fault:
        raise Malformed("cryptosuite") from fault
