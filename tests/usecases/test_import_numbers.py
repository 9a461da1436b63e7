"""The province's numbers: what a preview says of each row, what is recorded, and what never is twice."""

from datetime import date
from decimal import Decimal

import pytest
import xlsxwriter
from import_marks_kit import go, open_marks_centre, operators, seat_batch

from appraisal.domain.errors import RuleViolation
from appraisal.domain.identity import check_digit
from appraisal.domain.marks import Mark, MarkState
from appraisal.domain.problem import Verdict
from appraisal.usecases.enter_mark import EnterMarks, enter_marks
from appraisal.usecases.import_numbers import (
    ImportNumbers,
    NationalNumber,
    PreviewNumbers,
    accepted,
    import_numbers,
    preview_numbers,
)
from appraisal.usecases.publicise import Publicise, close_publicity, publicise

DAY = 86_400_000
NAMES = ("张伟", "欧阳娜娜", "陈𬱖", "古丽·买买提")
HEAD = ("姓名", "证件号码", "证书编号", "证书版面发证日期")


def document(place):
    first = f"11010119900307{place:03d}"
    return first + check_digit(first)


def national(place):
    return f"S0000110105264{place:08d}"


PEOPLE = [(name, document(place), f"2612{place:06d}", 4) for place, name in enumerate(NAMES)]
FACE_DAY = date(2027, 1, 8)


def row(place, **changed):
    return NationalNumber(**{"document_number": document(place), "name": NAMES[place], "number": national(place),
                             "face_date": FACE_DAY} | changed)


def certify(centre, batch, failing=(3,)):
    """Marks by both entries, publicity opened and closed."""
    who, desk = operators(centre), centre.desk
    for entry, role in ((1, "marks_a"), (2, "marks_b")):
        marks = tuple((one.enrolment, subject, Mark(MarkState.PRESENT, Decimal(50 if place in failing else 80)))
                      for place, one in enumerate(centre.reads.mark_rows(batch, entry)) for subject, _ in one.marks)
        enter_marks(EnterMarks(entry, marks, who[role]), desk)
    publicise(Publicise(batch, who["supervisor"]), desk)
    centre.move_clock(30 * DAY)
    close_publicity(Publicise(batch, who["supervisor"]), desk)


@pytest.fixture
def centre(tmp_path):
    made = open_marks_centre(tmp_path / "desk")
    yield made
    made.close()


@pytest.fixture
def batch(centre):
    made = seat_batch(centre, PEOPLE)
    certify(centre, made)
    return made


@pytest.fixture
def officer(centre):
    return operators(centre)["certificate_officer"]


def sheet(tmp_path, *rows):
    path = tmp_path / "numbers.xlsx"
    with xlsxwriter.Workbook(str(path), {"strings_to_numbers": False}) as book:
        made = book.add_worksheet()
        for at, cells in enumerate((HEAD, *rows)):
            made.write_row(at, 0, cells)
    return path.read_bytes()


def line(place, **changed):
    return tuple(({"name": NAMES[place], "id_no": document(place), "number": national(place), "day": "2027-01-08"}
                  | changed).values())


def given(centre, batch):
    with centre.desk.work("") as work:
        return {work.candidates.get(one.person).identity.name: (found.number, found.face_date)
                for one in work.enrolments.in_batch(batch)
                if (found := work.certificates.number_given(one.id)) is not None}


def test_what_the_preview_accepts_is_given_and_given_once(centre, batch, officer, tmp_path):
    data = sheet(tmp_path, line(0), line(1), line(2))
    reading = preview_numbers(PreviewNumbers(batch, data, "numbers.xlsx", officer), centre.desk)
    assert [one.verdict for one in reading.rows] == [Verdict.ACCEPT] * 3
    assert given(centre, batch) == {}
    steps = []
    command = ImportNumbers(batch, accepted(reading), officer)
    assert import_numbers(command, centre.desk, lambda *at: steps.append(at)) == 3
    assert steps == [(1, 3), (2, 3), (3, 3)]
    assert given(centre, batch) == {NAMES[n]: (national(n), FACE_DAY) for n in range(3)}
    assert import_numbers(command, centre.desk) == 0
    again = preview_numbers(PreviewNumbers(batch, data, "numbers.xlsx", officer), centre.desk)
    assert [[p.code for p in one.problems] for one in again.rows] == [["NUMBER_KNOWN"]] * 3
    assert accepted(again) == command.rows


