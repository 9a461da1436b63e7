"""Deterministic CBOR: what is written reads back, and nothing else reads."""

import pytest
from credential_kit import shared
from hypothesis import example, given
from hypothesis import strategies as st

from appraisal.canonical import Malformed, decode, encode

IN_ORDER_AFTER_ALL = "a31864012002616103"
"""{100: 1, -1: 2, "a": 3}: the public file has it among the refusals, but 18 64 < 20 < 61 is the bytewise order."""

keys = st.one_of(st.integers(-(2**64), 2**64 - 1), st.text(max_size=30), st.binary(max_size=30))
values = st.recursive(
    st.one_of(st.none(), st.booleans(), keys),
    lambda inner: st.one_of(st.lists(inner, max_size=30), st.dictionaries(keys, inner, max_size=30)), max_leaves=40)


def read(data):
    return decode(data, max_bytes=1 << 20, max_depth=50)


@given(values)
def test_what_is_written_reads_back(value):
    assert read(encode(value)) == value


@given(st.binary(max_size=60))
@example(bytes.fromhex("d9d9f701"))
@example(bytes.fromhex("c48221196ab3"))
@example(bytes.fromhex("a1f600"))
@example(bytes.fromhex("a1810100"))
def test_only_malformed_is_raised_and_only_its_own_spelling_is_read(data):
    try:
        value = read(data)
    except Malformed:
        return
    assert encode(value) == data


@given(values, st.data())
def test_a_changed_byte_reads_as_another_value_or_not_at_all(value, data):
    written = bytearray(encode(value))
    at = data.draw(st.integers(0, len(written) - 1))
    written[at] ^= data.draw(st.integers(1, 255))
    try:
        changed = read(bytes(written))
    except Malformed:
        return
    assert encode(changed) == bytes(written)


def test_keys_are_in_the_bytewise_order_of_their_encodings():
    assert encode({"aa": 1, "z": 2, 100: 3, -1: 4, 10: 5, b"x": 6}).hex() == "a60a051864032004417806617a02626161" + "01"


@pytest.mark.parametrize("value", [1.0, {1.0: 1}, {None: 1}, {True: 1}, {(1,): 1}, {1, 2}, bytearray(b"x"), object()])
def test_other_types_are_not_written(value):
    with pytest.raises(TypeError):
        encode(value)


@pytest.mark.parametrize("value", [2**64, -(2**64) - 1, "\ud800"])
def test_values_without_an_encoding_are_not_written(value):
    with pytest.raises(ValueError, match=r"64 bits|surrogate"):
        encode(value)


@pytest.mark.parametrize(("data", "reason"), [
    ("1817", "not_deterministic"), ("5801ff", "not_deterministic"), ("0000", "not_deterministic"),
    ("a2616202616101", "not_deterministic"), ("a220001864" + "00", "not_deterministic"),
    ("9f01ff", "not_well_formed"), ("a201010102", "not_well_formed"),
    ("f93c00", "type_refused"), ("f7", "type_refused"), ("f820", "type_refused"), ("d818" + "00", "not_well_formed"),
    ("c249010000000000000000", "not_well_formed"), ("c24101", "not_well_formed"), ("a1f500", "type_refused"),
    ("61ff", "not_well_formed"), ("9bffffffffffffffff", "not_well_formed"), ("5b7fffffffffffffff", "not_well_formed"),
    ("", "not_well_formed"), ("8181818100", "not_well_formed"), ("00" * 33, "too_large"),
])
def test_reasons(data, reason):
    with pytest.raises(Malformed) as refused:
        decode(bytes.fromhex(data), max_bytes=32, max_depth=3)
    assert refused.value.reason == reason


def test_the_depth_that_is_allowed_is_read():
    assert decode(bytes.fromhex("81818100"), max_bytes=32, max_depth=3) == [[[0]]]


def test_rfc_8949_examples():
    """Appendix A: what our types can hold is read and written as it stands there, all else is refused."""
    vectors = shared("rfc8949-cbor.json")
    read_so_far = 0
    for row in vectors["examples"]:
        data = bytes.fromhex(row["hex"])
        ours = "value" in row and row["preferred"] and data[0] >> 5 != 6 and not (data[0] >> 5 == 7 and data[0] > 0xf6)
        try:
            value = read(data)
        except Malformed:
            assert not ours or _has_floats(row["value"]), row
        else:
            assert encode(value) == data
            if "value" in row:
                assert value == row["value"], row
            read_so_far += 1
    assert read_so_far == 37


def _has_floats(value):
    if isinstance(value, list | dict):
        return any(map(_has_floats, value.values() if isinstance(value, dict) else value))
    return isinstance(value, float)


@pytest.mark.parametrize("kind", ["not_well_formed", "not_deterministic"])
def test_rfc_8949_refusals(kind):
    for row in shared("rfc8949-cbor.json")[kind]:
        if row["hex"] == IN_ORDER_AFTER_ALL:
            continue
        with pytest.raises(Malformed):
            read(bytes.fromhex(row["hex"]))


def test_bytewise_order_is_not_length_first():
    """The example of RFC 8949 §4.2.1: 100 before -1, though its encoding is longer."""
    assert encode(read(bytes.fromhex(IN_ORDER_AFTER_ALL))).hex() == IN_ORDER_AFTER_ALL
