"""A receipt small enough to be typed or photographed, for a desk that no stick reaches."""

from collections import Counter

from sqlalchemy import Connection, select

from appraisal.canonical import Malformed
from appraisal.domain.errors import RuleViolation
from appraisal.domain.events import Id
from appraisal.domain.exchange import Fate
from appraisal.exchange.receipt import Receipt, digest_of, read_receipt
from appraisal.exchange.short_receipt import Counts, Reach, make_short_receipt
from library.opening import Library
from library.schema import desk, inbox
from library.schema import receipt as given


def short_receipt(library: Library, name: str, number: int | None = None) -> tuple[Id, int, bytes]:
    """Desk, number and bytes of a short receipt, as the library knows the entries now. `name`: the desk's id or its
    beginning; `number`: None for the newest.

    Raises RuleViolation desk_unknown, receipt_none, receipt_unknown, receipt_too_long."""
    with library.engine.begin() as connection:
        whose = find_desk(connection, name)
        query = select(given.c.data).where(given.c.desk == whose).order_by(given.c.number.desc()).limit(1)
        data = connection.scalar(query if number is None else query.where(given.c.number == number))
        if data is None and number is None:
            raise RuleViolation("receipt_none", "number", desk=whose[:8])
        if data is None:
            raise RuleViolation("receipt_unknown", "number", desk=whose[:8], number=number)
        receipt = read_receipt(data, library.receipt_key)
        reaches = [_reach(connection, whose, epoch, first) for epoch, first in _firsts(receipt).items()]
    try:
        return whose, receipt.number, make_short_receipt(library.id, whose, receipt.number, reaches, library.receipts)
    except Malformed as fault:
        raise RuleViolation("receipt_too_long", "number", number=receipt.number) from fault


def find_desk(connection: Connection, name: str) -> Id:
    """By its id, or the beginning of it that is one desk's alone. Raises RuleViolation desk_unknown."""
    known = connection.scalars(select(desk.c.desk).where(desk.c.desk.startswith(name, autoescape=True)).limit(2)).all()
    if len(known) != 1 or len(name) < 4:
        raise RuleViolation("desk_unknown", "desk", desk=name[:8])
    return str(known[0])


def _firsts(receipt: Receipt) -> dict[str, int]:
    """The first entry named of each chain."""
    found: dict[str, int] = {}
    for one in receipt.fates:
        found[one.span.epoch] = min(one.span.first, found.get(one.span.epoch, one.span.first))
    return found


def _reach(connection: Connection, name: Id, epoch: str, first: int) -> Reach:
    """From `first` as far as nothing is missing."""
    hashes: list[bytes] = []
    states: Counter[str] = Counter()
    rows = connection.execute(
        select(inbox.c.seq, inbox.c.hash, inbox.c.state)
        .where(inbox.c.desk == name, inbox.c.epoch == epoch, inbox.c.seq >= first).order_by(inbox.c.seq))
    for seq, hash_, state in rows:
        if seq != first + len(hashes):
            break
        hashes.append(hash_)
        states[state] += 1
    counts = Counts(*(states[fate.value] for fate in (Fate.APPLIED, Fate.PARKED, Fate.HELD, Fate.REJECTED)))
    return Reach(epoch, first, first + len(hashes) - 1, hashes[-1], counts, digest_of(hashes))
