"""Which people have to be weighed after an intake: few, and found by a handful of statements for 5,000 entries."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import Any

from sqlalchemy import Connection, bindparam, func, select

from appraisal.domain.batch import ORDER, BatchMoved, BatchState
from appraisal.domain.events import Id
from appraisal.journal import read, unseal
from db.bulk import conflict_insert, insert_new
from db.schema import batch, certificate, certificate_number, enrolment, journal, mark_entry, mark_settled, person
from library.likeness import catch_up, centre_of, one_chain, register_likeness, several_centres
from library.opening import Library
from library.own_chain import appending
from library.schema import batch_reach, desk, question, shared, unsettled

WINDOW = 5000
_ROWS = 500
_LIKES = select(person.c.id, person.c.name, person.c.birth, person.c.document_number, person.c.registered).where(
    person.c.id.in_(bindparam("persons", expanding=True)))
_REGISTERED, _CORRECTED = "candidate.registered", "candidate.corrected"
_MARKS = ("mark.entered", "mark.settled")
_CERTIFICATES = ("certificate.issued", "certificate_number.given")
_MOVED = "batch.moved"
_LOOKED_AT = frozenset({*_MARKS, *_CERTIFICATES, _MOVED})
"""What one chain alone can bring that has to be looked at: the others its own desk would have refused."""
_RANK = {state.value: rank for rank, state in enumerate(ORDER)} | {BatchState.CANCELLED.value: 1}
"""Of two chains that moved a batch, the one that came further is right; a cancelled draft is not filed any more."""


def look(library: Library, name: Id, since: int, came: AbstractSet[str] | None, *, everybody: bool) -> None:
    """At what the desk's chains have brought beyond position `since`, and marks who has to be weighed. `came`: kinds of
    all of it, where they are known. `everybody`: at what other desks' have, too."""
    with library.engine.begin() as connection:
        alone = one_chain(connection)
        if alone and came is not None and came.isdisjoint(_LOOKED_AT):
            return
        last = connection.scalar(select(func.max(journal.c.position))) or 0
    for start in range(since, last, WINDOW):
        until = min(start + WINDOW, last)
        with library.engine.begin() as connection:
            _window(connection, library, start, until, None if everybody else name, alone=alone)
        if came is None or _MOVED in came:
            _batches(library, start, until)


def _window(connection: Connection, library: Library, since: int, until: int, name: Id | None, *, alone: bool) -> None:
    """`alone`: there is one chain."""
    desks = [name] if name else connection.scalars(select(desk.c.desk)).all()
    query = select(journal.c.person, journal.c.desk, journal.c.epoch, journal.c.kind).where(
        journal.c.position > since, journal.c.position <= until, journal.c.person.is_not(None),
        journal.c.desk == name if name else journal.c.desk.in_(desks))
    if alone:
        query = query.where(journal.c.kind.in_([*_MARKS, *_CERTIFICATES]))
    kinds: dict[tuple[Id, Id, Id], set[str]] = {}
    for who, of, epoch, kind in connection.execute(query).all():  # a fetch for each would cost more than the query
        kinds.setdefault((who, of, epoch), set()).add(kind)
    persons = sorted({who for who, _, _ in kinds})
    for at in range(0, len(persons), _ROWS):
        some = set(persons[at:at + _ROWS])
        look_at_people(connection, library, {key: named for key, named in kinds.items() if key[0] in some})


def look_at_people(connection: Connection, library: Library, kinds: Mapping[tuple[Id, Id, Id], set[str]]) -> None:
    """`kinds`: person, desk and epoch -> kinds of the entries that came."""
    found: set[Id] = set()
    chains = Counter(who for who, _, _ in kinds)
    fresh = {who for (who, _, _), named in kinds.items() if _REGISTERED in named and chains[who] == 1}
    found |= _of_several_chains(connection, kinds, chains.keys() - fresh)
    found |= _alike(connection, kinds)
    found |= _asked(connection, {who for (who, _, _), named in kinds.items() if _CORRECTED in named})
    found |= _marked_again(connection, library, [who for (who, _, _), named in kinds.items() if named & {*_MARKS}])
    found |= _claimed_twice(connection, [who for (who, _, _), named in kinds.items() if named & {*_CERTIFICATES}])
    mark_unsettled(connection, library, found)


def _of_several_chains(connection: Connection, kinds: Iterable[tuple[Id, Id, Id]], persons: set[Id]) -> set[Id]:
    """Those who were registered in another chain, now and from now on."""
    if not persons:
        return set()
    chains = dict[Id, tuple[Id, Id]]()
    for row in connection.execute(
            select(person.c.id, journal.c.desk, journal.c.epoch)
            .join_from(person, journal, journal.c.position == person.c.registered).where(person.c.id.in_(persons))):
        chains[row.id] = (row.desk, row.epoch)
    several = {who for who, of, epoch in kinds if who in persons and chains.get(who) != (of, epoch)}
    if several:
        connection.execute(insert_new(connection, shared), [{"person": one} for one in sorted(several)])
    return several | set(connection.scalars(select(shared.c.person).where(shared.c.person.in_(persons))))


