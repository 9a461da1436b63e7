"""Everybody approved in a batch gets a seat and an admission number, all or nobody."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from appraisal.domain.admission_numbers import Pattern, numbered
from appraisal.domain.errors import RuleViolation
from appraisal.domain.events import Id
from appraisal.domain.operator import Role
from appraisal.domain.seating import Place, Room, SeatingPlanned, SeatingRules, Sitter, place, released
from appraisal.usecases.ports import Desk, Step, ToSeat, Work, no_step
from appraisal.usecases.submit_enrolment import SEATING


@dataclass(frozen=True, slots=True)
class SeatBatch:
    batch: Id
    rooms: tuple[Room, ...]
    operator: Id
    seed: bytes
    """Of the lot; it stays in the journal, so that anybody can draw it again."""
    rules: SeatingRules = field(default_factory=SeatingRules)
    pattern: Pattern = field(default_factory=Pattern)
    fields: Mapping[str, int] = field(default_factory=dict)
    """What the pattern asks of the batch."""
    anew: bool = False
    """Whoever sits already is drawn again, but for the pinned; numbers are kept all the same."""
    elsewhere: bool = False
    """Whose seat is no more gets another."""


@dataclass(frozen=True, slots=True)
class SeatedBatch:
    people: int
    moved: int
    """Who has another seat than before, or a first one."""


def seat_batch(command: SeatBatch, desk: Desk, step: Step = no_step) -> SeatedBatch:
    """Raises RuleViolation as `place` and `numbered` do, batch_state, seats_nobody, and seats_gone where somebody sits
    on a seat that is none of `rooms`, unless they may be seated elsewhere."""
    with desk.work(command.operator) as work:
        work.operator.require(Role.REGISTRAR, Role.SUPERVISOR)
        work.batches.get(command.batch).require(*SEATING)
        people = work.enrolments.to_seat(command.batch)
        if not people:
            raise RuleViolation("seats_nobody", "batch")
        places = place(_sitters(people, command), command.rooms, command.rules, command.seed)
        plan = SeatingPlanned(command.batch, command.rooms, command.rules, command.pattern.text, dict(command.fields))
        moved = seat_at(work, people, places, plan, f"lot {command.seed.hex()}", step)
    return SeatedBatch(len(people), moved)


def seat_at(work: Work, people: Sequence[ToSeat], places: Mapping[Id, Place], plan: SeatingPlanned | None,
            why: str | None = None, step: Step = no_step) -> int:
    """The plan, if it is another, and a seat for each of `places` who sits elsewhere now: how many. Numbers stay,
    unless the plan's pattern has them follow the seat."""
    by_id = {one.enrolment.id: one for one in people}
    moved = {who: at for who, at in places.items() if by_id[who].place != at}
    pattern = Pattern(plan.pattern) if plan else Pattern()
    kept = {who: number for who in moved
            if (number := by_id[who].enrolment.admission_number) and not pattern.follows_the_seat}
    numbers = numbered(moved, kept, work.enrolments.numbers_given(), pattern, plan.fields if plan else {})
    if plan is not None and plan != work.enrolments.seating(plan.batch):
        work.record(plan)
    for done, (who, at) in enumerate(moved.items(), 1):
        work.record(by_id[who].enrolment.seat(numbers[who], at.room, str(at.seat)), why=why)
        step(done, len(moved))
    return len(moved)


def _sitters(people: Sequence[ToSeat], command: SeatBatch) -> Sequence[Sitter]:
    fixed = {one.enrolment.id for one in people if one.pinned}
    kept = {one.enrolment.id: one.place for one in people if one.place is not None and (one.pinned or not command.anew)}
    seats = {room.code: room.seats for room in command.rooms}
    gone = {who: at for who, at in kept.items() if who not in fixed and at.seat > seats.get(at.room, 0)}
    if gone and not command.elsewhere:
        first = min(gone.values(), key=lambda at: (at.room, at.seat))
        raise RuleViolation("seats_gone", "rooms", people=len(gone), room=first.room, seat=first.seat)
    again = gone.keys() | released(kept, [one.enrolment.id for one in people if one.accessible], fixed, command.rooms)
    return [Sitter(who, str(one.enrolment.level), one.organisation, one.accessible,
                   None if who in again else kept.get(who))
            for one in people for who in (one.enrolment.id,)]
