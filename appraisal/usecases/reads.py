"""What the pages and commands read: rows for lists, apart from the units of work that change anything."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Protocol

from appraisal.credential.cose import VerifyingKey
from appraisal.credential.status import StatusList
from appraisal.credential.trust import TrustList
from appraisal.domain.book import Book
from appraisal.domain.centre import CentreFounded
from appraisal.domain.consent import Purpose
from appraisal.domain.enrolment import Payment
from appraisal.domain.events import Id
from appraisal.domain.examiners import Examiner
from appraisal.domain.figures import EntryTimes
from appraisal.domain.glyph import Glyph
from appraisal.domain.marks import Mark, Outcome
from appraisal.domain.operator import Operator
from appraisal.domain.person import FurtherDocument, Person
from appraisal.domain.publicity import Finding
from appraisal.domain.seating import Place, SeatingPlanned
from appraisal.usecases.filters import EVERYBODY, Filters
from appraisal.usecases.ports import Issued


class SyncState(StrEnum):
    """How far a record has come. Only a verified receipt moves one past `ON_STICK`."""

    SAVED = "saved"
    ON_STICK = "on_stick"
    RECEIVED = "received"
    ACCEPTED = "accepted"
    NEEDS_YOU = "needs_you"
    STAYS = "stays"
    """No consent for the association: it does not leave the desk."""


@dataclass(frozen=True, slots=True)
class CandidateRow:
    place: int
    """On the list of all, in the order of registering: what a search finds, and what rows are asked by."""
    id: Id
    name: str
    latin_name: str
    document_kind: str
    document_number: str
    phone: str
    employer: str
    has_photo: bool
    state: SyncState


@dataclass(frozen=True, slots=True)
class SeatRow:
    """Somebody approved, or seated."""

    id: Id
    """Of the enrolment."""
    name: str
    admission_number: str
    """Empty until there is one."""
    place: Place | None
    pinned: bool
    accessible: bool


@dataclass(frozen=True, slots=True)
class SeatingChart:
    people: Sequence[SeatRow]
    plan: SeatingPlanned | None
    """None where nobody was seated here: nobody has a seat, or the numbers came from a file."""


@dataclass(frozen=True, slots=True)
class EnrolmentRow:
    id: Id
    person: Id
    name: str
    document_number: str
    batch: Id
    batch_code: str
    level: int | None
    condition: str
    state: str
    entered_by: Id
    reason: str | None
    admission_number: str | None
    room: str | None
    seat: str | None
    doubts: tuple[str, ...]
    """Codes of what the reviewer should look at."""
    seen: tuple[str, ...] = ()
    """Codes of materials whose originals were seen."""
    payment: Payment = Payment.DUE
    receipt: str = ""
    province: str = ""
    """Where they come from, two digits of GB/T 2260, as far as anybody knows."""


@dataclass(frozen=True, slots=True)
class HistoryRow:
    """One thing that was done to a person's record."""

    at: int
    """Milliseconds since 1970, UTC."""
    login: str
    """Empty where it was done elsewhere."""
    kind: str
    why: str | None
    happened: object | None
    """The event; None where nothing opens it any more."""


@dataclass(frozen=True, slots=True)
class CandidateDetail:
    person: Person
    photo: str | None
    """Attachment id."""
    consents: frozenset[Purpose]
    enrolments: tuple[EnrolmentRow, ...]
    history: tuple[HistoryRow, ...]
    """The oldest first."""
    state: SyncState
    documents: tuple[FurtherDocument, ...] = ()
    same: tuple[Person, ...] = ()
    """The other records of this person: first the one that the others are linked to, unless this is it."""
    linked: bool = False
    """To an earlier record, which is the first of `same`."""
    alike: tuple[Person, ...] = ()
    """Others of the same name and birth date: questions that nobody has answered."""
    glyphs: tuple[Glyph, ...] = ()
    """Of characters of the name that no font has."""


@dataclass(frozen=True, slots=True)
class Holder:
    """Whose a document number is."""

    name: str
    records: Sequence[Id]
    """All records of that person, first the one that stands for them."""


@dataclass(frozen=True, slots=True)
class BatchRow:
    id: Id
    code: str
    title: str
    scheme: str
    exam_day: date
    places: int
    state: str
    enrolled: int
    submitted: int
    """Waiting for a reviewer."""
    seated: int
    certificates: int
    publicity_ends: date | None


@dataclass(frozen=True, slots=True)
class MarkRow:
    """One seated candidate as one entry sees them: the other entry is not in it."""

    enrolment: Id
    admission_number: str
    name: str
    level: int | None
    marks: tuple[tuple[str, Mark | None], ...]
    """Subject and this entry's mark, in the scheme's order."""
    carried: frozenset[str] = frozenset()
    """Subjects whose mark is an earlier sitting's."""
    day: frozenset[str] = frozenset()
    """Subjects that the exam day has decided: absent or void."""
    judged: frozenset[str] = frozenset()
    """Subjects with judges' sheets; the mark is their mean."""


@dataclass(frozen=True, slots=True)
class DifferenceRow:
    enrolment: Id
    admission_number: str
    name: str
    subject: str
    first: Mark
    second: Mark


