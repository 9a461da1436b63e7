"""State of the candidate's form: live checks by the roster's own rules, suggestions, and one save for all of it."""

import re
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from appraisal.domain.batch import BatchState
from appraisal.domain.consent import Purpose
from appraisal.domain.errors import EnvironmentFault, RuleViolation
from appraisal.domain.events import Id
from appraisal.domain.identity import Document, DocumentKind, read_document
from appraisal.domain.latin_names import suggest_latin
from appraisal.domain.mrz import read_mrz
from appraisal.domain.names import clean_name
from appraisal.domain.person import Background, Contact, Identity
from appraisal.domain.photo_rule import photo_rule
from appraisal.domain.problem import Problem, Verdict, Weight, verdict
from appraisal.domain.roster import RosterLine, RosterRules
from appraisal.domain.roster_reading import read_line
from appraisal.domain.scheme import Scheme
from appraisal.domain.tables import code_tables
from appraisal.domain.text import plain_number
from appraisal.domain.typed import Typed
from appraisal.usecases.import_roster import registration, roster_rules
from appraisal.usecases.reads import BatchRow, CandidateDetail, CandidateRow, Reads
from appraisal.usecases.save_candidate import EnrolIn, SaveCandidate
from desktop.tasks import Latest, Tasks

if TYPE_CHECKING:
    from desktop.viewmodels.photo import PhotoViewModel

NOT_ENROLLING = frozenset({"name", "id_no", "phone", "ethnicity", "education"})
"""What the form asks of somebody who is only registered, not enrolled."""
REFUSED_FIELDS = {"document_number": "id_no", "enrolment": "batch"}
"""Field of a use case's refusal -> field of the form, where they differ."""
_MRZ = re.compile(r"[0-9A-Z<]{30,}")


@dataclass(frozen=True, slots=True)
class Check:
    """What the rules say of the form as it stands."""

    line: RosterLine | None
    problems: tuple[Problem, ...]
    document: Document | None
    nationality: str
    """ISO 3166 alpha-3 where document or form says it."""

    def about(self, field: str) -> Problem | None:
        """The heaviest word on a field; notes are left out."""
        theirs = [p for p in self.problems if p.field == field and p.weight is not Weight.NOTE]
        return min(theirs, key=lambda p: p.weight is Weight.WARN) if theirs else None


@dataclass(frozen=True, slots=True)
class Filled:
    """The whole form. `values` by field, as typed."""

    values: Mapping[str, str]
    consents: frozenset[Purpose]
    photo: bytes | None
    why: str = ""
    consent_means: str = "screen"


