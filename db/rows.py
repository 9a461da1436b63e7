"""Rows back into the domain's values."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import msgspec

from appraisal.domain.batch import Batch, BatchState
from appraisal.domain.enrolment import Enrolment, EnrolmentState, Payment
from appraisal.domain.exam_day import Attendance, SessionPlanned, Tier, marks_of_the_day
from appraisal.domain.examiners import Assigned, Duty, Examiner
from appraisal.domain.judging import MarkJudged
from appraisal.domain.marks import MarkCarried, MarkCorrected, MarkEntered, MarkSettled, MarkSheet, MarkState
from appraisal.domain.operator import Operator, Role
from appraisal.domain.person import Background, Contact, Identity, Person
from appraisal.domain.scheme import Level
from appraisal.domain.seating import Place, Room, SeatingPlanned, SeatingRules
from db.schema import attendance, incident, mark_carried, mark_corrected, mark_entry, mark_judged, mark_settled


def person_of(row: Any) -> Person:
    return Person(
        row.id,
        Identity(row.name, row.latin_name, row.document_kind, row.document_number, row.sex, row.birth,
                 row.nationality),
        Contact(row.phone, row.email, row.address),
        Background(row.ethnicity, row.education, row.employer, row.prior_level, row.prior_certificate,
                   msgspec.json.decode(row.extra)))


def operator_of(row: Any) -> Operator:
    return Operator(row.id, row.login, row.name, frozenset(map(Role, row.roles.split(","))), row.active)


def batch_of(row: Any) -> Batch:
    return Batch(row.id, row.code, row.title, row.scheme, row.exam_day, row.places, BatchState(row.state))


def enrolment_of(row: Any) -> Enrolment:
    return Enrolment(row.id, row.person, row.batch, row.level, EnrolmentState(row.state), row.entered_by,
                     row.admission_number, row.condition, tuple((row.seen or "").split()),
                     Payment(row.payment or Payment.DUE), row.receipt or "", row.job, row.exam_type)


def place_of(row: Any) -> Place | None:
    return Place(row.room, int(row.seat)) if row.room and (row.seat or "").isdecimal() else None


def seating_of(row: Any) -> SeatingPlanned:
    return SeatingPlanned(row.batch, msgspec.json.decode(row.rooms, type=tuple[Room, ...]),
                          SeatingRules(row.mixed, row.spread), row.pattern, msgspec.json.decode(row.fields))


def entry_of(row: Any, person: str) -> MarkEntered:
    return MarkEntered(row.enrolment, person, row.subject, row.entry, MarkState(row.state), _decimal(row.value),
                       row.entered_by)


def carried_of(row: Any, person: str) -> MarkCarried:
    return MarkCarried(row.enrolment, person, row.subject, Decimal(row.value), row.earlier)


def settled_of(row: Any, person: str) -> MarkSettled:
    return MarkSettled(row.enrolment, person, row.subject, MarkState(row.state), _decimal(row.value), row.settled_by)


def judged_of(row: Any, person: str) -> MarkJudged:
    return MarkJudged(row.enrolment, person, row.subject, row.turn, row.judge,
                      msgspec.json.decode(row.scores, type=tuple[Decimal, ...]), Decimal(row.value), row.entered_by)


def corrected_of(row: Any, person: str) -> MarkCorrected:
    return MarkCorrected(row.enrolment, person, row.subject, MarkState(row.state), _decimal(row.value), row.asked_by,
                         row.agreed_by)


def subjects_of(row: Any) -> tuple[str, ...]:
    return msgspec.json.decode(row.subjects, type=tuple[str, ...])


def session_of(row: Any) -> SessionPlanned:
    return SessionPlanned(row.id, row.batch, row.title, subjects_of(row), row.starts, row.minutes,
                          msgspec.json.decode(row.rooms, type=tuple[Room, ...]), row.replaces)


def examiner_of(row: Any) -> Examiner:
    return Examiner(row.id, Duty(row.duty), row.expires, row.active, row.name, row.organisation, row.card,
                    msgspec.json.decode(row.relatives, type=tuple[str, ...]))


def assigned_of(row: Any) -> tuple[Assigned, ...]:
    return msgspec.json.decode(row.assigned, type=tuple[Assigned, ...])


@dataclass(frozen=True, slots=True)
class SheetRows:
    """All rows that one candidate's marks are made of; `incidents` only those in force."""

    entries: Sequence[Any]
    settled: Sequence[Any]
    carried: Sequence[Any]
    judged: Sequence[Any]
    corrected: Sequence[Any]
    attendance: Sequence[Any]
    incidents: Sequence[Any]

    def sheet(self, enrolment: str, person: str, level: Level) -> MarkSheet:
        day = marks_of_the_day([(Attendance(r.state), subjects_of(r)) for r in self.attendance],
                               [(Tier(r.tier), subjects_of(r)) for r in self.incidents if not r.voided],
                               [subject.code for subject in level.subjects]
                               ) if self.attendance or self.incidents else {}
        return MarkSheet(enrolment, person, level, tuple([entry_of(r, person) for r in self.entries]),
                         tuple([settled_of(r, person) for r in self.settled]),
                         tuple([carried_of(r, person) for r in self.carried]), day,
                         tuple([judged_of(r, person) for r in self.judged]),
                         tuple([corrected_of(r, person) for r in self.corrected]))


SHEET_TABLES = (mark_entry, mark_settled, mark_carried, mark_judged, mark_corrected, attendance, incident)
"""In the order of SheetRows."""


def _decimal(value: str | None) -> Decimal | None:
    return None if value is None else Decimal(value)
