"""What the journal has of one person, opened."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

import msgspec
from sqlalchemy import Connection, select

from appraisal.canonical import Malformed
from appraisal.domain.events import Id, kinds
from appraisal.journal import Entry, read, unseal
from db.journal import key_of
from db.schema import decision, journal
from library.merging import Known, Ruling


class Evidence(NamedTuple):
    """In the order in which this database applied it."""

    applied: tuple[Known, ...]
    """The library's own entries too."""
    library: Id

    @property
    def told(self) -> tuple[Known, ...]:
        """What desks have told."""
        return tuple(one for one in self.applied if one.desk != self.library)


def evidence_of(connection: Connection, library: Id, person: Id) -> Evidence:
    """An entry that cannot be opened any more, because the person's key was destroyed, is not among them."""
    key = key_of(connection, person)
    rows = connection.scalars(select(journal.c.entry).where(journal.c.person == person).order_by(journal.c.position))
    opened = (_open(read(raw), key) for raw in rows)
    return Evidence(tuple(one for one in opened if one is not None), library)


def _open(entry: Entry, key: bytes | None) -> Known | None:
    if (entry.kind, entry.version) not in kinds():
        return None
    try:
        event = unseal(entry, key)
    except (Malformed, msgspec.ValidationError):
        return None
    return Known(entry.desk.hex(), entry.epoch.hex(), entry.seq, entry.at, entry.operator, entry.why, event)


def desks_of(connection: Connection, library: Id, persons: Iterable[Id]) -> Sequence[Id]:
    """Those that have told of them, in one order for all."""
    return connection.scalars(select(journal.c.desk).where(
        journal.c.person.in_(list(persons)), journal.c.desk != library).distinct().order_by(journal.c.desk)).all()


def rulings_on(connection: Connection, matters: Iterable[str]) -> Mapping[str, list[Ruling]]:
    """In the order in which they were made."""
    found: dict[str, list[Ruling]] = {}
    for row in connection.execute(select(decision).where(decision.c.matter.in_(list(matters)))
                                  .order_by(decision.c.position)):
        found.setdefault(row.matter, []).append(Ruling(frozenset(msgspec.json.decode(row.over)), row.choice))
    return found
