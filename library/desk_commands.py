"""`receipt short`, `desk withdraw`: what concerns one desk."""

import argparse

from appraisal.domain.errors import RuleViolation
from appraisal.exchange.typed import to_typed
from appraisal.sentences import say
from db.files import write_durably
from db.terminal import Passphrases
from library.commands import Answer
from library.officer_commands import who
from library.officers import NEEDED
from library.opening import Library
from library.short_receipts import short_receipt
from library.withdrawing import Point, Withdraw, withdraw


def receipt_short(library: Library, given: argparse.Namespace) -> Answer:
    """The text to read aloud; with --qr, its picture too."""
    desk, number, data = short_receipt(library, given.desk, given.number)
    if given.qr:
        from appraisal.exchange.pictures import SHORT_RECEIPT, to_png  # noqa: PLC0415 - what draws loads slowly

        write_durably(given.qr, to_png(SHORT_RECEIPT, data))
    text = to_typed(data)
    said = [say("short_receipt_made", given.language, number=number, desk=desk[:8], text=text),
            *([say("short_receipt_picture", given.language, file=given.qr)] if given.qr else [])]
    return Answer({"desk": desk, "number": number, "bytes": len(data), "text": text,
                   "qr": str(given.qr) if given.qr else None}, said, all_said=True)


def withdraw_desk(library: Library, given: argparse.Namespace) -> Answer:
    """At the place named, or at what the library has now."""
    if given.at_head == bool(given.at):
        raise RuleViolation("withdrawal_place", "at")
    points = None if given.at_head else tuple(map(_point, given.at))
    if not given.by:
        raise RuleViolation("withdrawal_by_missing", "by")
    done = withdraw(library, Withdraw(given.desk, given.reason, points, given.compromised),
                    who(library, given, Passphrases(from_input=given.passphrase_stdin)))
    fields = {"desk": done.desk, "state": "withdrawn" if done.done else "waits", "approved_by": list(done.approved_by),
              "approvals": len(done.approved_by), "needed": NEEDED,
              "at": [f"{one.epoch}:{one.seq}:{one.hash}" for one in done.points]}
    return Answer(fields, [say("desk_is_now_withdrawn" if done.done else "withdrawal_waits", given.language,
                               desk=done.desk[:8], approvals=len(done.approved_by), needed=NEEDED)], all_said=True)


def _point(text: str) -> Point:
    epoch, _, rest = text.partition(":")
    seq, _, hash_ = rest.partition(":")
    try:
        if len(bytes.fromhex(epoch)) == 16 and len(bytes.fromhex(hash_)) == 32 and int(seq) > 0:
            return Point(epoch.lower(), int(seq), hash_.lower())
    except ValueError:
        pass
    raise RuleViolation("withdrawal_place", "at")
