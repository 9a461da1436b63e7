"""Certificate 证书: a frozen snapshot. Editing a candidate or a template never changes one issued."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from appraisal.domain.events import Id, event
from appraisal.domain.glyph import Glyph


class CertificateState(StrEnum):
    ISSUED = "issued"
    REVOKED = "revoked"
    SUSPENDED = "suspended"
    """By the association's status list, until it is reinstated; a desk itself does not suspend."""
    REPLACED = "replaced"
    """By the association's status list."""


@dataclass(frozen=True, slots=True)
class Score:
    """One printed mark: the subject or quality in both languages, and its mark out of 100."""

    zh: str
    en: str
    mark: Decimal


@dataclass(frozen=True, slots=True)
class Bilingual:
    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class CertificateFace:
    """Everything that one certificate prints, except its QR, its photo and its template.

    Source of the fields of a skill-level certificate: 人社鉴发〔2021〕1号.
    """

    number: str
    name: str
    latin_name: str
    document_kind: str
    document_number: str
    scheme: str
    title: Bilingual
    """证书名称 as printed, e.g. 职业技能等级证书 / Certificate of Occupational Skill Level."""
    body: Bilingual
    """The appraisal body 评价机构 by its filed name."""
    occupation: Bilingual
    """职业名称; for a programme without occupations, the programme's name."""
    job: Bilingual
    """工种/职业方向; `--` when there is none."""
    level: int | None
    level_name: Bilingual
    """三级/高级工, Level 3 / Senior; empty for a scheme without levels."""
    scores: tuple[Score, ...]
    qualities: tuple[Decimal, ...]
    """The seven qualities out of 100 in the scheme's order; empty where the scheme has none."""
    issued: date
    expires: date | None
    query_url: str


@event("certificate.issued", sealed=("face",))
@dataclass(frozen=True, slots=True)
class CertificateIssued:
    certificate: Id
    enrolment: Id
    person: Id
    number: str
    scheme: str
    batch: Id
    template: str
    """Name and content hash of the template, `skill-level@3f9a…`."""
    photo: str | None
    """Attachment id of the photo as printed."""
    cose: bytes
    """The signed SKC1 envelope that the QR carries."""
    status: tuple[int, int] | None
    """Status list and index."""
    face: CertificateFace


@event("certificate.drawn", sealed=("glyphs",))
@dataclass(frozen=True, slots=True)
class CertificateDrawn:
    """Beside the issue of a certificate whose name has characters that no font has: how they were printed."""

    certificate: Id
    person: Id
    glyphs: tuple[Glyph, ...]


@event("certificate.revoked")
@dataclass(frozen=True, slots=True)
class CertificateRevoked:
    """Revoked for good; the journal has the reason."""

    certificate: Id
    person: Id
    approved_by: Id


def what_blocks(*, photo_required: bool, has_photo: bool, unpaid: bool, number_awaited: bool, has_slot: bool,
                ) -> str | None:
    """Code of what is in the way of issuing; None where nothing is."""
    if photo_required and not has_photo:
        return "photo_missing"
    if unpaid:
        return "payment_outstanding"
    if number_awaited:
        return "national_number_missing"
    return None if has_slot else "lease_used_up"
