"""What the shell is told of pages and actions. Bootstrap makes these; pages know nothing of the shell."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, runtime_checkable

from PySide6.QtWidgets import QWidget


@dataclass(frozen=True, slots=True)
class PageEntry:
    """`build` is called when the page is first shown. `title` is in the language of the windows."""

    key: str
    title: str
    icon: str
    build: Callable[[], QWidget]


@dataclass(frozen=True, slots=True)
class Command:
    """An action that the palette offers; `keys` is only told there, the page makes its own shortcut."""

    title: str
    run: Callable[[], None]
    icon: str = "check"
    keys: str = ""


@runtime_checkable
class HasCommands(Protocol):
    """A page that lends its actions to the palette while it is the one shown."""

    def commands(self) -> Sequence[Command]: ...


@runtime_checkable
class Refreshes(Protocol):
    """A page that reads anew when it comes into sight again (not at its first showing)."""

    def refresh(self) -> None: ...


@runtime_checkable
class GoesTo(Protocol):
    """A page that can be opened at a batch."""

    def go_to(self, batch: str) -> None: ...


@runtime_checkable
class OpensRecord(Protocol):
    """A page that can be opened at one record, named as its rows are."""

    def open_record(self, record: str) -> None: ...


@runtime_checkable
class HoldsDraft(Protocol):
    """A page asked before the window closes: False keeps the window open (and the page says why)."""

    def may_close(self) -> bool: ...


@runtime_checkable
class ShowsWaiting(Protocol):
    """A window that says that this desk waits for its turn in a centre on a server; empty: no more."""

    def show_waiting(self, said: str) -> None: ...


@dataclass(frozen=True, slots=True)
class DeskStatus:
    """What the status bar says. `online` None: this desk has no library address; ages None: never."""

    operator: str = ""
    desk: str = ""
    online: bool | None = None
    unsent: int = 0
    last_backup: datetime | None = None
    list_age_days: int | None = None
    demonstration: bool = False
    on_server: bool = False
    """Backups are the database server's."""
