"""Candidate 考生: who a person is, how to reach them, where they come from."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, get_type_hints

import msgspec

from appraisal.domain.errors import RuleViolation
from appraisal.domain.events import Id, event
from appraisal.domain.identity import DocumentKind
from appraisal.domain.regions import Regions


@dataclass(frozen=True, slots=True)
class Identity:
    name: str
    latin_name: str
    document_kind: str
    document_number: str
    sex: str | None = None
    """M or F; derived where the document says it."""
    birth: date | None = None
    nationality: str = "CHN"
    """ISO 3166-1 alpha-3."""


@dataclass(frozen=True, slots=True)
class Contact:
    phone: str = ""
    email: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class Background:
    ethnicity: str = ""
    education: str = ""
    employer: str = ""
    prior_level: int | None = None
    prior_certificate: str = ""
    extra: dict[str, str] = field(default_factory=dict)
    """Columns of a roster that no rule reads, kept under their own headers."""


@dataclass(frozen=True, slots=True)
class Person:
    id: Id
    identity: Identity
    contact: Contact
    background: Background


GUARDED_AGE = 14
"""Full years below which a guardian consents (PIPL art. 31)."""
GUARDIAN = ("guardian_name", "guardian_relation", "guardian_phone")
"""Fields of `extra`: the guardian 监护人."""
PROGRAMME = ("cohort", "referral", "nomination")
"""Fields of `extra`: cohort 订单班, talent ambassador 人才大使 who referred them, public nomination 公荐."""
REGION = "region"
"""Field of `extra`: the home region 户籍所在地, a code of GB/T 2260."""


def age(birth: date, on: date) -> int:
    """Full years; somebody born on 29 February has a birthday on 1 March in other years."""
    return on.year - birth.year - ((on.month, on.day) < (birth.month, birth.day))


def home_province(document_kind: str, document_number: str, extra: Mapping[str, str], regions: Regions) -> str:
    """Two digits of GB/T 2260: of the home region, or what a roster says of it, else of where the resident's number was
    given. Empty for whoever has no home in the table."""
    number = document_number if document_kind == DocumentKind.RESIDENT_ID else ""
    told = (regions.find(extra.get(name, "")) for name in (REGION, "household", "province"))
    return next((one for one in told if one), number)[:2]


def guardian_lacking(person: Person, on: date) -> str | None:
    """The first field without which this person cannot consent on this day; None: they may."""
    birth = person.identity.birth
    if birth is None or age(birth, on) >= GUARDED_AGE:
        return None
    return next((name for name in GUARDIAN if not person.background.extra.get(name)), None)


@dataclass(frozen=True, slots=True)
class Change:
    """`field` is `identity.name` and the like; before and after as plain values."""

    field: str
    before: str | int | dict[str, str] | None
    after: str | int | dict[str, str] | None


@event("candidate.registered", sealed=("identity", "contact", "background"))
@dataclass(frozen=True, slots=True)
class CandidateRegistered:
    person: Id
    identity: Identity
    contact: Contact
    background: Background


@event("candidate.corrected", sealed=("changes",))
@dataclass(frozen=True, slots=True)
class CandidateCorrected:
    person: Id
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class FurtherDocument:
    """Beside the one of the person's identity: a passport beside a residence permit, or one that was renewed."""

    kind: str
    number: str
    nationality: str
    """ISO 3166-1 alpha-3."""
    current: bool = True
    """False: renewed or given up. It finds the person all the same."""


@event("document.recorded", sealed=("document",))
@dataclass(frozen=True, slots=True)
class DocumentRecorded:
    person: Id
    document: FurtherDocument


@event("candidate.linked")
@dataclass(frozen=True, slots=True)
class CandidateLinked:
    """Two records are one person's. Nothing is moved: the link says so, and the next one may take it back."""

    person: Id
    """The record that was made later."""
    same_as: Id | None
    """The earlier; None: a person of their own again."""


@event("candidate.told_apart")
@dataclass(frozen=True, slots=True)
class CandidateToldApart:
    """Same name and birth date, and not the same person: the question is not asked again."""

    person: Id
    other: Id


@event("photo.attached")
@dataclass(frozen=True, slots=True)
class PhotoAttached:
    person: Id
    attachment: str
    """SHA-256 of the sealed picture, in hexadecimal."""


_PARTS: dict[str, type[Identity | Contact | Background]] = {
    "identity": Identity, "contact": Contact, "background": Background}
_FIELDS: dict[str, Any] = {
    f"{part}.{name}": kind for part, cls in _PARTS.items() for name, kind in get_type_hints(cls).items()}


def differences(old: Person, new: Person) -> tuple[Change, ...]:
    found = []
    for part in _PARTS:
        if (was := getattr(old, part)) != (now := getattr(new, part)):
            before, after = msgspec.to_builtins(was), msgspec.to_builtins(now)
            found += [Change(f"{part}.{name}", before[name], after[name])
                      for name in before if before[name] != after[name]]
    return tuple(found)


def corrected(changes: Iterable[Change]) -> dict[str, Any]:
    """What each changed field holds afterwards, by its name, which is one person's field only. Raises RuleViolation
    for a field that a person does not have, msgspec.ValidationError for a value of another type."""
    after = {}
    for change in changes:
        if change.field not in _FIELDS:
            raise RuleViolation("unknown_field", change.field, name=change.field)
        after[change.field.partition(".")[2]] = msgspec.convert(change.after, _FIELDS[change.field])
    return after
