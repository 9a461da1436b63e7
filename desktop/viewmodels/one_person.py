"""One person once: who is compared with whom, and what comes of it."""

from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from functools import partial
from typing import TypeVar

from PySide6.QtCore import QObject, Signal

from appraisal.domain.errors import EnvironmentFault, RuleViolation
from appraisal.domain.events import Id
from appraisal.domain.person import Person
from appraisal.usecases.one_person import LinkCandidates, RecordDocument, TellApart, UnlinkCandidate
from appraisal.usecases.reads import Reads
from desktop.tasks import Tasks

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class OnePersonCommands:
    """Each bound to the desk."""

    record_document: Callable[[RecordDocument], bool]
    link: Callable[[LinkCandidates], Id]
    unlink: Callable[[UnlinkCandidate], None]
    tell_apart: Callable[[TellApart], None]


@dataclass(frozen=True, slots=True)
class Side:
    """One of those who are compared."""

    person: Person
    """With an empty id where it is what somebody has typed."""
    photo: bytes | None


class OnePersonViewModel(QObject):
    compared = Signal(object, object)
    """A Side, and the Sides that it is to be compared with."""
    done = Signal(str)
    """The person whose record has changed."""
    refused = Signal(str, str, object)
    """Code, field and the details of the sentence."""
    failed = Signal(object)

    def __init__(self, reads: Reads, commands: OnePersonCommands, operator: Id, tasks: Tasks) -> None:
        super().__init__()
        self._reads, self._commands, self._operator, self._tasks = reads, commands, operator, tasks

    # who is compared

    def compare_typed(self, typed: Side) -> None:
        """With whoever has the document already, or else with those of the same name and birth date."""
        number = typed.person.identity.document_number

        def read() -> tuple[Side, Sequence[Side]]:
            holder = self._reads.holders({number}).get(number)
            people = [holder.records[0]] if holder else [one.id for one in self._reads.alike(typed.person)]
            return typed, [self._side(one) for one in people]

        self._read(read)

    def compare(self, one: Id, other: Id) -> None:
        """Two records."""
        self._read(lambda: (self._side(one), [self._side(other)]))

    def _side(self, one: Id) -> Side:
        detail = self._reads.candidate(one)
        return Side(detail.person, self._reads.picture(detail.photo) if detail.photo else None)

    def _read(self, read: Callable[[], tuple[Side, Sequence[Side]]]) -> None:
        self._tasks.read(read, lambda done: self._answer(done, lambda found: self.compared.emit(*found)))

    # what comes of it

    def record_document(self, person: Id, kind: str, number: str, nationality: str, why: str = "") -> None:
        """With a reason it takes the place of the one that the person has."""
        command = RecordDocument(person, kind, number, nationality, self._operator, bool(why), why)
        self._write(person, partial(self._commands.record_document, command))

    def link(self, one: Id, other: Id, why: str) -> None:
        self._write(one, partial(self._commands.link, LinkCandidates(one, other, why, self._operator)))

    def unlink(self, shown: Id, later: Id, why: str) -> None:
        """`later`: which of the two is linked to the other."""
        self._write(shown, partial(self._commands.unlink, UnlinkCandidate(later, why, self._operator)))

    def tell_apart(self, one: Id, other: Id) -> None:
        self._write(one, partial(self._commands.tell_apart, TellApart(one, other, self._operator)))

    def _write(self, shown: Id, work: Callable[[], object]) -> None:
        self._tasks.write(work, lambda done: self._answer(done, lambda _result: self.done.emit(shown)))

    def _answer(self, done: "Future[T]", tell: Callable[[T], None]) -> None:
        try:
            result = done.result()
        except RuleViolation as refusal:
            self.refused.emit(refusal.code, refusal.field, refusal.detail)
        except EnvironmentFault as fault:
            self.failed.emit(fault)
        else:
            tell(result)
