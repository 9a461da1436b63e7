"""The certificate as an Open Badge: what stands in it, and that no value of it can be changed."""

import copy
import json
from dataclasses import replace

import pytest
from credential_kit import CENTRE, CLAIMS, COSE, LIST, NOW, OTHER, Lists, centre_key, trust_list
from hypothesis import given
from hypothesis import strategies as st

from appraisal.canonical import Malformed
from appraisal.credential.badge import badge, badge_holds, require_signing_key
from appraisal.credential.bitstring import folder_url
from appraisal.credential.claims import to_bytes
from appraisal.credential.cose import BadSignature, sign1
from appraisal.credential.digits import payload_text
from appraisal.credential.integrity import (
    Suite,
    check_proof,
    check_proofs,
    did_key,
    key_of,
    method_of,
    multibase,
    prove,
)
from appraisal.credential.jose import base64url, from_base64url, from_jwt, to_jwt
from appraisal.credential.linked_data import canonical_quads, contexts, read_json
from appraisal.credential.status import Status
from appraisal.credential.trust import allowance
from appraisal.credential.verdict import Code, verify
from appraisal.domain.certificate import Bilingual
from appraisal.domain.errors import RuleViolation

URL = "https://lists.example.cn/s"
HOST = "verify.example.cn"


def made(claims=CLAIMS, url=URL, host=HOST):
    lists = Lists()
    return badge(verify(sign1(to_bytes(claims), CENTRE), lists.trust, lists.statuses, NOW), CENTRE.public, host, url)


BADGE = made()
SECURED = prove(BADGE, CENTRE, NOW)


def places(value, path=()):
    """The path of every value that is no object and no array."""
    if isinstance(value, dict | list):
        for name, one in value.items() if isinstance(value, dict) else enumerate(value):
            yield from places(one, (*path, name))
    else:
        yield path


def at(document, path):
    for name in path:
        document = document[name]
    return document


def changed(document, path, value):
    document = copy.deepcopy(document)
    at(document, path[:-1])[path[-1]] = value
    return document


def test_a_badge_says_what_its_certificate_says():
    subject = BADGE["credentialSubject"]
    assert BADGE["issuer"] == {
        "id": did_key(CENTRE.public), "type": ["Profile"], "name": "示范中心 / Demonstration Centre"}
    assert BADGE["name"] == subject["achievement"]["name"] == "创新人才 三级 / Innovation Talent Level 3"
    assert (BADGE["validFrom"], BADGE["validUntil"]) == ("2026-09-21T14:13:20Z", "2029-06-17T14:13:20Z")
    assert [one["identityHash"] for one in subject["identifier"]] == ["欧阳娜娜", "OUYANG Nana"]
    assert subject["licenseNumber"] == CLAIMS.number
    assert [one["value"] for one in subject["result"]] == ["70", "70.5", "71", "71.5", "72", "72.5", "73"]
    assert [one["resultDescription"] for one in subject["result"]] == [
        one["id"] for one in subject["achievement"]["resultDescription"]]
    assert [(one["statusPurpose"], one["statusListIndex"], one["statusListCredential"])
            for one in BADGE["credentialStatus"]] == [
        (purpose, "70000", f"{URL}/status-3-{purpose}.json") for purpose in ("revocation", "suspension")]


def test_its_evidence_is_the_certificate_itself():
    (evidence,) = BADGE["evidence"]
    assert evidence["id"] == payload_text(COSE, HOST)
    lists = Lists()
    assert verify(json.dumps(SECURED), lists.trust, lists.statuses, NOW).envelope == COSE


@pytest.mark.parametrize("host", ["", "示例.cn", "verify.example.cn/#", 'a"b'])
def test_without_a_host_that_a_link_may_have_the_evidence_is_the_digits(host):
    document = made(host=host)
    assert document["evidence"][0]["id"].startswith("data:text/plain,")
    assert verify(document["evidence"][0]["id"], Lists().trust, {}, NOW).envelope == COSE
    check_proofs(prove(document, CENTRE, NOW))


def held(document, trust=None, now=NOW):
    lists, data = Lists(), json.dumps(document).encode()
    trust = trust or lists.trust
    return badge_holds(data, verify(json.dumps(document), trust, lists.statuses, now), trust, now)


def test_a_badge_holds_that_its_certificates_centre_made():
    assert held(SECURED) is True
    assert held(changed(SECURED, ("name",), "另一个")) is False
    assert held(BADGE) is False
    rotated = badge(verify(COSE, Lists().trust, Lists().statuses, NOW), LIST.public, HOST)
    assert held(prove(rotated, LIST, NOW)) is False  # of a key that is nobody's
    assert held(prove(rotated, LIST, NOW), trust_list([centre_key(one) for one in (CENTRE, LIST)])) is True
    stranger = replace(centre_key(LIST), centre=Bilingual("别的中心", "Another Centre"))
    assert held(prove(rotated, LIST, NOW), trust_list([centre_key(CENTRE), stranger])) is False


