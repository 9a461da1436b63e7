"""`bundle send`: to the library over HTTPS, and its receipt back."""

import random
import shutil
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from appraisal.domain.errors import RuleViolation
from appraisal.domain.events import Id
from appraisal.exchange.ports import BundleSource
from appraisal.exchange.post import NotNow, Post
from appraisal.usecases.export_bundle import SENDERS
from appraisal.usecases.import_receipt import ImportReceipt, ReceiptCounts, import_receipt
from appraisal.usecases.ports import Step, no_step
from appraisal.usecases.send_bundle import Lane, Patience, Sent, at_once, fetch_receipts, send_bundle
from db.bundle_files import find_bundles, open_bundle
from db.centre import Centre, system_clock
from db.files import read_file
from db.settings import LibraryAddress, keep_library_address, library_address
from desktop.commands.answer import Answer
from desktop.commands.exchange import COUNTED, counts_in_words, export
from desktop.errors import sentence, sentence_of
from desktop.i18n import current_language
from desktop.library_post import HttpPost, require_url
from desktop.session import Session
from desktop.tasks import Progress

T = TypeVar("T")
WINDOW_PATIENCE, GLANCE = 120.0, 0.1
"""Seconds: how long a window goes on without any progress, and how soon it hears a cancel."""
OUTGOING = "outgoing"
"""Folder in the desk's data: bundles that the library has not answered yet."""

GRAVE = ("withdrawn", "forked", "lacking")
NOT_TAKEN = frozenset({"library_refuses", "send_part_damaged", "not_a_bundle"})
"""Of a bundle that was begun earlier: the next one has all that it had."""


@dataclass(frozen=True, slots=True)
class Wanted:
    to: str | None
    """None: the address that served before."""
    authority: Path | None
    bundle: Path | None
    """None: what is unfinished, and all since the last receipt."""


def send_command(session: Session, wanted: Wanted, patience: Patience, clock: Callable[[], int],
                 say: Callable[[str], None]) -> Answer:
    """`clock`: milliseconds since 1970, UTC; the real one, also in a demonstration."""
    result = send(session.centre, session.operator(*SENDERS), wanted, patience, clock, say)
    if not result["bundles"]:
        return Answer(result, [sentence("receipts_fetched", {"count": len(result["receipts"])})])
    return Answer(result, [sentence("bundle_sent", result | {"counts": counts_in_words(result)})])


def send(centre: Centre, operator: Id, wanted: Wanted, patience: Patience, clock: Callable[[], int],
         say: Callable[[str], None], step: Step = no_step, lane: Lane = at_once) -> dict[str, Any]:
    """What `bundle send --json` says. The address that served is remembered. Whatever touches the desk is done in
    `lane`."""
    address = _address(centre, wanted)
    with closing(HttpPost(address, centre.exchange.signer, clock, current_language())) as post:
        sending = _Sending(centre, operator, post, patience, say, step, lane)
        sending.fetch()
        if wanted.bundle is not None:
            sending.send(open_bundle(wanted.bundle))
        else:
            sending.send_all(centre.folder / OUTGOING)
    lane(partial(keep_library_address, centre.writer, address))
    return sending.result


def patience(seconds: float, say: Callable[[str], None]) -> Patience:
    """That of a command at a shell, which says why it waits."""
    return Patience(time.sleep, random.random, seconds,
                    lambda why, wait: say(sentence("send_waits", {"reason": why, "seconds": f"{wait:.0f}"})))


def send_in_window(centre: Centre, operator: Id, address: str, progress: Progress, waits: Callable[[str, float], None],
                   lane: Lane) -> dict[str, Any]:
    """As `send`; a cancel is heard within a moment, also while it waits. `address` empty: where bundles went before."""
    def pause(seconds: float) -> None:
        until = time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0:
            progress.check()
            time.sleep(min(left, GLANCE))

    def in_lane(work: Callable[[], T], /) -> T:
        progress.check()
        return lane(work)

    return send(centre, operator, Wanted(address or None, None, None),
                Patience(pause, random.random, WINDOW_PATIENCE, waits), system_clock, lambda _said: None, progress.step,
                in_lane)


