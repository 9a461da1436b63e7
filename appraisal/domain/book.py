"""The book of a batch 批次台账: all that its registers print and its pages show, read at one moment."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from appraisal.domain.batch import Batch
from appraisal.domain.centre import CentreFounded
from appraisal.domain.enrolment import Enrolment
from appraisal.domain.events import Id
from appraisal.domain.exam_day import Attendance, PapersCounted, SessionPlanned, Signature, Tier
from appraisal.domain.examiners import Duty, Examiner
from appraisal.domain.glyph import Glyph
from appraisal.domain.marks import Mark, MarkSheet, Outcome
from appraisal.domain.person import Person
from appraisal.domain.scheme import Scheme


@dataclass(frozen=True, slots=True)
class Came:
    state: Attendance
    minutes: int | None = None


@dataclass(frozen=True, slots=True)
class Certified:
    number: str
    issued: date
    state: str


@dataclass(frozen=True, slots=True)
class Entrant:
    """One enrolment, and all that came of it."""

    enrolment: Enrolment
    person: Person
    room: str
    seat: str
    sheet: MarkSheet
    photo: str | None = None
    """Attachment id."""
    glyphs: tuple[Glyph, ...] = ()
    places: Mapping[Id, tuple[str, str]] = field(default_factory=dict)
    """Session -> room and seat, where they are not those of the admission number."""
    came: Mapping[Id, Came] = field(default_factory=dict)
    """Session -> attendance."""
    certificate: Certified | None = None

    @property
    def id(self) -> Id:
        return self.enrolment.id

    @property
    def number(self) -> str:
        """Admission number, or empty."""
        return self.enrolment.admission_number or ""

    @property
    def name(self) -> str:
        return self.person.identity.name

    def outcome(self) -> Outcome:
        return self.sheet.outcome()

    def mark(self, subject: str) -> Mark | None:
        return self.sheet.confirmed(subject)

    def at(self, session: Id) -> tuple[str, str]:
        """Room and seat at a sitting."""
        return self.places.get(session, (self.room, self.seat))

    def examined(self, session: SessionPlanned) -> bool:
        """Whether one sits at it: somebody seated, in a subject that no earlier sitting has left."""
        return bool(self.number) and any(
            one.code in session.subjects and self.sheet.from_earlier(one.code) is None
            for one in self.sheet.level.subjects)


@dataclass(frozen=True, slots=True)
class Incident:
    id: Id
    enrolment: Id
    session: Id
    tier: Tier
    text: str
    signatures: tuple[Signature, ...]
    at: int
    """Milliseconds since 1970, UTC."""
    voided: bool
    reason: str


@dataclass(frozen=True, slots=True)
class Served:
    """Somebody drawn for a room."""

    room: str
    duty: Duty
    examiner: Examiner


@dataclass(frozen=True, slots=True)
class Book:
    centre: CentreFounded
    batch: Batch
    scheme: Scheme
    sessions: Sequence[SessionPlanned]
    entrants: Sequence[Entrant]
    """By admission number; those without one last, by the order of enrolling."""
    incidents: Sequence[Incident] = ()
    papers: Sequence[PapersCounted] = ()
    """Of each sitting and room the last count."""
    staff: Mapping[Id, tuple[Served, ...]] = field(default_factory=dict)
    """Session -> who was drawn last."""
    people: Mapping[Id, str] = field(default_factory=dict)
    """Operators and examiners by their names."""
    publicity: tuple[date, date] | None = None
    """First and last day."""

    def seated(self) -> Sequence[Entrant]:
        return [one for one in self.entrants if one.number]

    def sitting(self, session: SessionPlanned) -> Sequence[Entrant]:
        return [one for one in self.entrants if one.examined(session)]

    def by_room(self, session: SessionPlanned) -> Mapping[str, Sequence[Entrant]]:
        """Room -> those who sit there, by seat; rooms by their number."""
        found: dict[str, list[Entrant]] = {}
        for one in self.sitting(session):
            found.setdefault(one.at(session.session)[0], []).append(one)
        return {room: sorted(found[room], key=lambda one: seat_order(one.at(session.session)[1]))
                for room in sorted(found, key=seat_order)}

    def of(self, enrolment: Id) -> Entrant:
        return next(one for one in self.entrants if one.id == enrolment)


def seat_order(text: str) -> tuple[int, str]:
    """`2` before `10`, and words after numbers."""
    return (int(text), text) if text.isdecimal() else (1 << 30, text)
