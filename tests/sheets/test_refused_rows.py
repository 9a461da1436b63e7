"""The workbook of refused rows: the sheet's own columns, what to mend in its cells, and nothing that calculates."""

import io
import xml.etree.ElementTree as ET
import zipfile

import pytest
from sheet_kit import HEADER, RULES, candidate, codes, resident, workbook

from appraisal.domain.problem import Verdict
from appraisal.sheets.grid import cell_name
from appraisal.sheets.refusals import refused_workbook
from appraisal.sheets.roster import open_roster, read_roster

NS = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
WRONG = resident()[:-1] + ("0" if resident()[-1] != "0" else "1")


def sent_back(data, language="zh_CN"):
    return refused_workbook(read_roster(open_roster(data, "名单.xlsx"), RULES), language)


class Written:
    """What the parts of an .xlsx say of its first sheet, cell by cell."""

    def __init__(self, data):
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            self.names = parts.namelist()
            self.xml = {name: parts.read(name) for name in self.names}
        texts = ["".join(one.itertext()) for one in self._root("xl/sharedStrings.xml")]
        self.cells = {one.get("r"): one for one in self._root("xl/worksheets/sheet1.xml").iter(f"{NS}c")}
        self.values = {at: texts[int(one.findtext(f"{NS}v"))] for at, one in self.cells.items() if one.get("t") == "s"}
        comments = self._root("xl/comments1.xml").iter(f"{NS}comment")
        self.comments = {one.get("ref"): "".join(one.itertext()) for one in comments}

    def _root(self, name):
        return ET.fromstring(self.xml[name])

    def colour(self, at):
        """ARGB of the cell's ground; None where it has none."""
        styles = self._root("xl/styles.xml")
        format_ = styles.find(f"{NS}cellXfs")[int(self.cells[at].get("s"))]
        ground = styles.find(f"{NS}fills")[int(format_.get("fillId"))].find(f".//{NS}fgColor")
        return None if ground is None else ground.get("rgb")


def at(row, word):
    return cell_name(row - 1, HEADER.index(word))


def test_refused_rows_keep_their_columns_and_say_what_to_mend_in_the_cell():
    data = workbook(("某单位报名表",), HEADER, candidate(1), candidate(2, 证件号码=WRONG, 联系电话="123"), candidate(3))
    sheet = Written(sent_back(data))
    added = [cell_name(0, len(HEADER) + more) for more in (0, 1)]
    assert [sheet.values[cell_name(0, column)] for column in range(len(HEADER))] == list(HEADER)
    assert [sheet.values[one] for one in added] == ["原行号", "请更正"]
    assert (sheet.values[at(2, "证件号码*")], sheet.values[cell_name(1, len(HEADER))]) == (WRONG, "4")
    assert not any(name.endswith("3") for name in sheet.values)
    said = sheet.values[cell_name(1, len(HEADER) + 1)]
    assert "校验" in sheet.comments[at(2, "证件号码*")]
    assert said == "\n".join(sheet.comments[at(2, word)] for word in ("证件号码*", "联系电话"))
    assert set(sheet.comments) == {at(2, "证件号码*"), at(2, "联系电话")}
    assert sheet.colour(at(2, "证件号码*")) == "FFF8D7DA"
    assert sheet.colour(at(2, "姓名*")) is None


@pytest.mark.parametrize("text", ["=1+1", "+86", "-1", "@SUM(A1)", '=HYPERLINK("http://example.com")'])
def test_what_begins_like_a_formula_is_text(text):
    back = sent_back(workbook(HEADER, candidate(1, 证件号码=WRONG, 备注=text)))
    sheet = Written(back)
    assert b"<f>" not in sheet.xml["xl/worksheets/sheet1.xml"]
    assert not any("hyperlink" in name.lower() or "external" in name.lower() for name in sheet.names)
    assert sheet.values[at(2, "备注")] == text


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_mended_rows_come_back_as_a_roster_without_what_was_added(language):
    back = sent_back(workbook(HEADER, candidate(1), candidate(2, 证件号码=WRONG)), language)
    assert codes(read_roster(open_roster(back, "回.xlsx"), RULES).rows[0]) == {"ID_CHECKSUM"}
    mended = io.BytesIO()
    with zipfile.ZipFile(mended, "w") as book:
        for name, xml in Written(back).xml.items():
            book.writestr(name, xml.replace(WRONG.encode(), resident().encode()))
    (row,) = read_roster(open_roster(mended.getvalue(), "回.xlsx"), RULES).rows
    assert (row.verdict, dict(row.line.extra)) == (Verdict.ACCEPT, {})


def test_a_header_of_two_rows_and_a_value_merged_over_rows_can_be_read_again():
    first, last = HEADER.index("证书等级"), HEADER.index("证书编号")
    top = ["已有证书" if first <= column <= last else word for column, word in enumerate(HEADER)]
    below = [word if first <= column <= last else "" for column, word in enumerate(HEADER)]

    def merge(sheet, _book):
        sheet.merge_range(0, first, 0, last, "已有证书")
        sheet.merge_range(2, HEADER.index("工作单位"), 3, HEADER.index("工作单位"), "示例大学")

    back = sent_back(workbook(top, below, candidate(1), candidate(2, 证件号码=WRONG), write=merge))
    sheet = Written(back)
    assert sheet.values[at(3, "工作单位")] == "示例大学"
    assert (sheet.values[at(1, "证书等级")], sheet.values[at(2, "证书编号")]) == ("已有证书", "证书编号")
    assert b"<mergeCell " in sheet.xml["xl/worksheets/sheet1.xml"]
    rows = [row for row in read_roster(open_roster(back, "回.xlsx"), RULES).rows if row.verdict is not Verdict.SKIP]
    assert [(row.row, codes(row)) for row in rows] == [(3, {"ID_CHECKSUM"})]


def test_an_error_value_and_lost_digits_are_shown_as_they_stood():
    def write(sheet, _book):
        sheet.write_formula(1, HEADER.index("文化程度"), "=NA()", None, "#N/A")
        sheet.write_number(1, HEADER.index("证件号码*"), 1.10101199003079e17)

    sheet = Written(sent_back(workbook(HEADER, candidate(1), write=write)))
    assert sheet.values[at(2, "文化程度")] == "#N/A"
    assert sheet.values[at(2, "证件号码*")].endswith("E+17")
