"""State of the Verify page: what was read, one verdict for each certificate, and whose it is."""

import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from threading import Lock
from typing import Protocol

from PySide6.QtCore import QObject, Signal

from appraisal.credential.idtag import identity_matches
from appraisal.credential.reading import read_payloads
from appraisal.credential.status import StatusList
from appraisal.credential.trust import TrustList
from appraisal.credential.verdict import UNSIGNED, Verdict, verify
from appraisal.domain.errors import EnvironmentFault, RuleViolation
from appraisal.domain.scheme import Scheme
from desktop.tasks import Latest, Tasks

MOST_BYTES = 200 << 20
"""Of one file. A thousand certificates as one PDF have 120 MB."""


@dataclass(frozen=True, slots=True)
class Checked:
    """One certificate with its verdict, or one file in which none could be read."""

    source: str
    """The file's name; empty for what was scanned, typed or pasted."""
    verdict: Verdict | None
    refusal: RuleViolation | EnvironmentFault | None = None


class PersonCheck(StrEnum):
    UNASKED = "unasked"
    ASKING = "asking"
    MATCHES = "matches"
    DIFFERS = "differs"
    NO_TAG = "no_tag"
    """The certificate says nothing about its holder's document."""


class Lists(Protocol):
    """The part of Reads that verification asks."""

    def trust(self) -> TrustList | None: ...
    def statuses(self) -> Mapping[int, StatusList]: ...


def seconds_now() -> int:
    return int(time.time())


@dataclass(frozen=True, slots=True)
class Verifier:
    """Verdicts by the lists that the desk has now. `now`: seconds since 1970.

    pdfium is not for two threads at once: whoever else uses it shares `pdfium`.
    """

    lists: Lists
    now: Callable[[], int] = seconds_now
    pdfium: Lock = field(default_factory=Lock)

    def of_bytes(self, data: bytes) -> Sequence[Verdict]:
        """One for each certificate of an image or PDF. Raises what read_payloads raises."""
        with self.pdfium:
            payloads = read_payloads(data)
        trust, statuses = self.lists.trust(), self.lists.statuses()
        return [verify(text, trust, statuses, self.now()) for text in payloads]

    def of_text(self, text: str) -> Verdict:
        return verify(text, self.lists.trust(), self.lists.statuses(), self.now())


def person_matches(verdict: Verdict, document_number: str) -> bool | None:
    """None: the certificate carries no tag. Takes a third of a second on purpose."""
    if verdict.claims is None or verdict.kid is None:
        return None
    return identity_matches(document_number, verdict.kid, verdict.claims.number, verdict.claims.id_tag)


