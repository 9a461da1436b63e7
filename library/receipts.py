"""What became of the entries of one bundle, and of earlier ones since: signed, numbered, chained."""

from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256
from itertools import groupby
from operator import attrgetter
from typing import Any

from sqlalchemy import Connection, bindparam, func, insert, literal_column, or_, select, update

from appraisal.domain.events import Id
from appraisal.domain.exchange import Fate, FateOf, Span
from appraisal.exchange.manifest import ChainRange, Manifest
from appraisal.exchange.receipt import Head, Receipt, digest_of, make_receipt, read_receipt
from appraisal.exchange.spans import Run as Stretch
from appraisal.exchange.spans import gaps, runs
from db.statement import every
from library.not_taken import FORK_NOT_TAKEN
from library.opening import Library
from library.paging import FORK, WITHHELD, Run, lock
from library.schema import cursor, inbox, news
from library.schema import receipt as given
from library.withdrawing import withdrawn

PAGE = 1000
_ROWS = select(inbox.c.seq, inbox.c.hash, inbox.c.state, inbox.c.code, inbox.c.intake).where(
    inbox.c.desk == bindparam("desk"), inbox.c.epoch == bindparam("epoch"),
    inbox.c.seq.between(bindparam("first"), bindparam("last"))).order_by(inbox.c.seq).limit(literal_column(str(PAGE)))
_HASH, _SAYS, _STANDS = attrgetter("hash"), attrgetter("state", "code", "intake"), attrgetter("state", "code")
_APPLIED = Fate.APPLIED.value
_SETTLED = frozenset({Fate.APPLIED, Fate.DUPLICATE, Fate.PARKED})


def give_receipt(library: Library, manifest: Manifest, digest: bytes, run: Run,
                 aside: tuple[tuple[int, str], ...]) -> tuple[Receipt, bytes]:
    """`digest`: of the signed manifest; `aside`: numbers of the parts in quarantine, and why."""
    with library.engine.begin() as connection:
        lock(connection, manifest.desk)
        before = connection.execute(select(cursor).where(cursor.c.desk == manifest.desk)).one()
        told = _told(connection, manifest, run)
        receipt = Receipt(
            library.id, manifest.desk, before.receipts + 1, before.last_digest, library.clock(), manifest.bundle,
            digest, tuple(told.fates), tuple(told.missing), aside,
            heads_of(connection, manifest.desk, [chain.epoch for chain in manifest.chains]),
            digest_of(told.hashes), withdrawn(connection, manifest.desk))
        data = make_receipt(receipt, library.receipts)
        connection.execute(insert(given).values(
            desk=manifest.desk, number=receipt.number, made_at=receipt.made_at, data=data, manifest=digest))
        connection.execute(update(cursor).where(cursor.c.desk == manifest.desk).values(
            receipts=receipt.number, last_digest=sha256(data).digest()))
        connection.execute(update(news).where(news.c.desk == manifest.desk, news.c.told.is_(None)).values(
            told=receipt.number))
    return receipt, data


def nothing_new(connection: Connection, library: Library, name: Id, digest: bytes) -> bool:
    """Whether this very bundle was taken in, whole, and nothing in it contradicted what was here."""
    data = connection.scalar(select(given.c.data).where(given.c.desk == name, given.c.manifest == digest)
                             .order_by(given.c.number.desc()).limit(1))
    if data is None:
        return False
    before = read_receipt(data, library.receipt_key)
    return not before.quarantined and {one.fate for one in before.fates} <= _SETTLED


class _Told:
    def __init__(self) -> None:
        self.fates: list[FateOf] = []
        self.missing: list[Span] = []
        self.hashes: list[bytes] = []

    def add(self, epoch: str, stretch: Stretch, fate: Fate, code: str) -> None:
        """What says the same as the stretch before goes on with it."""
        last = self.fates[-1] if self.fates else None
        if last and (last.span.epoch, last.span.last + 1, last.fate, last.code) == (epoch, stretch.first, fate, code):
            self.fates[-1] = FateOf(Span(epoch, last.span.first, stretch.last), fate, code)
        else:
            self.fates.append(FateOf(Span(epoch, stretch.first, stretch.last), fate, code))


