"""A glyph picture 字形图片: how a character of somebody's name looks that no shipped font has."""

from dataclasses import dataclass

from appraisal.domain.events import Id, event

SIDE = 256
"""Pixels of the square that a picture fills: 650 dots an inch in a name of ten millimetres."""


@dataclass(frozen=True, slots=True)
class Glyph:
    character: str
    picture: bytes
    """PNG of SIDE × SIDE pixels, black on white, nothing between."""


@event("glyph.drawn", sealed=("glyph",))
@dataclass(frozen=True, slots=True)
class GlyphDrawn:
    """Of one person's name: another's may look otherwise. The last of a character counts."""

    person: Id
    glyph: Glyph
