"""Root documents: two of three officers say which list key is good, and nobody else does."""

from contextlib import suppress
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appraisal.canonical import Malformed, decode, encode
from appraisal.credential.cose import ED25519, Ed25519Signer, verifying_key
from appraisal.credential.root import Anchor, RootDocument, list_keys_of, make_root, read_root
from appraisal.credential.trust import TrustList, list_keys_behind, make_trust_list, read_trust_list
from appraisal.domain.errors import RuleViolation

ISSUED = 1_800_000_000
A, B, C, D, E, LIST, NEW_LIST, THIEF = (Ed25519Signer.from_seed(bytes([n]) * 32) for n in range(1, 9))


def public(*signers):
    return tuple(verifying_key(ED25519, one.public) for one in signers)


def by_kid(keys):
    return tuple(sorted(keys, key=lambda one: one.kid))


def document(number=1, before=None, roots=(A, B, C), lists=(LIST,), threshold=2):
    return RootDocument(number, ISSUED + number, read_root(before).digest if before else None, by_kid(public(*roots)),
                        threshold, by_kid(public(*lists)))


def chain(*steps):
    """Each: signers, and what the document says."""
    made = []
    for number, (signers, says) in enumerate(steps, start=1):
        made.append(make_root(document(number, made[-1] if made else None, **says), signers))
    return made


def trust(documents, signer=LIST, version=1, previous=None):
    return make_trust_list(TrustList(version, ISSUED, ISSUED + 9, previous, (), {},
                                     root_documents=tuple(documents)), signer)


FIRST = Anchor((), public(A, B, C), 2)


def test_what_is_written_is_read_back():
    made = document()
    data = make_root(made, [C, A])
    assert read_root(data) == made
    assert read_root(data).digest != b""
    assert list_keys_of([data], FIRST) == public(LIST)


@pytest.mark.parametrize(("signers", "good"), [
    ([A, B], True), ([B, C], True), ([A, B, C], True), ([A], False), ([A, D], False), ([D, E], False), ([], False)])
def test_two_of_three_sign_the_first(signers, good):
    assert (list_keys_of([make_root(document(), signers)], FIRST) is not None) == good


def test_a_signature_counts_once_and_only_for_its_own_key():
    data = make_root(document(), [A])
    body, _, payload, signatures = decode(data[2:], max_bytes=4096)
    (head, _, signature), = signatures
    as_another = [head.replace(A.kid, B.kid), {}, signature]
    forged = [body, {}, payload, sorted([*signatures, as_another], key=lambda one: one[0][-8:])]
    assert list_keys_of([b"\xd8\x62" + encode(forged)], FIRST) is None
    with pytest.raises(Malformed, match="signatures"):
        list_keys_of([b"\xd8\x62" + encode([body, {}, payload, signatures * 2])], FIRST)


def test_a_lost_root_key_is_replaced_by_the_other_two_and_readers_of_either_age_follow():
    documents = chain(([A, B, C], {}), ([A, B, D], {"roots": (A, B, D)}),
                      ([A, D, E], {"roots": (A, D, E), "lists": (NEW_LIST,)}))
    for anchor in (FIRST, Anchor((), public(A, B, D), 2), Anchor((), public(A, D, E), 2)):
        assert list_keys_of(documents, anchor) == public(NEW_LIST)
    assert list_keys_of(documents[:2], FIRST) == public(LIST)
    assert list_keys_of(documents, Anchor((), public(THIEF, E), 2)) is None


@pytest.mark.parametrize("signers", [[D, E], [A, D], [C, D, E]])
def test_root_keys_do_not_appoint_themselves(signers):
    """Enough of those before and enough of those after: one of A, B, C is too few."""
    documents = chain(([A, B, C], {}), (signers, {"roots": (C, D, E), "lists": (NEW_LIST,)}))
    assert list_keys_of(documents, FIRST) is None


def test_new_root_keys_hold_what_they_sign_for():
    documents = chain(([A, B, C], {}), ([A, B], {"roots": (A, D, E)}))
    assert list_keys_of(documents, FIRST) is None


@pytest.mark.parametrize("change", ["left_out", "exchanged", "from_the_middle", "none"])
def test_a_chain_is_whole(change):
    one, two, three = chain(([A, B], {}), ([A, B], {"lists": (NEW_LIST,)}), ([A, B], {"lists": (LIST,)}))
    other = {"left_out": [one, three], "exchanged": [one, three, two], "from_the_middle": [two, three], "none": []}
    with pytest.raises(Malformed, match="root_documents"):
        list_keys_of(other[change], FIRST)


@pytest.mark.parametrize("change", [
    {"version": 0}, {"threshold": 0}, {"threshold": 4}, {"root_keys": ()}, {"list_keys": ()},
    {"list_keys": public(LIST) * 2}, {"previous": bytes(32)}, {"root_keys": public(A, A)}])
def test_what_no_reader_would_take_is_not_made(change):
    with pytest.raises(Malformed):
        make_root(replace(document(), **change), [A, B])


@given(st.data())
def test_no_bit_of_a_document_can_be_turned(data):
    made = make_root(document(), [A, B])
    at = data.draw(st.integers(0, len(made) * 8 - 1))
    turned = bytearray(made)
    turned[at >> 3] ^= 1 << (at & 7)
    with suppress(Malformed):
        assert list_keys_of([bytes(turned)], FIRST) is None


def test_a_reader_that_pins_roots_believes_the_list_key_that_they_name():
    documents = chain(([A, B, C], {}))
    data = trust(documents)
    anchor = replace(FIRST, list_keys=public(THIEF))
    assert read_trust_list(data, list_keys_behind(data, anchor)).root_documents == tuple(documents)
    stolen = trust(documents, THIEF)
    with pytest.raises(RuleViolation, match="trust_list_not_ours"):
        read_trust_list(stolen, list_keys_behind(stolen, anchor))
    forged = trust(chain(([D, E], {"lists": (THIEF,)})), THIEF)
    with pytest.raises(RuleViolation, match="root_not_ours"):
        list_keys_behind(forged, anchor)
    bare = trust([])
    assert list_keys_behind(bare, anchor) == public(THIEF)  # it has no root documents: what was pinned beside them


def test_a_stolen_list_key_is_good_for_nothing_once_the_next_document_was_seen():
    old, new = chain(([A, B], {}), ([B, C], {"lists": (NEW_LIST,)}))
    far_ahead = trust([old], LIST, version=1 << 30, previous=bytes(32))
    seen = read_trust_list(far_ahead, list_keys_behind(far_ahead, FIRST))  # the thief was quicker
    mended = trust([old, new], NEW_LIST, version=2, previous=bytes(32))
    now = read_trust_list(mended, list_keys_behind(mended, FIRST), seen)
    assert now.version == 2
    for again in (far_ahead, trust([], LIST, version=3, previous=bytes(32))):
        with pytest.raises(RuleViolation, match="trust_list_older"):
            read_trust_list(again, public(LIST), now)
