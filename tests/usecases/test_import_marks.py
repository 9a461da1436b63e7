"""A marks sheet on a real desk: what is entered, what again changes nothing, what is refused whole."""

import csv
import json
from decimal import Decimal
from pathlib import Path

import pytest
import xlsxwriter
from import_marks_kit import open_marks_centre, operators, seat_batch
from sqlalchemy import func, select

from appraisal.domain.errors import RuleViolation
from appraisal.domain.marks import Mark, MarkState, Outcome
from appraisal.usecases.enter_mark import EnterMark, enter_mark
from appraisal.usecases.import_marks import Entered, ImportMarks, import_marks, outcomes_of, preview_marks
from db.schema import journal

ROSTERS = Path(__file__).parents[2] / "../shared/data/rosters"
with_rosters = pytest.mark.skipif(not ROSTERS.exists(), reason="shared/data/rosters is not beside the repository")
NUMBER = "260100100410100100"
PEOPLE = [("毛超", "A1", NUMBER + "1", 3), ("常瑶桐", "A2", NUMBER + "2", 3), ("文娟", "A3", NUMBER + "3", 4)]
BOTH = ((NUMBER + "1", "毛超", 85, 60, ""), (NUMBER + "2", "常瑶桐", 70, 80, ""))


@pytest.fixture
def centre(tmp_path):
    opened = open_marks_centre(tmp_path / "desk")
    yield opened
    opened.close()


@pytest.fixture
def batch(centre):
    return seat_batch(centre, PEOPLE)


def sheet(tmp_path, *rows, subjects=("理论", "技能", "综合评审")):
    with xlsxwriter.Workbook(tmp_path / "成绩.xlsx") as book:
        page = book.add_worksheet()
        for at, row in enumerate((("准考证号", "姓名", *subjects), *rows)):
            page.write_row(at, 0, row)
    return (tmp_path / "成绩.xlsx").read_bytes()


def read(centre, batch, data, scheme="ai-trainer"):
    return preview_marks(data, "成绩.xlsx", centre.reads.enrolments(batch), centre.desk.schemes[scheme])


def put_in(centre, batch, reading, entry, login=None):
    who = operators(centre)[login or ("marks_a", "marks_b")[entry - 1]]
    return import_marks(ImportMarks(batch, entry, reading, who), centre.desk)


def entries(centre):
    with centre.reader.begin() as connection:
        return connection.scalar(select(func.count()).select_from(journal).where(journal.c.kind == "mark.entered"))


def outcomes(centre, batch):
    return [row.outcome.value for row in centre.reads.outcomes(batch)]


def test_two_imports_by_two_people_confirm_and_a_third_changes_nothing(centre, batch, tmp_path):
    reading = read(centre, batch, sheet(
        tmp_path, (NUMBER + "1", "毛超", 85, 60, "--"), (NUMBER + "2", "常瑶桐", "缺考", 90, "--"),
        (NUMBER + "3", "文娟", "", "违纪", "--")))
    assert put_in(centre, batch, reading, 1) == Entered(3, 5)
    assert outcomes(centre, batch) == ["INCOMPLETE"] * 3
    assert put_in(centre, batch, reading, 2) == Entered(3, 5)
    assert outcomes(centre, batch) == ["PASS", "FAIL", "VOID"]
    assert outcomes_of(reading, centre.reads.enrolments(batch), centre.desk.schemes["ai-trainer"]) == {
        2: Outcome.PASS, 3: Outcome.FAIL, 4: Outcome.VOID}
    assert entries(centre) == 10
    put_in(centre, batch, reading, 1)
    put_in(centre, batch, reading, 2)
    assert entries(centre) == 10


def test_a_refused_row_is_left_out_and_the_others_go_in(centre, batch, tmp_path):
    reading = read(centre, batch, sheet(tmp_path, (NUMBER + "1", "毛超", 100.5, 60, ""), BOTH[1],
                                        (NUMBER + "9", "谁", 70, 80, "")))
    assert put_in(centre, batch, reading, 1) == Entered(1, 2)
    given = {row.admission_number: row.marks for row in centre.reads.mark_rows(batch, 1)}
    assert given[NUMBER + "1"] == (("theory", None), ("practice", None))
    assert given[NUMBER + "2"][0] == ("theory", Mark(MarkState.PRESENT, Decimal(70)))


