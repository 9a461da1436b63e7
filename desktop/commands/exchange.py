"""`bundle request|export|import|inspect`: what travels between the desk and the association's library."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

from appraisal.canonical import Malformed
from appraisal.domain.errors import EnvironmentFault, RuleViolation
from appraisal.exchange.enrolment import fingerprint
from appraisal.exchange.letters import kind_of
from appraisal.exchange.receipt import desk_of as receipt_desk
from appraisal.exchange.summary import Summary, inspect
from appraisal.exchange.words import spoken
from appraisal.usecases.adopt_grant import (
    ADOPTERS,
    Adopted,
    AdoptGrant,
    AdoptLists,
    AskToJoin,
    adopt_grant,
    adopt_lists,
    ask_to_join,
)
from appraisal.usecases.export_bundle import SENDERS, ExportBundle, Exported, export_bundle
from appraisal.usecases.import_receipt import ImportReceipt, import_receipt
from appraisal.usecases.ports import Step, no_step
from db.bundle_files import SUFFIX, BundleFolders, open_bundle
from db.centre import Centre
from db.desk import CHINA
from db.files import PICTURES, read_file, write_durably, writing
from desktop.commands.answer import Answer
from desktop.errors import sentence
from desktop.i18n import current_language
from desktop.session import Session

COUNTED = ("accepted", "duplicate", "parked", "held", "rejected")


def request(session: Session, out: Path, picture: Path | None = None) -> Answer:
    file = out / "request.cose" if out.is_dir() else out
    data = ask_to_join(AskToJoin(session.operator(*ADOPTERS)), session.centre.desk, session.centre.exchange)
    write_durably(file, data)
    if picture is not None:
        from appraisal.exchange.pictures import REQUEST, to_png  # noqa: PLC0415 - what draws loads slowly

        write_durably(picture, to_png(REQUEST, data))
    digest = fingerprint(data)
    words = {"words_zh": spoken(digest, "zh_CN"), "words_en": spoken(digest, "en")}
    return Answer({"request": str(file), "qr": str(picture) if picture else None, **words},
                  [sentence("request_written", {"file": str(file)}), sentence("request_words", words)])


def export(centre: Centre, operator: str, out: Path, step: Step = no_step) -> Exported:
    with writing(out):
        out.mkdir(parents=True, exist_ok=True)
    return export_bundle(ExportBundle(out, operator), centre.desk, centre.exchange, BundleFolders(), step)


def export_command(session: Session, out: Path) -> Answer:
    done = export(session.centre, session.operator(*SENDERS), out)
    return Answer({"bundle": str(done.bundle), "from": done.first, "to": done.last, "records": done.records,
                   "attachments": done.attachments, "withheld": done.withheld, "bytes": done.bytes},
                  [sentence("bundle_written", {"bundle": str(done.bundle), "records": done.records,
                                               "withheld": done.withheld})])


def take_in(centre: Centre, sender: str, adopter: str, path: Path, *, replace: bool = False) -> dict[str, Any]:
    """A receipt, a grant, a list, or a folder of such files, grants first, then lists, then receipts, those in its
    bundles too; or a picture of a short receipt or of a status delta."""
    found: dict[str, list[bytes]] = {"grant": [], "trust": [], "status": [], "receipt": []}
    for data in map(read_file, _files(path)):
        found.get(kind_of(data) or "", []).append(data)
    if not any(found.values()) and path.suffix.lower() in PICTURES:
        delta = _delta_in(path)
        if delta is None:
            return take_in_short(centre, sender, str(path))
        found["status"].append(delta)
    if not any(found.values()):
        raise RuleViolation("nothing_to_take_in", "path", path=str(path))
    adopted: dict[str, Any] = {}
    for data in found["grant"]:
        adopted["grant"] = _fields(adopt_grant(AdoptGrant(data, adopter, replace), centre.desk, centre.exchange))
    if found["trust"] or found["status"]:
        adopted["lists"] = _fields(adopt_lists(
            AdoptLists(found["trust"][-1] if found["trust"] else None, tuple(found["status"]), adopter),
            centre.desk, centre.exchange))
    counted: dict[str, Any] = dict.fromkeys(COUNTED, 0) | {"head": ""}
    for data in _own(found["receipt"], centre) if path.is_dir() else found["receipt"]:
        counts = import_receipt(ImportReceipt(data, sender), centre.desk, centre.exchange)
        counted = {name: getattr(counts, name) for name in (*COUNTED, "head", "withdrawn", "lacking", "forked")}
    return counted | {"files": {name: len(ones) for name, ones in found.items()}, "adopted": adopted}


def _delta_in(picture: Path) -> bytes | None:
    """Raises RuleViolation status_list_malformed."""
    from appraisal.exchange.pictures import STATUS_DELTA, in_picture  # noqa: PLC0415 - what reads pictures loads slowly

    try:
        return in_picture(STATUS_DELTA, read_file(picture))
    except Malformed as fault:
        raise RuleViolation("status_list_malformed", reason=fault.reason) from fault


def _fields(done: Adopted) -> dict[str, Any]:
    return {"trust_version": done.trust_version, "status_lists": done.status_lists, "leases": done.leases}


def take_in_short(centre: Centre, sender: str, said: str) -> dict[str, Any]:
    """`said`: what was typed, or the name of a picture."""
    from appraisal.usecases import import_short_receipt as short  # noqa: PLC0415 - what reads pictures loads slowly

    path = Path(said) if Path(said).suffix.lower() in PICTURES else None
    data = short.short_receipt_pictured(read_file(path)) if path else short.short_receipt_typed(said)
    if data is None:
        raise RuleViolation("nothing_to_take_in", "path", path=said)
    done = short.import_short_receipt(short.ImportShortReceipt(data, sender), centre.desk, centre.exchange)
    return dict.fromkeys(COUNTED, 0) | {"head": "", "accepted": done.accepted, "received": done.received,
                                        "number": done.number, "new": done.new, "files": {"short": 1}}


def import_command(session: Session, path: Path, *, replace: bool = False) -> Answer:
    counted = take_in(session.centre, session.operator(*SENDERS), session.operator(*ADOPTERS), path, replace=replace)
    said = [sentence(f"{what}_adopted", adopted) for what, adopted in counted["adopted"].items()] \
        if "adopted" in counted else []
    if not said or counted["files"].get("receipt"):
        said.append(_taken_in(counted))
    if counted.get("withdrawn"):
        said.append(sentence("desk_has_been_withdrawn"))
    if counted.get("lacking"):
        said.append(sentence("library_knows_more", {"count": counted["lacking"]}))
    if counted.get("forked"):
        said.append(sentence("epoch_began_forked"))
    return Answer(counted, said)


def import_short_command(session: Session, said: str) -> Answer:
    counted = take_in_short(session.centre, session.operator(*SENDERS), said)
    return Answer(counted, [_taken_in(counted)])


def _taken_in(counted: Mapping[str, Any]) -> str:
    if "received" in counted:
        return sentence("short_receipt_taken", counted)
    return sentence("taken_in", {"counts": counts_in_words(counted)})


def counts_in_words(counted: Mapping[str, Any]) -> str:
    """What a receipt says of entries, without what it says nothing of."""
    said = [sentence(f"count.{name}", {"count": counted[name]}) for name in COUNTED if counted[name]]
    return ("，" if current_language() == "zh_CN" else ", ").join(said) or sentence("count.nothing")


def inspect_command(path: Path) -> Answer:
    source = open_bundle(path)
    found = inspect(source.manifest(), source.lengths())
    return Answer(asdict(found), _inspected(found))


def _inspected(found: Summary) -> list[str]:
    """The same for people: what it holds, then for whom it is and from whom it says that it comes."""
    made = datetime.fromtimestamp(found.made_at / 1000, CHINA).strftime("%Y-%m-%d %H:%M")
    receipt = "inspect.no_receipt" if found.last_receipt is None else "inspect.receipt"
    return [
        sentence("inspect.bundle", {"bundle": found.bundle, "made": made}),
        *(sentence("inspect.span", {"epoch": epoch, "first": first, "last": last})
          for epoch, first, last in found.spans),
        sentence("inspect.holds", {"records": found.records, "attachments": found.attachments,
                                   "withheld": found.withheld, "bytes": found.bytes}),
        *(sentence(f"inspect.part_{one.state}",
                   {"name": one.name, "what": sentence(f"inspect.{one.kind}"), "bytes": one.bytes})
          for one in found.parts),
        sentence(receipt, {"number": found.last_receipt}),
        sentence("inspect.sealed", {"library": found.library, "recipients": " ".join(found.recipients)}),
        sentence("inspect.signed", {"desk": found.desk, "key": found.signed_by})]


def _files(path: Path) -> Sequence[Path]:
    if not path.exists():
        raise EnvironmentFault("file_unreadable", file=str(path), reason="-")
    if not path.is_dir():
        return [path]
    inside = path.glob(f"*{SUFFIX}/receipt-*.cose")  # where the library leaves them on the stick
    return sorted([*path.glob("*.cose"), *inside], key=lambda file: file.name)


def _own(receipts: Sequence[bytes], centre: Centre) -> Sequence[bytes]:
    """A folder of the library's may have those of other desks beside."""
    own = [one for one in receipts if receipt_desk(one) == centre.desk.origin.desk]
    return own or receipts
