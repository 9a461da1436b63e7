"""The real roster, admission numbers, marks and photos, as a centre sends them. Skips where the folder is absent."""

import json
from pathlib import Path

import pytest

SHARED = Path(__file__).parents[2] / "../shared"
ROSTERS = SHARED / "data" / "rosters"
pytestmark = pytest.mark.skipif(not ROSTERS.is_dir(), reason="../shared/data is not beside this checkout")

DRY_RUNS = (("roster-messy.xlsx", "roster-messy.expected.json", "row"),
            ("roster-33-columns.xlsx", "roster-33-columns.expected.json", "row"),
            ("roster-33-columns.xls", "roster-33-columns-xls.expected.json", "row"),
            ("roster-gb18030.csv", "roster-csv.expected.json", "record"),
            ("roster-utf8-bom.csv", "roster-csv.expected.json", "record"))


@pytest.fixture(scope="module")
def centre(tmp_path_factory, shell_at):
    shell = shell_at(tmp_path_factory.mktemp("centre"))
    made = shell.desk("init", "--demo")
    assert shell.code == 0, shell.said
    return shell, made["batch"]


@pytest.mark.parametrize(("file", "expected", "key"), DRY_RUNS)
def test_a_dry_run_says_of_each_row_what_is_expected(centre, file, expected, key):
    shell, batch = centre
    answer = shell.desk("roster", "import", ROSTERS / file, "--batch", batch, "--dry-run")
    rows = json.loads((ROSTERS / expected).read_text("utf-8"))["rows"]
    found = {}
    for problem in answer["problems"]:
        if problem["weight"] != "note":
            found.setdefault(problem["row"], set()).add(problem["code"])
    wrong = {row[key]: found.get(row[key], set()) for row in rows
             if not set(row.get("codes", ())) <= found.get(row[key], set())
             <= set(row.get("codes", ())) | set(row.get("optional_codes", ()))}
    assert wrong == {}
    assert answer["refused"] == sum(row["expect"] == "reject" for row in rows)
    assert answer["rows"] == sum(row["expect"] != "skip" for row in rows)


def test_what_a_messy_roster_commits_is_what_its_preview_said(shell):
    batch = shell.desk("init", "--demo")["batch"]
    preview = shell.desk("roster", "import", ROSTERS / "roster-messy.xlsx", "--batch", batch, "--dry-run")
    done = shell.desk("roster", "import", ROSTERS / "roster-messy.xlsx", "--batch", batch)
    same = ("rows", "accepted", "warned", "refused", "problems")
    assert [done[name] for name in same] == [preview[name] for name in same]
    again = shell.desk("roster", "import", ROSTERS / "roster-messy.xlsx", "--batch", batch)
    assert again["unchanged"] == preview["accepted"] + preview["warned"]


def test_the_day_of_a_real_roster_has_the_expected_outcomes(shell):
    out = shell.folder / "out"
    answer = shell.run(
        "desktop.cli", "--json", "demo", "--out", out, "--roster", ROSTERS / "roster-33-columns.xlsx", "--admissions",
        ROSTERS / "admission-numbers.csv", "--marks", ROSTERS / "marks-sheet.xlsx", "--photos", SHARED / "data/photos")
    assert shell.code == 0, shell.said
    expected = json.loads((ROSTERS / "marks-sheet.expected.json").read_text("utf-8"))["rows"]
    by_result = {name: sum(row.get("result") == name for row in expected)
                 for name in ("PASS", "FAIL", "VOID", "INCOMPLETE")}
    assert (answer["passed"], answer["failed"], answer["void"]) == (
        by_result["PASS"], by_result["FAIL"], by_result["VOID"])
    assert answer["incomplete"] == 120 - by_result["PASS"] - by_result["FAIL"] - by_result["VOID"]
    assert answer["certificates"] == answer["verified"] == answer["passed"]
    assert answer["accepted"] == answer["records"]
    refused = {problem["row"] for problem in answer["problems"] if problem["file"] == "marks-sheet.xlsx"}
    assert {row["row"] for row in expected if row["expect"] == "reject"} <= refused
