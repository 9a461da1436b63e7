"""A registrar registers a person, corrects what was registered, attaches a photo, records consent."""

from dataclasses import dataclass

from appraisal.domain.consent import ConsentGiven, ConsentWithdrawn, Purpose
from appraisal.domain.consent_terms import consent_terms
from appraisal.domain.errors import RuleViolation
from appraisal.domain.events import Id
from appraisal.domain.operator import Role
from appraisal.domain.person import (
    Background,
    CandidateCorrected,
    CandidateRegistered,
    Contact,
    Identity,
    Person,
    PhotoAttached,
    differences,
    guardian_lacking,
)
from appraisal.usecases.ports import Desk, Work

ORGANISATION = "organisation"
"""Means of a consent: whoever sent the roster holds the signed sheets."""


@dataclass(frozen=True, slots=True)
class RegisterCandidate:
    identity: Identity
    contact: Contact
    background: Background
    operator: Id
    consents: tuple[Purpose, ...] = ()
    consent_means: str = "screen"


def register_candidate(command: RegisterCandidate, desk: Desk) -> Id:
    """The person's id. One person is registered once: the same document gives the same person again."""
    with desk.work(command.operator) as work:
        work.operator.require(Role.REGISTRAR)
        return register(work, command)


def register(work: Work, command: RegisterCandidate) -> Id:
    """Within a unit of work, for the import of many. A document under another name is a question, not an overwrite."""
    for field, value in (("name", command.identity.name), ("document_number", command.identity.document_number)):
        if not value.strip():
            raise RuleViolation("field_missing", field)
    known = work.candidates.by_document(command.identity.document_number)
    if any(person.identity.name != command.identity.name for person in known):
        raise RuleViolation("document_has_other_name", "document_number", name=known[0].identity.name)
    if known:
        person = work.candidates.records(known[0].id)[0]
    else:
        person = work.new_id()
        work.record(CandidateRegistered(person, command.identity, command.contact, command.background))
    given = work.candidates.consents(person) if known else frozenset()
    for purpose in _may_consent(work, person, command):
        if purpose not in given:
            work.record(_given(person, purpose, command.consent_means))
    return person


def _may_consent(work: Work, person: Id, command: RegisterCandidate) -> tuple[Purpose, ...]:
    """An organisation's word for all of a roster does not stand for a guardian; whoever sits at the desk is asked."""
    lacking = guardian_lacking(work.candidates.get(person), work.today)
    if lacking and command.consents and command.consent_means != ORGANISATION:
        raise RuleViolation("guardian_missing", lacking)
    return () if lacking else command.consents


@dataclass(frozen=True, slots=True)
class CorrectCandidate:
    after: Person
    why: str
    operator: Id


def correct_candidate(command: CorrectCandidate, desk: Desk) -> bool:
    """False where nothing differs. Certificates already issued stay as they are."""
    with desk.work(command.operator) as work:
        work.operator.require(Role.REGISTRAR)
        before = work.candidates.get(command.after.id)
        changes = differences(before, command.after)
        if not changes:
            return False
        if not command.why.strip():
            raise RuleViolation("reason_missing", "why")
        number = command.after.identity.document_number
        own = work.candidates.records(before.id)
        if number != before.identity.document_number and any(
                one.id not in own for one in work.candidates.by_document(number)):
            raise RuleViolation("document_is_another_persons", "document_number")
        work.record(CandidateCorrected(before.id, changes), why=command.why)
    return True


@dataclass(frozen=True, slots=True)
class AttachPhotos:
    photos: tuple[tuple[Id, bytes], ...]
    """Person, and the JPEG as appraisal.documents.photo gives it: checked, upright, without EXIF."""
    operator: Id


def attach_photos(command: AttachPhotos, desk: Desk) -> None:
    """One photo or a folder's: all of them or none."""
    with desk.work(command.operator) as work:
        work.operator.require(Role.REGISTRAR)
        for person, jpeg in command.photos:
            work.candidates.get(person)
            work.record(PhotoAttached(person, work.attach(person, jpeg)))


@dataclass(frozen=True, slots=True)
class ChangeConsent:
    person: Id
    purpose: Purpose
    given: bool
    operator: Id
    means: str = "screen"


def change_consent(command: ChangeConsent, desk: Desk) -> None:
    with desk.work(command.operator) as work:
        work.operator.require(Role.REGISTRAR)
        person = work.candidates.get(command.person)
        now_given = command.purpose in work.candidates.consents(command.person)
        if command.given and not now_given:
            if lacking := guardian_lacking(person, work.today):
                raise RuleViolation("guardian_missing", lacking)
            work.record(_given(command.person, command.purpose, command.means))
        elif now_given and not command.given:
            work.record(ConsentWithdrawn(command.person, command.purpose))


def _given(person: Id, purpose: Purpose, means: str) -> ConsentGiven:
    terms = consent_terms()
    return ConsentGiven(person, purpose, terms.of[purpose].recipient, terms.version, means)
