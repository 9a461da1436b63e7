"""The demonstration's rosters go through the product's own reader, every row without a warning."""

import tomllib
from datetime import date
from pathlib import Path

import pytest

from appraisal.domain.problem import Verdict
from appraisal.domain.roster import REQUIRED, RosterRules
from appraisal.sheets.roster import RosterReading, open_roster, read_roster

RESOURCES = Path(__file__).parents[2] / "resources"


def read(name: str) -> RosterReading:
    required = REQUIRED - {"level"} if name == "innovation-talent" else REQUIRED  # that scheme has no levels
    rules = RosterRules({"人工智能训练师", "创新人才"}, date(2026, 12, 12), date(2026, 11, 22), required=required)
    file = RESOURCES / f"demo/roster-{name}.xlsx"
    return read_roster(open_roster(file.read_bytes(), file.name), rules)


@pytest.mark.parametrize(("name", "people", "levels"), [
    ("ai-trainer", 108, {3, 4}), ("innovation-talent", 36, {None}),
])
def test_every_row_is_accepted_without_a_warning(name: str, people: int, levels: set[int | None]) -> None:
    reading = read(name)
    assert [(row.row, problem.code) for row in reading.rows for problem in row.problems] == []
    assert reading.counts[Verdict.ACCEPT] == people
    assert {line.level for line in reading.lines} == levels


@pytest.mark.parametrize("name", ["ai-trainer", "innovation-talent"])
def test_every_condition_is_one_of_its_schemes_level(name: str) -> None:
    scheme = tomllib.loads((RESOURCES / f"schemes/{name}.toml").read_text("utf-8"))
    known = {(one.get("level"), condition["text"]) for one in scheme["levels"] for condition in one["conditions"]}
    assert {(line.level, line.condition) for line in read(name).lines} <= known


def test_names_arrive_as_they_were_typed() -> None:
    names = {line.name for line in read("ai-trainer").lines}
    assert {"陈𬱖", "李㛃", "王䶮", "赵𫖯", "㼆晓明", "𠀀文", "阿卜杜热合曼·买买提", "NGUYỄN VĂN MẪU"} <= names
