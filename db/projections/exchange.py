"""What left for the association, and its receipts."""

from sqlalchemy import bindparam, select

from appraisal.domain.exchange import BundleExported, DeskKeyRotated, ReceiptAccepted, ShortReceiptAccepted
from db.projections.apply import Apply, Projection
from db.schema import bundle, bundle_span, journal, key_rotation, receipt, receipt_head, receipt_span

_DESK = select(journal.c.desk).where(journal.c.position == bindparam("position"))
"""Whose receipt it is: the library counts them for each desk."""


def exported(do: Apply, e: BundleExported) -> None:
    do.add(bundle, id=e.bundle, library=e.library, records=e.records, attachments=e.attachments,
           withheld=e.withheld, digest=e.digest)
    for span in e.spans:
        do.add(bundle_span, bundle=e.bundle, epoch=span.epoch, first=span.first, last=span.last)


def accepted(do: Apply, e: ReceiptAccepted) -> None:
    _add(do, e, short=False, made_at=e.made_at)
    for head in e.heads:
        do.add(receipt_head, receipt=e.receipt, epoch=head.epoch, seq=head.seq, hash=head.hash)


def short_accepted(do: Apply, e: ShortReceiptAccepted) -> None:
    _add(do, e, short=True)


def rotated(do: Apply, e: DeskKeyRotated) -> None:
    do.add(key_rotation, digest=e.digest, letter=e.letter)


def _add(do: Apply, e: ReceiptAccepted | ShortReceiptAccepted, *, short: bool,
         made_at: int = 0) -> None:
    desk = do.read(_DESK, position=do.position).desk
    do.add(receipt, id=e.receipt, desk=desk, library=e.library, number=e.number, digest=e.digest, short=short,
           made_at=made_at)
    for one in e.fates:
        do.add(receipt_span, receipt=e.receipt, epoch=one.span.epoch, first=one.span.first, last=one.span.last,
               fate=one.fate.value, code=one.code)


PROJECTIONS: dict[type, Projection] = {
    BundleExported: exported, ReceiptAccepted: accepted, ShortReceiptAccepted: short_accepted, DeskKeyRotated: rotated}
