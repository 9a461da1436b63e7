"""Texts set into their room: shrunk a little, then broken into lines, then shrunk until they fit. None is ever cut."""

from collections.abc import Callable, Iterator, Sequence

from appraisal.documents.fonts import FontBook
from appraisal.documents.pdf import POINTS_PER_MM, PdfFile
from appraisal.documents.templates import Style, Template, Text

SMALLEST = 3.0
"""Points; below this nobody reads."""
SHRINK = 0.96
Measure = Callable[[str], float]
"""Width of a text in ems."""


class Lettering:
    """Sets the texts of one template into one file."""

    def __init__(self, template: Template, fonts: FontBook, file: PdfFile) -> None:
        self._template, self._fonts, self._file = template, fonts, file
        self._height = template.page[1]
        self._colours = {name: template.colour(style.colour) for name, style in template.styles.items()}

    def set(self, text: Text, words: str) -> str:
        """Operators. Raises nothing: a text too long for its room at the smallest size sticks out."""
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
        share = {"left": 0.0, "centre": 0.5, "right": 1.0}[style.align]
        for number, line in enumerate(lines):
            left = text.x * POINTS_PER_MM - (share * measure(line) * size if share else 0.0)
            said.append(f"1 0 0 1 {left:.3f} {baseline - number * leading:.3f} Tm")
            said.append(self._file.show(line, style.family, size))
        if style.spacing:
            said.append("0 Tc")
        said.append("ET")
        return " ".join(said)

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
            lines = list(broken(words, room / size, measure))
            if len(lines) <= most_lines and all(measure(line) * size <= room for line in lines):
                return size, lines
            size *= SHRINK
    return max(room / wide, SMALLEST), (words,)


def broken(words: str, room: float, measure: Measure) -> Iterator[str]:
    """Lines not wider than `room` ems, broken at spaces or between Chinese characters; lines of about equal width."""
    parts = list(_parts(words))
    count = max(1, -(-measure(words) // room))
    while True:
        lines = list(_filled(parts, max(measure(words) / count * 1.02, 0.0), room, measure))
        if len(lines) <= count or count > len(parts):
            yield from lines
            return
        count += 1


def _filled(parts: Sequence[str], wished: float, room: float, measure: Measure) -> Iterator[str]:
    line = ""
    for part in parts:
        wide = measure((line + part).rstrip())
        if line and (wide > room or measure(line.rstrip()) >= wished):
            yield line.rstrip()
            line = ""
        line += part
    yield line.rstrip()


def _parts(words: str) -> Iterator[str]:
    """Pieces that may stand at the end of a line: a Chinese character with its punctuation, a word with its space."""
    part = ""
    for character in words:
        if part and _may_break(part[-1], character):
            yield part
            part = ""
        part += character
    yield part


def _may_break(before: str, after: str) -> bool:
    if after in "，。、；：）》”’·!,.;:) -":
        return False
    if before in "（《“‘(":
        return False
    return before in " ·-" or _han(before) or _han(after)


def _han(character: str) -> bool:
    return "\u2e80" <= character <= "\ufaff" or character >= "\uff00"
