"""What the use cases need from the outside. db/ answers it; tests use the real one."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from appraisal.credential.cose import Signer
from appraisal.credential.trust import TrustList
from appraisal.domain.batch import Batch
from appraisal.domain.centre import CentreFounded, Lease
from appraisal.domain.certificate import CertificateFace
from appraisal.domain.consent import Purpose
from appraisal.domain.enrolment import Enrolment
from appraisal.domain.events import Id
from appraisal.domain.exam_day import Attendance, SessionPlanned
from appraisal.domain.examiners import Assigned, Examiner
from appraisal.domain.glyph import Glyph
from appraisal.domain.marks import MarkSheet
from appraisal.domain.numbers import CertificateNumberGiven
from appraisal.domain.operator import Operator, Role
from appraisal.domain.person import FurtherDocument, Person
from appraisal.domain.publicity import Objection, Publicity, Recheck
from appraisal.domain.scheme import Scheme
from appraisal.domain.seating import Place, SeatingPlanned
from appraisal.domain.staleness import Times


@dataclass(frozen=True, slots=True)
class Issued:
    """A certificate as it was issued."""

    certificate: Id
    enrolment: Id
    person: Id
    number: str
    state: str
    template: str
    photo: str | None
    cose: bytes
    face: CertificateFace
    glyphs: tuple[Glyph, ...] = ()
    """Pictures of characters that no font has, as printed."""


@dataclass(frozen=True, slots=True)
class LeasedSlot:
    """The next number of a lease, and its slot in the status list."""

    number: str
    status: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Sitting:
    """One candidate's sheet, and what says whether marks may be written on it."""

    batch: Batch
    admission_number: str | None
    sheet: MarkSheet


@dataclass(frozen=True, slots=True)
class ToSeat:
    enrolment: Enrolment
    organisation: str
    place: Place | None
    """Where they sit now; None for no seat, or one whose number is none of ours."""
    pinned: bool = False
    accessible: bool = False
    """As SeatArranged."""


class Candidates(Protocol):
    def get(self, person: Id) -> Person: ...
    def by_document(self, number: str) -> Sequence[Person]:
        """Everybody with this document number, as the one of their identity or a further one: none, one, or a
        question."""
    def documents(self, person: Id) -> Sequence[FurtherDocument]: ...
    def records(self, person: Id) -> Sequence[Id]:
        """All records of one person, this one among them: first the one that the others are linked to."""
    def same_as(self, person: Id) -> Id | None:
        """The earlier record that this one is linked to."""
    def alike(self, person: Person) -> Sequence[Person]:
        """Others of this name and birth date, who were not told apart from this one."""
    def photo(self, person: Id) -> str | None: ...
    def glyphs(self, person: Id) -> Sequence[Glyph]: ...
    def consents(self, person: Id) -> frozenset[Purpose]: ...


class Batches(Protocol):
    def get(self, batch: Id) -> Batch: ...
    def by_code(self, code: str) -> Batch | None: ...
    def publicity(self, batch: Id) -> Publicity | None: ...
    def objection(self, objection: Id) -> Objection: ...
    def upheld_objections(self, batch: Id) -> frozenset[Id]:
        """Persons about whom an objection was upheld."""
    def recheck(self, recheck: Id) -> Recheck: ...


class Enrolments(Protocol):
    def get(self, enrolment: Id) -> Enrolment: ...
    def in_batch(self, batch: Id) -> Sequence[Enrolment]: ...
    def taken(self, batch: Id) -> int:
        """Places taken: all enrolments but the refused."""
    def of_person(self, person: Id) -> Sequence[Enrolment]:
        """Of all records of this person."""
    def by_admission(self, number: str) -> Enrolment | None:
        """Whose this number is, or was."""
    def to_seat(self, batch: Id) -> Sequence[ToSeat]:
        """The approved, and those who have a seat."""
    def seating(self, batch: Id) -> SeatingPlanned | None: ...
    def numbers_given(self) -> Collection[str]:
        """Every admission number that somebody has, or has had."""


