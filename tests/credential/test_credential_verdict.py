"""One verdict function: nothing put into it escapes a verdict, and nothing altered is believed."""

from collections import Counter
from dataclasses import replace
from string import Formatter

import pytest
from credential_kit import CENTRE, CLAIMS, COSE, DAY, ISSUED, LIST, NOW, OTHER, TEXT, Lists, centre_key, trust_list
from hypothesis import given
from hypothesis import strategies as st

from appraisal.credential.claims import to_bytes
from appraisal.credential.cose import sign1
from appraisal.credential.digits import from_digits, to_digits
from appraisal.credential.status import Status
from appraisal.credential.trust import allowance, make_trust_list
from appraisal.credential.verdict import GOOD, UNSIGNED, Code, verify
from appraisal.sentences import catalogue

LISTS = Lists()


def verdict_of(what, lists=LISTS, now=NOW):
    return verify(what, lists.trust, lists.statuses, now)


def test_a_verdict_says_all_that_is_certified_and_by_whom():
    verdict = verdict_of(TEXT)
    assert (verdict.code, verdict.claims, verdict.envelope, verdict.kid) == (Code.VALID, CLAIMS, COSE, CENTRE.kid)
    assert (verdict.centre.zh, verdict.scheme.zh, verdict.level.en) == ("示范中心", "创新人才", "Level 3")
    assert (verdict.list_age_days, verdict.status_age_days) == (9, 9)


def test_every_digit_changed_is_seen():
    """All 9 other digits in each place of the QR, those of the kid included: altered, never an unknown centre."""
    digits, seen = to_digits(COSE), Counter()
    for at, true in enumerate(digits):
        for digit in "0123456789".replace(true, ""):
            seen[verdict_of(digits[:at] + digit + digits[at + 1:]).code] += 1
    assert set(seen) == {Code.BAD_SIGNATURE, Code.MALFORMED}
    assert seen.total() == 9 * len(digits)


def test_every_bit_changed_is_seen():
    seen = set()
    for at in range(len(COSE)):
        for bit in range(8):
            changed = bytearray(COSE)
            changed[at] ^= 1 << bit
            seen.add(verdict_of(bytes(changed)).code)
    assert seen == {Code.BAD_SIGNATURE, Code.MALFORMED}


@given(st.data())
def test_no_mutation_is_good(data):
    changed = bytearray(COSE)
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(changed) - 1))
        changed[at:at + data.draw(st.integers(0, 3))] = data.draw(st.binary(max_size=3))
    if bytes(changed) != COSE:
        assert verdict_of(bytes(changed)).code in UNSIGNED


@given(st.binary(max_size=400) | st.text(max_size=400))
def test_anything_gets_a_verdict(given_thing):
    assert verdict_of(given_thing).code in UNSIGNED


def test_a_stranger_is_unknown_and_not_altered():
    signed = sign1(to_bytes(CLAIMS), OTHER)
    verdict = verdict_of(signed)
    assert (verdict.code, verdict.kid, verdict.centre, verdict.claims) == (Code.KEY_UNKNOWN, OTHER.kid, None, CLAIMS)
    assert verify(COSE, None, LISTS.statuses, NOW).code is Code.KEY_UNKNOWN
    assert verify(COSE, None, LISTS.statuses, NOW).list_age_days is None


def test_other_signed_things_are_no_certificates():
    assert verdict_of(make_trust_list(LISTS.trust, LIST)).code is Code.MALFORMED
    assert verdict_of(sign1(to_bytes(CLAIMS), CENTRE, content_type="x")).reason == "bad_content_type"


@pytest.mark.parametrize(("window", "issued", "now", "expected"), [
    ({}, ISSUED, NOW, Code.VALID), ({"sign_from": ISSUED}, ISSUED, NOW, Code.VALID),
    ({"sign_from": ISSUED + 1}, ISSUED, NOW, Code.KEY_OUT_OF_WINDOW),
    ({"sign_to": ISSUED}, ISSUED, NOW, Code.VALID), ({"sign_to": ISSUED - 1}, ISSUED, NOW, Code.KEY_OUT_OF_WINDOW),
    ({"trust_to": NOW}, ISSUED, NOW, Code.VALID), ({"trust_to": NOW - 1}, ISSUED, NOW, Code.KEY_OUT_OF_WINDOW),
    ({"trust_to": ISSUED}, ISSUED, 0, Code.KEY_OUT_OF_WINDOW),
    ({"allowed": frozenset({allowance(COSE)})}, ISSUED, NOW, Code.VALID),
    ({"allowed": frozenset()}, ISSUED, NOW, Code.KEY_COMPROMISED),
    ({"allowed": frozenset(), "sign_to": 1}, ISSUED, NOW, Code.KEY_COMPROMISED),
])
def test_keys_windows_and_allow_lists(window, issued, now, expected):
    lists = Lists(trust_list([centre_key(CENTRE, **window)]))
    assert verdict_of(sign1(to_bytes(replace(CLAIMS, issued=issued)), CENTRE), lists, now).code is expected


