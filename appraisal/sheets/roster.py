"""A roster file 报名表: each row read by the rules of the domain, with the cells that its problems stand in."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace

from appraisal.domain.problem import Problem, Verdict, problem
from appraisal.domain.roster import LineReading, RosterLine, RosterRules
from appraisal.domain.roster_lines import compare_lines
from appraisal.domain.roster_reading import read_line
from appraisal.domain.tables import column_words
from appraisal.sheets.header import header_word
from appraisal.sheets.table import Table, TableRow, read_table


@dataclass(frozen=True, slots=True)
class RosterRow:
    row: int
    """The sheet's own row number; for CSV the record, the header being 1."""
    verdict: Verdict
    problems: tuple[Problem, ...]
    line: RosterLine | None


@dataclass(frozen=True, slots=True)
class RosterReading:
    sheet: str
    rows: tuple[RosterRow, ...]

    @property
    def counts(self) -> Mapping[Verdict, int]:
        counted = Counter(row.verdict for row in self.rows)
        return {one: counted[one] for one in Verdict}

    @property
    def lines(self) -> tuple[RosterLine, ...]:
        """What an import takes in: accepted rows, with or without a warning."""
        return tuple(row.line for row in self.rows if row.line)


def read_roster(
    data: bytes, file_name: str, rules: RosterRules, more_columns: Mapping[str, str] | None = None,
) -> RosterReading:
    """`more_columns`: a saved preset, header word -> field, over the words that are known anyway.

    Raises RuleViolation for a file that cannot be read as a roster (see read_table).
    """
    columns = dict(column_words("roster")) | {header_word(k): v for k, v in (more_columns or {}).items()}
    table = read_table(data, file_name, columns, needed=("name", "id_no"), identifying=("name", "id_no"))
    data_rows = [row for row in table.rows if row.is_data]
    readings = [_read(row, rules) for row in data_rows]
    compared = iter(compare_lines(readings, [row.row for row in data_rows]))
    return RosterReading(table.sheet, tuple(
        _placed(table, row, next(compared)) if row.is_data else RosterRow(row.row, Verdict.SKIP, (), None)
        for row in table.rows))


def _read(row: TableRow, rules: RosterRules) -> LineReading:
    reading = read_line(row.values, rules)
    if not row.hidden:
        return reading
    return replace(reading, problems=(*reading.problems, problem("HIDDEN_ROW", "", row=row.row)))


def _placed(table: Table, row: TableRow, reading: LineReading) -> RosterRow:
    problems = tuple(table.place(one, row.row) for one in reading.problems)
    return RosterRow(row.row, reading.verdict, problems, reading.line)
