"""A marks sheet 成绩登记表: two header rows, one candidate a row, data until 填报人.

Which subjects count depends on the level: `--` in a required one is refused, a mark in another one is ignored and
said so. 缺考 is absent, 违纪 and 作弊 are void, an empty cell is missing and never a zero.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum

from appraisal.domain.errors import RuleViolation
from appraisal.domain.problem import Problem, Verdict, problem, verdict
from appraisal.domain.tables import code_tables, column_words
from appraisal.domain.text import compact, is_dash, plain_number
from appraisal.domain.typed import NOTHING, Typed
from appraisal.sheets.fields import Row
from appraisal.sheets.header import header_word
from appraisal.sheets.layout import AS_KNOWN, Layout
from appraisal.sheets.opening import open_sheets
from appraisal.sheets.table import TableRow, find_table

SUBJECTS = ("theory", "practice", "comprehensive", "achievement")
ABSENT_WORDS = frozenset({"缺考", "缺席", "旷考", "缺"})
VOID_WORDS = frozenset({"违纪", "作弊"})
_MARK = re.compile(r"(-?[0-9]{1,6}(?:\.[0-9]{1,6})?)分?")


class SubjectState(StrEnum):
    PRESENT = "present"
    ABSENT = "absent"
    MISSING = "missing"
    VOID = "void"


@dataclass(frozen=True, slots=True)
class SubjectMark:
    state: SubjectState
    value: Decimal | None = None
    """Out of 100; only when present."""


@dataclass(frozen=True, slots=True)
class Seat:
    """Who sits under an admission number."""

    enrolment: str
    name: str
    id_no: str
    level: int | None


@dataclass(frozen=True, slots=True)
class MarksRow:
    row: int
    verdict: Verdict
    problems: tuple[Problem, ...]
    admission_no: str = ""
    enrolment: str | None = None
    """None for a refused row."""
    marks: Mapping[str, SubjectMark] | None = None
    """The required subjects of the candidate's level; None for a refused row."""


@dataclass(frozen=True, slots=True)
class MarksReading:
    sheet: str
    rows: tuple[MarksRow, ...]

    @property
    def counts(self) -> Mapping[Verdict, int]:
        counted = Counter(row.verdict for row in self.rows)
        return {one: counted[one] for one in Verdict}


@dataclass(frozen=True, slots=True)
class _Read:
    number: str
    seat: Seat | None
    marks: Mapping[str, SubjectMark]
    problems: tuple[Problem, ...]


def marks_columns(subjects: Mapping[str, str]) -> Mapping[str, str]:
    """Header word -> field. `subjects`: header word -> code of the scheme's own, over the four usual ones."""
    return dict(column_words("marks")) | {header_word(word): code for word, code in subjects.items()}


def read_marks(
    data: bytes, file_name: str, seats: Mapping[str, Seat], required: Mapping[int | None, Collection[str]],
    subjects: Mapping[str, str] | None = None, layout: Layout = AS_KNOWN,
) -> MarksReading:
    """`seats` by admission number; `required` by level, the codes of the subjects that count there. `subjects`: see
    marks_columns. `layout`: what columns mean that nothing knows, as those of an optical reader or an online exam; such
    a sheet need not name anybody, and then its numbers alone say whose a mark is.

    A sheet may have some of the subjects only, as where theory and practice are marked apart; of none it is refused.
    Raises RuleViolation no_subject_column, and for a file that cannot be read as a marks sheet (see find_table).
    """
    columns = marks_columns(subjects or {})
    needed = ("admission_no",) if layout.columns else ("admission_no", "name")
    table = find_table(open_sheets(data, file_name), columns, layout, needed, file_name)
    codes = dict.fromkeys((*SUBJECTS, *(subjects or {}).values()))
    present = [code for code in codes if table.header.column(code) is not None]
    wanted = {code for seat in seats.values() for code in required.get(seat.level, ())}
    if wanted and wanted.isdisjoint(present):
        unknown = [name for name in table.header.fields.values() if name not in set(columns.values())]
        raise RuleViolation("no_subject_column", "file", file=file_name, columns="、".join(unknown) or "–")
    rows = [row for row in table.rows if row.is_data]
    about = frozenset(name for name in ("name", "id_no") if table.header.column(name) is not None)
    read = [_read(row, seats, required, present, about) for row in rows]
    compared = iter(_compare(read, [row.row for row in rows]))
    found = []
    for row in table.rows:
        if not row.is_data:
            found.append(MarksRow(row.row, Verdict.SKIP, ()))
            continue
        one = next(compared)
        problems = tuple(table.place(p, row.row) for p in one.problems)
        taken = one.seat if verdict(problems) is not Verdict.REJECT else None
        found.append(MarksRow(row.row, verdict(problems), problems, one.number, taken.enrolment if taken else None,
                              one.marks if taken else None))
    return MarksReading(table.sheet, tuple(found))


