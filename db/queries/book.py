"""The book of a batch, in a dozen statements whatever its size."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import timedelta, timezone
from typing import Any

import msgspec
from sqlalchemy import Connection, Table, select

from appraisal.domain.book import Book, Came, Certified, Entrant, Incident, Served
from appraisal.domain.errors import RuleViolation
from appraisal.domain.events import Id
from appraisal.domain.exam_day import Attendance, PapersCounted, Signature, Tier
from appraisal.domain.examiners import Examiner
from appraisal.domain.figures import EntryTimes
from appraisal.domain.glyph import Glyph
from appraisal.domain.scheme import Scheme
from appraisal.journal import read
from db import repositories, rows
from db.exam_day import examiners, sessions
from db.queries.lists import sheet_rows
from db.schema import (
    attendance,
    batch,
    certificate,
    enrolment,
    glyph,
    incident,
    journal,
    mark_entry,
    operator,
    papers,
    person,
    publicity,
    session_place,
    staff_draw,
)

CHINA = timezone(timedelta(hours=8))


def book(connection: Connection, schemes: Mapping[str, Scheme], of_batch: Id) -> Book:
    """Raises RuleViolation unknown_batch."""
    found = connection.execute(select(batch).where(batch.c.id == of_batch)).first()
    if found is None:
        raise RuleViolation("unknown_batch", "batch")
    listed = {one.person: one for one in examiners(connection)}
    names = dict(connection.execute(select(operator.c.id, operator.c.name)).all()) | {
        one.person: one.name for one in listed.values()}
    shown = connection.execute(select(publicity).where(publicity.c.batch == of_batch)).first()
    return Book(
        repositories.centre(connection), rows.batch_of(found), schemes[found.scheme],
        sessions(connection, schemes, of_batch), _entrants(connection, schemes[found.scheme], of_batch),
        _incidents(connection, of_batch), _papers(connection, of_batch), _staff(connection, of_batch, listed), names,
        (shown.starts, shown.ends) if shown else None)


def _entrants(connection: Connection, scheme: Scheme, of_batch: Id) -> list[Entrant]:
    inside = enrolment.c.batch == of_batch
    people = {row.id: row for row in connection.execute(
        select(person).where(person.c.id.in_(select(enrolment.c.person).where(inside))))}
    sheets, places = sheet_rows(connection, of_batch), _of_enrolment(connection, session_place, of_batch)
    came = _of_enrolment(connection, attendance, of_batch)
    drawn, issued = defaultdict(list), {}
    for row in connection.execute(select(glyph).where(glyph.c.person.in_(select(enrolment.c.person).where(inside)))):
        drawn[row.person].append(Glyph(row.character, row.picture))
    for row in connection.execute(select(certificate).where(certificate.c.batch == of_batch)):
        one = repositories.issued_of(row)
        issued[one.enrolment] = Certified(one.number, one.face.issued, one.state)
    order = (enrolment.c.admission_number.is_(None), enrolment.c.admission_number, enrolment.c.id)
    return [Entrant(
        rows.enrolment_of(r), rows.person_of(people[r.person]), r.room or "", r.seat or "",
        sheets(r.id).sheet(r.id, r.person, scheme.at(r.level)), people[r.person].photo, tuple(drawn[r.person]),
        {one.session: (one.room, one.seat) for one in places[r.id]},
        {one.session: Came(Attendance(one.state), one.minutes) for one in came[r.id]}, issued.get(r.id))
        for r in connection.execute(select(enrolment).where(inside).order_by(*order))]


def _of_enrolment(connection: Connection, table: Table, of_batch: Id) -> Mapping[Id, list[Any]]:
    found = defaultdict(list)
    for row in connection.execute(select(table).where(
            table.c.enrolment.in_(select(enrolment.c.id).where(enrolment.c.batch == of_batch)))):
        found[row.enrolment].append(row)
    return found


def _incidents(connection: Connection, of_batch: Id) -> list[Incident]:
    """By the moment at which they were recorded: their table names the last entry, which may have voided them."""
    when = {}
    query = select(journal.c.entry).where(journal.c.kind == "incident.recorded", journal.c.person.in_(
        select(incident.c.person).where(incident.c.batch == of_batch)))
    for data in connection.scalars(query):
        entry = read(data)
        when[entry.body["incident"]] = entry.at[0]
    found = [Incident(r.id, r.enrolment, r.session, Tier(r.tier), r.text,
                      msgspec.json.decode(r.signatures, type=tuple[Signature, ...]), when.get(r.id, 0),
                      bool(r.voided), r.reason or "")
             for r in connection.execute(select(incident).where(incident.c.batch == of_batch))]
    return sorted(found, key=lambda one: (one.at, one.id))


def _papers(connection: Connection, of_batch: Id) -> list[PapersCounted]:
    last = {(r.session, r.room): r for r in connection.execute(
        select(papers).where(papers.c.batch == of_batch).order_by(papers.c.position))}
    return [PapersCounted(r.id, r.batch, r.session, r.room, r.handed_out, r.returned, r.counted_by, r.checked_by)
            for r in last.values()]


def _staff(connection: Connection, of_batch: Id, listed: Mapping[Id, Examiner]) -> Mapping[Id, tuple[Served, ...]]:
    return {r.session: tuple(Served(one.room, one.duty, listed[one.examiner]) for one in rows.assigned_of(r))
            for r in connection.execute(select(staff_draw).where(staff_draw.c.batch == of_batch))}


def entry_times(connection: Connection, of_batch: Id) -> list[EntryTimes]:
    found: dict[tuple[Id, str], dict[int, Any]] = defaultdict(dict)
    query = (select(mark_entry, journal.c.entry.label("raw"), journal.c.desk)
             .join_from(mark_entry, journal, journal.c.position == mark_entry.c.position)
             .where(mark_entry.c.enrolment.in_(select(enrolment.c.id).where(enrolment.c.batch == of_batch))))
    for row in connection.execute(query):
        found[row.enrolment, row.subject][row.entry] = row
    return [EntryTimes(who, subject, read(pair[1].raw).at[0], read(pair[2].raw).at[0], (pair[1].desk, pair[2].desk),
                       (pair[1].entered_by, pair[2].entered_by),
                       (pair[1].state, pair[1].value) == (pair[2].state, pair[2].value))
            for (who, subject), pair in found.items() if len(pair) == 2]
