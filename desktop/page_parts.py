"""What pages are built from: the open desk, and what they share."""
# ruff: noqa: PLC0415 - a window opens sooner when only the page that it shows is loaded

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import partial
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Concatenate, ParamSpec, TypeVar

from PySide6.QtCore import QObject, QSettings
from PySide6.QtWidgets import QWidget

from appraisal.domain.operator import Operator
from db.centre import Centre
from db.desk import CHINA, SqlDesk
from desktop.tasks import Tasks

if TYPE_CHECKING:
    from desktop.binder import Binder
    from desktop.press import DeskPress
    from desktop.viewmodels.sync_records import Whereabouts

Command = TypeVar("Command")
Given = ParamSpec("Given")
Done = TypeVar("Done")


@dataclass(slots=True)
class PageParts:
    """What pages are built from. `go_to` shows another page, at a batch where one is named; `changed` has the status
    bar look again."""

    centre: Centre
    operator: Operator
    tasks: Tasks
    settings: QSettings
    pdfium: Lock = field(default_factory=Lock)
    """PDFs are not read by two threads at once."""
    go_to: Callable[[str, str], None] = lambda _key, _batch: None
    open_at: Callable[["Whereabouts", str], None] = lambda _where, _remedy: None
    """Opens a record on its page, with a sentence beside it that says what to do."""
    changed: Callable[[], None] = lambda: None
    _press: "DeskPress | None" = None

    @property
    def press(self) -> "DeskPress":
        """Made at first need: it loads fonts, and what draws and reads symbols."""
        from db.templates import AdoptedTemplates
        from desktop.press import DeskPress

        if self._press is None:
            self._press = DeskPress(pdfium=self.pdfium,
                                    adopted=AdoptedTemplates(self.centre.reader, self.centre.clock))
        return self._press

    def bound(self, use_case: Callable[Concatenate[Command, SqlDesk, Given], Done],
              ) -> Callable[Concatenate[Command, Given], Done]:
        """A use case on this desk."""
        def run(command: Command, /, *more: Given.args, **named: Given.kwargs) -> Done:
            return use_case(command, self.centre.desk, *more, **named)

        return run

    def binder(self) -> "Binder":
        """Who makes the papers of a batch; what is made is noted, in its turn among the writes."""
        from appraisal.domain.handout import Means
        from appraisal.usecases.record_handout import RecordHandout, record_handout
        from desktop.binder import Binder

        def note(title: str, rows: int, name: str) -> None:
            made = RecordHandout(title, rows, Means.PAPER, False, name, self.operator.id)
            self.tasks.on_writer(partial(record_handout, made, self.centre.desk))

        return Binder(self.centre.reads, self.press.fonts, self.centre.clock, note)

    def today(self) -> date:
        return datetime.fromtimestamp(self.centre.clock() / 1000, CHINA).date()

    def demonstration_clock(self) -> Callable[[date], None]:
        """Moves the clock on to nine o'clock of a day."""
        from desktop.demonstration.script import Demonstration

        return Demonstration(self.centre).be_on


@dataclass(frozen=True, slots=True)
class CentreBackups:
    """Copies of the open centre, as the Administration page asks for them."""

    centre: Centre

    def make(self, folder: Path) -> Path:
        from desktop.commands.upkeep import backup_create

        made = datetime.fromtimestamp(self.centre.clock() / 1000, CHINA)
        target = folder / f"appraisal-desk-{made:%Y%m%d-%H%M%S}"
        backup_create(self.centre, target)
        return target

    def last(self) -> datetime | None:
        at = self.centre.last_backup()
        return None if at is None else datetime.fromtimestamp(at / 1000, CHINA)


def of_people(parts: PageParts, page: QWidget) -> QWidget:
    """What leaves the page's lists is noted in the journal."""
    from appraisal.usecases.record_handout import RecordHandout, record_handout
    from desktop.widgets.table_tools import Handout, protect_lists

    def note(made: Handout) -> None:
        record_handout(RecordHandout(made.table, made.rows, made.means, made.masked, made.why, parts.operator.id),
                       parts.centre.desk)

    protect_lists(page, note)
    return page


def owned(page: QWidget, view_model: QObject) -> QWidget:
    """Qt lets go of a view-model with its page, not before."""
    view_model.setParent(page)
    return page
