"""A registrar submits an enrolment; a reviewer, who did not enter it, decides; then the candidate is seated."""

from dataclasses import dataclass

from appraisal.domain.batch import BatchState
from appraisal.domain.enrolment import EnrolmentState, EnrolmentSubmitted
from appraisal.domain.errors import RuleViolation
from appraisal.domain.events import Id
from appraisal.domain.operator import Role
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
    return len(command.enrolments)


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
