"""Where the desk stands with its association, in words of the windows: what stands in the way has its button there."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QCoreApplication, QDateTime, QLocale

from appraisal.domain.scheme import Scheme
from appraisal.domain.staleness import Agreed
from appraisal.usecases.association_state import ALL_WELL, AssociationState, NumbersLeft, next_step
from appraisal.usecases.issue_certificates import ISSUING
from desktop.errors import sentence
from desktop.i18n import current_language
from desktop.models.chips import Tone

AGREED_BY_SUPERVISOR = {"lists_need_agreement": Agreed.STALE_LISTS, "clock_behind_journal": Agreed.CLOCK}
"""Codes that a supervisor may take upon themselves."""
BY_UPDATES = frozenset({"lists_need_agreement", "lists_too_old", "lists_old", "lists_agreed"})
"""Codes that taking the association's updates in does away with."""
TONES = {"clock_behind_association": Tone.REFUSE, "clock_behind_journal": Tone.REFUSE, "lists_too_old": Tone.REFUSE,
         "lists_need_agreement": Tone.WARN, "lists_agreed": Tone.WARN, "lists_old": Tone.WARN, "numbers_few": Tone.WARN}


def said(state: AssociationState, schemes: Mapping[str, Scheme]) -> tuple[Tone, str]:
    """The one sentence that counts now."""
    code = next_step(state)
    if code == ALL_WELL:
        return Tone.GOOD, _well(state)
    return TONES[code], code_words(code, _detail(state, schemes))


def code_words(code: str, detail: Mapping[str, Any]) -> str:
    """Of a refusal too, where the window has a button and the sentence names a command."""
    translate = QCoreApplication.translate
    own = {
        "lists_need_agreement": translate("Association", "The association's lists are {days} days old. Take its "
            "updates in; until then a supervisor may agree to issuing, with a reason. At {most} days issuing stops."),
        "lists_agreed": translate("Association", "The association's lists are {days} days old. A supervisor has agreed "
            "to issuing until {until}. Take the association's updates in."),
        "clock_behind_journal": translate("Association", "This computer's clock is {minutes} minutes behind the last "
            "record of this desk: no certificates are issued, all other work goes on. Put date, time and time zone "
            "right; where the clock was ahead before and is right now, a supervisor says so."),
        "numbers_few": translate("Association", "Few certificate numbers are left: {numbers}. Send the records; the "
            "association's next updates then bring new numbers. Take them in."),
    }
    return own[code].format_map(detail) if code in own else sentence(code, detail)


def taken_words(result: Mapping[str, Any]) -> list[str]:
    """What taking updates in has changed."""
    found = [sentence("updates_taken", result)]
    if result["schemes"] or result["tables"]:
        found.append(sentence("updates_from_next_opening"))
    for code, names in (("templates_taken", result["templates"]), ("templates_passed_over", result["passed_over"])):
        if names:
            found.append(sentence(code, {"templates": ", ".join(names)}))
    return found


def ages(state: AssociationState) -> str:
    """From when the lists are."""
    translate = QCoreApplication.translate
    parts = [translate("Association", "Trust list {version} of {day}").format(
        version=state.trust_version, day=day_of(state.trust_issued))] if state.trust_issued else []
    if state.statuses_issued:
        parts.append(translate("Association", "status lists of {day}").format(day=day_of(state.statuses_issued)))
    if state.times.lists and state.trust_issued and state.times.lists > state.trust_issued:
        parts.append(translate("Association", "updates of {day}").format(day=day_of(state.times.lists)))
    return "  ·  ".join(parts)


def numbers(state: AssociationState, schemes: Mapping[str, Scheme]) -> str:
    if not state.numbers:
        return QCoreApplication.translate("Association", "No certificate numbers are left for this desk.")
    return QCoreApplication.translate("Association", "Numbers left: {numbers}").format(
        numbers=_listed(state.numbers, schemes))


def known(state: AssociationState) -> str:
    """What the library knows of this desk; empty before it has said anything."""
    translate, number = QCoreApplication.translate, QLocale().toString
    parts = []
    if state.chain.library:
        parts.append(translate("Association", "The library knows this desk's journal up to entry {known} of {here}"
                               ).format(known=number(state.chain.library), here=number(state.chain.here)))
    if state.held:
        parts.append(translate("Association", "an officer of the association has to decide on {n} entries").format(
            n=number(state.held)))
    return "  ·  ".join(parts)


def day_of(milliseconds: int | None) -> str:
    return QLocale().toString(QDateTime.fromMSecsSinceEpoch(milliseconds or 0).date(), "yyyy-MM-dd")


def _well(state: AssociationState) -> str:
    days = state.times.days
    if days == 0:
        return QCoreApplication.translate("Association", "The association's lists are of today.")
    return (QCoreApplication.translate("Association", "The association's lists are 1 day old.") if days == 1
            else QCoreApplication.translate("Association", "The association's lists are {n} days old.").format(n=days))


def _detail(state: AssociationState, schemes: Mapping[str, Scheme]) -> dict[str, Any]:
    times = state.times
    until = QLocale().toString(QDateTime.fromMSecsSinceEpoch(times.agreed_until), "yyyy-MM-dd HH:mm")
    return {"days": times.days, "most": ISSUING.stop_days, "minutes": times.behind(ISSUING) // 60_000, "until": until,
            "numbers": _listed(state.few, schemes)}


def _listed(some: tuple[NumbersLeft, ...], schemes: Mapping[str, Scheme]) -> str:
    chinese = current_language() == "zh_CN"
    found = [(schemes[one.scheme].occupation if one.scheme in schemes else None, one) for one in some]
    return ("、" if chinese else ", ").join(
        f"{one.scheme if name is None else name.zh if chinese else name.en} {QLocale().toString(one.left)}"
        for name, one in found)
