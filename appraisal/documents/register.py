"""Registers 表册 on paper: one table in sections, its head on every page, room to sign and stamp, and a foot that says
which form it is, when it was made, a digest of what it says, and page x of y."""

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256

import msgspec

from appraisal.documents.fonts import FontBook
from appraisal.documents.paper import A4, A4_ACROSS, BOLD, SANS, Paper
from appraisal.documents.register_words import Words

MARGIN, HEAD, FOOT = 14.0, 9.0, 12.0
"""mm: around the page, of the table's head at least, of the foot."""
TEXT, LINE, PADDING = 8.5, 4.1, 1.2
"""Points; mm a line; mm within a cell."""
SIGNING = 26.0
"""mm that signatures and stamp take."""


@dataclass(frozen=True, slots=True)
class Column:
    title: str
    width: float
    """Share of the table's width."""
    align: str = "left"


@dataclass(frozen=True, slots=True)
class Section:
    """Begins a page of its own."""

    about: tuple[tuple[str, str], ...]
    """Label and value, above the table."""
    rows: tuple[tuple[str, ...], ...]
    notes: tuple[str, ...] = ()
    """Below the table."""


@dataclass(frozen=True, slots=True)
class Register:
    form: str
    """Its number, as `AD-03`."""
    title: str
    body: str
    """Whose it is: the centre."""
    columns: tuple[Column, ...]
    sections: tuple[Section, ...]
    signatures: tuple[str, ...] = ()
    stamp: str = ""
    across: bool = False
    row_height: float = 0.0
    """mm, at least: room to write in."""
    drawn: Mapping[str, bytes] = field(default_factory=dict)
    """Pictures of characters that no font has."""

    def digest(self) -> str:
        """SHA-256 of what it says, in hexadecimal: form, title, heads and sections as JSON with sorted keys. The same
        data give the same digest, whenever and wherever it is printed."""
        said = {"form": self.form, "title": self.title, "body": self.body,
                "heads": [column.title for column in self.columns],
                "sections": [[one.about, one.rows, one.notes] for one in self.sections]}
        return sha256(msgspec.json.encode(said, order="deterministic")).hexdigest()


@dataclass(frozen=True, slots=True)
class _Row:
    cells: tuple[Sequence[str], ...]
    height: float


@dataclass(frozen=True, slots=True)
class _Page:
    section: Section
    rows: tuple[_Row, ...]
    first: bool
    last: bool


def draw_register(register: Register, made: str, words: Words, fonts: FontBook) -> bytes:
    """`made`: the moment, in words."""
    with fonts.lock:
        paper = Paper(register.title, fonts, A4_ACROSS if register.across else A4)
        pages = [page for section in register.sections for page in _pages(register, section, paper, words)]
        for number, page in enumerate(pages, 1):
            _draw(register, page, paper, words)
            _foot(paper, register, made, words("page", number=number, count=len(pages)))
            paper.end_page()
        out = io.BytesIO()
        paper.write(out)
    return out.getvalue()


def _widths(register: Register, paper: Paper) -> list[float]:
    shares = sum(column.width for column in register.columns)
    return [column.width / shares * (paper.size[0] - 2 * MARGIN) for column in register.columns]


def _pages(register: Register, section: Section, paper: Paper, words: Words) -> Sequence[_Page]:
    widths = _widths(register, paper)
    rows = [_row(cells, widths, register.row_height, paper) for cells in section.rows]
    bottom = paper.size[1] - MARGIN - FOOT
    after = SIGNING * bool(register.signatures or register.stamp) + LINE * (len(section.notes) + bool(section.notes))
    pages: list[tuple[_Row, ...]] = []
    taken: list[_Row] = []
    top = free = bottom - _top(section, paper, words) - _head(register, widths, paper)
    for at, row in enumerate(rows):
        needed = row.height + (after if at == len(rows) - 1 else 0)
        if taken and needed > free:
            pages.append(tuple(taken))
            taken, free = [], top
        taken.append(row)
        free -= row.height
    pages.append(tuple(taken))
    return [_Page(section, those, at == 0, at == len(pages) - 1) for at, those in enumerate(pages)]


def _row(cells: Sequence[str], widths: Sequence[float], least: float, paper: Paper) -> _Row:
    lines = tuple(paper.wrapped(cell, width - 2 * PADDING, TEXT) for cell, width in zip(cells, widths, strict=True))
    return _Row(lines, max(least, LINE * max(map(len, lines)) + 2 * PADDING))


def _top(section: Section, paper: Paper, words: Words) -> float:
    return MARGIN + 16 + LINE * 1.3 * len(_about_lines(section, paper, words)) + 2


