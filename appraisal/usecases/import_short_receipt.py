"""An officer types, or photographs, how far the library has come: where no stick comes back."""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

from appraisal.canonical import Malformed
from appraisal.credential.cose import BadSignature
from appraisal.domain.errors import RuleViolation
from appraisal.domain.events import Id
from appraisal.domain.exchange import Fate, FateOf, ShortReceiptAccepted, Span
from appraisal.exchange.pictures import SHORT_RECEIPT, from_text, in_picture
from appraisal.exchange.ports import Outbox, Recognised
from appraisal.exchange.receipt import SHORT, digest_of
from appraisal.exchange.short_receipt import CUT, Reach, ShortReach, ShortReceipt, read_short_receipt
from appraisal.exchange.typed import Mistyped, from_typed
from appraisal.usecases.export_bundle import SENDERS, Exchange
from appraisal.usecases.ports import Desk


@dataclass(frozen=True, slots=True)
class ImportShortReceipt:
    data: bytes
    """As `short_receipt_in` gives it."""
    operator: Id


@dataclass(frozen=True, slots=True)
class ShortReceiptCounts:
    accepted: int
    received: int
    """Entries that the library has, without saying here what became of each; the next bundle brings them again."""
    number: int
    new: bool
    """False: this, or the receipt in full, was here already, and nothing has changed."""


def short_receipt_typed(text: str) -> bytes:
    """Of what was typed, or a scanner typed. Raises RuleViolation short_receipt_mistyped, short_receipt_malformed."""
    try:
        stripped = text.strip()
        return from_text(SHORT_RECEIPT, stripped) if stripped.startswith(SHORT_RECEIPT) else from_typed(stripped)
    except Mistyped as fault:
        raise RuleViolation("short_receipt_mistyped", "text", group=fault.group) from fault
    except Malformed as fault:
        raise RuleViolation("short_receipt_malformed", "text", reason=fault.reason) from fault


def short_receipt_pictured(picture: bytes) -> bytes | None:
    """None where the picture has none. Raises RuleViolation short_receipt_malformed, and those of unreadable files."""
    try:
        return in_picture(SHORT_RECEIPT, picture)
    except Malformed as fault:
        raise RuleViolation("short_receipt_malformed", reason=fault.reason) from fault


def import_short_receipt(command: ImportShortReceipt, desk: Desk, exchange: Exchange) -> ShortReceiptCounts:
    """Raises RuleViolation short_receipt_malformed, receipt_not_ours, receipt_of_other_desk, receipt_other_history,
    receipt_ahead_of_desk."""
    with desk.work(command.operator) as work:
        work.operator.require(*SENDERS)
        outbox = exchange.outbox(work)
        try:
            receipt = read_short_receipt(command.data)
        except Malformed as fault:
            raise RuleViolation("short_receipt_malformed", reason=fault.reason) from fault
        library = _library(receipt, outbox)
        reaches = [_reach(one, receipt.number, outbox) for one in receipt.chains]
        try:
            receipt.signed_for(library.library, outbox.desk, reaches, library.receipt_key)
        except BadSignature as fault:
            raise RuleViolation("receipt_not_ours") from fault
        digest = sha256(command.data).hexdigest()
        fates = tuple(fate for one in reaches for fate in _fates(one, library.library, outbox))
        last = outbox.last_receipt(library.library)
        fresh = not outbox.has_short_receipt(digest) and (last is None or last.number < receipt.number)
        if fresh:
            work.record(ShortReceiptAccepted(work.new_id(), library.library, receipt.number, digest, fates))
    return ShortReceiptCounts(_count(fates, Fate.APPLIED), _count(fates, Fate.PARKED), receipt.number, fresh)


def _library(receipt: ShortReceipt, outbox: Outbox) -> Recognised:
    if receipt.desk != bytes.fromhex(outbox.desk)[:CUT]:
        raise RuleViolation("receipt_of_other_desk", desk=receipt.desk.hex())
    for known in outbox.libraries():
        if receipt.library == bytes.fromhex(known.library)[:CUT]:
            return known
    raise RuleViolation("receipt_not_ours")


def _reach(one: ShortReach, number: int, outbox: Outbox) -> Reach:
    """With what this desk has itself: whole ids, the head's hash, the digest of the range."""
    epoch = next((known for known in outbox.epochs() if bytes.fromhex(known)[:CUT] == one.epoch), None)
    if epoch is None:
        raise RuleViolation("receipt_other_history", number=number)
    hashes = list(outbox.hashes(Span(epoch, one.first, one.last)))
    if len(hashes) != one.last - one.first + 1:
        raise RuleViolation("receipt_ahead_of_desk", last=one.last)
    if hashes[-1][:CUT] != one.hash:
        raise RuleViolation("receipt_other_history", number=number)
    return Reach(epoch, one.first, one.last, hashes[-1], one.counts, digest_of(hashes))


def _fates(one: Reach, library: Id, outbox: Outbox) -> Sequence[FateOf]:
    """Of what has left only: a stub whose person consents later is still to be sent."""
    sent = outbox.sent(library, Span(one.epoch, one.first, one.last))
    whole = sum(_length(span) for span in sent) == one.counts.applied == sum(one.counts)
    return [FateOf(span, Fate.APPLIED) if whole else FateOf(span, Fate.PARKED, SHORT) for span in sent]


def _count(fates: Sequence[FateOf], fate: Fate) -> int:
    return sum(_length(one.span) for one in fates if one.fate is fate)


def _length(span: Span) -> int:
    return span.last - span.first + 1
