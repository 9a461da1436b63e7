"""Certificate numbers 证书编号: from a signed lease, or from the province; never used twice, never invented."""

import re
from dataclasses import dataclass
from datetime import date

from appraisal.domain.centre import Lease
from appraisal.domain.errors import RuleViolation
from appraisal.domain.events import Id, event

NATIONAL = re.compile(r"[A-Z][0-9]{21}")
"""22 characters, as the provinces give them."""

_WEIGHTS = "0123456789X"


@event("certificate_number.given")
@dataclass(frozen=True, slots=True)
class CertificateNumberGiven:
    """The province's number for one enrolment, and the issue date on the certificate's face."""

    enrolment: Id
    person: Id
    number: str
    face_date: date


def check_national(number: str) -> str:
    if not NATIONAL.fullmatch(number):
        raise RuleViolation("national_number_format", "number", number=number)
    return number


def leased(lease: Lease, serial: int) -> str:
    """Prefix, six digits, and an ISO 7064 MOD 11-2 check character over the digits of both."""
    if not lease.first <= serial <= lease.last:
        raise RuleViolation("lease_used_up", "number", scheme=lease.scheme)
    body = f"{lease.prefix}{serial:06d}"
    remainder = 0
    for digit in filter(str.isdigit, body):
        remainder = (remainder + int(digit)) * 2 % 11
    return f"{body}{_WEIGHTS[(12 - remainder) % 11]}"
