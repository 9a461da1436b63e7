"""Trust and status lists: read only from a list key, never backwards, and bounded."""

import random
import tracemalloc
import zlib
from dataclasses import replace
from hashlib import sha256

import pytest
from credential_kit import CENTRE, DAY, ISSUED, LIST, LIST_KEYS, OTHER, centre_key, trust_list
from hypothesis import given
from hypothesis import strategies as st

from appraisal.canonical import Malformed, decode, encode
from appraisal.credential.cose import ED25519, read1, sign1, verifying_key
from appraisal.credential.root import RootDocument, make_root
from appraisal.credential.status import (
    CONTENT_TYPE,
    Status,
    StatusList,
    make_status_list,
    newest,
    read_status_list,
    vouched_status_list,
)
from appraisal.credential.trust import CONTENT_TYPE as TRUST_TYPE
from appraisal.credential.trust import StatusFloor, allowance, make_trust_list, read_trust_list, vouched_trust_list
from appraisal.domain.errors import RuleViolation

STATUS = StatusList(3, ISSUED, ISSUED + 30 * DAY)
ROOT = make_root(RootDocument(1, ISSUED, None, tuple(LIST_KEYS), 1, tuple(LIST_KEYS)), [LIST])


def refused(code, read, *given_arguments):
    with pytest.raises(RuleViolation) as refusal:
        read(*given_arguments)
    assert refusal.value.code == code
    return refusal.value


def test_a_trust_list_reads_back():
    keys = sorted([
        centre_key(CENTRE, sign_to=ISSUED, trust_to=ISSUED + DAY),
        centre_key(OTHER, allowed=frozenset({allowance(b"a"), allowance(b"b")}))], key=lambda one: one.key.kid)
    made = trust_list(keys, statuses={3: StatusFloor(ISSUED, bytes(32))}, root_documents=(ROOT,))
    signed = make_trust_list(made, LIST)
    read = read_trust_list(signed, LIST_KEYS)
    assert read == made
    assert read.digest == sha256(signed).digest()
    assert read.key_of(CENTRE.kid).centre.zh == "示范中心"
    assert read.key_of(bytes(8)) is None


def test_only_a_list_key_makes_a_trust_list():
    refused("trust_list_not_ours", read_trust_list, make_trust_list(trust_list(), CENTRE), LIST_KEYS)
    refused("trust_list_not_ours", read_trust_list, make_trust_list(trust_list(), LIST), [])
    of_another_kind = sign1(read1(make_trust_list(trust_list(), LIST), max_bytes=9999).payload, LIST)
    refused("trust_list_not_ours", read_trust_list, of_another_kind, LIST_KEYS)


@given(st.data())
def test_no_changed_trust_list_is_read(data):
    changed = bytearray(make_trust_list(trust_list(), LIST))
    changed[data.draw(st.integers(0, len(changed) - 1))] ^= data.draw(st.integers(1, 255))
    with pytest.raises(RuleViolation):
        read_trust_list(bytes(changed), LIST_KEYS)


def test_the_way_is_forward():
    first = make_trust_list(trust_list(), LIST)
    seen = read_trust_list(first, LIST_KEYS)
    second = trust_list(version=2, previous=seen.digest)
    assert read_trust_list(first, LIST_KEYS, seen) == seen
    newer = read_trust_list(make_trust_list(second, LIST), LIST_KEYS, seen)
    assert newer.version == 2
    older = refused("trust_list_older", read_trust_list, first, LIST_KEYS, newer)
    assert older.detail == {"version": 1, "seen": 2}
    for other in (replace(second, previous=bytes(32)), replace(trust_list(), expires=ISSUED + 5 * DAY),
                  replace(second, version=3, issued=ISSUED)):
        refused("trust_list_other_history", read_trust_list, make_trust_list(other, LIST), LIST_KEYS, seen)
    skipping = make_trust_list(replace(second, version=7, previous=bytes(32)), LIST)
    assert read_trust_list(skipping, LIST_KEYS, seen).version == 7


@pytest.mark.parametrize("change", [
    {"version": 0}, {"version": 2}, {"expires": ISSUED}, {"previous": bytes(32)}, {"issued": -1},
    {"keys": (centre_key(CENTRE), centre_key(CENTRE))}, {"keys": (centre_key(CENTRE, sign_to=-1),)},
    {"schemes": {"创": trust_list().schemes["innovation-talent"]}}, {"statuses": {3: StatusFloor(1, b"short")}},
    {"root_documents": (b"root",)}, {"root_documents": (ROOT, ROOT)}])
def test_lists_that_no_reader_would_take_are_not_made(change):
    with pytest.raises(Malformed):
        make_trust_list(replace(trust_list(), **change), LIST)


@pytest.mark.parametrize(("public", "reason"), [(bytes(32), "weak_key"), (OTHER.public, "bad_kid")])
def test_keys_that_are_not_what_they_say_are_refused(public, reason):
    fields = decode(read1(make_trust_list(trust_list(), LIST), max_bytes=9999).payload, max_bytes=9999)
    fields[6][0][3] = public
    signed = sign1(encode(fields), LIST, content_type=TRUST_TYPE)
    assert refused("trust_list_malformed", read_trust_list, signed, LIST_KEYS).detail == {"reason": reason}


