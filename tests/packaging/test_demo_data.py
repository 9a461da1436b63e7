"""resources/demo: made by its script, and acceptable row by row by rules that are not the product's own."""

import csv
import io
import re
import tomllib
import zipfile
from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

DEMO = Path(__file__).parents[2] / "resources/demo"
NAMES = ("ai-trainer", "innovation-talent")
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)  # GB 11643's table, not the powers the script uses


def people(name: str) -> list[dict[str, Any]]:
    rows = CalamineWorkbook.from_path(DEMO / f"roster-{name}.xlsx").get_sheet_by_index(0).to_python()
    return [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]


def seats(name: str) -> list[dict[str, str]]:
    with (DEMO / f"admissions-{name}.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def marks(name: str) -> list[list[Any]]:
    rows = CalamineWorkbook.from_path(DEMO / f"marks-{name}.xlsx").get_sheet_by_index(0).to_python()
    assert rows[-1][0].startswith("填报人")
    return rows[2:-1]


EVERYBODY = [one for name in NAMES for one in people(name)]


def outcome(cells: list[Any]) -> str:
    wanted = [cell for cell in cells if cell != "--"]
    if any(cell == "缺考" or (isinstance(cell, float) and cell < 60) for cell in wanted):
        return "FAIL"
    return "INCOMPLETE" if "" in wanted else "PASS"


def unpacked(name: str, data: bytes) -> dict[str, bytes]:
    """A workbook's parts: two zlibs may pack the same parts into different bytes."""
    if not name.endswith(".xlsx"):
        return {name: data}
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        return {part: book.read(part) for part in book.namelist()}


def test_the_committed_files_are_what_the_script_makes(script: Callable[[str], ModuleType]) -> None:
    made = script("demo_data").files()
    assert set(made) == {file.name for file in DEMO.iterdir()} - {"demo.toml", "README.md"}
    assert [name for name in made
            if unpacked(name, made[name]) != unpacked(name, (DEMO / name).read_bytes())] == []


def test_there_are_enough_people_and_no_two_share_a_number_or_a_telephone() -> None:
    assert len(people(NAMES[0])) >= 100
    assert len(people(NAMES[1])) >= 30
    for column in ("证件号码*", "手机号码*", "电子邮箱"):
        assert [value for value, n in Counter(one[column] for one in EVERYBODY).items() if n > 1] == []


@pytest.mark.parametrize("one", [one for one in EVERYBODY if len(one["证件号码*"]) == 18],
                         ids=lambda one: str(one["证件号码*"]))
def test_an_18_digit_number_says_the_same_as_its_row_and_is_nobodys(one: dict[str, Any]) -> None:
    number = one["证件号码*"]
    total = sum(int(digit) * weight for digit, weight in zip(number[:17], WEIGHTS, strict=True))
    assert number[17] == "10X98765432"[total % 11]
    assert date.fromisoformat(f"{number[6:10]}-{number[10:12]}-{number[12:14]}").isoformat() == one["出生日期"]
    assert number[14:17] in ("996", "997", "998", "999")
    assert one["性别"] == ("男" if int(number[16]) % 2 else "女")
    kind = {"8": "港澳台居民居住证", "9": "外国人永久居留身份证"}.get(number[0], "居民身份证")
    assert one["证件类型*"] == kind


def test_every_required_cell_is_filled_and_nobody_is_real() -> None:
    for one in EVERYBODY:
        needed = [column for column in one if column.endswith("*") and column != "认定等级*"]
        assert [column for column in needed if not one[column]] == []
        assert bool(one["认定等级*"]) == (one["职业工种名称*"] == "人工智能训练师")
        assert re.fullmatch(r"154\d{8}", one["手机号码*"])
        assert one["电子邮箱"].endswith("@example.com")
        assert bool(one["证书等级"] and one["证书编号"]) == (one["是否有职业资格证书*"] == "是")
        if one["证件类型*"] == "护照":
            assert one["性别"] in ("男", "女")
            assert one["出生日期"]
            assert one["国籍（地区）"] not in ("", "中国")


def test_years_of_work_satisfy_the_condition_that_is_claimed() -> None:
    for one in EVERYBODY:
        claimed = re.search(r"满(\d+)年", one["申报条件*"])
        assert int(one["专业年限"]) >= (int(claimed[1]) if claimed else 1)
        assert int(one["参加工作时间"][:4]) - int(one["出生日期"][:4]) >= 16


def test_every_document_kind_and_the_rare_names_are_there() -> None:
    assert {one["证件类型*"] for one in EVERYBODY} == {"居民身份证", "港澳台居民居住证", "外国人永久居留身份证", "护照"}
    numbers = [one["证件号码*"] for one in EVERYBODY]
    assert {number[:6] for number in numbers if number[:1] == "8"} == {"810000", "820000", "830000"}
    assert sum(1 for number in numbers if re.fullmatch(r"[A-Z]{3}\d{12}", number)) == 1
    assert sum(1 for number in numbers if re.fullmatch(r"9\d{16}[\dX]", number)) >= 2
    rare = {"陈𬱖", "李㛃", "王䶮", "赵𫖯", "㼆晓明", "𠀀文", "阿卜杜热合曼·买买提"}
    assert rare <= {one["姓名*"] for one in EVERYBODY}


@pytest.mark.parametrize("name", NAMES)
def test_everybody_has_one_seat_and_one_row_of_marks(name: str) -> None:
    roster = [(one["姓名*"], one["证件号码*"], one["认定等级*"]) for one in people(name)]
    given = seats(name)
    assert [(one["姓名"], one["证件号码"], one["等级"]) for one in given] == roster
    numbers = [one["准考证号"] for one in given]
    assert len(set(numbers)) == len(numbers)
    assert all(re.fullmatch(r"\d{19}", number) for number in numbers)
    assert all(one["准考证号"].endswith(one["考场"] + one["座位号"]) for one in given)
    assert [(row[1], row[2], row[4]) for row in marks(name)] == [
        (number, who, document) for number, (who, document, _) in zip(numbers, roster, strict=True)]


@pytest.mark.parametrize(("name", "width"), [("ai-trainer", 4), ("innovation-talent", 7)])
def test_four_in_five_pass_and_every_mark_is_a_half_point(name: str, width: int) -> None:
    rows = [row[8:] for row in marks(name)]
    assert {len(row) for row in rows} == {width}
    given = [cell for row in rows for cell in row if cell not in ("--", "缺考", "")]
    assert [cell for cell in given if not 0 <= cell <= 100 or cell * 2 != int(cell * 2)] == []
    results = Counter(outcome(row) for row in rows)
    assert 0.75 <= results["PASS"] / len(rows) <= 0.87
    assert results["FAIL"] > 0
    assert any("缺考" in row for row in rows)


def test_the_centres_file_names_files_that_exist_and_one_operator_for_each_role() -> None:
    told = tomllib.loads((DEMO / "demo.toml").read_text("utf-8"))
    assert [batch["scheme"] for batch in told["batches"]] == list(NAMES)
    for batch in told["batches"]:
        assert batch["exam_day"] == date(2026, 12, 12)
        assert all((DEMO / batch[key]).is_file() for key in ("roster", "admissions", "marks"))
        assert batch["places"] >= len(people(batch["scheme"]))
    roles = Counter(role for one in told["operators"] for role in one["roles"])
    assert roles == Counter(("registrar", "reviewer", "invigilator", "marks_a", "marks_b", "marks_reviewer",
                             "certificate_officer", "supervisor", "administrator"))
    assert len({one["login"] for one in told["operators"]}) == len(told["operators"])