@dataclass(frozen=True, slots=True)
class OutcomeRow:
    enrolment: Id
    person: Id
    admission_number: str | None
    name: str
    level: int | None
    outcome: Outcome
    marks: tuple[tuple[str, Mark | None], ...]
    """Subject and confirmed mark."""


@dataclass(frozen=True, slots=True)
class CertificateRow:
    id: Id
    number: str
    name: str
    level: int | None
    scheme: str
    issued: date
    state: str
    sync: SyncState


@dataclass(frozen=True, slots=True)
class ToIssue:
    """A candidate who has passed and has no certificate yet."""

    enrolment: Id
    person: Id
    name: str
    level: int | None
    blocked: str | None
    """Code of what is in the way; None: ready."""


@dataclass(frozen=True, slots=True)
class SyncSummary:
    counts: tuple[tuple[SyncState, int], ...]
    """Entries by state; those that concern only the desk are not counted."""
    unsent: int
    last_export: int | None
    """Milliseconds since 1970."""
    last_receipt: int | None
    library: Id | None
    lacking: int = 0
    """Entries of this desk that the library has and this copy has not."""


@dataclass(frozen=True, slots=True)
class NeedsYou:
    """An entry that the library parked, held or rejected."""

    kind: str
    subject: Id
    person: Id | None
    name: str
    fate: str
    code: str
    batch: Id | None = None
    """The batch that it belongs to, where it belongs to one."""


@dataclass(frozen=True, slots=True)
class ObjectionRow:
    """What somebody objected to in the publicity; `upheld` None: still open."""

    id: Id
    person: Id
    name: str
    text: str
    upheld: bool | None
    reason: str | None


@dataclass(frozen=True, slots=True)
class RecheckRow:
    id: Id
    enrolment: Id
    person: Id
    name: str
    admission_number: str
    subject: str
    text: str
    until: date
    findings: tuple[Finding, ...] | None
    """None: not answered yet."""
    answer: str


@dataclass(frozen=True, slots=True)
class ExaminerRow:
    examiner: Examiner
    running: int
    """Times in a row until this batch."""
    unfit: str | None
    """Code of why they may not serve; None: they may."""


class Reads(Protocol):
    def centre(self) -> CentreFounded: ...
    def operators(self) -> Sequence[Operator]: ...
    def trust(self) -> TrustList | None: ...
    def list_keys(self) -> Sequence[VerifyingKey]:
        """Whose lists the desk believes."""
    def statuses(self) -> Mapping[int, StatusList]:
        """The newest status list of each number."""
    def batches(self) -> Sequence[BatchRow]: ...
    def search(self, text: str, filters: Filters = EVERYBODY, most: int = 5000) -> Sequence[int]:
        """Places of people whose name, Latin name, pinyin initials, document numbers (from the start, the one of the
        identity from its end too), phone, admission number or employer match, and whom the filters let through; the
        last registered first. Words apart by spaces must all match. At most `most`; without a word, all."""
    def candidate_rows(self, places: Sequence[int]) -> Sequence[CandidateRow]: ...
    def holders(self, numbers: Collection[str]) -> Mapping[str, Holder]:
        """Document number -> whose it is, for those that are somebody's."""
    def registered(self, pairs: Collection[tuple[str, date]]) -> Collection[tuple[str, date]]:
        """Those names and birth dates that are somebody's."""
    def alike(self, person: Person) -> Sequence[Person]:
        """Others of the same name and birth date, who were not told apart; `person` may have an empty id."""
    def candidate(self, person: Id) -> CandidateDetail: ...
    def picture(self, attachment: str) -> bytes: ...
    def photos(self, batch: Id) -> Mapping[Id, str]:
        """Person -> attachment id of their photo, for everybody enrolled in the batch who has one."""
    def enrolments(self, batch: Id) -> Sequence[EnrolmentRow]: ...
    def mark_rows(self, batch: Id, entry: int) -> Sequence[MarkRow]: ...
    def differences(self, batch: Id) -> Sequence[DifferenceRow]: ...
    def outcomes(self, batch: Id) -> Sequence[OutcomeRow]: ...
    def book(self, batch: Id) -> Book: ...
    def seating(self, batch: Id) -> SeatingChart: ...
    def entry_times(self, batch: Id) -> Sequence[EntryTimes]:
        """Of the marks with both entries."""
    def examiners(self, batch: Id) -> Sequence[ExaminerRow]:
        """The centre's list, as it stands for this batch."""
    def rechecks(self, batch: Id) -> Sequence[RecheckRow]:
        """The unanswered ones first."""
    def objections(self, batch: Id) -> Sequence[ObjectionRow]:
        """The open ones first."""
    def to_issue(self, batch: Id) -> Sequence[ToIssue]: ...
    def certificate_rows(self, batch: Id) -> Sequence[CertificateRow]: ...
    def certificate(self, certificate: Id) -> Issued: ...
    def certificate_numbered(self, number: str) -> Issued:
        """Raises RuleViolation certificate_number_unknown."""
    def sync_summary(self) -> SyncSummary: ...
    def needs_you(self) -> Sequence[NeedsYou]: ...
