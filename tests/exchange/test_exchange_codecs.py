"""What is written reads back the same; anything else is refused by name."""

from collections.abc import Callable
from dataclasses import replace

import pyrage
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from appraisal.canonical import Malformed, encode
from appraisal.credential.cose import ED25519, BadSignature, Ed25519Signer, sign1, verifying_key
from appraisal.domain.centre import Lease
from appraisal.domain.certificate import Bilingual
from appraisal.domain.exchange import Fate, FateOf, Span
from appraisal.exchange import letters
from appraisal.exchange.enrolment import Grant, make_grant, make_request, read_grant, read_request
from appraisal.exchange.manifest import ChainRange, LastReceipt, Manifest, make_manifest, read_manifest
from appraisal.exchange.parts import PLAIN_BYTES, Part, PartKind, Range, pack, seal, unseal
from appraisal.exchange.receipt import Head, Receipt, Withdrawn, digest_of, is_settled, make_receipt, read_receipt
from appraisal.exchange.records import (
    Attachment,
    PersonKey,
    Stub,
    Unknown,
    attachment,
    frame,
    join,
    person_key,
    read_record,
    stub,
    unframe,
)
from appraisal.exchange.summary import inspect
from appraisal.journal import START

DESK, LIBRARY, CENTRE = (Ed25519Signer.from_seed(bytes([n]) * 32) for n in (1, 2, 3))
DESK_KEY, LIBRARY_KEY = (verifying_key(ED25519, one.public) for one in (DESK, LIBRARY))
LETTER = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])

ids = st.binary(min_size=16, max_size=16).map(bytes.hex)
hashes = st.binary(min_size=32, max_size=32)
times = st.integers(0, (1 << 48) - 1)
spans = st.tuples(ids, st.integers(1, 10**6), st.integers(0, 10**6)).map(lambda t: Span(t[0], t[1], t[1] + t[2]))
codes = st.sampled_from(["", "kind_unknown", "fork"])


@st.composite
def manifests(draw: Callable[..., object]) -> Manifest:
    chains, parts = [], []
    for number, epoch in enumerate(draw(st.lists(ids, min_size=1, max_size=3, unique=True))):
        first = draw(st.integers(1, 1000))
        lengths = draw(st.lists(st.integers(1, 50), min_size=1, max_size=4))
        before = START if first == 1 else draw(hashes)
        chains.append(ChainRange(epoch, first, first + sum(lengths) - 1, before, draw(hashes)))
        at = first
        for length in lengths:
            parts.append(Part(PartKind.RECORDS, draw(st.integers(0, 9000)), draw(hashes), draw(st.integers(8192, 9000)),
                              Range(number, at, at + length - 1)))
            at += length
    parts += [Part(PartKind.ATTACHMENTS, 70_000, draw(hashes), 60_000, None)] * draw(st.integers(0, 2))
    last = draw(st.none() | st.builds(LastReceipt, st.integers(1, 99), hashes))
    return Manifest(draw(ids), draw(ids), draw(ids), draw(times), tuple(chains), tuple(parts), ("age1x", "age1y"), last,
                    draw(st.integers(0, 99)), 5, 6, 7, ("short-receipt",),
                    tuple(draw(st.lists(st.binary(max_size=40), max_size=2))))


receipts = st.builds(
    Receipt, ids, ids, st.just(1), st.just(b""), times, ids, hashes,
    st.lists(st.builds(FateOf, spans, st.sampled_from(Fate), codes), max_size=5).map(tuple),
    st.lists(spans, max_size=3).map(tuple), st.lists(st.tuples(st.integers(1, 99), codes), max_size=3).map(tuple),
    st.lists(st.builds(Head, ids, st.integers(0, 99), hashes), max_size=2).map(tuple), hashes,
    st.none() | st.builds(Withdrawn, times, st.lists(st.tuples(ids, st.integers(0, 99)), max_size=2).map(tuple)))
leases = st.builds(
    lambda lease, slots: Lease(lease, "ai-trainer", "RG26D001", 1, len(slots), 1, tuple(slots)), ids,
    st.lists(st.integers(0, (1 << 17) - 1), unique=True, max_size=20))
