"""An officer sends by stick what the library has not confirmed, as far as consent goes."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

from appraisal.credential.cose import Signer
from appraisal.domain.errors import RuleViolation
from appraisal.domain.events import Id
from appraisal.domain.exchange import BundleExported, Span
from appraisal.domain.operator import Role
from appraisal.exchange.manifest import ChainRange, Manifest, digest, make_manifest, part_name
from appraisal.exchange.packing import Sent, record_parts
from appraisal.exchange.parts import Part, PartKind, Range, pack, seal
from appraisal.exchange.ports import BundleFiles, BundleTarget, Outbox, Recognised, Row
from appraisal.exchange.records import attachment, frame
from appraisal.exchange.rotation import KeyOf
from appraisal.usecases.ports import Desk, Step, Work, no_step

SENDERS = (Role.CERTIFICATE_OFFICER, Role.SUPERVISOR)
MOST_RUNS = 8000
ROOM = 1 << 20
"""Free bytes asked for beyond the records themselves."""


class NewSigner(Signer, Protocol):
    @property
    def public(self) -> bytes: ...


class Exchange(Protocol):
    """A desk that sends and receives."""

    @property
    def signer(self) -> Signer:
        """The desk's transport key."""
    @property
    def public(self) -> bytes:
        """The signer's public key, 32 bytes."""
    @property
    def certificate_key(self) -> bytes:
        """Public key of the centre's certificate signer, 32 bytes."""
    @property
    def recipient(self) -> str | None:
        """age recipient for what the library gives back; None for a desk that has none."""
    def outbox(self, work: Work) -> Outbox: ...
    def renew(self, work: Work, what: KeyOf) -> NewSigner:
        """A new key, kept with the work. Raises RuleViolation rotation_pending."""
    def sign_with(self, signer: NewSigner) -> None:
        """The transport key from now on."""


@dataclass(frozen=True, slots=True)
class ExportBundle:
    out: Path
    """The folder, a stick's as a rule, that gets the bundle."""
    operator: Id
    library: Id | None = None
    """None: the one recognised last."""


@dataclass(frozen=True, slots=True)
class Exported:
    bundle: Path
    first: int
    last: int
    """Entries of the newest chain sent, both included."""
    records: int
    attachments: int
    withheld: int
    bytes: int


def export_bundle(command: ExportBundle, desk: Desk, exchange: Exchange, files: BundleFiles,
                  step: Step = no_step) -> Exported:
    """Raises RuleViolation no_library_recognised, nothing_to_send; EnvironmentFault where the stick refuses: nothing
    is left on it then, and nothing recorded. The transfer record is written when the bundle is whole."""
    with files.target(command.out) as target, desk.work_late(command.operator) as work:
        work.operator.require(*SENDERS)
        outbox = exchange.outbox(work)
        library = _library(outbox, command.library)
        chains = outbox.chains()
        if not chains:
            raise RuleViolation("nothing_to_send")
        when = datetime.fromtimestamp(work.now / 1000, UTC)
        target.begin(f"{when:%Y%m%dT%H%M%S}{work.now % 1000:03d}-{outbox.desk[:8]}.skb",
                     sum(map(outbox.bytes_of, chains)) + ROOM)
        writing = _Writing(target, library.recipients)
        sent = [_write_chain(writing, outbox, number, chain, step) for number, chain in enumerate(chains)]
        attachments = _write_attachments(writing, outbox, sent)
        bundle = work.new_id()
        records, withheld = sum(s.records for s in sent), sum(s.withheld for s in sent)
        manifest = make_manifest(Manifest(
            library.library, outbox.desk, bundle, work.now, tuple(chains), tuple(writing.parts), library.recipients,
            outbox.last_receipt(library.library), work.trust.version if work.trust else 0, records, attachments,
            withheld, rotations=tuple(outbox.rotations())), exchange.signer)
        path = target.finish(
            {part_name(number): part.digest for number, part in enumerate(writing.parts, 1)}, manifest)
        work.record(BundleExported(
            bundle, library.library, _spans(chains, sent), records, attachments, withheld, _categories(sent),
            digest(manifest).hex()))
    return Exported(path, chains[-1].first, chains[-1].last, records, attachments, withheld,
                    sum(part.length for part in writing.parts) + len(manifest))


class _Writing:
    """The parts written so far."""

    def __init__(self, target: BundleTarget, recipients: tuple[str, ...]) -> None:
        self._target, self._recipients = target, recipients
        self.parts: list[Part] = []

    def add(self, plain: bytes, kind: PartKind, range_: Range | None = None) -> None:
        part, data = seal(plain, kind, self._recipients, range_)
        self.parts.append(part)
        self._target.write(part_name(len(self.parts)), data)


def _library(outbox: Outbox, wanted: Id | None) -> Recognised:
    for one in outbox.libraries():
        if wanted in (None, one.library):
            return one
    raise RuleViolation("no_library_recognised")


def _write_chain(writing: _Writing, outbox: Outbox, number: int, chain: ChainRange, step: Step) -> Sent:
    sent = Sent()
    total = chain.last - chain.first + 1
    for plain, first, last in record_parts(_stepped(outbox, chain, step), outbox.keys, sent):
        writing.add(plain, PartKind.RECORDS, Range(number, first, last))
    step(total, total)
    return sent


def _stepped(outbox: Outbox, chain: ChainRange, step: Step) -> Iterator[Row]:
    total = chain.last - chain.first + 1
    for done, row in enumerate(outbox.rows(chain)):
        if done % 500 == 0:
            step(done, total)
        yield row


def _write_attachments(writing: _Writing, outbox: Outbox, sent: list[Sent]) -> int:
    names = dict.fromkeys(name for one in sent for name in one.attachments)
    found = (outbox.attachment(name) for name in names)
    count = 0
    for group in pack(frame(attachment(*one)) for one in found if one):
        writing.add(b"".join(group), PartKind.ATTACHMENTS)
        count += len(group)
    return count


def _spans(chains: Sequence[ChainRange], sent: list[Sent]) -> tuple[Span, ...]:
    """Only what has left: an entry that stayed is not on the stick. The transfer record is one entry of the journal, so
    past `MOST_RUNS` it names whole ranges."""
    if sum(len(one.runs) for one in sent) > MOST_RUNS:
        return tuple(Span(chain.epoch, chain.first, chain.last) for chain in chains)
    return tuple(Span(chain.epoch, run.first, run.last)
                 for chain, one in zip(chains, sent, strict=True) for run in one.runs)


def _categories(sent: list[Sent]) -> tuple[str, ...]:
    """The first word of each kind that left: candidate, consent, enrolment, mark, photo, certificate …"""
    return tuple(sorted({kind.partition(".")[0] for one in sent for kind in one.kinds}))