def _read(
    row: TableRow, seats: Mapping[str, Seat], required: Mapping[int | None, Collection[str]],
    subjects: Sequence[str], about: Collection[str],
) -> _Read:
    """`about`: which of name and id_no the sheet has columns for."""
    form = Row(row.values)
    number = form.number("admission_no", lost="ADM_PRECISION_LOST")
    seat = seats.get(number)
    if number and seat is None:
        form.add("ADM_UNKNOWN", "admission_no", value=number)
    marks: dict[str, SubjectMark] = {}
    if seat is not None:
        if "name" in about:
            form.name(seat.name)
        _compare_seat(form, seat, has_id="id_no" in about)
        marks = _marks(form, subjects, required.get(seat.level, ()))
    if row.hidden:
        form.add("HIDDEN_ROW", "", row=row.row)
    return _Read(number, seat, marks, tuple(form.problems))


def _compare_seat(form: Row, seat: Seat, *, has_id: bool) -> None:
    if has_id:
        typed = form.given("id_no")
        number = plain_number(typed.text) if typed else ""
        if typed and number != seat.id_no:
            form.add("ID_MISMATCH", "id_no", typed=number)
    level = form.given("level", required=False)
    found = code_tables().levels.find(level.text) if level else None
    if level and found != (str(seat.level) if seat.level else None):
        form.add("LEVEL_MISMATCH", "level", typed=level.plain, found=seat.level)


def _marks(form: Row, subjects: Sequence[str], required: Collection[str]) -> dict[str, SubjectMark]:
    found = {}
    for subject in dict.fromkeys((*required, *subjects)):
        if subject in required:
            found[subject] = _mark(form, subject)
        else:
            typed = form.values.get(subject, NOTHING)
            if typed.plain and not is_dash(typed.text):
                form.add("MARK_NOT_APPLICABLE", subject, value=typed.plain)
    return found


def _mark(form: Row, subject: str) -> SubjectMark:
    typed = form.given(subject, required=False)
    if typed is None:
        return SubjectMark(SubjectState.MISSING)
    word = compact(typed.text)
    if is_dash(word) or word in {"/", "N/A"}:
        form.add("MARK_REQUIRED_NA", subject)
    elif word in ABSENT_WORDS:
        return SubjectMark(SubjectState.ABSENT)
    elif word in VOID_WORDS:
        return SubjectMark(SubjectState.VOID)
    else:
        value = _value(form, subject, typed, word)
        if value is not None:
            return SubjectMark(SubjectState.PRESENT, value)
    return SubjectMark(SubjectState.MISSING)


def _value(form: Row, subject: str, typed: Typed, word: str) -> Decimal | None:
    found = _MARK.fullmatch(word) if typed.day is None and typed.number is None else None
    value = typed.number if typed.number is not None else Decimal(found[1]) if found else None
    if value is None or value != value.quantize(Decimal("0.01")):
        form.add("MARK_UNREADABLE", subject, value=typed.plain)
        return None
    if not 0 <= value <= 100:
        form.add("MARK_RANGE", subject, value=value)
        return None
    if value != value.quantize(Decimal("0.1")):
        form.add("MARK_STEP", subject, value=value)
    return _shortest(value)


def _shortest(value: Decimal) -> Decimal:
    """66.50 and 66.5 are one mark, and 100 is not 1E+2."""
    whole = value.normalize()
    return whole if whole == whole.to_integral() and whole.as_tuple().exponent == 0 else Decimal(f"{whole:f}")


def _compare(read: Sequence[_Read], rows: Sequence[int]) -> list[_Read]:
    """An identical row again is refused; two rows that differ are both refused: neither can be trusted."""
    groups: dict[str, list[int]] = defaultdict(list)
    for at, one in enumerate(read):
        if one.seat is not None and not {"NAME_MISMATCH", "ID_MISMATCH"} & {p.code for p in one.problems}:
            groups[one.number].append(at)
    more: dict[int, Problem] = {}
    for group in groups.values():
        first, *later = group
        same = all(_content(read[at]) == _content(read[first]) for at in later)
        for at in later if same else group:
            others = ", ".join(str(rows[other]) for other in group if other != at)
            more[at] = (problem("DUP_ROW", "admission_no", row=rows[first]) if same
                        else problem("DUP_CONFLICT", "admission_no", rows=others))
    return [replace(one, problems=(*one.problems, more[at])) if at in more else one for at, one in enumerate(read)]


def _content(one: _Read) -> tuple[object, ...]:
    refused = tuple((p.code, p.field, p.detail.get("value")) for p in one.problems if p.code.startswith("MARK"))
    return tuple(one.marks.items()), refused
