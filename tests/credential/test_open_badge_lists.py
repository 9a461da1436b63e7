"""Status lists for W3C's readers: each bit says what our list says."""

import zlib
from gzip import compress

import pytest
from credential_kit import DAY, ISSUED, LIST, shared
from hypothesis import given
from hypothesis import strategies as st

from appraisal.canonical import Malformed
from appraisal.credential.bitstring import (
    BITS_BYTES,
    Purpose,
    bits_of,
    decoded,
    encoded,
    file_name,
    is_set,
    status_credential,
)
from appraisal.credential.claims import STATUS_LIST_LENGTH
from appraisal.credential.integrity import check_proofs, did_key
from appraisal.credential.jose import base64url
from appraisal.credential.linked_data import MAX_BYTES, canonical_json
from appraisal.credential.status import Status, StatusList

URL = "https://lists.example.cn/s"
EMPTY = StatusList(3, ISSUED, ISSUED + 30 * DAY)
WORDS = {Status.VALID: (False, False), Status.REVOKED: (True, False), Status.SUSPENDED: (False, True),
         Status.REPLACED: (True, False)}


@given(st.dictionaries(st.integers(0, STATUS_LIST_LENGTH - 1), st.sampled_from(Status)))
def test_the_bits_agree_with_the_list(states):
    status = EMPTY.changed(states, ISSUED, ISSUED + 1)
    revoked, suspended = (bits_of(status, purpose) for purpose in Purpose)
    for index in {*states, *(one ^ 1 for one in states), 0, STATUS_LIST_LENGTH - 1}:
        assert (is_set(revoked, index), is_set(suspended, index)) == WORDS[status.state(index)]
    assert sum(map(int.bit_count, revoked)) == sum(WORDS[one][0] for one in states.values())
    assert sum(map(int.bit_count, suspended)) == sum(WORDS[one][1] for one in states.values())


def test_every_index_of_a_full_list_agrees():
    status = StatusList(3, ISSUED, ISSUED + 1, bytes(range(256)) * 128)  # each way that four neighbours can stand
    bits = {purpose: bits_of(status, purpose) for purpose in Purpose}
    assert [tuple(is_set(bits[purpose], index) for purpose in Purpose) for index in range(STATUS_LIST_LENGTH)] == [
        WORDS[status.state(index)] for index in range(STATUS_LIST_LENGTH)]


@pytest.mark.parametrize("purpose", list(Purpose))
def test_a_list_is_a_credential_of_the_list_key(purpose):
    made = status_credential(EMPTY.changed({70_000: Status.REVOKED}, ISSUED, ISSUED + 1), purpose, URL, LIST)
    assert check_proofs(made).public == LIST.public
    assert made["issuer"] == did_key(LIST.public)
    assert (made["id"], made["type"][-1]) == (f"{URL}/status-3-{purpose}.json", "BitstringStatusListCredential")
    assert made["id"].endswith(file_name(3, purpose))
    assert is_set(decoded(made["credentialSubject"]["encodedList"]), 70_000) is (purpose is Purpose.REVOCATION)


def test_the_largest_list_fits_what_we_read():
    """Bits that nothing compresses: noise of a fixed seed."""
    noise = b"".join(zlib.crc32(bytes([n >> 8, n & 255])).to_bytes(4, "big") for n in range(8192))
    made = status_credential(StatusList(3, ISSUED, ISSUED + 1, noise), Purpose.REVOCATION, URL, LIST)
    assert 20_000 < len(canonical_json(made)) < MAX_BYTES


@given(st.binary(max_size=500), st.integers(0, BITS_BYTES - 500))
def test_a_bitstring_goes_there_and_back(some, before):
    bits = (bytes(before) + some).ljust(BITS_BYTES, b"\0")
    assert decoded(encoded(bits)) == bits
    assert encoded(bits) == encoded(bits)


@pytest.mark.parametrize("text", [
    "", "u", encoded(bytes(BITS_BYTES))[1:], "z" + encoded(bytes(BITS_BYTES))[1:], encoded(bytes(BITS_BYTES)) + "=",
    encoded(bytes(BITS_BYTES - 1)), encoded(bytes(BITS_BYTES + 1)), encoded(bytes(1 << 24)),
    "u" + base64url(compress(bytes(BITS_BYTES), mtime=0) + b"more"),
    "u" + base64url(compress(bytes(BITS_BYTES), mtime=0)[:-1]),
    "u" + base64url(zlib.compress(bytes(BITS_BYTES))), "u" + base64url(bytes(BITS_BYTES))])
def test_no_other_bitstring_is_read(text):
    with pytest.raises(Malformed):
        decoded(text)


def test_the_example_of_w3c():
    example = shared("w3c-bitstring-status-list/example-credential.json")
    assert decoded(example["credentialSubject"]["encodedList"]) == bytes(BITS_BYTES)


def test_bitstrings_derived_from_it():
    cases = shared("w3c-bitstring-status-list/derived.json")["cases"]
    assert len(cases) == 5
    for case in cases:
        bits = decoded(case["encodedList"])
        assert [index for index in range(STATUS_LIST_LENGTH) if is_set(bits, index)] == case["set"]
        ours = bits_of(EMPTY.changed(dict.fromkeys(case["set"], Status.REVOKED), ISSUED, ISSUED + 1),
                       Purpose.REVOCATION)
        assert ours == bits
