"""A certificate as an Open Badge (Open Badges 3.0, W3C Verifiable Credentials 2.0): docs/formats/open-badge.md.

Everything in it is in the certificate's own signed claims or in the trust list; nothing else is known here, and so
nothing else can slip in.
"""

import re
from uuid import NAMESPACE_OID, uuid5

from appraisal.canonical import Malformed
from appraisal.credential.bitstring import entries
from appraisal.credential.claims import Claims
from appraisal.credential.cose import BadSignature
from appraisal.credential.digits import find_payload, payload_text, to_digits
from appraisal.credential.integrity import check_proofs, did_key, issuer_of, moment
from appraisal.credential.linked_data import CREDENTIALS, OPEN_BADGES, Json, read_json
from appraisal.credential.trust import TrustList
from appraisal.credential.verdict import GOOD, Verdict
from appraisal.domain.certificate import Bilingual
from appraisal.domain.errors import RuleViolation

_HOST = re.compile(r"[A-Za-z0-9.:-]+(/[A-Za-z0-9._~-]+)*/?", re.ASCII)


def require_signing_key(trust: TrustList | None, kid: bytes, now: int) -> None:
    """Raises RuleViolation badge_key_unlisted unless `trust` lets the key sign today: its proofs are made today."""
    key = trust.key_of(kid) if trust is not None else None
    if key is None or key.allowed is not None or not (key.may_have_signed_at(now) and key.is_believed_at(now)):
        raise RuleViolation("badge_key_unlisted", kid=kid.hex())


def badge(verdict: Verdict, issuer: bytes, host: str, status_url: str | None = None) -> Json:
    """The credential, without proofs. `issuer`: the centre's public key; `host`: where its QR codes lead, "" for
    nowhere; `status_url`: see `folder_url`.

    Raises RuleViolation badge_refused unless the verdict is good: a new signature says the thing anew.
    """
    claims, envelope = verdict.claims, verdict.envelope
    if verdict.code not in GOOD or claims is None or envelope is None or verdict.centre is None:
        raise RuleViolation("badge_refused", number=claims.number if claims else "-", verdict=verdict.code.value)
    title = _title(verdict, claims)
    made: Json = {
        "@context": [CREDENTIALS, OPEN_BADGES],
        "id": uuid5(NAMESPACE_OID, envelope.hex()).urn,
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": title,
        "issuer": {"id": did_key(issuer), "type": ["Profile"], "name": _both(verdict.centre)},
        "validFrom": moment(claims.issued),
        "awardedDate": moment(claims.issued),
        "credentialSubject": _subject(claims, title, verdict.centre),
        "evidence": [{
            "id": _address(envelope, host), "type": ["Evidence"], "name": "SKC1",
            "description": "证书本身（二维码内容）。是否有效，以对它的查验结论为准。 / "
                           "The certificate itself, as its QR carries it. Only a verdict on this says if it is good."}]}
    if claims.expires is not None:
        made["validUntil"] = moment(claims.expires)
    if claims.status is not None and status_url is not None:
        made["credentialStatus"] = entries(claims.status, status_url)
    return made


def badge_holds(data: bytes, verdict: Verdict, trust: TrustList | None, now: int) -> bool | None:
    """Whether a file is a badge as the centre of its certificate made it: both proofs hold, by a key that the trust
    list has for that centre, and `verdict` is on the very certificate in its evidence. None: the file is no badge.

    Whose key it is comes first, so that nobody else's document is made into RDF, which can be made dear.
    """
    try:
        document = read_json(data)
    except Malformed:
        return None
    types = document.get("type")
    if type(types) is not list or "OpenBadgeCredential" not in types:
        return None
    keys = [one for one in (trust.keys if trust is not None else ()) if did_key(one.key.public) == issuer_of(document)]
    if not any(one.centre == verdict.centre and one.allowed is None and one.is_believed_at(now) for one in keys):
        return False
    try:
        check_proofs(document)
        return find_payload(document["evidence"][0]["id"]) == verdict.envelope
    except (Malformed, BadSignature, LookupError, TypeError):  # the last two: signed, and without our evidence
        return False


def _subject(claims: Claims, title: str, centre: Bilingual) -> Json:
    achievement = uuid5(NAMESPACE_OID, f"skc1 {claims.scheme} {claims.level}").urn
    names = [name for name in (claims.name, claims.latin_name) if name is not None]
    subject: Json = {
        "type": ["AchievementSubject"],
        "identifier": [{"type": "IdentityObject", "identityType": "name", "hashed": False, "identityHash": name}
                       for name in names],
        "licenseNumber": claims.number,
        "achievement": {
            "id": achievement, "type": ["Achievement"], "achievementType": "Certification", "humanCode": claims.scheme,
            "name": title, "description": title,
            "criteria": {"narrative": f"经{centre.zh}按评价方案 {claims.scheme} 评价合格。 / "
                                      f"Appraised and passed under the scheme {claims.scheme}: {centre.en}."}}}
    marked = [(place, mark) for place, mark in enumerate(claims.marks, 1) if mark is not None]
    if marked:
        subject["achievement"]["resultDescription"] = [
            {"id": f"{achievement}#{place}", "type": ["ResultDescription"], "name": f"七维 {place} / Quality {place}",
             "resultType": "RawScore", "valueMin": "0", "valueMax": "100"} for place, _ in marked]
        subject["result"] = [
            {"type": ["Result"], "resultDescription": f"{achievement}#{place}", "value": str(mark)}
            for place, mark in marked]
    return subject


def _title(verdict: Verdict, claims: Claims) -> str:
    """Scheme and level by their names, by their codes where the trust list has none."""
    scheme = verdict.scheme or Bilingual(claims.scheme, claims.scheme)
    if claims.level is None:
        return _both(scheme)
    level = verdict.level or Bilingual(str(claims.level), str(claims.level))
    return _both(Bilingual(f"{scheme.zh} {level.zh}", f"{scheme.en} {level.en}"))


def _both(name: Bilingual) -> str:
    return name.zh if name.zh == name.en else f"{name.zh} / {name.en}"


def _address(envelope: bytes, host: str) -> str:
    """What the QR says, which is a link; where there is no host for it, the digits alone."""
    return payload_text(envelope, host) if _HOST.fullmatch(host) else f"data:text/plain,{to_digits(envelope)}"
