"""What the desk's form says of one person, saved together: who they are, consents, photo, enrolment. All or nothing."""

from collections.abc import Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass

from appraisal.credential.cose import Signer
from appraisal.domain.consent import Purpose
from appraisal.domain.errors import RuleViolation
from appraisal.domain.events import Id
from appraisal.domain.operator import Role
from appraisal.domain.person import Background, Contact, Identity, Person
from appraisal.domain.scheme import Scheme
from appraisal.usecases.one_person import TellApart, tell_apart
from appraisal.usecases.ports import Desk, Work
from appraisal.usecases.register_candidate import (
    AttachPhotos,
    ChangeConsent,
    CorrectCandidate,
    RegisterCandidate,
    attach_photos,
    change_consent,
    correct_candidate,
    register_candidate,
)
from appraisal.usecases.submit_enrolment import SubmitEnrolment, submit_enrolment


@dataclass(frozen=True, slots=True)
class EnrolIn:
    batch: Id
    level: int | None
    condition: str
    exam_type: str
    job: str = ""
    """工种, one of the scheme's, or empty."""


@dataclass(frozen=True, slots=True)
class SaveCandidate:
    identity: Identity
    contact: Contact
    background: Background
    operator: Id
    person: Id | None = None
    """None registers somebody new."""
    why: str = ""
    """The reason of a correction."""
    consents: frozenset[Purpose] = frozenset()
    """Those given; the others are withdrawn."""
    consent_means: str = "screen"
    """`screen` or `paper`: how those that are new were given."""
    photo: bytes | None = None
    """A new photo, checked; None leaves what is there."""
    enrol: EnrolIn | None = None
    apart_from: frozenset[Id] = frozenset()
    """People of the same name and birth date who were looked at and are somebody else."""


@dataclass(frozen=True, slots=True)
class _Within:
    """The desk inside a unit of work that is open already: several commands happen together."""

    desk: Desk
    opened: Work

    @property
    def schemes(self) -> Mapping[str, Scheme]:
        return self.desk.schemes

    @property
    def signer(self) -> Signer:
        return self.desk.signer

    def work(self, operator: Id) -> AbstractContextManager[Work]:
        assert operator == self.opened.operator.id
        return nullcontext(self.opened)

    work_late = work


def save_candidate(command: SaveCandidate, desk: Desk) -> Id:
    """The person's id. Raises RuleViolation where somebody new has a document that is known, `already_registered` under
    this name or `document_has_other_name`; and `looks_registered` where somebody of the same name and birth date is,
    who was not looked at."""
    with desk.work(command.operator) as work:
        work.operator.require(Role.REGISTRAR)
        inside = _Within(desk, work)
        person = _register(command, inside) if command.person is None else _correct(command, command.person, inside)
        for purpose in Purpose:
            change_consent(ChangeConsent(person, purpose, purpose in command.consents, command.operator,
                                         command.consent_means), inside)
        if command.photo is not None:
            attach_photos(AttachPhotos(((person, command.photo),), command.operator), inside)
        if command.enrol is not None:
            enrol = command.enrol
            submit_enrolment(SubmitEnrolment(person, enrol.batch, enrol.level, enrol.condition, command.operator,
                                             enrol.job, enrol.exam_type), inside)
    return person


def _register(command: SaveCandidate, inside: _Within) -> Id:
    known = inside.opened.candidates.by_document(command.identity.document_number)
    if known:
        name = known[0].identity.name
        raise RuleViolation("already_registered" if name == command.identity.name else "document_has_other_name",
                            "document_number", name=name)
    alike = inside.opened.candidates.alike(Person("", command.identity, command.contact, command.background))
    if any(one.id not in command.apart_from for one in alike):
        raise RuleViolation("looks_registered", "name", name=command.identity.name, people=len(alike))
    person = register_candidate(
        RegisterCandidate(command.identity, command.contact, command.background, command.operator), inside)
    for one in alike:
        tell_apart(TellApart(person, one.id, command.operator), inside)
    return person


def _correct(command: SaveCandidate, person: Id, inside: _Within) -> Id:
    after = Person(person, command.identity, command.contact, command.background)
    correct_candidate(CorrectCandidate(after, command.why, command.operator), inside)
    return person
