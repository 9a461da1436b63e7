"""What a unit of work reads: rows of this transaction as the domain's values."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import msgspec
from sqlalchemy import Column, ColumnElement, Connection, Select, Table, bindparam, exists, func, select

from appraisal.credential.cose import ED25519, VerifyingKey, verifying_key
from appraisal.credential.delta import applied, is_delta, read_delta
from appraisal.credential.status import StatusList, read_status_list
from appraisal.credential.trust import TrustList, read_trust_list
from appraisal.domain.batch import Batch
from appraisal.domain.centre import CentreFounded, Lease
from appraisal.domain.certificate import Bilingual, CertificateFace
from appraisal.domain.consent import Purpose
from appraisal.domain.enrolment import Enrolment, EnrolmentState
from appraisal.domain.epochs import Present
from appraisal.domain.errors import EnvironmentFault, RuleViolation
from appraisal.domain.events import Id
from appraisal.domain.glyph import Glyph
from appraisal.domain.marks import MarkSheet
from appraisal.domain.numbers import CertificateNumberGiven, leased
from appraisal.domain.operator import Operator, Role
from appraisal.domain.person import FurtherDocument, Person
from appraisal.domain.publicity import Objection, Publicity, Recheck
from appraisal.domain.scheme import Scheme
from appraisal.domain.seating import SeatingPlanned
from appraisal.usecases.ports import Issued, LeasedSlot, Sitting, ToSeat
from db import exam_day, rows, same_person, schema, statement
from db.secrets import secret_of, share_of


def _where(column: Column[Any], *columns: Any) -> Select[Any]:
    """Rows of the column's table where it is `:key`. Made once: putting a query together costs more than asking it."""
    return select(*(columns or (column.table,))).where(column == bindparam("key"))


_PERSON = _where(schema.person.c.id)
_PHOTO = _where(schema.person.c.id, schema.person.c.photo)
_CONSENTS = _where(schema.consent.c.person, schema.consent.c.purpose).where(schema.consent.c.given)
_BATCH, _ENROLMENT, _OPERATOR = _where(schema.batch.c.id), _where(schema.enrolment.c.id), _where(schema.operator.c.id)
_OBJECTION, _RECHECK = _where(schema.objection.c.id), _where(schema.recheck.c.id)
_OF_PERSON, _IN_BATCH = (_where(column).order_by(schema.enrolment.c.id)
                         for column in (schema.enrolment.c.person, schema.enrolment.c.batch))
_ADMITTED = _where(schema.admission_given.c.number, schema.enrolment).join_from(
    schema.enrolment, schema.admission_given).order_by(schema.enrolment.c.id)
_TAKEN = _where(schema.enrolment.c.batch, func.count(schema.enrolment.c.id).label("taken")).where(
    schema.enrolment.c.state != "refused")
_SITTING = _where(schema.enrolment.c.id, schema.enrolment.c.person, schema.enrolment.c.level,
                  schema.enrolment.c.admission_number, schema.batch).join_from(schema.enrolment, schema.batch)
_OF_SHEET = tuple(_where(table.c.enrolment) for table in rows.SHEET_TABLES)
_GLYPHS = _where(schema.glyph.c.person)
_SEATABLE = (EnrolmentState.APPROVED.value, EnrolmentState.SEATED.value)


class _Reads:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def _every(self, query: Select[Any], key: str) -> list[Any]:
        return statement.every(self._connection, query, {"key": key})

    def _first(self, query: Select[Any], key: str) -> Any:
        return statement.first(self._connection, query, {"key": key})

    def _one(self, query: Select[Any], key: str, unknown: str) -> Any:
        row = self._first(query, key)
        if row is None:
            raise RuleViolation(f"unknown_{unknown}", unknown)
        return row


