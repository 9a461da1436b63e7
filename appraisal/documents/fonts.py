"""The fonts that documents are set in, and which of them draws a character: a missing one falls back, one by one."""

from collections.abc import Mapping, Sequence
from importlib.resources import files
from pathlib import Path
from threading import RLock

from appraisal.documents.typeface import CopyableFont

FAMILIES: Mapping[str, tuple[str, ...]] = {
    "serif": ("NotoSerifSC-Regular", "RareHanExt-Regular"),
    "serif-bold": ("NotoSerifSC-Bold", "RareHanExt-Regular"),
    "sans": ("NotoSansSC-Regular", "RareHanExt-Regular"),
    "sans-bold": ("NotoSansSC-Bold", "RareHanExt-Regular"),
}
"""In the order in which they are asked. The rare characters exist in one weight only."""


def shipped_fonts() -> Path:
    return Path(str(files("resources") / "fonts"))


class FontBook:
    """Built once and passed in; a font is opened when the first character is asked of it.

    `lock` is held by whoever draws a document: ReportLab's fonts have one reading position each.
    """

    def __init__(self, folder: Path) -> None:
        self.lock = RLock()
        self._folder = folder
        self._fonts: dict[str, CopyableFont] = {}
        self._drawn: dict[tuple[str, str], tuple[str, float] | None] = {}

    def font(self, name: str) -> CopyableFont:
        with self.lock:
            if name not in self._fonts:
                self._fonts[name] = CopyableFont(name, self._folder / f"{name}.ttf")
            return self._fonts[name]

    def runs(self, text: str, family: str) -> Sequence[tuple[str, str]]:
        """(font, piece of text) in order. A character that no font has is given to the first."""
        pieces: list[tuple[str, str]] = []
        for character in text:
            found = self._drawing(character, family)
            name = found[0] if found else FAMILIES[family][0]
            if pieces and pieces[-1][0] == name:
                pieces[-1] = (name, pieces[-1][1] + character)
            else:
                pieces.append((name, character))
        return pieces

    def width(self, text: str, family: str) -> float:
        """In ems."""
        total = 0.0
        for character in text:
            found = self._drawing(character, family)
            total += found[1] if found else 1.0
        return total

    def missing(self, text: str, family: str = "serif") -> tuple[str, ...]:
        """Characters that no font of the family has, each once."""
        return tuple(dict.fromkeys(one for one in text if self._drawing(one, family) is None))

    def can_draw(self, character: str, family: str = "serif") -> bool:
        return self._drawing(character, family) is not None

    def _drawing(self, character: str, family: str) -> tuple[str, float] | None:
        """The font and the advance in ems."""
        key = (family, character)
        if key not in self._drawn:
            self._drawn[key] = self._find(character, FAMILIES[family])
        return self._drawn[key]

    def _find(self, character: str, names: Sequence[str]) -> tuple[str, float] | None:
        code = ord(character)
        for name in names:
            face = self.font(name).face
            if code in face.charToGlyph:
                return name, face.getCharWidth(code) / 1000
        return None
