"""CSV as offices write it: UTF-8 with or without BOM, UTF-16 with BOM, GB18030; comma, semicolon or TAB."""

import csv
import io
import re

from appraisal.domain.errors import RuleViolation
from appraisal.sheets.grid import MOST_CELLS, Grid

_HEAD = 20_000
_SEPARATORS = ",;\t"
_TEXT_WRAPPER = re.compile(r'="((?:[^"]|"")*)"')
"""`="330108…"`: what people write to keep a spreadsheet from turning digits into 3.3E+17."""
# GB18030-2000 kept these in the private-use area; later editions have them as ideographs
_PROMOTED = {0xE81E: 0x9FB4, 0xE826: 0x9FB5, 0xE82B: 0x9FB6, 0xE82C: 0x9FB7, 0xE832: 0x9FB8, 0xE843: 0x9FB9,
             0xE854: 0x9FBA, 0xE864: 0x9FBB}


def csv_grid(data: bytes, file_name: str) -> Grid:
    """One row a record; a record may have line breaks inside quotes."""
    text = _decode(data, file_name)
    separator = _separator(text)
    rows: list[tuple[str, ...]] = []
    cells = 0
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        for record in reader:
            cells += len(record)
            if cells > MOST_CELLS:
                raise RuleViolation("sheet_too_many_cells", "file", file=file_name, sheet="")
            rows.append(tuple(_unwrapped(cell) for cell in record))
    except csv.Error as wrong:
        raise RuleViolation("sheet_csv_quotes", "file", file=file_name, row=len(rows) + 1) from wrong
    return Grid("", tuple(rows))


def _decode(data: bytes, file_name: str) -> str:
    wide = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ("utf-16",) if wide else ("utf-8-sig", "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" in text:
            break
        return text.translate(_PROMOTED) if encoding == "gb18030" else text
    raise RuleViolation("sheet_format_unknown", "file", file=file_name)


def _separator(text: str) -> str:
    """The one that splits the first records into the most cells."""
    head = "\n".join(text[:_HEAD].splitlines()[:6])

    def cells(separator: str) -> int:
        return sum(len(record) for record in csv.reader(io.StringIO(head), delimiter=separator))

    return max(_SEPARATORS, key=cells)


def _unwrapped(cell: str) -> str:
    found = _TEXT_WRAPPER.fullmatch(cell)
    return found[1].replace('""', '"') if found else cell
