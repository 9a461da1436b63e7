"""A short receipt reads back, verifies on the one desk that has these entries, and on no other."""

from dataclasses import replace
from hashlib import sha256

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from appraisal.canonical import Malformed
from appraisal.credential.cose import ED25519, BadSignature, Ed25519Signer, verifying_key
from appraisal.exchange.pictures import REQUEST, SHORT_RECEIPT, in_picture, to_png
from appraisal.exchange.short_receipt import Counts, Reach, make_short_receipt, read_short_receipt
from appraisal.exchange.typed import from_typed, to_typed

LIBRARY = Ed25519Signer.from_seed(bytes([2]) * 32)
KEY = verifying_key(ED25519, LIBRARY.public)
ids = st.binary(min_size=16, max_size=16).map(bytes.hex)
hashes = st.binary(min_size=32, max_size=32)


@st.composite
def reaches(draw):
    found, epochs = [], draw(st.lists(ids, min_size=1, max_size=3, unique_by=lambda epoch: epoch[:8]))
    for epoch in epochs:
        first, counts = draw(st.integers(1, 1 << 20)), [draw(st.integers(0, 1 << 16)) for _ in range(4)]
        last = first + sum(counts) + draw(st.integers(0, 9))
        found.append(Reach(epoch, first, last, draw(hashes), Counts(*counts), draw(hashes)))
    return found


@settings(max_examples=60)
@given(ids, ids, st.integers(1, 1 << 20), reaches())
def test_it_reads_back_and_verifies(library, desk, number, some):
    data = make_short_receipt(library, desk, number, some, LIBRARY)
    assert from_typed(to_typed(data)) == data
    found = read_short_receipt(data)
    assert (found.library.hex(), found.desk.hex(), found.number) == (library[:8], desk[:8], number)
    assert [(one.epoch.hex(), one.first, one.last, one.hash, one.counts) for one in found.chains] == [
        (one.epoch[:8], one.first, one.last, one.hash[:4], one.counts) for one in some]
    found.signed_for(library, desk, some, KEY)


ONE = Reach("cc" * 16, 1801, 12_345, sha256(b"head").digest(), Counts(10_500, 3, 2, 0), sha256(b"all").digest())
DATA = make_short_receipt("aa" * 16, "bb" * 16, 217, [ONE], LIBRARY)


def test_it_is_short():
    assert len(DATA) <= 120
    assert len(to_typed(DATA)) < 240


@pytest.mark.parametrize("other", [
    {"library": "ab" * 16}, {"desk": "ba" * 16}, {"one": replace(ONE, hash=sha256(b"x").digest())},
    {"one": replace(ONE, digest=sha256(b"y").digest())}, {"one": replace(ONE, epoch="cd" * 16)},
    {"key": verifying_key(ED25519, Ed25519Signer.from_seed(bytes([7]) * 32).public)}])
def test_it_verifies_nowhere_else(other):
    given_ = {"library": "aa" * 16, "desk": "bb" * 16, "one": ONE, "key": KEY} | other
    with pytest.raises(BadSignature):
        read_short_receipt(DATA).signed_for(given_["library"], given_["desk"], [given_["one"]], given_["key"])


def test_no_changed_bit_is_believed():
    for bit in range(len(DATA) * 8):
        changed = bytearray(DATA)
        changed[bit // 8] ^= 1 << bit % 8
        try:
            found = read_short_receipt(bytes(changed))
        except Malformed:
            continue
        reach = [Reach(ONE.epoch, one.first, one.last, ONE.hash, one.counts, ONE.digest) for one in found.chains]
        if (found.library, found.desk) != (b"\xaa" * 4, b"\xbb" * 4) or (
                found.chains[0].epoch, found.chains[0].hash) != (b"\xcc" * 4, ONE.hash[:4]):
            continue  # the desk compares these before the signature
        with pytest.raises(BadSignature):
            found.signed_for("aa" * 16, "bb" * 16, reach, KEY)


@given(st.binary(max_size=330))
def test_any_bytes_are_refused_by_name(data):
    with pytest.raises(Malformed):
        read_short_receipt(data)


@pytest.mark.parametrize("some", [[], [ONE] * 2, [replace(ONE, epoch=f"{n:08x}" * 4) for n in range(4)],
                                  [replace(ONE, first=0)], [replace(ONE, first=12_346)],
                                  [replace(ONE, counts=Counts(10_546, 0, 0, 0))]])
def test_what_no_reader_takes_is_not_made(some):
    with pytest.raises(Malformed):
        make_short_receipt("aa" * 16, "bb" * 16, 1, some, LIBRARY)


def test_its_picture_reads_back_and_is_none_of_a_request():
    picture = to_png(SHORT_RECEIPT, DATA)
    assert in_picture(SHORT_RECEIPT, picture) == DATA
    assert in_picture(REQUEST, picture) is None
    assert in_picture(REQUEST, to_png(REQUEST, bytes(range(200)) * 6)) == bytes(range(200)) * 6
