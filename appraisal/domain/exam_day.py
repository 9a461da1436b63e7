"""Exam day 考务: which sittings there are, who came to them, what happened, how many papers went out and came back."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from appraisal.domain.errors import RuleViolation
from appraisal.domain.events import Id, event
from appraisal.domain.marks import MarkState
from appraisal.domain.seating import Room


@event("session.planned")
@dataclass(frozen=True, slots=True)
class SessionPlanned:
    """A sitting 场次: some subjects of a batch, examined together. Until somebody is in, another may take its place: no
    entry changes an earlier one, so desks that are apart agree in whatever order they meet."""

    session: Id
    batch: Id
    title: str
    subjects: tuple[str, ...]
    starts: datetime | None
    """To the minute, in China; None for no time set: nobody is late."""
    minutes: int
    rooms: tuple[Room, ...] = ()
    replaces: Id = ""
    """The sitting that it takes the place of."""

    def time(self) -> str:
        """`2026-11-23 09:00`, or empty."""
        return f"{self.starts:%Y-%m-%d %H:%M}" if self.starts else ""


def whole_exam(batch: Id, subjects: Sequence[str]) -> SessionPlanned:
    """The one sitting of a batch for which nobody has planned any. Two desks that are apart mean the same by it."""
    return SessionPlanned(batch, batch, "", tuple(dict.fromkeys(subjects)), None, 0)


def in_force(planned: Iterable[SessionPlanned]) -> Sequence[SessionPlanned]:
    """Without those that others have replaced; by their start."""
    found = list(planned)
    gone = {one.replaces for one in found}
    left = [one for one in found if one.session not in gone]
    return sorted(left, key=lambda one: (one.starts is None, one.time(), one.session))


def check_session(wanted: SessionPlanned, others: Iterable[SessionPlanned], examined: Collection[str]) -> None:
    """Raises RuleViolation session_without_subject, subject_not_in_scheme, subject_in_two_sessions, room_repeated."""
    if not wanted.subjects:
        raise RuleViolation("session_without_subject", "subjects")
    for subject in wanted.subjects:
        if subject not in examined:
            raise RuleViolation("subject_not_in_scheme", "subjects", subject=subject)
        if other := next((one for one in others if one.session != wanted.replaces and subject in one.subjects), None):
            raise RuleViolation("subject_in_two_sessions", "subjects", subject=subject, session=other.title)
    if len({room.code for room in wanted.rooms}) != len(wanted.rooms):
        raise RuleViolation("room_repeated", "rooms")


@event("session.placed")
@dataclass(frozen=True, slots=True)
class SessionPlaced:
    """A seat or station 工位 of its own at one sitting; elsewhere one sits where the admission number says."""

    enrolment: Id
    person: Id
    session: Id
    room: str
    seat: str


class Attendance(StrEnum):
    PRESENT = "present"
    LATE = "late"
    REFUSED = "refused"
    """Too late to be let in: as absent."""
    ABSENT = "absent"


AWAY = frozenset({Attendance.REFUSED, Attendance.ABSENT})


@event("attendance.recorded")
@dataclass(frozen=True, slots=True)
class AttendanceRecorded:
    """Somebody came to a sitting 签到, or did not. A change gives its reason to the journal."""

    enrolment: Id
    person: Id
    session: Id
    subjects: tuple[str, ...]
    """Of the sitting, as it was planned then."""
    state: Attendance
    minutes: int | None
    """After the start, where late or refused and the start is known."""
    recorded_by: Id


def arrival(starts: datetime | None, at: datetime, latest: int) -> tuple[Attendance, int | None]:
    """What coming at `at` means: late after the start, refused when more than `latest` full minutes have gone by."""
    gone = -1 if starts is None else (at - starts) // timedelta(minutes=1)
    if gone < 1:
        return Attendance.PRESENT, None
    return (Attendance.LATE if gone <= latest else Attendance.REFUSED), gone


class Tier(StrEnum):
    """What follows from an incident 违规等级. Source: the appraisal rules in docs/glossary.md, exam day."""

    NOTED = "noted"
    SESSION = "session"
    """The subjects of the sitting are void."""
    ALL = "all"
    """Every subject is void."""


@dataclass(frozen=True, slots=True)
class Signature:
    name: str
    strokes: str
    """As drawn on the screen: `x,y x,y …` for each stroke, strokes apart by `;`, in a field of 1000 by 300. Empty: on
    paper."""


@event("incident.recorded", sealed=("text", "signatures"))
@dataclass(frozen=True, slots=True)
class IncidentRecorded:
    incident: Id
    batch: Id
    person: Id
    enrolment: Id
    session: Id
    subjects: tuple[str, ...]
    """Of the sitting."""
    tier: Tier
    text: str
    signatures: tuple[Signature, ...]
    """Of two invigilators."""


@event("incident.voided")
@dataclass(frozen=True, slots=True)
class IncidentVoided:
    """It was recorded in error; the journal has the reason, and the record stays."""

    incident: Id
    person: Id


def check_incident(text: str, signatures: Sequence[Signature]) -> None:
    """Raises RuleViolation field_missing, two_signatures."""
    if not text.strip():
        raise RuleViolation("field_missing", "text")
    names = [one.name.strip() for one in signatures]
    if len(names) != 2 or not all(names) or len(set(names)) != len(names):
        raise RuleViolation("two_signatures", "signatures")


@event("papers.counted")
@dataclass(frozen=True, slots=True)
class PapersCounted:
    """Papers 试卷 of one room at one sitting, handed out and given back. A later count 清点 counts; the others stay."""

    counting: Id
    batch: Id
    session: Id
    room: str
    handed_out: int
    returned: int
    counted_by: Id
    checked_by: Id
    """Examiner or operator who counted too."""


def check_papers(counted: PapersCounted, why: str) -> None:
    """Raises RuleViolation papers_more_back, papers_missing where fewer came back and nobody says why, two_count."""
    if counted.checked_by in {"", counted.counted_by}:
        raise RuleViolation("two_count", "checked_by")
    missing = counted.handed_out - counted.returned
    if missing < 0 or counted.returned < 0:
        raise RuleViolation("papers_more_back", "returned", out=counted.handed_out, back=counted.returned)
    if missing and not why.strip():
        raise RuleViolation("papers_missing", "why", missing=missing)


def marks_of_the_day(came: Iterable[tuple[Attendance, Collection[str]]],
                     incidents: Iterable[tuple[Tier, Collection[str]]], examined: Iterable[str],
                     ) -> Mapping[str, MarkState]:
    """Subject -> absent or void, for the subjects that the exam day has decided. `came` and `incidents`: what one
    candidate's attendance and incidents in force say, each with the subjects of its sitting."""
    found = dict.fromkeys((s for state, subjects in came if state in AWAY for s in subjects), MarkState.ABSENT)
    for tier, subjects in incidents:
        if tier is not Tier.NOTED:
            found |= dict.fromkeys(examined if tier is Tier.ALL else subjects, MarkState.VOID)
    return found
