"""One verdict for every way in: what the certificate says, who signed it, how old the lists are, what to do.

Never a bare "valid": without a status list it is VALID_STATUS_UNKNOWN. docs/formats/certificate-qr.md has the order.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from appraisal.canonical import Malformed
from appraisal.credential.claims import Claims, from_bytes
from appraisal.credential.cose import Envelope, read1, verifies
from appraisal.credential.digits import find_payload
from appraisal.credential.fields import require
from appraisal.credential.status import Status, StatusList
from appraisal.credential.trust import CentreKey, TrustList
from appraisal.domain.certificate import Bilingual
from appraisal.sentences import say

MAX_ENVELOPE_BYTES = 4096
_DAY = 86_400


class Code(StrEnum):
    VALID = "VALID"
    VALID_STATUS_STALE = "VALID_STATUS_STALE"
    VALID_STATUS_UNKNOWN = "VALID_STATUS_UNKNOWN"
    EXPIRED = "EXPIRED"
    SUSPENDED = "SUSPENDED"
    REPLACED = "REPLACED"
    REVOKED = "REVOKED"
    KEY_UNKNOWN = "KEY_UNKNOWN"
    KEY_OUT_OF_WINDOW = "KEY_OUT_OF_WINDOW"
    KEY_COMPROMISED = "KEY_COMPROMISED"
    BAD_SIGNATURE = "BAD_SIGNATURE"
    MALFORMED = "MALFORMED"


GOOD = frozenset({Code.VALID, Code.VALID_STATUS_STALE, Code.VALID_STATUS_UNKNOWN})
"""The signature is right and nothing is known against the certificate."""
UNSIGNED = frozenset({Code.KEY_UNKNOWN, Code.BAD_SIGNATURE, Code.MALFORMED})
"""Nobody known stands behind what `claims` says."""
_OF_STATUS = {
    Status.VALID: None, Status.REVOKED: Code.REVOKED, Status.SUSPENDED: Code.SUSPENDED, Status.REPLACED: Code.REPLACED}


@dataclass(frozen=True, slots=True)
class Verdict:
    code: Code
    claims: Claims | None = None
    """None only for MALFORMED. For the codes of UNSIGNED, what somebody wrote, and no more."""
    envelope: bytes | None = None
    kid: bytes | None = None
    centre: Bilingual | None = None
    """Whose key signed it; None for the codes of UNSIGNED."""
    scheme: Bilingual | None = None
    level: Bilingual | None = None
    """Names of scheme and level in the trust list; None where it has none."""
    list_age_days: int | None = None
    status_age_days: int | None = None
    """None: no status list was read for it."""
    by: str | None = None
    """REPLACED: the number of the new certificate, where the list tells."""
    reason: str | None = None
    """MALFORMED: which rule of the format is broken."""

    def words(self, language: str) -> tuple[str, str]:
        """What is so, and what to do, in sentences."""
        stale = self.code is Code.VALID_STATUS_STALE
        detail: dict[str, Any] = {
            "days": max(self.status_age_days or 0, self.list_age_days or 0) if stale else self.status_age_days,
            "by": self.by, "reason": self.reason, "kid": self.kid.hex() if self.kid else "",
            "number": self.claims.number if self.claims else ""}
        name = f"verdict_{self.code.lower()}"
        if self.code is Code.REPLACED and self.by is None:
            name = "verdict_replaced_by_unnamed"
        return say(name, language, **detail), say(f"{name}_do", language, **detail)


def verify(what: bytes | str, trust: TrustList | None, statuses: Mapping[int, StatusList], now: int) -> Verdict:
    """`what`: an envelope, or the text of a QR, scanner or page; `statuses`: by list number; `now`: seconds since 1970.

    Raises nothing: whatever is put in gets one of the twelve verdicts.
    """
    try:
        data = find_payload(what) if isinstance(what, str) else what
        envelope = read1(data, max_bytes=MAX_ENVELOPE_BYTES)
        require(envelope.content_type is None, "content_type")
        claims = from_bytes(envelope.payload)
    except Malformed as fault:
        return Verdict(Code.MALFORMED, reason=fault.reason)
    key = trust.key_of(envelope.kid) if trust is not None else None
    if trust is None or key is None:
        code = Code.BAD_SIGNATURE if trust is not None and _kid_was_edited(envelope, trust) else Code.KEY_UNKNOWN
        return Verdict(code, claims, data, envelope.kid, list_age_days=_age(trust, now))
    if not verifies(envelope, key.key):
        return Verdict(Code.BAD_SIGNATURE, claims, data, envelope.kid, list_age_days=_age(trust, now))
    number, index = claims.status or (-1, 0)
    status = statuses.get(number)
    moment = max(now, trust.issued, status.issued if status is not None else 0)
    code = _of_key(claims, data, key, moment) or _of_status(status, index) or _of_time(claims, trust, status, moment)
    names = trust.schemes.get(claims.scheme)
    return Verdict(
        code, claims, data, key.key.kid, key.centre,
        scheme=names.name if names else None,
        level=names.levels.get(claims.level) if names and claims.level is not None else None,
        list_age_days=_age(trust, moment), status_age_days=_age(status, moment),
        by=status.replaced_by.get(index) if status is not None and code is Code.REPLACED else None)


def _of_key(claims: Claims, data: bytes, key: CentreKey, moment: int) -> Code | None:
    if not key.is_allowed(data):
        return Code.KEY_COMPROMISED
    if not (key.may_have_signed_at(claims.issued) and key.is_believed_at(moment)):
        return Code.KEY_OUT_OF_WINDOW
    return None


def _of_status(status: StatusList | None, index: int) -> Code | None:
    return None if status is None else _OF_STATUS[status.state(index)]


def _of_time(claims: Claims, trust: TrustList, status: StatusList | None, moment: int) -> Code:
    if claims.expires is not None and moment > claims.expires:
        return Code.EXPIRED
    if status is None:
        return Code.VALID_STATUS_UNKNOWN
    return Code.VALID if moment <= min(trust.expires, status.expires) else Code.VALID_STATUS_STALE


def _kid_was_edited(envelope: Envelope, trust: TrustList) -> bool:
    """One digit of the symbol changed can name a key that nobody has: an altered certificate, not an unknown centre."""
    head = envelope.protected[:-len(envelope.kid)]
    return any(
        verifies(replace(envelope, protected=head + near.key.kid, kid=near.key.kid), near.key)
        for near in trust.keys_near(envelope.kid))


def _age(made: TrustList | StatusList | None, moment: int) -> int | None:
    """Whole days since it was issued."""
    return None if made is None else max(0, moment - made.issued) // _DAY