def _alike(connection: Connection, kinds: Mapping[tuple[Id, Id, Id], set[str]]) -> set[Id]:
    """Whoever was registered or corrected, and has a like in another centre."""
    if not several_centres(connection):
        return set()
    catch_up(connection)
    centres: dict[Id, str] = dict(connection.execute(select(desk.c.desk, desk.c.code)).all())
    of_centre = {who: centres.get(of, "") for (who, of, _), named in kinds.items() if _REGISTERED in named}
    corrected = {who for (who, _, _), named in kinds.items() if _CORRECTED in named} - of_centre.keys()
    rows: dict[str, list[Any]] = {}
    for row in connection.execute(_LIKES, {"persons": [*of_centre, *corrected]}).all():
        centre = of_centre[row.id] if row.id in of_centre else centre_of(connection, row.registered)
        rows.setdefault(centre, []).append(row)
    return {one for centre, some in sorted(rows.items()) for one in register_likeness(connection, some, centre)}


def _asked(connection: Connection, persons: set[Id]) -> set[Id]:
    """Of whom something is in doubt: a correction may end it."""
    if not persons:
        return set()
    return {one for row in connection.execute(
        select(question.c.person, question.c.other).where(
            question.c.person.in_(persons) | question.c.other.in_(persons))) for one in row if one in persons}


def _marked_again(connection: Connection, library: Library, persons: Sequence[Id]) -> set[Id]:
    """More entries than rows: one was written over."""
    if not persons:
        return set()
    entries = connection.execute(
        select(journal.c.person, func.count()).where(
            journal.c.person.in_(persons), journal.c.kind.in_(_MARKS), journal.c.desk != library.id)
        .group_by(journal.c.person)).all()
    rows: dict[Id, int] = {}
    for table in (mark_entry, mark_settled):
        for who, count in connection.execute(
                select(enrolment.c.person, func.count()).join_from(table, enrolment, enrolment.c.id ==
                                                                   table.c.enrolment)
                .where(enrolment.c.person.in_(persons)).group_by(enrolment.c.person)):
            rows[who] = rows.get(who, 0) + count
    return {who for who, count in entries if count != rows.get(who, 0)}


def _claimed_twice(connection: Connection, persons: Sequence[Id]) -> set[Id]:
    if not persons:
        return set()
    found: set[Id] = set()
    other = certificate.alias()
    for same in (certificate.c.number == other.c.number, certificate.c.enrolment == other.c.enrolment):
        found |= set(connection.scalars(
            select(certificate.c.person).join_from(certificate, other, same).where(
                certificate.c.person.in_(persons), certificate.c.id != other.c.id)))
    given = certificate_number.alias()
    return found | set(connection.scalars(
        select(enrolment.c.person).join_from(enrolment, certificate_number, certificate_number.c.enrolment ==
                                             enrolment.c.id)
        .join(given, given.c.number == certificate_number.c.number)
        .where(enrolment.c.person.in_(persons), given.c.enrolment != certificate_number.c.enrolment)))


def _batches(library: Library, since: int, until: int) -> None:
    """Puts a batch back to the furthest state that any chain has told."""
    with library.engine.begin() as connection:
        moves = connection.scalars(select(journal.c.entry).where(
            journal.c.position > since, journal.c.position <= until, journal.c.kind == _MOVED,
            journal.c.desk != library.id).order_by(journal.c.position)).all()
        if moves:
            _reach(connection, [unseal(read(raw), None) for raw in moves])
        back = _fallen_back(connection, {unseal(read(raw), None).batch for raw in moves})
    if back:
        with library.engine.begin() as connection, appending(library, connection) as own:
            connection.execute(select(batch.c.id).where(batch.c.id.in_(back)).order_by(batch.c.id).with_for_update())
            for one, state in sorted(_fallen_back(connection, back.keys()).items()):
                own.record(BatchMoved(one, BatchState(state)), why=None)


def _fallen_back(connection: Connection, batches: Iterable[Id]) -> dict[Id, str]:
    """Batches that were further, and how far."""
    rows = connection.execute(
        select(batch.c.id, batch.c.state, batch_reach.c.state.label("reached"))
        .join_from(batch, batch_reach, batch_reach.c.batch == batch.c.id).where(batch.c.id.in_(list(batches))))
    return {row.id: row.reached for row in rows if _RANK[row.state] < _RANK[row.reached]}


def _reach(connection: Connection, moves: Sequence[BatchMoved]) -> None:
    rows = select(batch_reach).where(batch_reach.c.batch.in_({one.batch for one in moves}))
    furthest = {row.batch: row.state for row in connection.execute(rows)}
    for one in moves:
        if _RANK[one.state.value] >= _RANK[furthest.get(one.batch, BatchState.DRAFT.value)]:
            furthest[one.batch] = one.state.value
    statement = conflict_insert(connection, batch_reach)
    connection.execute(statement.on_conflict_do_update(
        index_elements=["batch"], set_={"state": statement.excluded.state}),
        [{"batch": one, "state": state} for one, state in sorted(furthest.items())])


def mark_unsettled(connection: Connection, library: Library, persons: Iterable[Id]) -> None:
    """`mark` is new each time: whoever has weighed the person takes away only the mark that it saw."""
    rows = [{"person": one, "mark": library.random(16).hex()} for one in sorted(set(persons))]
    if rows:
        statement = conflict_insert(connection, unsettled)
        connection.execute(statement.on_conflict_do_update(
            index_elements=["person"], set_={"mark": statement.excluded.mark}), rows)
