"""Batches and their publicity."""

from appraisal.domain.batch import BatchMoved, BatchOpened, BatchState
from appraisal.domain.publicity import (
    ObjectionRaised,
    ObjectionSettled,
    PublicityClosed,
    PublicityOpened,
    RecheckAnswered,
    RecheckAsked,
)
from db.projections.apply import Apply, Projection, text
from db.schema import batch, objection, publicity, recheck


def opened(do: Apply, e: BatchOpened) -> None:
    do.add(batch, id=e.batch, code=e.code, title=e.title, scheme=e.scheme, scheme_version=e.scheme_version,
           exam_day=e.exam_day, places=e.places, state=BatchState.DRAFT.value)


def moved(do: Apply, e: BatchMoved) -> None:
    do.change(batch, {"id": e.batch}, state=e.state.value)


def publicity_opened(do: Apply, e: PublicityOpened) -> None:
    do.add(publicity, batch=e.batch, starts=e.starts, ends=e.ends, passed=text(e.passed), closed=False)


def publicity_closed(do: Apply, e: PublicityClosed) -> None:
    do.change(publicity, {"batch": e.batch}, closed=True)


def objection_raised(do: Apply, e: ObjectionRaised) -> None:
    do.add(objection, id=e.objection, batch=e.batch, person=e.person, text=e.text)


def objection_settled(do: Apply, e: ObjectionSettled) -> None:
    do.change(objection, {"id": e.objection}, upheld=e.upheld, reason=do.why)


def recheck_asked(do: Apply, e: RecheckAsked) -> None:
    do.add(recheck, id=e.recheck, batch=e.batch, person=e.person, enrolment=e.enrolment, subject=e.subject,
           until=e.until, text=e.text)


def recheck_answered(do: Apply, e: RecheckAnswered) -> None:
    do.change(recheck, {"id": e.recheck}, findings=text(e.findings), answered_by=e.answered_by, answer=e.text)


PROJECTIONS: dict[type, Projection] = {
    BatchOpened: opened, BatchMoved: moved, PublicityOpened: publicity_opened, PublicityClosed: publicity_closed,
    ObjectionRaised: objection_raised, ObjectionSettled: objection_settled,
    RecheckAsked: recheck_asked, RecheckAnswered: recheck_answered}
