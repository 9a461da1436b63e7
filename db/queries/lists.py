"""Batches, enrolments, marks, certificates: whole lists of one batch."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import msgspec
from sqlalchemy import Connection, Row, Select, func, select

from appraisal.domain.certificate import CertificateState, what_blocks
from appraisal.domain.enrolment import RETAKE, SETTLED, EnrolmentState, Payment, doubts
from appraisal.domain.events import Id
from appraisal.domain.marks import Mark, MarkSheet, Outcome
from appraisal.domain.person import home_province
from appraisal.domain.publicity import Finding
from appraisal.domain.scheme import NumberSource, Scheme
from appraisal.domain.tables import code_tables
from appraisal.usecases.reads import (
    BatchRow,
    CertificateRow,
    DifferenceRow,
    EnrolmentRow,
    MarkRow,
    ObjectionRow,
    OutcomeRow,
    RecheckRow,
    ToIssue,
)
from db import rows
from db.association import states_by_lists
from db.queries.states import person_states
from db.repositories import SqlCertificates, issued_of
from db.same_person import in_question
from db.schema import (
    batch,
    certificate,
    certificate_number,
    enrolment,
    objection,
    person,
    publicity,
    recheck,
)


def batches(connection: Connection) -> Sequence[BatchRow]:
    counted: dict[Id, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for row in connection.execute(
            select(enrolment.c.batch, enrolment.c.state, func.count().label("n"))
            .group_by(enrolment.c.batch, enrolment.c.state)):
        counted[row.batch][row.state] = row.n
    certified = {row.batch: row.n for row in connection.execute(
        select(certificate.c.batch, func.count().label("n")).group_by(certificate.c.batch))}
    query = (select(batch, publicity.c.ends).join_from(batch, publicity, isouter=True)
             .order_by(batch.c.exam_day, batch.c.code))
    return [BatchRow(r.id, r.code, r.title, r.scheme, r.exam_day, r.places, r.state, sum(counted[r.id].values()),
                     counted[r.id]["submitted"], counted[r.id]["seated"], certified.get(r.id, 0), r.ends)
            for r in connection.execute(query)]


def enrolments(connection: Connection, schemes: Mapping[str, Scheme], *, of_batch: Id | None = None,
               of_person: Id | None = None) -> Sequence[EnrolmentRow]:
    query = (
        select(enrolment, person.c.name, person.c.document_kind, person.c.document_number, person.c.birth,
               person.c.prior_level, person.c.extra, batch.c.code, batch.c.scheme, batch.c.exam_day)
        .join_from(enrolment, person).join(batch).order_by(enrolment.c.admission_number, enrolment.c.id))
    those = [column == wanted for column, wanted in ((enrolment.c.batch, of_batch), (enrolment.c.person, of_person))
             if wanted is not None]
    found = connection.execute(query.where(*those)).all()
    people = select(enrolment.c.person).where(*those)
    before = _sat_before(connection, people) if any(r.exam_type == RETAKE for r in found) else {}
    told = {"looks_registered_twice": in_question(connection, [(r.person, r.name, r.birth) for r in found]),
            "two_certificates": _certified_twice(connection, people),
            "retake_without_earlier": {r.person for r in found if r.exam_type == RETAKE and not any(
                (batch, level) != (r.batch, r.level) and (scheme, level) == (r.scheme, r.level)
                for batch, scheme, level in before.get(r.person, ()))}}
    return [_enrolment_row(r, schemes[r.scheme], [code for code, persons in told.items() if r.person in persons])
            for r in found]


def _certified_twice(connection: Connection, people: Select[Any]) -> set[Id]:
    """Who of `people` has two certificates in force."""
    return set(connection.scalars(
        select(certificate.c.person)
        .where(certificate.c.person.in_(people), certificate.c.state == CertificateState.ISSUED.value)
        .group_by(certificate.c.person).having(func.count() >= 2)))


def _sat_before(connection: Connection, people: Select[Any]) -> Mapping[Id, Sequence[tuple[Id, str, int | None]]]:
    """Batch, scheme and level of every seat that each of `people` has had."""
    found = defaultdict(list)
    for row in connection.execute(
            select(enrolment.c.person, enrolment.c.batch, batch.c.scheme, enrolment.c.level).join_from(enrolment, batch)
            .where(enrolment.c.person.in_(people), enrolment.c.state == EnrolmentState.SEATED.value)):
        found[row.person].append((row.batch, row.scheme, row.level))
    return found


def _enrolment_row(r: Row[Any], scheme: Scheme, more: Sequence[str]) -> EnrolmentRow:
    seen = tuple((r.seen or "").split())
    said = doubts(scheme.at(r.level), r.condition, r.prior_level, r.birth, r.exam_day, seen)
    return EnrolmentRow(
        r.id, r.person, r.name, r.document_number, r.batch, r.code, r.level, r.condition, r.state, r.entered_by,
        r.reason, r.admission_number, r.room, r.seat,
        (*said, *more), seen, Payment(r.payment or Payment.DUE), r.receipt or "",
        home_province(r.document_kind, r.document_number, msgspec.json.decode(r.extra), code_tables().regions))


def sheets(connection: Connection, schemes: Mapping[str, Scheme], of_batch: Id,
           ) -> Sequence[tuple[str | None, str, MarkSheet]]:
    """Admission number, name and marks of everybody seated in the batch, by admission number."""
    of = sheet_rows(connection, of_batch)
    query = (
        select(enrolment.c.id, enrolment.c.person, enrolment.c.level, enrolment.c.admission_number, person.c.name,
               batch.c.scheme).join_from(enrolment, person).join(batch)
        .where(enrolment.c.batch == of_batch, enrolment.c.state == EnrolmentState.SEATED.value)
        .order_by(enrolment.c.admission_number))
    return [(r.admission_number, r.name, of(r.id).sheet(r.id, r.person, schemes[r.scheme].at(r.level)))
            for r in connection.execute(query)]


def sheet_rows(connection: Connection, of_batch: Id) -> Callable[[Id], rows.SheetRows]:
    """Enrolment -> what its marks are made of, for everybody in the batch."""
    inside = select(enrolment.c.id).where(enrolment.c.batch == of_batch)
    found: list[dict[Id, list[Any]]] = []
    for table in rows.SHEET_TABLES:
        found.append(defaultdict(list))
        for row in connection.execute(select(table).where(table.c.enrolment.in_(inside))):
            found[-1][row.enrolment].append(row)
    return lambda of: rows.SheetRows(*(of_table.get(of, ()) for of_table in found))


def mark_rows(connection: Connection, schemes: Mapping[str, Scheme], of_batch: Id, entry: int) -> Sequence[MarkRow]:
    return [_mark_row(number or "", name, sheet, entry)
            for number, name, sheet in sheets(connection, schemes, of_batch)]


def _mark_row(number: str, name: str, sheet: MarkSheet, entry: int) -> MarkRow:
    """A number entered for somebody who is away by the list stays in sight: it is a difference to settle."""
    marks: list[tuple[str, Mark | None]] = []
    judged, day = {one.subject for one in sheet.judged}, set()
    for code in (subject.code for subject in sheet.level.subjects):
        typed, decided = sheet.entered(code, entry), sheet.from_day(code)
        if decided is not None and typed in (None, decided):
            day.add(code)
            typed = decided
        marks.append((code, sheet.from_earlier(code) or (sheet.confirmed(code) if code in judged else typed)))
    return MarkRow(sheet.enrolment, number, name, sheet.level.level, tuple(marks),
                   frozenset(one.subject for one in sheet.carried), frozenset(day), frozenset(judged))


def differences(connection: Connection, schemes: Mapping[str, Scheme], of_batch: Id) -> Sequence[DifferenceRow]:
    found = []
    for number, name, sheet in sheets(connection, schemes, of_batch):
        for subject in sheet.differing():
            first, second = sheet.entered(subject, 1), sheet.entered(subject, 2)
            assert first is not None
            assert second is not None
            found.append(DifferenceRow(sheet.enrolment, number or "", name, subject, first, second))
    return found


def outcomes(connection: Connection, schemes: Mapping[str, Scheme], of_batch: Id) -> Sequence[OutcomeRow]:
    return [OutcomeRow(
        sheet.enrolment, sheet.person, number, name, sheet.level.level, sheet.outcome(),
        tuple((s.code, sheet.confirmed(s.code)) for s in sheet.level.subjects))
        for number, name, sheet in sheets(connection, schemes, of_batch)]


def objections(connection: Connection, of_batch: Id) -> Sequence[ObjectionRow]:
    query = (select(objection, person.c.name).join_from(objection, person, objection.c.person == person.c.id)
             .where(objection.c.batch == of_batch).order_by(objection.c.upheld.is_not(None), objection.c.id))
    return [ObjectionRow(r.id, r.person, r.name, r.text, r.upheld, r.reason) for r in connection.execute(query)]


def rechecks(connection: Connection, of_batch: Id) -> Sequence[RecheckRow]:
    query = (select(recheck, person.c.name, enrolment.c.admission_number)
             .join_from(recheck, person, recheck.c.person == person.c.id).join(enrolment)
             .where(recheck.c.batch == of_batch)
             .order_by(recheck.c.findings.is_not(None), recheck.c.until, recheck.c.id))
    return [RecheckRow(r.id, r.enrolment, r.person, r.name, r.admission_number or "", r.subject, r.text, r.until,
                       None if r.findings is None else msgspec.json.decode(r.findings, type=tuple[Finding, ...]),
                       r.answer or "") for r in connection.execute(query)]


def certificates(connection: Connection, of_batch: Id) -> Sequence[CertificateRow]:
    found = [issued_of(row) for row in connection.execute(
        select(certificate).where(certificate.c.batch == of_batch).order_by(certificate.c.number))]
    states = person_states(connection, [one.person for one in found])
    standing = states_by_lists(connection, of_batch)
    return [CertificateRow(one.certificate, one.face.number, one.face.name, one.face.level, one.face.scheme,
                           one.face.issued, standing.get(one.certificate, one.state), states[one.person])
            for one in found]


def to_issue(connection: Connection, schemes: Mapping[str, Scheme], of_batch: Id) -> Sequence[ToIssue]:
    scheme = schemes[connection.scalar(select(batch.c.scheme).where(batch.c.id == of_batch)) or ""]
    numbers = SqlCertificates(connection)
    slots, why = sum(1 for _ in numbers.free_slots(scheme.code)), numbers.why_no_slot(scheme.code)
    query = (select(enrolment.c.id, person.c.photo, certificate_number.c.number, certificate.c.id.label("certificate"),
                    enrolment.c.payment)
             .join_from(enrolment, person).join(certificate_number, isouter=True)
             .join(certificate, certificate.c.enrolment == enrolment.c.id, isouter=True)
             .where(enrolment.c.batch == of_batch))
    about = {row.id: row for row in connection.execute(query)}
    passed = [one for one in outcomes(connection, schemes, of_batch)
              if one.outcome is Outcome.PASS and about[one.enrolment].certificate is None]
    blocked = (what_blocks(
        photo_required=scheme.photo_required, has_photo=about[one.enrolment].photo is not None,
        unpaid=scheme.fee and about[one.enrolment].payment not in SETTLED,
        number_awaited=scheme.number_source is NumberSource.PROVINCE and about[one.enrolment].number is None,
        has_slot=place < slots) for place, one in enumerate(passed))
    return [ToIssue(one.enrolment, one.person, one.name, one.level, why if code == "lease_used_up" else code)
            for one, code in zip(passed, blocked, strict=True)]