def test_a_mark_that_somebody_has_entered_undoes_the_whole_sheet_and_names_the_row(centre, batch, tmp_path):
    seated = centre.reads.enrolments(batch)[1]
    who = operators(centre)
    mark = Mark(MarkState.PRESENT, Decimal(61))
    for entry, login in ((1, "marks_a"), (2, "marks_b")):
        enter_mark(EnterMark(seated.id, "practice", entry, mark, who[login]), centre.desk)
    before = entries(centre)
    reading = read(centre, batch, sheet(tmp_path, *BOTH))
    with pytest.raises(RuleViolation) as refused:
        put_in(centre, batch, reading, 1)
    assert refused.value.code == "sheet_mark_already_entered"
    assert refused.value.detail == {"row": 3, "number": NUMBER + "2", "subject": "practice"}
    assert entries(centre) == before


@pytest.mark.parametrize(("entry", "login", "code"), [
    (1, "marks_b", "right_missing"), (2, "marks_a", "right_missing"), (1, "supervisor", "right_missing")])
def test_only_the_entrys_own_people_import(centre, batch, tmp_path, entry, login, code):
    reading = read(centre, batch, sheet(tmp_path, (NUMBER + "1", "毛超", 85, 60, "")))
    with pytest.raises(RuleViolation, match=code):
        put_in(centre, batch, reading, entry, login)
    assert entries(centre) == 0


def test_a_reading_of_one_batch_does_not_go_into_another(centre, batch, tmp_path):
    other = seat_batch(centre, [("王旻", "A7", "2601001005101001001", 3)], code="2026-13")
    reading = read(centre, batch, sheet(tmp_path, (NUMBER + "1", "毛超", 85, 60, "")))
    with pytest.raises(RuleViolation, match="enrolment_of_other_batch"):
        put_in(centre, other, reading, 1)


def test_cancelling_between_rows_undoes_all(centre, batch, tmp_path):
    reading = read(centre, batch, sheet(tmp_path, *BOTH))

    def stop(done, total):
        assert (done, total) == (1, 2)
        raise InterruptedError

    with pytest.raises(InterruptedError):
        import_marks(ImportMarks(batch, 1, reading, operators(centre)["marks_a"]), centre.desk, stop)
    assert entries(centre) == 0


def test_the_seven_qualities_are_the_subjects_of_the_innovation_scheme(centre, tmp_path):
    batch = seat_batch(centre, [("毛超", "A1", NUMBER + "1", None)], "innovation-talent")
    qualities = [s.zh for s in centre.desk.schemes["innovation-talent"].at(None).subjects]
    reading = read(centre, batch, sheet(tmp_path, (NUMBER + "1", "毛超", *range(70, 77)), subjects=qualities),
                   "innovation-talent")
    assert put_in(centre, batch, reading, 1) == Entered(1, 7)
    row, = centre.reads.mark_rows(batch, 1)
    assert [mark.value for _, mark in row.marks] == list(range(70, 77))


@with_rosters
def test_the_shared_sheet_ends_in_the_outcomes_expected_of_it(centre):
    lines = json.loads((ROSTERS / "roster-33-columns.expected.json").read_text("utf-8"))["rows"]
    levels = {one["normalised"]["id_no"]: one["normalised"]["level"] for one in lines if "normalised" in one}
    with (ROSTERS / "admission-numbers.csv").open(encoding="utf-8-sig", newline="") as file:
        people = [(r["姓名"], r["证件号码"], r["准考证号"], int(levels[r["证件号码"]])) for r in csv.DictReader(file)]
    batch = seat_batch(centre, people)
    reading = read(centre, batch, (ROSTERS / "marks-sheet.xlsx").read_bytes())
    expected = json.loads((ROSTERS / "marks-sheet.expected.json").read_text("utf-8"))["rows"]
    results = {one["row"]: one["result"] for one in expected if one["expect"] in {"accept", "warn"}}
    assert len(results) > 90
    found = outcomes_of(reading, centre.reads.enrolments(batch), centre.desk.schemes["ai-trainer"])
    assert {row: one.value for row, one in found.items()} == results
    for entry in (1, 2):
        put_in(centre, batch, reading, entry)
    numbers = {one["admission_no"]: one["result"] for one in expected if one["row"] in results}
    assert {row.admission_number: row.outcome.value for row in centre.reads.outcomes(batch)} == (
        {person[2]: "INCOMPLETE" for person in people} | numbers)
