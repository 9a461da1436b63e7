"""Deltas: from a status list to a later one, exactly, or not at all."""

from dataclasses import replace

import pytest
from credential_kit import DAY, ISSUED, LIST, LIST_KEYS, OTHER
from hypothesis import given
from hypothesis import strategies as st

from appraisal.canonical import decode, encode
from appraisal.credential.claims import STATUS_LIST_LENGTH
from appraisal.credential.cose import read1, sign1
from appraisal.credential.delta import (
    CONTENT_TYPE,
    MAX_BYTES,
    applied,
    is_delta,
    make_delta,
    read_delta,
    read_either,
)
from appraisal.credential.status import Status, StatusList, make_status_list, read_status_list
from appraisal.credential.trust import StatusFloor, TrustList
from appraisal.domain.errors import RuleViolation
from appraisal.exchange.pictures import STATUS_DELTA, in_picture, to_png

indexes = st.integers(0, STATUS_LIST_LENGTH - 1)
changes = st.dictionaries(indexes, st.sampled_from([Status.VALID, Status.SUSPENDED, Status.REPLACED]), max_size=30)


def signed(status):
    return read_status_list(make_status_list(status, LIST), LIST_KEYS)


OLD = signed(StatusList(3, ISSUED, ISSUED + 30 * DAY).changed({5: Status.SUSPENDED}, ISSUED, ISSUED + 30 * DAY))


def later(states, numbers=None, old=OLD):
    return signed(old.changed(states, ISSUED + DAY, ISSUED + 31 * DAY, numbers))


@given(changes, st.lists(indexes, max_size=10), st.dictionaries(indexes, st.text("ABC123", min_size=1), max_size=5))
def test_a_delta_leads_from_the_one_to_the_other(states, revoked, numbers):
    new = later(states | dict.fromkeys(revoked, Status.REVOKED), numbers)
    data = make_delta(OLD, new, LIST)
    made = applied(read_delta(data, LIST_KEYS), OLD)
    assert (made, made.digest) == (new, new.digest)
    assert in_picture(STATUS_DELTA, to_png(STATUS_DELTA, data)) == data


def test_nothing_changed_is_a_delta_too():
    """It says that the list is still so: that is what a reader with old lists needs to hear."""
    new = later({})
    data = make_delta(OLD, new, LIST)
    assert len(data) < 260
    assert applied(read_delta(data, LIST_KEYS), OLD).digest == new.digest


def test_what_does_not_fit_a_symbol_is_not_made():
    some = dict.fromkeys(range(0, 3000, 4), Status.REVOKED)
    most = max(count for count in range(600, 700) if make_delta(OLD, later(dict(list(some.items())[:count])), LIST))
    assert most == 662
    assert MAX_BYTES - 3 < len(make_delta(OLD, later(dict(list(some.items())[:most])), LIST)) <= MAX_BYTES


def test_it_fits_one_list_only():
    data = make_delta(OLD, later({9: Status.REVOKED}), LIST)
    other = signed(replace(OLD, issued=ISSUED + 1))
    delta = read_delta(data, LIST_KEYS)
    for base in (other, replace(OLD, number=4), later({9: Status.REVOKED})):
        with pytest.raises(RuleViolation, match="delta_of_other_list"):
            applied(delta, base)
    for known in (lambda _digest: None, {other.digest: other}.get):
        with pytest.raises(RuleViolation, match="delta_of_other_list"):
            read_either(data, LIST_KEYS, known)
    assert read_either(data, LIST_KEYS, {OLD.digest: OLD}.get).state(9) is Status.REVOKED


def test_what_was_revoked_stays_so():
    gone = later({7: Status.REVOKED})
    back = replace(gone, bits=OLD.bits, issued=gone.issued + 1, digest=bytes(32))
    data = make_delta(gone, back, LIST)
    with pytest.raises(RuleViolation, match="revoked_for_ever"):
        applied(read_delta(data, LIST_KEYS), gone)


def test_the_trust_lists_floor_holds_for_deltas():
    data = make_delta(OLD, later({9: Status.REVOKED}), LIST)
    trust = TrustList(1, ISSUED, ISSUED + DAY, None, (), {}, {3: StatusFloor(ISSUED + 2 * DAY, bytes(32))})
    with pytest.raises(RuleViolation, match="status_list_older"):
        read_either(data, LIST_KEYS, {OLD.digest: OLD}.get, trust)


@given(st.data())
def test_no_bit_of_a_delta_can_be_turned(data):
    made = make_delta(OLD, later({9: Status.REVOKED, 70_000: Status.REPLACED}, {70_000: "B1"}), LIST)
    at = data.draw(st.integers(0, len(made) * 8 - 1))
    turned = bytearray(made)
    turned[at >> 3] ^= 1 << (at & 7)
    with pytest.raises(RuleViolation):
        read_delta(bytes(turned), LIST_KEYS)


def test_another_key_makes_none():
    with pytest.raises(RuleViolation, match="status_list_not_ours"):
        read_delta(make_delta(OLD, later({}), OTHER), LIST_KEYS)


@pytest.mark.parametrize("change", [
    {1: 2}, {2: -1}, {4: ISSUED}, {5: b"x"}, {6: b"x"}, {7: b""}, {7: b"ab"}, {7: bytes(6)},
    {7: bytes([0, 0, 9, 0, 0, 5])}, {7: (STATUS_LIST_LENGTH << 2).to_bytes(3, "big")}, {8: {STATUS_LIST_LENGTH: "A"}},
    {9: 1}])
def test_other_spellings_are_refused(change):
    fields = decode(read1(make_delta(OLD, later({9: Status.REVOKED}), LIST), max_bytes=MAX_BYTES).payload,
                    max_bytes=MAX_BYTES)
    with pytest.raises(RuleViolation, match="status_list_malformed"):
        read_delta(sign1(encode(fields | change), LIST, content_type=CONTENT_TYPE), LIST_KEYS)


def test_what_is_a_delta():
    assert is_delta(make_delta(OLD, later({}), LIST))
    assert not is_delta(make_status_list(OLD, LIST))
    assert not is_delta(b"anything")
