"""What the Sync page says when something has been sent or taken in."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QCoreApplication, QLocale

from desktop.errors import sentence
from desktop.viewmodels.association_words import taken_words
from desktop.viewmodels.sync import Exported
from desktop.widgets.notice import Notice


def say_exported(notice: Notice, done: Exported) -> None:
    translate, number = QCoreApplication.translate, QLocale().toString
    notice.good(translate(
        "SyncSaid", "{n} records ({size}) are on the stick as {bundle}, read back and whole. The stick is safe to "
        "remove; take it to the association.").format(
            n=number(done.records), size=QLocale().formattedDataSize(done.bytes), bundle=done.bundle.name)
        + _stayed(done.withheld))


def say_sent(notice: Notice, counts: Mapping[str, Any]) -> None:
    said = [_receipt(counts)] if counts["receipts"] else []
    if counts["bundles"]:
        said.insert(0, QCoreApplication.translate("SyncSaid", "{n} records are at the library.").format(
            n=QLocale().toString(int(counts["records"]))) + _stayed(int(counts["withheld"])))
    _say(notice, said, counts)


def say_taken_in(notice: Notice, counts: Mapping[str, Any]) -> None:
    translate, files, said = QCoreApplication.translate, counts.get("files", {}), []
    if files.get("grant"):
        said.append(translate(
            "SyncSaid", "The grant is adopted: this desk may send, and has its lists and numbers."))
    if files.get("trust") or files.get("status"):
        said.append(translate("SyncSaid", "The lists are up to date."))
    if files.get("receipt"):
        said.append(_receipt(counts))
    if files.get("short"):
        said.append(sentence("short_receipt_taken", counts))
    if "restored" in counts:
        said += _restored(counts["restored"])
    if "updates" in counts:
        said += taken_words(counts["updates"])
    said += [sentence(code, detail) for code, detail in counts.get("left", ())]
    _say(notice, said or [translate("SyncSaid", "It is taken in.")], counts)


def _restored(counts: Mapping[str, Any]) -> list[str]:
    if not counts["new"]:
        return [sentence("restoration_taken_before")]
    return [sentence("restoration_taken", counts), *(
        sentence("restoration_aside", {"count": count, "reason": sentence(code)})
        for code, count in counts["reasons"].items())]


def _say(notice: Notice, said: list[str], counts: Mapping[str, Any]) -> None:
    """What somebody has to act on comes first, and in the colour of a warning."""
    grave = [sentence(code, {"count": counts[name]}) for name, code in (
        ("withdrawn", "desk_has_been_withdrawn"), ("forked", "epoch_began_forked"), ("lacking", "library_knows_more"))
        if counts.get(name)]
    if grave:
        notice.warn(" ".join(grave))
    elif counts.get("left"):
        notice.warn(" ".join(said))
    else:
        notice.good(" ".join(said))


def _receipt(counts: Mapping[str, Any]) -> str:
    number = QLocale().toString
    waiting = int(counts["parked"]) + int(counts["held"]) + int(counts["rejected"])
    return QCoreApplication.translate(
        "SyncSaid", "The receipt is taken in: {n} records accepted, {waiting} wait or need you.").format(
            n=number(int(counts["accepted"]) + int(counts["duplicate"])), waiting=number(waiting))


def _stayed(withheld: int) -> str:
    if not withheld:
        return ""
    return QCoreApplication.translate("SyncSaid", " {n} stay here for want of consent.").format(
        n=QLocale().toString(withheld))
