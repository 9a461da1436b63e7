"""May two centres have registered one person? The same document, or the same name and birth date. Never merged by
itself: an officer decides, and may decide anew."""

from collections.abc import Iterable, Sequence
from datetime import date
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, bindparam, func, select

from appraisal.domain.events import Id
from appraisal.domain.question import QuestionKind
from db.bulk import bulk, insert_new
from db.schema import decision, journal, person
from library.schema import desk, inbox, likeness
from library.weighing import Doubt

_COLUMNS = ("likeness", "centre", "person")
_PAGE = 5000
_REGISTERED = select(person.c.id, person.c.name, person.c.birth, person.c.registered, desk.c.code).join_from(
    person, journal, journal.c.position == person.c.registered).join(desk, desk.c.desk == journal.c.desk).where(
    person.c.registered > bindparam("after")).order_by(person.c.registered).limit(_PAGE)


def likeness_of(name: str, birth: date | None) -> int | None:
    if birth is None:
        return None
    return int.from_bytes(sha256(f"{name}\n{birth.isoformat()}".encode()).digest()[:8], "big", signed=True)


def several_centres(connection: Connection) -> bool:
    """That have said something. While there is one only, nobody's likeness is kept: it would cost every intake of that
    centre; nor is it while there is one chain, of which nobody is looked at who was just registered."""
    least, most = connection.execute(select(func.min(desk.c.code), func.max(desk.c.code))).one()
    return bool(least != most) and not one_chain(connection)


def one_chain(connection: Connection) -> bool:
    """Nobody else can have said otherwise."""
    chain = select(inbox.c.desk, inbox.c.epoch).limit(1)
    first = connection.execute(chain.order_by(inbox.c.desk, inbox.c.epoch)).first()
    return first == connection.execute(chain.order_by(inbox.c.desk.desc(), inbox.c.epoch.desc())).first()


def catch_up(connection: Connection) -> None:
    """Once there are several centres, everybody who had been registered before."""
    if connection.scalar(select(likeness.c.likeness).limit(1)) is not None:
        return
    last = 0
    while rows := connection.execute(_REGISTERED, {"after": last}).all():
        _keep(connection, [(key, row.code, row.id) for row in rows
                           if (key := likeness_of(row.name, row.birth)) is not None])
        last = rows[-1].registered


def _keep(connection: Connection, rows: Iterable[tuple[int, str, Id]]) -> None:
    bulk(connection, insert_new(connection, likeness), _COLUMNS, sorted(rows))


def register_likeness(connection: Connection, rows: Sequence[Any], centre: str) -> list[Id]:
    """`rows` of `person`, registered by that centre. Returns those of whom another centre has a like."""
    keys = {row.id: key for row in rows if (key := likeness_of(row.name, row.birth)) is not None}
    _keep(connection, [(key, centre, name) for name, key in keys.items()])
    alike = set(connection.scalars(select(likeness.c.likeness).where(
        likeness.c.likeness.in_(set(keys.values())), likeness.c.centre != centre)))
    taken = _twice(connection, [row.document_number for row in rows], centre)
    return [row.id for row in rows if keys.get(row.id) in alike or row.document_number in taken]


def _twice(connection: Connection, numbers: Sequence[str], centre: str) -> set[str]:
    """Those that another centre has registered too. The first statement reads nothing but an index."""
    double = connection.scalars(select(person.c.document_number).where(person.c.document_number.in_(numbers))
                                .group_by(person.c.document_number).having(func.count() > 1)).all()
    if not double:
        return set()
    rows = connection.execute(select(person.c.document_number, person.c.registered).where(
        person.c.document_number.in_(double))).all()
    return {row.document_number for row in rows if centre_of(connection, row.registered) != centre}


def centre_of(connection: Connection, registered: int) -> str:
    return connection.scalar(select(desk.c.code).join_from(desk, journal, journal.c.desk == desk.c.desk).where(
        journal.c.position == registered)) or ""


def same_person_doubts(connection: Connection, row: Any) -> list[Doubt]:
    """`row` of `person`. What has been decided is in doubt no more."""
    if not several_centres(connection):
        return []
    catch_up(connection)
    centre = centre_of(connection, row.registered)
    register_likeness(connection, [row], centre)  # the name may be another than when the person was registered
    key = likeness_of(row.name, row.birth)
    alike = connection.scalars(select(likeness.c.person).where(
        likeness.c.likeness == key, likeness.c.centre != centre)).all() if key is not None else []
    found = connection.execute(select(person).where(
        ((person.c.document_number == row.document_number) | person.c.id.in_(alike)), person.c.id != row.id)).all()
    pairs = [tuple(sorted((row.id, other.id))) for other in found
             if (other.document_number == row.document_number or (other.name, other.birth) == (row.name, row.birth))
             and centre_of(connection, other.registered) != centre]
    doubts = [Doubt(QuestionKind.SAME_PERSON, f"same/{one}/{other}", (one, other), one, other) for one, other in pairs]
    decided = set(connection.scalars(select(decision.c.matter).where(
        decision.c.matter.in_([doubt.matter for doubt in doubts]))))
    return [doubt for doubt in doubts if doubt.matter not in decided]
