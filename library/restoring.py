"""What the library holds of a desk, given back to it: a restoration (docs/formats/bundle.md)."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, insert, select

from appraisal.canonical import Malformed
from appraisal.domain.errors import RuleViolation
from appraisal.domain.events import Id
from appraisal.domain.exchange import Fate, FateOf, Span
from appraisal.exchange.manifest import ChainRange, digest, part_name
from appraisal.exchange.packing import Sent, record_parts
from appraisal.exchange.parts import Part, PartKind, Range, pack, seal
from appraisal.exchange.ports import BundleFiles, BundleTarget, Row
from appraisal.exchange.records import attachment as attachment_record
from appraisal.exchange.records import frame
from appraisal.exchange.restoration import SUFFIX, UNKNOWN, Restoration, make_restoration
from appraisal.exchange.spans import grouped
from appraisal.journal import START, read
from db.schema import attachment, journal, person_key
from library.opening import Library
from library.paging import WITHHELD
from library.receipts import epochs_of
from library.schema import cursor, desk, given_restoration, inbox, kept

PAGE = 2000
ROOM = 1 << 20
WIDEST_HOLE = 1_000_000
"""Beyond it a chain is not followed: no desk leaves so much out."""


@dataclass(frozen=True, slots=True)
class GivenBack:
    path: Path
    restoration: Id
    records: int
    attachments: int
    stubs: int


def desk_named(connection: Connection, name: str) -> Any:
    """The enrolled desk whose number begins so. Raises RuleViolation desk_unknown, desk_name_unclear."""
    found = connection.execute(select(desk).where(desk.c.desk.startswith(name.lower(), autoescape=True))).all()
    if not found:
        raise RuleViolation("desk_unknown", desk=name[:8])
    if len(found) > 1:
        raise RuleViolation("desk_name_unclear", desk=name, count=len(found))
    return found[0]


def give_back(library: Library, lost: str, to: str | None, out: Path, files: BundleFiles) -> GivenBack:
    """Everything of desk `lost`, sealed for it or for desk `to` of the same centre. Raises RuleViolation desk_unknown,
    desk_name_unclear, desk_withdrawn, desk_without_recipient, restoration_other_centre, restoration_of_nothing. That it
    was given is kept."""
    with library.engine.connect() as connection, files.target(out) as target, connection.begin():
        old = desk_named(connection, lost)
        new = desk_named(connection, to) if to else old
        _check(old, new)
        now, given = library.clock(), library.new_id()
        when = datetime.fromtimestamp(now / 1000, UTC)
        target.begin(f"{when:%Y%m%dT%H%M%S}{now % 1000:03d}-{old.desk[:8]}{SUFFIX}", ROOM)
        writing = _Writing(connection, old.desk, new.recipient, target)
        for epoch in writing.epochs():
            writing.chain(epoch)
        if not writing.chains:
            raise RuleViolation("restoration_of_nothing", desk=old.desk[:8])
        writing.attachments()
        number = connection.scalar(select(cursor.c.receipts).where(cursor.c.desk == old.desk)) or 0
        made = Restoration(
            library.id, old.desk, given, now, tuple(writing.chains), tuple(writing.parts), new.recipient, new.desk,
            number, tuple(writing.fates), writing.sent.records, writing.pictures, writing.sent.withheld)
        signed = make_restoration(made, library.receipts)
        connection.execute(insert(given_restoration).values(
            id=given, desk=old.desk, given_to=new.desk, at=now, digest=digest(signed).hex()))
        path = target.finish({part_name(n): part.digest for n, part in enumerate(writing.parts, 1)}, signed)
    return GivenBack(path, given, made.records, made.attachments, made.stubs)


def _check(old: Any, new: Any) -> None:
    if new.state == "withdrawn":
        raise RuleViolation("desk_withdrawn", desk=new.desk[:8])
    if new.recipient is None:
        raise RuleViolation("desk_without_recipient", desk=new.desk[:8])
    if new.code != old.code:
        raise RuleViolation("restoration_other_centre", desk=new.desk[:8], centre=new.code, lost=old.code)


class _Writing:
    """Parts and chains written so far."""

    def __init__(self, connection: Connection, name: Id, recipient: str, target: BundleTarget) -> None:
        self._connection, self._desk, self._recipient, self._target = connection, name, recipient, target
        self.chains: list[ChainRange] = []
        self.parts: list[Part] = []
        self.fates: list[FateOf] = []
        self.sent = Sent()
        self.pictures = 0

    def epochs(self) -> list[str]:
        """In the order in which they began: a later one refers to what an earlier one brought."""
        found = []
        for epoch in epochs_of(self._connection, self._desk):
            entries = (read(row.entry).at for row, _, _ in self._rows(epoch) if row.leaves)
            found.append((next(entries, (0, 0)), epoch))
        return [epoch for _, epoch in sorted(found)]

    def chain(self, epoch: str) -> None:
        first = last = 0
        before = after = START
        states: list[tuple[int, tuple[Fate, str]]] = []

        def rows() -> Iterator[Row]:
            nonlocal first, last, before, after
            for row, state, code in self._rows(epoch):
                if not first:
                    first = row.seq
                    before = START if row.seq == 1 else read(row.entry).prev if row.leaves else UNKNOWN
                last, after = row.seq, row.hash
                if state != WITHHELD:
                    states.append((row.seq, (Fate(state), code)))
                yield row

        for plain, start, end in record_parts(rows(), self._keys, self.sent):
            self._add(plain, PartKind.RECORDS, Range(len(self.chains), start, end))
        if last:
            self.chains.append(ChainRange(epoch, first, last, before, after))
            self.fates += [FateOf(Span(epoch, run.first, run.last), *fate) for run, fate in grouped(states)]

    def attachments(self) -> None:
        found = (self._connection.execute(
            select(attachment.c.person, attachment.c.sealed).where(attachment.c.id == name)).first()
            for name in self.sent.attachments)
        for group in pack(frame(attachment_record(*one)) for one in found if one):
            self._add(b"".join(group), PartKind.ATTACHMENTS)
            self.pictures += len(group)

    def _add(self, plain: bytes, kind: PartKind, range_: Range | None = None) -> None:
        part, data = seal(plain, kind, [self._recipient], range_)
        self.parts.append(part)
        self._target.write(part_name(len(self.parts)), data)

    def _rows(self, epoch: str) -> Iterator[tuple[Row, str, str]]:
        """From the first entry known to the last, with the library's state and code. What stays at the desk between two
        bundles is not known at all: a hole."""
        where = (inbox.c.desk == self._desk, inbox.c.epoch == epoch)
        last = 0
        while True:
            page = self._connection.execute(select(inbox).where(*where, inbox.c.seq > last)
                                            .order_by(inbox.c.seq).limit(PAGE)).all()
            raw = self._raw(epoch, page[0].seq, page[-1].seq) if page else {}
            for one in page:
                if last and one.seq - last > WIDEST_HOLE:
                    return
                for lost in range(last + 1, one.seq) if last else ():
                    yield Row(lost, UNKNOWN, b"", "", None, leaves=False, settled=False), WITHHELD, ""
                last = one.seq
                entry = raw.get((one.seq, one.hash))
                yield _row(one, entry), one.state, one.code
            if len(page) < PAGE:
                return

    def _raw(self, epoch: str, first: int, last: int) -> dict[tuple[int, bytes], bytes]:
        found: dict[tuple[int, bytes], bytes] = {}
        for table in (kept, journal):
            for row in self._connection.execute(
                    select(table.c.seq, table.c.hash, table.c.entry).where(
                        table.c.desk == self._desk, table.c.epoch == epoch, table.c.seq.between(first, last))):
                found[row.seq, row.hash] = row.entry
        return found

    def _keys(self, persons: Iterable[Id]) -> Mapping[Id, bytes]:
        wanted, query = sorted(persons), select(person_key.c.person, person_key.c.key)
        found: dict[Id, bytes] = {}
        for at in range(0, len(wanted), PAGE):
            found |= self._connection.execute(query.where(person_key.c.person.in_(wanted[at:at + PAGE]))).all()
        return found


def _row(one: Any, raw: bytes | None) -> Row:
    """What is not an entry after all goes back as a stub: its hash is all that can be relied on."""
    try:
        entry = read(raw) if raw else None
    except Malformed:
        entry = None
    if entry is None or raw is None:
        return Row(one.seq, one.hash, b"", "", None, leaves=False, settled=False)
    return Row(one.seq, one.hash, raw, entry.kind, entry.person, leaves=True, settled=False)
