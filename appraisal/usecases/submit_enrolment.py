"""A registrar submits an enrolment; a reviewer, who did not enter it, decides; then the candidate is seated."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from appraisal.domain.batch import BatchState
from appraisal.domain.enrolment import RETAKE, EnrolmentState, EnrolmentSubmitted
from appraisal.domain.errors import RuleViolation
from appraisal.domain.events import Id
from appraisal.domain.marks import MarkCarried
from appraisal.domain.operator import Role
from appraisal.domain.workdays import months_before
from appraisal.usecases.ports import Desk, Work

OPEN = (BatchState.PUBLISHED,)
SEATING = (BatchState.PUBLISHED, BatchState.CLOSED)


@dataclass(frozen=True, slots=True)
class SubmitEnrolment:
    person: Id
    batch: Id
    level: int | None
    condition: str
    operator: Id
    job: str = ""
    exam_type: str = "正考"


def submit_enrolment(command: SubmitEnrolment, desk: Desk) -> Id:
    with desk.work(command.operator) as work:
        work.operator.require(Role.REGISTRAR)
        return submit(work, desk, command)


def submit(work: Work, desk: Desk, command: SubmitEnrolment, why: str | None = None) -> Id:
    """Within a unit of work, for the import of many. `why` stays in the journal, and must not say who somebody is."""
    batch = work.batches.get(command.batch)
    batch.require(*OPEN)
    scheme = desk.schemes[batch.scheme]
    scheme.at(command.level)
    scheme.job(command.job)
    mine = [e for e in work.enrolments.of_person(command.person) if e.batch == command.batch]
    same = next((e for e in mine if e.level == command.level), None)
    if same is not None and same.state is not EnrolmentState.RETURNED:
        raise RuleViolation("already_enrolled", "level")
    if same is None and len(mine) >= 2:
        raise RuleViolation("two_enrolments_at_most", "level")
    if same is None and work.enrolments.taken(command.batch) >= batch.places:
        raise RuleViolation("batch_full", "batch", places=batch.places)
    enrolment = same.id if same else work.new_id()
    work.record(EnrolmentSubmitted(enrolment, command.person, command.batch, command.level, command.job,
                                   command.condition, command.exam_type, command.operator), why=why)
    return enrolment


@dataclass(frozen=True, slots=True)
class ReviewEnrolments:
    enrolments: tuple[Id, ...]
    decision: EnrolmentState
    operator: Id
    why: str = ""


def review_enrolments(command: ReviewEnrolments, desk: Desk) -> int:
    """One decision for a selection: all of it or nothing. Returns how many."""
    with desk.work(command.operator) as work:
        work.operator.require(Role.REVIEWER)
        for one in command.enrolments:
            reviewed = work.enrolments.get(one).review(command.decision, command.operator, command.why)
            work.record(reviewed, why=command.why or None)
            if command.decision is EnrolmentState.APPROVED:
                work.record(*_carried(work, desk, one))
    return len(command.enrolments)


def _carried(work: Work, desk: Desk, enrolment: Id) -> Sequence[MarkCarried]:
    """What a retake takes along: the subjects passed in earlier batches of this scheme and level whose publicity has
    closed without an objection to it, and whose exam day is not too long before this one's. The newest counts."""
    retake = work.enrolments.get(enrolment)
    batch, sheet = work.batches.get(retake.batch), work.marks.sheet(enrolment)
    months = desk.schemes[batch.scheme].carry_months
    if retake.exam_type != RETAKE or not months:
        return ()
    found: list[MarkCarried] = []
    sittings = [(work.batches.get(one.batch), one) for one in work.enrolments.of_person(retake.person)
                if one.level == retake.level and one.state is EnrolmentState.SEATED]
    for earlier, one in sorted(sittings, key=lambda pair: pair[0].exam_day, reverse=True):
        if (earlier.scheme == batch.scheme and months_before(batch.exam_day, months) <= earlier.exam_day
                < batch.exam_day and _stands(work, earlier.id, one.person)):
            found += replace(sheet, carried=tuple(found)).carry(work.marks.sheet(one.id))
    return found


def _stands(work: Work, batch: Id, person: Id) -> bool:
    """Whether the results of this batch are final, and nothing was said against this person's."""
    publicity = work.batches.publicity(batch)
    return publicity is not None and publicity.closed and person not in work.batches.upheld_objections(batch)


@dataclass(frozen=True, slots=True)
class Seat:
    enrolment: Id
    admission_number: str
    room: str
    seat: str


@dataclass(frozen=True, slots=True)
class SeatEnrolments:
    batch: Id
    seats: tuple[Seat, ...]
    operator: Id


def seat_enrolments(command: SeatEnrolments, desk: Desk) -> int:
    """Admission numbers and seats, all or none. A number serves one enrolment for ever."""
    with desk.work(command.operator) as work:
        work.operator.require(Role.REGISTRAR, Role.SUPERVISOR)
        work.batches.get(command.batch).require(*SEATING)
        for seat in command.seats:
            holder = work.enrolments.by_admission(seat.admission_number)
            if holder is not None and holder.id != seat.enrolment:
                raise RuleViolation("admission_number_taken", "admission_number", number=seat.admission_number)
            enrolment = work.enrolments.get(seat.enrolment)
            if enrolment.batch != command.batch:
                raise RuleViolation("enrolment_of_other_batch", "enrolment")
            if enrolment.admission_number != seat.admission_number:
                work.record(enrolment.seat(seat.admission_number, seat.room, seat.seat))
    return len(command.seats)
