"""The exchange in words: states, fates, kinds of entries, lines of the timeline."""

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication, QDateTime, QLocale

from appraisal.domain.exchange import Fate
from appraisal.usecases.reads import NeedsYou, SyncState
from appraisal.usecases.transfers import Transfer, Way
from desktop.errors import sentence
from desktop.models.chips import Chip, Shape, Tone, sync_chip

_KINDS = {
    "batch": QT_TRANSLATE_NOOP("Sync", "Batch"),
    "candidate": QT_TRANSLATE_NOOP("Sync", "Candidate"),
    "centre": QT_TRANSLATE_NOOP("Sync", "Centre"),
    "certificate": QT_TRANSLATE_NOOP("Sync", "Certificate"),
    "certificate_number": QT_TRANSLATE_NOOP("Sync", "Certificate number"),
    "consent": QT_TRANSLATE_NOOP("Sync", "Consent"),
    "document": QT_TRANSLATE_NOOP("Sync", "Document"),
    "enrolment": QT_TRANSLATE_NOOP("Sync", "Enrolment"),
    "mark": QT_TRANSLATE_NOOP("Sync", "Mark"),
    "objection": QT_TRANSLATE_NOOP("Sync", "Objection"),
    "photo": QT_TRANSLATE_NOOP("Sync", "Photo"),
    "publicity": QT_TRANSLATE_NOOP("Sync", "Publicity"),
    "recheck": QT_TRANSLATE_NOOP("Sync", "Re-check"),
    "session": QT_TRANSLATE_NOOP("Sync", "Sitting"),
    "attendance": QT_TRANSLATE_NOOP("Sync", "Sign-in"),
    "incident": QT_TRANSLATE_NOOP("Sync", "Incident"),
    "papers": QT_TRANSLATE_NOOP("Sync", "Papers"),
}
"""By the first word of an event's name; another stands for itself."""


def state_chip(state: SyncState) -> Chip:
    if state is SyncState.STAYS:
        return Chip(Tone.NEUTRAL, Shape.BAR, QCoreApplication.translate("Sync", "Stays here"))
    return sync_chip(state.value)


def state_hint(state: SyncState) -> str:
    translate = QCoreApplication.translate
    return {
        SyncState.SAVED: translate("Sync", "On this computer only; send it."),
        SyncState.ON_STICK: translate("Sync", "On its way; the library has not confirmed it."),
        SyncState.RECEIVED: translate("Sync", "The library has it and waits for something it needs."),
        SyncState.ACCEPTED: translate("Sync", "In the library, confirmed by a signed receipt."),
        SyncState.NEEDS_YOU: translate("Sync", "The library asks; see the list below."),
        SyncState.STAYS: translate("Sync", "Without consent for the association nothing leaves."),
    }[state]


def fate_chip(fate: str) -> Chip:
    translate = QCoreApplication.translate
    return {
        Fate.PARKED: Chip(Tone.INFO, Shape.DISC, translate("Sync", "Waits")),
        Fate.HELD: Chip(Tone.WARN, Shape.TRIANGLE, translate("Sync", "Held")),
        Fate.REJECTED: Chip(Tone.REFUSE, Shape.CROSS, translate("Sync", "Refused")),
    }[Fate(fate)]


def kind_word(kind: str) -> str:
    first = kind.partition(".")[0]
    return QCoreApplication.translate("Sync", str(_KINDS[first])) if first in _KINDS else kind


def what_to_do(one: NeedsYou) -> str:
    """The library's reason and remedy; for a code that this release does not know, what to do by the fate."""
    translate = QCoreApplication.translate
    if one.code:
        return sentence(one.code)
    return {
        Fate.PARKED: translate("Sync", "Send again: the library waits for entries that came before this one."),
        Fate.HELD: translate("Sync", "An officer of the association decides; nothing is lost."),
        Fate.REJECTED: translate("Sync", "Correct it at this desk and send again."),
    }[Fate(one.fate)]


def transfer_title(one: Transfer) -> str:
    translate, locale = QCoreApplication.translate, QLocale()
    if one.way is Way.LEFT:
        return translate("Sync", "{n} records left").format(n=locale.toString(one.records))
    if one.way is Way.RESTORED:
        return translate("Sync", "The library gave back what it holds")
    if one.way is Way.BEGAN:
        return {"restored": translate("Sync", "Put back from a copy: a new epoch began"),
                "cloned": translate("Sync", "A copy of a desk: a new epoch began"),
                "forked": translate("Sync", "Two histories: a new epoch began")}[one.reason]
    if one.short:
        return translate("Sync", "Short receipt {number} came").format(number=locale.toString(one.number))
    return translate("Sync", "Receipt {number} came").format(number=locale.toString(one.number))


def waiting_words(state: SyncState, count: int) -> tuple[str, str]:
    """What waits, and for what."""
    translate, n = QCoreApplication.translate, QLocale().toString(count)
    return {
        SyncState.SAVED: (translate("Sync", "{n} records wait here").format(n=n), translate(
            "Sync", "Nothing of them has left; send them.")),
        SyncState.ON_STICK: (translate("Sync", "{n} records are on their way").format(n=n), translate(
            "Sync", "Until a receipt comes, each sending brings them again.")),
        SyncState.RECEIVED: (translate("Sync", "{n} records wait at the library").format(n=n), translate(
            "Sync", "For something that they need; the next bundles bring it.")),
    }[state]


def transfer_detail(one: Transfer) -> str:
    translate, locale = QCoreApplication.translate, QLocale()
    counted = ((translate("Sync", "{n} pictures"), one.attachments), (translate("Sync", "{n} stayed"), one.withheld),
               (translate("Sync", "{n} accepted"), one.accepted), (translate("Sync", "{n} wait"), one.waiting),
               (translate("Sync", "{n} need you"), one.refused))
    parts = [when(one.at), one.login, *(text.format(n=locale.toString(n)) for text, n in counted if n)]
    return "  ·  ".join(part for part in parts if part)


def when(milliseconds: int | None) -> str:
    if milliseconds is None:
        return QCoreApplication.translate("Sync", "Never")
    return QLocale().toString(QDateTime.fromMSecsSinceEpoch(milliseconds), "yyyy-MM-dd HH:mm")
