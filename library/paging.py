"""One page of a chain into the inbox, the journal and the projections, in one transaction.

Insert on conflict do nothing, then compare: the same hash is a duplicate, another hash a fork. The desk's cursor row is
locked meanwhile, so that two intakes of one desk follow each other.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from msgspec.structs import replace
from sqlalchemy import Connection, bindparam, delete, insert, literal, select, update

from appraisal.domain.events import Id
from appraisal.domain.exchange import Fate
from appraisal.journal import START, Entry
from db.bulk import bulk, insert_new
from library.applying import apply_all
from library.judging import understand, vault_for
from library.not_taken import without_not_taken
from library.reading import Arrival, Place, Reading, Verdict, read_page
from library.schema import cursor, desk, inbox, kept

PAGE = 2000
WITHHELD = "withheld"
FORK, DESK_HELD = "fork", "desk_held"
_HELD = "held"
_NEW = insert(inbox)
_HERE = select(literal(1)).where(
    inbox.c.desk == bindparam("desk"), inbox.c.epoch == bindparam("epoch"),
    inbox.c.seq.between(bindparam("first"), bindparam("last"))).limit(1)
_INBOX = ("desk", "epoch", "seq", "hash", "state", "code", "intake")


@dataclass(slots=True)
class Run:
    """One intake of one bundle."""

    id: Id
    desk: Id
    forks: dict[tuple[str, int], bytes] = field(default_factory=dict)
    """(epoch, seq) -> hash of the entry that contradicts one we have."""
    not_taken: dict[tuple[str, int], bytes] = field(default_factory=dict)
    """(epoch, seq) -> hash of an entry of the other history that an officer has decided against."""
    kinds: set[str] = field(default_factory=set)
    """Of the entries that were applied."""


def lock(connection: Connection, name: Id) -> str:
    """Waits for whoever takes in this desk's entries; returns the desk's state."""
    connection.execute(select(cursor.c.desk).where(cursor.c.desk == name).with_for_update()).one()
    return str(connection.scalar(select(desk.c.state).where(desk.c.desk == name)))


def take_pages(connection: Connection, run: Run, epoch: str, arrivals: Sequence[Arrival],
               keys: Mapping[Id, bytes]) -> None:
    """`arrivals` are contiguous; `keys` are the library's own for some of its people."""
    for at in range(0, len(arrivals), PAGE):
        with connection.begin():
            _take_page(connection, run, epoch, arrivals[at:at + PAGE], keys)


def _take_page(connection: Connection, run: Run, epoch: str, page: Sequence[Arrival], keys: Mapping[Id, bytes]) -> None:
    held = lock(connection, run.desk) == _HELD
    page = without_not_taken(connection, run.desk, epoch, page, run.not_taken)
    fresh = _insert(connection, run, epoch, page)
    if run.forks:
        _hold(connection, run)
        held = True
    if not fresh:
        return
    read = read_page(page, Place(bytes.fromhex(run.desk), bytes.fromhex(epoch)), fresh, keys)
    if read[0].seq == page[0].seq and not _joins(connection, run, epoch, read[0]):
        _hold(connection, run)
        held = True
        _keep(connection, run, epoch, [(replace(read.pop(0), kind=""), Verdict(Fate.HELD, FORK))])
    _take(connection, run, epoch, read, held, keys)


def _take(connection: Connection, run: Run, epoch: str, fresh: Sequence[Reading], held: bool,
          keys: Mapping[Id, bytes]) -> None:
    refused: list[tuple[Reading, Verdict]] = []
    ready: list[Reading] = []
    for one in fresh:
        if held and one.kind:
            refused.append((one, Verdict(Fate.HELD, DESK_HELD)))
        elif type(one.outcome) is Verdict:
            refused.append((one, one.outcome))
        else:
            ready.append(one)
    refused += _apply(connection, run, epoch, ready, keys)
    _keep(connection, run, epoch, refused)


def _joins(connection: Connection, run: Run, epoch: str, one: Reading) -> bool:
    """Whether it follows the entry before, where that is known."""
    return one.prev is None or _hash_before(connection, run.desk, epoch, one.seq) in (None, one.prev)


def _insert(connection: Connection, run: Run, epoch: str, page: Sequence[Arrival]) -> Sequence[Arrival]:
    """The entries that were not here. Fills `run.forks`. The look before the insert only says how: whatever comes in
    between, against the desk's lock, would break it off."""
    if not page:
        return ()
    any_here = connection.scalar(_HERE, {"desk": run.desk, "epoch": epoch, "first": page[0].seq, "last": page[-1].seq})
    new = bulk(connection, insert_new(connection, inbox) if any_here else _NEW, _INBOX, [
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
    _keep_raw(connection, run.desk, epoch, [(one, "", _HELD) for one in forks])  # stubs too
    return fresh


def _apply(connection: Connection, run: Run, epoch: str, ready: Sequence[Reading],
           keys: Mapping[Id, bytes]) -> Iterator[tuple[Reading, Verdict]]:
    asked = [one.outcome for one in ready if type(one.outcome) is Entry]
    if asked:
        vault = vault_for(connection, asked, keys)
        ready = [replace(one, outcome=understand(one.outcome, vault)) if type(one.outcome) is Entry else one
                 for one in ready]
        yield from ((one, one.outcome) for one in ready if isinstance(one.outcome, Verdict))
        ready = [one for one in ready if not isinstance(one.outcome, Verdict)]
    refused = apply_all(connection, run.desk, epoch, ready)
    run.kinds.update([one.kind for one in ready])
    yield from ((one, refused[one.seq]) for one in ready if one.seq in refused)


def _keep(connection: Connection, run: Run, epoch: str, refused: Sequence[tuple[Reading, Verdict]]) -> None:
    _set_states(connection, run, epoch, [(one.seq, verdict.fate.value, verdict.code) for one, verdict in refused])
    _keep_raw(connection, run.desk, epoch, [
        (Arrival(one.seq, one.hash, one.raw), one.name, verdict.fate.value) for one, verdict in refused])


def _keep_raw(connection: Connection, name: Id, epoch: str, some: Iterable[tuple[Arrival, str, str]]) -> None:
    rows = [{"desk": name, "epoch": epoch, "seq": one.seq, "hash": one.hash, "state": state, "kind": kind[:60],
             "entry": one.raw or b""} for one, kind, state in some]
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
    """Of entries that waited and that the journal has now; what contradicts them stays."""
    if rows:
        connection.execute(
            delete(kept).where(kept.c.desk == bindparam("at_desk"), kept.c.epoch == bindparam("at_epoch"),
                               kept.c.seq == bindparam("at_seq"), kept.c.state == Fate.PARKED.value), rows)


def _hold(connection: Connection, run: Run) -> None:
    """A desk that has two histories is a copy somewhere: nothing of it is applied until an officer decides."""
    connection.execute(update(desk).where(desk.c.desk == run.desk).values(state=_HELD))


def _hash_before(connection: Connection, name: Id, epoch: str, seq: int) -> bytes | None:
    if seq == 1:
        return START
    return connection.scalar(
        select(inbox.c.hash).where(inbox.c.desk == name, inbox.c.epoch == epoch, inbox.c.seq == seq - 1))
