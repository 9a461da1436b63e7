"""A desk changes its transport key, or the key that signs its certificates, and tells the library in its bundles."""

from dataclasses import dataclass
from hashlib import sha256

from appraisal.credential.cose import ED25519, verifying_key
from appraisal.domain.events import Id
from appraisal.domain.exchange import DeskKeyRotated
from appraisal.domain.operator import Role
from appraisal.exchange.rotation import KeyOf, Place, Rotation, make_rotation
from appraisal.usecases.export_bundle import Exchange
from appraisal.usecases.ports import Desk

ROTATORS = (Role.ADMINISTRATOR, Role.SUPERVISOR)


@dataclass(frozen=True, slots=True)
class RotateKey:
    what: KeyOf
    operator: Id


@dataclass(frozen=True, slots=True)
class Rotated:
    what: KeyOf
    old: str
    new: str
    """Key ids in hexadecimal."""
    epoch: str
    seq: int
    """The last entry before the new key."""


def rotate_key(command: RotateKey, desk: Desk, exchange: Exchange) -> Rotated:
    """The transport key changes at once. A certificate key does when a trust list names it, at the next opening: until
    then the old one signs. Raises RuleViolation rotation_pending."""
    with desk.work(command.operator) as work:
        work.operator.require(*ROTATORS)
        outbox = exchange.outbox(work)
        fresh = exchange.renew(work, command.what)
        transport = command.what is KeyOf.TRANSPORT
        seq = outbox.reach(outbox.epoch)
        old = verifying_key(ED25519, exchange.public if transport else exchange.certificate_key)
        rotation = Rotation(outbox.desk, command.what, old, verifying_key(ED25519, fresh.public),
                            Place(outbox.epoch, seq, outbox.hash_at(outbox.epoch, seq) or bytes(32)), work.now)
        letter = make_rotation(rotation, exchange.signer, fresh, None if transport else desk.signer)
        work.record(DeskKeyRotated(sha256(letter).hexdigest(), letter))
    if transport:
        exchange.sign_with(fresh)
    return Rotated(command.what, old.kid.hex(), fresh.kid.hex(), outbox.epoch, seq)
