"""Parked entries again: what they waited for may have come, or this release may know their kind."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, func, select, tuple_, update

from appraisal.domain.events import Id, kinds
from appraisal.domain.exchange import Fate
from appraisal.journal import read
from db.schema import journal
from library.applying import apply_all
from library.judging import understand, vault_for
from library.looking import look_at_people, mark_unsettled
from library.opening import Library
from library.paging import PAGE, drop_kept, lock, set_states
from library.reading import Reading, Verdict
from library.schema import inbox, kept
from library.telling import make_news


def retry_parked(library: Library, run: Id) -> int:
    """Entries applied, as of intake `run`. Goes on while any is: one may wait for another."""
    total = 0
    while applied := sum(_retry_desk(library, run, name) for name in _desks(library)):
        total += applied
    return total


def _desks(library: Library) -> Sequence[Id]:
    with library.engine.begin() as connection:
        return connection.scalars(
            select(kept.c.desk).where(kept.c.state == Fate.PARKED.value).distinct().order_by(kept.c.desk)).all()


def _retry_desk(library: Library, run: Id, name: Id) -> int:
    applied, after = 0, ("", 0)
    while True:
        with library.engine.begin() as connection:
            if lock(connection, name) != "active":
                return applied
            page = connection.execute(
                select(kept).where(kept.c.state == Fate.PARKED.value, kept.c.desk == name,
                                   tuple_(kept.c.epoch, kept.c.seq) > after)
                .order_by(kept.c.epoch, kept.c.seq).limit(PAGE)).all()
            for epoch in dict.fromkeys(row.epoch for row in page):
                applied += _retry_page(library, connection, run, [row for row in page if row.epoch == epoch])
        if len(page) < PAGE:
            return applied
        after = (page[-1].epoch, page[-1].seq)


def _retry_page(library: Library, connection: Connection, run: Id, page: Sequence[Any]) -> int:
    """`page`: rows of one chain."""
    known = {f"{name}/{version}"[:60] for name, version in kinds()}
    read_again = [(row, read(row.entry)) for row in page if row.kind in known]
    vault = vault_for(connection, [entry for _, entry in read_again], {})
    ready: list[Reading] = []
    refused: list[tuple[int, Verdict]] = []
    for row, entry in read_again:
        found = understand(entry, vault)
        if isinstance(found, Verdict):
            refused.append((row.seq, found))
        else:
            ready.append(Reading(row.seq, row.hash, row.entry, entry.prev, entry.kind, entry.version, entry.person,
                                 entry.why, found))
    verdicts = apply_all(connection, page[0].desk, page[0].epoch, ready)
    refused += verdicts.items()
    done = [one for one in ready if one.seq not in verdicts]
    _write_down(connection, run, page[0], [one.seq for one in done], refused)
    _look(library, connection, page[0], done)
    return len(done)


def _look(library: Library, connection: Connection, chain: Any, done: Sequence[Reading]) -> None:
    """They came late: what was here before of the same people may be newer."""
    kinds: dict[tuple[Id, Id, Id], set[str]] = {}
    for one in done:
        if one.person:
            kinds.setdefault((one.person, chain.desk, chain.epoch), set()).add(one.kind)
    if not kinds:
        return
    look_at_people(connection, library, kinds)
    first = connection.scalar(select(func.min(journal.c.position)).where(
        journal.c.desk == chain.desk, journal.c.epoch == chain.epoch, journal.c.seq.in_([one.seq for one in done])))
    mark_unsettled(connection, library, connection.scalars(select(journal.c.person).where(
        journal.c.person.in_({who for who, _, _ in kinds}), journal.c.position < first).distinct()))


def _write_down(connection: Connection, run: Id, chain: Any, applied: Sequence[int],
                refused: Sequence[tuple[int, Verdict]]) -> None:
    """New states, and news for the desk where a fate has changed."""
    def at(seq: int) -> dict[str, Any]:
        return {"at_desk": chain.desk, "at_epoch": chain.epoch, "at_seq": seq}

    drop_kept(connection, [at(seq) for seq in applied])
    other = [(seq, verdict) for seq, verdict in refused if verdict.fate is not Fate.PARKED]
    set_states(connection, [
        *(at(seq) | {"state": Fate.APPLIED.value, "code": "", "intake": run} for seq in applied),
        *(at(seq) | {"state": verdict.fate.value, "code": verdict.code, "intake": run} for seq, verdict in other)])
    for seq, verdict in other:
        connection.execute(update(kept).where(kept.c.desk == chain.desk, kept.c.epoch == chain.epoch,
                                              kept.c.seq == seq, kept.c.state == Fate.PARKED.value)
                           .values(state=verdict.fate.value))
    _recode(connection, chain, [(seq, verdict) for seq, verdict in refused if verdict.fate is Fate.PARKED])
    make_news(connection, [(chain.desk, chain.epoch, seq) for seq in [*applied, *(seq for seq, _ in other)]])


def _recode(connection: Connection, chain: Any, waiting: Sequence[tuple[int, Verdict]]) -> None:
    """Still parked, perhaps for another reason than before."""
    for seq, verdict in waiting:
        connection.execute(
            update(inbox).where(inbox.c.desk == chain.desk, inbox.c.epoch == chain.epoch, inbox.c.seq == seq,
                                inbox.c.code != verdict.code).values(code=verdict.code))
