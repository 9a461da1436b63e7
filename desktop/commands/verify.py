"""`verify PATH|TEXT...`: the verdict on every certificate in files, folders and texts."""

import csv
import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from appraisal.canonical import Malformed
from appraisal.credential.badge import badge_holds
from appraisal.credential.cose import VerifyingKey
from appraisal.credential.digits import has_payload
from appraisal.credential.idtag import identity_matches
from appraisal.credential.reading import read_payloads
from appraisal.credential.root import Anchor, read_root
from appraisal.credential.status import StatusList, newest, read_status_list, vouched_status_list
from appraisal.credential.trust import TrustList, list_keys_behind, read_trust_list, vouched_trust_list
from appraisal.credential.verdict import GOOD, Code, Verdict, verify
from appraisal.domain.errors import EnvironmentFault, RuleViolation
from db.desk import CHINA
from db.files import read_file, write_durably
from desktop.commands.answer import DONE, REFUSED, Answer
from desktop.errors import sentence, sentence_of
from desktop.i18n import current_language

FIELDS = ("input", "verdict", "number", "name", "latin_name", "scheme", "level", "issued", "expires", "centre",
          "centre_en", "status_age_days", "list_age_days", "identity_matches", "badge", "reason")
READABLE = frozenset({".pdf", ".png", ".jpg", ".jpeg", ".tif", ".tiff", ".bmp", ".gif", ".webp", ".txt"})


@dataclass(frozen=True, slots=True)
class Lists:
    """What verdicts rest on."""

    trust: TrustList | None
    statuses: Mapping[int, StatusList]
    list_keys: Sequence[VerifyingKey] = ()
    """Whose lists are believed; none where no library was recognised."""


@dataclass(frozen=True, slots=True)
class ListFiles:
    """What the command line names in place of the desk's lists."""

    trust: Path | None = None
    status: Path | None = None
    """A folder."""
    root: Path | None = None
    """A root document, got once from somebody trusted: it says whose lists are believed."""


def lists_from(given: ListFiles, known: Lists) -> Lists:
    """Where a root document is named, or the desk knows the list key, signatures are checked; where neither is so,
    whoever names the trust list vouches for it, and only the status lists that it names count."""
    trust, statuses, keys = known.trust, known.statuses, known.list_keys
    if given.root is not None and given.trust is None:
        raise RuleViolation("root_without_trust")
    if given.trust is not None:
        data = read_file(given.trust)
        if given.root is not None:
            keys, statuses = _keys_by(given.root, data), {}
        trust = read_trust_list(data, keys) if keys else vouched_trust_list(data)
    if given.status is not None:
        if trust is None:
            raise RuleViolation("status_without_trust")
        statuses = newest([_status(read_file(path), keys, trust) for path in sorted(given.status.glob("status*.cose"))])
    return Lists(trust, statuses, keys)


def _keys_by(root_file: Path, trust_list: bytes) -> Sequence[VerifyingKey]:
    try:
        root = read_root(read_file(root_file))
    except Malformed as fault:
        raise RuleViolation("root_malformed", "root", reason=fault.reason) from fault
    keys = list_keys_behind(trust_list, Anchor((), root.root_keys, root.threshold))
    if not keys:
        raise RuleViolation("root_not_ours")
    return keys


def _status(data: bytes, keys: Sequence[VerifyingKey], trust: TrustList) -> StatusList:
    return read_status_list(data, keys, trust) if keys else vouched_status_list(data, trust)


def verify_command(inputs: Sequence[str], lists: Lists, identity: str | None, clock: Callable[[], int],
                   report: Path | None = None) -> Answer:
    """`report`: a CSV of the same results, for spreadsheets."""
    results, said, good = [], [], True
    for name in inputs:
        now = clock() // 1000
        for shown, data, verdicts in _verdicts(name, lists, now):
            for verdict in verdicts:
                badge = badge_holds(data, verdict, lists.trust, now)
                results.append(_result(shown, verdict, identity) | {"badge": badge})
                said.append(_said(shown, verdict))
                if badge is not None:
                    said.append(f"{shown}: {sentence('badge_holds' if badge else 'badge_does_not_hold')}")
                good = good and verdict.code in GOOD and badge is not False
    if report is not None:
        write_durably(report, _csv(results))
    return Answer({"results": results}, said, DONE if good and results else REFUSED)


def _csv(results: Sequence[Mapping[str, Any]]) -> bytes:
    """UTF-8 with the mark that Excel wants; a cell that a spreadsheet would take for a formula begins with an
    apostrophe."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(FIELDS)
    writer.writerows([_cell(row[name]) for name in FIELDS] for row in results)
    return out.getvalue().encode("utf-8-sig")


def _cell(value: object) -> str:
    said = "" if value is None else str(value)
    return f"'{said}" if said[:1] in {"=", "+", "-", "@", "\t", "\r"} else said


def _verdicts(name: str, lists: Lists, now: int) -> Iterator[tuple[str, bytes, Sequence[Verdict]]]:
    """What it is called, the file's bytes (b"" for a text), and the verdict on each certificate in it."""
    path = Path(name)
    if has_payload(name) or not path.exists():  # a payload is longer than file systems let a name be
        if not has_payload(name) and path.suffix.lower() in READABLE:
            raise EnvironmentFault("file_unreadable", file=name, reason="-")
        yield name[:40], b"", [verify(name, lists.trust, lists.statuses, now)]
        return
    files = sorted(p for p in path.rglob("*") if p.suffix.lower() in READABLE) if path.is_dir() else [path]
    for file in files:
        data = read_file(file)
        yield str(file), data, _of_file(data, lists, now)


def _of_file(data: bytes, lists: Lists, now: int) -> Sequence[Verdict]:
    try:
        payloads = read_payloads(data)
    except RuleViolation as refusal:
        return [Verdict(Code.MALFORMED, reason=sentence_of(refusal))]
    return [verify(text, lists.trust, lists.statuses, now) for text in payloads] or [
        Verdict(Code.MALFORMED, reason="no_symbol")]


def _result(shown: str, verdict: Verdict, identity: str | None) -> dict[str, Any]:
    claims = verdict.claims
    matches = None
    if identity is not None and claims is not None and verdict.kid is not None:
        matches = identity_matches(identity, verdict.kid, claims.number, claims.id_tag)
    said: dict[str, Any] = dict.fromkeys(("number", "name", "latin_name", "scheme", "level", "issued", "expires"))
    if claims is not None:
        said = {name: getattr(claims, name) for name in said}
        said |= {"issued": _day(claims.issued), "expires": _day(claims.expires) if claims.expires else None}
    return {
        "input": shown, "verdict": verdict.code.value, **said,
        "centre": verdict.centre and verdict.centre.zh, "centre_en": verdict.centre and verdict.centre.en,
        "status_age_days": verdict.status_age_days, "list_age_days": verdict.list_age_days,
        "identity_matches": matches, "reason": verdict.reason}


def _day(seconds: int) -> str:
    return datetime.fromtimestamp(seconds, CHINA).date().isoformat()


def _said(shown: str, verdict: Verdict) -> str:
    what, do = verdict.words(current_language())
    claims = verdict.claims
    about = f"{claims.name} · {claims.number} · " if claims else ""
    return f"{shown}: {verdict.code.value} · {about}{what} {do}"
