"""A rotation is signed by the old key and the new one; nothing less is read."""

from dataclasses import replace

import pytest

from appraisal.canonical import Malformed
from appraisal.credential.cose import ED25519, BadSignature, Ed25519Signer, verifying_key
from appraisal.exchange.rotation import KeyOf, Place, Rotation, make_rotation, read_rotation

OLD, NEW, THIEF, CENTRE, NEXT = (Ed25519Signer.from_seed(bytes([n]) * 32) for n in range(1, 6))


def key(signer):
    return verifying_key(ED25519, signer.public)


TRANSPORT = Rotation("aa" * 16, KeyOf.TRANSPORT, key(OLD), key(NEW), Place("ee" * 16, 7, bytes(range(32))), 5)
CERTIFICATES = replace(TRANSPORT, what=KeyOf.CERTIFICATES, old=key(CENTRE), new=key(NEXT))


def test_both_kinds_read_back():
    assert read_rotation(make_rotation(TRANSPORT, OLD, NEW), key(OLD)) == TRANSPORT
    assert read_rotation(make_rotation(CERTIFICATES, OLD, NEXT, CENTRE), key(OLD)) == CERTIFICATES


@pytest.mark.parametrize("data", [
    make_rotation(TRANSPORT, THIEF, NEW),  # not the key in force
    make_rotation(TRANSPORT, OLD, THIEF),  # nobody has shown that the new key is theirs
    make_rotation(CERTIFICATES, OLD, NEXT, THIEF),  # whoever has only the transport key
])
def test_a_signature_that_is_not_its_keys_is_refused(data):
    with pytest.raises(BadSignature):
        read_rotation(data, key(OLD))


def test_a_certificate_key_without_the_old_ones_consent_is_refused():
    with pytest.raises(Malformed, match="bad_consent"):
        read_rotation(make_rotation(CERTIFICATES, OLD, NEXT), key(OLD))


def test_a_rotation_of_another_key_than_the_one_in_force_is_refused():
    with pytest.raises(Malformed, match="bad_old_key"):
        read_rotation(make_rotation(replace(TRANSPORT, old=key(THIEF)), OLD, NEW), key(OLD))


def test_no_changed_bit_is_believed():
    data = make_rotation(TRANSPORT, OLD, NEW)
    for bit in range(len(data) * 8):
        changed = bytearray(data)
        changed[bit // 8] ^= 1 << bit % 8
        with pytest.raises((Malformed, BadSignature)):
            read_rotation(bytes(changed), key(OLD))
