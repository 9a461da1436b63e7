"""The library's journal: each chain of each desk joins, over what was withheld too, and nothing was changed."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, func, select, tuple_

from appraisal.canonical import Malformed
from appraisal.domain.exchange import Fate
from appraisal.journal import START, digest, read
from db.journal import Verified
from db.schema import journal
from library.schema import inbox, own_chain

PAGE = 500


def verify(connection: Connection) -> Verified:
    damage: list[str] = []
    entries, chain, seq, last = 0, ("", ""), 0, START
    for row in _walk(connection):
        where = f"{row.desk[:8]}/{row.epoch[:8]}/{row.seq}"
        if (row.desk, row.epoch) != chain:
            chain, seq, last = (row.desk, row.epoch), 0, START
        joined = row.seq == seq + 1
        seq, before, last = row.seq, last, row.hash
        # what is in doubt, or was decided against, is in the journal too
        if row.state == Fate.APPLIED.value or row.entry is not None:
            entries += 1
            damage += [f"{where}: {fault}" for fault in _faults(row, before if joined else None)]
    for row in _own(connection):
        where = f"{row.desk[:8]}/{row.epoch[:8]}/{row.seq}"
        if (row.desk, row.epoch) != chain:
            chain, seq, last = (row.desk, row.epoch), 0, START
        entries += 1
        damage += [f"{where}: {fault}" for fault in _faults(row, last)]
        damage += [f"{where}: chain"] if row.seq != seq + 1 else []
        seq, last = row.seq, row.hash
    extra = (connection.scalar(select(func.count()).select_from(journal)) or 0) - entries
    if extra:
        damage.append(f"journal: {extra} entries beyond the inbox")
    return Verified(entries, _head(connection), tuple(damage))


def _head(connection: Connection) -> str:
    """Of the entry applied last."""
    found = connection.scalar(select(journal.c.hash).order_by(journal.c.position.desc()).limit(1))
    return found.hex() if found else ""


def _faults(row: Any, before: bytes | None) -> Iterator[str]:
    if row.entry is None:
        yield "not in the journal"
        return
    if row.stored != row.hash or digest(row.entry) != row.hash:
        yield "hash"
        return
    try:
        entry = read(row.entry)
    except Malformed as fault:
        yield fault.reason
        return
    if (entry.desk.hex(), entry.epoch.hex(), entry.seq, entry.kind, entry.person) != (
            row.desk, row.epoch, row.seq, row.kind, row.person):
        yield "index"
    if before is not None and entry.prev != before:
        yield "chain"


def _own(connection: Connection) -> Iterator[Any]:
    """The library's own chain, as `_walk` gives the desks'."""
    key = (journal.c.desk, journal.c.epoch, journal.c.seq)
    query = select(journal, journal.c.hash.label("stored")).where(
        journal.c.epoch.in_(select(own_chain.c.epoch))).order_by(*key).limit(PAGE)
    after = ("", "", 0)
    while True:
        page = connection.execute(query.where(tuple_(*key) > after)).all()
        yield from page
        if len(page) < PAGE:
            return
        after = (page[-1].desk, page[-1].epoch, page[-1].seq)


def _walk(connection: Connection) -> Iterator[Any]:
    """Rows of the inbox by desk, epoch and seq, each with its journal entry."""
    key = (inbox.c.desk, inbox.c.epoch, inbox.c.seq)
    joined = (inbox.c.desk == journal.c.desk) & (inbox.c.epoch == journal.c.epoch) & (inbox.c.seq == journal.c.seq)
    query = select(inbox.c.desk, inbox.c.epoch, inbox.c.seq, inbox.c.hash, inbox.c.state, journal.c.entry,
                   journal.c.hash.label("stored"), journal.c.kind, journal.c.person)
    query = query.join_from(inbox, journal, joined, isouter=True).order_by(*key).limit(PAGE)
    after = ("", "", 0)
    while True:
        page = connection.execute(query.where(tuple_(*key) > after)).all()
        yield from page
        if len(page) < PAGE:
            return
        after = (page[-1].desk, page[-1].epoch, page[-1].seq)

