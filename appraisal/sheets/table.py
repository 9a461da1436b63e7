"""The rows of a sheet under its header, by field, and which of them are no data at all."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from appraisal.domain.errors import RuleViolation
from appraisal.domain.problem import Problem
from appraisal.domain.text import plain_text
from appraisal.domain.typed import Typed
from appraisal.sheets.grid import Grid, cell_name
from appraisal.sheets.header import LEFT_OUT, Header, find_header, find_same_header, header_word
from appraisal.sheets.layout import Layout
from appraisal.sheets.opening import open_sheets

MOST_ROWS = 50_000
_END = re.compile(r"(填报人|填表人|制表人|经办人|审核人|填报单位|填报日期|考评员)\s*[：:]")
_SUBTOTAL = re.compile(r"(本页)?(小计|合计|总计|共计)")
_FEWEST_IN_DATA = 4
UNREAD = frozenset({"no", "row_before", "to_mend", LEFT_OUT})
"""Columns that say nothing of a candidate: the sequence number, what we added to rows sent back, what is left out."""
_NOTE = re.compile(r"(注|备注|说明|注意)\s*[：:]")


@dataclass(frozen=True, slots=True)
class TableRow:
    row: int
    """The sheet's own row number, from 1; for CSV the record, the header being 1."""
    values: Mapping[str, Typed]
    """By field, without the sequence number; empty for a row that is no data."""
    hidden: bool = False

    @property
    def is_data(self) -> bool:
        return bool(self.values)


@dataclass(frozen=True, slots=True)
class Table:
    sheet: str
    header: Header
    rows: tuple[TableRow, ...]
    """Every row below the header's first row, in order."""
    grid: Grid
    """The sheet that they were read from."""

    def place(self, found: Problem, row: int) -> Problem:
        """The problem with its cell, when its field has a column."""
        column = self.header.column(found.field)
        return found if column is None else replace(found, cell=cell_name(row - 1, column))

    def text(self, row: TableRow, column: int) -> str:
        """What stands in a cell of the file, or in the one that it is merged with."""
        typed = row.values.get(self.header.fields.get(column, "")) or self.grid.typed(row.row - 1, column)
        return typed.fault or typed.text


def read_table(
    data: bytes, file_name: str, columns: Mapping[str, str], needed: Collection[str], identifying: Collection[str],
) -> Table:
    """The first visible sheet with a header that has all columns `needed`.

    `identifying` are the fields without which a row below the end line, or one that reads like a subtotal, is no
    data. Raises RuleViolation: those of open_sheets, `sheet_header_not_found`, `sheet_too_many_rows`.
    """
    for grid in open_sheets(data, file_name):
        header = find_header(grid, columns, needed)
        if header is not None:
            return lay_table(grid, header, file_name, identifying)
    raise no_header(file_name, columns, needed)


def find_table(sheets: Sequence[Grid], words: Mapping[str, str], layout: Layout, needed: Collection[str],
               file_name: str) -> Table:
    """The sheet and the header that the layout means; else the first sheet with a header that has what is needed.
    `words`: header word -> field, where the layout says nothing. Raises RuleViolation `sheet_header_not_found`,
    `sheet_too_many_rows`."""
    columns = {**words, **layout.columns}
    those = [grid for grid in sheets if layout.sheet in {"", grid.name}]
    found = [(grid, header) for grid in those if layout.columns
             and (header := find_same_header(grid, columns, layout.columns)) is not None]
    found = found or [(grid, header) for grid in those if (header := find_header(grid, columns, needed)) is not None]
    for grid, header in found:
        if set(needed) <= set(header.fields.values()):
            return lay_table(grid, header, file_name, needed)
    raise no_header(file_name, words, needed)


def no_header(file_name: str, columns: Mapping[str, str], needed: Collection[str]) -> RuleViolation:
    words = (next(word for word, field in columns.items() if field == name) for name in needed)
    return RuleViolation("sheet_header_not_found", "file", file=file_name, columns="、".join(words))


def lay_table(grid: Grid, header: Header, file_name: str, identifying: Collection[str]) -> Table:
    """The sheet's rows under this header. Raises RuleViolation `sheet_too_many_rows`."""
    if len(grid.rows) > MOST_ROWS:
        raise RuleViolation("sheet_too_many_rows", "file", file=file_name, rows=len(grid.rows), limit=MOST_ROWS)
    return Table(grid.name, header, tuple(_rows(grid, header, identifying)), grid)


def _rows(grid: Grid, header: Header, identifying: Collection[str]) -> Iterator[TableRow]:
    ended = False
    inherited = _inherited(grid, header)
    for row in range(header.first + header.depth, len(grid.rows)):
        own = _filled(grid, header, row)
        kind = _kind(grid, header, row, own)
        ended = ended or kind == "end"
        nobody = not any(own[name].plain or own[name].fault for name in identifying if name in own)
        if kind or (ended and nobody):
            yield TableRow(row + 1, {})
            continue
        for column, source in inherited.get(row, {}).items():
            own[header.fields[column]] = grid.typed(source, column)
        yield TableRow(row + 1, own, row in grid.hidden)


def _filled(grid: Grid, header: Header, row: int) -> dict[str, Typed]:
    typed = ((name, grid.typed(row, column)) for column, name in header.fields.items() if name not in UNREAD)
    return {name: one for name, one in typed if one.plain or one.fault}


def _kind(grid: Grid, header: Header, row: int, own: Mapping[str, Typed]) -> str:
    """Empty for data. A row with nothing but its pre-filled sequence number is blank."""
    texts = (plain_text(str(value)) for value in grid.rows[row] if value not in {None, ""})
    filled = (text for text in texts if text)
    first = next(filled, "")
    if _END.match(first):
        return "end"
    if not own:
        return "blank"
    if _SUBTOTAL.match(first) and len(list(filled)) < _FEWEST_IN_DATA:
        return "subtotal"
    if _NOTE.match(first) and not any(filled):
        return "note"
    if header_word(first) in header.words and all(header_word(text) in header.words for text in filled):
        return "header"
    return ""


def _inherited(grid: Grid, header: Header) -> dict[int, dict[int, int]]:
    """Row -> column -> the row whose cell holds for it, for cells merged over several rows of data."""
    found: dict[int, dict[int, int]] = {}
    for (first_row, column), (last_row, _last) in grid.merged:
        if first_row >= header.first + header.depth and header.fields.get(column, "no") not in UNREAD:
            for row in range(first_row + 1, min(last_row + 1, len(grid.rows))):
                found.setdefault(row, {})[column] = first_row
    return found
