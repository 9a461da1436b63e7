"""A desk is withdrawn at a recorded place: what it wrote up to there counts, nothing after (docs/formats/bundle.md)."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from sqlalchemy import Connection, func, insert, select, update

from appraisal.canonical import Malformed
from appraisal.domain.errors import RuleViolation
from appraisal.domain.events import Id
from appraisal.domain.exchange import Fate
from appraisal.exchange.manifest import ChainRange, Manifest
from appraisal.exchange.parts import Part
from appraisal.exchange.receipt import Withdrawn
from appraisal.journal import read
from db.bulk import insert_new
from library.officers import NEEDED, Officer, approve, matter, require_two
from library.opening import Library
from library.publish import alone, sign_lists
from library.schema import desk, inbox, kept, withdrawal
from library.short_receipts import find_desk

LATER = "desk_withdrawn_later"
WITHDRAWN, WITHHELD = "withdrawn", "withheld"


class Arrived(Protocol):
    """One record of a chain; `raw` None: a stub."""

    @property
    def seq(self) -> int: ...
    @property
    def hash(self) -> bytes: ...
    @property
    def raw(self) -> bytes | None: ...


@dataclass(frozen=True, slots=True)
class Point:
    """The last entry of an epoch that counts."""

    epoch: str
    seq: int
    hash: str
    """In hexadecimal."""


@dataclass(frozen=True, slots=True)
class Withdrawal:
    desk: Id
    points: tuple[Point, ...]
    approved_by: tuple[str, ...]
    done: bool


@dataclass(frozen=True, slots=True)
class Withdraw:
    desk: str
    """Its id, or the beginning of it."""
    reason: str
    points: tuple[Point, ...] | None = None
    """None: at what the library has now."""
    compromised: bool = False
    """Somebody else may have its keys: only certificates that the library has are believed from now on."""


def withdraw(library: Library, command: Withdraw, by: Sequence[Officer] = ()) -> Withdrawal:
    """Keeps the approvals of `by`; with two of them the desk is withdrawn and the lists are signed anew.

    Raises RuleViolation desk_unknown, desk_withdrawn, withdrawal_reason_missing, withdrawal_other_history,
    officers_missing."""
    if not command.reason.strip():
        raise RuleViolation("withdrawal_reason_missing", "reason")
    with library.engine.begin() as connection:
        alone(connection)
        require_two(connection)
        name = find_desk(connection, command.desk)
        if connection.scalar(select(withdrawal.c.desk).where(withdrawal.c.desk == name)) is not None:
            raise RuleViolation("desk_withdrawn", desk=name[:8])
        points = _heads(connection, name) if command.points is None else command.points
        _require_ours(connection, name, points)
        said = [[one.epoch, one.seq, one.hash] for one in points]
        approved = approve(library, connection, matter("withdraw", [name, command.reason, said, command.compromised]),
                           by)
        if len(approved) >= NEEDED:
            connection.execute(insert(withdrawal).values(
                desk=name, at=library.clock(), reason=command.reason, compromised=command.compromised,
                points=json.dumps(said)))
            connection.execute(update(desk).where(desk.c.desk == name, desk.c.state == "active").values(
                state=WITHDRAWN))
            sign_lists(library, connection)
    return Withdrawal(name, points, approved, len(approved) >= NEEDED)


def withdrawn(connection: Connection, name: Id) -> Withdrawn | None:
    """What a receipt says of it."""
    row = connection.execute(select(withdrawal).where(withdrawal.c.desk == name)).first()
    if row is None:
        return None
    return Withdrawn(row.at, tuple((epoch, seq) for epoch, seq, _ in json.loads(row.points)))


def last_counting(connection: Connection, manifest: Manifest,
                  arrivals: Callable[[int, Part], Sequence[Arrived]]) -> Mapping[str, int] | None:
    """By epoch the last entry of this bundle that counts; None: the desk is not withdrawn. `arrivals`: of a part, by
    its number; raises Malformed."""
    row = connection.execute(select(withdrawal.c.points).where(withdrawal.c.desk == manifest.desk)).first()
    if row is None:
        return None
    points = {epoch: Point(epoch, seq, hash_) for epoch, seq, hash_ in json.loads(row.points)}
    return {chain.epoch: _last(connection, manifest, number, chain, points.get(chain.epoch), arrivals)
            for number, chain in enumerate(manifest.chains)}


def refuse_later(connection: Connection, name: Id, epoch: str, run: Id, later: Sequence[Arrived]) -> None:
    """Kept, and not used. What was here before stays as it is."""
    for one in later:
        state = WITHHELD if one.raw is None else Fate.REJECTED.value
        connection.execute(insert_new(connection, inbox), {
            "desk": name, "epoch": epoch, "seq": one.seq, "hash": one.hash, "state": state,
            "code": "" if one.raw is None else LATER, "intake": run})
        if one.raw is not None:
            connection.execute(insert_new(connection, kept), {
                "desk": name, "epoch": epoch, "seq": one.seq, "hash": one.hash, "state": Fate.REJECTED.value,
                "kind": "", "entry": one.raw})


def _heads(connection: Connection, name: Id) -> tuple[Point, ...]:
    heads = select(inbox.c.epoch, func.max(inbox.c.seq).label("seq")).where(inbox.c.desk == name).group_by(
        inbox.c.epoch).subquery()
    rows = connection.execute(
        select(inbox.c.epoch, inbox.c.seq, inbox.c.hash)
        .join(heads, (inbox.c.epoch == heads.c.epoch) & (inbox.c.seq == heads.c.seq))
        .where(inbox.c.desk == name).order_by(inbox.c.epoch))
    return tuple(Point(row.epoch, row.seq, row.hash.hex()) for row in rows)


def _require_ours(connection: Connection, name: Id, points: Sequence[Point]) -> None:
    for one in points:
        known = _hash(connection, name, one.epoch, one.seq)
        if known is not None and known.hex() != one.hash:
            raise RuleViolation("withdrawal_other_history", "at", seq=one.seq)


def _last(connection: Connection, manifest: Manifest, number: int, chain: ChainRange, point: Point | None,
          arrivals: Callable[[int, Part], Sequence[Arrived]]) -> int:
    if point is None:
        return 0
    if _hash(connection, manifest.desk, chain.epoch, point.seq) is not None:
        return point.seq
    head = connection.scalar(select(func.max(inbox.c.seq)).where(
        inbox.c.desk == manifest.desk, inbox.c.epoch == chain.epoch)) or 0
    parts = [(n, part) for n, part in enumerate(manifest.parts, 1) if part.range and part.range.chain == number]
    try:
        joined = _joins(chain, point, (one for n, part in parts for one in arrivals(n, part)))
    except Malformed:
        joined = False
    return point.seq if joined else min(head, point.seq)


def _joins(chain: ChainRange, point: Point, arriving: Iterable[Arrived]) -> bool:
    """The chain goes without a break to just that entry."""
    before = chain.before
    for one in arriving:
        if one.raw is not None and read(one.raw).prev != before:
            return False
        before = one.hash
        if one.seq == point.seq:
            return before.hex() == point.hash
    return False


def _hash(connection: Connection, name: Id, epoch: str, seq: int) -> bytes | None:
    return connection.scalar(
        select(inbox.c.hash).where(inbox.c.desk == name, inbox.c.epoch == epoch, inbox.c.seq == seq))
