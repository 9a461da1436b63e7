"""The window of somebody who has signed in: its pages, its status bar, and whose turn it is in a demonstration."""

from datetime import datetime
from functools import partial

from appraisal.catalogue import load_schemes
from appraisal.domain.events import Id
from appraisal.domain.operator import Operator
from db.centre import Centre, Surroundings
from db.desk import CHINA
from db.turns import Told
from desktop.errors import sentence
from desktop.page_builders import page_entries
from desktop.page_parts import PageParts
from desktop.shell.entries import DeskStatus, GoesTo, OpensRecord
from desktop.shell.operators_menu import OperatorsMenu
from desktop.shell.window import MainWindow
from desktop.viewmodels.sync_records import Whereabouts
from desktop.windows import DeskWindow


def surroundings(waiting: Told) -> Surroundings:
    return Surroundings(load_schemes(), waiting=waiting)


def main_window(desk: DeskWindow, centre: Centre) -> MainWindow:
    operator = next(one for one in centre.reads.operators() if one.id == desk.operator)
    parts = PageParts(centre, operator, desk.tasks, desk.settings)
    window = MainWindow(page_entries(parts), desk.settings)
    parts.go_to, parts.open_at = partial(_go_to, window), partial(_open_at, window)
    window.scheme_chosen.connect(desk.paint)
    window.language_chosen.connect(lambda language: desk.later(lambda: desk.speak(language)))
    window.help_asked.connect(lambda key: _help(window, key))
    if centre.began is not None:
        window.show_notice(sentence(f"epoch_began_{centre.began}"))
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


def _open_at(window: MainWindow, where: Whereabouts, remedy: str) -> None:
    _go_to(window, where.page, where.batch)
    page = window.page(where.page)
    if where.record and isinstance(page, OpensRecord):
        page.open_record(where.record)
    window.show_remedy(remedy, "sync")


def _show_status(desk: DeskWindow, window: MainWindow, centre: Centre, operator: Operator) -> None:
    desk.tasks.read(lambda: _status(centre, operator), lambda done: window.show_status(done.result()))


def _status(centre: Centre, operator: Operator) -> DeskStatus:
    about, trust = centre.reads.centre(), centre.reads.trust()
    days = None if trust is None else max(0, centre.clock() // 1000 - trust.issued) // 86_400
    backup = centre.last_backup()
    return DeskStatus(
        f"{operator.name} ({operator.login})", about.name.zh, None, centre.reads.sync_summary().unsent,
        None if backup is None else datetime.fromtimestamp(backup / 1000, CHINA), days, about.demonstration,
        centre.on_server)


def _help(window: MainWindow, key: str) -> None:
    from desktop.shell.help import show_help  # noqa: PLC0415 - read when asked for

    show_help(window, key)
