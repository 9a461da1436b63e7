"""A centre with one batch whose candidates are seated; the clock stands on the exam day."""

from datetime import UTC, date, datetime

from appraisal.catalogue import load_schemes
from appraisal.domain.batch import BatchState
from appraisal.domain.certificate import Bilingual
from appraisal.domain.enrolment import EnrolmentState
from appraisal.domain.operator import Role
from appraisal.domain.person import Background, Contact, Identity
from appraisal.usecases.found_centre import FirstOperator, FoundCentre
from appraisal.usecases.open_batch import MoveBatch, OpenBatch, move_batch, open_batch
from appraisal.usecases.register_candidate import RegisterCandidate, register
from appraisal.usecases.submit_enrolment import (
    ReviewEnrolments,
    Seat,
    SeatEnrolments,
    SubmitEnrolment,
    review_enrolments,
    seat_enrolments,
    submit,
)
from db.centre import Surroundings, create_centre, open_centre
from db.keyslots import Cost

EXAM_DAY = date(2026, 12, 12)
STEPS = ("filed", "published", "closed", "seated", "examining", "marking")
PASSPHRASE = "four quiet words"


def open_marks_centre(folder):
    """One operator for each role, with the role's name as login; the administrator opens the file."""
    noon = int(datetime(2026, 12, 12, 4, tzinfo=UTC).timestamp() * 1000)
    around = Surroundings(load_schemes(), clock=lambda: noon, cost=Cost(1, 8, 1))
    staff = tuple(FirstOperator(role.value, role.value, frozenset({role})) for role in Role)
    create_centre(folder, FoundCentre("C1", Bilingual("示例中心", "Centre"), "v.example.com", staff),
                  {"administrator": PASSPHRASE}, around)
    return open_centre(folder, "administrator", PASSPHRASE, around)


def operators(centre):
    return {one.login: one.id for one in centre.reads.operators()}


def seat_batch(centre, people, scheme="ai-trainer", code="2026-12", until="marking"):
    """`people`: (name, document number, admission number, level). Returns the batch's id."""
    desk, who = centre.desk, operators(centre)
    batch = open_batch(OpenBatch(code, f"第{code}批", scheme, EXAM_DAY, len(people) + 10, who["supervisor"]), desk)
    go(centre, batch, *STEPS[:2])
    with desk.work(who["registrar"]) as work:
        taken = [submit(work, desk, SubmitEnrolment(
            register(work, RegisterCandidate(Identity(name, "ZHANG San", "resident_id", number, "M", date(1990, 1, 1)),
                                             Contact(), Background(), who["registrar"])),
            batch, level, "", who["registrar"])) for name, number, _, level in people]
    review_enrolments(ReviewEnrolments(tuple(taken), EnrolmentState.APPROVED, who["reviewer"]), desk)
    seats = tuple(Seat(one, person[2], "001", f"{place:03d}")
                  for place, (one, person) in enumerate(zip(taken, people, strict=True), 1))
    seat_enrolments(SeatEnrolments(batch, seats, who["registrar"]), desk)
    go(centre, batch, *STEPS[2:STEPS.index(until) + 1])
    return batch


def go(centre, batch, *states):
    for state in states:
        move_batch(MoveBatch(batch, BatchState(state), operators(centre)["supervisor"]), centre.desk)
