"""Rows of the journal into the plain bytes of parts."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from appraisal.domain.events import Id, kinds
from appraisal.exchange.parts import PLAIN_BYTES
from appraisal.exchange.ports import Row
from appraisal.exchange.records import frame, join, person_key, stub
from appraisal.exchange.spans import Run
from appraisal.journal import read

KEY_ROOM = 64
"""No less than a framed data key takes."""
ATTACHED = {"photo.attached": "attachment", "certificate.issued": "photo"}
"""Kind -> the field of its body that names an attachment."""


@dataclass(slots=True)
class Sent:
    """What has left, counted while it is packed."""

    records: int = 0
    withheld: int = 0
    runs: list[Run] = field(default_factory=list)
    kinds: set[str] = field(default_factory=set)
    attachments: dict[str, None] = field(default_factory=dict)

    def count(self, row: Row) -> None:
        self.records += 1
        self.kinds.add(row.kind)
        if self.runs and self.runs[-1].last + 1 == row.seq:
            self.runs[-1] = Run(self.runs[-1].first, row.seq)
        else:
            self.runs.append(Run(row.seq, row.seq))
        if row.kind in ATTACHED and not row.settled:
            name = read(row.entry).body[ATTACHED[row.kind]]
            if name:
                self.attachments[name] = None


def record_parts(rows: Iterable[Row], keys: Callable[[Iterable[Id]], Mapping[Id, bytes]],
                 sent: Sent) -> Iterator[tuple[bytes, int, int]]:
    """Plain bytes of each part of one chain, with its first and last `seq`. Fills `sent` on the way."""
    sealed = frozenset(kind.name for kind in kinds().values() if kind.sealed)
    local = frozenset(kind.name for kind in kinds().values() if kind.local)
    frames: list[bytes] = []
    persons: set[Id] = set()
    size = first = last = 0
    for row in rows:
        one = frame(row.entry if row.leaves else stub(row.seq, row.hash))
        if size + len(one) + KEY_ROOM > PLAIN_BYTES:
            yield _plain(frames, keys(persons)), first, last
            frames, persons, size = [], set(), 0
        if row.leaves:
            sent.count(row)
            if row.kind in sealed and row.person and row.person not in persons:
                persons.add(row.person)
                size += KEY_ROOM
        elif row.kind not in local:
            sent.withheld += 1
        first = first if frames else row.seq
        last = row.seq
        frames.append(one)
        size += len(one)
    if frames:
        yield _plain(frames, keys(persons)), first, last


def _plain(frames: list[bytes], keys: Mapping[Id, bytes]) -> bytes:
    return join(person_key(person, key) for person, key in sorted(keys.items())) + b"".join(frames)