@pytest.mark.parametrize("evidence", [{}, [{"type": ["Evidence"]}], [{"id": "https://example.org"}], {"id": "urn:a"}])
def test_a_badge_of_the_centre_without_its_certificate_does_not_hold(evidence):
    made = prove(BADGE | {"evidence": evidence}, CENTRE, NOW)
    assert check_proofs(made).public == CENTRE.public
    assert badge_holds(json.dumps(made).encode(), verify(COSE, Lists().trust, {}, NOW), Lists().trust, NOW) is False


def test_a_badge_of_a_closed_key_does_not_hold():
    for key in (centre_key(CENTRE, allowed=frozenset({allowance(COSE)})), centre_key(CENTRE, trust_to=NOW - 1)):
        assert held(SECURED, trust_list([key])) is False


def test_a_badge_that_speaks_of_another_certificate_does_not_hold():
    other = sign1(to_bytes(replace(CLAIMS, name="李四")), CENTRE)
    lists = Lists()
    assert badge_holds(json.dumps(SECURED).encode(), verify(other, lists.trust, lists.statuses, NOW), lists.trust,
                       NOW) is False


def test_what_is_no_badge_is_none():
    verdict = verify(COSE, Lists().trust, {}, NOW)
    for data in (b"", b"%PDF-1.7", b"\x89PNG", b"{}", b'{"type": "OpenBadgeCredential"}', b'{"type": ["Other"]}'):
        assert badge_holds(data, verdict, Lists().trust, NOW) is None
    for data in (b'{"type": ["OpenBadgeCredential"]}', b'{"type": ["OpenBadgeCredential"], "issuer": [[]]}'):
        assert badge_holds(data, verdict, Lists().trust, NOW) is False
        assert badge_holds(data, verdict, None, NOW) is False


def test_what_a_certificate_does_not_say_a_badge_leaves_out():
    plain = made(replace(CLAIMS, expires=None, latin_name=None, level=None, marks=(), status=None, scheme="unlisted"))
    assert not {"validUntil", "credentialStatus"} & plain.keys()
    assert not {"result"} & plain["credentialSubject"].keys()
    assert plain["name"] == "unlisted"
    assert len(plain["credentialSubject"]["identifier"]) == 1
    check_proofs(prove(plain, CENTRE, NOW))
    assert "credentialStatus" not in made(url=None)


def test_one_certificate_has_one_badge_and_another_another():
    assert made() == BADGE
    assert made(replace(CLAIMS, name="欧阳娜"))["id"] != BADGE["id"]


@pytest.mark.parametrize("state", [Status.REVOKED, Status.SUSPENDED, Status.REPLACED])
def test_what_is_not_good_is_refused(state):
    lists = Lists()
    status = lists.statuses[3].changed({70_000: state}, NOW, NOW + 1)
    with pytest.raises(RuleViolation) as refused:
        badge(verify(COSE, lists.trust, {3: status}, NOW), CENTRE.public, HOST)
    assert (refused.value.code, refused.value.detail["verdict"]) == ("badge_refused", state.name)


def test_what_nobody_known_signed_is_refused():
    for verdict in (verify(COSE, None, {}, NOW), verify("no certificate", None, {}, NOW)):
        assert verdict.code in {Code.KEY_UNKNOWN, Code.MALFORMED}
        with pytest.raises(RuleViolation, match="badge_refused"):
            badge(verdict, CENTRE.public, HOST)


def test_only_a_key_that_may_sign_today_signs_a_badge():
    require_signing_key(trust_list(), CENTRE.kid, NOW)
    ended, future = centre_key(CENTRE, sign_to=NOW - 1), centre_key(CENTRE, sign_from=NOW + 1)
    untrusted, closed = centre_key(CENTRE, trust_to=NOW - 1), centre_key(CENTRE, allowed=frozenset())
    for trust in (None, trust_list([centre_key(OTHER)]), *(trust_list([one]) for one in (ended, future, untrusted,
                                                                                        closed))):
        with pytest.raises(RuleViolation, match="badge_key_unlisted"):
            require_signing_key(trust, CENTRE.kid, NOW)


def test_both_proofs_hold():
    assert check_proofs(SECURED).public == CENTRE.public
    assert check_proofs(read_json(json.dumps(SECURED, ensure_ascii=False).encode())).kid == CENTRE.kid
    for proof in SECURED["proof"]:
        assert check_proof(BADGE, proof).public == CENTRE.public


