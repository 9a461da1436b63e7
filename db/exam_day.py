"""What a unit of work reads of the exam day: sittings, attendance, the people who examine."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Connection, extract, select

from appraisal.domain.errors import RuleViolation
from appraisal.domain.events import Id
from appraisal.domain.exam_day import Attendance, SessionPlanned, in_force, whole_exam
from appraisal.domain.examiners import Assigned, Examiner
from appraisal.domain.scheme import Scheme
from appraisal.domain.seating import Place, SeatingPlanned
from db import rows
from db.schema import (
    attendance,
    batch,
    enrolment,
    examiner,
    incident,
    papers,
    person,
    seating_plan,
    session,
    session_place,
    staff_draw,
)
from db.statement import first


class SqlExamDay:
    def __init__(self, connection: Connection, schemes: Mapping[str, Scheme]) -> None:
        self._connection, self._schemes = connection, schemes

    def sessions(self, batch: Id) -> Sequence[SessionPlanned]:
        return sessions(self._connection, self._schemes, batch)

    def attendance(self, enrolment: Id, session: Id) -> Attendance | None:
        state = self._connection.scalar(select(attendance.c.state).where(
            attendance.c.enrolment == enrolment, attendance.c.session == session))
        return Attendance(state) if state else None

    def places(self, session: Id) -> Mapping[Id, Place]:
        found = self._connection.execute(select(session_place).where(session_place.c.session == session))
        return {row.enrolment: place for row in found if (place := rows.place_of(row)) is not None}

    def came(self, session: Id) -> Collection[Id]:
        return set(self._connection.scalars(select(attendance.c.enrolment).where(attendance.c.session == session)))

    def incident(self, incident_id: Id) -> tuple[Id, bool]:
        row = self._one(incident, incident_id, "incident")
        return row.person, bool(row.voided)

    def counted(self, session: Id, room: str) -> bool:
        return self._connection.scalar(select(papers.c.id).where(
            papers.c.session == session, papers.c.room == room).limit(1)) is not None

    def examiners(self) -> Sequence[Examiner]:
        return examiners(self._connection)

    def examiner(self, name: Id) -> Examiner:
        return rows.examiner_of(self._one(examiner, name, "examiner"))

    def assigned(self, session: Id) -> Sequence[Assigned]:
        row = self._connection.execute(select(staff_draw).where(staff_draw.c.session == session)).first()
        return rows.assigned_of(row) if row else ()

    def drawn(self, of_batch: Id) -> Sequence[tuple[Id, frozenset[Id]]]:
        day: date = self._connection.execute(select(batch.c.exam_day).where(batch.c.id == of_batch)).scalar_one()
        found: dict[Id, set[Id]] = defaultdict(set)
        for row in self._connection.execute(
                select(batch.c.id, staff_draw.c.assigned).join_from(staff_draw, batch)
                .where(batch.c.id != of_batch, batch.c.exam_day <= day, extract("year", batch.c.exam_day) == day.year)
                .order_by(batch.c.exam_day.desc(), batch.c.id)):
            found[row.id] |= {one.examiner for one in rows.assigned_of(row)}
        return [(one, frozenset(who)) for one, who in found.items()]

    def sitting_in(self, session: SessionPlanned) -> Mapping[str, Sequence[tuple[str, str, int | None]]]:
        found = defaultdict(list)
        for row in self._connection.execute(
                select(person.c.name, person.c.employer, enrolment.c.level, enrolment.c.room,
                       session_place.c.room.label("own")).join_from(enrolment, person)
                .join(session_place, (session_place.c.enrolment == enrolment.c.id)
                      & (session_place.c.session == session.session), isouter=True)
                .where(enrolment.c.batch == session.batch, enrolment.c.admission_number.is_not(None))):
            found[row.own or row.room or ""].append((row.name, row.employer, row.level))
        return found

    def _one(self, table: Any, key: Id, unknown: str) -> Any:
        row = first(self._connection, select(table).where(table.c.id == key), {})
        if row is None:
            raise RuleViolation(f"unknown_{unknown}", unknown)
        return row


def sessions(connection: Connection, schemes: Mapping[str, Scheme], of_batch: Id) -> Sequence[SessionPlanned]:
    planned = [rows.session_of(row) for row in connection.execute(select(session).where(session.c.batch == of_batch))]
    if planned:
        return in_force(planned)
    scheme = schemes[connection.execute(select(batch.c.scheme).where(batch.c.id == of_batch)).scalar_one()]
    levels = connection.scalars(select(enrolment.c.level).where(enrolment.c.batch == of_batch).distinct()).all()
    return [whole_exam(of_batch, [subject.code for one in levels for subject in scheme.at(one).subjects])]


def examiners(connection: Connection) -> Sequence[Examiner]:
    return [rows.examiner_of(row) for row in connection.execute(select(examiner).order_by(examiner.c.id))]


def seating(connection: Connection, of_batch: Id) -> SeatingPlanned | None:
    row = first(connection, select(seating_plan).where(seating_plan.c.batch == of_batch), {})
    return rows.seating_of(row) if row else None
