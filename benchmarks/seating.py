"""Seating --n people of 400 organisations and three levels in rooms of fifty: the lot alone, and with every seat and
number kept in the journal of a desk on an encrypted file."""

import argparse
import json
import random
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from appraisal.domain.batch import BatchState
from appraisal.domain.enrolment import EnrolmentState
from appraisal.domain.operator import Role
from appraisal.domain.seating import Room, SeatingRules, Sitter, neighbours, place
from appraisal.usecases.open_batch import MoveBatch, OpenBatch, move_batch, open_batch
from appraisal.usecases.register_candidate import register
from appraisal.usecases.seat_batch import SeatBatch, seat_batch
from appraisal.usecases.submit_enrolment import ReviewEnrolments, SubmitEnrolment, review_enrolments, submit
from benchmarks import crowd
from db.centre import Centre

SEATS, ORGANISATIONS = 50, 400
FIELDS = {"year": 26, "city": 1, "body": 12, "batch": 4, "subject": 1}


def rooms(people: int) -> tuple[Room, ...]:
    return tuple(Room(str(at + 1), SEATS, 1) for at in range(-(-people // SEATS)))


def lot(people: int) -> float:
    """Seconds; levels do not mix, organisations are spread."""
    chance = random.Random(1)
    sitters = [Sitter(f"{at:032x}", chance.choice("345"), f"单位{int(chance.paretovariate(1)) % ORGANISATIONS}")
               for at in range(people)]
    begun = time.perf_counter()
    found = place(sitters, (*rooms(people), *(Room(str(1000 + at), SEATS) for at in range(3))),
                  SeatingRules(mixed=False), b"lot")
    seconds = time.perf_counter() - begun
    assert len(set(found.values())) == people
    assert neighbours(found, {one.enrolment: one.organisation for one in sitters}) < people // 4
    return seconds


def enrolled(centre: Centre, people: int, in_days: int = 60) -> str:
    """`in_days`: until the exam."""
    who = {role: crowd.operator(centre, role) for role in (Role.SUPERVISOR, Role.REGISTRAR, Role.REVIEWER)}
    exam_day = datetime.now(UTC).date() + timedelta(days=in_days)
    wanted = OpenBatch("2026-S", "测量批次", "ai-trainer", exam_day, people, who[Role.SUPERVISOR])
    batch = open_batch(wanted, centre.desk)
    for state in (BatchState.FILED, BatchState.PUBLISHED):
        move_batch(MoveBatch(batch, state, who[Role.SUPERVISOR]), centre.desk)
    chance, made, registrar = random.Random(2), [], who[Role.REGISTRAR]
    with centre.desk.work(registrar) as work:
        for serial in range(people):
            person = register(work, crowd.candidate(chance, serial, registrar))
            made.append(submit(work, centre.desk, SubmitEnrolment(person, batch, 3 + serial % 3, "", registrar)))
    review_enrolments(ReviewEnrolments(tuple(made), EnrolmentState.APPROVED, who[Role.REVIEWER]), centre.desk)
    return batch


def kept(people: int) -> float:
    """Seconds of the whole use case."""
    with tempfile.TemporaryDirectory() as folder:
        crowd.found(Path(folder) / "desk")
        centre = crowd.open_desk(Path(folder) / "desk")
        batch = enrolled(centre, people)
        command = SeatBatch(batch, rooms(people), crowd.operator(centre, Role.REGISTRAR), b"lot", fields=FIELDS)
        begun = time.perf_counter()
        done = seat_batch(command, centre.desk)
        seconds = time.perf_counter() - begun
        assert done.moved == people
        centre.close()
    return seconds


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--n", type=int, default=10_000)
    arguments.add_argument("--json", action="store_true")
    chosen = arguments.parse_args()
    result = {"benchmark": "seating", "n": chosen.n, "lot_s": round(lot(chosen.n), 3),
              "kept_s": round(kept(chosen.n), 3)}
    print(json.dumps(result) if chosen.json else "\n".join(f"{name}: {value}" for name, value in result.items()))


if __name__ == "__main__":
    main()
