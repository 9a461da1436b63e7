"""Everybody approved in a batch gets a seat and an admission number, all or nobody."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from appraisal.domain.admission_numbers import Pattern, numbered
from appraisal.domain.errors import RuleViolation
from appraisal.domain.events import Id
from appraisal.domain.operator import Role
from appraisal.domain.seating import Place, Room, SeatingRules, Sitter, place
from appraisal.usecases.ports import Desk, Step, ToSeat, no_step
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
    accessible: frozenset[Id] = frozenset()
    """Enrolments of those who need an accessible seat."""
    pins: Mapping[Id, Place] = field(default_factory=dict)
    anew: bool = False
    """Whoever sits already is drawn again, but for the pinned; numbers are kept all the same."""


@dataclass(frozen=True, slots=True)
class SeatedBatch:
    people: int
    moved: int
    """Who has another seat than before, or a first one."""


def seat_batch(command: SeatBatch, desk: Desk, step: Step = no_step) -> SeatedBatch:
    """Raises RuleViolation as `place` and `numbered` do, batch_state, seats_nobody, and enrolment_not_approved for
    somebody pinned or in need of a seat who is not among them."""
    with desk.work(command.operator) as work:
        work.operator.require(Role.REGISTRAR, Role.SUPERVISOR)
        work.batches.get(command.batch).require(*SEATING)
        people = {one.enrolment.id: one for one in work.enrolments.to_seat(command.batch)}
        if not people:
            raise RuleViolation("seats_nobody", "batch")
        if unknown := (command.pins.keys() | command.accessible) - people.keys():
            raise RuleViolation("enrolment_not_approved", "enrolment", state=work.enrolments.get(min(unknown)).state)
        places = place([_sitter(one, command) for one in people.values()], command.rooms, command.rules, command.seed)
        kept = {who: number for who, one in people.items() if (number := one.enrolment.admission_number)
                and (one.place == places[who] or not command.pattern.follows_the_seat)}
        numbers = numbered(places, kept, work.enrolments.numbers_given(), command.pattern, command.fields)
        moved = [who for who, at in places.items() if people[who].place != at]
        for done, who in enumerate(moved, 1):
            at = places[who]
            work.record(people[who].enrolment.seat(numbers[who], at.room, str(at.seat)),
                        why=f"lot {command.seed.hex()}")
            step(done, len(moved))
    return SeatedBatch(len(people), len(moved))


def _sitter(one: ToSeat, command: SeatBatch) -> Sitter:
    who = one.enrolment.id
    pinned = command.pins.get(who) or (None if command.anew else one.place)
    return Sitter(who, str(one.enrolment.level), one.organisation, who in command.accessible, pinned)


@dataclass(frozen=True, slots=True)
class MoveSeat:
    """One person to another seat; whoever sits there takes theirs. Admission numbers stay."""

    enrolment: Id
    to: Place
    operator: Id


def move_seat(command: MoveSeat, desk: Desk) -> int:
    """Returns how many have another seat now. Raises batch_state, candidate_not_seated, seat_unknown."""
    if command.to.seat < 1 or not command.to.room.strip():
        raise RuleViolation("seat_unknown", "seat", room=command.to.room, seat=command.to.seat)
    with desk.work(command.operator) as work:
        work.operator.require(Role.REGISTRAR, Role.SUPERVISOR)
        enrolment = work.enrolments.get(command.enrolment)
        work.batches.get(enrolment.batch).require(*SEATING)
        people = work.enrolments.to_seat(enrolment.batch)
        mine = next((one for one in people if one.enrolment.id == enrolment.id), None)
        if mine is None or mine.place is None or enrolment.admission_number is None:
            raise RuleViolation("candidate_not_seated", "enrolment")
        if mine.place == command.to:
            return 0
        moves = [(mine, command.to), *((one, mine.place) for one in people if one.place == command.to)]
        for one, to in moves:
            work.record(one.enrolment.seat(one.enrolment.admission_number or "", to.room, str(to.seat)))
    return len(moves)