def _told(connection: Connection, manifest: Manifest, run: Run) -> _Told:
    """Of each entry that the library has, its fate and its hash. What it only knows of is not named, and not missing
    either."""
    told = _Told()
    for chain in manifest.chains:
        here: list[tuple[int, int]] = []
        for page in _pages(connection, manifest.desk, chain):
            for (state, code, intake), some in groupby(_contradicted(page, run, chain.epoch), _SAYS):
                rows = list(some)
                stretches = _stretches(rows)
                here += [(one.first, one.last) for one in stretches]
                if state == WITHHELD:
                    continue
                told.hashes += map(_HASH, rows)
                fate = Fate.DUPLICATE if state == _APPLIED and intake != run.id else Fate(state)
                for one in stretches:
                    told.add(chain.epoch, one, fate, code)
        last = connection.scalar(select(func.max(inbox.c.seq)).where(
            inbox.c.desk == manifest.desk, inbox.c.epoch == chain.epoch, inbox.c.seq < chain.first)) or 0
        told.missing += [Span(chain.epoch, gap.first, gap.last) for gap in gaps(here, last + 1, chain.last)]
    for epoch, rows in _news(connection, manifest).items():
        told.hashes += map(_HASH, rows)
        for (state, code), some in groupby(rows, _STANDS):
            for one in _stretches(list(some)):
                told.add(epoch, one, Fate(state), code)
    return told


def _pages(connection: Connection, name: Id, chain: ChainRange) -> Iterator[list[Any]]:
    at = chain.first
    while True:
        page = every(connection, _ROWS, {"desk": name, "epoch": chain.epoch, "first": at, "last": chain.last})
        yield page
        if len(page) < PAGE:
            return
        at = page[-1].seq + 1


def _contradicted(page: list[Any], run: Run, epoch: str) -> list[Any]:
    """What this bundle says otherwise than the library has it, by the hash that the bundle gives."""
    if not run.forks and not run.not_taken:
        return page
    said = {**{key: (hash_, Fate.REJECTED, FORK_NOT_TAKEN) for key, hash_ in run.not_taken.items()},
            **{key: (hash_, Fate.HELD, FORK) for key, hash_ in run.forks.items()}}
    return [row._replace(hash=other[0], state=other[1].value, code=other[2])
            if (other := said.get((epoch, row.seq))) else row for row in page]


def _stretches(rows: list[Any]) -> list[Stretch]:
    first, last = rows[0].seq, rows[-1].seq
    return [Stretch(first, last)] if last - first + 1 == len(rows) else list(runs(row.seq for row in rows))


def _news(connection: Connection, manifest: Manifest) -> Mapping[str, list[Any]]:
    """Entries beyond the bundle whose fate has changed since the receipt that this bundle's maker read last. What was
    told stays here: another copy of the desk may not have heard it."""
    heard = manifest.last_receipt.number if manifest.last_receipt else 0
    query = select(inbox).join_from(
        inbox, news, (inbox.c.desk == news.c.desk) & (inbox.c.epoch == news.c.epoch) & (inbox.c.seq == news.c.seq))
    query = query.where(inbox.c.desk == manifest.desk, or_(news.c.told.is_(None), news.c.told > heard))
    query = query.order_by(inbox.c.epoch, inbox.c.seq)
    ranges = {chain.epoch: chain for chain in manifest.chains}
    found: dict[str, list[Any]] = {}
    for row in connection.execute(query):
        chain = ranges.get(row.epoch)
        if chain is None or not chain.first <= row.seq <= chain.last:
            found.setdefault(row.epoch, []).append(row)
    return found


def heads_of(connection: Connection, name: Id, last: Sequence[str] = ()) -> tuple[Head, ...]:
    """The last entry known of every chain of the desk; those of the epochs in `last` stand last."""
    known = {epoch: _head(connection, name, epoch) for epoch in epochs_of(connection, name)}
    return tuple(head for epoch, head in known.items() if epoch not in last) + tuple(
        known[epoch] for epoch in last if epoch in known)


def epochs_of(connection: Connection, name: Id) -> Iterator[str]:
    """From one epoch's first entry to the next one's: never through the entries between."""
    after = ""
    while True:
        found = connection.scalar(select(inbox.c.epoch).where(inbox.c.desk == name, inbox.c.epoch > after)
                                  .order_by(inbox.c.epoch).limit(1))
        if found is None:
            return
        yield (after := str(found))


def _head(connection: Connection, name: Id, epoch: str) -> Head:
    row = connection.execute(
        select(inbox.c.seq, inbox.c.hash).where(inbox.c.desk == name, inbox.c.epoch == epoch)
        .order_by(inbox.c.seq.desc()).limit(1)).one()
    return Head(epoch, row.seq, row.hash)
