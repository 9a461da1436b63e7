"""Whoever doubts a table finds in its first lines where it comes from and of what date it is."""

import re
from importlib.resources import files
from itertools import takewhile

import pytest

DATA = [one for folder in ("tables", "schemes") for one in (files("resources") / folder).iterdir()
        if one.is_file() and not one.name.startswith("LICENSE")]
DATA.append(files("resources") / "consent" / "consents.toml")


@pytest.mark.parametrize("table", DATA, ids=lambda one: one.name)
def test_source_and_date_stand_in_the_first_lines(table):
    head = " ".join(takewhile(lambda line: line.startswith("#"), table.read_text("utf-8").splitlines()))
    assert "Source: " in head
    assert re.search(r"Date: 20\d\d-\d\d", head)
