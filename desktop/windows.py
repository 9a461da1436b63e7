"""The windows of a desk's life, built from their parts: first start, sign-in, main window, a fault."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QCoreApplication, QSettings
from PySide6.QtWidgets import QVBoxLayout, QWidget

from appraisal.catalogue import load_schemes
from appraisal.domain.certificate import Bilingual
from appraisal.domain.errors import EnvironmentFault
from appraisal.domain.events import Id
from appraisal.domain.operator import Operator, Role
from appraisal.usecases.found_centre import FirstOperator, FoundCentre
from db.centre import Centre, Surroundings, create_centre
from db.desk import CHINA
from desktop.errors import sentence_of
from desktop.page_parts import PageParts, page_entries
from desktop.shell.entries import DeskStatus, GoesTo
from desktop.shell.operators_menu import OperatorsMenu
from desktop.shell.window import MainWindow
from desktop.tasks import Tasks
from desktop.widgets.notice import Notice

if TYPE_CHECKING:
    from desktop.viewmodels.first_start import CentreDraft


class DeskWindow(Protocol):
    """Whose windows these are: desktop.gui.DeskWindow."""

    tasks: Tasks
    settings: QSettings
    operator: Id

    @property
    def folder(self) -> Path: ...
    def sign_in(self, login: str, passphrase: str) -> Centre: ...
    def signed_in(self, centre: Centre) -> None: ...
    def founded(self, how: str) -> None: ...
    def speak(self, language: str) -> None: ...
    def paint(self, scheme: str) -> None: ...
    def act_as(self, operator: Id) -> None: ...
    def sign_out(self) -> None: ...
    def later(self, what: Callable[[], None]) -> None: ...


def surroundings() -> Surroundings:
    return Surroundings(load_schemes())


def first_start(desk: DeskWindow) -> QWidget:
    from desktop.pages.first_start import FirstStartPage  # noqa: PLC0415 - once in a desk's life
    from desktop.viewmodels.first_start import FirstStartViewModel  # noqa: PLC0415

    view_model = FirstStartViewModel(
        lambda draft: _found(desk.folder, draft), lambda: _demonstrate(desk.folder),
        lambda path, passphrase: _restore(path, desk.folder, passphrase), desk.tasks)
    page = FirstStartPage(view_model)
    view_model.setParent(page)
    page.resize(1100, 720)
    page.language_chosen.connect(desk.speak)
    view_model.done.connect(lambda how: desk.later(lambda: desk.founded(how)))
    return page


def sign_in(desk: DeskWindow, login: str = "") -> QWidget:
    from desktop.pages.sign_in import SignInPage  # noqa: PLC0415 - a demonstration never shows it
    from desktop.viewmodels.sign_in import SignInViewModel  # noqa: PLC0415

    view_model = SignInViewModel(desk.sign_in, desk.tasks)
    page = SignInPage(view_model, login=login)
    view_model.setParent(page)
    page.resize(1100, 720)
    view_model.done.connect(lambda centre: desk.later(lambda: desk.signed_in(centre)))
    return page


def fault_window(fault: EnvironmentFault) -> QWidget:
    """The desk could not be opened: what happened and what to do, and nothing else."""
    window = QWidget()
    window.setWindowTitle(QCoreApplication.translate("Windows", "Appraisal Desk"))
    notice = Notice()
    notice.warn(sentence_of(fault))
    column = QVBoxLayout(window)
    column.addWidget(notice)
    column.addStretch()
    window.resize(720, 200)
    return window


def main_window(desk: DeskWindow, centre: Centre) -> MainWindow:
    operator = next(one for one in centre.reads.operators() if one.id == desk.operator)
    parts = PageParts(centre, operator, desk.tasks, desk.settings)
    window = MainWindow(page_entries(parts), desk.settings)
    parts.go_to = partial(_go_to, window)
    window.scheme_chosen.connect(desk.paint)
    window.language_chosen.connect(lambda language: desk.later(lambda: desk.speak(language)))
    window.help_asked.connect(lambda key: _help(window, key))
    about = centre.reads.centre()
    if about.demonstration:
        menu = OperatorsMenu(centre.reads.operators(), operator.id, window)
        menu.chosen.connect(lambda other: desk.later(lambda: desk.act_as(other)))
        window.sign_out_asked.connect(menu.open_here)
    else:
        window.sign_out_asked.connect(lambda: desk.later(desk.sign_out))
    window.page_shown.connect(lambda _key: _show_status(desk, window, centre, operator))
    parts.changed = lambda: _show_status(desk, window, centre, operator)
    return window


def _go_to(window: MainWindow, key: str, batch: Id) -> None:
    window.show_page(key)
    page = window.page(key)
    if batch and isinstance(page, GoesTo):
        page.go_to(batch)


def _show_status(desk: DeskWindow, window: MainWindow, centre: Centre, operator: Operator) -> None:
    desk.tasks.read(lambda: _status(centre, operator), lambda done: window.show_status(done.result()))


def _status(centre: Centre, operator: Operator) -> DeskStatus:
    about, trust = centre.reads.centre(), centre.reads.trust()
    days = None if trust is None else max(0, centre.clock() // 1000 - trust.issued) // 86_400
    backup = centre.last_backup()
    return DeskStatus(
        f"{operator.name} ({operator.login})", about.name.zh, None, centre.reads.sync_summary().unsent,
        None if backup is None else datetime.fromtimestamp(backup / 1000, CHINA), days, about.demonstration)


def _help(window: MainWindow, key: str) -> None:
    from desktop.shell.help import show_help  # noqa: PLC0415 - read when asked for

    show_help(window, key)


def _found(folder: Path, draft: "CentreDraft") -> None:
    """The first operator looks after the installation, and enrols those who appraise."""
    create_centre(folder, FoundCentre(
        draft.code, Bilingual(draft.name_zh, draft.name_en or draft.name_zh), draft.qr_host,
        (FirstOperator(draft.login, draft.operator, frozenset({Role.ADMINISTRATOR})),)),
        {draft.login: draft.passphrase}, surroundings())


def _demonstrate(folder: Path) -> None:
    from desktop.commands.setup import init_demonstration  # noqa: PLC0415 - once in a desk's life

    init_demonstration(folder, surroundings())


def _restore(source: Path, folder: Path, passphrase: str) -> None:
    from desktop.commands.upkeep import backup_restore  # noqa: PLC0415 - once in a desk's life

    del passphrase  # asked for again at sign-in, by login
    backup_restore(source if source.is_dir() else source.parent, folder)
