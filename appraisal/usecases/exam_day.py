"""The exam day at the desk by the door: sittings planned, people signed in, incidents, papers counted."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta, timezone

from appraisal.domain.batch import BatchState
from appraisal.domain.errors import RuleViolation
from appraisal.domain.events import Id
from appraisal.domain.exam_day import (
    Attendance,
    AttendanceRecorded,
    IncidentRecorded,
    IncidentVoided,
    PapersCounted,
    SessionPlaced,
    SessionPlanned,
    Signature,
    Tier,
    arrival,
    check_incident,
    check_papers,
    check_session,
)
from appraisal.domain.operator import Role
from appraisal.domain.seating import Room, SeatingRules, Sitter, place
from appraisal.domain.staleness import Policy
from appraisal.usecases.ports import Desk, Work

CHINA = timezone(timedelta(hours=8))
PLANNED = (BatchState.PUBLISHED, BatchState.CLOSED, BatchState.SEATED, BatchState.EXAMINING)
ON_THE_DAY = (BatchState.EXAMINING,)
AFTERWARDS = (BatchState.EXAMINING, BatchState.MARKING)
STAFF = (Role.INVIGILATOR, Role.SUPERVISOR)


@dataclass(frozen=True, slots=True)
class PlanSession:
    batch: Id
    title: str
    subjects: tuple[str, ...]
    starts: datetime | None
    minutes: int
    operator: Id
    rooms: tuple[Room, ...] = ()
    replaces: Id = ""


def plan_session(command: PlanSession, desk: Desk) -> Id:
    """A sitting, or another in the place of one to which nobody has come yet. Raises as `check_session` does,
    field_missing, session_not_on_exam_day, session_began, batch_state."""
    if not command.title.strip():
        raise RuleViolation("field_missing", "title")
    with desk.work(command.operator) as work:
        work.operator.require(Role.SUPERVISOR)
        batch = work.batches.get(command.batch)
        batch.require(*PLANNED)
        if command.starts is not None and command.starts.date() < batch.exam_day:
            raise RuleViolation("session_not_on_exam_day", "starts", day=batch.exam_day.isoformat())
        if command.replaces and work.exam_day.came(command.replaces):
            raise RuleViolation("session_began", "title")
        wanted = SessionPlanned(work.new_id(), command.batch, command.title.strip(), command.subjects, command.starts,
                                command.minutes, command.rooms, command.replaces)
        examined = {subject.code for level in desk.schemes[batch.scheme].levels for subject in level.subjects}
        others = [one for one in work.exam_day.sessions(batch.id) if one.session != batch.id]
        check_session(wanted, others, examined)
        work.record(wanted)
    return wanted.session


@dataclass(frozen=True, slots=True)
class PlaceSession:
    """Everybody who is examined at a sitting gets a seat or station of its rooms, by lot."""

    session: Id
    batch: Id
    operator: Id
    seed: bytes
    rules: SeatingRules = field(default_factory=SeatingRules)


def place_session(command: PlaceSession, desk: Desk) -> int:
    """Returns how many sit. Whoever has a place keeps it. Raises as `place` does, rooms_missing, seats_nobody,
    batch_state."""
    with desk.work(command.operator) as work:
        work.operator.require(Role.REGISTRAR, Role.SUPERVISOR)
        batch = work.batches.get(command.batch)
        batch.require(*PLANNED)
        session = _session(work, command.batch, command.session)
        if not session.rooms:
            raise RuleViolation("rooms_missing", "rooms")
        people = [one for one in work.enrolments.to_seat(command.batch)
                  if one.enrolment.admission_number and _examined(work, one.enrolment.id, session)]
        if not people:
            raise RuleViolation("seats_nobody", "batch")
        before = work.exam_day.places(session.session)
        sitters = [Sitter(one.enrolment.id, str(one.enrolment.level), one.organisation,
                          one.accessible, before.get(one.enrolment.id)) for one in people]
        persons = {one.enrolment.id: one.enrolment.person for one in people}
        for who, at in place(sitters, session.rooms, command.rules, command.seed).items():
            if before.get(who) != at:
                work.record(SessionPlaced(who, persons[who], session.session, at.room, str(at.seat)),
                            why=f"lot {command.seed.hex()}")
    return len(people)


@dataclass(frozen=True, slots=True)
class RecordAttendance:
    batch: Id
    session: Id
    enrolments: tuple[Id, ...]
    operator: Id
    state: Attendance | None = None
    """None: they are here now, and the clock says whether they are late."""
    why: str = ""


def record_attendance(command: RecordAttendance, desk: Desk) -> Mapping[Id, AttendanceRecorded]:
    """All or nobody; who is recorded so already is left out. What was said of somebody changes with a reason only.

    Raises batch_state, reason_missing, candidate_not_seated, enrolment_of_other_batch, session_not_theirs,
    clock_behind_at_door.
    """
    done: dict[Id, AttendanceRecorded] = {}
    with desk.work(command.operator) as work:
        work.operator.require(*STAFF)
        batch = work.batches.get(command.batch)
        batch.require(*(ON_THE_DAY if command.state is None else AFTERWARDS))
        session = _session(work, command.batch, command.session)
        state, minutes = command.state, None
        if state is None:
            _require_clock(work, session)
            state, minutes = arrival(session.starts, _now(work), desk.schemes[batch.scheme].late_minutes)
        for one in command.enrolments:
            enrolment = work.enrolments.get(one)
            if enrolment.batch != batch.id:
                raise RuleViolation("enrolment_of_other_batch", "enrolment")
            if enrolment.admission_number is None:
                raise RuleViolation("candidate_not_seated", "enrolment")
            if not _examined(work, one, session):
                raise RuleViolation("session_not_theirs", "enrolment")
            before = work.exam_day.attendance(one, session.session)
            if before is state or (before is not None and command.state is None):
                continue
            if before is not None and not command.why.strip():
                raise RuleViolation("reason_missing", "why")
            done[one] = AttendanceRecorded(one, enrolment.person, session.session, session.subjects, state, minutes,
                                           command.operator)
            work.record(done[one], why=command.why.strip() or None)
    return done


@dataclass(frozen=True, slots=True)
class CloseDoor:
    batch: Id
    session: Id
    operator: Id


def close_door(command: CloseDoor, desk: Desk) -> int:
    """Whoever has not come is absent 缺考. Returns how many. Raises batch_state, door_not_yet while somebody late would
    still be let in."""
    with desk.work(command.operator) as work:
        work.operator.require(*STAFF)
        batch = work.batches.get(command.batch)
        batch.require(*AFTERWARDS)
        session = _session(work, command.batch, command.session)
        latest = desk.schemes[batch.scheme].late_minutes
        if session.starts is not None and arrival(session.starts, _now(work), latest)[0] is not Attendance.REFUSED:
            raise RuleViolation("door_not_yet", "session", time=f"{session.starts + timedelta(minutes=latest):%H:%M}")
        came = work.exam_day.came(session.session)
        missing = [one for one in work.enrolments.in_batch(batch.id)
                   if one.admission_number and one.id not in came and _examined(work, one.id, session)]
        work.record(*(AttendanceRecorded(one.id, one.person, session.session, session.subjects, Attendance.ABSENT, None,
                                         command.operator) for one in missing))
    return len(missing)


@dataclass(frozen=True, slots=True)
class RecordIncident:
    batch: Id
    session: Id
    enrolment: Id
    tier: Tier
    text: str
    signatures: tuple[Signature, ...]
    operator: Id


def record_incident(command: RecordIncident, desk: Desk) -> Id:
    """Raises as `check_incident` does, batch_state, enrolment_of_other_batch."""
    check_incident(command.text, command.signatures)
    with desk.work(command.operator) as work:
        work.operator.require(*STAFF)
        work.batches.get(command.batch).require(*AFTERWARDS)
        session = _session(work, command.batch, command.session)
        enrolment = work.enrolments.get(command.enrolment)
        if enrolment.batch != command.batch:
            raise RuleViolation("enrolment_of_other_batch", "enrolment")
        signatures = tuple(replace(one, name=one.name.strip()) for one in command.signatures)
        happened = IncidentRecorded(work.new_id(), command.batch, enrolment.person, enrolment.id, session.session,
                                    session.subjects, command.tier, command.text.strip(), signatures)
        work.record(happened)
    return happened.incident


@dataclass(frozen=True, slots=True)
class VoidIncident:
    incident: Id
    why: str
    operator: Id


def void_incident(command: VoidIncident, desk: Desk) -> None:
    """Raises reason_missing, incident_voided."""
    if not command.why.strip():
        raise RuleViolation("reason_missing", "why")
    with desk.work(command.operator) as work:
        work.operator.require(Role.SUPERVISOR)
        person, voided = work.exam_day.incident(command.incident)
        if voided:
            raise RuleViolation("incident_voided", "incident")
        work.record(IncidentVoided(command.incident, person), why=command.why.strip())


@dataclass(frozen=True, slots=True)
class CountPapers:
    batch: Id
    session: Id
    room: str
    handed_out: int
    returned: int
    checked_by: Id
    operator: Id
    why: str = ""


def count_papers(command: CountPapers, desk: Desk) -> None:
    """Raises as `check_papers` does, batch_state, reason_missing for a second count without one."""
    with desk.work(command.operator) as work:
        work.operator.require(*STAFF)
        work.batches.get(command.batch).require(*AFTERWARDS)
        session = _session(work, command.batch, command.session)
        counted = PapersCounted(work.new_id(), command.batch, session.session, command.room, command.handed_out,
                                command.returned, command.operator, command.checked_by)
        check_papers(counted, command.why)
        if work.exam_day.counted(session.session, command.room) and not command.why.strip():
            raise RuleViolation("reason_missing", "why")
        work.record(counted, why=command.why.strip() or None)


def _require_clock(work: Work, session: SessionPlanned) -> None:
    """A clock that was set back would let in whoever is too late."""
    if session.starts is not None and (behind := work.times.behind(Policy())):
        raise RuleViolation("clock_behind_at_door", "session", minutes=behind // 60_000)


def _now(work: Work) -> datetime:
    """The wall clock in China."""
    return datetime.fromtimestamp(work.now / 1000, CHINA).replace(tzinfo=None)


def _session(work: Work, batch: Id, session: Id) -> SessionPlanned:
    found = next((one for one in work.exam_day.sessions(batch) if one.session == session), None)
    if found is None:
        raise RuleViolation("session_unknown", "session")
    return found


def _examined(work: Work, enrolment: Id, session: SessionPlanned) -> bool:
    """Whether one sits there: a retake takes along what was passed."""
    sheet = work.marks.sheet(enrolment)
    return any(one.code in session.subjects and sheet.from_earlier(one.code) is None for one in sheet.level.subjects)
