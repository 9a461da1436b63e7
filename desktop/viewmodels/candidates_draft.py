"""What is being typed, kept in the encrypted database so that a crash takes nothing away."""

from collections.abc import Callable, Mapping
from concurrent.futures import Future
from dataclasses import dataclass

import msgspec
from PySide6.QtCore import QObject, Signal

from appraisal.domain.consent import Purpose
from appraisal.domain.errors import EnvironmentFault
from appraisal.domain.events import Id
from desktop.tasks import Tasks


@dataclass(frozen=True, slots=True)
class Filled:
    """The whole form. `values` by field, as typed."""

    values: Mapping[str, str]
    consents: frozenset[Purpose]
    photo: bytes | None
    why: str = ""
    consent_means: str = "screen"


@dataclass(frozen=True, slots=True)
class Draft:
    filled: Filled
    person: Id | None
    """Who was being corrected."""


@dataclass(frozen=True, slots=True)
class DraftCommands:
    keep: Callable[[bytes | None], None]
    """None: there is nothing to be kept any more."""
    find: Callable[[], bytes | None]


class DraftKeeper(QObject):
    found = Signal(object)
    """A Draft that an earlier run of the program left."""
    failed = Signal(object)
    closing = Signal()
    """Whatever waits to be kept is kept now, or lost."""

    def __init__(self, commands: DraftCommands, tasks: Tasks) -> None:
        super().__init__()
        self._commands, self._tasks = commands, tasks
        tasks.closing.connect(self.closing)
        self._kept = False

    def look(self) -> None:
        """Whether there is one from before."""
        self._tasks.read(self._commands.find, self._tell_found)

    def keep(self, draft: Draft) -> None:
        data = msgspec.msgpack.encode(draft)
        self._kept = True
        self._tasks.write(lambda: self._commands.keep(data), self._tell_failed)

    def forget(self) -> None:
        """It was saved, or discarded."""
        if self._kept:
            self._kept = False
            self._tasks.write(lambda: self._commands.keep(None), self._tell_failed)

    def _tell_found(self, done: "Future[bytes | None]") -> None:
        try:
            data = done.result()
            draft = msgspec.msgpack.decode(data, type=Draft) if data else None
        except EnvironmentFault as fault:
            self.failed.emit(fault)
        except msgspec.ValidationError:  # an earlier release's; it is overwritten by the next
            return
        else:
            if draft is not None:
                self._kept = True
                self.found.emit(draft)

    def _tell_failed(self, done: "Future[None]") -> None:
        try:
            done.result()
        except EnvironmentFault as fault:
            self.failed.emit(fault)
