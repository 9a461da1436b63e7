"""Rosters made here: each rule by itself, so that it is tested without the shared data too."""

from dataclasses import replace
from datetime import date

import pytest
from sheet_kit import HEADER, RULES, candidate, codes, csv_bytes, resident, workbook

from appraisal.domain.errors import RuleViolation
from appraisal.domain.person import age
from appraisal.domain.problem import Verdict
from appraisal.domain.roster_reading import read_line
from appraisal.domain.typed import Typed
from appraisal.sheets.layout import Layout
from appraisal.sheets.roster import open_roster, read_roster
from appraisal.sheets.wording import problem_sentence

PASSPORT = {"证件类型": "护照", "姓名": "ANNA MARIA", "民族": "其他", "国籍（地区）": "瑞典", "性别": "女"}


def rows_of(*rows, rules=RULES, write=None):
    return read_roster(open_roster(workbook(HEADER, *rows, write=write), "名单.xlsx"), rules).rows


def only(**changed):
    row, = rows_of(candidate(**changed))
    return row


def test_a_clean_row_is_read_whole():
    row = only()
    assert (row.row, row.verdict, row.problems) == (2, Verdict.ACCEPT, ())
    line = row.line
    assert (line.name, line.id_no, line.birth, line.sex) == ("毛俊", resident(1), date(1990, 3, 7), "M")
    assert (line.nationality, line.ethnicity, line.education, line.level) == ("CHN", "汉族", "大学本科", 4)
    assert (line.phone, line.has_cert, line.prior_level, line.extra) == ("15400000001", False, None, {})


@pytest.mark.parametrize(("changed", "expected", "field"), [
    ({"姓名": " \u3000"}, "MISSING_REQUIRED", "name"), ({"联系电话": ""}, "MISSING_REQUIRED", "phone"),
    ({"文化程度": ""}, "MISSING_REQUIRED", "education"),
    ({"是否有职业资格证书": "是"}, "MISSING_REQUIRED", "prior_cert"),
    ({"证件号码": 110101199003071234}, "ID_PRECISION_LOST", "id_no"),
    ({"证件号码": "1.1E+17"}, "ID_PRECISION_LOST", "id_no"),
    ({"申报级别": "特等"}, "LEVEL_UNKNOWN", "level"), ({"申报级别": "三级/中级工"}, "LEVEL_UNKNOWN", "level"),
    ({"职业（工种）\n名称": "人工智能"}, "OCCUPATION_UNKNOWN", "occupation"),
    ({"民族": "火星族"}, "VALUE_UNKNOWN", "ethnicity"),
    ({"证件类型": "驾驶证"}, "VALUE_UNKNOWN", "id_type"), ({"性别": "?"}, "VALUE_UNKNOWN", "sex"),
    ({"国籍（地区）": "亚特兰蒂斯"}, "VALUE_UNKNOWN", "nationality"),
    ({"联系电话": "1540000123"}, "PHONE_FORMAT", "phone"),
    ({"联系电话": "25400001234"}, "PHONE_FORMAT", "phone"), ({"姓名": "王[yan]"}, "NAME_INVALID", "name"),
    ({**PASSPORT, "证件号码": "E1234567"}, "MISSING_REQUIRED", "birth"),
    ({**PASSPORT, "证件号码": "E1234567", "出生日期": "1990-02-30"}, "MISSING_REQUIRED", "birth"),
    ({**PASSPORT, "证件号码": "E1234567", "出生日期": "2030-02-01"}, "ID_DATE", "birth"),
    ({**PASSPORT, "证件号码": "E1234567", "出生日期": "1990-02-01", "国籍（地区）": ""}, "MISSING_REQUIRED",
    "nationality"),
])
def test_what_refuses_a_row(changed, expected, field):
    row = only(**changed)
    assert row.verdict is Verdict.REJECT
    assert row.line is None
    assert (expected, field) in {(p.code, p.field) for p in row.problems}
    assert {p.code for p in row.problems} <= {expected, "MISSING_REQUIRED", "BIRTH_UNREADABLE"}


@pytest.mark.parametrize(("changed", "expected"), [
    ({"性别": "女"}, "SEX_MISMATCH"), ({"出生日期": "1990-03-08"}, "BIRTH_MISMATCH"),
    ({"出生日期": "1990年4月"}, "BIRTH_MISMATCH"),
    ({"备注": "=1+1"}, "FORMULA_TEXT"), ({"工作单位": "@SUM(1)"}, "FORMULA_TEXT"),
    ({"备注": "＝cmd"}, "FORMULA_TEXT"),
    ({"证件号码": resident(born="20101213")}, "AGE_UNDER_16"),
    ({"证件号码": resident(area="412723")}, "ID_AREA_UNKNOWN"),
    ({"证件类型": "护照"}, "ID_TYPE_MISMATCH"), ({"证件号码": "110101900307993"}, "ID_OLD_15"),
    ({"是否有职业资格证书": "有", "证书等级": "初级工", "证书编号": "S0000"}, "CERT_NO_FORMAT"),
])
def test_what_only_warns(changed, expected):
    row = only(**changed)
    assert (row.verdict, codes(row)) == (Verdict.WARN, {expected})
    assert row.line is not None


