"""`receipt short`, `desk withdraw`: what concerns one desk."""

import argparse

from appraisal.exchange.typed import to_typed
from db.files import write_durably
from library.commands import Answer
from library.opening import Library
from library.short_receipts import short_receipt


def receipt_short(library: Library, given: argparse.Namespace) -> Answer:
    """The text to read aloud; with --qr, its picture too."""
    desk, number, data = short_receipt(library, given.desk, given.number)
    if given.qr:
        from appraisal.exchange.pictures import SHORT_RECEIPT, to_png  # noqa: PLC0415 - what draws loads slowly

        write_durably(given.qr, to_png(SHORT_RECEIPT, data))
    return Answer({"desk": desk, "number": number, "bytes": len(data), "text": to_typed(data),
                   "qr": str(given.qr) if given.qr else None})
