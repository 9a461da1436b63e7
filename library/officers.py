"""Officers of the library: who they are, how they sign, and what two of them have approved.

An officer's Ed25519 key lies wrapped under a passphrase of their own (argon2id, as a desk's key slots): nobody who can
read the database can sign for them. The first two are added freely; from then on two say who joins or leaves, or the
holder of the recovery key does, so that a library whose officers are gone can go on.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from hashlib import sha256
from typing import Any

import msgspec
import pyrage
from argon2.exceptions import HashingError
from sqlalchemy import Connection, insert, select, update

from appraisal.canonical import Malformed, encode
from appraisal.credential.cose import ED25519, BadSignature, Ed25519Signer, VerifyingKey, sign1, verifying_key
from appraisal.domain.errors import EnvironmentFault, RuleViolation
from appraisal.exchange import letters
from db.bulk import insert_new
from db.folder import DEMONSTRATION_MEMORY, DEMONSTRATION_PASSPHRASE
from db.keyslots import Cost, Slot, unwrap, wrap
from library.opening import Library
from library.schema import approval, officer

NEEDED = 2
"""Different officers for each matter."""
LONGEST_NAME = 40
DEMONSTRATION_OFFICERS = ("demo-a", "demo-b")


@dataclass(frozen=True, slots=True)
class Officer:
    """One who has given their passphrase."""

    name: str
    signer: Ed25519Signer


@dataclass(frozen=True, slots=True)
class OfficerRow:
    name: str
    key: str
    """Key id in hexadecimal."""
    added_at: int
    withdrawn_at: int | None
    """Milliseconds since 1970, UTC."""
    demonstration: bool


@dataclass(frozen=True, slots=True)
class Matter:
    what: str
    digest: bytes


def matter(what: str, said: Any) -> Matter:
    """`said`: plain values, of which the digest is made."""
    return Matter(what, sha256(encode(said)).digest())


def officers(connection: Connection) -> tuple[OfficerRow, ...]:
    return tuple(OfficerRow(row.name, _key(row).kid.hex(), row.added_at, row.withdrawn_at, row.demonstration)
                 for row in connection.execute(select(officer).order_by(officer.c.added_at, officer.c.name)))


def require_two(connection: Connection) -> None:
    active = len(_active(connection))
    if active < NEEDED:
        raise RuleViolation("officers_missing", there=active, needed=NEEDED)


def open_officer(library: Library, name: str, passphrase: str) -> Officer:
    """Raises RuleViolation officer_unknown, officer_withdrawn, passphrase_wrong."""
    with library.engine.begin() as connection:
        row = _row(connection, name)
    try:
        return Officer(row.name, Ed25519Signer.from_seed(unwrap(msgspec.json.decode(row.slot, type=Slot), passphrase)))
    except (ValueError, OverflowError, HashingError, msgspec.MsgspecError) as fault:
        raise EnvironmentFault("officer_key_damaged", name=name) from fault


def require_active(connection: Connection, one: Officer) -> None:
    """Who opened their key a while ago may have been withdrawn since. Raises RuleViolation officer_unknown,
    officer_withdrawn."""
    _row(connection, one.name)


def is_demonstration(library: Library, name: str) -> bool:
    """Whose passphrase is public."""
    with library.engine.begin() as connection:
        return bool(connection.scalar(select(officer.c.demonstration).where(officer.c.name == name)))


def add_officer(library: Library, name: str, passphrase: str, by: Sequence[Officer] = (), *,
                recovery: str | None = None, cost: Cost | None = None, demonstration: bool = False) -> None:
    """`recovery`: the recovery key itself. Raises RuleViolation officer_exists, officer_name, passphrase_short,
    officers_two_decide, recovery_key_wrong."""
    if not 0 < len(name) <= LONGEST_NAME or not name.isprintable() or name != name.strip():
        raise RuleViolation("officer_name", "name", longest=LONGEST_NAME)
    signer = Ed25519Signer.from_seed(library.random(32))
    slot = wrap(name, passphrase, signer.key.private_bytes_raw(), library.random, cost or Cost())
    with library.engine.begin() as connection:
        if connection.scalar(select(officer.c.name).where(officer.c.name == name)) is not None:
            raise RuleViolation("officer_exists", "name", name=name)
        if len(_active(connection)) >= NEEDED:
            _require_leave(library, connection, matter("officer.add", [name, signer.public]), by, recovery)
        connection.execute(insert(officer).values(
            name=name, key=signer.public, slot=msgspec.json.encode(asdict(slot)).decode(), demonstration=demonstration,
            added_at=library.clock(), withdrawn_at=None))


def add_demonstration_officers(library: Library) -> None:
    """Two, where there are none: their passphrase is public, and quickly tried."""
    with library.engine.begin() as connection:
        if officers(connection):
            return
    for name in DEMONSTRATION_OFFICERS:
        add_officer(library, name, DEMONSTRATION_PASSPHRASE, cost=Cost(1, DEMONSTRATION_MEMORY, 1), demonstration=True)


def withdraw_officer(library: Library, name: str, by: Sequence[Officer] = (), *, recovery: str | None = None) -> None:
    """What they have signed stays; they sign nothing more. Raises RuleViolation officer_unknown, officer_withdrawn,
    officers_last_two, officers_two_decide, recovery_key_wrong."""
    with library.engine.begin() as connection:
        row = _row(connection, name)
        if len(_active(connection)) <= NEEDED:
            raise RuleViolation("officers_last_two", "name")
        _require_leave(library, connection, matter("officer.withdraw", [name, row.key]), by, recovery)
        connection.execute(update(officer).where(officer.c.name == name).values(withdrawn_at=library.clock()))


def approve(library: Library, connection: Connection, about: Matter, by: Sequence[Officer]) -> tuple[str, ...]:
    """Keeps the approvals of `by`, each once. Returns who has approved by now."""
    now = library.clock()
    for one in by:
        payload = encode({1: letters.FORMAT, 2: bytes.fromhex(library.id), 3: about.what, 4: about.digest, 5: one.name,
                          6: now})
        connection.execute(insert_new(connection, approval), {
            "matter": about.digest.hex(), "officer": one.name, "what": about.what, "at": now,
            "data": sign1(payload, one.signer, content_type=letters.APPROVAL)})
    return approved_by(library, connection, about)


def approved_by(library: Library, connection: Connection, about: Matter) -> tuple[str, ...]:
    """Names of the active officers whose signature on the matter is here and good, in the order of signing."""
    active = _active(connection)
    rows = connection.execute(select(approval)
                              .where(approval.c.matter == about.digest.hex(), approval.c.what == about.what)
                              .order_by(approval.c.at, approval.c.officer)).all()
    return tuple(row.officer for row in rows
                 if row.officer in active and _says(row.data, active[row.officer], library, about, row.officer))


def _says(data: bytes, key: VerifyingKey, library: Library, about: Matter, name: str) -> bool:
    try:
        said = letters.payload_of(data, letters.APPROVAL, [key])
    except (Malformed, BadSignature):
        return False
    return [said.get(n) for n in (2, 3, 4, 5)] == [bytes.fromhex(library.id), about.what, about.digest, name]


def _require_leave(library: Library, connection: Connection, about: Matter, by: Sequence[Officer],
                   recovery: str | None) -> None:
    if recovery is not None:
        if not _is_recovery_key(library, recovery):
            raise RuleViolation("recovery_key_wrong", "recovery_key")
    elif len(approve(library, connection, about, by)) < NEEDED:
        raise RuleViolation("officers_two_decide", "by", needed=NEEDED)


def _is_recovery_key(library: Library, said: str) -> bool:
    own = str(pyrage.x25519.Identity.from_str(library.identity).to_public())
    try:
        public = str(pyrage.x25519.Identity.from_str(said.strip()).to_public())
    except pyrage.IdentityError:
        return False
    return public != own and public in library.recipients


def _row(connection: Connection, name: str) -> Any:
    row = connection.execute(select(officer).where(officer.c.name == name)).first()
    if row is None:
        raise RuleViolation("officer_unknown", "by", name=name)
    if row.withdrawn_at is not None:
        raise RuleViolation("officer_withdrawn", "by", name=name)
    return row


def _active(connection: Connection) -> dict[str, VerifyingKey]:
    return {row.name: _key(row) for row in connection.execute(select(officer).where(officer.c.withdrawn_at.is_(None)))}


def _key(row: Any) -> VerifyingKey:
    return verifying_key(ED25519, row.key)
