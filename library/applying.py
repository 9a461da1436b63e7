"""Entries into the journal and its projections: a page in one go, and one by one where that fails."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, insert, select, update
from sqlalchemy.exc import IntegrityError, NoResultFound, OperationalError, StatementError

from appraisal.domain.errors import RuleViolation
from appraisal.domain.exchange import Fate
from appraisal.journal import Entry
from db.bulk import bulk
from db.projections import PROJECTIONS
from db.projections.gathered import Gathered, Waiting
from db.schema import journal

DEPENDENCY_MISSING, CONFLICT, REFUSED = "dependency_missing", "conflict", "fields_refused"
_JOURNAL = ("desk", "epoch", "seq", "hash", "kind", "person", "entry", "open")
_TO_JOURNAL = insert(journal)
_FOREIGN_KEY = "23503"
_UNIQUE = "23505"


@dataclass(frozen=True, slots=True)
class Ready:
    """An entry that reads well, and its event."""

    entry: Entry
    raw: bytes
    hash: bytes
    event: Any


@dataclass(frozen=True, slots=True)
class Verdict:
    """Why an entry is not applied."""

    fate: Fate
    code: str


def apply_all(connection: Connection, page: Sequence[Ready]) -> dict[int, Verdict]:
    """Index in `page` -> why that entry was not applied; the others are. All are of one chain, ascending."""
    if not page:
        return {}
    try:
        with connection.begin_nested():
            _apply(connection, page)
    except OperationalError:
        raise
    except _REFUSALS:
        return _one_by_one(connection, page)
    return {}


_REFUSALS = (StatementError, NoResultFound, LookupError, RuleViolation, ValueError, OverflowError)


def _one_by_one(connection: Connection, page: Sequence[Ready]) -> dict[int, Verdict]:
    refused = {}
    for place, one in enumerate(page):
        try:
            with connection.begin_nested():
                _apply(connection, [one])
        except OperationalError:
            raise
        except _REFUSALS as fault:
            refused[place] = _verdict(fault)
    return refused


def _apply(connection: Connection, page: Sequence[Ready]) -> None:
    first, last = page[0].entry, page[-1].entry
    desk, epoch = first.desk.hex(), first.epoch.hex()
    bulk(connection, _TO_JOURNAL, _JOURNAL, [
        (desk, epoch, one.entry.seq, one.hash, one.entry.kind, one.entry.person, one.raw, 1) for one in page])
    positions = dict(connection.execute(
        select(journal.c.seq, journal.c.position).where(
            journal.c.desk == desk, journal.c.epoch == epoch, journal.c.seq.between(first.seq, last.seq),
            journal.c.open == 1)).all())
    waiting = Waiting(connection)
    for one in page:
        PROJECTIONS[type(one.event)](
            Gathered(connection, positions[one.entry.seq], one.entry.why, waiting), one.event)
    waiting.send()
    # As db.journal.close, but without looking through the whole journal.
    connection.execute(update(journal).where(
        journal.c.position >= min(positions.values()), journal.c.open == 1).values(open=None))


def _verdict(fault: Exception) -> Verdict:
    if isinstance(fault, IntegrityError):
        said, state = str(fault.orig), getattr(fault.orig, "sqlstate", None)
        if state == _FOREIGN_KEY or "FOREIGN KEY" in said:
            return Verdict(Fate.PARKED, DEPENDENCY_MISSING)
        if state == _UNIQUE or "UNIQUE" in said:
            return Verdict(Fate.HELD, CONFLICT)
    elif isinstance(fault, LookupError | NoResultFound):
        return Verdict(Fate.PARKED, DEPENDENCY_MISSING)
    return Verdict(Fate.REJECTED, REFUSED)
