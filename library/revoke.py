"""What the association says of a certificate: revoked, which is for ever, or suspended until it is reinstated. The next
status list says so."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, insert, select, update

from appraisal.domain.certificate import CertificateState
from appraisal.domain.errors import RuleViolation
from db.schema import certificate
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


def revoke(library: Library, number: str, reason: str) -> Revoked:
    """Raises RuleViolation revocation_reason_missing, certificate_unknown, certificate_without_status."""
    if not reason.strip():
        raise RuleViolation("revocation_reason_missing", "reason")
    with library.engine.begin() as connection:
        row = _locked(connection, number)
        known = _is_revoked(connection, number)
        if not known:
            connection.execute(insert(revocation).values(
                number=number, at=library.clock(), status_list=row.status_list, status_index=row.status_index,
                reason=reason.strip()))
            sign_lists(library, connection)
    return Revoked(number, row.status_list, row.status_index, not known)


def suspend(library: Library, number: str, reason: str) -> Suspended:
    """Until it is reinstated. Raises RuleViolation revocation_reason_missing, certificate_unknown,
    certificate_without_status, certificate_revoked."""
    if not reason.strip():
        raise RuleViolation("revocation_reason_missing", "reason")
    with library.engine.begin() as connection:
        row = _locked(connection, number)
        _require_not_revoked(connection, row)
        new = _open(connection, number) is None
        if new:
            connection.execute(insert(suspension).values(
                number=number, at=library.clock(), status_list=row.status_list, status_index=row.status_index,
                reason=reason.strip()))
            sign_lists(library, connection)
    return Suspended(number, suspended=True, new=new)


def reinstate(library: Library, number: str, reason: str) -> Suspended:
    """Valid again. Raises RuleViolation revocation_reason_missing, certificate_unknown, certificate_without_status,
    certificate_revoked: what is revoked never comes back; certificate_not_suspended."""
    if not reason.strip():
        raise RuleViolation("revocation_reason_missing", "reason")
    with library.engine.begin() as connection:
        _require_not_revoked(connection, _locked(connection, number))
        row = _open(connection, number)
        if row is None:
            raise RuleViolation("certificate_not_suspended", "number", number=number)
        connection.execute(update(suspension).where(suspension.c.number == number, suspension.c.at == row.at).values(
            ended_at=library.clock(), ended_reason=reason.strip()))
        sign_lists(library, connection)
    return Suspended(number, suspended=False, new=True)


def _locked(connection: Connection, number: str) -> Any:
    alone(connection)
    row = connection.execute(select(certificate).where(certificate.c.number == number).with_for_update()).first()
    if row is None:
        raise RuleViolation("certificate_unknown", "number", number=number)
    if row.status_list is None:
        raise RuleViolation("certificate_without_status", "number", number=number)
    return row


def _open(connection: Connection, number: str) -> Any:
    return connection.execute(select(suspension).where(
        suspension.c.number == number, suspension.c.ended_at.is_(None))).first()


def _is_revoked(connection: Connection, number: str) -> bool:
    return connection.execute(select(revocation.c.number).where(revocation.c.number == number)).first() is not None


def _require_not_revoked(connection: Connection, row: Any) -> None:
    """Neither here nor at its desk."""
    if row.state == CertificateState.REVOKED.value or _is_revoked(connection, row.number):
        raise RuleViolation("certificate_revoked", "number", number=row.number)
