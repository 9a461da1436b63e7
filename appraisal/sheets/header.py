"""Finds the header of a sheet by itself: below title rows, one or two rows deep, with merged cells."""

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from appraisal.domain.text import compact
from appraisal.sheets.grid import Grid

_NOISE = re.compile(r"[*＊()（）\[\]【】/、:：.．]")
SEARCHED_ROWS = 40
_FEWEST_COLUMNS = 2
LEFT_OUT = "left_out"
"""Field of a column that somebody wants left out; as many columns as one likes."""
KEPT = ""
"""Field of a column that is kept under its own word, though that is known."""


@dataclass(frozen=True, slots=True)
class Header:
    first: int
    """Row, from 0."""
    depth: int
    """1 or 2 rows."""
    fields: Mapping[int, str]
    """Column, from 0 -> field, or the header's own word where no field is known."""
    keys: Mapping[int, str]
    """Column -> what tells it from the sheet's other columns: the words above it, with a number from the second on."""
    words: frozenset[str]
    """Every word in it: how a header repeated at a page break is known again."""

    def column(self, name: str) -> int | None:
        return next((column for column, field in self.fields.items() if field == name), None)


def header_word(text: str) -> str:
    return _NOISE.sub("", compact(text))


def find_header(grid: Grid, columns: Mapping[str, str], needed: Collection[str]) -> Header | None:
    """`columns`: header word -> field. The best row that has all of `needed`, or None."""
    best: Header | None = None
    for row in range(min(len(grid.rows), SEARCHED_ROWS)):
        top = _words(grid, row)
        if len({columns[word] for word in top.values() if word in columns}) < _FEWEST_COLUMNS:
            continue
        for depth in (1, 2):
            header = header_at(grid, row, depth, columns)
            if set(needed) <= set(header.fields.values()) and (best is None or _known(header, columns) > _known(
                    best, columns)):
                best = header
        if best:
            return best
    return best


def find_same_header(grid: Grid, columns: Mapping[str, str], keys: Collection[str]) -> Header | None:
    """The first header with exactly these `keys` of columns, in whatever order."""
    wanted = frozenset(keys)
    return next((header for header in possible_headers(grid, columns) if wanted == frozenset(header.keys.values())),
                None)


def possible_headers(grid: Grid, columns: Mapping[str, str]) -> Iterator[Header]:
    for row in range(min(len(grid.rows), SEARCHED_ROWS)):
        for depth in (1, 2):
            yield header_at(grid, row, depth, columns)


def header_at(grid: Grid, row: int, depth: int, columns: Mapping[str, str]) -> Header:
    """The header that begins in this row, from 0, whatever stands there. `columns`: key or word -> field."""
    top = _words(grid, row)
    below = _words(grid, row + 1) if depth == 2 and row + 1 < len(grid.rows) else {}
    spread = _spread(grid, row, top) if depth == 2 else top
    fields: dict[int, str] = {}
    keys: dict[int, str] = {}
    seen: Counter[str] = Counter()
    for column in sorted(spread.keys() | below.keys()):
        over, under = spread.get(column, ""), below.get(column, "")
        word = over + under
        seen[word] += 1
        keys[column] = f"{word} {seen[word]}" if seen[word] > 1 else word
        known = next((columns[one] for one in (keys[column], word, under, over) if one in columns), KEPT)
        fields[column] = known if known == LEFT_OUT else _named(known, under or over, column, fields.values())
    return Header(row, depth, fields, keys, frozenset(top.values()) | frozenset(below.values()))


def _named(known: str, own: str, column: int, taken: Collection[str]) -> str:
    """No two columns of one name: the first has the field, the next its own word, with its number if need be."""
    name = known if known != KEPT and known not in taken else own
    return name if name not in taken else f"{name} {column + 1}"


def _known(header: Header, columns: Mapping[str, str]) -> int:
    return len(set(header.fields.values()) & set(columns.values()))


def _words(grid: Grid, row: int) -> dict[int, str]:
    found = {column: header_word(str(value)) for column, value in enumerate(grid.rows[row]) if value not in {None, ""}}
    return {column: word for column, word in found.items() if word}


def _spread(grid: Grid, row: int, top: Mapping[int, str]) -> dict[int, str]:
    """A merged header cell stands over all its columns."""
    wide = dict(top)
    for (first_row, first), (last_row, last) in grid.merged:
        if first_row <= row <= last_row and (first_row, first) == (row, first) and first in top:
            wide |= dict.fromkeys(range(first, last + 1), top[first])
    return wide
