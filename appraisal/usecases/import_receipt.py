"""An officer reads the library's receipt: only that moves a record past the stick."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256

from appraisal.canonical import Malformed
from appraisal.credential.cose import BadSignature
from appraisal.domain.errors import RuleViolation
from appraisal.domain.events import Id
from appraisal.domain.exchange import Fate, ReceiptAccepted, Span
from appraisal.exchange.ports import Outbox
from appraisal.exchange.receipt import Receipt, digest_of, read_receipt
from appraisal.usecases.export_bundle import SENDERS, Exchange
from appraisal.usecases.ports import Desk


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


def import_receipt(command: ImportReceipt, desk: Desk, exchange: Exchange) -> ReceiptCounts:
    """Raises RuleViolation receipt_malformed, receipt_not_ours, receipt_of_other_desk, receipt_other_history,
    receipt_ahead_of_desk. A missing number is no harm: what a lost receipt said is said again by the next."""
    with desk.work(command.operator) as work:
        work.operator.require(*SENDERS)
        outbox = exchange.outbox(work)
        receipt = _read(command.data, outbox)
        if receipt.desk != outbox.desk:
            raise RuleViolation("receipt_of_other_desk", desk=receipt.desk[:8])
        digest = sha256(command.data).digest()
        known = outbox.receipt_digest(receipt.library, receipt.number)
        if known == digest:
            return _counts(receipt, new=False)
        _require_same_history(receipt, known, outbox)
        work.record(ReceiptAccepted(work.new_id(), receipt.library, receipt.number, digest.hex(), receipt.fates))
    return _counts(receipt, new=True)


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


def _require_same_history(receipt: Receipt, known: bytes | None, outbox: Outbox) -> None:
    before = outbox.receipt_digest(receipt.library, receipt.number - 1)
    if known is not None or before not in (None, receipt.previous):
        raise RuleViolation("receipt_other_history", number=receipt.number)
    if digest_of(_hashes(receipt, outbox)) != receipt.digest:
        raise RuleViolation("receipt_other_history", number=receipt.number)


def _hashes(receipt: Receipt, outbox: Outbox) -> Iterator[bytes]:
    """Raises RuleViolation where this desk has less than the library: a restored copy."""
    for one in receipt.fates:
        found = list(outbox.hashes(one.span))
        if len(found) != _length(one.span):
            raise RuleViolation("receipt_ahead_of_desk", last=one.span.last)
        yield from found


def _length(span: Span) -> int:
    return span.last - span.first + 1


def _counts(receipt: Receipt, *, new: bool) -> ReceiptCounts:
    counts: Counter[Fate] = Counter()
    for one in receipt.fates:
        counts[one.fate] += _length(one.span)
    head = receipt.heads[-1].hash.hex() if receipt.heads else ""
    return ReceiptCounts(
        counts[Fate.APPLIED], counts[Fate.DUPLICATE], counts[Fate.PARKED], counts[Fate.HELD], counts[Fate.REJECTED],
        head, receipt.number, new)
