"""Marks sheets, admission and certificate numbers: against the shared data, and rule by rule."""

import json
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from sheet_kit import RULES, codes, csv_bytes, resident, workbook

from appraisal.domain.problem import Verdict
from appraisal.sheets.admissions import read_admissions
from appraisal.sheets.marks import Seat, SubjectMark, SubjectState, read_marks
from appraisal.sheets.numbers import read_numbers
from appraisal.sheets.roster import open_roster, read_roster
from appraisal.sheets.wording import problem_sentence

ROSTERS = Path(__file__).parents[2] / "../shared/data/rosters"
with_rosters = pytest.mark.skipif(not ROSTERS.exists(), reason="shared/data/rosters is not beside the repository")
REQUIRED = {3: ("theory", "practice"), 4: ("theory", "practice"), 2: ("theory", "practice", "comprehensive")}
TOP = ["序号", "准考证号", "姓名", "证件号码", "等级", "成绩", "", "", ""]
BELOW = ["", "", "", "", "", "理论", "技能", "综合评审", "工作业绩"]
NUMBER = "2601001004101001001"
FIRST_ID = resident(1)
SEATS = {NUMBER: Seat("e1", "毛超", FIRST_ID, 3), NUMBER[:-1] + "2": Seat("e2", "毛俊", resident(2), 3)}


def present(text):
    return SubjectMark(SubjectState.PRESENT, Decimal(text))


def mark_row(theory=85, practice=90, comprehensive="--", achievement="--", *, number=NUMBER, name="毛超",
             id_no=FIRST_ID, level="三级/高级工"):
    return [1, number, name, id_no, level, theory, practice, comprehensive, achievement]


def rows_of(*rows, seats=SEATS, **named):
    return read_marks(workbook(TOP, BELOW, *rows), "成绩.xlsx", seats, REQUIRED, **named).rows


def only(*args, **named):
    row, = rows_of(mark_row(*args, **named))
    return row


@with_rosters
def test_the_shared_marks_sheet_row_by_row():
    roster = read_roster(open_roster((ROSTERS / "roster-33-columns.xlsx").read_bytes(), "roster"), RULES)
    numbers = read_admissions((ROSTERS / "admission-numbers.csv").read_bytes(), "admissions",
                              {line.id_no: line.name for line in roster.lines})
    assert [row.verdict for row in numbers.rows] == [Verdict.ACCEPT] * 120
    seats = {row.admission_no: Seat(row.id_no, row.name, row.id_no, row.level) for row in numbers.rows}
    rows = {row.row: row for row in read_marks(
        (ROSTERS / "marks-sheet.xlsx").read_bytes(), "marks", seats, REQUIRED).rows}
    for one in json.loads((ROSTERS / "marks-sheet.expected.json").read_text("utf-8"))["rows"]:
        row = rows.pop(one["row"])
        must = set(one.get("codes", ()))
        assert row.verdict == one["expect"], one
        assert must <= codes(row) <= must | set(one.get("optional_codes", ())), one
        if "fields" in one:
            assert {p.field for p in row.problems if p.code in must} == set(one["fields"]), one
        for subject in {"theory", "practice"} & one.keys():
            mark = row.marks[subject]
            assert mark.state == one[subject]["state"], one
            assert (None if mark.value is None else str(mark.value)) == one[subject].get("value"), one
        assert (row.marks is None) == (row.verdict in {Verdict.REJECT, Verdict.SKIP}), one
    assert not rows


@pytest.mark.parametrize(("typed", "mark"), [
    (85, present("85")), ("８５", present("85")), ("90分", present("90")), (" 66.50 ", present("66.5")),
    (0, present("0")),
    (100, present("100")), (79.5, present("79.5")), ("85.25", present("85.25")),
    ("缺 考", SubjectMark(SubjectState.ABSENT)),
    ("违纪", SubjectMark(SubjectState.VOID)), ("作弊", SubjectMark(SubjectState.VOID)),
    ("", SubjectMark(SubjectState.MISSING)),
])
def test_marks_and_what_stands_instead(typed, mark):
    row = only(typed)
    assert (row.verdict, row.marks["theory"]) == (Verdict.ACCEPT, mark)
    assert str(row.marks["theory"].value) == str(mark.value)


@pytest.mark.parametrize(("typed", "code"), [
    (100.5, "MARK_RANGE"), ("-1", "MARK_RANGE"), ("101", "MARK_RANGE"), ("八十五", "MARK_UNREADABLE"),
    ("8O", "MARK_UNREADABLE"),
    ("85/90", "MARK_UNREADABLE"), ("1E2", "MARK_UNREADABLE"), (85.333, "MARK_UNREADABLE"),
    ("--", "MARK_REQUIRED_NA"),
    ("—", "MARK_REQUIRED_NA"),
])
def test_marks_that_are_refused(typed, code):
    row = only(typed)
    assert (row.verdict, row.marks, codes(row) - {"MARK_STEP"}) == (Verdict.REJECT, None, {code})
    assert [p.cell for p in row.problems if p.code == code] == ["F3"]
    for language in ("zh_CN", "en"):
        assert "{" not in problem_sentence(row.problems[-1], language)


def test_a_date_is_no_mark():
    def write(sheet, book):
        sheet.write_datetime("F3", date(2026, 8, 5), book.add_format({"num_format": "m-d"}))

    data = workbook(TOP, BELOW, mark_row(), write=write)
    row, = read_marks(data, "x.xlsx", SEATS, REQUIRED).rows
    assert codes(row) == {"MARK_UNREADABLE"}


