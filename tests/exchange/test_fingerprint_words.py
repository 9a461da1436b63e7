"""Six words that two people can read to each other, in either language."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypinyin import lazy_pinyin

from appraisal.canonical import Malformed, encode
from appraisal.credential.cose import Ed25519Signer, sign1
from appraisal.domain.certificate import Bilingual
from appraisal.exchange import letters
from appraisal.exchange.enrolment import fingerprint, make_request
from appraisal.exchange.words import spoken, word_halves, words_of

DESK, CENTRE = (Ed25519Signer.from_seed(bytes([n]) * 32) for n in (1, 3))
digests = st.binary(min_size=32, max_size=32)


def request(desk="aa" * 16, name="示范中心", made_at=5, key=DESK):
    return make_request(desk, key.public, key, "C1", Bilingual(name, "Centre"), CENTRE.public, CENTRE, made_at)


def heard(character):
    """As it sounds on a bad line."""
    sound = lazy_pinyin(character)[0]
    for said, taken in (("zh", "z"), ("ch", "c"), ("sh", "s"), ("l", "n")):
        if sound.startswith(said):
            sound = taken + sound.removeprefix(said)
    return sound.removesuffix("g") if sound.endswith("ng") else sound


def test_the_halves_are_never_mistaken_for_each_other():
    (first, second), english = word_halves("zh_CN"), word_halves("en")
    assert (len(first), len(second)) == (64, 32)
    for chinese, words in ((first, english[0]), (second, english[1])):
        assert len({heard(one) for one in chinese}) == len(chinese)
        assert len(set(words)) == len(words) == len(chinese)
        assert all(word.isascii() and word.isalpha() for word in words)


def test_known_words():
    assert words_of(bytes(32), "en") == ("red horse",) * 6
    assert words_of(b"\xff" * 32, "zh_CN") == ("竹河",) * 6
    assert words_of(b"\x00\x3f" + bytes(30), "en")[:2] == ("red ox", "water horse")
    assert words_of(b"\x00\x3f" + bytes(30), "zh_CN")[:2] == ("红牛", "水马")


@given(digests, st.integers(0, 65))
def test_every_one_of_the_66_bits_changes_one_word_in_both_languages(digest, bit):
    other = (int.from_bytes(digest, "big") ^ 1 << 255 - bit).to_bytes(32, "big")
    for language in ("zh_CN", "en"):
        pairs = zip(words_of(digest, language), words_of(other, language), strict=True)
        assert [place for place, (one, two) in enumerate(pairs) if one != two] == [bit // 11]
    assert spoken(digest, "en").count("·") == 5


def test_a_desks_request_has_one_fingerprint_and_another_desks_another():
    assert fingerprint(request()) == fingerprint(request(made_at=99))
    stranger = Ed25519Signer.from_seed(bytes([8]) * 32)
    others = [request(desk="ab" * 16), request(name="示范中心二"), request(key=stranger)]
    assert len({fingerprint(one) for one in (request(), *others)}) == 4


def test_a_key_that_a_later_release_adds_is_in_the_fingerprint():
    fields = letters.unchecked(request(), letters.REQUEST)
    longer = sign1(encode(fields | {10: "age1"}), DESK, content_type=letters.REQUEST)
    assert fingerprint(longer) != fingerprint(request())
    with pytest.raises(Malformed):
        fingerprint(b"\xd2\x84")
