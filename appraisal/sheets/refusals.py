"""What goes back to an organisation: the refused rows of its sheet, each doubtful cell with what to do about it."""

import io
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import xlsxwriter
from xlsxwriter.exceptions import OverlappingRange

from appraisal.domain.problem import Problem, Verdict, Weight
from appraisal.sheets.roster import RosterReading
from appraisal.sheets.table import Table, TableRow
from appraisal.sheets.wording import column_word, problem_sentence

LONGEST_CELL = 32_767
"""Characters (Excel's own bound)."""
ADDED = {"row_before": 10, "to_mend": 80}
"""Columns after the sheet's own, and their widths; an import does not read them."""
_WIDTHS = {"id_no": 22, "condition": 36, "employer": 28, "phone": 14}
_COLOURS = {Weight.REJECT: "#F8D7DA", Weight.WARN: "#FFF3CD"}
_COMMENT = {"author": "", "x_scale": 2.5}


def refused_workbook(reading: RosterReading, language: str) -> bytes:
    """An .xlsx with the sheet's own header and columns, where they were, and only the rows refused; then each row's
    number in the sheet and its sentences, which the coloured cells have as comments too. What somebody has mended in
    a row that is refused all the same stands in it mended, as its sentences have it.

    Every cell is text: nothing that begins with = + - @ is a formula, and the digits of a number stay as they are.
    """
    kept = io.BytesIO()
    with xlsxwriter.Workbook(kept, {"in_memory": True}) as book:
        page = _Page(book.add_worksheet(), _dresses(book), reading, language)
        page.header()
        rows = {row.row: row for row in reading.table.rows}
        refused = (row for row in reading.rows if row.verdict is Verdict.REJECT)
        for at, one in enumerate(refused, reading.table.header.depth):
            page.row(at, rows[one.row], one.problems)
    return kept.getvalue()


def _dresses(book: Any) -> Mapping[Weight, Any]:
    """The format of a cell by what stands against it; a note stands against nothing."""
    cell = {"num_format": "@", "valign": "top", "text_wrap": True}
    return {weight: book.add_format(cell | ({"bg_color": _COLOURS[weight]} if weight in _COLOURS else {}))
            for weight in Weight}


@dataclass(frozen=True, slots=True)
class _Page:
    sheet: Any
    dresses: Mapping[Weight, Any]
    reading: RosterReading
    language: str

    @property
    def table(self) -> Table:
        return self.reading.table

    @property
    def own(self) -> int:
        """Columns up to the last that has a header."""
        return max(self.table.header.fields) + 1

    def header(self) -> None:
        header, plain = self.table.header, self.dresses[Weight.NOTE]
        for column in range(self.own):
            self.sheet.set_column(column, column, _WIDTHS.get(header.fields.get(column, ""), 14), plain)
        for row in range(header.depth):
            for column, value in enumerate(self.table.grid.rows[header.first + row][:self.own]):
                self.sheet.write_string(row, column, "" if value is None else str(value), plain)
        for (top, left), (bottom, right) in self.table.grid.merged:
            inside = header.first <= top and bottom < header.first + header.depth and right < self.own
            if inside and (top, left) != (bottom, right):
                value = self.table.grid.rows[top][left]
                with suppress(OverlappingRange):  # as damaged files have them
                    self.sheet.merge_range(top - header.first, left, bottom - header.first, right,
                                           "" if value is None else str(value), plain)
        for column, (name, width) in enumerate(ADDED.items(), self.own):
            self.sheet.set_column(column, column, width, plain)
            self.sheet.write_string(0, column, column_word(name, self.language), plain)
        self.sheet.freeze_panes(header.depth, 0)

    def row(self, at: int, row: TableRow, problems: Sequence[Problem]) -> None:
        """A value that stood merged over several rows is written into each."""
        shown = sorted((p for p in problems if p.weight is not Weight.NOTE), key=lambda p: p.weight)
        for column in range(self.own):
            name = self.table.header.fields.get(column, "")
            against = [p for p in shown if p.field == name]
            weight = against[0].weight if against else Weight.NOTE
            text = self.reading.mended.get((row.row - 1, column), self.table.text(row, column))
            self.sheet.write_string(at, column, text[:LONGEST_CELL], self.dresses[weight])
            if against:
                self.sheet.write_comment(at, column, self._said(against), _COMMENT)
        self.sheet.write_string(at, self.own, str(row.row), self.dresses[Weight.NOTE])
        self.sheet.write_string(at, self.own + 1, self._said(shown), self.dresses[Weight.NOTE])

    def _said(self, problems: Sequence[Problem]) -> str:
        said = dict.fromkeys(problem_sentence(one, self.language) for one in problems)
        return "\n".join(said)[:LONGEST_CELL]