class CandidateFormViewModel(QObject):
    suggested = Signal(str)
    """Latin name for the name typed last."""
    known = Signal(object)
    """The CandidateRow who has this document, or None."""
    loaded = Signal(object, object)
    """A CandidateDetail and the bytes of the photo (or None)."""
    saved = Signal(str, str, bool)
    """Person, name, and whether somebody new was registered."""
    refused = Signal(str, str, object)
    """Code, field of the form (or empty) and the details of the sentence."""
    problems_found = Signal(object)
    """A Check that keeps the form from being saved."""
    centre_read = Signal(object)
    """A CentreFounded, for what is printed."""
    failed = Signal(object)
    busy_changed = Signal(bool)

    def __init__(self, reads: Reads, save: Callable[[SaveCandidate], Id], schemes: Mapping[str, Scheme],
                 today: Callable[[], date], operator: Id, tasks: Tasks,
                 can_draw: Callable[[str], bool] = lambda _char: True) -> None:
        super().__init__()
        self._reads, self._save, self._schemes, self._today, self._tasks = reads, save, schemes, today, tasks
        self._operator, self._can_draw = operator, can_draw
        self._naming, self._knowing, self._loading = Latest(), Latest(), Latest()
        self._busy = False
        self._open: dict[Id, BatchRow] = {}
        self._batches: dict[Id, BatchRow] = {}
        self.person: CandidateDetail | None = None
        """Who is being corrected; None for somebody new."""
        tasks.read(_warm, lambda _done: None)

    # what can be chosen

    def take_batches(self, batches: Sequence[BatchRow]) -> None:
        self._batches = {one.id: one for one in batches}
        self._open = {one.id: one for one in batches if one.state == BatchState.PUBLISHED}

    def open_batches(self) -> Sequence[BatchRow]:
        return tuple(self._open.values())

    def scheme_of(self, batch: Id) -> Scheme | None:
        return self._schemes[self._open[batch].scheme] if batch in self._open else None

    def photo(self, batch: Id) -> "PhotoViewModel":
        """For another photo, by the rule of the batch chosen in the form, or of those that the person is enrolled in.
        Raises RuleViolation photo_rule_unknown."""
        from desktop.viewmodels.photo import PhotoViewModel  # noqa: PLC0415 - pictures, when a photo is wanted

        known = () if self.person is None else (one.batch for one in self.person.enrolments)
        found = next((self._batches[one] for one in (batch, *known) if one in self._batches), None)
        rule = photo_rule() if found is None else photo_rule(self._schemes[found.scheme].photo_rule)
        return PhotoViewModel(rule, self._tasks)

    # checks

    def check(self, values: Mapping[str, str]) -> Check:
        """Fast enough for every key. `level` is `1` … `5` or empty, `id_type` a DocumentKind or empty."""
        scheme = self.scheme_of(values.get("batch", ""))
        typed = {field: Typed(text) for field, text in values.items() if text and field in _CHECKED}
        typed["has_cert"] = Typed("是" if values.get("prior_level") or values.get("prior_cert") else "否")
        number = plain_number(values.get("id_no", ""))
        if not values.get("id_type") and number.isdigit() and len(number) < 15:
            typed["id_type"] = Typed(DocumentKind.RESIDENT_ID.value)  # an ID half typed, not a short passport
        if scheme is not None:
            typed["occupation"] = Typed(scheme.occupation.zh)
        reading = read_line(typed, self._rules(scheme, values.get("batch", "")))
        document, nationality = self._read_number(typed.get("id_no"), typed.get("id_type"))
        return Check(reading.line, reading.problems, document, nationality)

    def _read_number(self, number: Typed | None, kind: Typed | None) -> tuple[Document | None, str]:
        """What the number says by itself, and the nationality that goes with it."""
        if number is None:
            return None, ""
        said = DocumentKind(kind.text) if kind else None
        document = read_document(number.text, said, self._today(), code_tables().counties).document
        alone = read_line({"id_no": number}, RosterRules((), self._today(), self._today(), required=frozenset()))
        return document, alone.line.nationality if alone.line else ""

    def _rules(self, scheme: Scheme | None, batch: str) -> RosterRules:
        if scheme is None:
            return RosterRules((), self._today(), self._today(), self._can_draw, NOT_ENROLLING)
        rules = roster_rules(scheme, self._open[batch].exam_day, self._today(), self._can_draw)
        required = {name for name in _CHECKED | {"has_cert", "occupation"} if name in rules.required} - {"id_type"}
        return RosterRules(rules.occupations, rules.reference_date, rules.today, rules.can_draw, required)

    def read_mrz(self, text: str) -> Mapping[str, str] | None:
        """The fields that a scanned or pasted MRZ says, None for text that is none.

        Raises RuleViolation where a check digit is wrong or a line is missing.
        """
        plain = text.upper().split()
        if "<" not in text or not all(_MRZ.fullmatch(line) for line in plain):
            return None
        found = read_mrz("\n".join(plain), self._today())
        name = " ".join(part for part in (found.surname, found.given) if part)
        return {"id_type": DocumentKind.PASSPORT.value if found.format == "TD3" else "", "id_no": found.number,
                "latin_name": name, "name": name, "sex": found.sex or "",
                "birth": found.birth.isoformat() if found.birth else "",
                "nationality": code_tables().countries.find(found.nationality) or ""}

    def suggest(self, name: str) -> None:
        cleaned = clean_name(name)
        self._tasks.read(lambda: suggest_latin(cleaned), lambda done: self.suggested.emit(done.result()),
                         self._naming)

    def look_up(self, number: str) -> None:
        """Whether somebody has this document already."""
        self._tasks.read(lambda: _with_number(self._reads, number), self._tell_known, self._knowing)

    def _tell_known(self, done: "Future[CandidateRow | None]") -> None:
        self.known.emit(done.result())

    # what is done

    def start_new(self) -> None:
        self._loading.take()
        self.person = None

    def keep_person(self) -> None:
        """Somebody types: what is still being loaded comes too late."""
        self._loading.take()

    def load(self, person: Id) -> None:
        def read() -> tuple[CandidateDetail, bytes | None]:
            detail = self._reads.candidate(person)
            return detail, self._reads.picture(detail.photo) if detail.photo else None

        self._tasks.read(read, self._take_loaded, self._loading)

    def _take_loaded(self, done: "Future[tuple[CandidateDetail, bytes | None]]") -> None:
        try:
            detail, photo = done.result()
        except EnvironmentFault as fault:
            self.failed.emit(fault)
            return
        self.person = detail
        self.loaded.emit(detail, photo)

    def ask_centre(self) -> None:
        self._tasks.read(self._reads.centre, lambda done: self.centre_read.emit(done.result()))

    def save(self, filled: Filled) -> None:
        if self._busy:
            return
        check = self.check(filled.values)
        if check.line is None or verdict(check.problems) is Verdict.REJECT:
            self.problems_found.emit(check)
            return
        command = self._command(filled, check.line)
        is_new, name = self.person is None, check.line.name
        self._set_busy(busy=True)
        self._tasks.write(lambda: self._save(command), lambda done: self._on_saved(done, name, is_new=is_new))

    def _command(self, filled: Filled, line: RosterLine) -> SaveCandidate:
        values, made = filled.values, registration(line, self._operator)
        old = self.person.person.background.extra if self.person else {}
        identity = Identity(line.name, values.get("latin_name", "").strip(), made.identity.document_kind,
                            made.identity.document_number, line.sex, line.birth, line.nationality)
        background = Background(line.ethnicity, line.education, line.employer, line.prior_level, line.prior_cert,
                                {**old, **made.background.extra})
        batch = values.get("batch", "")
        enrol = EnrolIn(batch, line.level, line.condition, line.exam_type) if batch in self._open else None
        return SaveCandidate(identity, Contact(line.phone, line.email, values.get("address", "").strip()), background,
                             self._operator, self.person.person.id if self.person else None, filled.why,
                             filled.consents, filled.consent_means, filled.photo, enrol)

    def _on_saved(self, done: "Future[Id]", name: str, *, is_new: bool) -> None:
        self._set_busy(busy=False)
        try:
            self.saved.emit(done.result(), name, is_new)
        except RuleViolation as refusal:
            self.refused.emit(refusal.code, REFUSED_FIELDS.get(refusal.field, refusal.field), refusal.detail)
        except EnvironmentFault as fault:
            self.failed.emit(fault)

    def _set_busy(self, *, busy: bool) -> None:
        self._busy = busy
        self.busy_changed.emit(busy)


_CHECKED = frozenset({
    "name", "id_no", "id_type", "sex", "birth", "nationality", "ethnicity", "education", "employer", "phone", "email",
    "prior_level", "prior_cert", "level", "condition", "exam_type",
})


def _with_number(reads: Reads, number: str) -> CandidateRow | None:
    rows = reads.candidate_rows(reads.search(number)[:20]) if number else ()
    return next((row for row in rows if row.document_number == number), None)


def _warm() -> None:
    """Code tables and pinyin take a third of a second to load: before anybody types."""
    code_tables()
    suggest_latin("预备")
