"""Files that are no sheets, or would cost too much: each gets its own sentence, in both languages."""

import io
import struct
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sheet_kit import HEADER, RULES, candidate, csv_bytes, workbook

from appraisal.domain.errors import RuleViolation
from appraisal.sentences import say
from appraisal.sheets.opening import open_sheets
from appraisal.sheets.roster import open_roster, read_roster

OLE = bytes.fromhex("D0CF11E0A1B11AE1")


def repacked(data, **parts):
    """A workbook with some parts changed: name (dots as __, slashes as _) -> function of the old bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            change = parts.get(name.rsplit("/", 1)[-1].replace(".", "_"))
            new.writestr(name, change(old.read(name)) if change else old.read(name))
    return out.getvalue()


def flagged(data):
    """The first local and central headers say that the part is encrypted."""
    at = data.index(b"PK\x01\x02")
    return data[:at + 8] + struct.pack("<H", 1) + data[at + 10:]


GOOD = workbook(HEADER, candidate())
FAR = repacked(GOOD, sheet1_xml=lambda xml: xml.replace(
    b"</sheetData>", b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'))
REFUSED = {
    "sheet_empty": [b"", b" \r\n ", workbook()],
    "sheet_is_markup": [b"<html><table><tr><td>1</td></tr></table></html>",
    b"\xef\xbb\xbf<?xml version='1.0'?><Workbook/>"],
    "sheet_password": [OLE + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"), flagged(GOOD)],
    "sheet_damaged": [GOOD[:-40], GOOD[:300], OLE + b"\0" * 2000,
    repacked(GOOD, sheet1_xml=lambda xml: xml[:len(xml) // 2])],
    "sheet_format_unknown": [b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", b"%PDF-1.7\n\xe2\xe3\xcf\xd3\xff\xff",
    bytes(range(256)),
                             repacked(GOOD).replace(b"xl/workbook.xml", b"xl/workbuch.xml")],
    "sheet_too_many_cells": [FAR],
    "sheet_too_large": [b"a" * (33 * 2 ** 20),
                        repacked(GOOD, app_xml=lambda _xml: b" " * (200 * 2 ** 20))],
    "sheet_csv_quotes": [csv_bytes(HEADER) + '1,"毛超\n'.encode()],
    "sheet_header_not_found": [workbook(["a", "b"], [1, 2]), csv_bytes(["序号", "姓名"], ["1", "毛超"])],
}


# Numbered, not named by length: a workbook holds the minute it was made in, so its length is not the same each time.
@pytest.mark.parametrize(("code", "data"), [pytest.param(code, data, id=f"{code}-{number}")
                                            for code, files in REFUSED.items()
                                            for number, data in enumerate(files, 1)])
def test_each_has_its_sentence(code, data):
    with pytest.raises(RuleViolation) as refused:
        read_roster(open_roster(data, "名单.xlsx"), RULES)
    assert refused.value.code == code
    for language in ("zh_CN", "en"):
        assert "{" not in say(code, language, **refused.value.detail)


def test_the_content_decides_and_not_the_name():
    assert open_sheets(GOOD, "名单.xls")[0].rows[0][1] == "姓名*"
    assert open_sheets(csv_bytes(HEADER, encoding="utf-16", delimiter="\t"), "名单.xls")[0].rows[0][1] == "姓名*"


def test_formatting_far_below_costs_nothing():
    data = repacked(GOOD, sheet1_xml=lambda xml: xml.replace(
        b"</sheetData>", b'<row r="1048576"><c r="XFD1048576" s="1"/></row></sheetData>'))
    assert len(open_sheets(data, "x.xlsx")[0].rows) == 2


def test_entities_are_never_expanded():
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]>'
    data = repacked(GOOD, sheet1_xml=lambda xml: xml.replace(b"<worksheet", bomb + b"<worksheet", 1))
    try:
        grids = open_sheets(data, "x.xlsx")
    except RuleViolation as refused:
        assert refused.code == "sheet_damaged"  # noqa: PT017
    else:
        assert "aaaaaaaaaa" not in str(grids)


def test_hidden_sheets_are_left_alone():
    def write(sheet, book):
        sheet.hide()
        other = book.add_worksheet("看得见")
        other.activate()
        other.set_first_sheet()
        other.write_row(0, 0, HEADER)

    assert [grid.name for grid in open_sheets(workbook(HEADER, candidate(), write=write), "x.xlsx")] == ["看得见"]


@pytest.mark.parametrize("data", [GOOD, csv_bytes(HEADER, candidate()),
csv_bytes(HEADER, candidate(), encoding="gb18030")],
                         ids=["xlsx", "utf-8", "gb18030"])
@settings(max_examples=60, deadline=None)
@given(places=st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.integers(0, 255)), max_size=8),
    cut=st.floats(0, 1))
def test_a_damaged_file_is_read_or_refused_in_words(data, places, cut):
    broken = bytearray(data)
    for place, byte in places:
        broken[int(place * len(broken))] = byte
    for candidate_bytes in (bytes(broken), bytes(broken[:int(cut * len(broken))])):
        try:
            read_roster(open_roster(candidate_bytes, "名单"), RULES)
        except RuleViolation as refused:
            assert say(refused.code, "en", **refused.detail)  # noqa: PT017


def test_a_very_long_cell_is_refused_in_words():
    with pytest.raises(RuleViolation) as refused:
        read_roster(open_roster(csv_bytes(HEADER, ["x" * 300_000]), "x.csv"), RULES)
    assert refused.value.code == "sheet_csv_quotes"


def test_characters_that_gb18030_once_kept_in_private_use():
    rows = open_sheets("姓名,备注\n".encode("gb18030") + b"\xfe\x59,1", "x.csv")[0].rows
    assert rows[1][0] == "\u9fb4"
