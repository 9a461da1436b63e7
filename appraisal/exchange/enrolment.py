"""How a desk and a library come to know each other: a request, and the grant that answers it."""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from appraisal.canonical import Malformed, encode
from appraisal.credential.claims import STATUS_LIST_LENGTH
from appraisal.credential.cose import BadSignature, Signer, VerifyingKey, sign1
from appraisal.credential.fields import code, raw, require, text, whole
from appraisal.domain.centre import Lease
from appraisal.domain.certificate import Bilingual
from appraisal.domain.events import Id
from appraisal.exchange import letters

MAX_GRANT = 12 << 20
MAX_ROOT = 512_000
_PROOF = b"appraisal-desk request 1"
_FINGERPRINT = b"appraisal-desk fingerprint 1"
_MADE_AT, _EPOCH = 9, 11


@dataclass(frozen=True, slots=True)
class Request:
    desk: Id
    key: VerifyingKey
    """The desk's transport key."""
    code: str
    centre: Bilingual
    certificate_key: VerifyingKey
    made_at: int
    recipient: str | None = None
    """age recipient of the desk: for what the library gives back to it."""
    epoch: Id | None = None
    """Of the desk's chain now: leases are for that one only."""


@dataclass(frozen=True, slots=True)
class Grant:
    library: Id
    receipt_key: VerifyingKey
    list_key: VerifyingKey
    recipients: tuple[str, ...]
    desk: Id
    leases: tuple[Lease, ...]
    trust_list: bytes
    status_lists: tuple[bytes, ...]
    made_at: int
    epoch: Id | None = None
    """Of the desk's chain, for which the leases are."""
    root: bytes | None = None
    """The root of the library's repository of updates."""


def make_request(desk: Id, desk_key: bytes, signer: Signer, centre_code: str, centre: Bilingual, certificate_key: bytes,
                 certificate_signer: Signer, now: int, recipient: str | None = None, epoch: Id | None = None) -> bytes:
    """`request.cose`. Both signers prove that they hold the private side of the keys named."""
    proof = certificate_signer.sign(_PROOF + bytes.fromhex(desk) + desk_key)
    fields = {1: letters.FORMAT, 2: bytes.fromhex(desk), 3: desk_key, 4: centre_code, 5: centre.zh, 6: centre.en,
              7: certificate_key, 8: proof, _MADE_AT: now}
    if recipient is not None:
        fields[10] = recipient
    if epoch is not None:
        fields[_EPOCH] = bytes.fromhex(epoch)
    return sign1(encode(fields), signer, content_type=letters.REQUEST)


def read_request(data: bytes) -> Request:
    """Raises Malformed; BadSignature where a key named in it has not signed. Says nothing of who the centre is."""
    key = letters.public_key(letters.unchecked(data, letters.REQUEST).get(3), "desk_key")
    fields = letters.payload_of(data, letters.REQUEST, [key])
    certificate_key = letters.public_key(fields.get(7), "certificate_key")
    desk = letters.identifier(fields.get(2), "desk")
    if not certificate_key.check(raw(fields.get(8), "proof", 64), _PROOF + bytes.fromhex(desk) + key.public):
        raise BadSignature
    return Request(desk, key, text(fields.get(4), "code"),
                   Bilingual(text(fields.get(5), "centre", 128), text(fields.get(6), "centre", 128)), certificate_key,
                   whole(fields.get(9), "made_at", letters.LATEST),
                   _recipient(fields[10]) if 10 in fields else None, _epoch(fields, _EPOCH))


def fingerprint(data: bytes) -> bytes:
    """SHA-256 of what a request says, but for when and in which epoch it was made: a desk's is the same each time.
    Raises Malformed."""
    fields = letters.unchecked(data, letters.REQUEST)
    return sha256(_FINGERPRINT + encode({key: value for key, value in fields.items()
                                          if key not in (_MADE_AT, _EPOCH)})).digest()


def make_grant(grant: Grant, library: Signer) -> bytes:
    fields: dict[int, Any] = {
        1: letters.FORMAT, 2: bytes.fromhex(grant.library), 3: grant.receipt_key.public, 4: grant.list_key.public,
        5: grant.recipients, 6: bytes.fromhex(grant.desk),
        7: [lease_row(one) for one in grant.leases],
        8: grant.trust_list, 9: grant.made_at, 10: grant.status_lists}
    if grant.root is not None:
        fields[11] = grant.root
    if grant.epoch is not None:
        fields[12] = bytes.fromhex(grant.epoch)
    return sign1(encode(fields), library, content_type=letters.GRANT)


def read_grant(data: bytes, known: Sequence[VerifyingKey] = ()) -> Grant:
    """`known`: receipt keys of the library that this desk knows already; without one, the key in the grant itself is
    believed. Raises Malformed, BadSignature."""
    own = letters.public_key(letters.unchecked(data, letters.GRANT, MAX_GRANT).get(3), "receipt_key")
    fields = letters.payload_of(data, letters.GRANT, known or [own], MAX_GRANT)
    recipients = tuple(map(_recipient, letters.array(fields.get(5), "recipients", 8)))
    require(len(recipients) >= 1, "recipients")
    epoch, root = _epoch(fields, 12), letters.blob(fields[11], "root") if 11 in fields else None
    require(root is None or len(root) <= MAX_ROOT, "root")
    return Grant(
        letters.identifier(fields.get(2), "library"), own, letters.public_key(fields.get(4), "list_key"),
        recipients, letters.identifier(fields.get(6), "desk"),
        read_leases(fields.get(7), epoch),
        letters.blob(fields.get(8), "trust_list"),
        tuple(letters.blob(one, "status_lists") for one in letters.array(fields.get(10, []), "status_lists", 256)),
        whole(fields.get(9), "made_at", letters.LATEST), epoch, root)


def lease_row(one: Lease) -> list[Any]:
    return [bytes.fromhex(one.lease), one.scheme, one.prefix, one.first, one.last, one.status_list, one.status_indices]


def read_leases(value: Any, epoch: Id | None) -> tuple[Lease, ...]:
    """Raises Malformed."""
    return tuple(_lease(row, epoch) for row in letters.rows(value, "leases", 7, 1024))


def _epoch(fields: dict[int, Any], key: int) -> Id | None:
    return letters.identifier(fields[key], "epoch") if key in fields else None


def _recipient(value: Any) -> str:
    found = letters.line(value, "recipients", 128)
    if not found.startswith("age1"):
        raise Malformed("bad_recipients")
    return found


def _lease(row: list[Any], epoch: Id | None) -> Lease:
    lease, scheme, prefix, first, last, status_list, slots = row
    indices = tuple(whole(slot, "slots", STATUS_LIST_LENGTH) for slot in letters.array(slots, "slots", 1 << 14))
    found = Lease(letters.identifier(lease, "lease"), code(scheme, "scheme"), code(prefix, "prefix"),
                  whole(first, "lease"), whole(last, "lease"), whole(status_list, "lease", 1 << 32), indices, epoch)
    require(found.last - found.first + 1 == len(indices) == len(set(indices)), "slots")
    return found
