"""Enrolment 报名: one person, one occupation and level, one batch; submitted, reviewed, seated."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from appraisal.domain.errors import RuleViolation
from appraisal.domain.events import Id, event
from appraisal.domain.person import age
from appraisal.domain.scheme import Level, Scheme


class EnrolmentState(StrEnum):
    SUBMITTED = "submitted"
    RETURNED = "returned"
    APPROVED = "approved"
    REFUSED = "refused"
    SEATED = "seated"


@event("enrolment.submitted")
@dataclass(frozen=True, slots=True)
class EnrolmentSubmitted:
    enrolment: Id
    person: Id
    batch: Id
    level: int | None
    job: str
    condition: str
    exam_type: str
    """正考 (first sitting) or 补考 (retake), as the roster says."""
    entered_by: Id


@event("enrolment.reviewed")
@dataclass(frozen=True, slots=True)
class EnrolmentReviewed:
    """A decision on an enrolment; a return or a refusal gives its reason to the journal."""

    enrolment: Id
    person: Id
    decision: EnrolmentState
    reviewed_by: Id


@event("enrolment.seated")
@dataclass(frozen=True, slots=True)
class EnrolmentSeated:
    enrolment: Id
    person: Id
    admission_number: str
    room: str
    seat: str


class Payment(StrEnum):
    """Of the fee, where the scheme asks one."""

    DUE = "due"
    PAID = "paid"
    DEFERRED = "deferred"
    WAIVED = "waived"


RETAKE = "补考"
"""The exam type of somebody who sits again, and takes along what was passed."""
SETTLED = frozenset({Payment.PAID, Payment.WAIVED})
"""With the others one may sit the exam, and gets no certificate."""


@event("enrolment.checked", sealed=("receipt",))
@dataclass(frozen=True, slots=True)
class EnrolmentChecked:
    """What somebody at the desk has seen of the papers, and of the fee: all of it each time."""

    enrolment: Id
    person: Id
    seen: tuple[str, ...]
    """Codes of materials whose originals were seen."""
    payment: Payment
    receipt: str
    """Number of the receipt for the fee, or empty."""


@dataclass(frozen=True, slots=True)
class Enrolment:
    id: Id
    person: Id
    batch: Id
    level: int | None
    state: EnrolmentState
    entered_by: Id
    admission_number: str | None = None
    condition: str = ""
    seen: tuple[str, ...] = ()
    payment: Payment = Payment.DUE
    receipt: str = ""
    job: str = ""
    exam_type: str = ""

    def review(self, decision: EnrolmentState, reviewed_by: Id, why: str) -> EnrolmentReviewed:
        if self.state is not EnrolmentState.SUBMITTED:
            raise RuleViolation("enrolment_already_decided", "enrolment", state=self.state.value)
        if reviewed_by == self.entered_by:
            raise RuleViolation("reviewer_entered_it", "reviewer")
        if decision is not EnrolmentState.APPROVED and not why.strip():
            raise RuleViolation("reason_missing", "why")
        return EnrolmentReviewed(self.id, self.person, decision, reviewed_by)

    def seat(self, admission_number: str, room: str, seat: str) -> EnrolmentSeated:
        if self.state not in (EnrolmentState.APPROVED, EnrolmentState.SEATED):
            raise RuleViolation("enrolment_not_approved", "enrolment", state=self.state.value)
        return EnrolmentSeated(self.id, self.person, admission_number, room, seat)


def from_outside(provinces: Iterable[str], scheme: Scheme) -> tuple[int, int] | None:
    """How many come from outside the scheme's province, of how many; None where that is no more than the share that the
    scheme thinks usual. `provinces`: two digits each, empty where nobody knows, who counts among the others."""
    found = tuple(provinces)
    outside = sum(bool(one) and one != scheme.province for one in found)
    return (outside, len(found)) if scheme.province and outside > scheme.outside_share * len(found) else None


def doubts(level: Level, condition: str, prior_level: int | None, birth: date | None, on: date,
           seen: Collection[str] | None = None) -> tuple[str, ...]:
    """Codes of what a reviewer should look at; none of them refuses by itself. `seen`: codes of materials whose
    originals were seen; None where nobody asks."""
    found = []
    known = next((c for c in level.conditions if c.text == condition), None)
    if known is None and level.conditions:
        found.append("condition_not_in_scheme")
    if known and known.prior_level is not None and prior_level != known.prior_level:
        found.append("condition_wants_certificate")
    if known and seen is not None and not set(known.materials) <= set(seen):
        found.append("materials_missing")
    if birth is not None:
        years = age(birth, on)
        if known and known.minimum_age is not None and years < known.minimum_age:
            found.append("condition_wants_age")
        if years < 16:
            found.append("age_under_16")
    return tuple(found)
