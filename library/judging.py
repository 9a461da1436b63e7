"""Is this an entry that its desk could have written, and do we understand it?"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import msgspec
from sqlalchemy import Column, Connection, select

from appraisal.canonical import Malformed
from appraisal.domain.events import Id, kinds
from appraisal.domain.exchange import Fate
from appraisal.exchange.packing import ATTACHED
from appraisal.exchange.receipt import ATTACHMENT_MISSING, KEY_MISSING
from appraisal.journal import Entry, read, unseal
from db.schema import attachment, person_key
from library.applying import Ready, Verdict
from library.schema import key_conflict

KIND_UNKNOWN, DESK_HELD, KEY_CONFLICT = "kind_unknown", "desk_held", "key_conflict"


@dataclass(frozen=True, slots=True)
class Arrival:
    """One record of a chain. `raw` None: a stub."""

    seq: int
    hash: bytes
    raw: bytes | None


@dataclass(frozen=True, slots=True)
class Place:
    """Where an entry has to stand. `previous` None: nothing is known of the entry before."""

    desk: Id
    epoch: str
    seq: int
    previous: bytes | None


@dataclass(frozen=True, slots=True)
class Vault:
    """What the library holds for the people of one page."""

    keys: Mapping[Id, bytes]
    conflicts: frozenset[Id]
    attachments: frozenset[str]


def read_entry(raw: bytes, place: Place) -> Entry | Verdict:
    try:
        entry = read(raw)
    except Malformed:
        return Verdict(Fate.REJECTED, "entry_malformed")
    if (entry.desk.hex(), entry.epoch.hex(), entry.seq) != (place.desk, place.epoch, place.seq):
        return Verdict(Fate.REJECTED, "entry_misplaced")
    if place.previous not in (None, entry.prev):
        return Verdict(Fate.REJECTED, "entry_not_joined")
    return entry


def understand(entry: Entry, raw: bytes, hash_: bytes, vault: Vault) -> Ready | Verdict:
    kind = kinds().get((entry.kind, entry.version))
    if kind is None:
        return Verdict(Fate.PARKED, KIND_UNKNOWN)
    if kind.local:
        return Verdict(Fate.REJECTED, "entry_local")
    wanting = _wanting(entry, vault)
    if wanting:
        return wanting
    try:
        event = unseal(entry, vault.keys[entry.sealed.person] if entry.sealed else None)
    except Malformed as fault:
        return Verdict(Fate.REJECTED, "wrong_key" if fault.reason == "wrong_key" else "fields_malformed")
    except msgspec.ValidationError:
        return Verdict(Fate.REJECTED, "fields_malformed")
    return Ready(entry, raw, hash_, event)


def _wanting(entry: Entry, vault: Vault) -> Verdict | None:
    if entry.sealed and entry.sealed.person not in vault.keys:
        return Verdict(Fate.PARKED, KEY_MISSING)
    if entry.sealed and entry.sealed.person in vault.conflicts:
        return Verdict(Fate.HELD, KEY_CONFLICT)
    named = entry.body.get(ATTACHED[entry.kind]) if entry.kind in ATTACHED else None
    if named is not None and named not in vault.attachments:
        return Verdict(Fate.PARKED, ATTACHMENT_MISSING)
    return None


def vault_for(connection: Connection, entries: Sequence[Entry], known: Mapping[Id, bytes]) -> Vault:
    """`known`: keys of whom nothing has to be looked up."""
    persons = {entry.sealed.person for entry in entries if entry.sealed} - known.keys()
    names = {name for entry in entries if entry.kind in ATTACHED
             if isinstance(name := entry.body.get(ATTACHED[entry.kind]), str)}
    if not persons and not names:
        return Vault(known, frozenset(), frozenset())
    keys = dict(connection.execute(
        select(person_key.c.person, person_key.c.key).where(person_key.c.person.in_(persons))).all())
    return Vault({**known, **keys}, _which(connection, key_conflict.c.person, persons),
                 _which(connection, attachment.c.id, names))


def _which(connection: Connection, column: Column[str], wanted: Iterable[str]) -> frozenset[str]:
    return frozenset(connection.scalars(select(column).where(column.in_(wanted))))
