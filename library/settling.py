"""After an intake: what it brought is held against what other chains have said, and the tables are set right.

Entries are applied as they come; here, after that is committed, each person whom it may concern is weighed in a
transaction of their own. What has still to be looked through is written down before the first page comes in, so that an
intake that was killed is looked through by the next.
"""

from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from typing import Any

import msgspec
from sqlalchemy import Connection, bindparam, delete, func, insert, select

from appraisal.domain.events import Id
from appraisal.domain.exchange import Fate
from db.bulk import conflict_insert
from db.rows import person_of
from db.schema import journal, person
from library.doubles import double_claims
from library.evidence import desks_of, evidence_of, rulings_on
from library.held_entries import desk_doubts
from library.likeness import same_person_doubts
from library.looking import look
from library.opening import Library
from library.own_chain import appending
from library.paging import Run, lock
from library.schema import looking, question, unsettled
from library.telling import tell
from library.weighing import Doubt, matters_of, weigh

PAGE = 200
_PERSON = select(person).where(person.c.id == bindparam("id"))


def begin(library: Library, run: Run) -> None:
    """Before the first page."""
    with library.engine.begin() as connection:
        since = connection.scalar(select(func.max(journal.c.position))) or 0
        connection.execute(insert(looking).values(run=run.id, desk=run.desk, since=since))


def settle(library: Library, run: Run, kinds: AbstractSet[str] | None = None) -> int:
    """After the last page, and before the receipt. `kinds`: of all that was applied, where that is known. Returns how
    many people were weighed."""
    with library.engine.begin() as connection:
        open_runs = connection.execute(select(looking).where(looking.c.desk == run.desk)).all()
    since = min((row.since for row in open_runs), default=0)
    several = len(open_runs) > 1
    look(library, run.desk, since, None if several else kinds, everybody=several)
    done = settle_waiting(library)
    with library.engine.begin() as connection:
        _keep_desk_questions(connection, library, run.desk)
        connection.execute(delete(looking).where(looking.c.run.in_([row.run for row in open_runs])))
    return done


def settle_waiting(library: Library) -> int:
    """Everybody in `unsettled`."""
    done, last = 0, ""
    while True:
        with library.engine.begin() as connection:
            page = connection.execute(select(unsettled).where(unsettled.c.person > last)
                                      .order_by(unsettled.c.person).limit(PAGE)).all()
        for row in page:
            settle_person(library, row.person)
            with library.engine.begin() as connection:  # unless somebody has found a new reason meanwhile
                connection.execute(delete(unsettled).where(
                    unsettled.c.person == row.person, unsettled.c.mark == row.mark))
        done += len(page)
        if len(page) < PAGE:
            return done
        last = page[-1].person


def settle_person(library: Library, name: Id) -> None:
    """Sets tables, fates and questions right for one person, in one transaction."""
    with library.engine.begin() as connection, appending(library, connection) as own:
        claims = double_claims(connection, name)
        for desk in desks_of(connection, library.id, {name, *claims.persons}):
            lock(connection, desk)
        row = connection.execute(_PERSON, {"id": name}).first()
        if row is None:
            return
        evidence = evidence_of(connection, library.id, name)
        weighed = weigh(evidence, person_of(row), rulings_on(connection, matters_of(evidence, name)))
        claims.weigh(connection, library, weighed)
        for event, why in weighed.again:
            own.record(event, why=why)
        plain = (Fate.APPLIED, "")
        tell(connection, {**{(one.desk, one.epoch, one.seq): weighed.fates.get(one.ref, plain)
                             for one in evidence.told}, **claims.fates(weighed)})
        weighed.doubts += same_person_doubts(connection, connection.execute(_PERSON, {"id": name}).one())
        _keep_questions(connection, library, name, weighed.doubts)


def _keep_questions(connection: Connection, library: Library, name: Id, doubts: Sequence[Doubt]) -> None:
    """Those that are in doubt no more, or otherwise than before, make room."""
    open_now = {row.id: row for row in connection.execute(select(question).where(
        (question.c.person == name) | (question.c.other == name), question.c.state == OPEN))}
    wanted = {doubt.id: doubt for doubt in doubts}
    matters = {doubt.matter for doubt in doubts}
    gone = [key for key, row in open_now.items() if key not in wanted and row.kind not in NOT_OF_ENTRIES]
    gone += [row.id for row in connection.execute(select(question.c.id).where(
        question.c.matter.in_(matters), question.c.state == OPEN)) if row.id not in wanted]
    if gone:
        connection.execute(delete(question).where(question.c.id.in_(gone)))
    ask(connection, library, [doubt for key, doubt in wanted.items() if key not in open_now])


def _keep_desk_questions(connection: Connection, library: Library, name: Id) -> None:
    doubts = desk_doubts(connection, name)
    connection.execute(delete(question).where(
        question.c.desk == name, question.c.state == OPEN, question.c.kind.in_(NOT_OF_ENTRIES),
        question.c.id.not_in([one.id for one in doubts])))
    ask(connection, library, doubts)


OPEN, DECIDED = "open", "decided"
NOT_OF_ENTRIES = frozenset({"person_key", "fork", "entry"})


def ask(connection: Connection, library: Library, doubts: Iterable[Doubt]) -> None:
    """A question that is there already stays as it is."""
    rows: list[dict[str, Any]] = [
        {"id": one.id, "kind": one.kind.value, "matter": one.matter, "person": one.person, "other": one.other,
         "desk": one.desk, "over": msgspec.json.encode(one.over).decode(), "opened_at": library.clock(),
         "state": OPEN} for one in doubts]
    if rows:
        connection.execute(conflict_insert(connection, question).on_conflict_do_nothing(), rows)
