"""What the association says of a certificate: revoked, which is for ever, or suspended until it is reinstated. The next
status list says so."""

from dataclasses import dataclass
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Connection, Table, insert, select, update

from appraisal.domain.certificate import CertificateFace, CertificateState
from appraisal.domain.errors import RuleViolation
from appraisal.domain.events import Id
from db.schema import batch as batches
from db.schema import certificate as issued
from library.opening import Library
from library.publish import alone, sign_lists
from library.schema import revocation, suspension


@dataclass(frozen=True, slots=True)
class Revoked:
    number: str
    status_list: int
    status_index: int
    new: bool
    """False: it was revoked before."""


@dataclass(frozen=True, slots=True)
class Suspended:
    number: str
    suspended: bool
    new: bool
    """False: it was so before."""


def revoke(library: Library, number: str, reason: str, certificate: Id = "") -> Revoked:
    """`certificate`: its id, or the beginning of it, where several contest the number. Raises RuleViolation
    revocation_reason_missing, certificate_unknown, certificate_contested, certificate_without_status."""
    if not reason.strip():
        raise RuleViolation("revocation_reason_missing", "reason")
    with library.engine.begin() as connection:
        row = _locked(connection, number, certificate)
        known = _is_revoked(connection, row)
        if not known:
            connection.execute(insert(revocation).values(
                number=number, at=library.clock(), status_list=row.status_list, status_index=row.status_index,
                reason=reason.strip()))
            sign_lists(library, connection)
    return Revoked(number, row.status_list, row.status_index, not known)


def suspend(library: Library, number: str, reason: str, certificate: Id = "") -> Suspended:
    """Until it is reinstated. Raises RuleViolation revocation_reason_missing, certificate_unknown,
    certificate_contested, certificate_without_status, certificate_revoked."""
    if not reason.strip():
        raise RuleViolation("revocation_reason_missing", "reason")
    with library.engine.begin() as connection:
        row = _locked(connection, number, certificate)
        _require_not_revoked(connection, row)
        new = _open(connection, row) is None
        if new:
            connection.execute(insert(suspension).values(
                number=number, at=library.clock(), status_list=row.status_list, status_index=row.status_index,
                reason=reason.strip()))
            sign_lists(library, connection)
    return Suspended(number, suspended=True, new=new)


def reinstate(library: Library, number: str, reason: str, certificate: Id = "") -> Suspended:
    """Valid again. Raises RuleViolation revocation_reason_missing, certificate_unknown, certificate_contested,
    certificate_without_status, certificate_revoked: what is revoked never comes back; certificate_not_suspended."""
    if not reason.strip():
        raise RuleViolation("revocation_reason_missing", "reason")
    with library.engine.begin() as connection:
        found = _locked(connection, number, certificate)
        _require_not_revoked(connection, found)
        row = _open(connection, found)
        if row is None:
            raise RuleViolation("certificate_not_suspended", "number", number=number)
        connection.execute(update(suspension).where(*_slot(suspension, found), suspension.c.at == row.at).values(
            ended_at=library.clock(), ended_reason=reason.strip()))
        sign_lists(library, connection)
    return Suspended(number, suspended=False, new=True)


def _locked(connection: Connection, number: str, of: Id) -> Any:
    alone(connection)
    rows = connection.execute(select(issued).where(
        issued.c.number == number, issued.c.id.startswith(of, autoescape=True)).order_by(issued.c.id)
        .with_for_update()).all()
    if not rows:
        raise RuleViolation("certificate_unknown", "number", number=number)
    if len(rows) > 1:
        which = "\n  ".join(_said(connection, row) for row in rows)
        raise RuleViolation("certificate_contested", "certificate", number=number, count=len(rows), which=which)
    row = rows[0]
    if row.status_list is None:
        raise RuleViolation("certificate_without_status", "number", number=number)
    return row


def _said(connection: Connection, row: Any) -> str:
    """Enough to tell it from the other: id, whose, of what, from when."""
    face = msgspec.json.decode(row.face, type=CertificateFace)
    batch = connection.scalar(select(batches.c.code).where(batches.c.id == row.batch)) or ""
    return "  ".join(one for one in (row.id, face.name, row.scheme, batch, face.issued.isoformat(), row.state) if one)


def _slot(table: Table, row: Any) -> tuple[ColumnElement[bool], ...]:
    """The certificate's own place: its number may be on another one too."""
    return table.c.status_list == row.status_list, table.c.status_index == row.status_index


def _open(connection: Connection, row: Any) -> Any:
    return connection.execute(select(suspension).where(
        *_slot(suspension, row), suspension.c.ended_at.is_(None))).first()


def _is_revoked(connection: Connection, row: Any) -> bool:
    return connection.execute(select(revocation.c.number).where(*_slot(revocation, row))).first() is not None


def _require_not_revoked(connection: Connection, row: Any) -> None:
    """Neither here nor at its desk."""
    if row.state == CertificateState.REVOKED.value or _is_revoked(connection, row):
        raise RuleViolation("certificate_revoked", "number", number=row.number)
