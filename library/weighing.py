"""What the library makes of one person's entries: what stands, which are in force, and what is in doubt."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any, NamedTuple

import msgspec

from appraisal.canonical import encode
from appraisal.domain.events import Id
from appraisal.domain.exchange import Fate
from appraisal.domain.person import CandidateCorrected, CandidateRegistered, Change, Person
from appraisal.domain.question import QuestionKind
from library.evidence import Evidence
from library.merging import Edit, Known, Merged, Ref, Ruling, last_writer, lawful_mark, three_way
from library.streams import after, in_time, needed, stream_of

FIELD_CONTESTED, MARK_CONTESTED, NOT_CHOSEN = "field_contested", "mark_contested", "not_chosen"
MARK_CORRECTION = "mark_correction_unfounded"
_IDENTITY = "identity."
_PARTS = ("identity", "contact", "background")


class Doubt(NamedTuple):
    kind: QuestionKind
    matter: str
    over: tuple[str, ...]
    person: Id | None = None
    other: Id | None = None
    desk: Id | None = None

    @property
    def id(self) -> Id:
        """The same wherever the same entries stand against each other."""
        return sha256(encode([self.kind.value, self.matter, list(self.over)])).digest()[:16].hex()


class Again(NamedTuple):
    """What the library records once more."""

    event: Any
    why: str | None


@dataclass(slots=True)
class Weighed:
    fates: dict[Ref, tuple[Fate, str]] = field(default_factory=dict)
    """Of entries that are not simply in force."""
    doubts: list[Doubt] = field(default_factory=list)
    again: list[Again] = field(default_factory=list)

    def contest(self, refs: Iterable[Ref], code: str) -> None:
        self.fates |= dict.fromkeys(refs, (Fate.HELD, code))

    def reject(self, refs: Iterable[Ref], code: str) -> None:
        self.fates |= {ref: (Fate.REJECTED, code) for ref in refs if ref not in self.fates}


def matters_of(evidence: Evidence, person: Id) -> list[str]:
    """Under which an officer may have decided something of this person."""
    fields = {change.field for one in evidence.told if isinstance(one.event, CandidateCorrected)
              for change in one.event.changes}
    streams = {stream for one in evidence.told if (stream := stream_of(one.event))}
    return [*(_field_matter(person, name) for name in fields), *map(_stream_matter, streams)]


def weigh(evidence: Evidence, now: Person, rulings: Mapping[str, Sequence[Ruling]]) -> Weighed:
    """`now`: what the tables say of the person."""
    weighed = Weighed()
    _weigh_fields(evidence, now, rulings, weighed)
    streams: dict[tuple[str, ...], list[Known]] = {}
    for one in evidence.applied:
        if stream := stream_of(one.event):
            streams.setdefault(stream, []).append(one)
    for stream, entries in sorted(streams.items()):
        told = [one for one in entries if one.desk != evidence.library]
        if told:
            stands = _standing(stream, told, streams, evidence, rulings, weighed, now.id)
            if after(stands) != after(entries):
                weighed.again += [Again(one.event, one.why) for one in needed(stands)]
    return weighed


def _standing(stream: tuple[str, ...], told: Sequence[Known], streams: Mapping[tuple[str, ...], Sequence[Known]],
              evidence: Evidence, rulings: Mapping[str, Sequence[Ruling]], weighed: Weighed, person: Id) -> list[Known]:
    """What should have written this stream, in that order."""
    if stream[0] not in ("mark", "settled"):
        return in_time(told)
    other = (*stream[:-1], "2" if stream[-1] == "1" else "1") if stream[0] == "mark" else ()
    others = [one for one in streams.get(other, ()) if one.desk != evidence.library]
    mark = lawful_mark(told, others, rulings.get(_stream_matter(stream), ()))
    if mark.sides:
        weighed.contest(mark.sides, MARK_CONTESTED)
        weighed.doubts.append(Doubt(QuestionKind.MARK, _stream_matter(stream), mark.sides, person))
    weighed.reject(mark.overruled, NOT_CHOSEN)
    weighed.reject(mark.refused, MARK_CORRECTION)
    return [mark.standing]


def _weigh_fields(evidence: Evidence, now: Person, rulings: Mapping[str, Sequence[Ruling]],
                  weighed: Weighed) -> None:
    registered = next((one.event for one in evidence.told if isinstance(one.event, CandidateRegistered)), None)
    if registered is None:
        return
    start, stands = _values(registered), _values(now)
    changes = []
    for name, edits in sorted(_edits(evidence).items()):
        matter = _field_matter(now.id, name)
        merged = three_way(start[name], edits, rulings.get(matter, ())) if name.startswith(_IDENTITY) else Merged(
            last_writer(start[name], edits))
        if merged.sides:
            weighed.contest(merged.contested, FIELD_CONTESTED)
            weighed.doubts.append(Doubt(QuestionKind.FIELD, matter, merged.sides, now.id))
        weighed.reject(merged.overruled, NOT_CHOSEN)
        if merged.value != stands[name]:
            changes.append(Change(name, stands[name], merged.value))
    if changes:
        weighed.again.append(Again(CandidateCorrected(now.id, tuple(changes)), None))


def _edits(evidence: Evidence) -> Mapping[str, list[Edit]]:
    found: dict[str, list[Edit]] = {}
    for one in evidence.told:
        if isinstance(one.event, CandidateCorrected):
            for change in one.event.changes:
                found.setdefault(change.field, []).append(Edit(one, change.before, change.after))
    return found


def _values(one: Any) -> dict[str, Any]:
    return {f"{part}.{name}": value for part in _PARTS
            for name, value in msgspec.to_builtins(getattr(one, part)).items()}


def _field_matter(person: Id, name: str) -> str:
    return f"person/{person}/{name}"


def _stream_matter(stream: tuple[str, ...]) -> str:
    return "/".join(stream)