grants = st.builds(
    Grant, ids, st.just(LIBRARY_KEY), st.just(DESK_KEY), st.just(("age1x",)), ids,
    st.lists(leases, max_size=3).map(tuple), st.binary(max_size=50), st.lists(st.binary(max_size=9)).map(tuple), times)


@LETTER
@given(manifests())
def test_a_manifest_reads_back(manifest):
    data = make_manifest(manifest, DESK)
    assert read_manifest(data, DESK_KEY) == manifest
    summary = inspect(data, {"part-0001": manifest.parts[0].length})
    assert [part.state for part in summary.parts] == ["there"] + ["absent"] * (len(manifest.parts) - 1)


@LETTER
@given(receipts)
def test_a_receipt_reads_back(receipt):
    assert read_receipt(make_receipt(receipt, LIBRARY), LIBRARY_KEY) == receipt


@LETTER
@given(grants)
def test_a_grant_reads_back(grant):
    assert read_grant(make_grant(grant, LIBRARY)) == grant
    assert read_grant(make_grant(grant, LIBRARY), [LIBRARY_KEY]) == grant
    with pytest.raises(BadSignature):
        read_grant(make_grant(grant, LIBRARY), [DESK_KEY])


@LETTER
@given(st.data())
def test_no_changed_bit_of_a_letter_is_believed(data):
    letter = bytearray(make_receipt(data.draw(receipts), LIBRARY))
    letter[data.draw(st.integers(0, len(letter) - 1))] ^= 1 << data.draw(st.integers(0, 7))
    with pytest.raises((Malformed, BadSignature)):
        read_receipt(bytes(letter), LIBRARY_KEY)


@given(st.binary(max_size=200))
def test_any_bytes_are_refused_by_name(data):
    for read in (lambda d: read_manifest(d, DESK_KEY), lambda d: read_receipt(d, LIBRARY_KEY), read_grant,
                 read_request):
        with pytest.raises(Malformed):
            read(data)
    assert letters.kind_of(data) is None


def test_a_letter_of_one_kind_is_none_of_another():
    receipt = Receipt("aa" * 16, "bb" * 16, 1, b"", 5, "cc" * 16, bytes(32), (), (), (), (), bytes(32))
    data = make_receipt(receipt, DESK)
    assert letters.kind_of(data) == "receipt"
    with pytest.raises(BadSignature):
        read_manifest(data, DESK_KEY)


def test_parts_that_leave_a_gap_or_overlap_are_refused():
    part = Part(PartKind.RECORDS, 1, bytes(32), 1, Range(0, 1, 5))
    whole = Manifest("aa" * 16, "bb" * 16, "cc" * 16, 1, (ChainRange("dd" * 16, 1, 9, START, bytes(32)),), (
        part, replace(part, range=Range(0, 6, 9))), ("age1",), None, 0, 0, 0, 0)
    make_manifest(whole, DESK)
    for parts in ((part,), (part, replace(part, range=Range(0, 7, 9))), (part, replace(part, range=Range(0, 5, 9))),
                  (*whole.parts, replace(part, range=Range(1, 1, 1))), (replace(part, length=70_000), whole.parts[1])):
        with pytest.raises(Malformed):
            make_manifest(replace(whole, parts=parts), DESK)


def test_a_newer_format_says_so():
    whole = Manifest("aa" * 16, "bb" * 16, "cc" * 16, 1, (), (), ("age1",), None, 0, 0, 0, 0)
    fields = letters.unchecked(make_manifest(whole, DESK), letters.BUNDLE)
    newer = sign1(encode(fields | {1: 2, 99: "what we do not know"}), DESK, content_type=letters.BUNDLE)
    assert read_manifest(newer, DESK_KEY) == whole  # it may be read by us
    with pytest.raises(Malformed, match="newer_format"):
        read_manifest(sign1(encode(fields | {1: 2, 2: 2}), DESK, content_type=letters.BUNDLE), DESK_KEY)