@pytest.mark.parametrize(("changed", "code"), [
    ({"document_number": document(7)}, "ID_UNKNOWN"),
    ({"document_number": document(3), "name": NAMES[3]}, "NUMBER_NOT_PASSED"),
    ({"name": "张维"}, "NAME_MISMATCH"),
    ({"number": "S000011010526400000000"[:-1]}, "national_number_format"),
    ({"number": national(1)}, "NUMBER_TAKEN"),
])
def test_one_bad_row_and_nothing_is_given(centre, batch, officer, changed, code):
    with pytest.raises(RuleViolation) as refused:
        import_numbers(ImportNumbers(batch, (row(1), row(2), row(0, **changed)), officer), centre.desk)
    assert refused.value.code == code
    assert given(centre, batch) == {}


@pytest.mark.parametrize("changed", [{"number": national(9)}, {"face_date": date(2027, 1, 9)}])
def test_a_number_once_given_stays(centre, batch, officer, changed):
    import_numbers(ImportNumbers(batch, (row(0),), officer), centre.desk)
    with pytest.raises(RuleViolation, match="NUMBER_DIFFERS"):
        import_numbers(ImportNumbers(batch, (row(0, **changed),), officer), centre.desk)
    assert given(centre, batch) == {NAMES[0]: (national(0), FACE_DAY)}


def test_the_preview_says_what_the_import_would_refuse(centre, batch, officer, tmp_path):
    import_numbers(ImportNumbers(batch, (row(0),), officer), centre.desk)
    data = sheet(tmp_path, line(0, number=national(8)), line(1, number=national(0)), line(2, name="陈颋"),
                 line(3), line(1, number="S1"))
    reading = preview_numbers(PreviewNumbers(batch, data, "numbers.xlsx", officer), centre.desk)
    assert [one.problems[-1].code for one in reading.rows] == [
        "NUMBER_DIFFERS", "NUMBER_TAKEN", "NAME_MISMATCH", "NUMBER_NOT_PASSED", "NUMBER_FORMAT"]
    assert accepted(reading) == ()


def test_without_a_day_in_the_list_it_is_today_and_the_same_list_stays_the_same(centre, batch, officer):
    import_numbers(ImportNumbers(batch, (row(0, face_date=None),), officer), centre.desk)
    (_, day), = given(centre, batch).values()
    assert day == date(2027, 1, 11)
    centre.move_clock(DAY)
    assert import_numbers(ImportNumbers(batch, (row(0, face_date=None),), officer), centre.desk) == 0


def test_only_the_certificate_officer_only_after_publicity_only_from_the_province(centre, officer):
    batch = seat_batch(centre, PEOPLE)
    with pytest.raises(RuleViolation, match="batch_state"):
        import_numbers(ImportNumbers(batch, (row(0),), officer), centre.desk)
    certify(centre, batch)
    with pytest.raises(RuleViolation, match="right_missing"):
        import_numbers(ImportNumbers(batch, (row(0),), operators(centre)["registrar"]), centre.desk)
    own = seat_batch(centre, [(PEOPLE[0][0], PEOPLE[0][1], "261299", None)], "innovation-talent", "Z1", "seated")
    with pytest.raises(RuleViolation, match="numbers_not_by_province"):
        import_numbers(ImportNumbers(own, (row(0),), officer), centre.desk)
    go(centre, own)


def test_cancelled_midway_nothing_is_given(centre, batch, officer):
    def stop(done, total):
        if done == 2:
            raise InterruptedError

    with pytest.raises(InterruptedError):
        import_numbers(ImportNumbers(batch, (row(0), row(1), row(2)), officer), centre.desk, stop)
    assert given(centre, batch) == {}
