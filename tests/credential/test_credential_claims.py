"""Claims: every certificate that may be written reads back; personal documents stay out and can be confirmed."""

import unicodedata
from dataclasses import replace
from decimal import Decimal
from hashlib import pbkdf2_hmac

import pytest
from credential_kit import CENTRE, CLAIMS
from hypothesis import assume, given
from hypothesis import strategies as st

from appraisal.canonical import Malformed, encode
from appraisal.credential.claims import Claims, from_bytes, to_bytes
from appraisal.credential.idtag import id_tag, identity_matches

seconds = st.integers(0, 2**38 - 2)
texts = st.text(st.characters(exclude_categories=["Cc", "Cf", "Zl", "Zp", "Cs", "Cn"]), min_size=1, max_size=64).map(
    lambda text: unicodedata.normalize("NFC", text)).filter(lambda text: 0 < len(text) <= 64)
marks = st.none() | st.integers(0, 200).map(lambda n: Decimal(n) / 2)
claims = st.builds(
    Claims, issued=seconds, number=texts, name=texts, template_version=st.integers(0, 2**32 - 1),
    scheme=st.from_regex(r"[A-Za-z0-9._-]{1,32}", fullmatch=True), latin_name=st.none() | texts,
    level=st.none() | st.integers(0, 15), marks=st.just(()) | st.tuples(*[marks] * 7),
    id_tag=st.none() | st.binary(min_size=3, max_size=3), replaces=st.none() | texts,
    status=st.none() | st.tuples(st.integers(0, 2**32 - 1), st.integers(0, 2**17 - 1)))


@given(claims, st.none() | st.integers(1, 2**37))
def test_claims_round_trip(made, term):
    if term is not None:
        assume(made.issued + term < 2**38)
        made = replace(made, expires=made.issued + term)
    assert from_bytes(to_bytes(made)) == made


@pytest.mark.parametrize("wrong", [
    {"issued": -1}, {"issued": 2**38}, {"issued": 1.5}, {"issued": True}, {"expires": CLAIMS.issued}, {"number": ""},
    {"number": "A\u200bB"}, {"name": "A" * 65}, {"name": "e\u0301"}, {"name": "a\nb"}, {"name": "\ud800"},
    {"latin_name": ""}, {"scheme": "创新"}, {"scheme": ""}, {"level": 16}, {"level": "3"},
    {"marks": (Decimal("70.25"),) * 7}, {"marks": (Decimal("100.5"),) * 7}, {"marks": (Decimal(-1),) * 7},
    {"marks": (Decimal(70),) * 6}, {"id_tag": b"ab"}, {"status": (3, 2**17)}, {"status": (-1, 0)},
    {"template_version": 2**32}, {"template_version": None}, {"replaces": ""}])
def test_claims_that_no_reader_would_take_are_not_written(wrong):
    with pytest.raises(Malformed):
        to_bytes(replace(CLAIMS, **wrong))


@given(st.dictionaries(st.sampled_from([4, 6, -70100, 7]), st.integers() | st.binary(max_size=9) | st.dictionaries(
    st.integers(0, 12), st.none() | st.integers(0, 300) | st.text(max_size=5) | st.binary(max_size=8), max_size=12)))
def test_any_map_is_claims_or_malformed(fields):
    try:
        data = encode(fields)
    except ValueError:
        return
    try:
        read = from_bytes(data)
    except Malformed:
        return
    assert to_bytes(read) == data


def test_the_document_confirms_its_person_however_it_is_typed():
    tag = id_tag("11010519491231002X", CENTRE.kid, CLAIMS.number)
    assert len(tag) == 3
    assert identity_matches(" 11010519491231002x", CENTRE.kid, CLAIMS.number, tag) is True
    assert identity_matches("110105194912310038", CENTRE.kid, CLAIMS.number, tag) is False
    assert identity_matches("11010519491231002X", CENTRE.kid, "another", tag) is False
    assert identity_matches("11010519491231002X", CENTRE.kid, CLAIMS.number, None) is None


def test_id_tag_as_specified():
    expected = pbkdf2_hmac("sha256", b"E12345678", b"SKC1-ID" + CENTRE.kid + b"N-1", 600_000)[:3]
    assert id_tag("e12345678", CENTRE.kid, "N-1") == expected