@pytest.mark.parametrize(("changed", "field", "value"), [
    ({"申报级别": 3}, "level", 3), ({"申报级别": "４"}, "level", 4), ({"申报级别": " 二级 / 技师 "}, "level", 2),
    ({"申报级别": "高级技师"}, "level", 1), ({"联系电话": "+86 154-0000-0009"}, "phone", "15400000009"),
    ({"联系电话": "0086 154 0086 0009"}, "phone", "15400860009"), ({"联系电话": "15400861234"}, "phone", "15400861234"),
    ({"联系电话": 15400000008}, "phone", "15400000008"), ({"民族": "维吾尔"}, "ethnicity", "维吾尔族"),
    ({"出生日期": 19900307}, "birth", date(1990, 3, 7)), ({"备注": "--"}, "remark", "--"),
    ({"国籍（地区）": "中国香港"}, "nationality", "CHN"),
    ({**PASSPORT, "证件号码": " m７0654321", "出生日期": "1990.2.1"}, "id_no", "M70654321"),
    ({**PASSPORT, "证件号码": 512345678, "出生日期": "1990.2.1"}, "id_no", "512345678"),
    ({**PASSPORT, "证件类型": "外国人永久居留身份证", "证件号码": "931752198804170145", "国籍（地区）": ""},
    "nationality", "SWE"),
    ({"是否有职业资格证书": "有", "证书等级": "初级工", "证书编号": "s0000119001232 12000046"}, "prior_cert",
    "S000011900123212000046"),
])
def test_what_is_tidied(changed, field, value):
    row = only(**changed)
    assert row.verdict is Verdict.ACCEPT
    assert getattr(row.line, field) == value


def test_below_fourteen_a_guardian_is_needed():
    assert codes(only(证件号码=resident(born="20121213"))) == {"AGE_UNDER_16", "GUARDIAN_REQUIRED"}
    assert codes(only(证件号码=resident(born="20121212"))) == {"AGE_UNDER_16"}
    assert age(date(2008, 2, 29), date(2024, 2, 28)) == 15
    assert age(date(2008, 2, 29), date(2025, 3, 1)) == 17


def test_a_character_that_no_font_has():
    row, = rows_of(candidate(姓名="李\U0002ebf0"), rules=replace(RULES, can_draw=lambda c: c != "\U0002ebf0"))
    assert codes(row) == {"NAME_NO_GLYPH"}
    assert "U+2EBF0" in problem_sentence(row.problems[0], "en")


def test_the_same_person_twice():
    first, again, other_level = rows_of(candidate(), candidate(), candidate(申报级别="三级"))
    assert [row.verdict for row in (first, again, other_level)] == [Verdict.ACCEPT, Verdict.REJECT, Verdict.ACCEPT]
    assert [(p.code, p.cell, p.detail["row"]) for p in again.problems] == [("DUP_ROW", "F3", "2")]


def test_a_refused_row_does_not_make_the_good_one_a_duplicate():
    bad, good = rows_of(candidate(联系电话="12"), candidate())
    assert (codes(bad), good.verdict) == ({"PHONE_FORMAT"}, Verdict.ACCEPT)


def test_an_old_and_a_new_number_are_one_person():
    old = "110101900307993"
    new = resident(993)
    assert codes(rows_of(candidate(证件号码=new), candidate(证件号码=old))[1]) == {"DUP_ROW", "ID_OLD_15"}


def test_one_number_with_two_names_refuses_both():
    one, other, third = rows_of(candidate(), candidate(姓名="周不同"), candidate(2))
    assert codes(one) == codes(other) == {"DUP_ID_CONFLICT"}
    assert third.verdict is Verdict.ACCEPT


def test_one_telephone_for_two_people_warns_both():
    rows = rows_of(candidate(1), candidate(2, 联系电话="15400000001"), candidate(3))
    assert [codes(row) for row in rows] == [{"DUP_PHONE"}, {"DUP_PHONE"}, set()]


