"""The certificate officer issues 发证: sign, print a proof, read every QR back from it; only then does it count."""

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Protocol

from appraisal.credential.claims import Claims, to_bytes
from appraisal.credential.cose import sign1
from appraisal.credential.idtag import id_tag
from appraisal.domain.batch import Batch, BatchState
from appraisal.domain.certificate import (
    Bilingual,
    CertificateDrawn,
    CertificateFace,
    CertificateIssued,
    Score,
    what_blocks,
)
from appraisal.domain.enrolment import SETTLED
from appraisal.domain.errors import RuleViolation
from appraisal.domain.events import Id
from appraisal.domain.glyph import Glyph
from appraisal.domain.marks import Mark, MarkSheet, Outcome
from appraisal.domain.operator import Role
from appraisal.domain.person import Person
from appraisal.domain.scheme import NumberSource, Scheme
from appraisal.domain.staleness import Policy, may_issue
from appraisal.usecases.ports import Desk, Step, Work, no_step

ISSUING = Policy()


@dataclass(frozen=True, slots=True)
class Proof:
    """One certificate as it would be printed."""

    face: CertificateFace
    cose: bytes
    photo: bytes | None
    glyphs: tuple[Glyph, ...] = ()
    """Pictures of characters that no font has."""


class Press(Protocol):
    """Prints proofs and reads them back."""

    def version(self, template: str) -> tuple[str, int]:
        """Of the template in force under this name: its name with its content hash, and the hash's first four bytes as
        a number."""

    def check(self, template: str, host: str, proofs: Sequence[Proof], step: Step) -> None:
        """Raises RuleViolation glyph_missing for a character that no font has, certificate_unreadable where a QR does
        not read back from its own page as it was written."""


@dataclass(frozen=True, slots=True)
class IssueCertificates:
    batch: Id
    operator: Id
    enrolments: tuple[Id, ...] | None = None
    """None: everybody who has passed, nothing is in the way of, and has no certificate yet."""


@dataclass(frozen=True, slots=True)
class Issuing:
    issued: tuple[Id, ...]
    """Certificates."""
    blocked: tuple[tuple[Id, str], ...]
    """Enrolments that passed and could not be issued, each with the code of what is in the way."""
    warned: str | None = None
    """Code of what the association's lists will soon stand in the way of."""
    list_days: int = 0
    """Age of the association's lists."""


@dataclass(frozen=True, slots=True)
class _Ready:
    sheet: MarkSheet
    person: Person
    photo: str | None
    number: str
    face_date: date
    status: tuple[int, int]
    job: str
    glyphs: tuple[Glyph, ...]


def issue_certificates(command: IssueCertificates, desk: Desk, press: Press, step: Step = no_step,
                       policy: Policy = ISSUING) -> Issuing:
    """All of those ready or none: a proof that cannot be read stops the whole issue, with the certificate named. Also
    raises RuleViolation where the association's lists are too old, or the clock is wrong (appraisal.domain.staleness);
    a demonstration, whose clock is moved by hand, is not asked. `changed_meanwhile`: by another desk of the centre."""
    with desk.work_late(command.operator) as work:
        work.operator.require(Role.CERTIFICATE_OFFICER)
        times = None if work.centre.demonstration else work.times
        warned = may_issue(times, policy) if times is not None else None
        batch = work.batches.get(command.batch)
        batch.require(BatchState.CERTIFYING)
        scheme = desk.schemes[batch.scheme]
        ready, blocked = _gather(work, scheme, batch, command.enrolments)
        version, version_number = press.version(scheme.template)
        faces = [_face(work, scheme, one) for one in ready]
        tags = _id_tags([(face.document_number, desk.signer.kid, face.number) for face in faces], step)
        photos = [work.attached(one.photo) if one.photo else None for one in ready]
        proofs = [
            Proof(face, sign1(to_bytes(_claims(work, scheme, one, face, tag, version_number)), desk.signer), photo,
                  one.glyphs)
            for one, face, tag, photo in zip(ready, faces, tags, photos, strict=True)]
        press.check(version, work.centre.host, proofs, step)
        if work.take_turn():
            _require_unchanged(work, scheme, command, ready)
        issued = [CertificateIssued(
            work.new_id(), one.sheet.enrolment, one.person.id, one.number, scheme.code, batch.id, version, one.photo,
            proof.cose, one.status, proof.face) for one, proof in zip(ready, proofs, strict=True)]
        work.record(*issued, *(CertificateDrawn(made.certificate, made.person, one.glyphs)
                               for made, one in zip(issued, ready, strict=True) if one.glyphs))
    return Issuing(tuple(one.certificate for one in issued), blocked, warned, times.days if times else 0)


