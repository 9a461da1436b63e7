"""Small sheets made in the test, and people who are nobody."""

import csv
import io
from datetime import date

import xlsxwriter

from appraisal.domain.identity import check_digit
from appraisal.domain.roster import RosterRules

RULES = RosterRules({"人工智能训练师"}, reference_date=date(2026, 12, 12), today=date(2026, 11, 22))
HEADER = ("序号", "姓名*", "性别", "民族", "证件类型*", "证件号码*", "出生日期", "国籍（地区）", "文化程度",
    "工作单位",
          "职业（工种）\n名称", "申报级别", "申报条件", "考试类型", "联系电话", "是否有职业资格证书", "证书等级",
          "证书编号", "备注")


def resident(sequence=998, born="19900307", area="110101"):
    first = f"{area}{born}{sequence:03d}"
    return first + check_digit(first)


def candidate(number=1, **changed):
    """One row under HEADER; `changed` by the header word."""
    row = dict(zip(HEADER, (
        number, "毛" + "超俊桂娟浩"[number % 5], "", "汉", "身份证", resident(number), "", "中国", "本科",
        "示例大学",
        "人工智能训练师", "四级/中级工", "满5年", "正考", f"154{number:08d}", "否", "", "", ""), strict=True))
    by_word = {word.rstrip("*"): word for word in HEADER}
    return list((row | {by_word[word]: value for word, value in changed.items()}).values())


def workbook(*rows, write=None):
    """The bytes of an .xlsx; text stays text. `write(sheet, book)` adds what rows cannot say."""
    kept = io.BytesIO()
    options = {"in_memory": True, "strings_to_numbers": False, "strings_to_formulas": False}
    with xlsxwriter.Workbook(kept, options) as book:
        sheet = book.add_worksheet("名单")
        for at, row in enumerate(rows):
            sheet.write_row(at, 0, row)
        if write:
            write(sheet, book)
    return kept.getvalue()


def csv_bytes(*rows, encoding="utf-8-sig", delimiter=","):
    kept = io.StringIO()
    csv.writer(kept, delimiter=delimiter).writerows(rows)
    return kept.getvalue().encode(encoding)


def codes(row):
    return {p.code for p in row.problems}