def test_hidden_rows_errors_and_formulas():
    def write(sheet, _book):
        sheet.set_row(1, options={"hidden": True})
        sheet.write_formula("L3", "=VLOOKUP(1,Z1:Z2,2,0)", None, "#N/A")
        sheet.write_formula("S4", "=NA()", None, "#N/A")
        sheet.write_formula("B5", '="毛"&"超"', None, "毛超")

    hidden, broken, elsewhere, formula = rows_of(*(candidate(n) for n in range(1, 5)), write=write)
    assert (hidden.verdict, codes(hidden)) == (Verdict.WARN, {"HIDDEN_ROW"})
    assert [(p.code, p.cell, p.detail["value"]) for p in broken.problems] == [("CELL_ERROR", "L3", "#N/A")]
    assert broken.verdict is Verdict.REJECT
    assert (elsewhere.verdict, codes(elsewhere)) == (Verdict.ACCEPT, {"CELL_ERROR"})
    assert (formula.verdict, codes(formula), formula.line.name) == (Verdict.ACCEPT, {"FORMULA_CELL"}, "毛超")


def test_the_form_and_the_sheet_give_the_same_line():
    sheet = only(性别="女", 备注="=1")
    form = read_line({
        "name": Typed("毛俊"), "sex": Typed("F"), "ethnicity": Typed("汉族"), "id_type": Typed("resident_id"),
        "id_no": Typed(resident(1)), "nationality": Typed("CHN"), "education": Typed("大学本科"),
        "employer": Typed("示例大学"),
        "occupation": Typed("人工智能训练师"), "level": Typed("4"), "condition": Typed("满5年"),
        "exam_type": Typed("正考"),
        "phone": Typed("15400000001"), "has_cert": Typed("否"), "remark": Typed("=1")}, RULES)
    assert form.line == sheet.line
    assert {p.code for p in form.problems} == codes(sheet) == {"SEX_MISMATCH", "FORMULA_TEXT"}


def test_title_rows_page_breaks_subtotals_and_the_end_are_skipped():
    top = ["序号", "姓 名", "证件信息", "", "申报信息", "", "民族", "文化程度", "申报条件", "考试类型", "手机",
        "是否有职业资格证书", "单位"]
    below = ["", "", "证件类型", "证件号码", "职业", "级别", *[""] * 7]

    def person(n):
        return [n, "毛超", "身份证", resident(n), "人工智能训练师", "5", "汉", "高中", "满1年", "正考",
        f"154{n:08d}", "无", ""]

    rows = [["2026年第四批报名表"], top, below, person(1), person(2), [""], top, below, ["小计", "2人"],
        person(3), [4],
            ["填报人：甲   审核人：乙"], ["注：一、二"], person(5)]
    def write(sheet, book):
        sheet.merge_range("C2:D2", "证件信息", book.add_format())
        sheet.merge_range("M4:M5", "示例大学", book.add_format())

    found = read_roster(open_roster(workbook(*rows, write=write), "x.xlsx"), RULES)
    assert [(row.row, row.verdict.value) for row in found.rows] == [
        (4, "accept"), (5, "accept"), (6, "skip"), (7, "skip"), (8, "skip"), (9, "skip"), (10, "accept"),
        (11, "skip"),
        (12, "skip"), (13, "skip"), (14, "accept")]
    assert [line.employer for line in found.lines] == ["示例大学", "示例大学", "", ""]
    assert found.counts[Verdict.SKIP] == 7


def test_columns_that_no_rule_knows_are_kept():
    header, row = [*HEADER, "鞋码", "备注"], [*candidate(), "42", "又一"]
    line, = read_roster(open_roster(workbook(header, row), "x.xlsx"), RULES).lines
    assert line.extra == {"鞋码": "42", "备注": "又一"}
    assert line.remark == ""


def test_a_preset_maps_other_words():
    header = ["大名" if word == "姓名*" else word for word in HEADER]
    with pytest.raises(RuleViolation) as refused:
        read_roster(open_roster(workbook(header, candidate()), "x.xlsx"), RULES)
    assert (refused.value.code, refused.value.detail["columns"]) == ("sheet_header_not_found", "姓名、证件号码")
    file = open_roster(workbook(header, candidate()), "x.xlsx")
    assert len(read_roster(file, RULES, Layout({"大名": "name"})).lines) == 1


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_csv_encodings_and_separators(encoding, delimiter):
    rare = candidate(姓名="王䶮", 备注="一行\n又一行", 证件号码=f'="{resident(1)}"', 联系电话="\t15400000001")
    data = csv_bytes(HEADER, rare, candidate(2), encoding=encoding, delimiter=delimiter)
    found = read_roster(open_roster(data, "名单.csv"), RULES)
    assert [(row.row, row.verdict) for row in found.rows] == [(2, Verdict.ACCEPT), (3, Verdict.ACCEPT)]
    assert (found.lines[0].name, found.lines[0].remark, found.lines[0].phone) == ("王䶮", "一行\n又一行", "15400000001")