def _require_unchanged(work: Work, scheme: Scheme, command: IssueCertificates, ready: list[_Ready]) -> None:
    """What was printed and read back is what stands now."""
    batch = work.batches.get(command.batch)
    batch.require(BatchState.CERTIFYING)
    if _gather(work, scheme, batch, command.enrolments)[0] != ready:
        raise RuleViolation("changed_meanwhile", "batch")


def _gather(work: Work, scheme: Scheme, batch: Batch, wanted: tuple[Id, ...] | None,
            ) -> tuple[list[_Ready], tuple[tuple[Id, str], ...]]:
    publicity = work.batches.publicity(batch.id)
    if publicity is None or not publicity.closed:
        raise RuleViolation("publicity_not_closed", "batch")
    slots = work.certificates.free_slots(scheme.code)
    upheld = work.batches.upheld_objections(batch.id)
    ready, blocked = [], []
    for enrolment in publicity.passed if wanted is None else wanted:
        if work.certificates.of_enrolment(enrolment) is not None:
            if wanted is not None:
                raise RuleViolation("certificate_already_issued", "enrolment")
            continue
        sheet = work.marks.sheet(enrolment)
        code = "objection_upheld" if sheet.person in upheld else _not_passed(sheet, publicity.passed)
        photo, given = work.candidates.photo(sheet.person), work.certificates.number_given(enrolment)
        by_province = scheme.number_source is NumberSource.PROVINCE
        enrolled = work.enrolments.get(enrolment)
        unpaid = scheme.fee and enrolled.payment not in SETTLED
        code = code or what_blocks(photo_required=scheme.photo_required, has_photo=photo is not None, unpaid=unpaid,
                                   number_awaited=by_province and given is None, has_slot=True)
        slot = None if code else next(slots, None)
        if slot is None:
            blocked.append((enrolment, code or work.certificates.why_no_slot(scheme.code)))
            continue
        number, face_date = (given.number, given.face_date) if by_province and given else (slot.number, work.today)
        who = work.candidates.get(sheet.person)
        drawn = tuple(one for one in work.candidates.glyphs(who.id) if one.character in who.identity.name)
        ready.append(_Ready(sheet, who, photo, number, face_date, slot.status, enrolled.job, drawn))
    return ready, tuple(blocked)


def _not_passed(sheet: MarkSheet, publicised: Sequence[Id]) -> str | None:
    if sheet.outcome() is not Outcome.PASS:
        return "not_passed"
    return None if sheet.enrolment in publicised else "not_publicised"


def _face(work: Work, scheme: Scheme, one: _Ready) -> CertificateFace:
    centre, who, level = work.centre, one.person.identity, one.sheet.level
    marks = _marks(one.sheet)
    return CertificateFace(
        number=one.number, name=who.name, latin_name=who.latin_name, document_kind=who.document_kind,
        document_number=who.document_number, scheme=scheme.code, title=scheme.title, body=centre.name,
        occupation=scheme.occupation, job=scheme.job(one.job) or Bilingual("--", "--"),
        level=level.level, level_name=level.name,
        scores=tuple(Score(s.zh, s.en, value) for s in level.subjects if (value := marks[s.code].value) is not None),
        qualities=tuple(marks[s.code].value or Decimal(0) for s in level.subjects) if scheme.qualities else (),
        issued=one.face_date, expires=_expires(one.face_date, scheme.validity_years),
        query_url=f"https://{centre.host}/")


def _marks(sheet: MarkSheet) -> Mapping[str, Mark]:
    return {s.code: mark for s in sheet.level.subjects if (mark := sheet.confirmed(s.code)) is not None}


def _expires(issued: date, years: int | None) -> date | None:
    """The same day so many years later; 29 February gives 28 February."""
    if years is None:
        return None
    try:
        return issued.replace(year=issued.year + years)
    except ValueError:
        return issued.replace(year=issued.year + years, day=28)


def _claims(work: Work, scheme: Scheme, one: _Ready, face: CertificateFace, tag: bytes, template: int) -> Claims:
    expires = None if face.expires is None else (face.expires - work.today).days * 86_400 + work.now // 1000
    return Claims(
        issued=work.now // 1000, expires=expires, number=face.number, name=face.name,
        latin_name=face.latin_name or None, scheme=scheme.code, level=face.level,
        marks=tuple(map(half_points, face.qualities)), id_tag=tag, status=one.status, template_version=template)


def half_points(mark: Decimal) -> Decimal:
    """The QR carries qualities in steps of a half; a quarter rounds up."""
    return (mark * 2).to_integral_value(ROUND_HALF_UP) / 2


def _id_tags(about: Sequence[tuple[str, bytes, str]], step: Step) -> list[bytes]:
    """Each costs 600,000 hashes on purpose; they release the interpreter, so threads share them out."""
    tags = []
    with ThreadPoolExecutor() as pool:
        for done, tag in enumerate(pool.map(lambda one: id_tag(*one), about), 1):
            tags.append(tag)
            step(done, 2 * len(about))
    return tags
