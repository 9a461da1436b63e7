"""State of the Certificates page: one batch, who can have a certificate, which are issued, and the one looked at."""

import contextlib
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import Signal

from appraisal.domain.batch import BatchState
from appraisal.domain.errors import EnvironmentFault, RuleViolation
from appraisal.domain.events import Id
from appraisal.domain.scheme import NumberSource, Scheme
from appraisal.usecases.ports import Step
from appraisal.usecases.reads import BatchRow, CertificateRow, ToIssue
from desktop.tasks import Latest, Progress, Tasks
from desktop.viewmodels.working import Working

CERTIFYING = (BatchState.CERTIFYING, BatchState.ARCHIVED)


class CertificateReads(Protocol):
    """The part of Reads that this page asks."""

    def batches(self) -> Sequence[BatchRow]: ...
    def to_issue(self, batch: Id) -> Sequence[ToIssue]: ...
    def certificate_rows(self, batch: Id) -> Sequence[CertificateRow]: ...


class Issued(Protocol):
    """What issuing tells; appraisal.usecases.issue_certificates.Issuing is one."""

    @property
    def issued(self) -> Sequence[Id]: ...
    @property
    def blocked(self) -> Sequence[tuple[Id, str]]: ...


@dataclass(frozen=True, slots=True)
class BatchContent:
    batch: BatchRow
    waiting: tuple[ToIssue, ...]
    issued: tuple[CertificateRow, ...]


