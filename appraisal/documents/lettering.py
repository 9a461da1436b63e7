"""Texts set into their room: shrunk a little, then broken into lines, then shrunk until they fit. None is ever cut."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from types import MappingProxyType

from appraisal.documents.fonts import FontBook
from appraisal.documents.glyph import glyph_path
from appraisal.documents.pdf import POINTS_PER_MM, PdfFile
from appraisal.documents.templates import Style, Template, Text

SMALLEST = 3.0
"""Points; below this nobody reads."""
SHRINK = 0.96
REMEMBERED = 2_000
"""Texts of a batch that come again: its title, dates, names of subjects, a mark."""
NOTHING_DRAWN: Mapping[str, bytes] = MappingProxyType({})
Measure = Callable[[str], float]
"""Width of a text in ems."""


class Lettering:
    """Sets the texts of one template into one file."""

    def __init__(self, template: Template, fonts: FontBook, file: PdfFile) -> None:
        self._template, self._fonts, self._file = template, fonts, file
        self._height = template.page[1]
        self._colours = {name: template.colour(style.colour) for name, style in template.styles.items()}
        self._remembered = lru_cache(REMEMBERED)(self._set)

    def set(self, text: Text, words: str, drawn: Mapping[str, bytes] = NOTHING_DRAWN) -> str:
        """Operators. `drawn`: pictures of the characters that no font has. Raises nothing: a text too long for its room
        at the smallest size sticks out."""
        pictures = tuple((one, drawn[one]) for one in drawn if one in words) if drawn else ()
        return self._remembered(text, words, pictures)

    def _set(self, text: Text, words: str, pictures: tuple[tuple[str, bytes], ...] = ()) -> str:
        style = self._template.styles[text.style]

        def measure(piece: str) -> float:
            return self._fonts.width(piece, style.family) + style.spacing * max(len(piece) - 1, 0)

        size, lines = fit(words, style, text.width * POINTS_PER_MM, text.lines, measure)
        leading = size * style.leading
        baseline = (self._height - text.y) * POINTS_PER_MM
        if text.centred:
            baseline += leading * (len(lines) - 1) / 2
        said = [f"BT {self._colours[text.style]} rg {self._colours[text.style]} RG"]
        if style.spacing:
            said.append(f"{style.spacing * size:.3f} Tc")
        drawings: list[str] = []
        share = {"left": 0.0, "centre": 0.5, "right": 1.0}[style.align]
        for number, line in enumerate(lines):
            left = text.x * POINTS_PER_MM - (share * measure(line) * size if share else 0.0)
            said.append(f"1 0 0 1 {left:.3f} {baseline - number * leading:.3f} Tm")
            said.append(self._shown(line, style.family, size, pictures))
            drawings += [glyph_path(picture, left + measure(line[:at] + "\u3000") * size - size,
                                    baseline - number * leading, size)
                         for one, picture in pictures for at, found in enumerate(line) if found == one]
        if style.spacing:
            said.append("0 Tc")
        said.append("ET")
        if drawings:
            said += [f"q {self._colours[text.style]} rg", *drawings, "Q"]
        return " ".join(said)

    def _shown(self, line: str, family: str, size: float, pictures: tuple[tuple[str, bytes], ...]) -> str:
        """A drawn character leaves its room free, and is in the text that is copied."""
        blank = line
        for one, _picture in pictures:
            blank = blank.replace(one, "\u3000")
        shown = self._file.show(blank, family, size)
        if blank == line:
            return shown
        return f"/Span <</ActualText <FEFF{line.encode('utf-16-be').hex().upper()}>>> BDC {shown} EMC"

    def at(self, x: float, y: float, words: str, style: str, width: float = 1000.0) -> str:
        return self.set(Text(words, x, y, width, style), words)


def fit(words: str, style: Style, room: float, most_lines: int, measure: Measure) -> tuple[float, Sequence[str]]:
    """(size, lines), both in points; `room` is the width of one line."""
    size, wide = style.size, measure(words)
    least = style.least or style.size
    if wide * size <= room:
        return size, (words,)
    if wide * least <= room:
        return room / wide, (words,)
    if most_lines > 1:
        size = least
        while size > SMALLEST:
            lines = broken(words, room / size, most_lines, measure)
            if len(lines) <= most_lines and all(measure(line) * size <= room for line in lines):
                return size, lines
            size *= SHRINK
    return max(room / wide, SMALLEST), (words,)


def broken(words: str, room: float, most: int, measure: Measure) -> Sequence[str]:
    """At most `most` lines if they can be had, none wider than `room` ems unless one word is; of about equal width.

    Breaks stand after spaces, middle dots and punctuation; only where that does not do, between any two characters.
    """
    wide, lines = measure(words), [words]
    for may_break in (_good_break, _may_break):
        parts = list(_parts(words, may_break))
        lines = list(_filled(parts, room, measure))
        if len(lines) <= most and all(measure(line) <= room for line in lines):
            for tenth in range(10):
                narrower = min(wide / len(lines) * (1 + tenth / 20), room)
                evened = list(_filled(parts, narrower, measure))
                if len(evened) == len(lines) and all(measure(line) <= room for line in evened):
                    return evened
            return lines
    return lines


def _filled(parts: Sequence[str], room: float, measure: Measure) -> Iterator[str]:
    line = ""
    for part in parts:
        if line and measure((line + part).rstrip()) > room + 1e-9:
            yield line.rstrip()
            line = ""
        line += part
    yield line.rstrip()


def _parts(words: str, may_break: Callable[[str, str], bool]) -> Iterator[str]:
    """Pieces that may stand at the end of a line."""
    part = ""
    for character in words:
        if part and may_break(part[-1], character):
            yield part
            part = ""
        part += character
    yield part


def _good_break(before: str, after: str) -> bool:
    return before in " ·-，。、；：" and _may_break(before, after)


def _may_break(before: str, after: str) -> bool:
    if after in "，。、；：）》”’·!,.;:) -" or before in "（《“‘(":
        return False
    return before in " ·-" or _han(before) or _han(after)


def _han(character: str) -> bool:
    return "\u2e80" <= character <= "\ufaff" or character >= "\uff00"