class SqlCandidates(_Reads):
    def get(self, person: Id) -> Person:
        return rows.person_of(self._one(_PERSON, person, "person"))

    def by_document(self, number: str) -> Sequence[Person]:
        return same_person.holders(self._connection, number)

    def documents(self, person: Id) -> Sequence[FurtherDocument]:
        return same_person.documents(self._connection, person)

    def records(self, person: Id) -> Sequence[Id]:
        return same_person.records(self._connection, person)

    def same_as(self, person: Id) -> Id | None:
        found: Id | None = self._one(_PERSON, person, "person").same_as
        return found

    def alike(self, person: Person) -> Sequence[Person]:
        return same_person.alike(self._connection, person)

    def photo(self, person: Id) -> str | None:
        found = self._first(_PHOTO, person)
        return found.photo if found else None

    def glyphs(self, person: Id) -> Sequence[Glyph]:
        return [Glyph(row.character, row.picture) for row in self._every(_GLYPHS, person)]

    def consents(self, person: Id) -> frozenset[Purpose]:
        return frozenset(Purpose(row.purpose) for row in self._every(_CONSENTS, person))


class SqlBatches(_Reads):
    def get(self, batch: Id) -> Batch:
        return rows.batch_of(self._one(_BATCH, batch, "batch"))

    def by_code(self, code: str) -> Batch | None:
        row = self._connection.execute(select(schema.batch).where(schema.batch.c.code == code)).first()
        return rows.batch_of(row) if row else None

    def publicity(self, batch: Id) -> Publicity | None:
        row = self._connection.execute(select(schema.publicity).where(schema.publicity.c.batch == batch)).first()
        if row is None:
            return None
        waiting = self._connection.scalar(
            select(func.count()).select_from(schema.objection)
            .where(schema.objection.c.batch == batch, schema.objection.c.upheld.is_(None)))
        asked = self._connection.scalar(
            select(func.count()).select_from(schema.recheck)
            .where(schema.recheck.c.batch == batch, schema.recheck.c.findings.is_(None)))
        return Publicity(batch, row.starts, row.ends, tuple(msgspec.json.decode(row.passed)), row.closed, waiting or 0,
                         asked or 0)

    def recheck(self, recheck: Id) -> Recheck:
        row = self._one(_RECHECK, recheck, "recheck")
        return Recheck(row.id, row.batch, row.person, row.enrolment, row.subject, row.until, row.findings is not None)

    def objection(self, objection: Id) -> Objection:
        row = self._one(_OBJECTION, objection, "objection")
        return Objection(row.id, row.batch, row.person, row.upheld)

    def upheld_objections(self, batch: Id) -> frozenset[Id]:
        table = schema.objection
        return frozenset(self._connection.scalars(
            select(table.c.person).where(table.c.batch == batch, table.c.upheld)))


class SqlEnrolments(_Reads):
    def get(self, enrolment: Id) -> Enrolment:
        return rows.enrolment_of(self._one(_ENROLMENT, enrolment, "enrolment"))

    def in_batch(self, batch: Id) -> Sequence[Enrolment]:
        return [rows.enrolment_of(row) for row in self._every(_IN_BATCH, batch)]

    def taken(self, batch: Id) -> int:
        return int(self._first(_TAKEN, batch).taken)

    def of_person(self, person: Id) -> Sequence[Enrolment]:
        return [rows.enrolment_of(row) for one in same_person.records(self._connection, person)
                for row in self._every(_OF_PERSON, one)]

    def by_admission(self, number: str) -> Enrolment | None:
        row = self._first(_ADMITTED, number)
        return rows.enrolment_of(row) if row else None

    def to_seat(self, batch: Id) -> Sequence[ToSeat]:
        rows_found = self._connection.execute(
            select(schema.enrolment, schema.person.c.employer, schema.seat_wish.c.pinned, schema.seat_wish.c.accessible)
            .join_from(schema.enrolment, schema.person).outerjoin(schema.seat_wish)
            .where(schema.enrolment.c.batch == batch, schema.enrolment.c.state.in_(_SEATABLE))
            .order_by(schema.enrolment.c.id))
        return [ToSeat(rows.enrolment_of(r), r.employer, rows.place_of(r), bool(r.pinned), bool(r.accessible))
                for r in rows_found]

    def seating(self, batch: Id) -> SeatingPlanned | None:
        return exam_day.seating(self._connection, batch)

    def numbers_given(self) -> Collection[str]:
        return set(self._connection.scalars(select(schema.admission_given.c.number)))


