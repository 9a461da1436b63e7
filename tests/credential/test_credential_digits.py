"""Digits and base45: what a QR says, and what of it is ours."""

import re
from contextlib import suppress

import pytest
from credential_kit import COSE, TEXT, shared
from hypothesis import given
from hypothesis import strategies as st

from appraisal.canonical import Malformed
from appraisal.credential import base45
from appraisal.credential.digits import find_payload, from_digits, payload_text, to_digits


@given(st.binary(max_size=300))
def test_digits_round_trip(data):
    digits = to_digits(data)
    assert from_digits(digits) == data
    assert re.fullmatch("[0-9]*", digits)


@given(st.text(alphabet="0123456789", max_size=60))
def test_digits_have_one_spelling(digits):
    try:
        data = from_digits(digits)
    except Malformed:
        return
    assert to_digits(data) == digits


@pytest.mark.parametrize(("data", "digits"), [
    ("", ""), ("ff", "255"), ("0100", "00001"), ("ffffff", "16777215"), ("00000001", "0016777216"),
    ("ff" * 5, "1099511627775"), ("ff" * 6, "281474976710655"), ("ff" * 7, "72057594037927935"),
    ("01" + "00" * 6 + "02", "00000000000000001002"),
])
def test_digits_as_specified(data, digits):
    assert to_digits(bytes.fromhex(data)) == digits
    assert from_digits(digits) == bytes.fromhex(data)


@pytest.mark.parametrize("digits", [
    "256", "65536", "16777216", "9" * 17, "1", "12", "1234", "１２３", "-12", "+12", "1_2", " 12"])
def test_digits_refused(digits):
    with pytest.raises(Malformed):
        from_digits(digits)


@given(st.text())
def test_any_text_is_malformed_or_bytes(text):
    for given_text in (text, "SKC1:" + text, TEXT + text):
        with suppress(Malformed):
            assert isinstance(find_payload(given_text), bytes)


def test_the_text_is_a_url_and_digits():
    assert TEXT.startswith("https://verify.example.cn//#")
    assert payload_text(COSE, "a.cn") == "https://a.cn/#" + to_digits(COSE)
    assert find_payload(TEXT) == COSE


@given(st.binary(max_size=100))
def test_base45_round_trip(data):
    assert base45.decode(base45.encode(data)) == data


@given(st.text(alphabet=base45.ALPHABET, max_size=30))
def test_base45_has_one_spelling(text):
    try:
        data = base45.decode(text)
    except Malformed:
        return
    assert base45.encode(data) == text


@pytest.mark.parametrize(("data", "text"), [(b"AB", "BB8"), (b"Hello!!", "%69 VD92EX0"), (b"ietf!", "QED8WEX0")])
def test_base45_examples_of_its_rfc(data, text):
    assert (base45.encode(data), base45.decode(text)) == (text, data)


def test_rfc_9285_vectors():
    vectors = shared("rfc9285-base45.json")
    for row in vectors["rfc"] + vectors["derived"]:
        assert base45.encode(bytes.fromhex(row["hex"])) == row["encoded"]
        assert base45.decode(row["encoded"]).hex() == row["hex"]
    for row in vectors["invalid"]:
        with pytest.raises(Malformed):
            base45.decode(row["encoded"])


def test_digital_covid_certificates_base45():
    for entry in ("AT_3", "DE_3", "SE_2", "BE_2"):
        row = shared(f"dgc-testdata/{entry}.json")
        assert base45.decode(row["BASE45"]).hex() == row["COMPRESSED"].lower()


def test_claim_169_bad_base45():
    with pytest.raises(Malformed):
        base45.decode(shared("claim-169/invalid/bad-base45.json")["qr_data"])
