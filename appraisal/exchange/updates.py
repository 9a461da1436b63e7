"""What the library says to its desks beside the lists: to whom they seal, and new numbers (docs/formats/updates.md)."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from appraisal.canonical import Malformed, encode
from appraisal.credential.cose import ED25519, Signer, VerifyingKey, sign1, verifying_key
from appraisal.credential.fields import require, whole
from appraisal.credential.root import Anchor
from appraisal.domain.centre import Lease
from appraisal.domain.events import Id
from appraisal.exchange import letters
from appraisal.exchange.enrolment import lease_row, read_leases

TRUST, LIBRARY = "trust-list.cose", "library.cose"
LISTS, LEASES, DELTAS = "status-", "leases/", "deltas/"
SCHEMES, TABLES, TEMPLATES = "schemes/", "tables/", "templates/"
MAX_LETTER = 4 << 20


@dataclass(frozen=True, slots=True)
class Sealing:
    """To whom the desks of a library seal."""

    library: Id
    recipients: tuple[str, ...]
    made_at: int


@dataclass(frozen=True, slots=True)
class Refill:
    """All numbers of one desk's epoch."""

    library: Id
    desk: Id
    leases: tuple[Lease, ...]
    made_at: int
    epoch: Id | None


def anchor_of(list_key: VerifyingKey, root: bytes | None) -> Anchor:
    """What enrolment pins: the list key of the grant, and the root keys of its repository, which sign root documents
    too. `root`: a root.json that was checked when it was pinned."""
    if root is None:
        return Anchor((list_key,))
    signed = json.loads(root)["signed"]
    role = signed["roles"]["root"]
    keys = (verifying_key(ED25519, bytes.fromhex(signed["keys"][one]["keyval"]["public"])) for one in role["keyids"])
    return Anchor((list_key,), tuple(keys), role["threshold"])


def leases_path(desk: Id) -> str:
    return f"{LEASES}{desk}.age"


def make_sealing(sealing: Sealing, library: Signer) -> bytes:
    return sign1(encode({1: letters.FORMAT, 2: bytes.fromhex(sealing.library), 5: sealing.recipients,
                         9: sealing.made_at}), library, content_type=letters.LIBRARY)


def read_sealing(data: bytes, keys: Sequence[VerifyingKey]) -> Sealing:
    """Raises Malformed, BadSignature."""
    fields = letters.payload_of(data, letters.LIBRARY, keys)
    recipients = tuple(letters.line(one, "recipients", 128) for one in letters.array(fields.get(5), "recipients", 8))
    require(len(recipients) >= 1 and all(one.startswith("age1") for one in recipients), "recipients")
    return Sealing(letters.identifier(fields.get(2), "library"), recipients,
                   whole(fields.get(9), "made_at", letters.LATEST))


def make_refill(refill: Refill, library: Signer) -> bytes:
    """Signed, not yet sealed."""
    fields: dict[int, Any] = {
        1: letters.FORMAT, 2: bytes.fromhex(refill.library), 6: bytes.fromhex(refill.desk),
        7: [lease_row(one) for one in refill.leases], 9: refill.made_at}
    if refill.epoch is not None:
        fields[12] = bytes.fromhex(refill.epoch)
    return sign1(encode(fields), library, content_type=letters.LEASES)


def read_refill(data: bytes, keys: Sequence[VerifyingKey]) -> Refill:
    """Raises Malformed, BadSignature."""
    if len(data) > MAX_LETTER:
        raise Malformed("too_large")
    fields = letters.payload_of(data, letters.LEASES, keys, MAX_LETTER)
    epoch = letters.identifier(fields[12], "epoch") if 12 in fields else None
    return Refill(letters.identifier(fields.get(2), "library"), letters.identifier(fields.get(6), "desk"),
                  read_leases(fields.get(7), epoch), whole(fields.get(9), "made_at", letters.LATEST), epoch)
