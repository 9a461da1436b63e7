"""A register as a workbook, for who goes on with its data."""

import io
from datetime import UTC, datetime

import xlsxwriter

from appraisal.documents.register import Register

_WRITTEN = datetime(1980, 1, 1, tzinfo=UTC)


def register_workbook(register: Register, made: str) -> bytes:
    """One sheet, sections below each other with what they are about before their rows. Every cell is text, so that no
    number loses its digits and no `=` becomes a formula."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    book.set_properties({"created": _WRITTEN})  # the same data give the same file: `made` says when
    sheet = book.add_worksheet(register.title[:31])
    title, head, cell = (book.add_format({"num_format": "@", **more}) for more in (
        {"bold": True, "font_size": 14}, {"bold": True, "bg_color": "#E9EDF1", "bottom": 1},
        {"valign": "top", "text_wrap": True}))
    shares = sum(column.width for column in register.columns)
    for number, column in enumerate(register.columns):
        sheet.set_column(number, number, 110 * column.width / shares)
    sheet.write_string(0, 0, f"{register.body}  {register.title}", title)
    sheet.write_string(1, 0, f"{register.form}   {made}   SHA-256 {register.digest()}")
    row = 2
    for section in register.sections:
        sheet.write_string(row, 0, "    ".join(f"{name}: {value}" for name, value in section.about))
        for number, column in enumerate(register.columns):
            sheet.write_string(row + 1, number, column.title, head)
        for cells in section.rows:
            for number, text in enumerate(cells):
                sheet.write_string(row + 2, number, text, cell)
            row += 1
        for note in section.notes:
            sheet.write_string(row + 2, 0, note)
            row += 1
        row += 3
    sheet.fit_to_pages(1, 0)
    sheet.set_paper(9)
    if register.across:
        sheet.set_landscape()
    book.close()
    return out.getvalue()
