"""One person once: further documents of a person, two records that are one person's, two people of one name.

Nothing is merged: a link stands beside both records, and whoever finds that it was wrong takes it back.
"""

from dataclasses import dataclass

from appraisal.domain.errors import RuleViolation
from appraisal.domain.events import Id
from appraisal.domain.identity import DocumentKind, read_document
from appraisal.domain.operator import Role
from appraisal.domain.person import (
    CandidateCorrected,
    CandidateLinked,
    CandidateToldApart,
    Change,
    DocumentRecorded,
    FurtherDocument,
    Identity,
)
from appraisal.domain.tables import code_tables
from appraisal.usecases.ports import Desk, Work


@dataclass(frozen=True, slots=True)
class RecordDocument:
    person: Id
    kind: str
    """A DocumentKind, or empty: as the number says."""
    number: str
    nationality: str
    operator: Id
    replaces: bool = False
    """It takes the place of the one in the person's identity, which is kept as renewed."""
    why: str = ""
    """The reason, where it replaces."""


def record_document(command: RecordDocument, desk: Desk) -> bool:
    """False where the person has it already. Certificates already issued stay as they are."""
    with desk.work(command.operator) as work:
        work.operator.require(Role.REGISTRAR)
        return _record(work, command)


def _record(work: Work, command: RecordDocument) -> bool:
    before = work.candidates.get(command.person).identity
    one = _checked(work, command, before)
    for holder in work.candidates.by_document(one.number):
        if holder.id not in work.candidates.records(command.person):
            raise RuleViolation("document_is_another_persons", "number")
    known = work.candidates.documents(command.person)
    if one.number == before.document_number or (one in known and not command.replaces):
        return False
    if not command.replaces:
        work.record(DocumentRecorded(command.person, one))
        return True
    if not command.why.strip():
        raise RuleViolation("reason_missing", "why")
    after = {"document_kind": one.kind, "document_number": one.number, "nationality": one.nationality}
    changes = tuple(Change(f"identity.{name}", getattr(before, name), value) for name, value in after.items()
                    if getattr(before, name) != value)
    work.record(CandidateCorrected(command.person, changes), why=command.why)
    work.record(DocumentRecorded(command.person, FurtherDocument(
        before.document_kind, before.document_number, before.nationality, current=False)))
    return True


def _checked(work: Work, command: RecordDocument, known: Identity) -> FurtherDocument:
    kind = DocumentKind(command.kind) if command.kind else None
    reading = read_document(command.number, kind, work.today, code_tables().regions.counties)
    if reading.document is None:
        raise RuleViolation(reading.problems[0].code, "number", **reading.problems[0].detail)
    says = reading.document
    if (says.birth or known.birth, says.sex or known.sex) != (known.birth, known.sex):
        raise RuleViolation("document_says_otherwise", "number")
    if not command.nationality:
        raise RuleViolation("field_missing", "nationality")
    return FurtherDocument(says.kind.value, says.key, command.nationality)


@dataclass(frozen=True, slots=True)
class LinkCandidates:
    one: Id
    other: Id
    why: str
    operator: Id


def link_candidates(command: LinkCandidates, desk: Desk) -> Id:
    """Two records are one person's. The id of the earlier record, in whose name the person enrols from now on."""
    with desk.work(command.operator) as work:
        work.operator.require(Role.REGISTRAR)
        if not command.why.strip():
            raise RuleViolation("reason_missing", "why")
        ends = {_known(work, one) for one in (command.one, command.other)}
        if len(ends) == 1:
            raise RuleViolation("linked_already", "other")
        earlier, later = sorted(ends)  # ids begin with the time when they were made
        work.record(CandidateLinked(later, earlier), why=command.why)
        return earlier


def _known(work: Work, one: Id) -> Id:
    """The record that stands for the person."""
    return work.candidates.records(work.candidates.get(one).id)[0]


@dataclass(frozen=True, slots=True)
class UnlinkCandidate:
    person: Id
    """A record that is linked to an earlier one."""
    why: str
    operator: Id


def unlink_candidate(command: UnlinkCandidate, desk: Desk) -> None:
    """Takes a link back; the two are told apart, so that the question does not come again."""
    with desk.work(command.operator) as work:
        work.operator.require(Role.REGISTRAR)
        if not command.why.strip():
            raise RuleViolation("reason_missing", "why")
        linked_to = work.candidates.same_as(work.candidates.get(command.person).id)
        if linked_to is None:
            raise RuleViolation("not_linked", "person")
        work.record(CandidateLinked(command.person, None), CandidateToldApart(command.person, linked_to),
                    why=command.why)


@dataclass(frozen=True, slots=True)
class TellApart:
    one: Id
    other: Id
    operator: Id


def tell_apart(command: TellApart, desk: Desk) -> None:
    """Same name and birth date, and two people."""
    with desk.work(command.operator) as work:
        work.operator.require(Role.REGISTRAR)
        ends = [work.candidates.get(one).id for one in (command.one, command.other)]
        if ends[1] in work.candidates.records(ends[0]):
            raise RuleViolation("linked_already", "other")
        work.record(CandidateToldApart(max(ends), min(ends)))
