"""An entry that was cut for its journey is put back byte for byte; whatever else is refused or harmless."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appraisal.canonical import Malformed, decode, encode
from appraisal.domain.consent import ConsentGiven, Purpose
from appraisal.domain.person import CandidateCorrected, PhotoAttached
from appraisal.exchange.cut_entries import CUT, CutEntry, cut, put_back
from appraisal.exchange.records import join, person_key, read_record, read_records, stub
from appraisal.journal import Entry, digest, make, read, write

PERSON, KEY, OTHER = "ab" * 16, b"\x05" * 32, b"\x06" * 32
BEFORE = b"\x22" * 32

heads = st.builds(
    Entry, desk=st.binary(min_size=16, max_size=16), epoch=st.binary(min_size=16, max_size=16),
    seq=st.integers(1, 1 << 40), prev=st.just(BEFORE), at=st.tuples(st.integers(0, 1 << 48), st.integers(0, 1 << 17)),
    operator=st.sampled_from(["", PERSON]), kind=st.just(""), version=st.just(1), subject=st.just(""),
    body=st.just({}), sealed=st.none(), why=st.none() | st.text(st.characters(codec="utf-8"), max_size=300))
corrections = st.text(st.characters(codec="utf-8"), max_size=70_000).map(
    lambda text: CandidateCorrected(PERSON, {"address": text}))
events = st.sampled_from([ConsentGiven(PERSON, Purpose.ASSOCIATION, "somebody", "2026-11", "paper"),
                          PhotoAttached(PERSON, "ab" * 32)])


@given(heads, corrections, st.binary(min_size=12, max_size=12))
def test_sealed_fields_travel_open_beside_their_key_and_are_sealed_as_before(head, happened, nonce):
    entry = write(make(head, happened, KEY, lambda: nonce))
    record = cut(entry, BEFORE, PERSON, KEY)
    assert record is not None
    assert record[0] == CUT
    assert len(record) < len(entry)
    back, sealed = put_back(read_record(record), BEFORE, {PERSON: KEY})
    assert (back, sealed) == (entry, read(entry).sealed.ciphertext)
    for before, keys in ((BEFORE, {}), (b"", {PERSON: KEY})):
        with pytest.raises(Malformed, match="bad_cut_entry"):
            put_back(read_record(record), before, keys)
    assert put_back(read_record(record), BEFORE, {PERSON: OTHER})[0] != entry


@given(heads, events)
def test_of_an_open_entry_only_the_hash_before_stays_behind(head, happened):
    entry = write(make(head, happened, None, lambda: b""))
    record = cut(entry, BEFORE, None, None)
    assert put_back(read_record(record), BEFORE, {}) == (entry, b"")
    assert cut(entry, b"\x23" * 32, None, None) is None  # it does not follow: it travels whole


def test_what_cannot_be_put_back_travels_whole():
    head = Entry(bytes(16), bytes(16), 7, BEFORE, (1, 0), "", "", 1, "", {}, None, None)
    entry = write(make(head, CandidateCorrected(PERSON, {"address": "x"}), KEY, lambda: bytes(12)))
    assert cut(entry, BEFORE, PERSON, None) is None
    assert cut(entry, BEFORE, PERSON, OTHER) is None
    assert cut(entry, BEFORE, "cd" * 16, KEY) is None
    assert cut(write(make(head, PhotoAttached(PERSON, "ab" * 32), None, lambda: b"")), BEFORE, PERSON, KEY) is None


@given(st.binary(max_size=200), st.integers(0, 250), st.none() | st.binary(max_size=60))
def test_nonsense_is_refused_or_is_bytes_that_the_journals_reader_sees(rest, at, fields):
    try:
        found, _ = put_back(CutEntry(rest, at, fields), BEFORE, {PERSON: KEY})
    except Malformed as fault:
        assert fault.reason == "bad_cut_entry"  # noqa: PT017 - either is right
    else:
        assert len(found) == len(rest) + 32 + (len(fields) + 16 if fields is not None else 0)


@given(heads, corrections, st.integers(0, 200), st.integers(0, 255))
def test_a_changed_byte_never_passes_for_the_entry(head, happened, place, other):
    entry = write(make(head, happened, KEY, lambda: bytes(12)))
    record = bytearray(cut(entry, BEFORE, PERSON, KEY))
    place %= len(record)
    changed = record[place] != other
    record[place] = other
    try:
        found = list(read_records(join([person_key(PERSON, KEY), stub(1, BEFORE), bytes(record)])))[2]
    except Malformed:
        return
    assert not changed or found != entry


def test_a_chain_of_a_part_comes_out_as_it_stands_in_the_journal():
    entries, before = [], BEFORE
    for seq in range(2, 6):
        head = Entry(bytes(16), bytes(16), seq, before, (seq, 0), "", "", 1, "", {}, None, None)
        happened = CandidateCorrected(PERSON, {"address": "x" * seq}) if seq % 2 else PhotoAttached(PERSON, "ab" * 32)
        entries.append(write(make(head, happened, KEY if seq % 2 else None, lambda: bytes(12))))
        before = digest(entries[-1])
    records = [person_key(PERSON, KEY), entries[0]]
    for one, last in zip(entries[1:], entries, strict=False):
        sealed = decode(one, max_bytes=1 << 20)[10] is not None
        records.append(cut(one, digest(last), PERSON if sealed else None, KEY))
    assert [one[0] for one in records[2:]] == [CUT] * 3
    assert list(read_records(join(records)))[1:] == entries
    with pytest.raises(Malformed, match="bad_cut_entry"):
        list(read_records(join(records[2:])))  # nothing stands before it


@pytest.mark.parametrize("found", [[b"x", 1, None], [b"x", 2, b""], [b"x", -1, b""], ["x", 0, None], [b"x", 0, 1],
                                   [b"x", True, b""]])
def test_other_shapes_are_refused(found):
    with pytest.raises(Malformed):
        read_record(encode(found))