def _about_lines(section: Section, paper: Paper, words: Words) -> Sequence[str]:
    """No label stands apart from its value, unless one alone is too long for a line."""
    lines: list[str] = []
    for name, value in section.about:
        said = f"{name}{words.colon}{value}"
        together = f"{lines[-1]}      {said}" if lines else said
        if lines and len(paper.wrapped(together, paper.size[0] - 2 * MARGIN, TEXT + 0.5)) == 1:
            lines[-1] = together
        else:
            lines += paper.wrapped(said, paper.size[0] - 2 * MARGIN, TEXT + 0.5)
    return lines


def _head(register: Register, widths: Sequence[float], paper: Paper) -> float:
    lines = max(len(paper.wrapped(column.title, width - 2 * PADDING, _head_size(column, width, paper), BOLD))
                for column, width in zip(register.columns, widths, strict=True))
    return max(HEAD, LINE * lines + 2 * PADDING)


def _head_size(column: Column, width: float, paper: Paper) -> float:
    """Points at which its longest word is not parted; Chinese parts anywhere."""
    longest = max((word for word in column.title.split() if word.isascii()), key=len, default="")
    return paper.shrunk(longest, width - 2 * PADDING, TEXT, BOLD)


def _draw(register: Register, page: _Page, paper: Paper, words: Words) -> None:
    middle, widths = paper.size[0] / 2, _widths(register, paper)
    paper.text(middle, MARGIN + 3, register.body, 9.5, align="centre", drawn=register.drawn)
    paper.text(middle, MARGIN + 11, register.title, 15, family=BOLD, align="centre")
    y = MARGIN + 18
    for line in _about_lines(page.section, paper, words):
        paper.text(MARGIN, y, line, TEXT + 0.5, drawn=register.drawn)
        y += LINE * 1.3
    y = top = _top(page.section, paper, words)
    head = _head(register, widths, paper)
    paper.box(MARGIN, y, sum(widths), head, line=0, grey=0.92)
    sizes = [_head_size(column, width, paper) for column, width in zip(register.columns, widths, strict=True)]
    titles = tuple(paper.wrapped(column.title, width - 2 * PADDING, size, BOLD)
                   for column, width, size in zip(register.columns, widths, sizes, strict=True))
    y = _cells(register, _Row(titles, head), y, widths, paper, sizes)
    for row in page.rows:
        y = _cells(register, row, y, widths, paper)
    paper.box(MARGIN, top, sum(widths), y - top, line=0.4)
    if page.last:
        _after(register, page.section, y, paper, words)


def _cells(register: Register, row: _Row, y: float, widths: Sequence[float], paper: Paper,
           head_sizes: Sequence[float] = ()) -> float:
    """`head_sizes`: of the head's titles; empty for a row of data."""
    x, family = MARGIN, BOLD if head_sizes else SANS
    for place, (lines, width, column) in enumerate(zip(row.cells, widths, register.columns, strict=True)):
        align, size = ("centre", head_sizes[place]) if head_sizes else (column.align, TEXT)
        at = x + {"left": PADDING, "centre": width / 2, "right": width - PADDING}[align]
        top = y + (row.height - LINE * len(lines)) / 2 + LINE * 0.76
        for number, line in enumerate(lines):
            paper.text(at, top + number * LINE, line, size, family=family, align=align, drawn=register.drawn)
        paper.box(x, y, width, row.height, line=0.15)
        x += width
    return y + row.height


def _after(register: Register, section: Section, y: float, paper: Paper, words: Words) -> None:
    y += LINE * bool(section.notes)
    for note in section.notes:
        y += LINE
        paper.text(MARGIN, y, note, TEXT - 0.5)
    places = [*register.signatures, *filter(None, [register.stamp])]
    width = (paper.size[0] - 2 * MARGIN) / max(len(places), 1)
    for number, place in enumerate(places):
        x = MARGIN + number * width
        if place == register.stamp:
            paper.text(x, y + 12, place, TEXT + 0.5)
        else:
            said = f"{place}{words.colon}"
            paper.text(x, y + 12, said, TEXT + 0.5)
            paper.line(x + paper.width(said, TEXT + 0.5) + 1, y + 12.6, x + width - 6, y + 12.6)


def _foot(paper: Paper, register: Register, made: str, page: str) -> None:
    y = paper.size[1] - MARGIN + 2
    paper.line(MARGIN, y - 4, paper.size[0] - MARGIN, y - 4, 0.1)
    paper.text(MARGIN, y, f"{register.form}   {made}   SHA-256 {register.digest()[:16]}", 7, grey=0.35)
    paper.text(paper.size[0] - MARGIN, y, page, 7, align="right", grey=0.35)
