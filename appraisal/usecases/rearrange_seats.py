"""Single seats and rooms, once people sit: one person moved, a room split or given up, wishes."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from appraisal.domain.errors import RuleViolation
from appraisal.domain.events import Id
from appraisal.domain.operator import Role
from appraisal.domain.seating import (
    Place,
    Room,
    SeatArranged,
    SeatingPlanned,
    Sitter,
    divided,
    place,
)
from appraisal.usecases.ports import Desk, ToSeat, Work
from appraisal.usecases.seat_batch import seat_at
from appraisal.usecases.submit_enrolment import SEATING


@dataclass(frozen=True, slots=True)
class ArrangeSeat:
    """Says whether a seat is pinned, and whether somebody needs an accessible one. None: as it was."""

    enrolment: Id
    operator: Id
    pinned: bool | None = None
    accessible: bool | None = None


def arrange_seat(command: ArrangeSeat, desk: Desk) -> None:
    """Raises RuleViolation enrolment_not_approved, batch_state, and seat_missing for a pin without a seat."""
    with desk.work(command.operator) as work:
        _, people = _beside(work, command.enrolment)
        one = people.get(command.enrolment)
        if one is None:
            raise RuleViolation("enrolment_not_approved", "enrolment",
                                state=work.enrolments.get(command.enrolment).state)
        if command.pinned and one.place is None:
            raise RuleViolation("seat_missing", "enrolment")
        said = SeatArranged(command.enrolment, one.enrolment.person,
                            one.pinned if command.pinned is None else command.pinned,
                            one.accessible if command.accessible is None else command.accessible)
        if (said.pinned, said.accessible) != (one.pinned, one.accessible):
            work.record(said)


@dataclass(frozen=True, slots=True)
class MoveSeat:
    """One person to another seat, or to a first one; whoever sits there takes theirs."""

    enrolment: Id
    to: Place
    operator: Id


def move_seat(command: MoveSeat, desk: Desk) -> int:
    """Returns how many have another seat now. Raises batch_state, seat_unknown, enrolment_not_approved; for a first
    seat seating_missing, seat_taken, and those of `numbered`."""
    with desk.work(command.operator) as work:
        batch, people = _beside(work, command.enrolment)
        plan = work.enrolments.seating(batch)
        rooms = {room.code: room.seats for room in plan.rooms} if plan else {command.to.room: command.to.seat}
        if not 1 <= command.to.seat <= rooms.get(command.to.room, 0) or not command.to.room.strip():
            raise RuleViolation("seat_unknown", "seat", room=command.to.room, seat=command.to.seat)
        mine = people.get(command.enrolment)
        if mine is None:
            raise RuleViolation("enrolment_not_approved", "enrolment",
                                state=work.enrolments.get(command.enrolment).state)
        if mine.place is None and plan is None:
            raise RuleViolation("seating_missing", "rooms")
        moves = {command.enrolment: command.to}
        for who in (who for who, one in people.items() if one.place == command.to and who != command.enrolment):
            if mine.place is None:
                raise RuleViolation("seat_taken", "seat", room=command.to.room, seat=command.to.seat)
            moves[who] = mine.place
        return seat_at(work, list(people.values()), moves, plan)


@dataclass(frozen=True, slots=True)
class SplitRoom:
    """Half of those in `room` go to `into`, a room that there was not; the pinned and those who need an accessible seat
    stay."""

    batch: Id
    room: str
    into: Room
    operator: Id


def split_room(command: SplitRoom, desk: Desk) -> int:
    """Returns how many went. Raises as `divided` does, batch_state, seating_missing, room_unknown, room_repeated,
    room_not_a_number."""
    with desk.work(command.operator) as work:
        people, plan = _people(work, command.batch), _plan(work, command.batch, command.room)
        if any(room.code == command.into.code for room in plan.rooms):
            raise RuleViolation("room_repeated", "rooms")
        if not command.into.code.isdecimal():
            raise RuleViolation("room_not_a_number", "room", room=command.into.code)
        moves = divided(_inside(people, command.room),
                        [who for who, one in people.items() if one.pinned or one.accessible], command.into)
        return seat_at(work, list(people.values()), moves, replace(plan, rooms=(*plan.rooms, command.into)))


@dataclass(frozen=True, slots=True)
class MergeRooms:
    """Everybody in `room` gets a free seat in `into`, by lot, and `room` is none of the batch's any more."""

    batch: Id
    room: str
    into: str
    operator: Id
    seed: bytes


def merge_rooms(command: MergeRooms, desk: Desk) -> int:
    """Returns how many went. Raises as `place` does, batch_state, seating_missing, room_unknown, and room_pinned where
    somebody is pinned in `room`."""
    with desk.work(command.operator) as work:
        people, plan = _people(work, command.batch), _plan(work, command.batch, command.room, command.into)
        going, there = _inside(people, command.room), _inside(people, command.into)
        if command.room == command.into:
            raise RuleViolation("room_repeated", "rooms")
        if pinned := sum(people[who].pinned for who in going):
            raise RuleViolation("room_pinned", "room", room=command.room, people=pinned)
        sitters = [_sitter(people[who], there.get(who)) for who in (*going, *there)]
        left = tuple(room for room in plan.rooms if room.code != command.room)
        places = place(sitters, [room for room in left if room.code == command.into], plan.rules, command.seed)
        return seat_at(work, list(people.values()), places, replace(plan, rooms=left), f"lot {command.seed.hex()}")


def _beside(work: Work, enrolment: Id) -> tuple[Id, Mapping[Id, ToSeat]]:
    """The batch of an enrolment, and who is seated in it."""
    work.operator.require(Role.REGISTRAR, Role.SUPERVISOR)
    batch = work.enrolments.get(enrolment).batch
    return batch, _people(work, batch)


def _people(work: Work, batch: Id) -> Mapping[Id, ToSeat]:
    work.operator.require(Role.REGISTRAR, Role.SUPERVISOR)
    work.batches.get(batch).require(*SEATING)
    return {one.enrolment.id: one for one in work.enrolments.to_seat(batch)}


def _plan(work: Work, batch: Id, *rooms: str) -> SeatingPlanned:
    plan = work.enrolments.seating(batch)
    if plan is None:
        raise RuleViolation("seating_missing", "rooms")
    for code in rooms:
        if all(room.code != code for room in plan.rooms):
            raise RuleViolation("room_unknown", "room", room=code)
    return plan


def _inside(people: Mapping[Id, ToSeat], room: str) -> Mapping[Id, Place]:
    return {who: one.place for who, one in people.items() if one.place is not None and one.place.room == room}


def _sitter(one: ToSeat, pinned: Place | None) -> Sitter:
    return Sitter(one.enrolment.id, str(one.enrolment.level), one.organisation, one.accessible, pinned)
