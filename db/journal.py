"""The journal table: appended to, walked, verified."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, bindparam, insert, select, tuple_

from appraisal.canonical import Malformed
from appraisal.domain.events import Id, kind_of
from appraisal.journal import START, Entry, digest, make, read
from appraisal.journal import write as spell
from db.schema import journal, person_key
from db.secrets import person_key_found, person_key_kept
from db.statement import first, write
from db.tripwires import open_from_here, shut

PAGE = 500


@dataclass(frozen=True, slots=True)
class Origin:
    """Who writes: the desk, and the epoch of its chain."""

    desk: bytes
    epoch: bytes


@dataclass(frozen=True, slots=True)
class End:
    """Where a chain ends: its last entry's place, time and hash."""

    seq: int = 0
    at: tuple[int, int] = (0, 0)
    hash: bytes = START


_LAST = (select(journal.c.hash, journal.c.entry)
         .where(journal.c.desk == bindparam("desk"), journal.c.epoch == bindparam("epoch"))
         .order_by(journal.c.seq.desc()).limit(1))
_STORE = insert(journal).returning(journal.c.position)
_KEY = select(person_key.c.key).where(person_key.c.person == bindparam("person"))
_KEEP = insert(person_key)


def end_of(connection: Connection, origin: Origin) -> End:
    last = first(connection, _LAST, {"desk": origin.desk.hex(), "epoch": origin.epoch.hex()})
    if last is None:
        return End()
    entry = read(last.entry)
    return End(entry.seq, entry.at, last.hash)


class Chain:
    """One desk's chain within one transaction, from `end` on."""

    def __init__(self, connection: Connection, origin: Origin, random: Callable[[int], bytes], end: End) -> None:
        self._connection, self._origin, self._random, self.end = connection, origin, random, end
        self._keys: dict[Id, bytes] = {}
        open_from_here(connection)

    def append(self, happened: object, operator: Id, now: int, why: str | None) -> int:
        """Returns the entry's position. `now`: milliseconds since 1970, UTC; a clock that went back is not followed."""
        last = self.end
        at = (now, 0) if now > last.at[0] else (last.at[0], last.at[1] + 1)
        head = Entry(self._origin.desk, self._origin.epoch, last.seq + 1, last.hash, at, operator, "", 1, "", {}, None,
                     why)
        sealed = kind_of(happened).sealed
        key = self.key(happened.person) if sealed else None  # type: ignore[attr-defined]
        entry = make(head, happened, key, lambda: self._random(12))
        data = spell(entry)
        self.end = End(entry.seq, at, digest(data))
        return store(self._connection, entry, data, self.end.hash)

    def close(self) -> None:
        """From here on no row may name the entries appended in this transaction."""
        shut(self._connection)

    def key(self, person: Id) -> bytes:
        """The person's data key, made at first need."""
        if person not in self._keys:
            found = key_of(self._connection, person)
            if found is None:
                found = self._random(32)
                write(self._connection, _KEEP, {"person": person,
                                                "key": person_key_kept(self._connection, person, found)})
            self._keys[person] = found
        return self._keys[person]


def store(connection: Connection, entry: Entry, data: bytes, hash_: bytes) -> int:
    return int(first(connection, _STORE, {
        "desk": entry.desk.hex(), "epoch": entry.epoch.hex(), "seq": entry.seq, "hash": hash_, "kind": entry.kind,
        "person": entry.person, "entry": data}).position)


def key_of(connection: Connection, person: Id) -> bytes | None:
    found = first(connection, _KEY, {"person": person})
    return person_key_found(connection, person, found.key) if found else None


def walk(connection: Connection, after: int = 0) -> Iterator[Any]:
    """Rows of `journal` by position, a page at a time."""
    while True:
        rows = connection.execute(
            select(journal).where(journal.c.position > after).order_by(journal.c.position).limit(PAGE)).all()
        yield from rows
        if len(rows) < PAGE:
            return
        after = rows[-1].position


def walk_chains(connection: Connection) -> Iterator[Any]:
    """Rows of `journal` by desk, epoch and seq, a page at a time: what came back late stands in its place."""
    key = (journal.c.desk, journal.c.epoch, journal.c.seq)
    query, after = select(journal).order_by(*key).limit(PAGE), ("", "", 0)
    while True:
        rows = connection.execute(query.where(tuple_(*key) > after)).all()
        yield from rows
        if len(rows) < PAGE:
            return
        after = (rows[-1].desk, rows[-1].epoch, rows[-1].seq)


@dataclass(frozen=True, slots=True)
class Verified:
    entries: int
    head: str
    """Hash of the last entry, in hexadecimal."""
    damage: tuple[str, ...]
    """A sentence code and where, for each fault found; empty when the journal is intact."""

    @property
    def intact(self) -> bool:
        return not self.damage


def verify(connection: Connection, *, gaps: Callable[[str, str, int], bytes | None] = lambda *_: None) -> Verified:
    """Every entry readable, hashed right and joined to the one before. `gaps(desk, epoch, seq)` gives the hash of an
    entry that is known but not here (withheld by consent); None where nothing is known of it."""
    ends: dict[tuple[str, str], tuple[int, bytes, tuple[int, int]]] = {}
    damage: list[str] = []
    entries, newest, head = 0, 0, b""
    for row in walk_chains(connection):
        entries += 1
        if row.position > newest:
            newest, head = row.position, row.hash
        where = f"{row.desk[:8]}/{row.epoch[:8]}/{row.seq}"
        try:
            entry = read(row.entry)
        except Malformed as fault:
            damage.append(f"{where}: {fault.reason}")
            continue
        seq, last, at = ends.get((row.desk, row.epoch), (0, START, (0, 0)))
        while seq + 1 < row.seq and (known := gaps(row.desk, row.epoch, seq + 1)) is not None:
            seq, last = seq + 1, known
        ends[row.desk, row.epoch] = (entry.seq, row.hash, entry.at)
        if digest(row.entry) != row.hash:
            damage.append(f"{where}: hash")
        if (entry.desk.hex(), entry.epoch.hex(), entry.seq, entry.kind, entry.person) != (
                row.desk, row.epoch, row.seq, row.kind, row.person):
            damage.append(f"{where}: index")
        if entry.seq != seq + 1 or entry.prev != last or entry.at <= at:
            damage.append(f"{where}: chain")
    return Verified(entries, head.hex(), tuple(damage))
