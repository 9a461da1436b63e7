"""A registrar gives the picture of a character that no shipped font has, for one person's name."""

from dataclasses import dataclass

from appraisal.documents.glyph import glyph_picture
from appraisal.domain.errors import RuleViolation
from appraisal.domain.events import Id
from appraisal.domain.glyph import Glyph, GlyphDrawn
from appraisal.domain.operator import Role
from appraisal.usecases.ports import Desk


@dataclass(frozen=True, slots=True)
class DrawGlyph:
    person: Id
    character: str
    picture: bytes
    """An image file of any common kind, dark on light."""
    operator: Id


def draw_glyph(command: DrawGlyph, desk: Desk) -> None:
    """Certificates issued from now on are printed with it. Raises RuleViolation glyph_not_in_name, glyph_unreadable,
    glyph_empty, glyph_too_small."""
    picture = glyph_picture(command.picture)
    with desk.work(command.operator) as work:
        work.operator.require(Role.REGISTRAR)
        if len(command.character) != 1 or command.character not in work.candidates.get(command.person).identity.name:
            raise RuleViolation("glyph_not_in_name", "character", character=command.character)
        work.record(GlyphDrawn(command.person, Glyph(command.character, picture)))
