"""Entries that are held for another reason than what they say of a person: two keys, something that contradicts what is
here, a desk with two histories. They are questions too."""

from collections.abc import Sequence
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, delete, select, update

from appraisal.canonical import Malformed
from appraisal.domain.errors import RuleViolation
from appraisal.domain.events import Id
from appraisal.domain.exchange import Fate
from appraisal.domain.question import QuestionKind
from appraisal.journal import read
from db.schema import journal, person_key
from library.applying import CONFLICT
from library.judging import KEY_CONFLICT
from library.paging import lock
from library.schema import desk, inbox, kept, key_conflict
from library.telling import tell
from library.weighing import NOT_CHOSEN, Doubt

HELD = "held"


def desk_doubts(connection: Connection, name: Id) -> list[Doubt]:
    """What is held of this desk, beside what persons' entries say."""
    held = connection.execute(
        select(kept.c.epoch, kept.c.seq, kept.c.hash, inbox.c.hash.label("known"), inbox.c.code)
        .join_from(kept, inbox, (inbox.c.desk == kept.c.desk) & (inbox.c.epoch == kept.c.epoch)
                   & (inbox.c.seq == kept.c.seq))
        .where(kept.c.state == HELD, kept.c.desk == name).order_by(kept.c.epoch, kept.c.seq)).all()
    doubts = []
    if connection.scalar(select(desk.c.state).where(desk.c.desk == name)) == HELD:
        first = next((row for row in held if row.hash != row.known), None)
        over = (f"{name}/{first.epoch}/{first.seq}/{first.known.hex()}",
                f"{name}/{first.epoch}/{first.seq}/{first.hash.hex()}") if first else (name,)
        doubts.append(Doubt(QuestionKind.FORK, f"desk/{name}", over, desk=name))
    doubts += [Doubt(QuestionKind.ENTRY, f"entry/{ref}", (ref,), desk=name)
               for row in held if row.code == CONFLICT and row.hash == row.known
               for ref in (f"{name}/{row.epoch}/{row.seq}",)]
    keys = connection.execute(
        select(key_conflict.c.person, key_conflict.c.key, person_key.c.key.label("ours"))
        .join_from(key_conflict, person_key, person_key.c.person == key_conflict.c.person)
        .where(key_conflict.c.desk == name))
    return doubts + [Doubt(QuestionKind.PERSON_KEY, f"key/{row.person}", (_mark(row.ours), _mark(row.key)),
                           row.person, desk=name) for row in keys]


def keep_key(connection: Connection, name: Id, over: Sequence[str], *, theirs: bool) -> None:
    """The other key's entries are judged again and rejected. `theirs`: the other key takes the place of ours, as long
    as nothing has been applied under ours. Raises RuleViolation key_in_use."""
    other = select(key_conflict).where(key_conflict.c.person == name)
    rows = [row for row in connection.execute(other) if _mark(row.key) in over]
    if theirs and rows:
        if connection.scalar(select(journal.c.position).where(journal.c.person == name).limit(1)) is not None:
            raise RuleViolation("key_in_use", "choice")
        connection.execute(update(person_key).where(person_key.c.person == name).values(key=rows[0].key))
    connection.execute(delete(key_conflict).where(key_conflict.c.person == name))
    held = [(row.desk, row.epoch, row.seq) for row in _held_by_key(connection, name)]
    for one in sorted({place[0] for place in held}):
        lock(connection, one)
    _park(connection, held)


def again(connection: Connection, ref: str) -> None:
    """What stood against it may be gone."""
    lock(connection, _place(ref)[0])
    _park(connection, [_place(ref)])


def reject(connection: Connection, ref: str) -> None:
    place = _place(ref)
    lock(connection, place[0])
    tell(connection, {place: (Fate.REJECTED, NOT_CHOSEN)})
    _set_kept(connection, place, Fate.REJECTED)


def _held_by_key(connection: Connection, name: Id) -> list[Any]:
    rows = connection.execute(
        select(kept).join_from(kept, inbox, (inbox.c.desk == kept.c.desk) & (inbox.c.epoch == kept.c.epoch)
                               & (inbox.c.seq == kept.c.seq) & (inbox.c.hash == kept.c.hash))
        .where(kept.c.state == HELD, inbox.c.code == KEY_CONFLICT))
    return [row for row in rows if _sealed_for(row.entry) == name]


def _sealed_for(raw: bytes) -> Id | None:
    try:
        sealed = read(raw).sealed
    except Malformed:
        return None
    return sealed.person if sealed else None


def _park(connection: Connection, places: Sequence[tuple[Id, Id, int]]) -> None:
    """They are tried again with all that is parked."""
    for of, epoch, seq in places:
        here = (inbox.c.desk == of) & (inbox.c.epoch == epoch) & (inbox.c.seq == seq)
        connection.execute(update(inbox).where(here, inbox.c.state == HELD).values(state=Fate.PARKED.value))
        _set_kept(connection, (of, epoch, seq), Fate.PARKED)


def _set_kept(connection: Connection, place: tuple[Id, Id, int], fate: Fate) -> None:
    of, epoch, seq = place
    connection.execute(update(kept).where(kept.c.desk == of, kept.c.epoch == epoch, kept.c.seq == seq,
                                          kept.c.state == HELD).values(state=fate.value))


def _place(ref: str) -> tuple[Id, Id, int]:
    of, epoch, seq = ref.split("/")
    return of, epoch, int(seq)


def _mark(key: bytes) -> str:
    """Tells two keys apart without showing either."""
    return sha256(b"person key " + key).hexdigest()[:16]