class SqlMarks(_Reads):
    def __init__(self, connection: Connection, schemes: Mapping[str, Scheme]) -> None:
        super().__init__(connection)
        self._schemes = schemes

    def sheet(self, enrolment: Id) -> MarkSheet:
        return self.sitting(enrolment).sheet

    def sitting(self, enrolment: Id) -> Sitting:
        row = self._one(_SITTING, enrolment, "enrolment")
        found = rows.SheetRows(*(self._every(query, enrolment) for query in _OF_SHEET))
        return Sitting(rows.batch_of(row), row.admission_number,
                       found.sheet(enrolment, row.person, self._schemes[row.scheme].at(row.level)))


class SqlCertificates(_Reads):
    def of_enrolment(self, enrolment: Id) -> Issued | None:
        return self._issued(schema.certificate.c.enrolment == enrolment)

    def by_number(self, number: str) -> Issued | None:
        return self._issued(schema.certificate.c.number == number)

    def in_batch(self, batch: Id) -> Sequence[Issued]:
        query = select(schema.certificate).where(schema.certificate.c.batch == batch)
        return [issued_of(row) for row in self._connection.execute(query.order_by(schema.certificate.c.number))]

    def number_given(self, enrolment: Id) -> CertificateNumberGiven | None:
        table = schema.certificate_number
        row = self._connection.execute(
            select(table, schema.enrolment.c.person).join_from(table, schema.enrolment)
            .where(table.c.enrolment == enrolment)).first()
        return CertificateNumberGiven(row.enrolment, row.person, row.number, row.face_date) if row else None

    def number_used(self, number: str) -> bool:
        return any(self._connection.scalar(select(exists().where(table.c.number == number)))
                   for table in (schema.certificate, schema.certificate_number))

    def free_slots(self, scheme: str) -> Iterator[LeasedSlot]:
        table, epoch = schema.certificate, present_epoch(self._connection)
        for lease in leases(self._connection):
            if lease.scheme == scheme and epoch.may_use(lease):
                used = set(self._connection.scalars(
                    select(table.c.status_index).where(table.c.status_list == lease.status_list)))
                for serial, index in enumerate(lease.status_indices, lease.first):
                    if index not in used:
                        yield LeasedSlot(leased(lease, serial), (lease.status_list, index))

    def why_no_slot(self, scheme: str) -> str:
        epoch = present_epoch(self._connection)
        closed = any(one.scheme == scheme and not epoch.may_use(one) for one in leases(self._connection))
        return "leases_of_earlier_epoch" if closed else "lease_used_up"

    def _issued(self, condition: Any) -> Issued | None:
        row = self._connection.execute(select(schema.certificate).where(condition)).first()
        return issued_of(row) if row else None


class SqlOperators(_Reads):
    def get(self, operator: Id) -> Operator:
        return rows.operator_of(self._one(_OPERATOR, operator, "operator"))

    def holding(self, role: Role) -> Sequence[Operator]:
        active = self._connection.execute(select(schema.operator).where(schema.operator.c.active))
        return [one for one in map(rows.operator_of, active) if role in one.roles]

    def by_login(self, login: str) -> Operator | None:
        row = self._connection.execute(select(schema.operator).where(schema.operator.c.login == login)).first()
        return rows.operator_of(row) if row else None


def centre(connection: Connection) -> CentreFounded:
    row = connection.execute(select(schema.centre)).first()
    if row is None:
        raise EnvironmentFault("no_centre_here", folder="")
    return CentreFounded(row.id, row.code, Bilingual(row.name_zh, row.name_en), row.host, row.demonstration)


def leases(connection: Connection) -> Sequence[Lease]:
    query = select(schema.lease).where(of_this_library(schema.lease)).order_by(schema.lease.c.id)
    share = share_of(connection)
    if share is not None:
        query = query.where(of_desk(schema.lease, share.desk))
    return [Lease(r.id, r.scheme, r.prefix, r.first, r.last, r.status_list,
                  tuple(msgspec.json.decode(r.status_indices)), r.epoch) for r in connection.execute(query)]


