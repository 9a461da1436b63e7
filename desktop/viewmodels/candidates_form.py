"""State of the candidate's form: live checks by the roster's own rules, suggestions, and one save for all of it."""

from collections.abc import Callable, Collection, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from appraisal.domain.enrolment import Payment
from appraisal.domain.errors import EnvironmentFault, RuleViolation
from appraisal.domain.events import Id
from appraisal.domain.latin_names import suggest_latin
from appraisal.domain.names import clean_name
from appraisal.domain.person import GUARDIAN, PROGRAMME, REGION, Background, Contact, Identity, Person
from appraisal.domain.photo_rule import photo_rule
from appraisal.domain.problem import Verdict, verdict
from appraisal.domain.roster import RosterLine
from appraisal.domain.scheme import Scheme
from appraisal.usecases.check_enrolment import CheckEnrolments
from appraisal.usecases.draw_glyph import DrawGlyph
from appraisal.usecases.import_roster import registration
from appraisal.usecases.reads import CandidateDetail, Holder, Reads
from appraisal.usecases.save_candidate import EnrolIn, SaveCandidate
from desktop.tasks import Latest, Tasks
from desktop.viewmodels import table_choices
from desktop.viewmodels.candidates_checks import FormChecks
from desktop.viewmodels.candidates_draft import Filled
from desktop.viewmodels.one_person import Side
from desktop.viewmodels.rare_characters import RareCharactersViewModel

if TYPE_CHECKING:
    from desktop.viewmodels.glyph import GlyphViewModel
    from desktop.viewmodels.photo import PhotoViewModel

REFUSED_FIELDS = {"document_number": "id_no", "enrolment": "batch"}
"""Field of a use case's refusal -> field of the form, where they differ."""
QUESTIONS = frozenset({"looks_registered", "document_has_other_name"})
"""Refusals that are a question of who somebody is: both sides are shown."""