class VerifyViewModel(QObject):
    results_changed = Signal(object)
    """tuple[Checked, ...]; empty: the page waits for the next certificate."""
    chosen_changed = Signal(object)
    """The Checked that is shown in full, or None."""
    person_changed = Signal(object)
    """PersonCheck."""
    busy_changed = Signal(bool)

    def __init__(self, tasks: Tasks, verify_bytes: Callable[[bytes], Sequence[Verdict]],
                 verify_text: Callable[[str], Verdict], schemes: Mapping[str, Scheme],
                 matches: Callable[[Verdict, str], bool | None] = person_matches) -> None:
        """`verify_bytes` raises RuleViolation for what is no picture and no PDF; `schemes` name the qualities."""
        super().__init__()
        self._tasks, self._verify_bytes, self._verify_text = tasks, verify_bytes, verify_text
        self._schemes, self._matches = schemes, matches
        self._asked, self._asked_person = Latest(), Latest()
        self.results: tuple[Checked, ...] = ()
        self.chosen: Checked | None = None

    def check_text(self, text: str) -> None:
        """What a scanner typed or somebody pasted. Nothing happens for an empty line."""
        if text.strip():
            self._start(lambda: (Checked("", self._verify_text(text)),))

    def check_texts(self, texts: Sequence[str]) -> None:
        """What a camera saw at once."""
        self._start(lambda: tuple(Checked("", self._verify_text(one)) for one in texts))

    def check_picture(self, data: bytes) -> None:
        """An image from the clipboard."""
        self._start(lambda: tuple(self._in_bytes("", data)))

    def check_files(self, paths: Sequence[Path]) -> None:
        self._start(lambda: tuple(one for path in paths for one in self._in_file(path)))

    def choose(self, number: int) -> None:
        """Show the result of this place."""
        if 0 <= number < len(self.results) and self.results[number] is not self.chosen:
            self._choose(self.results[number])

    def clear(self) -> None:
        """Ready for the next one; an answer still under way is dropped."""
        self._asked.take()
        self.busy_changed.emit(False)
        self._show(())

    def can_check_person(self) -> bool:
        verdict = self.chosen.verdict if self.chosen else None
        return verdict is not None and verdict.claims is not None and verdict.code not in UNSIGNED

    def check_person(self, document_number: str) -> None:
        verdict = self.chosen.verdict if self.chosen else None
        if verdict is None or not document_number.strip() or not self.can_check_person():
            return
        self.person_changed.emit(PersonCheck.ASKING)
        self._tasks.read(lambda: self._matches(verdict, document_number), self._on_person, self._asked_person)

    def forget_person(self) -> None:
        """The number is being changed: what was said of the one before no longer stands."""
        self._asked_person.take()
        self.person_changed.emit(PersonCheck.UNASKED)

    def qualities(self, verdict: Verdict, language: str) -> tuple[tuple[str, Decimal | None], ...]:
        """Name and mark of each quality; () for a certificate without."""
        if verdict.claims is None or not verdict.claims.marks:
            return ()
        scheme = self._schemes.get(verdict.claims.scheme)
        subjects = scheme.levels[0].subjects if scheme is not None and scheme.qualities else ()
        names = [one.zh if language == "zh_CN" else one.en for one in subjects]
        marks = verdict.claims.marks
        if len(names) != len(marks):
            names = [str(place) for place in range(1, len(marks) + 1)]
        return tuple(zip(names, marks, strict=True))

    def _in_file(self, path: Path) -> Sequence[Checked]:
        try:
            size = path.stat().st_size
            if size > MOST_BYTES:
                too_large = RuleViolation("verify_file_too_large", "file", file=path.name, most=MOST_BYTES >> 20)
                return [Checked(path.name, None, too_large)]
            data = path.read_bytes()
        except OSError as fault:
            unread = EnvironmentFault("verify_file_not_read", file=path.name, reason=fault.strerror or str(fault))
            return [Checked(path.name, None, unread)]
        return self._in_bytes(path.name, data)

    def _in_bytes(self, source: str, data: bytes) -> Sequence[Checked]:
        try:
            verdicts = self._verify_bytes(data)
        except RuleViolation as refusal:
            return [Checked(source, None, refusal)]
        if not verdicts:
            return [Checked(source, None, RuleViolation("verify_nothing_found", "file"))]
        return [Checked(source, verdict) for verdict in verdicts]

    def _start(self, work: Callable[[], tuple[Checked, ...]]) -> None:
        self.busy_changed.emit(True)
        self._tasks.read(work, self._on_results, self._asked)

    def _on_results(self, done: "Future[tuple[Checked, ...]]") -> None:
        self.busy_changed.emit(False)
        self._show(done.result())

    def _show(self, results: tuple[Checked, ...]) -> None:
        self.results = results
        self.results_changed.emit(results)
        self._choose(results[0] if results else None)

    def _choose(self, one: Checked | None) -> None:
        self.chosen = one
        self.chosen_changed.emit(one)
        self.forget_person()

    def _on_person(self, done: "Future[bool | None]") -> None:
        found = done.result()
        self.person_changed.emit(
            PersonCheck.NO_TAG if found is None else PersonCheck.MATCHES if found else PersonCheck.DIFFERS)
