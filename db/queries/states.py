"""How far records have come, from what was exported and what receipts said. The newest receipt on an entry counts."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Connection, ScalarSelect, bindparam, case, func, literal, or_, select, union_all

from appraisal.domain.consent import Purpose
from appraisal.domain.events import Id, kinds
from appraisal.domain.exchange import Fate
from appraisal.usecases.reads import SyncState
from db.schema import bundle, bundle_span, consent, journal, library, receipt, receipt_span, restoration, restored_span
from db.secrets import share_of

WORST_FIRST = (SyncState.NEEDS_YOU, SyncState.SAVED, SyncState.ON_STICK, SyncState.RECEIVED, SyncState.ACCEPTED)
OF_FATE = {Fate.APPLIED: SyncState.ACCEPTED, Fate.DUPLICATE: SyncState.ACCEPTED, Fate.PARKED: SyncState.RECEIVED,
           Fate.HELD: SyncState.NEEDS_YOU, Fate.REJECTED: SyncState.NEEDS_YOU}


def current_library() -> ScalarSelect[str]:
    """The one recognised last: what another one had is to be sent to it too."""
    return select(library.c.id).order_by(library.c.position.desc()).limit(1).scalar_subquery()


# made once: putting a statement together costs more than asking it
_SENT = select(bundle_span).join_from(bundle_span, bundle).where(bundle.c.library == current_library())
SAID = union_all(
    select(receipt_span.c.epoch, receipt_span.c.first, receipt_span.c.last, receipt_span.c.fate, receipt_span.c.code,
           receipt.c.number.label("number"), case((receipt.c.short, 0), else_=1).label("rank"))
    .join_from(receipt_span, receipt).where(receipt.c.library == current_library()),
    select(restored_span.c.epoch, restored_span.c.first, restored_span.c.last, restored_span.c.fate,
           restored_span.c.code, restored_span.c.number, literal(2))
    .join_from(restored_span, restoration).where(restoration.c.library == current_library())).order_by("number", "rank")
"""What the present library has said of entries, the newest last: by receipts, and by restorations since."""
_AGREED = select(consent.c.person).where(
    consent.c.person.in_(bindparam("persons", expanding=True)), consent.c.given,
    consent.c.purpose == Purpose.ASSOCIATION.value)
_ENTRIES = select(journal.c.person, journal.c.epoch, journal.c.seq).where(
    journal.c.person.in_(bindparam("persons", expanding=True)),
    journal.c.kind.not_in(bindparam("local", expanding=True)))


class Standing(NamedTuple):
    state: SyncState
    code: str = ""
    """What the library says of it."""
    fate: Fate | None = None


_ON_STICK, _SAVED = Standing(SyncState.ON_STICK), Standing(SyncState.SAVED)


class EntryStates:
    """The state of any entry of this desk, from the few spans that bundles and receipts are made of."""

    def __init__(self, connection: Connection) -> None:
        self._spans: dict[str, list[tuple[int, int, Standing]]] = defaultdict(list)
        self._read(connection.execute(_SENT).all(), lambda _: _ON_STICK)
        self._read(connection.execute(SAID).all(),
                   lambda row: Standing(OF_FATE[Fate(row.fate)], row.code, Fate(row.fate)))
        self._edges = {epoch: _flat(spans) for epoch, spans in self._spans.items()}

    def _read(self, found: Iterable[Any], standing: Callable[[Any], Standing]) -> None:
        for row in found:
            self._spans[row.epoch].append((row.first, row.last, standing(row)))

    def stretches(self, epoch: str) -> Iterator[tuple[int, int | None, SyncState]]:
        """First and last entry of each stretch of one state; the last is open."""
        starts, states = self._edges.get(epoch, ((), ()))
        lasts = (*(start - 1 for start in starts), None)
        yield from zip((1, *starts), lasts, (SyncState.SAVED, *(one.state for one in states)), strict=True)

    def of(self, epoch: str, seq: int) -> tuple[SyncState, str]:
        """State, and the code of what the library says."""
        starts, states = self._edges.get(epoch, ((), ()))
        place = bisect_right(starts, seq) - 1
        found = states[place] if place >= 0 else _SAVED
        return found.state, found.code

    def unsettled(self) -> Iterator[tuple[str, int, int, Standing]]:
        """Epoch, first and last entry of each stretch that the library has and has not put in force."""
        for epoch, (starts, states) in self._edges.items():
            for first, after, one in zip(starts, (*starts[1:], 0), states, strict=True):
                if one.fate is not None and one.state is not SyncState.ACCEPTED:
                    yield epoch, first, after - 1, one


def _flat(spans: Sequence[tuple[int, int, Standing]]) -> tuple[Sequence[int], Sequence[Standing]]:
    """Where the state changes along the chain, and to what; a later span lies over an earlier one."""
    edges = sorted({first for first, *_ in spans} | {last + 1 for _, last, *_ in spans})
    states = [_SAVED] * len(edges)
    at = {edge: place for place, edge in enumerate(edges)}
    for first, last, standing in spans:
        for place in range(at[first], at[last + 1]):
            states[place] = standing
    return edges, states


def entry_counts(connection: Connection) -> dict[SyncState, int]:
    """Of all entries that concern not only the desk. Counted by the database, a stretch at a time."""
    states, counts = EntryStates(connection), dict.fromkeys(SyncState, 0)
    agreed = select(consent.c.person).where(consent.c.given, consent.c.purpose == Purpose.ASSOCIATION.value)
    leaves = or_(journal.c.person.is_(None), journal.c.person.in_(agreed))
    share = share_of(connection)
    chains = select(journal.c.desk, journal.c.epoch).distinct()
    if share is not None:  # what another desk of the centre sends, it sends itself
        chains = chains.where(journal.c.desk == share.desk)
    for desk, epoch in connection.execute(chains).all():
        for first, last, state in states.stretches(epoch):
            within = [journal.c.desk == desk, journal.c.epoch == epoch, journal.c.seq >= first]
            found, leaving = connection.execute(select(func.count(), func.count().filter(leaves)).where(
                *within, *([journal.c.seq <= last] if last is not None else []),
                journal.c.kind.not_in(local_kinds()))).one()
            counts[state] += leaving
            counts[SyncState.STAYS] += found - leaving
    return counts


def local_kinds() -> frozenset[str]:
    return frozenset(kind.name for kind in kinds().values() if kind.local)


def person_states(connection: Connection, persons: Sequence[Id]) -> Mapping[Id, SyncState]:
    """The worst state of each person's entries; STAYS for whoever has not agreed to the association."""
    agreed = set(connection.scalars(_AGREED, {"persons": persons}).all())
    states, found = EntryStates(connection), defaultdict(set)
    for person, epoch, seq in connection.execute(_ENTRIES, {"persons": persons, "local": local_kinds()}).all():
        found[person].add(states.of(epoch, seq)[0])
    return {one: next(s for s in WORST_FIRST if s in found[one] or s is WORST_FIRST[-1]) if one in agreed
            else SyncState.STAYS for one in persons}