class CandidateFormViewModel(QObject):
    suggested = Signal(str)
    """Latin name for the name typed last."""
    known = Signal(object)
    """The Holder of this document, or None."""
    loaded = Signal(object, object)
    """A CandidateDetail and the bytes of the photo (or None)."""
    saved = Signal(str, str, bool)
    """Person, name, and whether somebody new was registered."""
    refused = Signal(str, str, object)
    """Code, field of the form (or empty) and the details of the sentence."""
    in_question = Signal(object)
    """What was typed, as a Side: it looks like somebody who is registered."""
    problems_found = Signal(object)
    """A Check that keeps the form from being saved."""
    centre_read = Signal(object)
    """A CentreFounded, for what is printed."""
    failed = Signal(object)
    busy_changed = Signal(bool)

    def __init__(self, reads: Reads, save: Callable[[SaveCandidate], Id], check: Callable[[CheckEnrolments], int],
                 draw: Callable[[DrawGlyph], None], schemes: Mapping[str, Scheme],
                 today: Callable[[], date], operator: Id, tasks: Tasks,
                 can_draw: Callable[[str], bool] = lambda _char: True) -> None:
        super().__init__()
        self._reads, self._save, self._check, self._draw = reads, save, check, draw
        self.tasks, self._operator = tasks, operator
        self.checks = FormChecks(schemes, today, can_draw)
        self._naming, self._knowing, self._loading = Latest(), Latest(), Latest()
        self._busy = False
        self._asked: SaveCandidate | None = None
        """What was refused with a question."""
        self.person: CandidateDetail | None = None
        """Who is being corrected; None for somebody new."""
        tasks.read(_warm, lambda _done: None)

    def photo(self, batch: Id) -> "PhotoViewModel":
        """For another photo, by the rule of the batch chosen in the form, or of those that the person is enrolled in.
        Raises RuleViolation photo_rule_unknown."""
        from desktop.viewmodels.photo import PhotoViewModel  # noqa: PLC0415 - pictures, when a photo is wanted

        known = () if self.person is None else (one.batch for one in self.person.enrolments)
        scheme = self.checks.scheme_of_any((batch, *known))
        return PhotoViewModel(photo_rule() if scheme is None else photo_rule(scheme.photo_rule), self.tasks)

    def rare_characters(self) -> RareCharactersViewModel:
        return RareCharactersViewModel(self.checks.can_draw, self.tasks)

    def suggest(self, name: str) -> None:
        cleaned = clean_name(name)
        self.tasks.read(lambda: suggest_latin(cleaned), lambda done: self.suggested.emit(done.result()),
                         self._naming)

    def look_up(self, number: str) -> None:
        """Whether somebody has this document already."""
        self.tasks.read(lambda: self._reads.holders({number}).get(number), self._tell_known, self._knowing)

    def _tell_known(self, done: "Future[Holder | None]") -> None:
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

        self.tasks.read(read, self._take_loaded, self._loading)

    def _take_loaded(self, done: "Future[tuple[CandidateDetail, bytes | None]]") -> None:
        try:
            detail, photo = done.result()
        except EnvironmentFault as fault:
            self.failed.emit(fault)
            return
        self.person = detail
        self.loaded.emit(detail, photo)

    def ask_centre(self) -> None:
        self.tasks.read(self._reads.centre, lambda done: self.centre_read.emit(done.result()))

    def save(self, filled: Filled) -> None:
        if self._busy:
            return
        check = self.checks.check(filled.values)
        if check.line is None or verdict(check.problems) is Verdict.REJECT:
            self.problems_found.emit(check)
            return
        self._write(self._command(filled, check.line))

    def save_apart(self, others: Collection[Id]) -> None:
        """What was in question is saved: it is none of these."""
        if self._asked is not None:
            self._write(replace(self._asked, apart_from=frozenset(others)))

    def undrawn(self, name: str) -> Sequence[str]:
        """Characters of the name that no font has, each once."""
        return [one for one in dict.fromkeys(name) if not self.checks.can_draw(one)]

    def glyph(self, character: str) -> "GlyphViewModel":
        from desktop.viewmodels.glyph import GlyphViewModel  # noqa: PLC0415 - pictures, when one is given

        return GlyphViewModel(character, self.tasks)

    def draw_glyph(self, character: str, picture: bytes) -> None:
        """Of the person who is shown, who is shown again."""
        if self.person is not None:
            command = DrawGlyph(self.person.person.id, character, picture, self._operator)
            self.tasks.write(lambda: self._draw(command), self._on_done)

    def check_papers(self, enrolment: Id, seen: Collection[str], payment: str, receipt: str) -> None:
        """What was seen of the papers, and where the fee stands; the person is shown again."""
        command = CheckEnrolments((enrolment,), self._operator, frozenset(seen), Payment(payment), receipt)
        self.tasks.write(lambda: self._check(command), self._on_done)

    def _on_done(self, done: "Future[int] | Future[None]") -> None:
        try:
            done.result()
        except RuleViolation as refusal:
            self.refused.emit(refusal.code, refusal.field, refusal.detail)
        except EnvironmentFault as fault:
            self.failed.emit(fault)
        else:
            if self.person is not None:
                self.load(self.person.person.id)

    def _write(self, command: SaveCandidate) -> None:
        self._set_busy(busy=True)
        self.tasks.write(lambda: self._save(command), lambda done: self._on_saved(done, command))

    def _command(self, filled: Filled, line: RosterLine) -> SaveCandidate:
        values, made = filled.values, registration(line, self._operator)
        old = self.person.person.background.extra if self.person else {}
        identity = Identity(line.name, values.get("latin_name", "").strip(), made.identity.document_kind,
                            made.identity.document_number, line.sex, line.birth, line.nationality)
        own = {name: values.get(name, "").strip() for name in (*GUARDIAN, *PROGRAMME, REGION)}
        extra = {name: text for name, text in {**old, **made.background.extra, **own}.items() if text}
        background = Background(line.ethnicity, line.education, line.employer, line.prior_level, line.prior_cert, extra)
        batch = values.get("batch", "")
        enrol = EnrolIn(batch, line.level, line.condition, line.exam_type,
                        values.get("job", "")) if self.checks.scheme_of(batch) else None
        return SaveCandidate(identity, Contact(line.phone, line.email, values.get("address", "").strip()), background,
                             self._operator, self.person.person.id if self.person else None, filled.why,
                             filled.consents, filled.consent_means, filled.photo, enrol)

    def _on_saved(self, done: "Future[Id]", command: SaveCandidate) -> None:
        self._set_busy(busy=False)
        self._asked = None
        try:
            self.saved.emit(done.result(), command.identity.name, command.person is None)
        except RuleViolation as refusal:
            self.refused.emit(refusal.code, REFUSED_FIELDS.get(refusal.field, refusal.field), refusal.detail)
            if refusal.code in QUESTIONS:
                self._asked = command
                self.in_question.emit(Side(Person("", command.identity, command.contact, command.background),
                                           command.photo))
        except EnvironmentFault as fault:
            self.failed.emit(fault)

    def _set_busy(self, *, busy: bool) -> None:
        self._busy = busy
        self.busy_changed.emit(busy)


def _warm() -> None:
    """Code tables and pinyin take a third of a second to load: before anybody types."""
    table_choices.regions()
    suggest_latin("预备")