class CertificatesViewModel(Working):
    batches_changed = Signal(object)
    """tuple[BatchRow, ...]; those that certificates are issued for come first."""
    content_changed = Signal(object)
    """BatchContent, or None while no batch is chosen."""
    preview_changed = Signal(object)
    """PDF of the certificate looked at, as bytes; empty for none."""
    printable = Signal(object)
    """PDF of the selection, as bytes, for the printer."""
    printed = Signal(int)
    """Pages given to the printer."""
    print_stopped = Signal()
    """Printing was cancelled; some pages may lie in the printer."""
    saved = Signal(object)
    """Paths of the files written."""
    issued = Signal(object)
    """Issued."""

    def __init__(self, reads: CertificateReads, tasks: Tasks, schemes: Mapping[str, Scheme],
                 issue: Callable[[Id, tuple[Id, ...], Step], Issued],
                 render: Callable[[tuple[Id, ...]], bytes]) -> None:
        """`issue(batch, enrolments, step)`; `render(certificates)` gives one PDF, a page each, in that order."""
        super().__init__()
        self._reads, self._tasks, self.schemes = reads, tasks, schemes
        self._issue, self._render = issue, render
        self._asked, self._looked = Latest(), Latest()
        self._looked_at = ""
        self.batches: tuple[BatchRow, ...] = ()
        self.batch: BatchRow | None = None
        self.content: BatchContent | None = None

    # the batch

    def refresh(self) -> None:
        """Read the batches, and the content of the chosen one; at first the one that is certifying."""
        chosen = self.batch.id if self.batch is not None else None
        self._tasks.read(lambda: self._read(chosen), self._on_read, self._asked)

    def choose_batch(self, batch: Id) -> None:
        if self.batch is None or self.batch.id != batch:
            self.open_batch(batch)
            self.look_at("")

    def open_batch(self, batch: Id) -> None:
        """As `choose_batch`, and read anew where it is the one shown."""
        self._tasks.read(lambda: self._read(batch), self._on_read, self._asked)

    def scheme(self) -> Scheme | None:
        return self.schemes.get(self.batch.scheme) if self.batch is not None else None

    def numbers_awaited(self) -> bool:
        """Whether the province gives this batch its numbers."""
        scheme = self.scheme()
        return scheme is not None and scheme.number_source is NumberSource.PROVINCE

    def may_issue(self) -> bool:
        return self.batch is not None and self.batch.state == BatchState.CERTIFYING

    # issuing

    def ready(self, enrolments: Sequence[Id] = ()) -> tuple[Id, ...]:
        """Those of `enrolments` that nothing is in the way of; of all, where none is named."""
        waiting = self.content.waiting if self.content is not None else ()
        return tuple(one.enrolment for one in waiting
                     if one.blocked is None and (not enrolments or one.enrolment in enrolments))

    def issue(self, enrolments: Sequence[Id] = ()) -> None:
        chosen, batch = self.ready(enrolments), self.batch
        if chosen and batch is not None and self.begin():
            self.follow(self._tasks.write_long(
                lambda progress: self._issue(batch.id, chosen, progress.step), self.ended(self.issued),
                self.stepped.emit))

    # looking, printing, saving

    def look_at(self, certificate: Id) -> None:
        """Show this one; nothing for an empty id."""
        if certificate == self._looked_at:
            return
        self._looked_at = certificate
        if not certificate:
            self._looked.take()
            self.preview_changed.emit(b"")
            return
        self._tasks.read(lambda: self._render((certificate,)), self._on_preview, self._looked)

    def prepare_print(self, certificates: Sequence[Id]) -> None:
        chosen = tuple(certificates)
        if chosen and self.begin():
            self._tasks.read(lambda: self._render(chosen), self.ended(self.printable))

    def print_out(self, work: Callable[[Step], int]) -> None:
        """`work` gives pages to a printer, off the GUI thread, and says how many."""
        if self.begin():
            self.follow(self._tasks.read_long(
                lambda progress: work(progress.step), self.ended(self.printed, self.print_stopped), self.stepped.emit))

    def save_together(self, certificates: Sequence[Id], file: Path) -> None:
        chosen = tuple(certificates)
        if chosen and self.begin():
            self.follow(self._tasks.read_long(
                lambda progress: self._write(((file, chosen),), progress), self.ended(self.saved), self.stepped.emit))

    def save_each(self, certificates: Sequence[Id], folder: Path) -> None:
        """A file for each, named by its number."""
        numbers = {one.id: one.number for one in self.content.issued} if self.content is not None else {}
        wanted = tuple((folder / f"{_file_name(numbers[one])}.pdf", (one,)) for one in certificates)
        if wanted and self.begin():
            self.follow(self._tasks.read_long(
                lambda progress: self._write(wanted, progress), self.ended(self.saved), self.stepped.emit))

    # off the GUI thread

    def _read(self, chosen: Id | None) -> tuple[tuple[BatchRow, ...], BatchContent | None]:
        batches = sorted(self._reads.batches(), key=lambda one: one.state not in CERTIFYING)
        first = batches[0] if batches and batches[0].state in CERTIFYING else None
        batch = next((one for one in batches if one.id == chosen), first)
        if batch is None:
            return tuple(batches), None
        return tuple(batches), BatchContent(
            batch, tuple(self._reads.to_issue(batch.id)), tuple(self._reads.certificate_rows(batch.id)))

    def _write(self, wanted: Sequence[tuple[Path, tuple[Id, ...]]], progress: Progress) -> tuple[Path, ...]:
        """All of them or none: what a cancel or a fault cuts short is taken away again."""
        written: list[Path] = []
        try:
            for done, (file, certificates) in enumerate(wanted, 1):
                data = self._render(certificates)
                part = file.with_name(file.name + ".part")
                written.append(part)
                part.write_bytes(data)
                progress.step(done, len(wanted))
            for part in written:
                part.replace(part.with_suffix(""))
        except OSError as fault:
            _take_away(written)
            raise EnvironmentFault(
                "file_not_written", file=str(wanted[0][0].parent), reason=fault.strerror or str(fault)) from fault
        except BaseException:
            _take_away(written)
            raise
        return tuple(file for file, _ in wanted)

    # back on it

    def _on_read(self, done: "Future[tuple[tuple[BatchRow, ...], BatchContent | None]]") -> None:
        batches, content = done.result()
        self.batches, self.content = batches, content
        self.batch = content.batch if content is not None else None
        self.batches_changed.emit(batches)
        self.content_changed.emit(content)

    def _on_preview(self, done: "Future[bytes]") -> None:
        try:
            self.preview_changed.emit(done.result())
        except (RuleViolation, EnvironmentFault) as problem:
            self.preview_changed.emit(b"")
            self.tell(problem)


def _file_name(number: str) -> str:
    """Certificate numbers are letters, digits and hyphens; anything else has no place in a file's name."""
    return "".join(one if one.isalnum() or one in "-_." else "_" for one in number)


def _take_away(files: Sequence[Path]) -> None:
    with contextlib.suppress(OSError):
        for file in files:
            file.unlink(missing_ok=True)