def present_epoch(connection: Connection) -> Present:
    """The epoch that this copy writes. A database without secrets is a part of a test or a library: its first."""
    own = secret_of(connection, "epoch")
    name = own.hex() if own else None
    return Present(name, connection.scalar(select(exists().where(schema.epoch.c.id == name))) or False)


def trust(connection: Connection) -> TrustList | None:
    """The newest that the list key of today signed."""
    keys = list_keys(connection)
    for row in connection.execute(
            select(schema.trust_list.c.data, schema.trust_list.c.digest).where(of_this_library(schema.trust_list))
            .order_by(schema.trust_list.c.version.desc())):
        with _signed_before("trust_list_not_ours"):
            return read_trust_list(row.data or adopted_file(connection, row.digest), keys)
    return None


@contextmanager
def _signed_before(code: str) -> Iterator[None]:
    """Lists of a key that another one has taken the place of count no more, however new they say they are."""
    try:
        yield
    except RuleViolation as refusal:
        if refusal.code != code:
            raise


def adopted_file(connection: Connection, digest: str) -> bytes:
    """What stands beside the journal. Raises EnvironmentFault adopted_file_missing."""
    table = schema.adopted_file
    data: bytes | None = connection.scalar(select(table.c.data).where(table.c.digest == digest))
    if data is None:
        raise EnvironmentFault("adopted_file_missing", digest=digest[:16])
    return data


def statuses(connection: Connection) -> Mapping[int, StatusList]:
    numbers = connection.scalars(select(schema.status_list.c.number).where(of_this_library(schema.status_list))
                                 .distinct()).all()
    return {number: found for number in numbers if (found := status(connection, number)) is not None}


def status(connection: Connection, number: int) -> StatusList | None:
    """The newest of that number that the list key of today signed."""
    for data in connection.scalars(select(schema.status_list.c.data).where(
            schema.status_list.c.number == number, of_this_library(schema.status_list))
            .order_by(schema.status_list.c.issued.desc())):
        with _signed_before("status_list_not_ours"):
            return status_from(connection, data)
    return None


def status_from(connection: Connection, data: bytes) -> StatusList:
    """What a row says. A delta was taken in only where the list that it begins from was here, whole or as a delta.
    Raises RuleViolation status_list_not_ours."""
    keys, deltas = list_keys(connection), []
    while is_delta(data):
        deltas.append(read_delta(data, keys))
        data = connection.execute(select(schema.status_list.c.data).where(
            schema.status_list.c.digest == deltas[-1].base.hex())).scalar_one()
    found = read_status_list(data, keys)
    for delta in reversed(deltas):
        found = applied(delta, found)
    return found


def list_keys(connection: Connection) -> Sequence[VerifyingKey]:
    """Of the library recognised last; empty where there is none."""
    query = select(schema.library.c.list_key).order_by(schema.library.c.position.desc()).limit(1)
    return [verifying_key(ED25519, key) for key in connection.scalars(query)]


def of_this_library(table: Table) -> ColumnElement[bool]:
    """Rows that came since the present library was recognised: a library's numbers and lists go with it."""
    since = select(schema.library.c.since).order_by(schema.library.c.position.desc()).limit(1).scalar_subquery()
    return table.c.position > func.coalesce(since, 0)


def of_desk(table: Table, desk: Id) -> ColumnElement[bool]:
    """Rows that this desk's own entries have made."""
    return exists().where(schema.journal.c.position == table.c.position, schema.journal.c.desk == desk)


def issued_of(row: Any) -> Issued:
    return Issued(row.id, row.enrolment, row.person, row.number, row.state, row.template, row.photo, row.cose,
                  msgspec.json.decode(row.face, type=CertificateFace),
                  msgspec.json.decode(row.glyphs or "[]", type=tuple[Glyph, ...]))
