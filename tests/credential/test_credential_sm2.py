"""SM2 with SM3: by the standards' own examples, by OpenSSL's signature, and no second spelling of anything."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from hashlib import sha256

import pytest
from credential_kit import CENTRE, CLAIMS, ISSUED, LIST, LIST_KEYS, centre_key, trust_list
from gmalg.ellipticcurve import ECDLP
from gmalg.sm2 import SM2Core
from hypothesis import given
from hypothesis import strategies as st

from appraisal.canonical import Malformed, decode, encode
from appraisal.credential import sm2
from appraisal.credential.claims import to_bytes
from appraisal.credential.cose import (
    ED25519,
    SM2,
    BadSignature,
    Sm2Signer,
    WeakKey,
    check1,
    key_id,
    open1,
    read1,
    sign1,
    verifying_key,
)
from appraisal.credential.digits import payload_text
from appraisal.credential.root import Anchor, RootDocument, list_keys_of, make_root
from appraisal.credential.sm2 import N, P
from appraisal.credential.status import StatusList, make_status_list, read_status_list
from appraisal.credential.symbol import symbol, version_of
from appraisal.credential.trust import CONTENT_TYPE, list_keys_behind, make_trust_list, read_trust_list
from appraisal.credential.verdict import Code, verify
from appraisal.domain.errors import RuleViolation

# GB/T 32918.5-2017, Annex A.2: the recommended curve, "message digest", the user 1234567812345678
PRIVATE = bytes.fromhex("3945208F7B2144B13F36E38AC6D39F95889393692860B51A42FB81EF4DF7C5B8")
PUBLIC = bytes.fromhex("09F9DF311E5421A150DD7D161E4BC5C672179FAD1833FC076BB08FF356F35020"
                       "CCEA490CE26775A52DC6EA718CC1AA600AED05FBF35E084A6632F6072DA9AD13")
NONCE = bytes.fromhex("59276E27D506861A16680F3AD9C02DCCEF3CC1FA3CDBE4CE6D54B80DEAC1BC21")
SIGNATURE = bytes.fromhex("F5A03B0648D2C4630EEAC513E1BB81A15944DA3827D5B74143AC7EACEEE720B3"
                          "B1B6AA29DF212FD8763182BC0D421CA1BB9038FD1F7F42D4840B69C485BBC1AA")
# points of the curve with a coordinate so small that it could be written a second time, p added
X_IS_0 = (0, 0xFD4511E81736A60F07E88A83D6CF5A167FAE6D1A9C9330E76E232E00F5CDC154)
Y_IS_1 = (0x9C17043EFFE1A805A74A9A5E70B9D659705D3242094A566DC016F49311178D1F, 1)

SIGNER = Sm2Signer.from_private(bytes([6]) * 32)
KEY = verifying_key(SM2, SIGNER.public)
SIGNED = sign1(to_bytes(CLAIMS), SIGNER)


def point(x, y):
    return x.to_bytes(32) + y.to_bytes(32)


def test_gb_t_32918_5_example():
    assert sm2.public_key(PRIVATE) == PUBLIC
    assert sm2.sign(PRIVATE, b"message digest", lambda length: NONCE[:length]) == SIGNATURE
    key = verifying_key(SM2, PUBLIC)
    assert key.check(SIGNATURE, b"message digest")
    assert not key.check(SIGNATURE, b"message digesT")
    r, s = SIGNATURE[:32], SIGNATURE[32:]
    for signature in (b"", r, r + s[:-1], r + s + b"\0", r + b"\0" + s, b"\0" + r + s, s + r):
        assert not key.check(signature, b"message digest")
    assert not verifying_key(SM2, SIGNER.public).check(SIGNATURE, b"message digest")


def test_gb_t_32918_2_example():
    """Annex A.2, over a curve that is nobody's: what multiplies points and what hashes, as the standard counts them."""
    curve = ECDLP(
        0x8542D69E4C044F18E8B92435BF6FF7DE457283915C45517D722EDB8B08F1DFC3,
        0x787968B4FA32C3FD2417842E73BBFEFF2F3C848B6831D7E0EC65228B3937E498,
        0x63E4C6D3B23B0C849CF84241484BFE48F61D59A5B16BA06E6E12D1DA27C5249A,
        (0x421DEBD61B62EAB6746434EBC3CC315E32220B3BADD50BDC4C4E6C147FEDD43D,
         0x0680512BCBB42C07D47349D2153B70C4E5D7FDFCBFA36EA1A85841B9E46E09A2),
        0x8542D69E4C044F18E8B92435BF6FF7DD297720630485628D5AE74EE7C32E79B7)
    nonce = 0x6CB28D99385C175C94F94E934817663FC176D925DD72B727260DBAAE1FB2F96F
    core = SM2Core(curve, sm2._Sm3(), lambda _: nonce)
    private = 0x128B2FA8BD433C6C068C8D803DFF79792A519A55171B1B650C23661D15897263
    public = core.generate_pk(private)
    assert public[0] == 0x0AE4C7798AA0F119471BEE11825BE46202BB79E2A5844495E97C04FF4DF2548A
    r, s = core.sign(b"message digest", private, b"ALICE123@YAHOO.COM", public)
    assert r == 0x40F1EC59F793D9F49E09DCEF49130D4194F79FB1EED2CAA55BACDB49C4E755D1
    assert s == 0x6FC6DAC32C5D5CF10C77DFB20F7C2EB667A457872FB09EC56327A67EC7DEEBE7
    assert core.verify(b"message digest", r, s, b"ALICE123@YAHOO.COM", public)


