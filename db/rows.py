"""Rows back into the domain's values."""

from decimal import Decimal
from typing import Any

import msgspec

from appraisal.domain.batch import Batch, BatchState
from appraisal.domain.enrolment import Enrolment, EnrolmentState, Payment
from appraisal.domain.marks import MarkCarried, MarkEntered, MarkSettled, MarkState
from appraisal.domain.operator import Operator, Role
from appraisal.domain.person import Background, Contact, Identity, Person
from appraisal.domain.seating import Place


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


def entry_of(row: Any, person: str) -> MarkEntered:
    return MarkEntered(row.enrolment, person, row.subject, row.entry, MarkState(row.state), _decimal(row.value),
                       row.entered_by)


def carried_of(row: Any, person: str) -> MarkCarried:
    return MarkCarried(row.enrolment, person, row.subject, Decimal(row.value), row.earlier)


def settled_of(row: Any, person: str) -> MarkSettled:
    return MarkSettled(row.enrolment, person, row.subject, MarkState(row.state), _decimal(row.value), row.settled_by)


def _decimal(value: str | None) -> Decimal | None:
    return None if value is None else Decimal(value)
