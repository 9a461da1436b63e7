"""Regions of GB/T 2260: what a number's first digits may be, and what people write."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appraisal.domain.regions import regions
from appraisal.domain.tables import code_tables

TABLE = code_tables().regions


@pytest.mark.parametrize(("said", "code"), [
    ("北京市西城区", "110102"), ("北京 西城区月坛南街", "110102"), ("广西桂林", "450300"), ("450300", "450300"),
    ("河南省济源市", "419001"), ("广东东莞", "441900"), ("吉林", "220000"), ("吉林省吉林市船营区", "220204"),
    ("110199", "110000"), ("香港", "810000"), ("中国", None), ("", None), ("999999", None), ("西城区", None)])
def test_what_people_write(said, code):
    assert TABLE.find(said) == code


@given(st.sampled_from(sorted(TABLE.names)))
def test_every_full_name_is_found_as_itself(code):
    found = TABLE.find(TABLE.full_names[code])
    assert found is not None
    assert TABLE.full_names[found] == TABLE.full_names[code]
    assert TABLE.find(code) == code


def test_a_city_without_counties_stands_for_them():
    made = regions(["# a comment", "440000 广东省", "440100 广州市", "440103 荔湾区", "441900 东莞市"])
    assert made.counties == {"440103", "441900"}


def test_a_table_that_is_none_is_refused():
    with pytest.raises(ValueError, match="region"):
        regions(["4401 广州市"])