@pytest.mark.parametrize(("message", "digest"), [
    (b"abc", "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"),
    (b"abcd" * 16, "debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732")])
def test_gb_t_32905_examples(message, digest):
    hashed = sm2._Sm3()
    hashed.reset()
    hashed.update(message)
    assert hashed.value().hex() == digest


def test_a_signature_of_openssl():
    """Of OpenSSL 3.0: pkeyutl -sign -rawin -digest sm3 -pkeyopt distid:1234567812345678, taken out of its DER."""
    signature = bytes.fromhex("dd7289859c688b7442f7b76eaa8a88c95a87ddbddcdc5fd0775487097d90d8f3"
                              "adf299f40d34c2e60ff3d44f1f5eade5896ee7f8855ee699acb012dccc279525")
    assert verifying_key(SM2, PUBLIC).check(signature, "鉴定台 Appraisal Desk".encode())


def test_kid_is_the_thumbprint_of_rfc_9679():
    written = bytes.fromhex("a40102203a00010000215820") + PUBLIC[:32] + bytes.fromhex("225820") + PUBLIC[32:]
    assert key_id(SM2, PUBLIC) == sha256(written).digest()[:8]


@pytest.mark.parametrize("public", [
    b"", PUBLIC[:-1], PUBLIC + b"\0", b"\4" + PUBLIC, PUBLIC[:32] + b"\0" + PUBLIC[32:],
    point(*Y_IS_1)[:32] + b"\1", PUBLIC[:32], b"\2" + PUBLIC[:32], bytes(64), b"\xff" * 64,
    PUBLIC[32:] + PUBLIC[:32], PUBLIC[:-1] + b"\x12", point(0, 0), point(P, 0), point(P, P),
    point(X_IS_0[0] + P, X_IS_0[1]), point(Y_IS_1[0], Y_IS_1[1] + P), LIST.public, LIST.public * 2],
    ids=lambda public: f"{len(public)} {public[:3].hex()} {public[-3:].hex()}")
def test_weak_keys_are_no_keys(public):
    with pytest.raises(WeakKey):
        verifying_key(SM2, public)


@pytest.mark.parametrize("given_point", [X_IS_0, Y_IS_1, sm2.G])
def test_small_coordinates_are_no_fault(given_point):
    assert verifying_key(SM2, point(*given_point)).alg == SM2


@given(st.integers(0, 511))
def test_no_changed_key_is_a_key(bit):
    """One bit from a point of the curve, none is another."""
    changed = bytearray(PUBLIC)
    changed[bit >> 3] ^= 1 << (bit & 7)
    with pytest.raises(WeakKey):
        verifying_key(SM2, bytes(changed))


def test_the_keys_of_one_suite_are_none_of_the_other():
    for alg, public in ((ED25519, PUBLIC), (SM2, CENTRE.public), (-65538, PUBLIC), (-7, PUBLIC)):
        with pytest.raises(WeakKey):
            verifying_key(alg, public)


