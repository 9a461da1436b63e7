"""One page of a chain into the inbox, the journal and the projections, in one transaction.

Insert on conflict do nothing, then compare: the same hash is a duplicate, another hash a fork. The desk's cursor row is
locked meanwhile, so that two intakes of one desk follow each other.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from sqlalchemy import Connection, bindparam, delete, select, update

from appraisal.domain.events import Id
from appraisal.domain.exchange import Fate
from appraisal.journal import START, Entry
from db.bulk import bulk, insert_new
from library.applying import Ready, Verdict, apply_all
from library.judging import DESK_HELD, Arrival, Place, read_entry, understand, vault_for
from library.schema import cursor, desk, inbox, kept

PAGE = 500
WITHHELD = "withheld"
FORK = "fork"
_HELD = "held"
_INBOX = ("desk", "epoch", "seq", "hash", "state", "code", "intake")


@dataclass(slots=True)
class Run:
    """One intake of one bundle."""

    id: Id
    desk: Id
    forks: dict[tuple[str, int], bytes] = field(default_factory=dict)
    """(epoch, seq) -> hash of the entry that contradicts one we have."""
    applied: int = 0


def lock(connection: Connection, name: Id) -> str:
    """Waits for whoever takes in this desk's entries; returns the desk's state."""
    connection.execute(select(cursor.c.desk).where(cursor.c.desk == name).with_for_update()).one()
    return str(connection.scalar(select(desk.c.state).where(desk.c.desk == name)))


def take_page(connection: Connection, run: Run, epoch: str, page: Sequence[Arrival],
              keys: Mapping[Id, bytes]) -> None:
    """`page` is contiguous; `keys` are the library's own for some of its people."""
    held = lock(connection, run.desk) == _HELD
    fresh = _insert(connection, run, epoch, page)
    if run.forks:
        _hold(connection, run)
        held = True
    if not fresh:
        return
    before = {page[0].seq: _hash_before(connection, run.desk, epoch, page[0].seq)}
    before |= {later.seq: one.hash for one, later in pairwise(page)}
    refused: list[tuple[Arrival, str, Verdict]] = []
    entries: list[tuple[Arrival, Entry]] = []
    for one in fresh:
        found = read_entry(one.raw or b"", Place(run.desk, epoch, one.seq, before[one.seq]))
        if one is page[0] and isinstance(found, Verdict) and found.code == "entry_not_joined":
            _hold(connection, run)
            held, found = True, Verdict(Fate.HELD, FORK)
        if isinstance(found, Verdict):
            refused.append((one, "", found))
        elif held:
            refused.append((one, _kind(found), Verdict(Fate.HELD, DESK_HELD)))
        else:
            entries.append((one, found))
    refused += _understand_and_apply(connection, run, entries, keys)
    _keep(connection, run, epoch, refused)


def _insert(connection: Connection, run: Run, epoch: str, page: Sequence[Arrival]) -> list[Arrival]:
    """The entries that were not here. Fills `run.forks`."""
    new = bulk(connection, insert_new(connection, inbox), _INBOX, [
        (run.desk, epoch, one.seq, one.hash, Fate.APPLIED.value if one.raw else WITHHELD, "", run.id) for one in page])
    if new == len(page):
        return [one for one in page if one.raw]
    known = {row.seq: row for row in connection.execute(
        select(inbox).where(inbox.c.desk == run.desk, inbox.c.epoch == epoch,
                            inbox.c.seq.between(page[0].seq, page[-1].seq)))}
    fresh, arrived, forks = [], [], []
    for one in page:
        row = known[one.seq]
        if row.hash != one.hash:
            forks.append(one)
        elif one.raw and row.state == WITHHELD:
            arrived.append(one)
            fresh.append(one)
        elif one.raw and row.intake == run.id:
            fresh.append(one)
    _set_states(connection, run, epoch, [(one.seq, Fate.APPLIED.value, "") for one in arrived])
    run.forks |= {(epoch, one.seq): one.hash for one in forks}
    _keep_raw(connection, run.desk, epoch, [(one, "", _HELD) for one in forks if one.raw])
    return fresh


def _understand_and_apply(connection: Connection, run: Run, entries: Sequence[tuple[Arrival, Entry]],
                          keys: Mapping[Id, bytes]) -> Iterator[tuple[Arrival, str, Verdict]]:
    vault = vault_for(connection, [entry for _, entry in entries], keys)
    ready: list[Ready] = []
    for one, entry in entries:
        found = understand(entry, one.raw or b"", one.hash, vault)
        if isinstance(found, Verdict):
            yield one, _kind(entry), found
        else:
            ready.append(found)
    refused = apply_all(connection, ready)
    run.applied += len(ready) - len(refused)
    for place, verdict in refused.items():
        one_ready = ready[place]
        yield (Arrival(one_ready.entry.seq, one_ready.hash, one_ready.raw), _kind(one_ready.entry), verdict)


def _keep(connection: Connection, run: Run, epoch: str, refused: Sequence[tuple[Arrival, str, Verdict]]) -> None:
    _set_states(connection, run, epoch, [(one.seq, verdict.fate.value, verdict.code) for one, _, verdict in refused])
    _keep_raw(connection, run.desk, epoch, [(one, kind, verdict.fate.value) for one, kind, verdict in refused])


def _keep_raw(connection: Connection, name: Id, epoch: str, some: Iterable[tuple[Arrival, str, str]]) -> None:
    rows = [{"desk": name, "epoch": epoch, "seq": one.seq, "hash": one.hash, "state": state, "kind": kind[:60],
             "entry": one.raw} for one, kind, state in some]
    if rows:
        connection.execute(insert_new(connection, kept), rows)


def _set_states(connection: Connection, run: Run, epoch: str, states: Sequence[tuple[int, str, str]]) -> None:
    set_states(connection, [{"at_desk": run.desk, "at_epoch": epoch, "at_seq": seq, "state": state, "code": code,
                             "intake": run.id} for seq, state, code in states])


def set_states(connection: Connection, rows: Sequence[dict[str, Any]]) -> None:
    if rows:
        connection.execute(
            update(inbox).where(inbox.c.desk == bindparam("at_desk"), inbox.c.epoch == bindparam("at_epoch"),
                                inbox.c.seq == bindparam("at_seq"))
            .values(state=bindparam("state"), code=bindparam("code"), intake=bindparam("intake")), rows)


def drop_kept(connection: Connection, rows: Sequence[dict[str, Any]]) -> None:
    """Of entries that the journal has now."""
    if rows:
        connection.execute(
            delete(kept).where(kept.c.desk == bindparam("at_desk"), kept.c.epoch == bindparam("at_epoch"),
                               kept.c.seq == bindparam("at_seq")), rows)


def _hold(connection: Connection, run: Run) -> None:
    """A desk that has two histories is a copy somewhere: nothing of it is applied until an officer decides."""
    connection.execute(update(desk).where(desk.c.desk == run.desk).values(state=_HELD))


def _hash_before(connection: Connection, name: Id, epoch: str, seq: int) -> bytes | None:
    if seq == 1:
        return START
    return connection.scalar(
        select(inbox.c.hash).where(inbox.c.desk == name, inbox.c.epoch == epoch, inbox.c.seq == seq - 1))


def _kind(entry: Entry) -> str:
    return f"{entry.kind}/{entry.version}"
