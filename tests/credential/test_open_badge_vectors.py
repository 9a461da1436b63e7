"""W3C's vectors of Data Integrity with EdDSA, and those of RFC 8785: canonical forms, hashes, signatures, exactly."""

import json
from hashlib import sha256

import base58
import pytest
from credential_kit import SHARED, shared
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from appraisal.canonical import Malformed
from appraisal.credential.cose import BadSignature, Ed25519Signer
from appraisal.credential.integrity import Suite, check_proof, from_multibase, hash_data, key_of, method_of, multibase
from appraisal.credential.linked_data import canonical_json, canonical_quads, contexts

EXAMPLES = "https://www.w3.org/ns/credentials/examples/v2"
KNOWN = {**contexts(), EXAMPLES: {"@context": {"@vocab": "https://www.w3.org/ns/credentials/examples#"}}}
"""The examples' context is a vocabulary and no more (VC Data Model 2.0, B.2); no document of ours may name it."""
CHAIN = "w3c-vc-di-eddsa/proof-set-chain"
NAMES = {Suite.JCS: ("eddsa-jcs-2022", "JCS"), Suite.RDFC: ("eddsa-rdfc-2022", "DataInt")}


def text(name):
    path = SHARED / name
    if not path.exists():
        pytest.skip(f"{name}: the public vectors are not beside this repository")
    return path.read_text("utf-8")


def vector(suite, name):
    folder, ending = NAMES[suite]
    return f"w3c-vc-di-eddsa/{folder}/{name}{ending}"


def signer_of(pair):
    """A Multikey's private key begins with 80 26."""
    seed = from_multibase(pair["privateKeyMultibase"]).removeprefix(b"\x80\x26")
    return Ed25519Signer.from_seed(seed)


def unsigned(proof):
    return {name: value for name, value in proof.items() if name != "proofValue"}


@pytest.mark.parametrize("suite", list(Suite))
def test_canonical_forms_and_hashes(suite):
    document, options = shared("w3c-vc-di-eddsa/unsigned.json"), shared(vector(suite, "proofConfig") + ".json")
    spell = canonical_json if suite is Suite.JCS else lambda one: canonical_quads(one, KNOWN)
    assert spell(document).decode() == text(vector(suite, "canonDoc") + ".txt")
    assert spell(options).decode() == text(vector(suite, "proofCanon") + ".txt")
    assert sha256(spell(document)).hexdigest() == text(vector(suite, "docHash") + ".txt")
    assert sha256(spell(options)).hexdigest() == text(vector(suite, "proofHash") + ".txt")
    assert hash_data(document, options, suite, KNOWN).hex() == text(vector(suite, "combinedHash") + ".txt")


@pytest.mark.parametrize("suite", list(Suite))
def test_signatures(suite):
    signer = signer_of(shared("w3c-vc-di-eddsa/keyPair.json"))
    document, options = shared("w3c-vc-di-eddsa/unsigned.json"), shared(vector(suite, "proofConfig") + ".json")
    assert options["verificationMethod"] == method_of(signer.public)
    signature = signer.sign(hash_data(document, options, suite, KNOWN))
    assert signature.hex() == text(vector(suite, "sigHex") + ".txt")
    assert multibase(signature) == text(vector(suite, "sigBTC58") + ".txt")


@pytest.mark.parametrize("suite", list(Suite))
def test_signed_documents(suite):
    signed = shared(vector(suite, "signed") + ".json")
    proof = signed.pop("proof")
    assert check_proof(signed, proof, KNOWN).public == key_of(proof["verificationMethod"]).public
    for spoilt in (signed | {"name": "Alumni"}, signed | {"validFrom": "2023-01-01T00:00:01Z"}):
        with pytest.raises(BadSignature):
            check_proof(spoilt, proof, KNOWN)


@pytest.mark.parametrize("suite", list(Suite))
def test_contexts_of_others_are_refused_without_being_asked_for(suite):
    signed = shared(vector(suite, "signed") + ".json")
    with pytest.raises(Malformed, match="unknown_context"):
        canonical_quads({name: value for name, value in signed.items() if name != "proof"})


