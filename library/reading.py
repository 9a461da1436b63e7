"""What a record says by itself: nothing here asks the library.

An intake has tens of thousands of these at once. They refer to nothing that refers back, so the collector of cycles
need not walk them (`gc=False`): walking was a tenth of an intake.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import msgspec

from appraisal.canonical import Malformed
from appraisal.domain.events import Id, kinds
from appraisal.domain.exchange import Fate
from appraisal.exchange.packing import ATTACHED
from appraisal.exchange.records import Opened
from appraisal.journal import Entry, read, unseal, with_fields

KIND_UNKNOWN = "kind_unknown"


class Arrival(msgspec.Struct, frozen=True, gc=False):
    """One record of a chain. `raw` None: a stub."""

    seq: int
    hash: bytes
    raw: bytes | None
    opened: Opened | None = None


class Place(NamedTuple):
    """The chain in which an entry has to stand."""

    desk: bytes
    epoch: bytes


@dataclass(frozen=True, slots=True)
class Verdict:
    """Why an entry is not applied."""

    fate: Fate
    code: str


class Reading(msgspec.Struct, frozen=True, gc=False):
    """An entry as far as the library needs it."""

    seq: int
    hash: bytes
    raw: bytes
    prev: bytes | None
    """None with an empty `kind` where this is no entry of that place."""
    kind: str
    version: int
    person: Id | None
    why: str | None
    outcome: Any
    """Its event, a Verdict, or the Entry itself where the library has to be asked: for a key, or for a picture."""

    @property
    def name(self) -> str:
        return f"{self.kind}/{self.version}" if self.kind else ""


def read_page(page: Sequence[Arrival], place: Place, fresh: Sequence[Arrival],
              keys: Mapping[Id, bytes]) -> list[Reading]:
    """`fresh` are those of the page to be read. The page is contiguous; whether its first entry joins the one before,
    `prev` says. `keys`: of whom nothing has to be looked up."""
    first = page[0].seq
    before = (None, *(one.hash for one in page))
    return [_reading(one, one.raw or b"", place, before[one.seq - first], keys) for one in fresh]


def _reading(one: Arrival, raw: bytes, place: Place, before: bytes | None, keys: Mapping[Id, bytes]) -> Reading:
    try:
        entry = read(raw)
    except Malformed:
        return _refused(one, raw, "entry_malformed")
    if entry.seq != one.seq or entry.epoch != place.epoch or entry.desk != place.desk:
        return _refused(one, raw, "entry_misplaced")
    if before is not None and before != entry.prev:
        return _refused(one, raw, "entry_not_joined")
    return Reading(one.seq, one.hash, raw, entry.prev, entry.kind, entry.version, entry.person, entry.why,
                   _outcome(entry, keys, one.opened))


def _refused(one: Arrival, raw: bytes, code: str) -> Reading:
    return Reading(one.seq, one.hash, raw, None, "", 0, None, None, Verdict(Fate.REJECTED, code))


def _outcome(entry: Entry, keys: Mapping[Id, bytes], came: Opened | None) -> Any:
    if (entry.sealed and entry.sealed.person not in keys) or attachment_of(entry) is not None:
        return entry
    return unknown(entry) or opened(entry, keys, came)


def attachment_of(entry: Entry) -> Any:
    """What it names as its attachment; only text can be one."""
    return entry.body.get(ATTACHED[entry.kind]) if entry.kind in ATTACHED else None


def unknown(entry: Entry) -> Verdict | None:
    """Where no entry of its kind can be applied."""
    kind = kinds().get((entry.kind, entry.version))
    if kind is None:
        return Verdict(Fate.PARKED, KIND_UNKNOWN)
    return Verdict(Fate.REJECTED, "entry_local") if kind.local else None


def opened(entry: Entry, keys: Mapping[Id, bytes], came: Opened | None = None) -> Any:
    """The event, or the Verdict over fields that cannot be read. `keys` has the person's. `came`: what is sealed in
    this entry, if it came open under that very key."""
    try:
        if came is not None and entry.sealed and entry.sealed.ciphertext == came.ciphertext:
            return with_fields(entry, came.fields)
        return unseal(entry, keys[entry.sealed.person] if entry.sealed else None)
    except Malformed as fault:
        return Verdict(Fate.REJECTED, "wrong_key" if fault.reason == "wrong_key" else "fields_malformed")
    except msgspec.ValidationError:
        return Verdict(Fate.REJECTED, "fields_malformed")