class ExamDay(Protocol):
    def sessions(self, batch: Id) -> Sequence[SessionPlanned]:
        """Those in force; the one of the whole exam where none is planned."""
    def attendance(self, enrolment: Id, session: Id) -> Attendance | None: ...
    def places(self, session: Id) -> Mapping[Id, Place]:
        """Enrolment -> where they sit, for who has a place of their own there."""
    def came(self, session: Id) -> Collection[Id]:
        """Enrolments whose attendance is recorded."""
    def incident(self, incident: Id) -> tuple[Id, bool]:
        """Whose it is, and whether it was voided."""
    def counted(self, session: Id, room: str) -> bool:
        """Whether the room's papers were counted before."""
    def examiners(self) -> Sequence[Examiner]: ...
    def examiner(self, person: Id) -> Examiner: ...
    def assigned(self, session: Id) -> Sequence[Assigned]: ...
    def drawn(self, batch: Id) -> Sequence[tuple[Id, frozenset[Id]]]:
        """Other batches of the same year up to this one's exam day that had a draw, the newest first, each with who was
        drawn."""
    def sitting_in(self, session: SessionPlanned) -> Mapping[str, Sequence[tuple[str, str, int | None]]]:
        """Room -> name, organisation and level of those who sit there."""


class Marks(Protocol):
    def sheet(self, enrolment: Id) -> MarkSheet: ...
    def sitting(self, enrolment: Id) -> Sitting: ...


class Certificates(Protocol):
    def of_enrolment(self, enrolment: Id) -> Issued | None: ...
    def in_batch(self, batch: Id) -> Sequence[Issued]: ...
    def by_number(self, number: str) -> Issued | None: ...
    def number_given(self, enrolment: Id) -> CertificateNumberGiven | None: ...
    def number_used(self, number: str) -> bool: ...
    def free_slots(self, scheme: str) -> Iterator[LeasedSlot]:
        """What the scheme's leases have left, in order. A province's number takes only the status slot."""
    def why_no_slot(self, scheme: str) -> str:
        """Code: used up, or of an epoch that this copy of the desk may not use."""


class Operators(Protocol):
    def get(self, operator: Id) -> Operator: ...
    def by_login(self, login: str) -> Operator | None: ...
    def holding(self, role: Role) -> Sequence[Operator]:
        """The active operators with this role."""


class Work(Protocol):
    """One transaction: what is recorded inside it happens together, or not at all."""

    @property
    def operator(self) -> Operator: ...
    @property
    def now(self) -> int:
        """Milliseconds since 1970, UTC."""
    @property
    def today(self) -> date:
        """The day in China (UTC+8)."""
    @property
    def centre(self) -> CentreFounded: ...
    @property
    def trust(self) -> TrustList | None: ...
    @property
    def candidates(self) -> Candidates: ...
    @property
    def batches(self) -> Batches: ...
    @property
    def enrolments(self) -> Enrolments: ...
    @property
    def exam_day(self) -> ExamDay: ...
    @property
    def marks(self) -> Marks: ...
    @property
    def certificates(self) -> Certificates: ...
    @property
    def operators(self) -> Operators: ...
    @property
    def leases(self) -> Sequence[Lease]: ...
    @property
    def times(self) -> Times:
        """What the desk knew of the time before this unit of work."""

    def new_id(self) -> Id: ...
    def take_turn(self) -> bool:
        """From here on nobody else writes, as from the first record on. True where others may have written since this
        unit of work began: only where `work_late` began it, in a centre of several desks on one server."""
    def record(self, *happened: object, why: str | None = None) -> None: ...
    def keep_file(self, data: bytes) -> str:
        """What is too long for an entry, beside the journal; returns its SHA-256 in hexadecimal."""
    def attach(self, person: Id, data: bytes) -> str:
        """Seals a picture under the person's key; returns its attachment id."""
    def attached(self, attachment: str) -> bytes: ...


class Desk(Protocol):
    @property
    def schemes(self) -> Mapping[str, Scheme]: ...
    @property
    def signer(self) -> Signer:
        """The centre's certificate key."""
    def work(self, operator: Id) -> AbstractContextManager[Work]: ...
    def work_late(self, operator: Id) -> AbstractContextManager[Work]:
        """As `work`, for what takes its time before it records: other desks of the centre may write meanwhile."""


class Step(Protocol):
    """Told of progress at each record boundary; may raise to cancel, which undoes the unit of work."""

    def __call__(self, done: int, total: int) -> None: ...


def no_step(done: int, total: int) -> None:
    """For a caller that shows no progress."""
