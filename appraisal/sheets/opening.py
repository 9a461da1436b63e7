"""From the bytes of a file to grids. The content decides what a file is, never its name.

Raises RuleViolation for a file that is no sheet: nothing has been read from it, and its sentence says what to do.
"""

from appraisal.domain.errors import RuleViolation
from appraisal.sheets.csv_text import csv_grid
from appraisal.sheets.grid import Grid
from appraisal.sheets.workbook import xls_grids, xlsx_grids

LARGEST_FILE = 32 * 2 ** 20
_OLE = bytes.fromhex("D0CF11E0A1B11AE1")
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_MARKUP = (b"<html", b"<!doctype", b"<table", b"<?xml", b"<meta", b"<head", b"<style", b"<script")


def open_sheets(data: bytes, file_name: str) -> tuple[Grid, ...]:
    """Visible sheets in order. `file_name` is for sentences only."""
    if len(data) > LARGEST_FILE:
        raise RuleViolation("sheet_too_large", "file", file=file_name, limit=f"{LARGEST_FILE // 2 ** 20} MB")
    if not data.strip():
        raise RuleViolation("sheet_empty", "file", file=file_name)
    if data.startswith(b"PK\x03\x04"):
        grids = xlsx_grids(data, file_name)
    elif data.startswith(_OLE):
        if _ENCRYPTED in data:
            raise RuleViolation("sheet_password", "file", file=file_name)
        grids = xls_grids(data, file_name)
    else:
        if data.removeprefix(b"\xef\xbb\xbf").lstrip()[:16].lower().startswith(_MARKUP):
            raise RuleViolation("sheet_is_markup", "file", file=file_name)
        grids = (csv_grid(data, file_name),)
    if not any(grid.rows for grid in grids):
        raise RuleViolation("sheet_empty", "file", file=file_name)
    return grids
