"""One command, saved durably: a correction and a mark, each through its use case on an encrypted file.

The file holds --people candidates of real size. Each command is a transaction of its own: rights asked, rule applied,
entry chained and sealed, tables and indexes written, fsync.
"""

import argparse
import json
import random
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

from appraisal.domain.batch import BatchState
from appraisal.domain.enrolment import EnrolmentState
from appraisal.domain.marks import Mark, MarkState
from appraisal.domain.operator import Role
from appraisal.domain.person import Person
from appraisal.usecases.enter_mark import EnterMark, enter_mark
from appraisal.usecases.open_batch import MoveBatch, OpenBatch, move_batch, open_batch
from appraisal.usecases.register_candidate import CorrectCandidate, correct_candidate, register
from appraisal.usecases.submit_enrolment import (
    ReviewEnrolments,
    Seat,
    SeatEnrolments,
    SubmitEnrolment,
    review_enrolments,
    seat_enrolments,
    submit,
)
from benchmarks import crowd
from db.centre import Centre

SEATED = 500
STEPS = (BatchState.CLOSED, BatchState.SEATED, BatchState.EXAMINING, BatchState.MARKING)


class Desk:
    """A centre with candidates, 500 of them seated in a batch that is being marked."""

    def __init__(self, folder: Path, people: int) -> None:
        crowd.found(folder)
        self.centre: Centre = crowd.open_desk(folder)
        self.who = {role: crowd.operator(self.centre, role) for role in Role}
        crowd.fill(self.centre, max(0, people - SEATED))
        self.persons, self.enrolments = self._seat()
        self._turn = 0

    def _seat(self) -> tuple[Sequence[Person], Sequence[str]]:
        desk, registrar, chance = self.centre.desk, self.who[Role.REGISTRAR], random.Random(5)
        supervisor = self.who[Role.SUPERVISOR]
        batch = open_batch(OpenBatch("S", "测量", "ai-trainer", date(2026, 1, 5), SEATED, supervisor), desk)
        self._move(batch, BatchState.FILED, BatchState.PUBLISHED)
        with desk.work(registrar) as work:
            ids = [register(work, crowd.candidate(chance, 9_000_000 + n, registrar)) for n in range(SEATED)]
            enrolments = [submit(work, desk, SubmitEnrolment(one, batch, 3, "", registrar)) for one in ids]
            persons = [work.candidates.get(one) for one in ids]
        review_enrolments(ReviewEnrolments(tuple(enrolments), EnrolmentState.APPROVED, self.who[Role.REVIEWER]), desk)
        seats = tuple(Seat(one, f"2026{place:015d}", "1", str(place)) for place, one in enumerate(enrolments))
        seat_enrolments(SeatEnrolments(batch, seats, registrar), desk)
        self._move(batch, *STEPS)
        return persons, enrolments

    def _move(self, batch: str, *states: BatchState) -> None:
        for state in states:
            move_batch(MoveBatch(batch, state, self.who[Role.SUPERVISOR]), self.centre.desk)

    def correct(self, count: int) -> list[float]:
        """Seconds of each of `count` corrections of a telephone number."""
        self._turn += 1
        operator = self.who[Role.REGISTRAR]

        def one(n: int) -> None:
            person = self.persons[n % SEATED]
            after = replace(person, contact=replace(person.contact, phone=f"15{self._turn % 100:02d}{n:07d}"))
            correct_candidate(CorrectCandidate(after, "本人更正", operator), self.centre.desk)

        return timed(one, count)

    def mark(self, count: int) -> list[float]:
        """Seconds of each of `count` marks typed in the first entry."""
        self._turn += 1
        operator = self.who[Role.MARKS_A]

        def one(n: int) -> None:
            value = Decimal(60 + (self._turn + n) % 40)
            enter_mark(EnterMark(self.enrolments[n % SEATED], "theory", 1, Mark(MarkState.PRESENT, value), operator),
                       self.centre.desk)

        return timed(one, count)


def timed(command: Callable[[int], None], count: int) -> list[float]:
    seconds = []
    for n in range(count):
        started = time.perf_counter()
        command(n)
        seconds.append(time.perf_counter() - started)
    return seconds


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--n", type=int, default=2_000)
    arguments.add_argument("--people", type=int, default=5_000)
    arguments.add_argument("--json", action="store_true")
    chosen = arguments.parse_args()
    with tempfile.TemporaryDirectory(prefix="save-") as folder:
        desk = Desk(Path(folder) / "desk", chosen.people)
        desk.correct(100)
        desk.mark(100)
        found = {"correct": desk.correct(chosen.n), "mark": desk.mark(chosen.n)}
        desk.centre.close()
    result = {"benchmark": "save", "n": chosen.n, "people": chosen.people} | {
        name: {"p50_ms": round(statistics.median(values) * 1e3, 3),
               "p95_ms": round(statistics.quantiles(values, n=20)[-1] * 1e3, 3)} for name, values in found.items()}
    print(json.dumps(result) if chosen.json else "\n".join(f"{name}: {value}" for name, value in result.items()))


if __name__ == "__main__":
    main()