@pytest.mark.parametrize(("state", "now", "expected"), [
    (Status.REVOKED, NOW + 9999 * DAY, Code.REVOKED), (Status.SUSPENDED, NOW, Code.SUSPENDED),
    (Status.REPLACED, NOW, Code.REPLACED), (Status.VALID, CLAIMS.expires, Code.VALID_STATUS_STALE),
    (Status.VALID, CLAIMS.expires + 1, Code.EXPIRED), (Status.VALID, ISSUED + 31 * DAY, Code.VALID),
    (Status.VALID, ISSUED + 31 * DAY + 1, Code.VALID_STATUS_STALE), (Status.VALID, -1, Code.VALID),
])
def test_states_and_terms(state, now, expected):
    status = LISTS.statuses[3].changed({70_000: state}, ISSUED + DAY, ISSUED + 31 * DAY, {70_000: "N-2"})
    verdict = verdict_of(COSE, Lists(statuses={3: status}), now)
    assert (verdict.code, verdict.by) == (expected, "N-2" if expected is Code.REPLACED else None)


def test_the_newest_signed_time_is_the_clocks_floor():
    """A clock in 1970 beside a status list younger than the trust list and than the certificate's term."""
    short = sign1(to_bytes(replace(CLAIMS, expires=ISSUED + 2 * DAY)), CENTRE)
    status = replace(LISTS.statuses[3], issued=ISSUED + 3 * DAY)
    assert verdict_of(short, Lists(statuses={3: status}), now=0).code is Code.EXPIRED


def test_either_list_past_its_term_is_stale():
    trust, status = trust_list(), LISTS.statuses[3]
    for lists in (Lists(trust, {3: replace(status, expires=ISSUED + 9999 * DAY)}),
                  Lists(replace(trust, expires=ISSUED + 9999 * DAY), {3: status})):
        assert verdict_of(COSE, lists, ISSUED + 30 * DAY).code is Code.VALID
        assert verdict_of(COSE, lists, ISSUED + 92 * DAY).code is Code.VALID_STATUS_STALE


def test_not_revoked_is_never_said_without_a_status_list():
    for cose, statuses in ((COSE, {}), (COSE, {4: LISTS.statuses[3]}),
                           (sign1(to_bytes(replace(CLAIMS, status=None)), CENTRE), LISTS.statuses)):
        verdict = verdict_of(cose, Lists(statuses=statuses))
        assert (verdict.code, verdict.status_age_days) == (Code.VALID_STATUS_UNKNOWN, None)


def test_a_stale_verdict_names_the_older_of_the_lists():
    verdict = verdict_of(COSE, now=ISSUED + 41 * DAY)
    assert verdict.code is Code.VALID_STATUS_STALE
    assert "40 days old" in verdict.words("en")[0]


def test_every_verdict_has_its_sentences():
    by = replace(verdict_of(COSE), by="N-2", reason="why")
    for code in Code:
        for language in ("zh_CN", "en"):
            for verdict in (replace(by, code=code), replace(by, code=code, by=None)):
                said = verdict.words(language)
                assert all(said)
                assert "None" not in "".join(said)
    assert "N-2" in replace(by, code=Code.REPLACED).words("en")[0]
    assert GOOD.isdisjoint(UNSIGNED)


def test_both_languages_have_the_same_places():
    rooms = ("verdict_", "trust_", "status_list", "image_", "pdf_")
    ours = {code for code in catalogue("en") if code.startswith(rooms)}
    assert len(ours) > 30
    for code in ours:
        zh, en = (
            {name for _, name, _, _ in Formatter().parse(catalogue(language)[code])} for language in ("zh_CN", "en"))
        assert zh == en, code


def test_digits_of_the_payload_are_the_envelope():
    assert from_digits(TEXT.rpartition("#")[2]) == COSE
