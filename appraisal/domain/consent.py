"""Consent 同意: by purpose, recipient and text version; withdrawing is as easy as giving (PIPL art. 14-17, 23)."""

from dataclasses import dataclass
from enum import StrEnum

from appraisal.domain.events import Id, event


class Purpose(StrEnum):
    ASSOCIATION = "association"        # 向协会人才库提供
    PUBLICITY = "publicity"            # 公示姓名
    RECOMMENDATION = "recommendation"  # 岗位推荐


@event("consent.given")
@dataclass(frozen=True, slots=True)
class ConsentGiven:
    person: Id
    purpose: Purpose
    recipient: str
    text_version: str
    """Which text was agreed to, `2026-11`."""
    means: str
    """`screen`, `paper`, or `organisation` (the signed sheets are with the organisation that sent the roster)."""


@event("consent.withdrawn")
@dataclass(frozen=True, slots=True)
class ConsentWithdrawn:
    person: Id
    purpose: Purpose
