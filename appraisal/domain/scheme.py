"""Scheme 评价方案: what is examined, what passes, who may apply. Data files in resources/schemes say it."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any

import msgspec

from appraisal.domain.certificate import Bilingual
from appraisal.domain.errors import RuleViolation
from appraisal.domain.photo_rule import COMMON_PHOTO_RULE


class NumberSource(StrEnum):
    LEASE = "lease"        # the association's own numbers, from a signed block
    PROVINCE = "province"  # national skill-level numbers, given by the province, never invented


@dataclass(frozen=True, slots=True)
class Criterion:
    """One thing that judges score 评分项, out of 100."""

    code: str
    zh: str
    en: str
    weight: Decimal
    """Share in the subject's mark; they add up to 1."""


@dataclass(frozen=True, slots=True)
class Subject:
    code: str
    zh: str
    en: str
    pass_mark: Decimal
    weight: Decimal
    """Share in the weighted total; the weights of a level add up to 1."""
    judges: int = 0
    """How many score it, an odd number; 0: its marks are entered twice instead."""
    criteria: tuple[Criterion, ...] = ()
    spread: Decimal = Decimal(15)
    """Judges further apart than this score again 复评. Our default."""


@dataclass(frozen=True, slots=True)
class Material:
    """A paper that a candidate shows 报名材料."""

    code: str
    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Condition:
    """One way to be eligible 申报条件. `text` is what a roster says."""

    text: str
    prior_level: int | None = None
    """A certificate of this level is needed."""
    minimum_age: int | None = None
    materials: tuple[str, ...] = ()
    """Codes of the scheme's materials that prove it."""


@dataclass(frozen=True, slots=True)
class Level:
    name: Bilingual
    subjects: tuple[Subject, ...]
    level: int | None = None
    """1 (highest) to 5; None for a scheme without levels."""
    conditions: tuple[Condition, ...] = ()
    total_pass: Decimal | None = None
    """Least weighted total, where the scheme asks for one beside the subjects."""


@dataclass(frozen=True, slots=True)
class Scheme:
    code: str
    version: str
    name: Bilingual
    title: Bilingual
    """Printed name of the certificate."""
    occupation_code: str
    """Code in the 大典; empty for a programme."""
    occupation: Bilingual
    levels: tuple[Level, ...]
    number_source: NumberSource
    template: str
    photo_required: bool
    qualities: bool
    """The subjects are the seven qualities, drawn as a radar."""
    publicity_days: int
    """Working days; at least 5."""
    validity_years: int | None = None
    jobs: tuple[Bilingual, ...] = ()
    """工种 under the occupation."""
    photo_rule: str = COMMON_PHOTO_RULE
    """Name in resources/tables/photo_rules.toml."""
    materials: tuple[Material, ...] = ()
    fee: bool = False
    """A fee is asked: who has not paid may sit, and gets no certificate."""

    carry_months: int = 12
    """How long a subject that was passed counts at a retake, from one exam day to the other; 0: never. Our default."""
    province: str = ""
    """Two digits of GB/T 2260: where the scheme is at home. Empty: nobody comes from outside."""
    outside_share: Decimal = Decimal("0.2")
    """From more than this share of a batch outside the province on, its reviewer is told. Our default."""
    late_minutes: int = 30
    """Who comes later than this is not let in."""
    recheck_days: int = 5
    """Working days in which a re-check 复核 is answered. Our default."""

    def materials_for(self, level: int | None, condition: str) -> tuple[Material, ...]:
        """What proves this condition; of a condition that the scheme does not know, nothing is asked."""
        wanted = next((one.materials for one in self.at(level).conditions if one.text == condition), ())
        return tuple(one for one in self.materials if one.code in wanted)

    def job(self, name: str) -> Bilingual | None:
        """The job 工种 of this Chinese name; None for the occupation as a whole, where `name` is empty."""
        found = next((one for one in self.jobs if one.zh == name), None)
        if name and found is None:
            raise RuleViolation("job_not_in_scheme", "job", job=name, scheme=self.code)
        return found

    def at(self, level: int | None) -> Level:
        for one in self.levels:
            if one.level == level:
                return one
        raise RuleViolation("level_not_in_scheme", "level", level=str(level), scheme=self.code)


def scheme_from(data: Mapping[str, Any]) -> Scheme:
    """Raises msgspec.ValidationError for a bad file, ValueError where the weights do not add up to 1."""
    scheme = msgspec.convert(data, Scheme, strict=False)
    for level in scheme.levels:
        if sum((s.weight for s in level.subjects), Decimal(0)) != 1:
            raise ValueError(f"{scheme.code} level {level.level}: weights do not add up to 1")
        for subject in level.subjects:
            _check_judging(scheme.code, subject)
    known = {one.code for one in scheme.materials}
    for wanted in (one.materials for level in scheme.levels for one in level.conditions):
        if not known.issuperset(wanted):
            raise ValueError(f"{scheme.code}: unknown materials {sorted(set(wanted) - known)}")
    if scheme.publicity_days < 5:
        raise ValueError(f"{scheme.code}: publicity lasts five working days or more")
    return scheme


def _check_judging(scheme: str, subject: Subject) -> None:
    if subject.judges and (subject.judges % 2 == 0 or not subject.criteria):
        raise ValueError(f"{scheme} {subject.code}: an odd number of judges, and criteria for them")
    if subject.criteria and sum((one.weight for one in subject.criteria), Decimal(0)) != 1:
        raise ValueError(f"{scheme} {subject.code}: weights of the criteria do not add up to 1")
