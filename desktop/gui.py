"""The window's life: first start, sign in, the main window, another operator, another language."""

import gc
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from appraisal.domain.errors import EnvironmentFault, RuleViolation
from db.folder import (
    DEMONSTRATION_LOGIN,
    DEMONSTRATION_PASSPHRASE,
    Place,
    Server,
    files_of,
    is_here,
    opens_without_asking,
)
from desktop import windows
from desktop.i18n import choose_language, current_language
from desktop.interpreter import Interpreter
from desktop.shell.choices import language_in, scheme_in, settings_in
from desktop.shell.defects import DefectHook
from desktop.shell.entries import ShowsWaiting
from desktop.tasks import Tasks
from desktop.theme import Scheme, apply_theme, register_fonts
from desktop.waiting import Waiting

if TYPE_CHECKING:
    from appraisal.domain.events import Id
    from db.centre import Centre
    from desktop.shell.window import MainWindow
    from desktop.viewmodels.first_start import JoinDraft


def run_window(place: Place) -> int:
    """Returns when the last window is closed; everything written by then is on the disk."""
    QApplication.setAttribute(Qt.ApplicationAttribute.AA_DontShowIconsInMenus, on=False)
    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    desk = DeskWindow(app, place)
    desk.begin()
    status = app.exec()
    desk.end()
    return status


def _warm() -> None:
    """While the passphrase is typed: what signing in will need."""
    import desktop.main_window  # noqa: F401, PLC0415


class DeskWindow(QObject):
    """One window at a time: what it shows depends on whether a centre is there, and who is signed in."""

    def __init__(self, app: QApplication, place: Place) -> None:
        super().__init__()
        self._app, self._place = app, place
        folder = files_of(place)
        folder.mkdir(parents=True, exist_ok=True)
        self.settings, self.tasks = settings_in(folder), Tasks()
        self.centre: Centre | None = None
        self._joined: tuple[Server, str] | None = None
        self.window: QWidget | None = None
        self._main: MainWindow | None = None
        self.operator: Id = ""
        register_fonts()
        choose_language(app, language_in(self.settings))
        apply_theme(app, scheme_in(self.settings))
        self._waiting = Waiting(self)
        self._waiting.said.connect(self._show_waiting)
        self._hook = DefectHook(self._show_defect, self._show_fault)
        self._hook.install()
        self._interpreter = Interpreter(app)

    def begin(self) -> None:
        """The first window that fits: the demonstration opens without asking."""
        if not is_here(self._place):
            self._show(windows.first_start(self))
        elif not (opens_without_asking(self._place) and self._open_demonstration()):
            self._show(windows.sign_in(self))
            self.later(lambda: self.tasks.read(_warm, lambda done: done.result()))

    def end(self) -> None:
        self._waiting.end()
        self.tasks.close()
        if self.centre is not None:
            self.centre.close()
            self.centre = None
        self._hook.remove()
        self._interpreter.end()
        gc.unfreeze()

    # what the first windows ask

    @property
    def folder(self) -> Path:
        return files_of(self._place)

    @property
    def place(self) -> Place:
        return self._place

    def join(self, draft: "JoinDraft") -> None:
        """On the writer's lane."""
        self._joined = windows.join(self._place, draft, self._waiting.tell)

    def sign_in(self, login: str, passphrase: str) -> "Centre":
        """Off the GUI thread: the key behind a passphrase takes its time."""
        from db.centre import open_centre  # noqa: PLC0415 - the sign-in page is there before the database is loaded
        from desktop.main_window import surroundings  # noqa: PLC0415

        return open_centre(self._place, login, passphrase, surroundings(self._waiting.tell))

    def signed_in(self, centre: "Centre") -> None:
        self.centre, self.operator = centre, centre.opened_by.id
        self._show_main(centre)

    def founded(self, how: str) -> None:
        """A centre was made, restored or joined. A demonstration opens at once; a real one asks who is there."""
        if self._joined is not None:
            self._show_joined(*self._joined)
        elif how != "demonstration" or not self._open_demonstration():
            self._show(windows.sign_in(self))

    def speak(self, language: str) -> None:
        """Another language: the windows are made anew in it."""
        self.settings.setValue("window/language", language)
        choose_language(self._app, language)
        if self.centre is not None:
            self._show_main(self.centre)

    def paint(self, scheme: str) -> None:
        apply_theme(self._app, Scheme(scheme))

    def act_as(self, operator: "Id") -> None:
        """A demonstration's operators take turns without a passphrase."""
        assert self.centre is not None
        self.operator = operator
        self._show_main(self.centre)

    def sign_out(self) -> None:
        if self.centre is not None:
            centre, self.centre = self.centre, None
            self.tasks.write(centre.close, lambda done: done.result())
        self._show(windows.sign_in(self))

    def later(self, what: Callable[[], None]) -> None:
        """After the event at hand: a window does not vanish under its own click."""
        QTimer.singleShot(0, self, what)

    # within

    def _show_joined(self, server: Server, said: str) -> None:
        """From here on this is that server's desk, whose settings lie elsewhere."""
        self._place, self._joined = server, None
        self.settings = settings_in(server.folder)
        self.settings.setValue("window/language", current_language())
        self._show(windows.sign_in(self, said=said))

    def _open_demonstration(self) -> bool:
        try:
            centre = self.sign_in(DEMONSTRATION_LOGIN, DEMONSTRATION_PASSPHRASE)
        except RuleViolation:
            return False
        except EnvironmentFault as fault:
            self._show(windows.fault_window(fault))
            return True
        self.signed_in(centre)
        return True

    def _show_main(self, centre: "Centre") -> None:
        from desktop.main_window import main_window  # noqa: PLC0415 - with the database, after the first page

        gc.unfreeze()  # the window before this one may go
        made = main_window(self, centre)
        self._show(made)
        self._main = made
        made.start()
        # what stands now stays: walked again by the collector, it would hold up a search for a tenth of a second
        self.later(gc.freeze)

    def _show(self, window: QWidget) -> None:
        old, self.window, self._main = self.window, window, None
        if old is not None:
            window.setGeometry(old.geometry())
        window.show()
        if old is not None:
            old.hide()
            old.deleteLater()

    def _show_waiting(self, said: str) -> None:
        if isinstance(self.window, ShowsWaiting):
            self.window.show_waiting(said)

    def _show_defect(self, report: str) -> None:
        if self._main is not None:
            self._main.show_defect(report)

    def _show_fault(self, fault: EnvironmentFault) -> None:
        if self._main is not None:
            self._main.show_fault(fault)
