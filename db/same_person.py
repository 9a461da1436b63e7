"""Which records are one person's, whose a document is, and who may be the same person."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Connection, bindparam, func, or_, select, tuple_

from appraisal.domain.events import Id
from appraisal.domain.person import FurtherDocument, Person
from db import rows, statement
from db.schema import further_document, person, told_apart

_KEY: Any = bindparam("key")
_SAME_AS = select(person.c.id, person.c.same_as).where(person.c.id == _KEY)
_LINKED_TO = select(person.c.id).where(person.c.same_as == _KEY)
_LINKS = select(person.c.id, person.c.same_as).where(person.c.same_as.is_not(None))
_OWN = select(person).where(person.c.document_number == _KEY).order_by(person.c.registered)
_FURTHER = select(person).join_from(person, further_document).where(
    further_document.c.number == _KEY).order_by(person.c.registered)
_DOCUMENTS = select(further_document).where(further_document.c.person == _KEY).order_by(further_document.c.position)
_NAMESAKES = select(person).where(person.c.name == _KEY, person.c.birth == bindparam("birth")).order_by(
    person.c.registered)
_NAMED = select(person.c.name, person.c.birth).where(
    tuple_(person.c.name, person.c.birth).in_(bindparam("pairs", expanding=True))).group_by(
    person.c.name, person.c.birth)
_SEVERAL = _NAMED.having(func.count() > 1)
_BY_ID = select(person).where(person.c.id == _KEY)
PAIRS_AT_ONCE = 400
"""Two parameters each, of the 999 that an older SQLite has."""
_APART = select(told_apart.c.person, told_apart.c.other).where(
    or_(told_apart.c.person == _KEY, told_apart.c.other == _KEY))


def holders(connection: Connection, number: str) -> Sequence[Person]:
    """Everybody who has this document, as the one of their identity or as a further one."""
    found = [row for query in (_OWN, _FURTHER) for row in statement.every(connection, query, {"key": number})]
    return list({row.id: rows.person_of(row) for row in found}.values())


def documents(connection: Connection, one: Id) -> Sequence[FurtherDocument]:
    return [FurtherDocument(row.kind, row.number, row.nationality, row.current)
            for row in statement.every(connection, _DOCUMENTS, {"key": one})]


def records(connection: Connection, one: Id) -> Sequence[Id]:
    """All records of this person, `one` among them: first the one that the others are linked to."""
    first, passed = one, {one}
    while (row := statement.first(connection, _SAME_AS, {"key": first})) and row.same_as and row.same_as not in passed:
        first = row.same_as
        passed.add(first)
    found = [first]
    for name in found:
        found += [row.id for row in statement.every(connection, _LINKED_TO, {"key": name}) if row.id not in found]
    return found


def records_of(connection: Connection, persons: Iterable[Id]) -> Mapping[Id, Sequence[Id]]:
    """As `records`, for many: few people have more than one."""
    linked = {name for row in connection.execute(_LINKS) for name in row}
    return {name: records(connection, name) if name in linked else (name,) for name in persons}


def registered(connection: Connection, pairs: Sequence[tuple[str, date]]) -> set[tuple[str, date]]:
    """Those names and birth dates that are somebody's."""
    return {(row.name, row.birth) for start in range(0, len(pairs), PAIRS_AT_ONCE)
            for row in connection.execute(_NAMED, {"pairs": pairs[start:start + PAIRS_AT_ONCE]})}


def in_question(connection: Connection, people: Iterable[tuple[Id, str, date | None]]) -> set[Id]:
    """Those of `people` who have a like that nobody has looked at."""
    by_name: dict[tuple[str, date], set[Id]] = {}
    for one, name, birth in people:
        if birth is not None:
            by_name.setdefault((name, birth), set()).add(one)
    pairs, several = sorted(by_name), list[tuple[str, date]]()
    for start in range(0, len(pairs), PAIRS_AT_ONCE):
        several += [(row.name, row.birth) for row in connection.execute(
            _SEVERAL, {"pairs": pairs[start:start + PAIRS_AT_ONCE]})]
    found = {one for pair in several for one in by_name[pair]}
    known = (rows.person_of(statement.first(connection, _BY_ID, {"key": one})) for one in found)
    return {one.id for one in known if alike(connection, one)}


def alike(connection: Connection, one: Person) -> Sequence[Person]:
    """Others of this name and birth date who were not told apart from this person: each is a question. `one` may be
    somebody who is not registered yet, with an empty id."""
    who = one.identity
    if who.birth is None:
        return []
    settled = set(records(connection, one.id)) if one.id else set[Id]()
    for name in list(settled):
        settled.update(*(tuple(row) for row in statement.every(connection, _APART, {"key": name})))
    namesakes = statement.every(connection, _NAMESAKES, {"key": who.name, "birth": who.birth})
    return [rows.person_of(row) for row in namesakes if row.id not in settled]
