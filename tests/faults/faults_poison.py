"""Records that no sound desk writes, in a chain that is otherwise sound: whoever made them linked them well."""

from collections.abc import Callable
from datetime import date
from typing import Any

from kit.desks import SimulatedDesk
from msgspec.structs import replace

from appraisal.domain.consent import ConsentGiven, Purpose
from appraisal.domain.enrolment import EnrolmentSubmitted
from appraisal.domain.operator import Role
from appraisal.domain.person import Background, CandidateRegistered, Contact, Identity
from appraisal.journal import Entry, digest, make, write
from db.journal import End, store

Spoil = Callable[[SimulatedDesk, Entry, str], bytes]
"""(desk, the head of the next entry, somebody's id) -> the bytes of an entry that is poison."""


def made(desk: SimulatedDesk, head: Entry, happened: object, key: bytes | None = None) -> Entry:
    return make(head, happened, key, lambda: desk.random.randbytes(12))


def consent(person: str) -> ConsentGiven:
    return ConsentGiven(person, Purpose.ASSOCIATION, "somebody", "2026-11", "paper")


def with_body(desk: SimulatedDesk, head: Entry, person: str, **changed: Any) -> bytes:
    entry = made(desk, head, consent(person))
    return write(replace(entry, body=entry.body | changed))


def torn(desk: SimulatedDesk, head: Entry, person: str) -> bytes:
    return write(made(desk, head, consent(person)))[:-3]


def not_deterministic(desk: SimulatedDesk, head: Entry, person: str) -> bytes:
    return write(made(desk, head, consent(person)))[:-1] + b"\xf7"


def too_deep(desk: SimulatedDesk, head: Entry, person: str) -> bytes:
    nested: list[Any] = []
    for _ in range(20):
        nested = [nested]
    return with_body(desk, head, person, purpose=nested)


def misplaced(desk: SimulatedDesk, head: Entry, person: str) -> bytes:
    return write(made(desk, replace(head, seq=head.seq + 1000), consent(person)))


def of_another_desk(desk: SimulatedDesk, head: Entry, person: str) -> bytes:
    return write(made(desk, replace(head, desk=bytes(16)), consent(person)))


def not_joined(desk: SimulatedDesk, head: Entry, person: str) -> bytes:
    return write(made(desk, replace(head, prev=bytes(32)), consent(person)))


def unknown_kind(desk: SimulatedDesk, head: Entry, person: str) -> bytes:
    return write(replace(made(desk, head, consent(person)), kind="candidate.vanished"))


def unknown_version(desk: SimulatedDesk, head: Entry, person: str) -> bytes:
    return write(replace(made(desk, head, consent(person)), version=9))


def field_missing(desk: SimulatedDesk, head: Entry, person: str) -> bytes:
    entry = made(desk, head, consent(person))
    return write(replace(entry, body={"person": person}))


def field_of_other_type(desk: SimulatedDesk, head: Entry, person: str) -> bytes:
    return with_body(desk, head, person, recipient=7)


def no_such_purpose(desk: SimulatedDesk, head: Entry, person: str) -> bytes:
    return with_body(desk, head, person, purpose="everything")


def wrong_key(desk: SimulatedDesk, head: Entry, person: str) -> bytes:
    return write(made(desk, head, registered(person, "陈明华"), bytes(32)))


def nobody(desk: SimulatedDesk, head: Entry, person: str) -> bytes:
    """About a person that there is not."""
    return write(made(desk, head, consent("f" * 32)))


def no_such_batch(desk: SimulatedDesk, head: Entry, person: str) -> bytes:
    return write(made(desk, head, EnrolmentSubmitted(
        desk.random.randbytes(16).hex(), person, "e" * 32, 3, "", "x", "正考", "a" * 32)))


def beyond_every_column(desk: SimulatedDesk, head: Entry, person: str) -> bytes:
    return write(made(desk, head, EnrolmentSubmitted(
        desk.random.randbytes(16).hex(), person, "e" * 32, 1 << 63, "", "x", "正考", "a" * 32)))


def registered(person: str, name: str) -> CandidateRegistered:
    return CandidateRegistered(person, Identity(name, "CHEN Minghua", "resident_id", "9" * 18, "M", date(1990, 1, 1)),
                               Contact("15400000000"), Background())


SPOILERS: dict[Spoil, tuple[str, str]] = {
    torn: ("rejected", "entry_malformed"), not_deterministic: ("rejected", "entry_malformed"),
    too_deep: ("rejected", "entry_malformed"), misplaced: ("rejected", "entry_misplaced"),
    of_another_desk: ("rejected", "entry_misplaced"), not_joined: ("rejected", "entry_not_joined"),
    unknown_kind: ("parked", "kind_unknown"), unknown_version: ("parked", "kind_unknown"),
    field_missing: ("rejected", "fields_malformed"), field_of_other_type: ("rejected", "fields_malformed"),
    no_such_purpose: ("rejected", "fields_malformed"), wrong_key: ("rejected", "wrong_key"),
    nobody: ("parked", "dependency_missing"), no_such_batch: ("parked", "dependency_missing"),
    beyond_every_column: ("rejected", "fields_refused"),
}
"""What each is to be called."""


def spoil(desk: SimulatedDesk, spoiler: Spoil, person: str) -> None:
    """Appends one of them past all rules. The next entry is linked to it as to any other."""
    registrar = desk.operators[Role.REGISTRAR]
    with desk.desk.work(registrar) as work:
        last = work._chain.end
        origin = desk.desk.origin
        head = Entry(origin.desk, origin.epoch, last.seq + 1, last.hash, (work.now, 0), registrar, "", 1, "", {}, None,
                     None)
        data = spoiler(desk, head, person)
        sound = made(desk, head, consent(person))  # what the desk's own index says of it
        store(work.connection, sound, data, digest(data))
        work._chain.end = End(head.seq, head.at, digest(data))
