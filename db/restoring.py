"""What the library gives back comes into the journal again, under its own place: all of it or nothing.

Work done here since then is newer and stands. An entry of the same kind on the same thing that is older, or one that no
longer fits, is in the journal and changes no table: it is set aside, named, and `journal rebuild` leaves it out too.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

import msgspec
from sqlalchemy import Connection, func, select
from sqlalchemy.exc import NoResultFound, OperationalError, StatementError

from appraisal.canonical import Malformed
from appraisal.credential.cose import BadSignature
from appraisal.domain.centre import CentreFounded
from appraisal.domain.epochs import Aside, Beginning, EpochRestored, Gap, RestorationTaken
from appraisal.domain.errors import RuleViolation
from appraisal.domain.events import Id
from appraisal.domain.exchange import FateOf, Span
from appraisal.domain.operator import Role
from appraisal.exchange.manifest import ChainRange, part_name
from appraisal.exchange.parts import Part, PartKind, unseal
from appraisal.exchange.ports import BundleSource
from appraisal.exchange.records import Attachment, PersonKey, Stub, read_records
from appraisal.exchange.restoration import UNKNOWN, Restoration, read_restoration
from appraisal.journal import Entry, read
from appraisal.journal import unseal as open_entry
from db import journal
from db.bulk import insert_new
from db.desk import SqlDesk, SqlWork
from db.outbox import SqlExchange
from db.projections import PROJECTIONS, Apply
from db.schema import attachment, gap, person_key, restoration
from db.schema import journal as journal_table
from db.secrets import person_key_kept
from db.tripwires import open_from

RESTORERS = (Role.ADMINISTRATOR, Role.SUPERVISOR)
OVERTAKEN, REFUSED, UNREADABLE, OTHER_CENTRE = "aside_overtaken", "aside_refused", "aside_unknown", "aside_other_centre"
MOST = 5000
"""Entries that one `epoch.restored` speaks of: it is one entry of the journal itself."""
_REFUSALS = (StatementError, NoResultFound, LookupError, RuleViolation, ValueError, OverflowError)
_SAME = ("enrolment", "subject", "entry", "purpose")
"""Fields that tell apart what entries of one kind and subject are about."""


@dataclass(slots=True)
class Restored:
    """Counts of entries."""

    restoration: Id
    desk: Id
    entries: int = 0
    known: int = 0
    """They were here already."""
    gaps: int = 0
    aside: dict[str, int] = field(default_factory=dict)
    """By code."""
    new: bool = True
    """False: this restoration was taken in before."""


def take_restoration(desk: SqlDesk, exchange: SqlExchange, identity: str, source: BundleSource,
                     operator: Id) -> Restored:
    """`identity`: the desk's age identity. Raises RuleViolation restoration_malformed, restoration_newer,
    restoration_not_ours, restoration_for_other_desk, restoration_other_history, restoration_does_not_join."""
    signed = source.manifest()
    with desk.work(operator) as work:
        work.operator.require(*RESTORERS)
        outbox = exchange.outbox(work)
        one = _read(signed, [known.receipt_key for known in outbox.libraries()])
        if one.to != outbox.desk:
            raise RuleViolation("restoration_for_other_desk", desk=one.to[:8])
        behind = one.desk == outbox.desk and any(
            chain.epoch == outbox.epoch and chain.last > outbox.reach(chain.epoch) for chain in one.chains)
    if behind:  # what is written from here on must not stand in places that come back
        desk.begin_epoch(Beginning.RESTORED)
    with desk.work(operator) as work:
        counts = Restored(one.id, one.desk)
        if work.connection.scalar(select(restoration.c.id).where(restoration.c.id == one.id)) is not None:
            counts.new = False
            return counts
        try:
            found = _Parts(source, one, identity)
            found.vault(work.connection)
            work.record(RestorationTaken(one.id, one.library, one.desk, signed))
            for number, chain in enumerate(one.chains):
                _restore_chain(work, one, chain, found.records(number), counts)
        except Malformed as fault:
            raise RuleViolation("restoration_malformed", reason=fault.reason) from fault
    return counts


def _read(signed: bytes, keys: Sequence[Any]) -> Restoration:
    try:
        return read_restoration(signed, keys)
    except Malformed as fault:
        code = "restoration_newer" if fault.reason == "newer_format" else "restoration_malformed"
        raise RuleViolation(code, reason=fault.reason) from fault
    except BadSignature as fault:
        raise RuleViolation("restoration_not_ours") from fault


class _Parts:
    """The parts of a restoration, opened one at a time. Raises Malformed where one is missing or not what is signed."""

    def __init__(self, source: BundleSource, one: Restoration, identity: str) -> None:
        self._source, self._identity = source, identity
        self._parts = list(enumerate(one.parts, 1))

    def vault(self, connection: Connection) -> None:
        """Keys and pictures first: entries need them. Those that are here stay as they are."""
        for number, part in self._parts:
            for record in read_records(self._open(number, part)):
                if isinstance(record, PersonKey):
                    connection.execute(insert_new(connection, person_key), {
                        "person": record.person, "key": person_key_kept(connection, record.person, record.key)})
                elif isinstance(record, Attachment):
                    connection.execute(insert_new(connection, attachment), {
                        "id": sha256(record.sealed).hexdigest(), "person": record.person, "sealed": record.sealed})

    def records(self, chain: int) -> Iterator[bytes | Stub]:
        for number, part in self._parts:
            if part.kind is PartKind.RECORDS and part.range is not None and part.range.chain == chain:
                for record in read_records(self._open(number, part)):
                    if isinstance(record, bytes | Stub):
                        yield record

    def _open(self, number: int, part: Part) -> bytes:
        data = self._source.part(part_name(number), part.length)
        if data is None:
            raise Malformed("part_missing")
        return unseal(part, data, self._identity)


@dataclass(slots=True)
class _Stretch:
    """What one `epoch.restored` will say."""

    first: int
    last: int
    gaps: list[Gap] = field(default_factory=list)
    aside: list[Aside] = field(default_factory=list)


def _restore_chain(work: SqlWork, one: Restoration, chain: ChainRange, records: Iterable[bytes | Stub],
                   counts: Restored) -> None:
    """Walks the chain and puts in what is not here. Raises Malformed, RuleViolation."""
    here = _Here(work.connection, one.desk, chain)
    seq, before = chain.first - 1, chain.before
    stretch = _Stretch(chain.first, chain.first)
    applying = _Applying(work.connection, one.desk, chain.epoch)
    for record in records:
        seq += 1
        where = f"{one.desk[:8]}/{chain.epoch[:8]}/{seq}"
        hash_, entry = _joined(record, one.desk, chain.epoch, seq, before, where)
        known = here.hash_of(seq)
        if known not in (None, UNKNOWN) and hash_ not in (known, UNKNOWN):
            raise RuleViolation("restoration_other_history", place=where)
        if entry is not None and before == UNKNOWN and seq > chain.first:
            stretch.gaps.append(Gap(seq - 1, entry.prev))
        counts.known += here.is_entry(seq)
        if entry is None:
            stretch.gaps += [Gap(seq, hash_)] if known in (None, UNKNOWN) else []
        elif not here.is_entry(seq):
            code = applying.apply(entry, bytes(record), hash_)  # type: ignore[arg-type]
            counts.entries += 1
            stretch.aside += [Aside(seq, code)] if code else []
        before, stretch.last = (known or hash_) if hash_ == UNKNOWN else hash_, seq
        if seq - stretch.first + 1 == MOST:
            _say(work, one, chain.epoch, stretch, counts)
            stretch = _Stretch(seq + 1, seq + 1)
    if (seq, before) != (chain.last, chain.after):
        raise RuleViolation("restoration_does_not_join", place=f"{one.desk[:8]}/{chain.epoch[:8]}/{seq}")
    if stretch.first <= seq:
        _say(work, one, chain.epoch, stretch, counts)


def _joined(record: bytes | Stub, desk: Id, epoch: Id, seq: int, before: bytes,
            where: str) -> tuple[bytes, Entry | None]:
    """Its hash, and the entry unless it is a stub. Raises Malformed, RuleViolation restoration_does_not_join."""
    if isinstance(record, Stub):
        if record.seq != seq:
            raise RuleViolation("restoration_does_not_join", place=where)
        return record.hash, None
    entry = read(record)
    known = before != UNKNOWN or seq == 1
    if (entry.desk.hex(), entry.epoch.hex(), entry.seq) != (desk, epoch, seq) or (known and entry.prev != before):
        raise RuleViolation("restoration_does_not_join", place=where)
    return sha256(record).digest(), entry


def _say(work: SqlWork, one: Restoration, epoch: Id, stretch: _Stretch, counts: Restored) -> None:
    work.record(EpochRestored(epoch, one.id, one.desk, stretch.first, stretch.last, tuple(stretch.gaps),
                              tuple(stretch.aside), _within(one.fates, epoch, stretch), one.number))
    counts.gaps += len({one.seq for one in stretch.gaps})
    for set_aside in stretch.aside:
        counts.aside[set_aside.code] = counts.aside.get(set_aside.code, 0) + 1


def _within(fates: Iterable[FateOf], epoch: Id, stretch: _Stretch) -> tuple[FateOf, ...]:
    return tuple(
        FateOf(Span(epoch, max(f.span.first, stretch.first), min(f.span.last, stretch.last)), f.fate, f.code)
        for f in fates if f.span.epoch == epoch and f.span.first <= stretch.last and f.span.last >= stretch.first)


class _Here:
    """What of one chain is here already."""

    def __init__(self, connection: Connection, desk: Id, chain: ChainRange) -> None:
        self._entries, self._gaps = (dict(connection.execute(select(table.c.seq, table.c.hash).where(
            table.c.desk == desk, table.c.epoch == chain.epoch,
            table.c.seq.between(chain.first, chain.last))).all()) for table in (journal_table, gap))

    def hash_of(self, seq: int) -> bytes | None:
        return self._entries.get(seq, self._gaps.get(seq))

    def is_entry(self, seq: int) -> bool:
        return seq in self._entries


class _Applying:
    """Entries of one chain into journal and tables."""

    def __init__(self, connection: Connection, desk: Id, epoch: Id) -> None:
        self._connection = connection
        self._newer = _newer(connection, desk, epoch)

    def apply(self, entry: Entry, raw: bytes, hash_: bytes) -> str:
        """Empty, or why the entry changes no table."""
        position = journal.store(self._connection, entry, raw, hash_)
        try:
            happened = open_entry(entry, self._key(entry))
        except (KeyError, Malformed, msgspec.ValidationError):
            return UNREADABLE
        if isinstance(happened, CentreFounded) or self._newer.get(_about(entry), (0, 0)) > entry.at:
            return OTHER_CENTRE if isinstance(happened, CentreFounded) else OVERTAKEN
        try:
            with self._connection.begin_nested():
                PROJECTIONS[type(happened)](Apply(self._connection, position, entry.why), happened)
        except OperationalError:
            raise
        except _REFUSALS:
            return REFUSED
        return ""

    def _key(self, entry: Entry) -> bytes | None:
        return journal.key_of(self._connection, entry.sealed.person) if entry.sealed else None


def _about(entry: Entry) -> tuple[Any, ...]:
    return (entry.kind, entry.subject, *(entry.body.get(name) for name in _SAME))


def _newer(connection: Connection, desk: Id, epoch: Id) -> Mapping[tuple[Any, ...], tuple[int, int]]:
    """When each thing was last changed here by entries of other epochs that came after this one was left."""
    found: dict[tuple[Any, ...], tuple[int, int]] = {}
    own = open_from(connection)
    last = connection.scalar(select(func.max(journal_table.c.position)).where(
        journal_table.c.desk == desk, journal_table.c.epoch == epoch)) or 0
    for row in journal.walk(connection, last):
        if row.position < own:
            entry = read(row.entry)
            about = _about(entry)
            found[about] = max(found.get(about, (0, 0)), entry.at)
    return found
