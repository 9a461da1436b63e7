"""Admission numbers 准考证号 given by the province, matched to candidates by ID number."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from appraisal.domain.problem import Problem, Verdict
from appraisal.domain.tables import code_tables, column_words
from appraisal.sheets.fields import Row
from appraisal.sheets.references import Given, compare_given, people_by_number, read_person
from appraisal.sheets.table import TableRow, read_table

_SHAPE = re.compile(r"[0-9A-Z]{6,30}")


@dataclass(frozen=True, slots=True)
class AdmissionRow:
    row: int
    verdict: Verdict
    problems: tuple[Problem, ...]
    admission_no: str = ""
    id_no: str = ""
    name: str = ""
    level: int | None = None
    room: str = ""
    seat: str = ""


@dataclass(frozen=True, slots=True)
class AdmissionsReading:
    sheet: str
    rows: tuple[AdmissionRow, ...]


def read_admissions(data: bytes, file_name: str, people: Mapping[str, str]) -> AdmissionsReading:
    """`people`: ID number -> name of everybody enrolled in the batch.

    Raises RuleViolation for a file that cannot be read as such a list (see read_table).
    """
    table = read_table(data, file_name, column_words("admissions"), needed=("admission_no", "id_no"),
                       identifying=("admission_no", "id_no"))
    known = people_by_number(people)
    rows = [row for row in table.rows if row.is_data]
    given = compare_given([_read(row, known) for row in rows], "admission_no", table)
    found = {one.row: _admission(row, one) for row, one in zip(rows, given, strict=True)}
    return AdmissionsReading(table.sheet, tuple(
        found.get(row.row) or AdmissionRow(row.row, Verdict.SKIP, ()) for row in table.rows))


def _read(row: TableRow, people: Mapping[str, str]) -> Given:
    form = Row(row.values)
    number = form.number("admission_no", lost="ADM_PRECISION_LOST")
    if number and not _SHAPE.fullmatch(number):
        form.add("ADM_FORMAT", "admission_no", value=number)
    id_no, name = read_person(form, people)
    if row.hidden:
        form.add("HIDDEN_ROW", "", row=row.row)
    return Given(row.row, id_no, name, number, tuple(form.problems))


def _admission(row: TableRow, one: Given) -> AdmissionRow:
    def text(about: str) -> str:
        typed = row.values.get(about)
        return typed.plain if typed else ""

    level = code_tables().levels.find(text("level"))
    return AdmissionRow(one.row, one.verdict, one.problems, one.number, one.id_no, one.name,
                        int(level) if level else None, text("room"), text("seat"))
