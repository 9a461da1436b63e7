"""Which column of a sheet means what, and which of its words mean ours: chosen by hand where nothing knows them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from appraisal.domain.tables import code_tables, column_words
from appraisal.sheets.grid import Grid
from appraisal.sheets.header import KEPT, LEFT_OUT, Header, header_at
from appraisal.sheets.layout import Layout
from appraisal.sheets.roster import RosterFile
from appraisal.sheets.table import Table, lay_table

SAMPLES = 3
MOST_WORDS = 40
"""Of one column that are asked about; one with more has no closed words."""


@dataclass(frozen=True, slots=True)
class ColumnSample:
    key: str
    """See Header."""
    means: str
    """Our field, LEFT_OUT or KEPT."""
    samples: tuple[str, ...]


@dataclass(slots=True)
class ColumnMapping:
    """A choice in the making. `sheet` is a place in the file, `row` the header's first, from 0, `depth` 1 or 2."""

    file: RosterFile
    sheet: int = 0
    row: int = 0
    depth: int = 1
    chosen: dict[str, str] = field(default_factory=dict)
    """Key of a column -> what it means, where somebody has said so."""
    words: dict[tuple[str, str], str] = field(default_factory=dict)
    """Field and word -> our word."""
    known: Mapping[str, str] = field(default_factory=lambda: column_words("roster"))
    """Header word -> field, of what sheets of this kind usually say."""

    @property
    def grid(self) -> Grid:
        return self.file.sheets[self.sheet]

    def header(self) -> Header:
        return header_at(self.grid, self.row, self.depth, {**self.known, **self.chosen})

    def fields(self) -> Sequence[str]:
        """What a column may mean, in the order in which it is listed."""
        return tuple(dict.fromkeys(self.known.values()))

    def columns(self) -> Sequence[ColumnSample]:
        header, ours = self.header(), {*self.fields(), LEFT_OUT}
        rows = range(self.row + self.depth, len(self.grid.rows))
        return [ColumnSample(key, header.fields[column] if header.fields[column] in ours else KEPT,
                             _samples(self.grid, rows, column)) for column, key in header.keys.items()]

    def unknown_words(self) -> Sequence[tuple[str, str]]:
        """Field and word of what stands in closed columns and is none of their words, nor chosen by hand before."""
        table = self._table()
        closed = {name: words for name, words in code_tables().closed.items() if name in self.fields()}
        found: list[tuple[str, str]] = []
        for name, words in closed.items():
            typed = dict.fromkeys(row.values[name].plain for row in table.rows if name in row.values)
            strange = [(name, word) for word in typed if word and words.find(word) is None]
            found += strange if len(strange) <= MOST_WORDS else []
        return found

    def layout(self) -> Layout:
        values: dict[str, dict[str, str]] = {}
        for (name, word), ours in self.words.items():
            if ours:
                values.setdefault(name, {})[word] = ours
        return Layout({one.key: one.means for one in self.columns()}, values, self.grid.name)

    def _table(self) -> Table:
        return lay_table(self.grid, self.header(), self.file.name, ())


def mapping_of(file: RosterFile, table: Table | None, layout: Layout, known: Mapping[str, str] | None = None,
               ) -> ColumnMapping:
    """Begun with what was read; without a `table`, with the first row that has words in several columns. `known`: as in
    ColumnMapping; None: of a roster."""
    known = column_words("roster") if known is None else known
    words = {(name, word): ours for name, those in layout.values.items() for word, ours in those.items()}
    if table is not None:
        sheet = next(at for at, grid in enumerate(file.sheets) if grid is table.grid)
        return ColumnMapping(file, sheet, table.header.first, table.header.depth, dict(layout.columns), words, known)
    grid = file.sheets[0]
    filled = (sum(bool(str(cell or "").strip()) for cell in cells) for cells in grid.rows)
    row = next((at for at, count in enumerate(filled) if count > 1), 0)
    return ColumnMapping(file, 0, row, 1, dict(layout.columns), words, known)


def _samples(grid: Grid, rows: range, column: int) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for row in rows:
        text = grid.typed(row, column).plain
        if text:
            found[text] = None
        if len(found) == SAMPLES:
            break
    return tuple(found)