def test_an_envelope_opens_with_its_key_and_no_other():
    signed = sign1(b"payload", SIGNER, content_type="text/plain")
    assert open1(signed, KEY, max_bytes=200, content_type="text/plain") == b"payload"
    other = verifying_key(SM2, PUBLIC)
    for key, content_type in ((other, "text/plain"), (replace(other, kid=KEY.kid), "text/plain"), (KEY, None)):
        with pytest.raises(BadSignature):
            open1(signed, key, max_bytes=200, content_type=content_type)


@given(st.data())
def test_no_changed_bit_is_believed(data):
    changed = bytearray(SIGNED)
    changed[data.draw(st.integers(0, len(SIGNED) - 1))] ^= 1 << data.draw(st.integers(0, 7))
    with pytest.raises((Malformed, BadSignature)):
        open1(bytes(changed), KEY, max_bytes=4096)


@given(st.binary(min_size=64, max_size=64))
def test_no_other_signature_is_believed(signature):
    assert not KEY.check(signature, b"message digest")


@given(st.binary(max_size=200), st.binary(min_size=32, max_size=32).filter(lambda one: 0 < int.from_bytes(one) < N - 1))
def test_whoever_has_the_private_key_signs(payload, private):
    signer = Sm2Signer.from_private(private)
    assert open1(sign1(payload, signer), verifying_key(signer.alg, signer.public), max_bytes=4096) == payload


def test_r_and_s_of_few_bytes_are_32_all_the_same():
    """One signature in 128 has one."""
    nonces = iter(range(1, 400))
    signer = replace(SIGNER, random=lambda length: next(nonces).to_bytes(length))
    signatures = [signer.sign(b"x") for _ in range(150)]
    assert {len(one) for one in signatures} == {64}
    short = [one for one in signatures if 0 in (one[0], one[32])]
    assert short
    assert all(KEY.check(one, b"x") for one in short)


def test_no_nonce_comes_twice():
    """Twice the same for two messages, and who has both signatures has the key."""
    signatures = {SIGNER.sign(b"x") for _ in range(20)}
    assert len(signatures) == len({one[:32] for one in signatures}) == 20


@pytest.mark.parametrize("private", [
    bytes(32), (N - 1).to_bytes(32), N.to_bytes(32), b"\xff" * 32, PRIVATE[:-1], b"\0" + PRIVATE, b""])
def test_no_private_key(private):
    with pytest.raises(ValueError, match="no private key"):
        Sm2Signer.from_private(private)


@pytest.mark.parametrize("private", [1, N - 2])
def test_the_first_and_the_last_private_key(private):
    signer = Sm2Signer.from_private(private.to_bytes(32))
    assert verifying_key(SM2, signer.public).check(signer.sign(b"x"), b"x")


def test_a_signer_does_not_show_its_key():
    shown = repr(Sm2Signer.from_private(PRIVATE))
    assert "kid" in shown
    assert not [one for one in (PRIVATE.hex(), repr(PRIVATE)) if one in shown]


class Chosen:
    """A hash that says what it is told to: the equation can be met where a real one could not be."""

    def __init__(self, digest):
        self.digest = digest

    def reset(self):
        pass

    def update(self, data):
        pass

    def value(self):
        return self.digest.to_bytes(32)


@pytest.mark.parametrize(("r", "s", "believed"), [
    (5, 7, True), (N - 1, 7, True), (7, N - 1, True), (0, 7, False), (7, 0, False), (7, N - 7, False),
    (N - 7, 7, False), (N + 5, 7, False), (5, N + 7, False), (N, 7, False), (5, N, False)])
def test_what_is_out_of_its_range_is_refused_though_all_else_fits(r, s, believed):
    """GB/T 32918.2 §7.1, B1, B2 and B5, which gmalg is trusted with: e is such that r = e + x1."""
    curve = ECDLP(P, sm2.A, sm2.B, sm2.G, N)
    key = sm2._point(PUBLIC)
    infinity = curve.ec.INF
    of_s, of_t = (curve.ec.mul(factor, one) if factor else infinity for factor, one in (
        (s % N, curve.G), ((r + s) % N, key)))
    x, _ = curve.ec.add(of_s, of_t)
    core = SM2Core(curve, Chosen((r - x) % N))
    assert core.verify(b"", r, s, sm2.USER, key) is believed


def test_threads_do_not_share_a_hash():
    with ThreadPoolExecutor(4) as threads:
        messages = [bytes([n]) * 3000 for n in range(24)]
        found = threads.map(lambda one: KEY.check(SIGNER.sign(one), one), messages)
    assert list(found) == [True] * 24


