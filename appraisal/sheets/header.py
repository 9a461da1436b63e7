"""Finds the header of a sheet by itself: below title rows, one or two rows deep, with merged cells."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from appraisal.domain.text import compact
from appraisal.sheets.grid import Grid

_NOISE = re.compile(r"[*＊()（）\[\]【】/、:：.．]")
_SEARCHED_ROWS = 40
_FEWEST_COLUMNS = 2


@dataclass(frozen=True, slots=True)
class Header:
    first: int
    """Row, from 0."""
    depth: int
    """1 or 2 rows."""
    fields: Mapping[int, str]
    """Column, from 0 -> field, or the header's own word where no field is known."""
    words: frozenset[str]
    """Every word in it: how a header repeated at a page break is known again."""

    def column(self, name: str) -> int | None:
        return next((column for column, field in self.fields.items() if field == name), None)


def header_word(text: str) -> str:
    return _NOISE.sub("", compact(text))


def find_header(grid: Grid, columns: Mapping[str, str], needed: Collection[str]) -> Header | None:
    """`columns`: header word -> field. The best row that has all of `needed`, or None."""
    best: Header | None = None
    for row in range(min(len(grid.rows), _SEARCHED_ROWS)):
        top = _words(grid, row)
        if len({columns[word] for word in top.values() if word in columns}) < _FEWEST_COLUMNS:
            continue
        for depth in (1, 2):
            header = _read(grid, row, depth, columns)
            if set(needed) <= set(header.fields.values()) and (best is None or _known(header, columns) > _known(
                    best, columns)):
                best = header
        if best:
            return best
    return best


def _known(header: Header, columns: Mapping[str, str]) -> int:
    return len(set(header.fields.values()) & set(columns.values()))


def _read(grid: Grid, row: int, depth: int, columns: Mapping[str, str]) -> Header:
    top = _words(grid, row)
    below = _words(grid, row + 1) if depth == 2 and row + 1 < len(grid.rows) else {}
    spread = _spread(grid, row, top) if depth == 2 else top
    fields: dict[int, str] = {}
    for column in sorted(spread.keys() | below.keys()):
        over, under = spread.get(column, ""), below.get(column, "")
        known = next((columns[word] for word in (over + under, under, over) if word in columns), "")
        name = known if known and known not in fields.values() else (under or over)
        fields[column] = name if name not in fields.values() else f"{name} {column + 1}"
    return Header(row, depth, fields, frozenset(top.values()) | frozenset(below.values()))


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