def test_the_second_document_from_its_canonical_form():
    """Its context, of another register, is not among ours: what follows from the canonical forms is checked."""
    folder = "w3c-vc-di-eddsa/eddsa-rdfc-2022/employ"
    hashes = ""
    for form, digest in (("proofCanon", "proofHash"), ("canonDoc", "docHash")):
        found = sha256(text(f"{folder}/{form}DataInt.txt").encode()).hexdigest()
        assert found == text(f"{folder}/{digest}DataInt.txt")
        hashes += found
    assert hashes == text(f"{folder}/combinedHashDataInt.txt")
    proof = shared(f"{folder}/signedDataInt.json")["proof"]
    signature = from_multibase(proof["proofValue"])
    assert multibase(signature) == text(f"{folder}/sigBTC58DataInt.txt")
    assert signature.hex() == text(f"{folder}/sigHexDataInt.txt")
    assert key_of(proof["verificationMethod"]).check(signature, bytes.fromhex(hashes))


def test_a_set_of_proofs():
    document, keys = shared(f"{CHAIN}/unsigned.json"), shared(f"{CHAIN}/multiKeyPairs.json")
    for number in (1, 2):
        options = shared(f"{CHAIN}/proofSetConfig{number}.json")
        signed = shared(f"{CHAIN}/proofSetConfigSigned{number}.json")
        value = signer_of(keys[f"keyPair{number}"]).sign(hash_data(document, unsigned(signed), Suite.RDFC, KNOWN))
        assert multibase(value) == signed["proofValue"]
        assert unsigned(signed) == {name: one for name, one in options.items() if name != "@context"}
        assert signed in as_list(shared(f"{CHAIN}/signedProofSet{number}.json")["proof"])


def as_list(value):
    return value if isinstance(value, list) else [value]


@pytest.mark.parametrize("number", [1, 2])
def test_a_chain_of_proofs(number):
    """Each covers the document with the proofs that it names; we write none, and `check_proofs` refuses them."""
    document, keys = shared(f"{CHAIN}/proofChainTempDoc{number}.json"), shared(f"{CHAIN}/multiKeyPairs.json")
    signed = shared(f"{CHAIN}/proofChainConfigSigned{number}.json")
    value = signer_of(keys[f"keyPair{number + 2}"]).sign(hash_data(document, unsigned(signed), Suite.RDFC, KNOWN))
    assert multibase(value) == signed["proofValue"]
    assert signed in shared(f"{CHAIN}/signedProofChain{number}.json")["proof"]
    assert key_of(signed["verificationMethod"]).check(
        base58.b58decode(signed["proofValue"][1:]), hash_data(document, unsigned(signed), Suite.RDFC, KNOWN))


def test_the_keys_are_those_of_their_seeds():
    for pair in [shared("w3c-vc-di-eddsa/keyPair.json"), *shared(f"{CHAIN}/multiKeyPairs.json").values()]:
        public = key_of(f"did:key:{pair['publicKeyMultibase']}#{pair['publicKeyMultibase']}").public
        assert signer_of(pair).public == public
        assert Ed25519PrivateKey.from_private_bytes(
            from_multibase(pair["privateKeyMultibase"])[2:]).public_key().public_bytes_raw() == public


@pytest.mark.parametrize("name", ["arrays", "french", "structures", "unicode", "values", "weird"])
def test_canonical_json(name):
    written = canonical_json(json.loads(text(f"json-canonicalization/input/{name}.json")))
    assert written == bytes.fromhex(text(f"json-canonicalization/outhex/{name}.txt"))
    assert written == text(f"json-canonicalization/output/{name}.json").rstrip("\n").encode()
    assert canonical_json(json.loads(written)) == written


@pytest.mark.parametrize("value", ["\ud800", {"\ud800": 1}, 2**53, float("nan"), float("inf"), {1: 2}, b"bytes"])
def test_what_has_no_canonical_json_is_refused(value):
    with pytest.raises(Malformed, match="no_canonical_json"):
        canonical_json({"a": value})
