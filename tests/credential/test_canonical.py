"""Deterministic CBOR: what is written reads back, and nothing else reads."""

from functools import partial

import pytest
from credential_kit import shared
from hypothesis import example, given
from hypothesis import strategies as st

from appraisal import canonical
from appraisal.canonical import Malformed, decode, encode, encode_again

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


LINK = bytes.fromhex("01711220") + bytes(32)
"""What DAG-CBOR takes for one of its links."""


def head(major, number, width):
    """As short as can be, or `width` bytes long where that is more."""
    short = 0 if number < 24 else 1 if number < 1 << 8 else 2 if number < 1 << 16 else 4
    width = max(short, width)
    return bytes([major << 5 | (23 + (1, 2, 4, 8).index(width) + 1 if width else number)]) + (
        number.to_bytes(width, "big") if width else b"")


TAGGED = b"\xd8\x2a" + head(2, len(LINK) + 1, 0) + b"\0" + LINK
widths = st.sampled_from([0] * 20 + [1, 2, 4, 8])
leaves = st.one_of(
    st.builds(head, st.sampled_from([0, 1]), st.integers(0, 70_000), widths),
    st.builds(lambda one, width: head(3, len(one), width) + one, st.text(max_size=30).map(str.encode), widths),
    st.builds(lambda one, width: head(2, len(one), width) + one,
              st.one_of(st.binary(max_size=30), st.just(LINK), st.just(b"\0" + LINK)), widths),
    st.sampled_from([b"\xf4", b"\xf5", b"\xf6"] * 5 + [
        b"\xf7", b"\xe0", b"\xf9\x3c\x00", b"\xfa\x3f\x80\x00\x00", b"\xfb\x3f\xf0" + bytes(6), b"\xff", b"\xc1\x00",
        TAGGED, b"\x9f\xff", b"\x63\xed\xa0\x80", b"\x1b" + b"\xff" * 8]))


def spelled_list(items, width):
    return head(4, len(items), width) + b"".join(items)


def spelled_map(items, width, shuffled):
    items = items if shuffled else sorted(dict(items).items())
    return head(5, len(items), width) + b"".join(key + value for key, value in items)


names = st.text("abc", max_size=3).map(lambda one: head(3, len(one), 0) + one.encode())
spelled = st.recursive(leaves, lambda inner: st.one_of(
    st.builds(spelled_list, st.lists(inner, max_size=26), widths),
    st.builds(spelled_map, st.lists(st.tuples(st.one_of(names, names, names, leaves), inner), max_size=6), widths,
              st.sampled_from([False] * 9 + [True]))), max_leaves=20)


def verdict(read, data, depth):
    try:
        return repr(read(data, max_depth=depth))  # 1 and True are equal
    except Malformed:
        return None


@given(st.one_of(spelled, values.map(encode)), st.binary(max_size=1), st.integers(1, 9))
@example(TAGGED, b"", 8)
@example(head(2, len(LINK), 0) + LINK, b"", 8)
@example(b"\x81" * 9 + b"\x01", b"", 8)
@example(b"\x81" * 100_000 + b"\x01", b"", 8)
@example(b"\x88" + b"\x80" * 8, b"", 8)
@example(b"\xfb\x3f\xf0" + bytes(6), b"", 8)
def test_the_quick_reader_and_the_last_word_are_one(data, more, depth):
    data += more
    assert verdict(partial(decode, max_bytes=1 << 20), data, depth) == verdict(canonical._read, data, depth)


@given(values)
@example([LINK])
@example({"a": LINK, "b": [{1: LINK}]})
def test_what_was_read_is_written_again_as_it_was(value):
    data = encode(value)
    assert encode_again(read(data)) == data


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
