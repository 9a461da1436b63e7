"""Workbooks as they should not be: each is read right or refused by its code, and costs little."""

import io
import random
import tracemalloc
from datetime import date

import pytest
import xlsxwriter
from sheet_kit import HEADER, RULES, candidate, codes, csv_bytes, resident, workbook
from test_sheets_refused import repacked

from appraisal.domain.errors import RuleViolation
from appraisal.domain.problem import Verdict
from appraisal.sheets.roster import open_roster, read_roster

ROWS = 1_048_576
"""All that a sheet has."""
PASSPORT = {"证件类型": "护照", "证件号码": "E12345678", "性别": "男", "国籍（地区）": "美国", "姓名": "JOHN SMITH"}
MANY = b"".join(b'<row r="%d" ht="20" customHeight="1"><c r="A%d" s="0"/><c r="F%d" s="0"/></row>' % (n, n, n)
                for n in range(3, ROWS + 1))


def read(data):
    return [row for row in read_roster(open_roster(data, "名单.xlsx"), RULES).rows if row.verdict is not Verdict.SKIP]


def one(data):
    (row,) = read(data)
    return row


@pytest.mark.long
def test_a_million_formatted_rows_without_a_word_cost_neither_rows_nor_memory():
    data = repacked(workbook(HEADER, candidate()), sheet1_xml=lambda xml: xml.replace(
        b"</sheetData>", MANY + b"</sheetData>"))
    tracemalloc.start()
    row = one(data)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert (row.row, row.verdict) == (2, Verdict.ACCEPT)
    assert peak < 3 * len(MANY)


def wide_workbook(rows):
    """Long words, no two alike, in the columns of the template; a few rows as they should be."""
    chance, kept = random.Random(1), io.BytesIO()
    with xlsxwriter.Workbook(kept, {"constant_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, HEADER)
        for row in range(1, rows):
            said = candidate() if row % 10_000 == 1 else [f"{chance.getrandbits(128):x}" for _ in range(33)]
            for column, word in enumerate(said):
                sheet.write_string(row, column, str(word))
    return kept.getvalue()


@pytest.mark.long
def test_thirty_megabytes_are_read_and_more_are_refused_with_a_sentence():
    data = wide_workbook(38_000)
    assert 30_000_000 < len(data) < 32 << 20
    (grid,) = open_roster(data, "名单.xlsx").sheets
    assert len(grid.rows) == 38_000
    with pytest.raises(RuleViolation, match="sheet_too_large"):
        open_roster(data + bytes(6 << 20), "名单.xlsx")


def test_every_cell_a_formula_gives_its_saved_result_and_says_so():
    def write(sheet, _book):
        for row in range(1, 301):
            values = candidate(row, 证件号码=resident(998, f"19{row // 28 + 50}01{row % 28 + 1:02d}"), 姓名="毛超")
            for column, value in enumerate(values):
                sheet.write_formula(row, column, f'=T("{value}")', None, str(value))

    rows = read(workbook(HEADER, write=write))
    assert (len(rows), {row.verdict for row in rows}) == (300, {Verdict.ACCEPT})
    assert all("FORMULA_CELL" in codes(row) for row in rows)


@pytest.mark.parametrize("since_1904", [False, True])
def test_days_are_read_by_the_workbooks_own_calendar(since_1904):
    def write(sheet, book):
        kind = book.add_format({"num_format": "yyyy-mm-dd"})
        serial = (date(1990, 3, 7) - (date(1904, 1, 1) if since_1904 else date(1899, 12, 30))).days
        sheet.write_number(1, HEADER.index("出生日期"), serial, kind)

    data = workbook(HEADER, candidate(1, **PASSPORT), write=write)
    if since_1904:
        data = repacked(data, workbook_xml=lambda xml: xml.replace(b"<workbookPr", b'<workbookPr date1904="1"'))
    assert one(data).line.birth == date(1990, 3, 7)


@pytest.mark.parametrize("name", ["毛\n超", "毛\u200b超", "\u202e毛超\u202c", "毛\u2066超\u2069", "\ufeff毛超",
                                  "毛\xa0超"])
def test_a_name_with_what_nobody_sees_is_the_plain_name(name):
    row = one(workbook(HEADER, candidate(1, 姓名=name)))
    assert (row.line.name, row.verdict) == ("毛超", Verdict.ACCEPT)


@pytest.mark.parametrize("last", ["Х", "х", "Χ", "χ"])
def test_a_number_whose_x_is_of_another_alphabet_is_refused_in_its_cell(last):
    number = next(n for n in (resident(998, f"199003{day:02d}") for day in range(1, 29)) if n.endswith("X"))
    row = one(workbook(HEADER, candidate(1, 证件号码=number[:-1] + last)))
    assert row.verdict is Verdict.REJECT
    assert {(p.code, p.cell) for p in row.problems} == {("ID_FORMAT", "F2")}


def test_a_second_column_of_the_same_name_does_not_overwrite_the_first():
    row = one(csv_bytes([*HEADER, "姓名", "姓名"], [*candidate(1, 姓名="毛超"), "别人", "再一个"]))
    assert row.line.name == "毛超"
    assert sorted(row.line.extra.values()) == ["再一个", "别人"]


def test_a_quoted_word_in_a_cell_of_a_csv_stays():
    row = one(csv_bytes(HEADER, candidate(1, 备注='他说"好"')))
    assert row.line.remark == '他说"好"'
