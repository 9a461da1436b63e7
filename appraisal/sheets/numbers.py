"""National certificate numbers given by the province: 姓名|证件号码|证书编号|证书版面发证日期.

A national skill-level number has 22 characters (a letter, then digits); it is imported or typed, never invented.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from appraisal.domain.problem import Problem, Verdict
from appraisal.domain.tables import column_words
from appraisal.domain.typed import read_day
from appraisal.sheets.fields import Row
from appraisal.sheets.references import Given, compare_given, people_by_number, read_person
from appraisal.sheets.table import TableRow, read_table

_NATIONAL = re.compile(r"[A-Z][0-9]{21}")


@dataclass(frozen=True, slots=True)
class NumberRow:
    row: int
    verdict: Verdict
    problems: tuple[Problem, ...]
    id_no: str = ""
    name: str = ""
    number: str = ""
    issued: date | None = None


@dataclass(frozen=True, slots=True)
class NumbersReading:
    sheet: str
    rows: tuple[NumberRow, ...]


def read_numbers(data: bytes, file_name: str, people: Mapping[str, str]) -> NumbersReading:
    """`people`: ID number -> name of everybody who may get a certificate.

    Raises RuleViolation for a file that cannot be read as such a list (see read_table).
    """
    table = read_table(data, file_name, column_words("numbers"), needed=("name", "id_no", "number"),
                       identifying=("id_no", "number"))
    known = people_by_number(people)
    rows = [row for row in table.rows if row.is_data]
    read = [_read(row, known) for row in rows]
    days = [day for _, day in read]
    given = compare_given([one for one, _ in read], "number", table)
    found = {one.row: NumberRow(one.row, one.verdict, one.problems, one.id_no, one.name, one.number, day)
             for one, day in zip(given, days, strict=True)}
    return NumbersReading(table.sheet, tuple(
        found.get(row.row) or NumberRow(row.row, Verdict.SKIP, ()) for row in table.rows))


def _read(row: TableRow, people: Mapping[str, str]) -> tuple[Given, date | None]:
    form = Row(row.values)
    id_no, name = read_person(form, people)
    number = form.number("number", lost="NUMBER_PRECISION_LOST")
    if number and not _NATIONAL.fullmatch(number):
        form.add("NUMBER_FORMAT", "number", value=number, length=len(number))
    typed = form.given("issued")
    day = read_day(typed) if typed else None
    if typed and day is None:
        form.add("DATE_UNREADABLE", "issued", value=typed.plain)
    if row.hidden:
        form.add("HIDDEN_ROW", "", row=row.row)
    return Given(row.row, id_no, name, number, tuple(form.problems)), day
