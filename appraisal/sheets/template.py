"""The template for a batch's roster 报名表模板: the 33 columns, with the words of the batch's scheme to choose from."""

import io
import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any

import xlsxwriter

from appraisal.domain.scheme import Scheme
from appraisal.domain.tables import code_tables, column_words
from appraisal.sheets.header import header_word

ROWS = 1000
"""Rows that have drop-downs."""
_WIDTH = 14


def roster_template(scheme: Scheme) -> bytes:
    """An .xlsx. Every cell is text, so that no digits are lost; what is chosen from stands on the second sheet."""
    said = _said()
    kept = io.BytesIO()
    with xlsxwriter.Workbook(kept, {"in_memory": True}) as book:
        people, choices, notes = (book.add_worksheet(name) for name in ("考生信息", "选项", "填写说明"))
        _head(book, people, said)
        _offer(people, choices, said["columns"], choices_for(scheme, said["choices"]))
        notes.set_column(0, 0, 100)
        for at, text in enumerate(said["notes"]["text"]):
            notes.write_string(at, 0, text)
    return kept.getvalue()


@cache
def _said() -> Mapping[str, Any]:
    return tomllib.loads((files("resources") / "tables" / "roster-template.toml").read_text("utf-8"))


def choices_for(scheme: Scheme, said: Mapping[str, Sequence[str]]) -> Mapping[str, Sequence[str]]:
    """Field -> words that a roster of this scheme may have there."""
    tables = code_tables()
    conditions = [one.text for level in scheme.levels for one in level.conditions]
    levels = [level.name.zh for level in scheme.levels if level.level is not None]
    occupations = [scheme.occupation.zh, *(job.zh for job in scheme.jobs)]
    found = {"occupation": occupations, "level": levels, "condition": list(dict.fromkeys(conditions)),
             "education": tables.education.choices, "ethnicity": tables.ethnicities.choices, **said}
    return {field: words for field, words in found.items() if words}


def _head(book: Any, people: Any, said: Mapping[str, Any]) -> None:
    known, text = column_words("roster"), book.add_format({"num_format": "@"})
    required = book.add_format({"bold": True, "num_format": "@", "bg_color": "#DDEBF7", "text_wrap": True})
    plain = book.add_format({"num_format": "@", "bg_color": "#F2F2F2", "text_wrap": True})
    for column, title in enumerate(said["columns"]):
        people.set_column(column, column, said["widths"].get(known[header_word(title)], _WIDTH), text)
        people.write_string(0, column, title, required if title.endswith("*") else plain)
    people.freeze_panes(1, 0)


def _offer(people: Any, lists: Any, columns: Sequence[str], choices: Mapping[str, Sequence[str]]) -> None:
    known = column_words("roster")
    for column, title in enumerate(columns):
        words = choices.get(known[header_word(title)], ())
        if not words:
            continue
        lists.write_string(0, column, title.rstrip("*"))
        for at, word in enumerate(words, 1):
            lists.write_string(at, column, word)
        name = xlsxwriter.utility.xl_col_to_name(column, col_abs=True)
        people.data_validation(1, column, ROWS, column, {
            "validate": "list", "source": f"=选项!{name}$2:{name}${len(words) + 1}", "error_type": "warning"})
