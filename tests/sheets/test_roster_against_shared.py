"""Every row of the shared rosters, against what is expected of it."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from sheet_kit import RULES

from appraisal.domain.problem import Verdict
from appraisal.sheets.roster import open_roster, read_roster
from appraisal.sheets.wording import problem_sentence

ROSTERS = Path(__file__).parents[2] / "../shared/data/rosters"
pytestmark = pytest.mark.skipif(not ROSTERS.exists(), reason="shared/data/rosters is not beside the repository")
FILES = (("roster-33-columns.xlsx", "roster-33-columns"), ("roster-33-columns.xls", "roster-33-columns-xls"),
         ("roster-gb18030.csv", "roster-csv"), ("roster-utf8-bom.csv", "roster-csv"),
         ("roster-messy.xlsx", "roster-messy"))


def reading(name):
    rules = replace(RULES, can_draw=lambda char: char != "\U0002ebf0")
    return read_roster(open_roster((ROSTERS / name).read_bytes(), name), rules)


def normalised(line, name):
    value = getattr(line, name)
    if name == "birth":
        return value.isoformat()
    return None if name == "prior_cert" and not value else value


@pytest.mark.parametrize(("name", "expected"), FILES)
def test_every_row_is_as_expected(name, expected):
    rows = {row.row: row for row in reading(name).rows}
    wanted = json.loads((ROSTERS / f"{expected}.expected.json").read_text("utf-8"))["rows"]
    assert len(wanted) >= 30
    for one in wanted:
        row = rows.pop(one.get("row") or one["record"])
        about = (name, row.row, one.get("why"))
        assert row.verdict == one["expect"], about
        found, must = {p.code for p in row.problems}, set(one.get("codes", ()))
        assert must <= found <= must | set(one.get("optional_codes", ())), about
        if "fields" in one:
            assert {p.field for p in row.problems if p.code in must} == set(one["fields"]), about
        got = {key: normalised(row.line, key) for key in one.get("normalised", ())}
        assert got == one.get("normalised", {}), about
        assert (row.line is None) == (row.verdict in {Verdict.REJECT, Verdict.SKIP}), about
    assert not rows


def test_problems_name_their_cells_and_have_sentences():
    rows = {row.row: row for row in reading("roster-messy.xlsx").rows}
    assert [(p.code, p.cell) for p in rows[15].problems] == [("ID_PRECISION_LOST", "F15")]
    assert {p.cell for p in rows[101].problems} == {"B101", "O101"}
    for row in rows.values():
        for problem in row.problems:
            for language in ("zh_CN", "en"):
                assert "{" not in problem_sentence(problem, language)
    assert "15" in problem_sentence(rows[46].problems[0], "zh_CN")