@pytest.mark.parametrize("suite", list(Suite))
@given(data=st.data())
def test_no_value_can_be_changed(suite, data):
    path = data.draw(st.sampled_from(list(places(BADGE))))
    value = data.draw(st.one_of(st.text(max_size=40), st.booleans(), st.none(), st.integers(-9, 9),
                                st.sampled_from([at(BADGE, one) for one in places(BADGE)])))
    if (type(value), value) == (type(at(BADGE, path)), at(BADGE, path)) or (path[-1], value) == ("hashed", "false"):
        return  # the same; the second to RDF only, see the next test
    proof, = (one for one in SECURED["proof"] if one["cryptosuite"] == suite)
    with pytest.raises((BadSignature, Malformed)):
        check_proof(changed(BADGE, path, value), proof)


@pytest.mark.parametrize(("path", "value"), [
    (("name",), [BADGE["name"]]),
    (("credentialSubject", "identifier", 0, "hashed"), "false"),
    (("credentialStatus", 0, "statusListCredential"), {"id": BADGE["credentialStatus"][0]["statusListCredential"]}),
    (("credentialStatus",), BADGE["credentialStatus"][::-1])])
def test_another_spelling_of_the_same_breaks_the_proof_over_the_json(path, value):
    """RDF covers what is said, JCS how it is written too: one reason for both."""
    jcs, rdfc = SECURED["proof"]
    respelt = changed(BADGE, path, value)
    assert check_proof(respelt, rdfc).public == CENTRE.public
    with pytest.raises(BadSignature):
        check_proof(respelt, jcs)
    with pytest.raises(BadSignature):
        check_proofs(respelt | {"proof": [jcs, rdfc]})


@pytest.mark.parametrize("suite", list(Suite))
def test_no_value_can_be_taken_away_and_none_added(suite):
    proof, = (one for one in SECURED["proof"] if one["cryptosuite"] == suite)
    for path in places(BADGE):
        less, more = copy.deepcopy(BADGE), copy.deepcopy(BADGE)
        del at(less, path[:-1])[path[-1]]
        holder = at(more, path[:-1])
        if isinstance(holder, list):
            holder.append("of another")
        else:
            holder["nickname"] = "of another"
        for document in (less, more):
            with pytest.raises((BadSignature, Malformed)):
                check_proof(document, proof)


@given(data=st.data())
def test_no_field_of_a_proof_can_be_changed(data):
    path = data.draw(st.sampled_from(list(places(SECURED["proof"]))))
    value = data.draw(st.one_of(st.text(max_size=40), st.none(), st.sampled_from(
        [at(SECURED["proof"], one) for one in places(SECURED["proof"])])))
    if value != at(SECURED["proof"], path):
        with pytest.raises((BadSignature, Malformed)):
            check_proofs(SECURED | {"proof": changed(SECURED["proof"], path, value)})


def test_a_proof_of_another_key_is_not_the_issuers():
    with pytest.raises(BadSignature):
        check_proofs(prove(BADGE, OTHER, NOW))


@pytest.mark.parametrize(("proofs", "reason"), [
    (lambda jcs, rdfc: None, "proof"),
    (lambda jcs, rdfc: jcs, "proof"),
    (lambda jcs, rdfc: [jcs], "cryptosuite"),
    (lambda jcs, rdfc: [rdfc, jcs], "cryptosuite"),
    (lambda jcs, rdfc: [jcs, rdfc, rdfc], "cryptosuite"),
    (lambda jcs, rdfc: [jcs, rdfc | {"previousProof": "urn:a"}], "proof"),
    (lambda jcs, rdfc: [jcs, rdfc | {"@context": jcs["@context"]}], "proof"),
    (lambda jcs, rdfc: [jcs | {"@context": jcs["@context"][:1]}, rdfc], "proof_context"),
    (lambda jcs, rdfc: [jcs | {"proofPurpose": "authentication"}, rdfc], "proof"),
    (lambda jcs, rdfc: [jcs | {"proofValue": "m" + jcs["proofValue"][1:]}, rdfc], "not_multibase"),
    (lambda jcs, rdfc: [jcs | {"proofValue": jcs["proofValue"] + " "}, rdfc], "not_multibase"),
    (lambda jcs, rdfc: [jcs | {"verificationMethod": did_key(CENTRE.public)}, rdfc], "not_multibase"),
])
def test_other_sets_of_proofs_are_refused(proofs, reason):
    with pytest.raises(Malformed) as refused:
        check_proofs(SECURED | {"proof": proofs(*SECURED["proof"])})
    assert refused.value.reason == reason


def test_a_key_of_small_order_is_no_key():
    assert key_of(method_of(CENTRE.public)).public == CENTRE.public
    with pytest.raises(Malformed, match="weak_key"):
        key_of(method_of(bytes([1]) + bytes(31)))
    with pytest.raises(Malformed, match="not_a_key"):  # a key of another kind, and one of no kind
        key_of(f"did:key:{multibase(b'secp256k')}#{multibase(b'secp256k')}")


