"""Identity numbers: the standards' examples, every fault, and what a number says about a person."""

import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appraisal.domain.credit_code import read_credit_code
from appraisal.domain.errors import RuleViolation
from appraisal.domain.identity import Document, DocumentKind, check_digit, read_document
from appraisal.domain.problem import Weight, verdict
from appraisal.domain.tables import code_tables

TODAY = date(2026, 11, 22)
COUNTIES = code_tables().regions.counties
VECTORS = Path(__file__).parents[2] / "../shared/vectors/id-numbers.json"
with_vectors = pytest.mark.skipif(not VECTORS.exists(),
    reason="shared/vectors/id-numbers.json is not beside the repository")
CODES = {"format": "ID_FORMAT", "checksum": "ID_CHECKSUM", "date": "ID_DATE"}


def read(number, kind=None):
    return read_document(number, kind, TODAY, COUNTIES)


def codes(number, kind=None):
    return [p.code for p in read(number, kind).problems]


def vectors(part):
    return json.loads(VECTORS.read_text("utf-8"))[part]


@with_vectors
def test_the_examples_of_the_standards():
    for one in vectors("gb11643") + vectors("foreign_pr_2017"):
        reading, expected = read(one["number"]), one["verdict"]
        if expected in CODES:
            assert [p.code for p in reading.problems] == [CODES[expected]], one
            assert reading.document is None
        else:
            # 440524 of the standard's own example has been abolished since: only a warning
            assert verdict(reading.problems) != "reject", one
            assert reading.document.number == one["number"].upper()
            if expected == "valid_area_warning":
                assert [p.code for p in reading.problems] == ["ID_AREA_UNKNOWN"], one
            if expected == "valid_foreign_pr_2023":
                assert reading.document.kind is DocumentKind.FOREIGN_PR_2023


@with_vectors
def test_credit_codes_of_the_standard():
    for one in vectors("gb32100"):
        if one["verdict"] == "valid":
            assert read_credit_code(one["number"]) == one["number"].upper()
        else:
            with pytest.raises(RuleViolation) as refused:
                read_credit_code(one["number"])
            assert refused.value.code == f"credit_code_{one['verdict']}", one


@with_vectors
def test_old_numbers_become_the_new_ones():
    for one in vectors("gb11643_15_to_18"):
        assert read(one["old"]).document.number_18 == one["new"]


def test_a_chinese_number_says_birth_and_sex():
    assert read("11010519491231002x").document == Document(
        DocumentKind.RESIDENT_ID, "11010519491231002X", date(1949, 12, 31), "F")
    assert read("932682198501010017").document.sex == "M"


@pytest.mark.parametrize(("number", "kind"), [
    ("810000199003079968", DocumentKind.HMT_RESIDENCE_PERMIT),
    ("830000199003079988", DocumentKind.HMT_RESIDENCE_PERMIT),
    ("932682198501010017", DocumentKind.FOREIGN_PR_2023), ("GBR110083011014", DocumentKind.FOREIGN_PR_2017),
    ("E12345678", DocumentKind.PASSPORT),
])
def test_the_number_decides_its_kind(number, kind):
    reading = read(number)
    assert (reading.document.kind, reading.problems) == (kind, ())
    assert read(number, kind).problems == ()


def test_passports_and_old_permits_say_no_birthday():
    for number in ("GBR110083011014", "512345678"):
        found = read(number).document
        assert (found.birth, found.sex) == (None, None)


def test_a_wrong_kind_is_a_warning_and_the_number_decides():
    reading = read("830000200311059976", DocumentKind.RESIDENT_ID)
    assert reading.document.kind is DocumentKind.HMT_RESIDENCE_PERMIT
    assert [(p.code, p.field, p.weight) for p in reading.problems] == [("ID_TYPE_MISMATCH", "id_type", Weight.WARN)]
    assert codes("CAN110083011014", DocumentKind.FOREIGN_PR_2023) == []  # one word names both cards


@pytest.mark.parametrize("typed", [
    " 110105 19491231 002x ", "１１０１０５１９４９１２３１００２Ｘ", "\ufeff\u202d11010519491231002X\u202c",
    "'11010519491231002X",
    "110105-19491231-002X", "\u00a0110105194912\u200b31002X",
])
def test_numbers_are_cleaned(typed):
    assert read(typed).document.number == "11010519491231002X"


@pytest.mark.parametrize(("typed", "code"), [
    ("1.10101E+17", "ID_PRECISION_LOST"), ("3.20723e17", "ID_PRECISION_LOST"), ("11010519491231002×", "ID_FORMAT"),
    ("110101203001019961", "ID_CHECKSUM"), ("E1234567890", "ID_FORMAT"), ("ABCDEF", "ID_FORMAT"),
])
def test_what_cannot_be_read_is_refused(typed, code):
    assert codes(typed, DocumentKind.PASSPORT if typed[0] in "EA" else None) == [code]


def test_nobody_is_born_tomorrow():
    def number(day):
        first = f"110101{day:%Y%m%d}996"
        return first + check_digit(first)

    assert codes(number(date(2026, 11, 23))) == ["ID_DATE"]
    assert codes(number(TODAY)) == []


@pytest.mark.parametrize(("county", "known"), [
    ("110118", True), ("653229", True), ("441900", True), ("412723", False), ("310103", False), ("320101", False)])
def test_present_counties(county, known):
    assert (county in COUNTIES) is known


valid_numbers = st.builds(
    lambda area, day, sequence: (first := f"{area}{day:%Y%m%d}{sequence:03d}") + check_digit(first),
    st.sampled_from(sorted(COUNTIES)), st.dates(date(1900, 1, 1), TODAY), st.integers(0, 999))


@given(valid_numbers, st.integers(0, 17), st.integers(1, 9))
def test_one_wrong_digit_never_passes(number, place, shift):
    assert codes(number) == []
    digit = "0123456789X".index(number[place])
    base = 11 if place == 17 else 10
    wrong = number[:place] + "0123456789X"[(digit + shift) % base] + number[place + 1:]
    assert codes(wrong) == ["ID_CHECKSUM"]


@given(valid_numbers, st.integers(0, 16))
def test_two_neighbours_swapped_never_pass(number, place):
    swapped = number[:place] + number[place + 1] + number[place] + number[place + 2:]
    assert swapped == number or set(codes(swapped)) & {"ID_CHECKSUM", "ID_FORMAT"}


@given(st.text(max_size=24))
def test_any_text_is_answered(typed):
    reading = read(typed)
    assert (reading.document is None) == (verdict(reading.problems) == "reject")