def test_an_unsorted_allow_list_is_refused():
    fields = decode(read1(make_trust_list(trust_list(), LIST), max_bytes=9999).payload, max_bytes=9999)
    fields[6][0][9] = b"B" * 8 + b"A" * 8
    signed = sign1(encode(fields), LIST, content_type=TRUST_TYPE)
    assert refused("trust_list_malformed", read_trust_list, signed, LIST_KEYS).detail == {"reason": "bad_allowed"}


@given(st.dictionaries(st.integers(0, 2**17 - 1), st.sampled_from(Status), max_size=40))
def test_states_are_kept_apart(states):
    changed = STATUS.changed(states, ISSUED + 1, ISSUED + DAY)
    read = read_status_list(make_status_list(changed, LIST), LIST_KEYS)
    assert read == changed
    assert {index: read.state(index) for index in states} == states
    beside = {index ^ 1 for index in states} - set(states)
    assert all(read.state(index) is Status.VALID for index in beside)


def test_the_first_certificate_is_in_the_highest_bits():
    bits = STATUS.changed({0: Status.SUSPENDED, 7: Status.REVOKED}, ISSUED, ISSUED + 1).bits
    assert bits[:3] == bytes([0x80, 0x01, 0])


def test_revocation_is_for_ever():
    revoked = STATUS.changed({9: Status.REVOKED}, ISSUED + 1, ISSUED + DAY)
    assert revoked.changed({9: Status.REVOKED}, ISSUED + 2, ISSUED + DAY).state(9) is Status.REVOKED
    refused("revoked_for_ever", revoked.changed, {9: Status.VALID}, ISSUED + 2, ISSUED + DAY)


def test_a_status_list_is_the_list_keys_and_not_older_than_the_trust_list():
    signed = make_status_list(STATUS, LIST)
    refused("status_list_not_ours", read_status_list, make_status_list(STATUS, CENTRE), LIST_KEYS)
    refused("status_list_not_ours", read_status_list, make_trust_list(trust_list(), LIST), LIST_KEYS)
    digest = sha256(signed).digest()
    for floor, readable in ((StatusFloor(ISSUED, digest), True), (StatusFloor(ISSUED - 1, bytes(32)), True),
                            (StatusFloor(ISSUED, bytes(32)), False), (StatusFloor(ISSUED + 1, digest), False)):
        trust = trust_list(statuses={3: floor})
        if readable:
            assert read_status_list(signed, LIST_KEYS, trust) == STATUS
        else:
            refused("status_list_older", read_status_list, signed, LIST_KEYS, trust)


@pytest.mark.parametrize("bits", [
    zlib.compress(bytes(32_767)), zlib.compress(bytes(32_769)), zlib.compress(bytes(60_000_000)),
    zlib.compress(bytes(32_768))[:-1], zlib.compress(bytes(32_768)) + b"x", b"junk", b"", 7])
def test_bits_of_another_size_and_bombs_are_refused(bits):
    payload = encode({1: 1, 2: 3, 3: ISSUED, 4: ISSUED + 1, 5: bits})
    signed = sign1(payload, LIST, content_type=CONTENT_TYPE)
    refused("status_list_malformed", read_status_list, signed, LIST_KEYS)


def test_lists_that_the_user_vouches_for_need_no_key_but_the_status_list_must_be_the_one_named():
    status = make_status_list(STATUS, CENTRE)
    named = trust_list(statuses={3: StatusFloor(ISSUED, sha256(status).digest())})
    trust = vouched_trust_list(make_trust_list(named, OTHER))
    assert trust == named
    assert vouched_status_list(status, trust) == STATUS
    refused("status_list_not_ours", vouched_status_list, make_status_list(STATUS, LIST), trust)
    refused("status_list_not_ours", vouched_status_list, status, trust_list())
    refused("trust_list_malformed", vouched_trust_list, status)
    refused("status_list_malformed", vouched_status_list, make_trust_list(named, LIST), trust)


def test_a_bomb_costs_no_memory():
    payload = encode({1: 1, 2: 3, 3: ISSUED, 4: ISSUED + 1, 5: zlib.compress(bytes(60_000_000))})
    signed = sign1(payload, LIST, content_type=CONTENT_TYPE)
    tracemalloc.start()
    refused("status_list_malformed", read_status_list, signed, LIST_KEYS)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 2_000_000


def test_a_million_certificates_with_one_percent_revoked_are_under_19_kb():
    """Eight lists, signatures and all: 1,048,576 places."""
    rng = random.Random(7)
    sizes = []
    for number in range(8):
        revoked = dict.fromkeys(rng.sample(range(2**17), 1311), Status.REVOKED)
        sizes.append(len(make_status_list(STATUS.changed(revoked, ISSUED, ISSUED + number + 1), LIST)))
    assert sum(sizes) < 19_000


def test_of_two_lists_the_newer_counts():
    later = replace(STATUS, issued=ISSUED + 1)
    assert newest([later, STATUS]) == newest([STATUS, later]) == {3: later}


def test_verifying_key_is_found_by_its_thumbprint():
    assert verifying_key(ED25519, LIST.public).kid == LIST.kid
