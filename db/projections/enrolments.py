"""Enrolments: submitted, reviewed, seated."""

from appraisal.domain.enrolment import (
    EnrolmentChecked,
    EnrolmentReviewed,
    EnrolmentSeated,
    EnrolmentState,
    EnrolmentSubmitted,
)
from appraisal.domain.seating import SeatArranged, SeatingPlanned
from db.projections.apply import Apply, Projection, text
from db.schema import admission_given, enrolment, seat_wish, seating_plan


def submitted(do: Apply, e: EnrolmentSubmitted) -> None:
    do.put(enrolment, {"id": e.enrolment}, person=e.person, batch=e.batch, level=e.level, job=e.job,
           condition=e.condition, exam_type=e.exam_type, state=EnrolmentState.SUBMITTED.value,
           entered_by=e.entered_by)


def reviewed(do: Apply, e: EnrolmentReviewed) -> None:
    do.change(enrolment, {"id": e.enrolment}, state=e.decision.value, reviewed_by=e.reviewed_by, reason=do.why)


def seated(do: Apply, e: EnrolmentSeated) -> None:
    do.change(enrolment, {"id": e.enrolment}, state=EnrolmentState.SEATED.value,
              admission_number=e.admission_number, room=e.room, seat=e.seat)
    do.put(admission_given, {"number": e.admission_number, "enrolment": e.enrolment})


def checked(do: Apply, e: EnrolmentChecked) -> None:
    do.change(enrolment, {"id": e.enrolment}, seen=" ".join(e.seen), payment=e.payment.value, receipt=e.receipt)


def planned(do: Apply, e: SeatingPlanned) -> None:
    do.put(seating_plan, {"batch": e.batch}, rooms=text(e.rooms), mixed=e.rules.mixed, spread=e.rules.spread,
           pattern=e.pattern, fields=text(e.fields))


def arranged(do: Apply, e: SeatArranged) -> None:
    do.put(seat_wish, {"enrolment": e.enrolment}, pinned=e.pinned, accessible=e.accessible)


PROJECTIONS: dict[type, Projection] = {
    EnrolmentSubmitted: submitted, EnrolmentReviewed: reviewed, EnrolmentSeated: seated,
    EnrolmentChecked: checked, SeatingPlanned: planned, SeatArranged: arranged}
