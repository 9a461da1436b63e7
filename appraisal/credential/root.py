"""Root documents: which list keys are good, signed by the association's offline root keys (docs/formats/trust-list.md).

An envelope is a COSE_Sign (RFC 9052, tag 98): one payload, a signature of each root key that agreed.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from appraisal.canonical import Malformed, decode, encode
from appraisal.credential.cose import KID_BYTES, Signer, VerifyingKey, WeakKey, verifying_key
from appraisal.credential.fields import plain_map, raw, require, whole

CONTENT_TYPE = "application/vnd.skc1.root+cbor"
MAX_BYTES = 4096
LONGEST_CHAIN = 64
FORMAT = 1

_TAG = b"\xd8\x62"
_ALG, _CONTENT_TYPE, _KID = 1, 3, 4
_MOST_ROOT_KEYS, _MOST_LIST_KEYS = 16, 8


@dataclass(frozen=True, slots=True)
class RootDocument:
    """`previous`: SHA-256 of the envelope of the version before; None in version 1. `issued`: seconds since 1970."""

    version: int
    issued: int
    previous: bytes | None
    root_keys: tuple[VerifyingKey, ...]
    threshold: int
    list_keys: tuple[VerifyingKey, ...]
    digest: bytes = field(default=b"", compare=False)


@dataclass(frozen=True, slots=True)
class Anchor:
    """Whom a reader believes from the start. `threshold`: how many of the root keys must sign."""

    list_keys: tuple[VerifyingKey, ...] = ()
    root_keys: tuple[VerifyingKey, ...] = ()
    threshold: int = 1


def make_root(document: RootDocument, signers: Sequence[Signer]) -> bytes:
    """Raises Malformed for one that no reader would take. Whether enough have signed, `list_keys_of` says."""
    fields = {
        1: FORMAT, 2: document.version, 3: document.issued, 5: document.previous or b"",
        6: _rows(document.root_keys), 7: document.threshold, 8: _rows(document.list_keys)}
    body, payload = encode({_CONTENT_TYPE: CONTENT_TYPE}), encode(fields)
    _contents(payload, b"")
    signatures = []
    for signer in sorted(signers, key=lambda one: one.kid):
        head = encode({_ALG: signer.alg, _KID: signer.kid})
        signatures.append([head, {}, signer.sign(_signed_bytes(body, head, payload))])
    return _TAG + encode([body, {}, payload, signatures])


def read_root(data: bytes) -> RootDocument:
    """What it says; nothing of who signed it. Raises Malformed."""
    return _Signed(data).document


def list_keys_of(chain: Sequence[bytes], anchor: Anchor) -> tuple[VerifyingKey, ...] | None:
    """The list keys of the last document, along the chain from the first one that the anchor's root keys have signed;
    None where they have signed none, or a document after it is not signed by enough. Raises Malformed: no chain."""
    documents = read_chain(chain)
    root_keys, threshold, at = anchor.root_keys, anchor.threshold, 0
    while at < len(documents) and not documents[at].signed_by(root_keys, threshold):
        at += 1
    if at == len(documents):
        return None
    for one in documents[at:]:
        own = one.document
        if not (one.signed_by(root_keys, threshold) and one.signed_by(own.root_keys, own.threshold)):
            return None
        root_keys, threshold = own.root_keys, own.threshold
    return documents[-1].document.list_keys


def read_chain(chain: Sequence[bytes]) -> "list[_Signed]":
    """Each names the one before it. Raises Malformed."""
    require(0 < len(chain) <= LONGEST_CHAIN, "root_documents")
    documents = [_Signed(data) for data in chain]
    before = None
    for number, one in enumerate(documents, start=1):
        require((one.document.version, one.document.previous) == (number, before), "root_documents")
        before = one.document.digest
    return documents


class _Signed:
    """An envelope taken apart."""

    def __init__(self, data: bytes) -> None:
        if len(data) > MAX_BYTES:
            raise Malformed("too_large")
        if not data.startswith(_TAG):
            raise Malformed("not_cose_sign")
        parts = decode(data[len(_TAG):], max_bytes=MAX_BYTES, max_depth=4)
        require(type(parts) is list and len(parts) == 4, "root_document")
        self._body, unprotected, self._payload, signatures = parts
        require(self._body == encode({_CONTENT_TYPE: CONTENT_TYPE}) and unprotected == {}, "protected_header")
        require(type(self._payload) is bytes and type(signatures) is list, "root_document")
        self._signatures = [_signature(one) for one in signatures]
        kids = [kid for _, _, kid, _ in self._signatures]
        require(kids == sorted(set(kids)), "signatures")
        self.document = _contents(self._payload, sha256(data).digest())

    def signed_by(self, keys: Collection[VerifyingKey], threshold: int) -> bool:
        """Whether at least `threshold` of `keys` have; keys that are not among them count for nothing."""
        by_kid = {key.kid: key for key in keys}
        good = 0
        for head, alg, kid, signature in self._signatures:
            key = by_kid.get(kid)
            good += key is not None and key.alg == alg and key.check(
                signature, _signed_bytes(self._body, head, self._payload))
        return 0 < threshold <= good


def _signature(value: Any) -> tuple[bytes, int, bytes, bytes]:
    """Protected header, algorithm, kid, signature."""
    require(type(value) is list and len(value) == 3 and type(value[0]) is bytes and value[1] == {}, "signatures")
    head = plain_map(decode(value[0], max_bytes=64, max_depth=1), "signatures")
    require(head.keys() == {_ALG, _KID} and type(head[_ALG]) is int, "signatures")
    return value[0], head[_ALG], raw(head[_KID], "kid", KID_BYTES), raw(value[2], "signature", 64)


def _signed_bytes(body: bytes, head: bytes, payload: bytes) -> bytes:
    """Sig_structure of RFC 9052 §4.4, of one signer of several."""
    return encode(["Signature", body, head, b"", payload])


def _rows(keys: Sequence[VerifyingKey]) -> list[list[int | bytes]]:
    return [[one.alg, one.public] for one in sorted(keys, key=lambda one: one.kid)]


def _contents(payload: bytes, digest: bytes) -> RootDocument:
    fields = plain_map(decode(payload, max_bytes=MAX_BYTES, max_depth=3), "root_document")
    take = fields.pop
    require(whole(take(1, None), "format") == FORMAT, "format")
    version, issued = whole(take(2, None), "version"), whole(take(3, None), "issued")
    require(version > 0, "version")
    previous = raw(take(5, None), "previous", 0 if version == 1 else 32)
    root_keys = _keys(take(6, None), "root_keys", _MOST_ROOT_KEYS)
    threshold = whole(take(7, None), "threshold", len(root_keys) + 1)
    require(threshold > 0, "threshold")
    list_keys = _keys(take(8, None), "list_keys", _MOST_LIST_KEYS)
    require(not fields, "unknown_field")
    return RootDocument(version, issued, previous or None, root_keys, threshold, list_keys, digest)


def _keys(value: Any, name: str, most: int) -> tuple[VerifyingKey, ...]:
    require(type(value) is list and 0 < len(value) <= most, name)
    keys = tuple(_key(row, name) for row in value)
    kids = [one.kid for one in keys]
    require(kids == sorted(set(kids)), name)
    return keys


def _key(row: Any, name: str) -> VerifyingKey:
    require(type(row) is list and len(row) == 2 and type(row[0]) is int and type(row[1]) is bytes, name)
    try:
        return verifying_key(row[0], row[1])
    except WeakKey as fault:
        raise Malformed("weak_key") from fault
