"""Entries into the journal and its projections: a page in one go, and one by one where that fails."""

from collections.abc import Sequence

from sqlalchemy import Connection, insert
from sqlalchemy.exc import IntegrityError, NoResultFound, OperationalError, StatementError

from appraisal.domain.errors import RuleViolation
from appraisal.domain.events import Id
from appraisal.domain.exchange import Fate
from db.bulk import bulk
from db.projections import PROJECTIONS
from db.projections.gathered import Gathered, Waiting
from db.schema import journal
from db.statement import drive
from db.tripwires import open_from_here, shut
from library.reading import Reading, Verdict

DEPENDENCY_MISSING, CONFLICT, REFUSED = "dependency_missing", "conflict", "fields_refused"
_JOURNAL = ("desk", "epoch", "seq", "hash", "kind", "person", "entry")
_TO_JOURNAL = insert(journal)
_POSITIONS = ("SELECT array_agg(position ORDER BY seq) FROM journal "
              "WHERE desk = %s AND epoch = %s AND seq BETWEEN %s AND %s")
_FOREIGN_KEY = "23503"
_UNIQUE = "23505"


def apply_all(connection: Connection, desk: Id, epoch: str, page: Sequence[Reading]) -> dict[int, Verdict]:
    """`seq` -> why that entry was not applied; the others are. The outcome of each is its event; they ascend."""
    if not page:
        return {}
    try:
        with connection.begin_nested():
            _apply(connection, desk, epoch, page)
    except OperationalError:
        raise
    except _REFUSALS:
        return _one_by_one(connection, desk, epoch, page)
    return {}


_REFUSALS = (StatementError, NoResultFound, LookupError, RuleViolation, ValueError, OverflowError)


def _one_by_one(connection: Connection, desk: Id, epoch: str, page: Sequence[Reading]) -> dict[int, Verdict]:
    refused = {}
    for one in page:
        try:
            with connection.begin_nested():
                _apply(connection, desk, epoch, [one])
        except OperationalError:
            raise
        except _REFUSALS as fault:
            refused[one.seq] = _verdict(fault)
    return refused


def _apply(connection: Connection, desk: Id, epoch: str, page: Sequence[Reading]) -> None:
    opened = open_from_here(connection)
    bulk(connection, _TO_JOURNAL, _JOURNAL, [
        (desk, epoch, one.seq, one.hash, one.kind, one.person, one.raw) for one in page])
    positions = _positions(connection, desk, epoch, page)
    waiting = Waiting(connection)
    for one, position in zip(page, positions, strict=True):
        PROJECTIONS[type(one.outcome)](Gathered(connection, position, one.why, waiting), one.outcome)
    waiting.send()
    if opened:
        shut(connection)


def _positions(connection: Connection, desk: Id, epoch: str, page: Sequence[Reading]) -> Sequence[int]:
    """Of entries just appended."""
    if connection.dialect.name == "sqlite":  # one writer, and to each row the next number
        (last,) = drive(connection, "SELECT max(position) FROM journal").fetchone()
        return range(last - len(page) + 1, last + 1)
    (found,) = drive(connection, _POSITIONS, (desk, epoch, page[0].seq, page[-1].seq)).fetchone()
    return list(found)


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
