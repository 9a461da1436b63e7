"""The association revokes a certificate. Revocation only grows, and the next status list says so."""

from dataclasses import dataclass

from sqlalchemy import insert, select

from appraisal.domain.errors import RuleViolation
from db.schema import certificate
from library.opening import Library
from library.publish import sign_lists
from library.schema import revocation


@dataclass(frozen=True, slots=True)
class Revoked:
    number: str
    status_list: int
    status_index: int
    new: bool
    """False: it was revoked before."""


def revoke(library: Library, number: str, reason: str) -> Revoked:
    """Raises RuleViolation reason_missing, certificate_unknown, certificate_without_status."""
    if not reason.strip():
        raise RuleViolation("revocation_reason_missing", "reason")
    with library.engine.begin() as connection:
        row = connection.execute(select(certificate).where(certificate.c.number == number).with_for_update()).first()
        if row is None:
            raise RuleViolation("certificate_unknown", "number", number=number)
        if row.status_list is None:
            raise RuleViolation("certificate_without_status", "number", number=number)
        known = connection.execute(select(revocation).where(revocation.c.number == number)).first()
        if known is None:
            connection.execute(insert(revocation).values(
                number=number, at=library.clock(), status_list=row.status_list, status_index=row.status_index,
                reason=reason.strip()))
            sign_lists(library, connection)
    return Revoked(number, row.status_list, row.status_index, known is None)
