"""A desk with two histories is held; here its entries are taken in again, along the history that an officer names."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import ColumnElement, Connection, delete, func, insert, select, update

from appraisal.canonical import Malformed
from appraisal.domain.errors import RuleViolation
from appraisal.domain.events import Id
from appraisal.domain.exchange import Fate
from appraisal.domain.question import QuestionKind
from appraisal.journal import START, Entry, read
from library.applying import DEPENDENCY_MISSING
from library.held_entries import HELD, desk_doubts
from library.not_taken import NOT_TAKEN
from library.officers import Officer, require_active
from library.opening import Library
from library.own_chain import appending
from library.paging import DESK_HELD, FORK, WITHHELD, Run, lock
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

    Raises RuleViolation officer_withdrawn, desk_not_held, fork_side_not_named, fork_side_in_force,
    question_reason_missing."""
    if not reason.strip():
        raise RuleViolation("question_reason_missing", "reason")
    run = Run(library.new_id(), name)
    begin(library, run)
    with library.engine.begin() as connection, appending(library, connection) as own:
        require_active(connection, officer)
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
    taken = rejected = 0
    named = truth == LIBRARY
    for epoch in connection.scalars(select(kept.c.epoch).where(
            kept.c.desk == name, kept.c.state == HELD).distinct().order_by(kept.c.epoch)).all():
        held = _held_back(connection, name, epoch)
        if not held:
            continue
        line = _line(connection, held, truth)
        named = named or any(_is(row, truth) for row in line)
        others = [row for some in held.values() for row in some if row not in line]
        _take(connection, line)
        _reject(connection, others, {row.seq for row in line})
        taken += sum(bool(row.entry) for row in line)
        rejected += sum(bool(row.entry) for row in others)
    if not named:
        raise RuleViolation("fork_side_in_force", "truth", truth=truth)
    return taken, rejected


class _Held(NamedTuple):
    """A held record; a stub has no `entry`."""

    desk: Id
    epoch: Id
    seq: int
    hash: bytes
    entry: bytes


def _held_back(connection: Connection, name: Id, epoch: Id) -> dict[int, list[_Held]]:
    """From the first place that is in doubt: what was held for the fork's sake, and the stubs there."""
    query = select(kept, inbox.c.hash.label("here"), inbox.c.code).join_from(kept, inbox, (
        inbox.c.desk == kept.c.desk) & (inbox.c.epoch == kept.c.epoch) & (inbox.c.seq == kept.c.seq))
    found: dict[int, list[_Held]] = {}
    for row in connection.execute(query.where(kept.c.desk == name, kept.c.epoch == epoch, kept.c.state == HELD)
                                  .order_by(kept.c.seq, kept.c.hash)):
        if row.hash != row.here or row.code in (FORK, DESK_HELD):
            found.setdefault(row.seq, []).append(_Held(name, epoch, row.seq, row.hash, row.entry))
    if found:
        for row in connection.execute(select(inbox.c.seq, inbox.c.hash).where(
                inbox.c.desk == name, inbox.c.epoch == epoch, inbox.c.seq >= min(found),
                inbox.c.state == WITHHELD)):
            found.setdefault(row.seq, []).append(_Held(name, epoch, row.seq, row.hash, b""))
    return found


def _line(connection: Connection, held: Mapping[int, Sequence[_Held]], truth: str) -> list[_Held]:
    """The held records that follow what is in force, one after the other."""
    some = next(iter(held.values()))[0]
    in_force: dict[int, bytes] = dict(connection.execute(
        select(inbox.c.seq, inbox.c.hash).where(
            inbox.c.desk == some.desk, inbox.c.epoch == some.epoch, inbox.c.seq >= min(held) - 1,
            inbox.c.code.not_in((FORK, DESK_HELD)), inbox.c.state != WITHHELD)).all())
    joined = _joined_stubs(held)
    seq = min(held)
    before = in_force.get(seq - 1) or connection.scalar(select(inbox.c.hash).where(
        inbox.c.desk == some.desk, inbox.c.epoch == some.epoch, inbox.c.seq == seq - 1)) or START
    line: list[_Held] = []
    while True:
        if seq in in_force:
            before = in_force[seq]
        elif following := [row for row in held.get(seq, ()) if _follows(row, before) or row in joined]:
            line.append(_choose(following, truth))
            before = line[-1].hash
        else:
            return line
        seq += 1


def _choose(following: Sequence[_Held], truth: str) -> _Held:
    if len(following) == 1:
        return following[0]
    named = [row for row in following if _is(row, truth)]
    if len(named) != 1:
        sides = ", ".join(f"{row.seq}:{row.hash.hex()[:16]}" for row in following)
        raise RuleViolation("fork_side_not_named", "truth", sides=sides)
    return named[0]


def _joined_stubs(held: Mapping[int, Sequence[_Held]]) -> set[_Held]:
    """A stub does not say what it follows; the entry after it says that it does."""
    joined: set[_Held] = set()
    for seq in sorted(held, reverse=True):
        after = held.get(seq + 1, ())
        joined |= {row for row in held[seq] if not row.entry and any(
            _follows(one, row.hash) or one in joined for one in after)}
    return joined


def _follows(row: _Held, before: bytes) -> bool:
    entry = _read(row)
    return entry is not None and entry.prev == before


def _read(row: _Held) -> Entry | None:
    try:
        entry = read(row.entry)
    except Malformed:
        return None
    here = (entry.desk.hex(), entry.epoch.hex(), entry.seq) == (row.desk, row.epoch, row.seq)
    return entry if here else None


def _is(row: _Held, truth: str) -> bool:
    return len(truth) >= 8 and row.hash.hex().startswith(truth)


def _take(connection: Connection, line: Sequence[_Held]) -> None:
    for row in line:
        entry = _read(row)
        here = (inbox.c.desk == row.desk) & (inbox.c.epoch == row.epoch) & (inbox.c.seq == row.seq)
        values = {"hash": row.hash, "state": Fate.PARKED.value if entry else WITHHELD,
                  "code": DEPENDENCY_MISSING if entry else ""}
        if not connection.execute(update(inbox).where(here).values(values)).rowcount:
            connection.execute(insert(inbox).values(
                desk=row.desk, epoch=row.epoch, seq=row.seq, intake="", **values))
        same = _in_kept(row)
        if entry:
            connection.execute(update(kept).where(same).values(
                state=Fate.PARKED.value, kind=f"{entry.kind}/{entry.version}"[:60]))
            make_news(connection, [(row.desk, row.epoch, row.seq)])
        else:
            connection.execute(delete(kept).where(same))


def _reject(connection: Connection, others: Sequence[_Held], taken: set[int]) -> None:
    """The raw bytes stay in `kept`. Where nothing is in force, the place is free again for the entry that joins."""
    for row in others:
        if not connection.execute(update(kept).where(_in_kept(row)).values(state=NOT_TAKEN)).rowcount:
            connection.execute(insert(kept).values(**row._asdict(), state=NOT_TAKEN, kind=""))
        if row.seq not in taken:
            connection.execute(delete(inbox).where(
                inbox.c.desk == row.desk, inbox.c.epoch == row.epoch, inbox.c.seq == row.seq,
                inbox.c.hash == row.hash, inbox.c.state.in_((HELD, WITHHELD))))


def _in_kept(row: _Held) -> ColumnElement[bool]:
    return (kept.c.desk == row.desk) & (kept.c.epoch == row.epoch) & (kept.c.seq == row.seq) & (
        kept.c.hash == row.hash)
