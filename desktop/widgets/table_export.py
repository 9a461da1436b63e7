"""A whole table, all its records, as an Excel file or on paper. Works off the GUI thread, page of rows by page."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import xlsxwriter
from xlsxwriter.exceptions import XlsxWriterException

from appraisal.domain.errors import EnvironmentFault, RuleViolation

MOST_ROWS = 1_048_576 - 2
"""Of one sheet (Excel's own bound), without the line of the title and the heads."""
LONGEST_CELL = 32_767
"""Characters (Excel's own bound)."""
_PIXELS_A_CHARACTER = 7

Step = Callable[[int, int], None]
"""Told (rows done, rows) at each row; raises to cancel."""


@dataclass(frozen=True, slots=True)
class TableText:
    """What a table says. `widths` in pixels on the screen; `rows` is walked once, off the GUI thread."""

    title: str
    made: str
    """When it was made, in words."""
    heads: tuple[str, ...]
    widths: tuple[int, ...]
    count: int
    rows: Iterator[list[str]]


def write_excel(table: TableText, file: Path, step: Step) -> int:
    """The number of rows written. Every cell is text: a `=` at its beginning starts no formula, and the digits of an
    ID number stay as they are. The file gets its name last; what was there before stays until then.

    Raises RuleViolation table_too_long, EnvironmentFault file_not_written, and what `step` raises.
    """
    if table.count > MOST_ROWS:
        raise RuleViolation("table_too_long", rows=table.count, most=MOST_ROWS)
    new = file.with_name(f".{file.name}.new")
    try:
        done = _write(table, new, step)
        new.chmod(0o600)  # people's data: for who made it alone
        new.replace(file)
    except (OSError, XlsxWriterException) as fault:
        reason = getattr(fault, "strerror", None) or str(fault)
        raise EnvironmentFault("file_not_written", file=str(file), reason=reason) from fault
    finally:
        with suppress(OSError):
            new.unlink(missing_ok=True)
    return done


def _write(table: TableText, file: Path, step: Step) -> int:
    book = xlsxwriter.Workbook(str(file), {"constant_memory": True, "tmpdir": str(file.parent)})
    sheet = book.add_worksheet()
    cell = book.add_format({"num_format": "@", "valign": "vcenter"})
    head = book.add_format({"bold": True, "bottom": 1, "bg_color": "#E9EDF1", "valign": "vcenter", "num_format": "@"})
    title = book.add_format({"bold": True, "font_size": 14, "num_format": "@"})
    for number, width in enumerate(table.widths):
        sheet.set_column(number, number, max(6, width / _PIXELS_A_CHARACTER), cell)
    sheet.write_string(0, 0, f"{table.title}  {table.made}", title)
    for number, text in enumerate(table.heads):
        sheet.write_string(1, number, text, head)
    sheet.freeze_panes(2, 0)
    sheet.repeat_rows(1)
    sheet.fit_to_pages(1, 0)
    if len(table.heads) > 4:
        sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.set_footer("&L&[Date]&R&P / &N")
    done = 0
    try:
        for done, row in enumerate(table.rows, 1):
            for number, text in enumerate(row):
                sheet.write_string(done + 1, number, text[:LONGEST_CELL], cell)
            step(done, table.count)
        if done:
            sheet.autofilter(1, 0, done + 1, len(table.heads) - 1)
    finally:
        book.close()
    return done