def test_who_meets_no_sm2_loads_none_of_it():
    looks = ("import sys, credential_kit as kit, appraisal.credential.verdict as verdict\n"
             "assert verdict.verify(kit.COSE, kit.trust_list(), {}, kit.NOW).code == 'VALID_STATUS_UNKNOWN'\n"
             "assert not [name for name in sys.modules if name.startswith('gmalg')]")
    subprocess.run([sys.executable, "-c", looks], check=True, env={"PYTHONPATH": ":".join(sys.path)})


def test_a_centre_that_signs_by_it_stands_in_a_trust_list():
    made = trust_list([centre_key(CENTRE), replace(centre_key(CENTRE), key=KEY)])
    trust = read_trust_list(make_trust_list(made, LIST), LIST_KEYS)
    assert trust.key_of(SIGNER.kid).key == KEY
    assert verify(SIGNED, trust, {}, ISSUED).code is Code.VALID_STATUS_UNKNOWN


@pytest.mark.parametrize(("changed", "reason"), [
    ({3: PUBLIC}, "bad_kid"), ({3: SIGNER.public[:-1] + b"\0"}, "weak_key"), ({2: ED25519}, "weak_key"),
    ({2: -65538}, "weak_key"), ({3: SIGNER.public[:32]}, "weak_key"), ({3: b"\4" + SIGNER.public}, "weak_key")])
def test_keys_that_are_not_what_they_say_are_refused(changed, reason):
    made = make_trust_list(trust_list([replace(centre_key(CENTRE), key=KEY)]), LIST)
    fields = decode(read1(made, max_bytes=9999).payload, max_bytes=9999)
    fields[6][0] |= changed
    with pytest.raises(RuleViolation) as refusal:
        read_trust_list(sign1(encode(fields), LIST, content_type=CONTENT_TYPE), LIST_KEYS)
    assert refusal.value.detail == {"reason": reason}


def test_lists_may_be_signed_by_it():
    trust = read_trust_list(make_trust_list(trust_list(), SIGNER), [*LIST_KEYS, KEY])
    assert trust.key_of(CENTRE.kid)
    status = read_status_list(make_status_list(StatusList(3, ISSUED, ISSUED + 1), SIGNER), [KEY], trust)
    assert status.number == 3
    with pytest.raises(RuleViolation) as refusal:
        read_trust_list(make_trust_list(trust_list(), SIGNER), LIST_KEYS)
    assert refusal.value.code == "trust_list_not_ours"


def test_root_documents_may_name_and_be_signed_by_it():
    """A chain that changes the suite of its list key, and is signed by one root key of each."""
    roots = tuple(sorted((*LIST_KEYS, verifying_key(SM2, PUBLIC)), key=lambda one: one.kid))
    signers = [LIST, Sm2Signer.from_private(PRIVATE)]
    first = make_root(RootDocument(1, ISSUED, None, roots, 2, tuple(LIST_KEYS)), signers)
    second = make_root(RootDocument(2, ISSUED + 1, sha256(first).digest(), roots, 2, (KEY,)), signers)
    chain = (first, second)
    assert list_keys_of(chain, Anchor((), roots, 2)) == (KEY,)
    signed = make_trust_list(trust_list(root_documents=chain), SIGNER)
    read = read_trust_list(signed, list_keys_behind(signed, Anchor((), roots, 2)))
    assert read.signed_by == SIGNER.kid
    half = make_root(RootDocument(2, ISSUED + 1, sha256(first).digest(), roots, 2, (KEY,)), signers[:1])
    assert list_keys_of((first, half), Anchor((), roots, 2)) is None


def test_its_symbol_is_no_larger_than_ed25519_s():
    text = payload_text(SIGNED, "verify.cn/c")
    assert len(text.partition("#")[0]) + 1 == 21
    assert version_of(symbol(text)) == version_of(symbol(payload_text(sign1(to_bytes(CLAIMS), CENTRE), "verify.cn/c")))


def test_algorithms_are_not_mistaken():
    """Each suite's name over the other's key, rightly signed by whoever has that key."""
    for signer, other in ((SIGNER, CENTRE), (CENTRE, SIGNER)):
        lying = replace(signer, alg=other.alg)
        with pytest.raises(BadSignature):
            check1(read1(sign1(b"x", lying), max_bytes=200), verifying_key(signer.alg, signer.public))
