"""States of certificates and of rows of the province's list, in words."""

from PySide6.QtCore import QCoreApplication

from appraisal.domain.certificate import CertificateState
from appraisal.domain.problem import Verdict, Weight
from appraisal.domain.scheme import Scheme
from appraisal.sheets.numbers import NumberRow
from appraisal.sheets.wording import problem_sentence
from appraisal.usecases.reads import ToIssue
from desktop.errors import sentence
from desktop.i18n import current_language
from desktop.models.chips import Chip, Shape, Tone


def waiting_chip(one: ToIssue) -> Chip:
    translate = QCoreApplication.translate
    if one.blocked is None:
        return Chip(Tone.GOOD, Shape.DISC, translate("Certificates", "Ready"))
    return Chip(Tone.WARN, Shape.TRIANGLE, translate("Certificates", "Not yet"))


def waiting_reason(one: ToIssue) -> str:
    return "" if one.blocked is None else sentence(one.blocked)


def issued_chip(state: str) -> Chip:
    translate = QCoreApplication.translate
    if state == CertificateState.REVOKED:
        return Chip(Tone.REFUSE, Shape.CROSS, translate("Certificates", "Revoked"))
    if state == CertificateState.SUSPENDED:
        return Chip(Tone.WARN, Shape.TRIANGLE, translate("Certificates", "Suspended"))
    if state == CertificateState.REPLACED:
        return Chip(Tone.NEUTRAL, Shape.CROSS, translate("Certificates", "Replaced"))
    return Chip(Tone.GOOD, Shape.TICK, translate("Certificates", "Issued"))


def number_chip(one: NumberRow) -> Chip:
    translate = QCoreApplication.translate
    if one.verdict is Verdict.REJECT:
        return Chip(Tone.REFUSE, Shape.CROSS, translate("Certificates", "Refused"))
    if one.verdict is Verdict.WARN:
        return Chip(Tone.WARN, Shape.TRIANGLE, translate("Certificates", "Look at it"))
    if any(p.code == "NUMBER_KNOWN" for p in one.problems):
        return Chip(Tone.NEUTRAL, Shape.TICK, translate("Certificates", "Known"))
    return Chip(Tone.GOOD, Shape.DISC, translate("Certificates", "New"))


def number_sentence(one: NumberRow) -> str:
    """The heaviest problem first."""
    ordered = sorted(one.problems, key=lambda p: list(Weight).index(p.weight))
    return " ".join((f"{p.cell}: " if p.cell else "") + problem_sentence(p, current_language()) for p in ordered)


def level_word(level: int | None, scheme: Scheme | None) -> str:
    """Empty for a scheme without levels."""
    names = {one.level: one.name for one in scheme.levels} if scheme is not None and level is not None else {}
    if level not in names:
        return "" if level is None else str(level)
    return names[level].zh if current_language() == "zh_CN" else names[level].en
