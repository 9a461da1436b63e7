"""Do we understand this entry, with what the library holds?"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Column, Connection, select

from appraisal.domain.events import Id
from appraisal.domain.exchange import Fate
from appraisal.exchange.receipt import ATTACHMENT_MISSING, KEY_MISSING
from appraisal.journal import Entry
from db.schema import attachment, person_key
from library.reading import Verdict, attachment_of, opened, unknown
from library.schema import key_conflict

KEY_CONFLICT = "key_conflict"


@dataclass(frozen=True, slots=True)
class Vault:
    """What the library holds for the people of one page."""

    keys: Mapping[Id, bytes]
    conflicts: frozenset[Id]
    attachments: frozenset[str]


def understand(entry: Entry, vault: Vault) -> Any:
    """The event, or a Verdict."""
    return unknown(entry) or _wanting(entry, vault) or opened(entry, vault.keys)


def _wanting(entry: Entry, vault: Vault) -> Verdict | None:
    if entry.sealed and entry.sealed.person not in vault.keys:
        return Verdict(Fate.PARKED, KEY_MISSING)
    if entry.sealed and entry.sealed.person in vault.conflicts:
        return Verdict(Fate.HELD, KEY_CONFLICT)
    named = attachment_of(entry)
    if named is not None and named not in vault.attachments:
        return Verdict(Fate.PARKED, ATTACHMENT_MISSING)
    return None


def vault_for(connection: Connection, entries: Sequence[Entry], known: Mapping[Id, bytes]) -> Vault:
    """`known`: keys of whom nothing has to be looked up."""
    persons = {entry.sealed.person for entry in entries if entry.sealed} - known.keys()
    names = {name for entry in entries if isinstance(name := attachment_of(entry), str)}
    keys = dict(connection.execute(
        select(person_key.c.person, person_key.c.key).where(person_key.c.person.in_(persons))).all())
    return Vault({**known, **keys}, _which(connection, key_conflict.c.person, persons),
                 _which(connection, attachment.c.id, names))


def _which(connection: Connection, column: Column[str], wanted: Iterable[str]) -> frozenset[str]:
    return frozenset(connection.scalars(select(column).where(column.in_(wanted))))