def _address(centre: Centre, wanted: Wanted) -> LibraryAddress:
    kept = library_address(centre.reader)
    if wanted.to is None and kept is None:
        raise RuleViolation("library_url_missing", "to")
    url = require_url(wanted.to) if wanted.to is not None else kept.url if kept else ""
    if wanted.authority is not None:
        return LibraryAddress(url, read_file(wanted.authority).decode("ascii", "replace"))
    return LibraryAddress(url, kept.authority if kept and kept.url == url else "")


class _Sending:
    """One command's bundles, and what its receipts say together."""

    def __init__(self, centre: Centre, operator: Id, post: Post, patience: Patience, say: Callable[[str], None],
                 step: Step, lane: Lane) -> None:
        self._centre, self._operator, self._step, self._lane = centre, operator, step, lane
        self._post, self._patience, self._say = post, patience, say
        self.result: dict[str, Any] = {
            "bundles": [], "records": 0, "attachments": 0, "withheld": 0, "bytes": 0, "sent_bytes": 0, "receipts": [],
            **dict.fromkeys(COUNTED, 0), "head": ""}

    def fetch(self) -> None:
        """What the library has said since: then less has to be sent."""
        while True:
            try:
                found = fetch_receipts(self._operator, self._centre.desk, self._centre.exchange, self._post,
                                       self._lane)
            except NotNow as why:
                self._patience.wait(why, self._post.address)
            except RuleViolation as refusal:
                if refusal.detail.get("reason") != "ask_refused":
                    raise
                return  # this desk's key is new, and the next bundle tells the library of it
            else:
                self.result["receipts"] += [one.number for one in found]
                for one in found:
                    self._warn(one)
                return

    def send_all(self, outgoing: Path) -> None:
        """What an earlier command left, then a new bundle. Each is taken away when it has its receipt."""
        for folder in _left_in(outgoing):
            self._say(sentence("send_resumes", {"bundle": folder.name}))
            try:
                self.send(open_bundle(folder))
            except RuleViolation as refusal:
                if refusal.code not in NOT_TAKEN:
                    raise
                self._say(sentence("send_dropped", {"bundle": folder.name, "reason": sentence_of(refusal)}))
            shutil.rmtree(folder, ignore_errors=True)
        try:
            new = self._lane(partial(export, self._centre, self._operator, outgoing)).bundle
        except RuleViolation as refusal:
            if refusal.code == "nothing_to_send" and self.result["receipts"]:
                return
            raise
        try:
            self.send(open_bundle(new))
        except RuleViolation:
            shutil.rmtree(new, ignore_errors=True)
            raise
        shutil.rmtree(new, ignore_errors=True)

    def send(self, source: BundleSource) -> None:
        sent = send_bundle(source, self._post, self._patience, self._step)
        counts = self._lane(partial(
            import_receipt, ImportReceipt(sent.receipt, self._operator), self._centre.desk, self._centre.exchange))
        self._count(sent)
        self.result["receipts"].append(counts.number)
        for name in COUNTED:
            self.result[name] += getattr(counts, name)
        self.result["head"] = counts.head
        self._warn(counts)

    def _warn(self, counts: ReceiptCounts) -> None:
        """What somebody has to know, where it is so."""
        self.result |= {name: getattr(counts, name) for name in GRAVE if getattr(counts, name)}

    def _count(self, sent: Sent) -> None:
        manifest = sent.manifest
        self.result["bundles"].append(manifest.bundle)
        for name in ("records", "attachments", "withheld"):
            self.result[name] += getattr(manifest, name)
        self.result["bytes"] += sum(part.length for part in manifest.parts)
        self.result["sent_bytes"] += sent.bytes


def _left_in(outgoing: Path) -> Sequence[Path]:
    return find_bundles(outgoing) if outgoing.is_dir() else []
