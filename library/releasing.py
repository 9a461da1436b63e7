"""A desk with two histories is held; here its entries are taken in again, along the history that an officer names."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, delete, func, insert, select, update

from appraisal.canonical import Malformed
from appraisal.domain.errors import RuleViolation
from appraisal.domain.events import Id
from appraisal.domain.exchange import Fate
from appraisal.domain.question import QuestionKind
from appraisal.journal import START, Entry, read
from library.held_entries import HELD, desk_doubts
from library.not_taken import NOT_TAKEN
from library.officers import Officer
from library.opening import Library
from library.own_chain import appending
from library.paging import Run, lock
from library.question_rows import QuestionRow
from library.questions import write_decision
from library.retry import retry_parked
from library.schema import desk, inbox, kept, question
from library.settling import OPEN, ask, begin, settle
from library.telling import make_news

LIBRARY = "library"
"""Choice: the history of which entries are in force already; what follows it is in no doubt."""


@dataclass(frozen=True, slots=True)
class HeldDesk:
    desk: Id
    code: str
    centre: str
    state: str
    held: int
    """Entries that are held back."""
    question: Id | None
    sides: tuple[str, ...]
    """The two entries in one place, `desk/epoch/seq/hash`: the first is the library's."""


@dataclass(frozen=True, slots=True)
class Released:
    desk: Id
    taken: int
    """Entries that are taken in again."""
    rejected: int
    """Entries of the other history."""


def list_desks(library: Library) -> list[HeldDesk]:
    with library.engine.begin() as connection:
        held: dict[Id, int] = dict(connection.execute(
            select(kept.c.desk, func.count()).where(kept.c.state == HELD).group_by(kept.c.desk)).all())
        found = []
        for row in connection.execute(select(desk).order_by(desk.c.ordinal)).all():
            fork = next((one for one in desk_doubts(connection, row.desk) if one.kind is QuestionKind.FORK), None) \
                if row.state == HELD else None
            found.append(HeldDesk(row.desk, row.code, row.name_zh, row.state, held.get(row.desk, 0),
                                  fork.id if fork else None, fork.over if fork else ()))
    return found


def release(library: Library, name: Id, truth: str, reason: str, officer: Officer) -> Released:
    """`truth`: LIBRARY, or the beginning (8 digits at least) of the hash of the entry that is right where two would
    follow what is in force. The entries of the other history are rejected and kept; their desk begins a new epoch.

    Raises RuleViolation desk_not_held, fork_side_not_named, fork_side_in_force, question_reason_missing."""
    if not reason.strip():
        raise RuleViolation("question_reason_missing", "reason")
    run = Run(library.new_id(), name)
    begin(library, run)
    with library.engine.begin() as connection, appending(library, connection) as own:
        if lock(connection, name) != HELD:
            raise RuleViolation("desk_not_held", "desk", desk=name[:8])
        fork = next(one for one in desk_doubts(connection, name) if one.kind is QuestionKind.FORK)
        ask(connection, library, [fork])
        taken, rejected = _sort_out(connection, name, truth)
        connection.execute(update(desk).where(desk.c.desk == name).values(state="active"))
        row = QuestionRow(fork.id, fork.kind, 0, fork.matter, None, None, name, fork.over, OPEN, None)
        write_decision(library, connection, own, row, truth, reason.strip(), officer)
        connection.execute(delete(question).where(
            question.c.desk == name, question.c.kind == QuestionKind.FORK.value, question.c.state == OPEN))
    retry_parked(library, run.id)
    settle(library, run)
    return Released(name, taken, rejected)


def _sort_out(connection: Connection, name: Id, truth: str) -> tuple[int, int]:
    chains: dict[Id, dict[int, list[Any]]] = {}
    for row in connection.execute(select(kept).where(kept.c.desk == name, kept.c.state == HELD)
                                  .order_by(kept.c.epoch, kept.c.seq, kept.c.hash)):
        chains.setdefault(row.epoch, {}).setdefault(row.seq, []).append(row)
    taken = rejected = 0
    named = truth == LIBRARY
    for epoch, rows in chains.items():
        line = _line(connection, name, epoch, rows, truth)
        named = named or any(_is(row, truth) for row in line)
        others = [row for some in rows.values() for row in some if row not in line]
        _take(connection, line)
        _reject(connection, others, {row.seq for row in line})
        taken, rejected = taken + len(line), rejected + len(others)
    if not named:
        raise RuleViolation("fork_side_in_force", "truth", truth=truth)
    return taken, rejected


def _line(connection: Connection, name: Id, epoch: Id, rows: Mapping[int, Sequence[Any]], truth: str) -> list[Any]:
    """The held entries that follow what is in force, one after the other."""
    last = connection.execute(
        select(inbox.c.seq, inbox.c.hash).where(
            inbox.c.desk == name, inbox.c.epoch == epoch, inbox.c.state != HELD)
        .order_by(inbox.c.seq.desc()).limit(1)).first()
    seq, before = (last.seq, last.hash) if last else (0, START)
    line: list[Any] = []
    while following := [row for row in rows.get(seq + 1, ()) if _follows(row, before)]:
        if len(following) > 1:
            following = [row for row in following if _is(row, truth)]
        if len(following) != 1:
            both = ", ".join(f"{row.seq}:{row.hash.hex()[:16]}" for row in rows[seq + 1])
            raise RuleViolation("fork_side_not_named", "truth", sides=both)
        line.append(following[0])
        seq, before = following[0].seq, following[0].hash
    return line


def _follows(row: Any, before: bytes) -> bool:
    entry = _read(row)
    return entry is not None and entry.prev == before


def _read(row: Any) -> Entry | None:
    try:
        entry = read(row.entry)
    except Malformed:
        return None
    here = (entry.desk.hex(), entry.epoch.hex(), entry.seq) == (row.desk, row.epoch, row.seq)
    return entry if here else None


def _is(row: Any, truth: str) -> bool:
    return len(truth) >= 8 and bool(row.hash.hex().startswith(truth))


def _take(connection: Connection, line: Sequence[Any]) -> None:
    for row in line:
        entry = _read(row)
        assert entry is not None
        at = (row.desk, row.epoch, row.seq)
        place = (inbox.c.desk == at[0]) & (inbox.c.epoch == at[1]) & (inbox.c.seq == at[2])
        values = {"hash": row.hash, "state": Fate.PARKED.value, "code": "dependency_missing"}
        if not connection.execute(update(inbox).where(place).values(values)).rowcount:
            connection.execute(insert(inbox).values(
                desk=at[0], epoch=at[1], seq=at[2], intake="", **values))
        connection.execute(update(kept).where(
            kept.c.desk == at[0], kept.c.epoch == at[1], kept.c.seq == at[2], kept.c.hash == row.hash)
            .values(state=Fate.PARKED.value, kind=f"{entry.kind}/{entry.version}"[:60]))
        make_news(connection, [at])


def _reject(connection: Connection, others: Sequence[Any], taken: set[int]) -> None:
    """The raw bytes stay in `kept`. Where nothing is in force, the place is free again for the entry that joins."""
    for row in others:
        connection.execute(update(kept).where(
            kept.c.desk == row.desk, kept.c.epoch == row.epoch, kept.c.seq == row.seq, kept.c.hash == row.hash)
            .values(state=NOT_TAKEN))
        if row.seq not in taken:
            connection.execute(delete(inbox).where(
                inbox.c.desk == row.desk, inbox.c.epoch == row.epoch, inbox.c.seq == row.seq,
                inbox.c.hash == row.hash, inbox.c.state == HELD))
