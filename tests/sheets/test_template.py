"""The template for a roster is read back by the import itself, and offers only words that the rules know."""

import io
import xml.etree.ElementTree as ET
import zipfile

import pytest
from sheet_kit import RULES, resident

from appraisal.catalogue import load_schemes
from appraisal.domain.problem import Verdict
from appraisal.domain.tables import code_tables
from appraisal.sheets.layout import AS_KNOWN
from appraisal.sheets.opening import open_sheets
from appraisal.sheets.roster import open_roster, read_roster, roster_table
from appraisal.sheets.template import roster_template

SCHEMES = load_schemes()
NS = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
CELL = '<c r="{}2" t="inlineStr"><is><t>{}</t></is></c>'


@pytest.fixture(params=SCHEMES)
def scheme(request):
    return SCHEMES[request.param]


def filled(data, values):
    """The template with one row under its header, as a spreadsheet would write it."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            if name == "xl/worksheets/sheet1.xml":
                row = f'<row r="2">{"".join(CELL.format(column, text) for column, text in values.items())}</row>'
                part = part.replace(b"</sheetData>", row.encode() + b"</sheetData>")
            new.writestr(name, part)
    return out.getvalue()


def test_all_columns_are_known_and_no_row_is_in_it(scheme):
    table = roster_table(open_roster(roster_template(scheme), "模板.xlsx"), AS_KNOWN)
    assert len(table.header.fields) == 33
    assert all(name.isascii() for name in table.header.fields.values())  # ours, not the header's own words
    assert not [row for row in table.rows if row.is_data]


def test_every_word_offered_is_one_that_the_rules_know(scheme):
    lists = open_sheets(roster_template(scheme), "模板.xlsx")[1]
    fields = roster_table(open_roster(roster_template(scheme), "模板.xlsx"), AS_KNOWN).header.fields
    offered = {fields[column]: [row[column] for row in lists.rows[1:] if column < len(row) and row[column]]
               for column in fields if column < len(lists.rows[0]) and lists.rows[0][column]}
    closed = code_tables().closed
    assert set(offered) >= set(closed) - {"level"}
    for field, words in offered.items():
        for word in words if field in closed else ():
            assert closed[field].find(word) is not None, (field, word)
    assert offered["occupation"] == [scheme.occupation.zh, *(job.zh for job in scheme.jobs)]


def test_drop_downs_name_the_whole_list():
    with zipfile.ZipFile(io.BytesIO(roster_template(SCHEMES["ai-trainer"]))) as book:
        sheet = ET.fromstring(book.read("xl/worksheets/sheet1.xml"))
    said = {one.get("sqref"): one.findtext(f"{NS}formula1") for one in sheet.iter(f"{NS}dataValidation")}
    assert said["C2:C1001"] == "选项!$C$2:$C$6"  # five levels
    assert said["H2:H1001"] == "选项!$H$2:$H$3"


def test_a_row_filled_in_is_accepted():
    data = filled(roster_template(SCHEMES["ai-trainer"]), {
        "B": "人工智能训练师", "C": "三级/高级工", "D": "累计从事本职业或相关职业工作满10年", "E": "居民身份证",
        "F": resident(), "G": "王小明", "J": "15412345678", "K": "否", "N": "高中", "U": "正考", "V": "汉族"})
    row, = read_roster(open_roster(data, "模板.xlsx"), RULES).rows
    assert row.verdict is Verdict.ACCEPT, row.problems