def test_a_request_proves_both_keys():
    names = Bilingual("示范中心", "Demonstration Centre")
    data = make_request("ab" * 16, DESK.public, DESK, "C1", names, CENTRE.public, CENTRE, 5)
    request = read_request(data)
    assert (request.desk, request.code, request.centre, request.made_at) == ("ab" * 16, "C1", names, 5)
    assert (request.key, request.certificate_key.public) == (DESK_KEY, CENTRE.public)
    for wrong in (make_request("ab" * 16, DESK.public, LIBRARY, "C1", names, CENTRE.public, CENTRE, 5),
                  make_request("ab" * 16, DESK.public, DESK, "C1", names, CENTRE.public, LIBRARY, 5)):
        with pytest.raises(BadSignature):
            read_request(wrong)


@given(st.lists(st.binary(min_size=1, max_size=40)))
def test_frames_read_back(records):
    assert list(unframe(join(records))) == records


@given(st.lists(st.binary(min_size=1, max_size=40), min_size=1), st.data())
def test_a_cut_frame_is_refused(records, data):
    plain = join(records)
    ends = {sum(len(frame(one)) for one in records[:n]) for n in range(len(records) + 1)}
    cut = data.draw(st.integers(1, len(plain) - 1).filter(lambda n: n not in ends) if len(plain) > 5 else st.just(1))
    with pytest.raises(Malformed):
        list(unframe(plain[:cut]))


@given(ids, hashes, st.integers(1, 1 << 37))
def test_records_say_what_they_are(person, some, seq):
    assert read_record(stub(seq, some)) == Stub(seq, some)
    assert read_record(person_key(person, some)) == PersonKey(person, some)
    assert read_record(attachment(person, some)) == Attachment(person, some)
    assert read_record(encode({0: 77, 1: "later"})) == Unknown()
    assert read_record(b"\x8c whatever") == b"\x8c whatever"


@pytest.mark.parametrize("record", [b"\x82\x01", encode([1, bytes(31)]), encode({1: 2}), encode("text"), b"\xa0",
                                    encode({0: 1, 1: bytes(16), 2: bytes(31)})])
def test_other_records_are_refused(record):
    with pytest.raises(Malformed):
        read_record(record)


@settings(max_examples=20, deadline=None)
@given(st.binary(max_size=5000), st.sampled_from(PartKind))
def test_a_part_opens_for_each_recipient_and_no_other(plain, kind):
    some, recovery, stranger = (pyrage.x25519.Identity.generate() for _ in range(3))
    part, data = seal(plain, kind, [str(some.to_public()), str(recovery.to_public())])
    assert unseal(part, data, str(some)) == unseal(part, data, str(recovery)) == plain
    with pytest.raises(Malformed, match="part_not_for_us"):
        unseal(part, data, str(stranger))
    with pytest.raises(Malformed, match="part_changed"):
        unseal(part, data + b"x", str(some))
    with pytest.raises(Malformed, match="part_expands"):
        unseal(replace(part, plain=part.plain + 1), data, str(some))


def test_groups_stay_below_a_part_and_a_longer_record_stands_alone():
    long, short = bytes(PLAIN_BYTES + 1), bytes(PLAIN_BYTES // 2)
    assert [len(group) for group in pack([short, short, long, short])] == [2, 1, 1]


def test_what_waits_for_another_part_is_sent_again():
    assert not is_settled(Fate.PARKED, "attachment_missing")
    assert not is_settled(Fate.PARKED, "key_missing")
    assert is_settled(Fate.PARKED, "kind_unknown")
    assert is_settled(Fate.HELD, "fork")


def test_the_digest_is_over_the_hashes_in_order():
    assert digest_of([b"a", b"b"]) == digest_of([b"ab"]) != digest_of([b"b", b"a"])


def test_a_persons_key_has_one_spelling():
    record = person_key("01" * 16, bytes(32))
    assert isinstance(read_record(record), PersonKey)
    with pytest.raises(Malformed):
        read_record(record[:4] + b"\x58\x10" + record[5:])
    for place in (*range(5), *range(21, 24)):
        for byte in range(1, 256):
            changed = bytearray(record)
            changed[place] ^= byte
            try:
                found = read_record(bytes(changed))
            except Malformed:
                continue
            assert not isinstance(found, PersonKey), (place, byte)
