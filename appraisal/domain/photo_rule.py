"""What a candidate's photo has to be: its size, weight and background. resources/tables/photo_rules.toml says it."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

import msgspec

from appraisal.domain.certificate import Bilingual
from appraisal.domain.errors import RuleViolation

COMMON_PHOTO_RULE = "one-inch"
"""Where no scheme names another."""


@dataclass(frozen=True, slots=True)
class HeadGuide:
    """Where a head should be, in pixels of the photo from its top; `width` is that of the face."""

    crown: int
    eyes: int
    chin: int
    width: int


@dataclass(frozen=True, slots=True)
class PhotoRule:
    """Sizes in pixels."""

    name: Bilingual
    width: int
    height: int
    width_mm: int
    height_mm: int
    dpi: int
    background: Literal["white", "any"]
    least_width: int
    """A narrower photo would be blurred on paper, and is refused."""
    least_bytes: int
    most_bytes: int
    head: HeadGuide
    aspect_tolerance: float = 0.03
    most_pixels: int = 40_000_000


@cache
def photo_rules() -> Mapping[str, PhotoRule]:
    text = (files("resources") / "tables" / "photo_rules.toml").read_text("utf-8")
    return msgspec.convert(tomllib.loads(text), dict[str, PhotoRule])


def photo_rule(name: str = COMMON_PHOTO_RULE) -> PhotoRule:
    """Raises RuleViolation photo_rule_unknown for one that this release does not have."""
    rule = photo_rules().get(name)
    if rule is None:
        raise RuleViolation("photo_rule_unknown", "photo", rule=name)
    return rule
