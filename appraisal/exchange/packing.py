"""Rows of the journal into the plain bytes of parts."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from appraisal.domain.events import Id, kinds
from appraisal.exchange.cut_entries import cut
from appraisal.exchange.parts import PLAIN_BYTES
from appraisal.exchange.ports import Row
from appraisal.exchange.records import PREFIX, join, person_key, stub
from appraisal.exchange.spans import Run
from appraisal.journal import read

ROOM = 64
"""No less than a data key takes with its length, or a stub."""
ATTACHED = {"photo.attached": "attachment", "certificate.issued": "photo"}
"""Kind -> the field of its body that names an attachment."""


@dataclass(slots=True)
class Sent:
    """What has left, counted while it is packed."""

    records: int = 0
    withheld: int = 0
    kinds: set[str] = field(default_factory=set)
    attachments: dict[str, None] = field(default_factory=dict)
    _runs: list[list[int]] = field(default_factory=list)
    """First and last `seq`: of a million entries, a Run each would be made."""

    @property
    def runs(self) -> list[Run]:
        return [Run(first, last) for first, last in self._runs]

    def count(self, row: Row) -> None:
        self.records += 1
        self.kinds.add(row.kind)
        if self._runs and self._runs[-1][1] + 1 == row.seq:
            self._runs[-1][1] = row.seq
        else:
            self._runs.append([row.seq, row.seq])
        if row.kind in ATTACHED and not row.settled:
            name = read(row.entry).body[ATTACHED[row.kind]]
            if name:
                self.attachments[name] = None


def record_parts(rows: Iterable[Row], keys: Callable[[Iterable[Id]], Mapping[Id, bytes]],
                 sent: Sent) -> Iterator[tuple[bytes, int, int]]:
    """Plain bytes of each part of one chain, with its first and last `seq`. Fills `sent` on the way."""
    sealed = frozenset(kind.name for kind in kinds().values() if kind.sealed)
    local = frozenset(kind.name for kind in kinds().values() if kind.local)
    some: list[Row] = []
    persons: set[Id] = set()
    size = 0
    for row in rows:
        length = PREFIX + len(row.entry) if row.leaves else ROOM  # no longer when it is cut
        if size + length + ROOM > PLAIN_BYTES:
            yield _plain(some, keys(persons), sealed), some[0].seq, some[-1].seq
            some, persons, size = [], set(), 0
        if row.leaves:
            sent.count(row)
            if row.kind in sealed and row.person and row.person not in persons:
                persons.add(row.person)
                size += ROOM
        elif row.kind not in local:
            sent.withheld += 1
        some.append(row)
        size += length
    if some:
        yield _plain(some, keys(persons), sealed), some[0].seq, some[-1].seq


def _plain(some: Sequence[Row], keys: Mapping[Id, bytes], sealed: frozenset[str]) -> bytes:
    """`sealed`: kinds that have sealed fields."""
    return join(person_key(person, key) for person, key in sorted(keys.items())) + join(_records(some, keys, sealed))


def _records(some: Sequence[Row], keys: Mapping[Id, bytes], sealed: frozenset[str]) -> Iterator[bytes]:
    before: bytes | None = None
    for row in some:
        if row.leaves:
            person = row.person if row.kind in sealed else None
            short = cut(row.entry, before, person, keys.get(person or "")) if before is not None else None
            yield short or row.entry
        else:
            yield stub(row.seq, row.hash)
        before = row.hash
