"""A desk changes a key: signed by the old one and the new one, carried in manifests (docs/formats/bundle.md)."""

from dataclasses import dataclass
from enum import IntEnum

from appraisal.canonical import Malformed, encode
from appraisal.credential.cose import BadSignature, Signer, VerifyingKey, sign1
from appraisal.credential.fields import raw, require, whole
from appraisal.domain.events import Id
from appraisal.exchange import letters

MOST = 16
"""Rotations in one manifest."""
MAX_BYTES = 1 << 10
_SAID = b"appraisal-desk rotation 1"


class KeyOf(IntEnum):
    TRANSPORT = 1
    CERTIFICATES = 2


@dataclass(frozen=True, slots=True)
class Place:
    """The last entry before the new key; `seq` 0 and zeros where its epoch has none."""

    epoch: str
    seq: int
    hash: bytes


@dataclass(frozen=True, slots=True)
class Rotation:
    desk: Id
    what: KeyOf
    old: VerifyingKey
    new: VerifyingKey
    after: Place
    made_at: int


def make_rotation(rotation: Rotation, transport: Signer, new: Signer, old_certificate: Signer | None = None) -> bytes:
    """`transport`: the key in force. `old_certificate`: wanted where `what` is the certificate key."""
    said = _said(rotation)
    fields = {
        1: letters.FORMAT, 2: bytes.fromhex(rotation.desk), 3: int(rotation.what), 4: rotation.old.public,
        5: rotation.new.public, 6: [bytes.fromhex(rotation.after.epoch), rotation.after.seq, rotation.after.hash],
        7: rotation.made_at, 8: new.sign(said)}
    if old_certificate is not None:
        fields[9] = old_certificate.sign(said)
    return sign1(encode(fields), transport, content_type=letters.ROTATION)


def read_rotation(data: bytes, transport: VerifyingKey) -> Rotation:
    """`transport`: the desk's key in force. Raises Malformed; BadSignature where one of the keys has not signed."""
    fields = letters.payload_of(data, letters.ROTATION, [transport], MAX_BYTES)
    ((epoch, seq, hash_),) = letters.rows([fields.get(6)], "after", 3, 1)
    what = whole(fields.get(3), "what")
    require(what in set(KeyOf), "what")
    rotation = Rotation(
        letters.identifier(fields.get(2), "desk"), KeyOf(what), letters.public_key(fields.get(4), "old_key"),
        letters.public_key(fields.get(5), "new_key"),
        Place(letters.identifier(epoch, "after"), whole(seq, "after"), raw(hash_, "after", 32)),
        whole(fields.get(7), "made_at", letters.LATEST))
    said = _said(rotation)
    if not rotation.new.check(raw(fields.get(8), "proof", 64), said):
        raise BadSignature
    if rotation.what is KeyOf.TRANSPORT:
        if rotation.old != transport:
            raise Malformed("bad_old_key")
    elif not rotation.old.check(raw(fields.get(9), "consent", 64), said):
        raise BadSignature
    return rotation


def _said(rotation: Rotation) -> bytes:
    return b"".join((
        _SAID, bytes.fromhex(rotation.desk), bytes((rotation.what,)), rotation.old.public, rotation.new.public,
        bytes.fromhex(rotation.after.epoch), rotation.after.seq.to_bytes(8, "big"), rotation.after.hash))
