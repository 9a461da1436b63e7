"""What the library says without --json: each figure under a word of the language chosen."""

import re
from dataclasses import fields

import pytest

from appraisal.sentences import LANGUAGES, catalogue
from library import plain_words
from library.cli import main
from library.outcome import Outcome
from library.status import DeskStatus, LibraryStatus

SAID_OTHERWISE = {"quarantine"}
SERVED = {"url", "requests"}


def shown():
    """Names that `plain_words` puts a label to."""
    found = {one.name for one in (*fields(LibraryStatus), *fields(DeskStatus))}
    return (found | set(Outcome("en").fields()) | SERVED | {"library"}) - plain_words.PLAIN - SAID_OTHERWISE


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_figure_has_its_word(language):
    assert [name for name in sorted(shown()) if f"label.{name}" not in catalogue(language)] == []


def test_the_status_of_a_library_with_a_desk(association, joined, engine_url, tmp_path, capsys):
    desk = joined()
    desk.people(2)
    association.take_in(desk.export(tmp_path / "stick").bundle)
    assert main(["--url", engine_url, "--language", "zh_CN", "status"]) == 0
    labels = [line.partition(": ")[0] for line in capsys.readouterr().err.splitlines() if ": " in line]
    assert "生效条目" in labels
    assert [label for label in labels if re.search(r"[a-z]", label)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_reason_that_names_one_case_is_said_of_many(language):
    codes = [code for code, sentence in catalogue(language).items() if "{" in sentence]
    line, = plain_words.lines({"waiting": dict.fromkeys(codes, 1)}, language)
    assert re.findall(r"{\w+}", line) == []
    assert "…" in line
