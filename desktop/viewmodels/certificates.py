"""State of the Certificates page: one batch, who can have a certificate, which are issued, and the one looked at."""

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import Signal

from appraisal.domain.batch import BatchState
from appraisal.domain.errors import EnvironmentFault, RuleViolation
from appraisal.domain.events import Id
from appraisal.domain.scheme import NumberSource, Scheme
from appraisal.usecases.ports import Step
from appraisal.usecases.reads import BatchRow, CertificateRow, ToIssue
from desktop.tasks import Latest, Tasks
from desktop.viewmodels.certificates_files import Signer, Wanted, file_name, write_pdfs
from desktop.viewmodels.working import Working

CERTIFYING = (BatchState.CERTIFYING, BatchState.ARCHIVED)


class SignedBy(Enum):
    NOBODY = "nobody"
    CENTRE = "centre"
    FILE = "file"


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
class CertificatesCommands:
    issue: Callable[[Id, tuple[Id, ...], Step], Issued]
    """Of a batch, these enrolments."""
    render: Callable[[tuple[Id, ...]], bytes]
    """One PDF, a page for each certificate, in that order."""
    sign_by_centre: Callable[[], Signer]
    sign_by_file: Callable[[Path, str], Signer]
    """A PKCS#12 file and its passphrase."""
    write_badges: Callable[[Sequence[str], Path, str], Sequence[Path]]
    """Numbers of certificates, a folder, and where the association's status lists for readers of badges are."""


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
    signer_changed = Signal(str)
    """Name of whoever signs the PDFs that are saved from now on; empty for nobody."""
    _signer_found = Signal(object)

    def __init__(self, reads: CertificateReads, tasks: Tasks, schemes: Mapping[str, Scheme],
                 commands: CertificatesCommands) -> None:
        super().__init__()
        self._reads, self._tasks, self.schemes = reads, tasks, schemes
        self._commands, self._render = commands, commands.render
        self.signed_by = SignedBy.NOBODY
        self.signer: Signer | None = None
        self._signer_found.connect(self._on_signer)
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
                lambda progress: self._commands.issue(batch.id, chosen, progress.step), self.ended(self.issued),
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

    def sign_by_centre(self) -> None:
        self._sign_by(SignedBy.CENTRE, self._commands.sign_by_centre)

    def sign_by_file(self, file: Path, passphrase: str) -> None:
        self._sign_by(SignedBy.FILE, lambda: self._commands.sign_by_file(file, passphrase))

    def sign_by_nobody(self) -> None:
        self._on_signer((SignedBy.NOBODY, None))

    def save_together(self, certificates: Sequence[Id], file: Path) -> None:
        chosen = tuple(certificates)
        if chosen:
            self._save(((file, chosen),))

    def save_each(self, certificates: Sequence[Id], folder: Path) -> None:
        """A file for each, named by its number."""
        wanted = tuple((folder / f"{file_name(number)}.pdf", (one,)) for one, number in self._numbered(certificates))
        if wanted:
            self._save(wanted)

    def save_badges(self, certificates: Sequence[Id], folder: Path, lists: str) -> None:
        """`lists`: where the association's status lists for readers of badges are; may be empty."""
        numbers = [number for _, number in self._numbered(certificates)]
        if numbers and self.begin():
            self._tasks.read(lambda: self._commands.write_badges(numbers, folder, lists), self.ended(self.saved))

    def _numbered(self, certificates: Sequence[Id]) -> Sequence[tuple[Id, str]]:
        numbers = {one.id: one.number for one in self.content.issued} if self.content is not None else {}
        return [(one, numbers[one]) for one in certificates]

    def _save(self, wanted: Wanted) -> None:
        signer = self.signer
        if self.begin():
            self.follow(self._tasks.read_long(
                lambda progress: write_pdfs(wanted, self._render, signer, progress), self.ended(self.saved),
                self.stepped.emit))

    def _sign_by(self, by: SignedBy, find: Callable[[], Signer]) -> None:
        if self.begin():
            self._tasks.read(lambda: (by, find()), self.ended(self._signer_found))

    # off the GUI thread

    def _read(self, chosen: Id | None) -> tuple[tuple[BatchRow, ...], BatchContent | None]:
        batches = sorted(self._reads.batches(), key=lambda one: one.state not in CERTIFYING)
        first = batches[0] if batches and batches[0].state in CERTIFYING else None
        batch = next((one for one in batches if one.id == chosen), first)
        if batch is None:
            return tuple(batches), None
        return tuple(batches), BatchContent(
            batch, tuple(self._reads.to_issue(batch.id)), tuple(self._reads.certificate_rows(batch.id)))

    # back on it

    def _on_read(self, done: "Future[tuple[tuple[BatchRow, ...], BatchContent | None]]") -> None:
        batches, content = done.result()
        self.batches, self.content = batches, content
        self.batch = content.batch if content is not None else None
        self.batches_changed.emit(batches)
        self.content_changed.emit(content)

    def _on_signer(self, found: tuple[SignedBy, Signer | None]) -> None:
        self.signed_by, signer = found
        self.signer = signer
        self.signer_changed.emit(signer.name if signer is not None else "")

    def _on_preview(self, done: "Future[bytes]") -> None:
        try:
            self.preview_changed.emit(done.result())
        except (RuleViolation, EnvironmentFault) as problem:
            self.preview_changed.emit(b"")
            self.tell(problem)
