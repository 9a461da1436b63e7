"""All that the pages read, each in a transaction of its own on a connection that cannot write."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Connection, Engine, Row, Table, bindparam, func, select, union_all

from appraisal.canonical import Malformed
from appraisal.credential.cose import VerifyingKey
from appraisal.credential.status import StatusList
from appraisal.credential.trust import TrustList
from appraisal.domain.book import Book
from appraisal.domain.centre import CentreFounded
from appraisal.domain.consent import Purpose
from appraisal.domain.errors import RuleViolation
from appraisal.domain.events import Id
from appraisal.domain.examiners import times_running, unfit
from appraisal.domain.figures import EntryTimes
from appraisal.domain.operator import Operator
from appraisal.domain.person import Person
from appraisal.domain.scheme import Scheme
from appraisal.journal import Entry, read, unseal
from appraisal.usecases.filters import EVERYBODY, Filters
from appraisal.usecases.ports import Issued
from appraisal.usecases.reads import (
    BatchRow,
    CandidateDetail,
    CandidateRow,
    CertificateRow,
    DifferenceRow,
    EnrolmentRow,
    ExaminerRow,
    HistoryRow,
    Holder,
    MarkRow,
    NeedsYou,
    ObjectionRow,
    OutcomeRow,
    RecheckRow,
    SeatingChart,
    SyncState,
    SyncSummary,
    ToIssue,
)
from db import repositories, rows, same_person, schema
from db.desk import read_attachment
from db.exam_day import SqlExamDay
from db.journal import key_of
from db.queries import lists
from db.queries.book import book, entry_times
from db.queries.needs import lacking, needs
from db.queries.search import LIMIT, search
from db.queries.seating import chart
from db.queries.states import current_library, entry_counts, person_states
from db.secrets import share_of

IDS_AT_ONCE = 500
_NUMBERS: Any = bindparam("numbers", expanding=True)
_HOLDERS = union_all(
    select(schema.person.c.id, schema.person.c.name, schema.person.c.document_number.label("number")).where(
        schema.person.c.document_number.in_(_NUMBERS)),
    select(schema.person.c.id, schema.person.c.name, schema.further_document.c.number).join_from(
        schema.person, schema.further_document).where(schema.further_document.c.number.in_(_NUMBERS)))
_PERSON = schema.person.c
_CANDIDATES = select(_PERSON.registered, _PERSON.id, _PERSON.name, _PERSON.latin_name, _PERSON.document_kind,
                     _PERSON.document_number, _PERSON.phone, _PERSON.employer, _PERSON.photo).where(
    _PERSON.registered.in_(bindparam("places", expanding=True)))


class SqlReads:
    def __init__(self, engine: Engine, schemes: Mapping[str, Scheme]) -> None:
        self._engine, self._schemes = engine, schemes

    def centre(self) -> CentreFounded:
        with self._engine.begin() as connection:
            return repositories.centre(connection)

    def operators(self) -> Sequence[Operator]:
        with self._engine.begin() as connection:
            return [rows.operator_of(r) for r in connection.execute(
                select(schema.operator).order_by(schema.operator.c.login))]

    def trust(self) -> TrustList | None:
        with self._engine.begin() as connection:
            return repositories.trust(connection)

    def list_keys(self) -> Sequence[VerifyingKey]:
        with self._engine.begin() as connection:
            return repositories.list_keys(connection)

    def statuses(self) -> Mapping[int, StatusList]:
        with self._engine.begin() as connection:
            return repositories.statuses(connection)

    def batches(self) -> Sequence[BatchRow]:
        with self._engine.begin() as connection:
            return lists.batches(connection)

    def search(self, text: str, filters: Filters = EVERYBODY, most: int = LIMIT) -> Sequence[int]:
        with self._engine.connect() as connection:  # one question, asked at every key: it needs no transaction
            return search(connection, text, filters, most)

    def candidate_rows(self, places: Sequence[int]) -> Sequence[CandidateRow]:
        with self._engine.begin() as connection:
            at = {row.registered: row for row in connection.execute(_CANDIDATES, {"places": places}).all()}
            found = [at[place] for place in places if place in at]
            states = person_states(connection, [r.id for r in found])
            return [CandidateRow(r.registered, r.id, r.name, r.latin_name, r.document_kind, r.document_number, r.phone,
                                 r.employer, r.photo is not None, states[r.id]) for r in found]

    def holders(self, numbers: Collection[str]) -> Mapping[str, Holder]:
        wanted, found = sorted(numbers), list[Row[Any]]()
        with self._engine.begin() as connection:
            for start in range(0, len(wanted), IDS_AT_ONCE):
                found += connection.execute(_HOLDERS, {"numbers": wanted[start:start + IDS_AT_ONCE]}).all()
            records = same_person.records_of(connection, {row.id for row in found})
        return {row.number: Holder(row.name, records[row.id]) for row in found}

    def registered(self, pairs: Collection[tuple[str, date]]) -> Collection[tuple[str, date]]:
        with self._engine.begin() as connection:
            return same_person.registered(connection, sorted(pairs))

    def alike(self, person: Person) -> Sequence[Person]:
        with self._engine.begin() as connection:
            return same_person.alike(connection, person)

    def candidate(self, person: Id) -> CandidateDetail:
        with self._engine.begin() as connection:
            row = connection.execute(select(schema.person).where(schema.person.c.id == person)).first()
            if row is None:
                raise RuleViolation("unknown_person", "person")
            given = connection.scalars(select(schema.consent.c.purpose).where(
                schema.consent.c.person == person, schema.consent.c.given))
            one, records = rows.person_of(row), same_person.records(connection, person)
            return CandidateDetail(
                one, row.photo, frozenset(map(Purpose, given)),
                tuple(enrolled for name in records
                      for enrolled in lists.enrolments(connection, self._schemes, of_person=name)),
                _history(connection, person), person_states(connection, [person])[person],
                tuple(same_person.documents(connection, person)),
                tuple(repositories.SqlCandidates(connection).get(name) for name in records if name != person),
                row.same_as is not None, tuple(same_person.alike(connection, one)),
                tuple(repositories.SqlCandidates(connection).glyphs(person)))

    def picture(self, attachment: str) -> bytes:
        with self._engine.begin() as connection:
            return read_attachment(connection, attachment)

    def photos(self, batch: Id) -> Mapping[Id, str]:
        query = select(_PERSON.id, _PERSON.photo).where(_PERSON.photo.is_not(None), _PERSON.id.in_(
            select(schema.enrolment.c.person).where(schema.enrolment.c.batch == batch)))
        with self._engine.begin() as connection:
            return {row.id: row.photo for row in connection.execute(query)}

    def enrolments(self, batch: Id) -> Sequence[EnrolmentRow]:
        with self._engine.begin() as connection:
            return lists.enrolments(connection, self._schemes, of_batch=batch)

    def mark_rows(self, batch: Id, entry: int) -> Sequence[MarkRow]:
        with self._engine.begin() as connection:
            return lists.mark_rows(connection, self._schemes, batch, entry)

    def differences(self, batch: Id) -> Sequence[DifferenceRow]:
        with self._engine.begin() as connection:
            return lists.differences(connection, self._schemes, batch)

    def outcomes(self, batch: Id) -> Sequence[OutcomeRow]:
        with self._engine.begin() as connection:
            return lists.outcomes(connection, self._schemes, batch)

    def book(self, batch: Id) -> Book:
        with self._engine.begin() as connection:
            return book(connection, self._schemes, batch)

    def seating(self, batch: Id) -> SeatingChart:
        with self._engine.begin() as connection:
            return chart(connection, batch)

    def entry_times(self, batch: Id) -> Sequence[EntryTimes]:
        with self._engine.begin() as connection:
            return entry_times(connection, batch)

    def examiners(self, batch: Id) -> Sequence[ExaminerRow]:
        with self._engine.begin() as connection:
            day = SqlExamDay(connection, self._schemes)
            drawn, on = day.drawn(batch), repositories.SqlBatches(connection).get(batch).exam_day
            served, order = dict(drawn), [one for one, _ in drawn]
            found = [(one, times_running(order, served, one.person)) for one in day.examiners()]
            return [ExaminerRow(one, running, unfit(one, on, running)) for one, running in found]

    def rechecks(self, batch: Id) -> Sequence[RecheckRow]:
        with self._engine.begin() as connection:
            return lists.rechecks(connection, batch)

    def objections(self, batch: Id) -> Sequence[ObjectionRow]:
        with self._engine.begin() as connection:
            return lists.objections(connection, batch)

    def to_issue(self, batch: Id) -> Sequence[ToIssue]:
        with self._engine.begin() as connection:
            return lists.to_issue(connection, self._schemes, batch)

    def certificate_rows(self, batch: Id) -> Sequence[CertificateRow]:
        with self._engine.begin() as connection:
            return lists.certificates(connection, batch)

    def certificate(self, certificate: Id) -> Issued:
        with self._engine.begin() as connection:
            row = connection.execute(
                select(schema.certificate).where(schema.certificate.c.id == certificate)).first()
            if row is None:
                raise RuleViolation("unknown_certificate", "certificate")
            return repositories.issued_of(row)

    def certificate_numbered(self, number: str) -> Issued:
        with self._engine.begin() as connection:
            row = connection.execute(
                select(schema.certificate).where(schema.certificate.c.number == number)).first()
            if row is None:
                raise RuleViolation("certificate_number_unknown", number=number)
            return repositories.issued_of(row)

    def sync_summary(self) -> SyncSummary:
        with self._engine.begin() as connection:
            counts = entry_counts(connection)
            return SyncSummary(tuple(counts.items()), counts[SyncState.SAVED],
                               _last(connection, schema.bundle), _last(connection, schema.receipt),
                               connection.scalar(select(current_library())), lacking(connection))

    def needs_you(self) -> Sequence[NeedsYou]:
        with self._engine.begin() as connection:
            return needs(connection)


def _last(connection: Connection, table: Table) -> int | None:
    """When the newest row of a table whose rows never change came."""
    newest, share = select(func.max(table.c.position)), share_of(connection)
    if share is not None:
        newest = newest.where(repositories.of_desk(table, share.desk))
    data = connection.scalar(select(schema.journal.c.entry).where(
        schema.journal.c.position == newest.scalar_subquery()))
    return read(data).at[0] if data else None


def _history(connection: Connection, person: Id) -> tuple[HistoryRow, ...]:
    logins = dict(connection.execute(select(schema.operator.c.id, schema.operator.c.login)).all())
    entries = [read(data) for data in connection.scalars(
        select(schema.journal.c.entry).where(schema.journal.c.person == person).order_by(schema.journal.c.position))]
    key = key_of(connection, person)
    return tuple(HistoryRow(e.at[0], logins.get(e.operator, ""), e.kind, e.why, _opened(e, key)) for e in entries)


def _opened(entry: Entry, key: bytes | None) -> object | None:
    try:
        return unseal(entry, key)  # type: ignore[no-any-return]
    except (KeyError, Malformed):  # a later release's kind, or a person who was erased
        return None
