"""A roster file 报名表: each row read by the rules of the domain, with the cells that its problems stand in.

Whoever looks at a preview may mend cells. What was mended is a map beside the file, and one reading of both gives
preview and commit alike.
"""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from appraisal.domain.problem import Problem, Verdict, problem
from appraisal.domain.roster import LineReading, RosterLine, RosterRules
from appraisal.domain.roster_lines import compare_lines
from appraisal.domain.roster_reading import read_line
from appraisal.domain.tables import column_words
from appraisal.domain.typed import Typed
from appraisal.sheets.grid import Grid, Position, cell_name
from appraisal.sheets.layout import AS_KNOWN, Layout, WordReader
from appraisal.sheets.opening import open_sheets
from appraisal.sheets.table import Table, TableRow, find_table

NEEDED = ("name", "id_no")
"""Columns that a roster cannot do without, and that tell a row of data."""
Mended = Mapping[Position, str]
"""Row and column of a cell, both from 0 -> what it is to say in place of what the file says."""


@dataclass(frozen=True, slots=True)
class RosterFile:
    name: str
    sheets: tuple[Grid, ...]
    """Those that are visible, in order."""


@dataclass(frozen=True, slots=True)
class RosterRow:
    row: int
    """The sheet's own row number; for CSV the record, the header being 1."""
    verdict: Verdict
    problems: tuple[Problem, ...]
    line: RosterLine | None
    as_in_file: Mapping[str, str]
    """Mended cells, `F12` -> what stands there in the file."""


@dataclass(frozen=True, slots=True)
class RosterReading:
    rows: tuple[RosterRow, ...]
    table: Table
    layout: Layout
    mended: Mended
    alone: Mapping[int, LineReading]
    """Row number -> that row of data by itself, before rows are compared."""

    @property
    def sheet(self) -> str:
        return self.table.sheet

    @property
    def counts(self) -> Mapping[Verdict, int]:
        counted = Counter(row.verdict for row in self.rows)
        return {one: counted[one] for one in Verdict}

    @property
    def lines(self) -> tuple[RosterLine, ...]:
        """What an import takes in: accepted rows, with or without a warning."""
        return tuple(row.line for row in self.rows if row.line)


def open_roster(data: bytes, file_name: str) -> RosterFile:
    """`file_name` is for sentences only. Raises RuleViolation for a file that is no sheet (see open_sheets)."""
    return RosterFile(file_name, open_sheets(data, file_name))


def read_roster(file: RosterFile, rules: RosterRules, layout: Layout = AS_KNOWN, mended: Mended | None = None,
                step: Callable[[int, int], None] | None = None) -> RosterReading:
    """Raises RuleViolation `sheet_header_not_found`, `sheet_too_many_rows`; `step` may raise to cancel."""
    table = roster_table(file, layout)
    words, by_row = layout.reader(), _by_row(mended or {})
    alone = {}
    for done, row in enumerate(table.rows, 1):
        if row.is_data:
            alone[row.row] = _read(table, row, by_row.get(row.row - 1, {}), words, rules)
        if step:
            step(done, len(table.rows))
    return _compared(table, layout, mended or {}, alone)


def mend_roster(reading: RosterReading, rules: RosterRules, mended: Mended) -> RosterReading:
    """The same file read with these cells mended instead of those before: as read_roster would, but only what differs
    is read again."""
    words, by_row = reading.layout.reader(), _by_row(mended)
    differing = {row for row, _column in dict(mended.items() ^ reading.mended.items())}
    again = {row.row: _read(reading.table, row, by_row.get(row.row - 1, {}), words, rules)
             for row in reading.table.rows if row.is_data and row.row - 1 in differing}
    return _compared(reading.table, reading.layout, mended, {**reading.alone, **again})


def roster_table(file: RosterFile, layout: Layout) -> Table:
    """See find_table."""
    return find_table(file.sheets, column_words("roster"), layout, NEEDED, file.name)


def _by_row(mended: Mended) -> dict[int, dict[int, str]]:
    found: dict[int, dict[int, str]] = {}
    for (row, column), text in mended.items():
        found.setdefault(row, {})[column] = text
    return found


def _read(table: Table, row: TableRow, mended: Mapping[int, str], words: WordReader, rules: RosterRules,
          ) -> LineReading:
    now = {table.header.fields[column]: Typed(text) for column, text in mended.items()
           if column in table.header.fields}
    reading = read_line(words.read({**row.values, **now}), rules)
    if not row.hidden:
        return reading
    return replace(reading, problems=(*reading.problems, problem("HIDDEN_ROW", "", row=row.row)))


def _compared(table: Table, layout: Layout, mended: Mended, alone: Mapping[int, LineReading]) -> RosterReading:
    compared = dict(zip(alone, compare_lines(list(alone.values()), list(alone)), strict=True))
    by_row = _by_row(mended)
    rows = tuple(_placed(table, row, compared[row.row], by_row.get(row.row - 1, {})) if row.is_data
                 else RosterRow(row.row, Verdict.SKIP, (), None, {}) for row in table.rows)
    return RosterReading(rows, table, layout, mended, alone)


def _placed(table: Table, row: TableRow, reading: LineReading, mended: Mapping[int, str]) -> RosterRow:
    problems = tuple(table.place(one, row.row) for one in reading.problems)
    before = {cell_name(row.row - 1, column): table.text(row, column) for column in sorted(mended)}
    return RosterRow(row.row, reading.verdict, problems, reading.line, before)
