"""The fonts that documents are set in, and which of them draws a character: a missing one falls back, one by one."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from threading import RLock

from appraisal.documents.typeface import CopyableFont

FAMILIES: Mapping[str, tuple[str, ...]] = {
    "serif": ("NotoSerifSC-Regular", "RareHanExt-Regular", "NotoSansSC-Regular"),
    "serif-bold": ("NotoSerifSC-Bold", "RareHanExt-Regular", "NotoSansSC-Bold"),
    "sans": ("NotoSansSC-Regular", "RareHanExt-Regular", "NotoSerifSC-Regular"),
    "sans-bold": ("NotoSansSC-Bold", "RareHanExt-Regular", "NotoSerifSC-Bold"),
}
"""In the order in which they are asked. The rare characters exist in one weight only; a few of Ext G are in one of the
two Noto families only, and a name in the other style is better than a person without a certificate."""


def shipped_fonts() -> Path:
    return Path(str(files("resources") / "fonts"))


@dataclass(frozen=True, slots=True)
class Drawing:
    """How a character is drawn."""

    font: str
    advance: float
    """In ems."""
    missing: bool = False
    """No font of the family has it; `font` is the first."""


class _Drawings(dict[str, Drawing]):
    """Character -> drawing in one family; asked of the fonts at first need."""

    def __init__(self, names: Sequence[str], font: Callable[[str], CopyableFont]) -> None:
        super().__init__()
        self._names, self._font = names, font

    def __missing__(self, character: str) -> Drawing:
        found = self[character] = self._find(ord(character))
        return found

    def _find(self, code: int) -> Drawing:
        for name in self._names:
            face = self._font(name).face
            if code in face.charToGlyph:
                return Drawing(name, face.getCharWidth(code) / 1000)
        return Drawing(self._names[0], 1.0, missing=True)


class FontBook:
    """Built once and passed in; a font is opened when the first character is asked of it.

    `lock` is held by whoever draws a document: ReportLab's fonts have one reading position each.
    """

    def __init__(self, folder: Path) -> None:
        self.lock = RLock()
        self._folder = folder
        self._fonts: dict[str, CopyableFont] = {}
        self._drawings = {family: _Drawings(names, self.font) for family, names in FAMILIES.items()}

    def font(self, name: str) -> CopyableFont:
        with self.lock:
            if name not in self._fonts:
                self._fonts[name] = CopyableFont(name, self._folder / f"{name}.ttf")
            return self._fonts[name]

    def runs(self, text: str, family: str) -> Sequence[tuple[str, str]]:
        """(font, piece of text) in order. A character that no font has is given to the first."""
        drawings = self._drawings[family]
        fonts = [drawings[character].font for character in text]
        if len(set(fonts)) == 1:
            return [(fonts[0], text)]
        return [(name, "".join(character for _, character in piece))
                for name, piece in groupby(zip(fonts, text, strict=True), itemgetter(0))]

    def width(self, text: str, family: str) -> float:
        """In ems."""
        drawings = self._drawings[family]
        return sum([drawings[character].advance for character in text])

    def missing(self, text: str, family: str = "serif") -> tuple[str, ...]:
        """Characters that no font of the family has, each once."""
        drawings = self._drawings[family]
        return tuple(dict.fromkeys([one for one in text if drawings[one].missing]))

    def can_draw(self, character: str, family: str = "serif") -> bool:
        return not self._drawings[family][character].missing
