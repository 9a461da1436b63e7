"""A sheet as it is: cells by row and column, what is hidden, merged, a formula or an error."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from appraisal.domain.typed import NOTHING, Typed

CellValue = str | int | float | bool | date | None
Rows = tuple[tuple[CellValue, ...], ...]
MOST_CELLS = 2_000_000
"""A sheet is laid out densely: this bounds what one costs."""
Position = tuple[int, int]
"""Row and column, both from 0."""


@dataclass(frozen=True, slots=True)
class Grid:
    name: str
    """The sheet's name; empty for CSV."""
    rows: Rows
    """From A1 on; numbers stay numbers, so that lost precision is seen."""
    hidden: frozenset[int] = frozenset()
    """Rows, from 0."""
    faults: Mapping[Position, str] = field(default_factory=dict)
    """Error values: `#N/A`."""
    formulas: frozenset[Position] = frozenset()
    merged: tuple[tuple[Position, Position], ...] = ()
    """First and last cell of each merged range."""

    def typed(self, row: int, column: int) -> Typed:
        value = self.rows[row][column] if column < len(self.rows[row]) else None
        at = (row, column)
        if at in self.faults:
            return Typed(fault=self.faults[at])
        return NOTHING if value is None or value == "" else _typed(value, formula=at in self.formulas)


def _typed(value: str | float | date, *, formula: bool) -> Typed:
    if isinstance(value, str):
        return Typed(value, formula=formula)
    if isinstance(value, bool):
        return Typed(str(value).upper(), formula=formula)
    if isinstance(value, int | float):
        return _number(value, formula=formula)
    if isinstance(value, date):
        day = value.date() if isinstance(value, datetime) else value
        return Typed(day.isoformat(), day=day, formula=formula)
    return Typed(str(value), formula=formula)  # a time or a duration


def _number(value: float, *, formula: bool) -> Typed:
    """Fifteen significant digits, as a spreadsheet shows them."""
    number = Decimal(f"{value:.15g}")
    text = f"{number:f}" if abs(number) < 10 ** 15 else str(number)
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return Typed(text, number=number, formula=formula)


def cell_name(row: int, column: int) -> str:
    """`F12` for row 11 and column 5, both from 0."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return f"{letters}{row + 1}"