def test_a_subject_that_the_level_does_not_have():
    row = only(comprehensive=88)
    assert (row.verdict, codes(row), set(row.marks)) == (Verdict.WARN, {"MARK_NOT_APPLICABLE"}, {"theory", "practice"})
    second = {NUMBER: Seat("e1", "毛超", resident(1), 2)}
    row, = rows_of(mark_row(comprehensive=88, level="二级"), seats=second)
    assert row.marks["comprehensive"] == present("88")


@pytest.mark.parametrize(("changed", "code", "field"), [
    ({"number": ""}, "MISSING_REQUIRED", "admission_no"),
    ({"number": 2601001004101001001}, "ADM_PRECISION_LOST", "admission_no"),
    ({"number": NUMBER[:-1]}, "ADM_UNKNOWN", "admission_no"), ({"name": "毛不同"}, "NAME_MISMATCH", "name"),
    ({"id_no": resident(2)}, "ID_MISMATCH", "id_no"), ({"id_no": ""}, "MISSING_REQUIRED", "id_no"),
    ({"level": "四级"}, "LEVEL_MISMATCH", "level"),
])
def test_whose_mark_it_is(changed, code, field):
    row = only(**changed)
    assert (row.verdict, row.enrolment) == (Verdict.REJECT, None)
    assert [(p.code, p.field) for p in row.problems] == [(code, field)]


def test_the_same_row_again_and_another_for_the_same_number():
    first, again = rows_of(mark_row(), mark_row())
    assert (first.verdict, first.enrolment, codes(again)) == (Verdict.ACCEPT, "e1", {"DUP_ROW"})
    assert [codes(row) for row in rows_of(mark_row(), mark_row(86))] == [{"DUP_CONFLICT"}, {"DUP_CONFLICT"}]
    slipped, right = rows_of(mark_row(70, name="毛俊"), mark_row())
    assert (codes(slipped), right.verdict) == ({"NAME_MISMATCH"}, Verdict.ACCEPT)


def test_a_scheme_with_subjects_of_its_own():
    top = ["准考证号", "姓名", "创新意识", "创新精神"]
    data = workbook(top, [NUMBER, "毛超", 88, "缺考"], ["填报人：甲"])
    row, end = read_marks(data, "x.xlsx", {NUMBER: Seat("e1", "毛超", resident(1), None)},
                          {None: ("awareness", "spirit")}, {"创新意识": "awareness", "创新精神": "spirit"}).rows
    assert row.marks == {"awareness": present("88"), "spirit": SubjectMark(SubjectState.ABSENT)}
    assert end.verdict is Verdict.SKIP


PEOPLE = {resident(1): "毛超", resident(2): "毛俊", resident(3): "毛娟"}


def test_admission_numbers():
    top = ["准考证号", "姓名", "证件号码", "等级", "考场", "座位号"]
    data = csv_bytes(top, [NUMBER, "毛超", resident(1), "三级", "001", "007"],
        ["A1", "毛俊", resident(2), "三级", "", ""],
                     ["260100100410100", "毛娟", resident(9), "三级", "", ""],
                     ["2.6E+18", "毛娟", resident(3), "", "", ""])
    good, short, unknown, lost = read_admissions(data, "x.csv", PEOPLE).rows
    assert (good.verdict, good.admission_no) == (Verdict.ACCEPT, NUMBER)
    assert (good.level, good.room, good.seat) == (3, "001", "007")
    assert [codes(row) for row in (short, unknown, lost)] == [{"ADM_FORMAT"}, {"ID_UNKNOWN"}, {"ADM_PRECISION_LOST"}]


def test_one_admission_number_for_two_people():
    top = ["准考证号", "姓名", "证件号码"]
    one, other, third, again = read_admissions(csv_bytes(
        top, [NUMBER, "毛超", resident(1)], [NUMBER, "毛俊", resident(2)], [NUMBER + "3", "毛娟", resident(3)],
        [NUMBER + "3", "毛娟", resident(3)]), "x.csv", PEOPLE).rows
    assert codes(one) == codes(other) == {"DUP_CONFLICT"}
    assert (third.verdict, codes(again)) == (Verdict.ACCEPT, {"DUP_ROW"})


def test_certificate_numbers():
    top = ["姓名", "证件号码", "证书编号", "证书版面发证日期"]
    national = "S000011900123213000045"
    good, short, name, day = read_numbers(csv_bytes(
        top, ["毛超", resident(1), national.lower(), "2026年12月20日"],
        ["毛俊", resident(2), national[:-1], "2026-12-20"],
        ["毛不", resident(3), national[:-1] + "6", "2026-12-20"],
        ["毛娟", resident(3), national[:-1] + "7", "下周"]),
        "x.csv", PEOPLE).rows
    assert (good.verdict, good.number, good.issued) == (Verdict.ACCEPT, national, date(2026, 12, 20))
    assert [codes(row) for row in (short, name, day)] == [{"NUMBER_FORMAT"}, {"NAME_MISMATCH"}, {"DATE_UNREADABLE"}]
    for row in (short, name, day):
        for language in ("zh_CN", "en"):
            assert "{" not in problem_sentence(row.problems[0], language)
