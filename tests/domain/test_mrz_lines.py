"""Machine-readable zones of ICAO 9303: the specimens, wrong digits, and zones made from any names."""

import json
from datetime import date
from pathlib import Path
from string import ascii_uppercase

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appraisal.domain.errors import RuleViolation
from appraisal.domain.mrz import mrz_check_digit, read_mrz

TODAY = date(2026, 11, 22)
VECTORS = Path(__file__).parents[2] / "../shared/vectors/id-numbers.json"
SPECIMEN = ("P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", "L898902C36UTO7408122F1204159ZE184226B<<<<<10")
CODES = {"format": "mrz_format", "checksum": "mrz_check_digit"}


@pytest.mark.skipif(not VECTORS.exists(), reason="shared/vectors/id-numbers.json is not beside the repository")
def test_the_specimens():
    vectors = json.loads(VECTORS.read_text("utf-8"))["icao9303"]
    for one in vectors["check_digits"]:
        assert mrz_check_digit(one["field"]) == one["digit"]
    for one in vectors["mrz"]:
        text = "\n".join(one["lines"])
        if one["verdict"] != "valid":
            with pytest.raises(RuleViolation) as refused:
                read_mrz(text, TODAY)
            assert refused.value.code == CODES[one["verdict"]], one
            continue
        read, expected = read_mrz(text, TODAY), one["fields"]
        assert (read.format, read.number, read.surname, read.given, read.sex, read.issuer, read.nationality) == (
            one["format"], one["number"], expected["surname"], expected["given"], expected["sex"], expected["issuer"],
            expected["nationality"])
        assert f"{read.birth:%y%m%d}" == expected["birth"]
        assert f"{read.expiry:%y%m%d}" == expected["expiry"]


@pytest.mark.parametrize(("place", "field"), [
    (9, "number"), (19, "birth"), (27, "expiry"), (42, "personal_number"), (43, "composite")])
def test_a_wrong_check_digit_names_its_part(place, field):
    second = SPECIMEN[1]
    wrong = second[:place] + str((int(second[place]) + 1) % 10) + second[place + 1:]
    with pytest.raises(RuleViolation) as refused:
        read_mrz(f"{SPECIMEN[0]}\n{wrong}", TODAY)
    assert (refused.value.code, refused.value.field) == ("mrz_check_digit", field)


def test_centuries_follow_today():
    assert read_mrz("\n".join(SPECIMEN), TODAY).birth == date(1974, 8, 12)
    assert read_mrz("\n".join(SPECIMEN), TODAY).expiry == date(2012, 4, 15)
    assert read_mrz(passport("A", "B", "X1", date(2026, 12, 1), date(2030, 1, 1)), TODAY).birth == date(1926, 12, 1)


def test_a_long_card_number_goes_on_in_the_optional_field():
    digit = mrz_check_digit("D23145890734")
    first = f"I<UTOD23145890<734{digit}".ljust(30, "<")
    second = "7408122F1204159UTO<<<<<<<<<<<"
    composite = mrz_check_digit(first[5:] + second[:7] + second[8:15] + second[18:])
    read = read_mrz(f"{first}\n{second}{composite}\nERIKSSON<<ANNA<<<<<<<<<<<<<<<<", TODAY)
    assert read.number == "D23145890734"


def passport(surname, given_names, number, birth, expiry, sex="<"):
    names = f"P<UTO{surname}<<{given_names.replace(' ', '<')}".ljust(44, "<")
    number = number.ljust(9, "<")
    born, ends = f"{birth:%y%m%d}", f"{expiry:%y%m%d}"
    head = number + mrz_check_digit(number)
    middle = f"{born}{mrz_check_digit(born)}"
    tail = f"{ends}{mrz_check_digit(ends)}" + "<" * 14 + "<"
    return f"{names}\n{head}UTO{middle}{sex}{tail}{mrz_check_digit(head + middle + tail)}"


words = st.text(ascii_uppercase, min_size=1, max_size=9)


@given(words, st.lists(words, min_size=1, max_size=2).map(" ".join),
       st.text(ascii_uppercase + "0123456789", min_size=1, max_size=9),
       st.dates(date(1927, 1, 1), TODAY), st.dates(date(2000, 1, 1), date(2060, 1, 1)), st.sampled_from("MF<"))
def test_what_is_printed_is_read_back(surname, given_names, number, birth, expiry, sex):
    read = read_mrz(passport(surname, given_names, number, birth, expiry, sex), TODAY)
    assert (read.surname, read.given, read.number, read.birth, read.expiry, read.sex, read.nationality) == (
        surname, given_names, number, birth, expiry, None if sex == "<" else sex, "UTO")


@given(st.text("0123456789ABCXYZ< \n", max_size=130))
def test_any_text_is_refused_in_words_or_read(text):
    try:
        read_mrz(text, TODAY)
    except RuleViolation as refused:
        assert refused.code in {"mrz_format", "mrz_check_digit", "mrz_date"}  # noqa: PT017
