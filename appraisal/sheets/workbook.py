"""Workbooks: values through calamine, and straight from the XML what it does not tell: errors, formulas, hidden rows.

calamine shows #N/A as an empty cell, and lays a sheet out densely: one cell in the last row of the last column would
cost gigabytes. So the XML is looked at first, within bounds; no XML parser runs, hence no entities either.
"""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from typing import NamedTuple

import python_calamine as calamine

from appraisal.domain.errors import RuleViolation
from appraisal.sheets.grid import MOST_CELLS, Grid, Position, Rows

LARGEST_UNPACKED = 192 * 2 ** 20
_CHUNK = 2 ** 20
_FILLED = re.compile(rb'<(?:\w+:)?c\b[^<>]*?\br="([A-Z]{1,3})([0-9]{1,7})"[^<>]*(?<!/)>')
_MARKED = re.compile(rb'<(?:\w+:)?c\b(?:[^<>]*?\bt="e"[^<>]*>|[^<>]*(?<!/)>\s*<(?:\w+:)?f\b)')
_REFERENCE = re.compile(rb'\br="([A-Z]{1,3})([0-9]{1,7})"')
_ERROR_VALUE = re.compile(rb"<(?:\w+:)?v>(#[^<]{1,20})</")
_ROW = re.compile(rb"<(?:\w+:)?row\b")
_HIDDEN_ROW = re.compile(rb'<(?:\w+:)?row\b(?=[^<>]*\bhidden="(?:1|true)")[^<>]*?\br="([0-9]{1,7})"')
_SHEET = re.compile(rb"<(?:\w+:)?sheet\b[^<>]*>")
_TARGET = re.compile(rb"<(?:\w+:)?Relationship\b[^<>]*>")
_ATTRIBUTE = re.compile(rb'\b([\w:]+)="([^"]*)"')


class _Seen(NamedTuple):
    """What the XML of one sheet says beside its values."""

    hidden: frozenset[int] = frozenset()
    faults: dict[Position, str] = {}  # noqa: RUF012 - never written to
    formulas: frozenset[Position] = frozenset()


def xlsx_grids(data: bytes, file_name: str) -> tuple[Grid, ...]:
    seen = _look_inside(data, file_name)
    return _grids(data, file_name, seen)


def xls_grids(data: bytes, file_name: str) -> tuple[Grid, ...]:
    return _grids(data, file_name, [])


def _grids(data: bytes, file_name: str, seen: list[_Seen]) -> tuple[Grid, ...]:
    try:
        return tuple(_read(data, file_name, seen))
    except RuleViolation:
        raise
    except Exception as wrong:
        password = "assword" in f"{wrong!r}"
        raise RuleViolation("sheet_password" if password else "sheet_damaged", "file", file=file_name) from wrong
    except BaseException as wrong:
        if type(wrong).__name__ != "PanicException":  # how the Rust reader ends on some broken files
            raise
        raise RuleViolation("sheet_damaged", "file", file=file_name) from wrong


def _read(data: bytes, file_name: str, seen: list[_Seen]) -> Iterator[Grid]:
    book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
    for at, about in enumerate(book.sheets_metadata):
        if about.typ != calamine.SheetTypeEnum.WorkSheet or about.visible != calamine.SheetVisibleEnum.Visible:
            continue
        sheet = book.get_sheet_by_index(at)
        if sheet.total_height * sheet.total_width > MOST_CELLS:
            raise RuleViolation("sheet_too_many_cells", "file", file=file_name, sheet=about.name)
        rows: Rows = tuple(tuple(row) for row in sheet.to_python(skip_empty_area=False))  # type: ignore[arg-type]
        merged = tuple(sheet.merged_cell_ranges or ())
        if sum(min(last[0], len(rows)) - first[0] for first, last in merged) > MOST_CELLS:
            raise RuleViolation("sheet_too_many_cells", "file", file=file_name, sheet=about.name)
        hidden, faults, formulas = seen[at] if at < len(seen) else _Seen()
        yield Grid(about.name, rows, hidden, faults, formulas, merged)


def _look_inside(data: bytes, file_name: str) -> list[_Seen]:
    """Every part is unpacked once, within bounds, before any other reader sees the file."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as book:
            if any(part.flag_bits & 1 for part in book.infolist()):
                raise RuleViolation("sheet_password", "file", file=file_name)
            if sum(part.file_size for part in book.infolist()) > LARGEST_UNPACKED:
                raise RuleViolation("sheet_too_large", "file", file=file_name, limit=f"{LARGEST_UNPACKED >> 20} MB")
            names = set(book.namelist())
            if "xl/workbook.xml" not in names:
                raise RuleViolation("sheet_format_unknown", "file", file=file_name)
            paths = list(_sheet_paths(book.read("xl/workbook.xml"), book.read("xl/_rels/workbook.xml.rels")))
            for name in names - set(paths):
                _unpack_and_forget(book, name)
            return [_see(book.read(path), file_name) if path in names else _Seen() for path in paths]
    # zipfile lets a ValueError out for an offset before the file's beginning
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, KeyError, OSError, ValueError) as wrong:
        raise RuleViolation("sheet_damaged", "file", file=file_name) from wrong


def _unpack_and_forget(book: zipfile.ZipFile, name: str) -> None:
    """A part that is larger than it says, or whose checksum is wrong, raises BadZipFile at its end."""
    with book.open(name) as part:
        while part.read(_CHUNK):
            pass


def _sheet_paths(book: bytes, relations: bytes) -> Iterator[str]:
    """In the workbook's order; an unusual layout gives a path that is not there, and then only values are read."""
    targets = {}
    for found in _TARGET.finditer(relations):
        about = dict(_ATTRIBUTE.findall(found[0]))
        targets[about.get(b"Id")] = about.get(b"Target", b"").decode("utf-8", "replace")
    for found in _SHEET.finditer(book):
        about = dict(_ATTRIBUTE.findall(found[0]))
        target = next((targets.get(value, "") for key, value in about.items() if key.endswith(b":id")), "")
        yield target.lstrip("/") if target.startswith("/") else f"xl/{target}"


def _see(xml: bytes, file_name: str) -> _Seen:
    last_row = last_column = 0
    for found in _through(_FILLED, xml):
        last_row, last_column = max(last_row, int(found[2])), max(last_column, _column(found[1]))
    if last_row * (last_column + 1) > MOST_CELLS:
        raise RuleViolation("sheet_too_many_cells", "file", file=file_name, sheet="")
    faults: dict[Position, str] = {}
    formulas = set()
    for marked in _through(_MARKED, xml):
        at = _REFERENCE.search(marked[0])
        if at is None:
            continue
        position = (int(at[2]) - 1, _column(at[1]))
        end = xml.find(b"</", marked.end())
        value = _ERROR_VALUE.search(xml, marked.end(), end + 400) if b't="e"' in marked[0] else None
        if value:
            faults[position] = value[1].decode("ascii", "replace")
        elif b't="e"' not in marked[0]:
            formulas.add(position)
    hidden = frozenset(int(found[1]) - 1 for found in _through(_HIDDEN_ROW, xml))
    return _Seen(hidden, faults, frozenset(formulas))


def _through(pattern: re.Pattern[bytes], xml: bytes) -> Iterator[re.Match[bytes]]:
    """As `finditer`, from row to row: a search that finds nothing in a hundred megabytes would hold up every other
    thread until its end."""
    start = 0
    while start < len(xml):
        row = _ROW.search(xml, start + _CHUNK)
        end = row.start() if row else len(xml)
        yield from pattern.finditer(xml, start, end)
        start = end


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1