@pytest.mark.parametrize(("spoil", "reason"), [
    (lambda one: one | {"nickname": "x"}, "undefined_term"),
    (lambda one: one | {"evidence": None}, "empty_in_json_ld"),
    (lambda one: one | {"evidence": []}, "empty_in_json_ld"),
    (lambda one: one | {"@nickname": "x"}, "keyword_in_json_ld"),
    (lambda one: one | {"@index": "x"}, "keyword_in_json_ld"),
    (lambda one: one | {"id": "relative"}, "relative_name"),
    (lambda one: one | {"id": "//example.org/relative"}, "relative_name"),
    (lambda one: one | {"id": "_:blank"}, "relative_name"),
    (lambda one: one | {"type": [*one["type"], "Unheard"]}, "relative_name"),
    (lambda one: one | {"@context": [*one["@context"], "https://example.org/other"]}, "unknown_context"),
    (lambda one: one | {"@context": [*one["@context"], {"nickname": "urn:nickname"}]}, "unknown_context"),
    (lambda one: {name: value for name, value in one.items() if name != "@context"}, "unknown_context"),
    (lambda one: one | {"issuer": one["issuer"] | {"@context": {"name": "urn:other"}}}, "keyword_in_json_ld"),
])
def test_what_rdf_would_leave_out_is_refused(spoil, reason):
    with pytest.raises(Malformed) as refused:
        canonical_quads(spoil(BADGE))
    assert refused.value.reason == reason


@pytest.mark.parametrize(("text", "reason"), [
    ('{"a": 1, "a": 2}', "not_json"), ('{"a": {"b": 1, "b": 1}}', "not_json"), ('{"a": NaN}', "not_json"),
    ("[]", "not_an_object"), ("{", "not_json"), (b"\xff", "not_json"), (f'{{"a": {"[" * 40}{"]" * 40}}}', "too_deep"),
    ("[" * 100_000, "not_json"), (" " * (1 << 18) + "{}", "too_large"),
])
def test_json_with_two_readings_is_refused(text, reason):
    with pytest.raises(Malformed) as refused:
        read_json(text)
    assert refused.value.reason == reason


def test_every_context_has_its_name_and_none_is_fetched():
    assert set(BADGE["@context"]) == set(contexts())
    assert all(isinstance(one["@context"], dict) for one in contexts().values())


def test_a_jwt_goes_there_and_back():
    text = to_jwt(BADGE, CENTRE)
    credential, key = from_jwt(text)
    assert (credential, key.public) == (BADGE, CENTRE.public)
    assert json.loads(from_base64url(text.split(".")[0])) == {
        "alg": "EdDSA", "typ": "vc+jwt", "cty": "vc", "kid": method_of(CENTRE.public)}


@given(data=st.data())
def test_no_character_of_a_jwt_can_be_changed(data):
    text = to_jwt(BADGE, CENTRE)
    place = data.draw(st.integers(0, len(text) - 1))
    other = data.draw(st.characters(codec="utf-8").filter(lambda one: one != text[place]))
    with pytest.raises((BadSignature, Malformed)):
        from_jwt(text[:place] + other + text[place + 1:])


def test_a_signature_has_one_spelling():
    text = to_jwt(BADGE, CENTRE)
    last = {"A": "B", "Q": "R", "g": "h", "w": "x"}[text[-1]]  # of its six bits the signature ends in the first two
    with pytest.raises(Malformed, match="not_base64url"):
        from_jwt(text[:-1] + last)


def test_a_jwt_of_another_kind_or_another_issuer_is_refused():
    header, payload, signature = to_jwt(BADGE, CENTRE).split(".")
    for field, value in (("alg", "none"), ("typ", "JWT"), ("kid", None), ("crit", ["b64"])):
        said = json.loads(from_base64url(header)) | {field: value}
        with pytest.raises(Malformed, match="header"):
            from_jwt(f"{base64url(json.dumps(said).encode())}.{payload}.{signature}")
    with pytest.raises(BadSignature):
        from_jwt(to_jwt(BADGE, LIST))


@pytest.mark.parametrize("url", ["", "lists.example.cn", "ftp://example.cn", "https://e.cn/a b", "https://e.cn/?q", "https://e.cn/#f",
                                 "https://e.cn/a//b", "https://示例.cn", "https://e.cn/" + 200 * "a", 'https://e.cn/"'])
def test_only_the_address_of_a_web_folder_is_one(url):
    with pytest.raises(RuleViolation, match="status_url_bad"):
        folder_url(url)
    assert folder_url(URL + "/") == folder_url(URL) == URL
