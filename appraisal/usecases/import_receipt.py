"""An officer reads the library's receipt: only that moves a record past the stick."""

from collections import Counter
from dataclasses import dataclass
from hashlib import sha256
from typing import Protocol

from appraisal.canonical import Malformed
from appraisal.credential.cose import BadSignature
from appraisal.domain.epochs import Beginning
from appraisal.domain.errors import RuleViolation
from appraisal.domain.events import Id
from appraisal.domain.exchange import Fate, Place, ReceiptAccepted, Span
from appraisal.exchange.ports import Outbox
from appraisal.exchange.receipt import FORK, Receipt, digest_of, read_receipt
from appraisal.usecases.export_bundle import SENDERS, Exchange
from appraisal.usecases.ports import Desk


class Branching(Desk, Protocol):
    """A desk that can go on in a chain of its own."""

    def begin_epoch(self, reason: Beginning) -> None: ...


@dataclass(frozen=True, slots=True)
class ImportReceipt:
    data: bytes
    operator: Id


@dataclass(frozen=True, slots=True)
class ReceiptCounts:
    """Entries by fate, and what the library knows as the head of the newest chain it names."""

    accepted: int
    duplicate: int
    parked: int
    held: int
    rejected: int
    head: str
    """SHA-256 in hexadecimal; empty where the library has nothing yet."""
    number: int
    new: bool
    """False: this receipt was here already, and nothing has changed."""
    lacking: int = 0
    """Entries of this desk that the library knows and this copy does not have: a restoration brings them back."""
    withdrawn: bool = False
    """The association has withdrawn this desk."""
    forked: bool = False
    """The library has another entry in a place of the present epoch; a new one has begun."""


def import_receipt(command: ImportReceipt, desk: Branching, exchange: Exchange) -> ReceiptCounts:
    """Raises RuleViolation receipt_malformed, receipt_not_ours, receipt_of_other_desk, receipt_other_history,
    receipt_ahead_of_desk, chain_forked. A missing number is no harm: what a lost receipt said is said again by the
    next. A fork begins a new epoch, whether the receipt itself can be taken or not."""
    counts = _take(command, desk, exchange)
    if counts is None:  # the next entry here would stand in a place that the library knows already
        desk.begin_epoch(Beginning.RESTORED)
        counts = _take(command, desk, exchange)
        assert counts is not None
    return counts


def _take(command: ImportReceipt, desk: Branching, exchange: Exchange) -> ReceiptCounts | None:
    """None where the library knows more of the present epoch than this copy has: nothing is recorded then."""
    with desk.work(command.operator) as work:
        work.operator.require(*SENDERS)
        outbox = exchange.outbox(work)
        receipt = _read(command.data, outbox)
        if receipt.desk != outbox.desk:
            raise RuleViolation("receipt_of_other_desk", desk=receipt.desk[:8])
        digest = sha256(command.data).digest()
        known = outbox.receipt_digest(receipt.library, receipt.number)
        forked = {one.epoch for one in receipt.heads if outbox.hash_at(one.epoch, one.seq) not in (None, one.hash)}
        forked |= {one.span.epoch for one in receipt.fates if one.code == FORK}
        lacking = sum(max(0, one.seq - outbox.reach(one.epoch)) for one in receipt.heads)
        if known == digest:
            return _counts(receipt, lacking, forked=False, new=False)
        if any(one.epoch == outbox.epoch and one.seq > outbox.reach(one.epoch) for one in receipt.heads):
            return None
        _require_chained(receipt, known, outbox)
        same = _is_same_history(receipt, outbox)
        if not same and not forked:
            raise RuleViolation("receipt_other_history", number=receipt.number)
        if same:
            work.record(ReceiptAccepted(
                work.new_id(), receipt.library, receipt.number, digest.hex(), receipt.fates,
                tuple(Place(one.epoch, one.seq, one.hash) for one in receipt.heads), receipt.made_at))
        present = outbox.epoch
    if present in forked:
        desk.begin_epoch(Beginning.FORKED)
    if not same:
        raise RuleViolation("chain_forked", number=receipt.number)
    return _counts(receipt, lacking, forked=present in forked, new=True)


def _read(data: bytes, outbox: Outbox) -> Receipt:
    for known in outbox.libraries():
        try:
            receipt = read_receipt(data, known.receipt_key)
        except Malformed as fault:
            raise RuleViolation("receipt_malformed", reason=fault.reason) from fault
        except BadSignature:
            continue
        if receipt.library == known.library:
            return receipt
    raise RuleViolation("receipt_not_ours")


def _require_chained(receipt: Receipt, known: bytes | None, outbox: Outbox) -> None:
    before = outbox.receipt_digest(receipt.library, receipt.number - 1)
    if known is not None or before not in (None, receipt.previous):
        raise RuleViolation("receipt_other_history", number=receipt.number)


def _is_same_history(receipt: Receipt, outbox: Outbox) -> bool:
    """By the digest; a copy that lacks entries cannot compute it, and its heads have to do (docs/formats/bundle.md).
    Raises RuleViolation receipt_ahead_of_desk where the fates go beyond the receipt's own heads."""
    heads = {one.epoch: one for one in receipt.heads}
    hashes: list[bytes] = []
    for one in receipt.fates:
        found = list(outbox.hashes(one.span))
        if len(found) != _length(one.span):
            head = heads.get(one.span.epoch)
            if head is None or head.seq < one.span.last:
                raise RuleViolation("receipt_ahead_of_desk", last=one.span.last)
            return all(outbox.hash_at(head.epoch, head.seq) in (None, head.hash) for head in receipt.heads)
        hashes += found
    return digest_of(hashes) == receipt.digest


def _length(span: Span) -> int:
    return span.last - span.first + 1


def _counts(receipt: Receipt, lacking: int, *, forked: bool, new: bool) -> ReceiptCounts:
    counts: Counter[Fate] = Counter()
    for one in receipt.fates:
        counts[one.fate] += _length(one.span)
    head = receipt.heads[-1].hash.hex() if receipt.heads else ""
    return ReceiptCounts(
        counts[Fate.APPLIED], counts[Fate.DUPLICATE], counts[Fate.PARKED], counts[Fate.HELD], counts[Fate.REJECTED],
        head, receipt.number, new, lacking, receipt.withdrawn is not None, forked)
