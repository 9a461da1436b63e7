"""A verdict as a colour, a shape and a word; a certificate's fields as lines to compare with the paper."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal

from PySide6.QtCore import QCoreApplication, QLocale

from appraisal.credential.verdict import UNSIGNED, Code, Verdict
from appraisal.domain.certificate import Bilingual
from desktop.errors import sentence_of
from desktop.i18n import current_language
from desktop.models.chips import Chip, Shape, Tone
from desktop.viewmodels.verify import Checked, PersonCheck

CHINA = timezone(timedelta(hours=8))



def verdict_chip(code: Code) -> Chip:
    translate = QCoreApplication.translate
    return {
        Code.VALID: Chip(Tone.GOOD, Shape.TICK, translate("Verdict", "Valid")),
        Code.VALID_STATUS_STALE: Chip(Tone.WARN, Shape.TRIANGLE, translate("Verdict", "Genuine, lists out of date")),
        Code.VALID_STATUS_UNKNOWN: Chip(
            Tone.WARN, Shape.TRIANGLE, translate("Verdict", "Genuine, revocation not checked")),
        Code.EXPIRED: Chip(Tone.WARN, Shape.HALF, translate("Verdict", "Expired")),
        Code.SUSPENDED: Chip(Tone.WARN, Shape.BAR, translate("Verdict", "Suspended")),
        Code.REPLACED: Chip(Tone.WARN, Shape.HALF, translate("Verdict", "Replaced")),
        Code.REVOKED: Chip(Tone.REFUSE, Shape.CROSS, translate("Verdict", "Revoked")),
        Code.KEY_UNKNOWN: Chip(Tone.REFUSE, Shape.RING, translate("Verdict", "Signer unknown")),
        Code.KEY_OUT_OF_WINDOW: Chip(Tone.REFUSE, Shape.BAR, translate("Verdict", "Signed without right")),
        Code.KEY_COMPROMISED: Chip(Tone.REFUSE, Shape.CROSS, translate("Verdict", "Signed with a stolen key")),
        Code.BAD_SIGNATURE: Chip(Tone.REFUSE, Shape.CROSS, translate("Verdict", "Altered or forged")),
        Code.MALFORMED: Chip(Tone.REFUSE, Shape.RING, translate("Verdict", "Not a certificate of ours")),
    }[code]


def checked_chip(one: Checked) -> Chip:
    if one.verdict is None:
        return Chip(Tone.NEUTRAL, Shape.RING, QCoreApplication.translate("Verdict", "Nothing read"))
    return verdict_chip(one.verdict.code)


def checked_sentence(one: Checked) -> str:
    """What is so and what to do."""
    if one.refusal is not None:
        return (f"{one.source}  ·  " if one.source else "") + sentence_of(one.refusal)
    assert one.verdict is not None
    return " ".join(one.verdict.words(current_language()))


def person_chip(state: PersonCheck) -> Chip | None:
    """None while nothing was asked."""
    translate = QCoreApplication.translate
    return {
        PersonCheck.UNASKED: None,
        PersonCheck.ASKING: Chip(Tone.NEUTRAL, Shape.HALF, translate("Verdict", "Comparing …")),
        PersonCheck.MATCHES: Chip(Tone.GOOD, Shape.TICK, translate("Verdict", "Belongs to this person")),
        PersonCheck.DIFFERS: Chip(Tone.REFUSE, Shape.CROSS, translate("Verdict", "Not this person's")),
        PersonCheck.NO_TAG: Chip(Tone.NEUTRAL, Shape.RING, translate("Verdict", "The certificate does not say")),
    }[state]


def is_unsigned(one: Checked) -> bool:
    """Nobody known stands behind the fields."""
    return one.verdict is not None and one.verdict.code in UNSIGNED


def fields_of(verdict: Verdict, marks: Sequence[tuple[str, Decimal | None]] = ()) -> list[tuple[str, str]]:
    """Title and value of every certified field that is there. `marks`: name and mark of each quality."""
    claims = verdict.claims
    if claims is None:
        return []
    translate = QCoreApplication.translate
    level = _named(verdict.level, str(claims.level)) if claims.level is not None else ""
    lines = [
        (translate("Verdict", "Certificate number"), claims.number),
        (translate("Verdict", "Name"), claims.name),
        (translate("Verdict", "Latin name"), claims.latin_name or ""),
        (translate("Verdict", "Scheme"), _named(verdict.scheme, claims.scheme)),
        (translate("Verdict", "Level"), level),
        (translate("Verdict", "Signed on"), day(claims.issued)),
        (translate("Verdict", "Valid until"),
         translate("Verdict", "For life") if claims.expires is None else day(claims.expires)),
        (translate("Verdict", "Marks"), " · ".join(
            f"{name}\N{NO-BREAK SPACE}{'—' if mark is None else f'{mark.normalize():f}'}" for name, mark in marks)),
        (translate("Verdict", "Replaces"), claims.replaces or ""),
    ]
    return [(title, value) for title, value in lines if value]


def signer_of(verdict: Verdict) -> list[tuple[str, str]]:
    """Who signed, and how old the lists are by which that is known."""
    translate = QCoreApplication.translate
    kid = verdict.kid.hex(" ", 2) if verdict.kid else ""
    lines = [
        (translate("Verdict", "Signed by"),
         _named(verdict.centre, "") if verdict.centre else translate("Verdict", "Nobody known")),
        (translate("Verdict", "Key"), kid),
        (translate("Verdict", "Trust list"), age(verdict.list_age_days)),
        (translate("Verdict", "Status list"), age(verdict.status_age_days)),
    ]
    return [(title, value) for title, value in lines if value]


def age(days: int | None) -> str:
    translate = QCoreApplication.translate
    if days is None:
        return translate("Verdict", "None read")
    if days == 0:
        return translate("Verdict", "Made today")
    return translate("Verdict", "{n} days old").format(n=QLocale().toString(days))


def day(seconds: int) -> str:
    """The day in China, as certificates print it in figures."""
    return datetime.fromtimestamp(seconds, UTC).astimezone(CHINA).date().isoformat()


def _named(names: Bilingual | None, otherwise: str) -> str:
    if names is None:
        return otherwise
    return names.zh if current_language() == "zh_CN" else names.en
