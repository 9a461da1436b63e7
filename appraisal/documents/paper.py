"""Sheets of paper drawn in millimetres from their top left corner: text, lines, boxes, photos, bar codes."""

import io
import string
from collections.abc import Mapping, Sequence
from typing import BinaryIO

from PIL import Image
from reportlab.graphics.barcode.code128 import Code128

from appraisal.documents.fonts import FontBook
from appraisal.documents.glyph import glyph_path
from appraisal.documents.lettering import NOTHING_DRAWN
from appraisal.documents.pdf import POINTS_PER_MM, PdfFile

A4 = (210.0, 297.0)
A4_ACROSS = (297.0, 210.0)
SANS, BOLD = "sans", "sans-bold"
SHARE = {"left": 0.0, "centre": 0.5, "right": 1.0}
_BREAK_AFTER = " -/，、；"


class Paper:
    """A PDF that is being drawn, a page at a time. The fonts' lock must be held."""

    def __init__(self, title: str, fonts: FontBook, size: tuple[float, float] = A4) -> None:
        """`size`: width and height of the pages to come."""
        self._fonts, self._file = fonts, PdfFile(title, fonts)
        self.size = size
        self._said: list[str] = []
        self._uses: list[str] = []
        self._pictures = 0

    def text(self, x: float, y: float, words: str, size: float = 9, *, family: str = SANS, align: str = "left",
             drawn: Mapping[str, bytes] = NOTHING_DRAWN, grey: float = 0) -> None:
        """`y`: of the baseline. `size` in points. `drawn`: pictures of characters that no font has."""
        if not words:
            return
        left = x * POINTS_PER_MM - SHARE[align] * self._fonts.width(words, family) * size
        low = self._up(y)
        blank = words
        for one, picture in drawn.items():
            for at, found in enumerate(words):
                if found == one:
                    before = self._fonts.width(words[:at].replace(one, "\u3000"), family) * size
                    self._said.append(f"q {grey:g} g {glyph_path(picture, left + before, low, size)} Q")
            blank = blank.replace(one, "\u3000")
        shown = self._file.show(blank, family, size)
        self._said.append(f"BT {grey:g} g {grey:g} G 1 0 0 1 {left:.2f} {low:.2f} Tm {shown} ET")

    def line(self, x1: float, y1: float, x2: float, y2: float, width: float = 0.2) -> None:
        """`width` in mm."""
        self._said.append(f"0 G {width * POINTS_PER_MM:.2f} w {x1 * POINTS_PER_MM:.2f} {self._up(y1):.2f} m "
                          f"{x2 * POINTS_PER_MM:.2f} {self._up(y2):.2f} l S")

    def box(self, x: float, y: float, width: float, height: float, *, line: float = 0.2,
            grey: float | None = None) -> None:
        """From its upper left corner; `grey` fills it, and `line` 0 leaves the edge away."""
        path = (f"{x * POINTS_PER_MM:.2f} {self._up(y + height):.2f} {width * POINTS_PER_MM:.2f} "
                f"{height * POINTS_PER_MM:.2f} re")
        if grey is not None:
            self._said.append(f"q {grey:g} g {path} f Q")
        if line:
            self._said.append(f"0 G {line * POINTS_PER_MM:.2f} w {path} S")

    def strokes(self, x: float, y: float, width: float, height: float, drawn: str) -> None:
        """A signature as it was drawn, in a field of 1000 by 300."""
        scale = min(width / 1000, height / 300)
        for stroke in filter(None, drawn.split(";")):
            points = [tuple(map(float, one.split(","))) for one in stroke.split()]
            path = " ".join(f"{(x + px * scale) * POINTS_PER_MM:.2f} {self._up(y + py * scale):.2f} {'ml'[at > 0]}"
                            for at, (px, py) in enumerate(points))
            self._said.append(f"q 0 G 1 J 1 j 1 w {path} S Q")

    def photo(self, x: float, y: float, width: float, height: float, jpeg: bytes | None) -> None:
        """Whole, in its own proportions; an empty frame where there is none."""
        if jpeg is not None:
            self._pictures += 1
            name = f"Photo{self._pictures}"
            with Image.open(io.BytesIO(jpeg), formats=("JPEG",)) as image:
                self._file.jpeg(name, jpeg, *image.size, len(image.getbands()))
                scale = min(width / image.width, height / image.height)
                wide, high = image.width * scale, image.height * scale
            self._uses.append(name)
            left, low = x + (width - wide) / 2, y + (height + high) / 2
            self._said.append(f"q {wide * POINTS_PER_MM:.2f} 0 0 {high * POINTS_PER_MM:.2f} "
                              f"{left * POINTS_PER_MM:.2f} {self._up(low):.2f} cm /{name} Do Q")
        self.box(x, y, width, height)

    def bar_code(self, x: float, y: float, width: float, height: float, code: str) -> None:
        """Code 128 (ISO/IEC 15417), of digits and capitals, with a quiet zone within `width`."""
        drawing = Code128(code)
        drawing.validate()
        drawing.encode()
        drawing.decompose()
        runs = [(one in string.ascii_uppercase, ord(one.lower()) - ord("a") + 1) for one in drawing.decomposed]
        unit = width / (sum(wide for _, wide in runs) + 20)
        at = x + 10 * unit
        for black, wide in runs:
            if black:
                self.box(at, y, wide * unit, height, line=0, grey=0)
            at += wide * unit

    def wrapped(self, words: str, width: float, size: float, family: str = SANS) -> Sequence[str]:
        """Lines of at most `width` mm, broken after spaces and marks where that helps, else anywhere."""
        room, lines = width * POINTS_PER_MM / size, []
        for paragraph in words.split("\n"):
            rest = paragraph
            while rest:
                count = self._fits(rest, room, family)
                if count < len(rest):
                    good = max(map(rest[:count].rfind, _BREAK_AFTER)) + 1
                    around = rest[count - 1:count + 1]
                    least = 0 if around.isascii() and around.isalnum() else count // 2  # no word is parted for nothing
                    count = good if good > least else count
                lines.append(rest[:count].rstrip())
                rest = rest[count:].lstrip()
        return lines or [""]

    def width(self, words: str, size: float, family: str = SANS) -> float:
        """mm."""
        return self._fonts.width(words, family) * size / POINTS_PER_MM

    def shrunk(self, words: str, width: float, size: float, family: str = SANS) -> float:
        """The size, at most `size`, at which it fits on one line."""
        wide = self.width(words, size, family)
        return size if wide <= width else size * width / wide

    def end_page(self) -> None:
        width, height = (side * POINTS_PER_MM for side in self.size)
        self._file.page("\n".join(self._said), width, height, self._uses)
        self._said, self._uses = [], []

    def write(self, out: BinaryIO) -> None:
        self._file.write(out)

    def _up(self, y: float) -> float:
        return (self.size[1] - y) * POINTS_PER_MM

    def _fits(self, words: str, room: float, family: str) -> int:
        """How many characters; one at least."""
        wide = 0.0
        for count, character in enumerate(words):
            wide += self._fonts.width(character, family)
            if wide > room + 1e-6 and count:
                return count
        return len(words)
