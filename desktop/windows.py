"""The first windows of a desk's life: first start, sign-in, a fault. The database is loaded when it is asked for."""
# ruff: noqa: PLC0415 - the first page is painted before the database is loaded

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Protocol
from urllib.parse import urlsplit

from PySide6.QtCore import QCoreApplication, QSettings
from PySide6.QtWidgets import QVBoxLayout, QWidget

from appraisal.domain.errors import EnvironmentFault, RuleViolation
from db.folder import SERVER, SERVERS, Place, Server, place_of
from desktop.errors import sentence, sentence_of
from desktop.tasks import Tasks
from desktop.widgets.notice import Notice

if TYPE_CHECKING:
    from appraisal.domain.events import Id
    from db.centre import Centre
    from db.turns import Told
    from desktop.viewmodels.first_start import CentreDraft, JoinDraft


class DeskWindow(Protocol):
    """Whose windows these are: desktop.gui.DeskWindow."""

    tasks: Tasks
    settings: QSettings
    operator: "Id"

    @property
    def folder(self) -> Path: ...
    @property
    def place(self) -> Place: ...
    def sign_in(self, login: str, passphrase: str) -> "Centre": ...
    def join(self, draft: "JoinDraft") -> None: ...
    def signed_in(self, centre: "Centre") -> None: ...
    def founded(self, how: str) -> None: ...
    def speak(self, language: str) -> None: ...
    def paint(self, scheme: str) -> None: ...
    def act_as(self, operator: "Id") -> None: ...
    def sign_out(self) -> None: ...
    def later(self, what: Callable[[], None]) -> None: ...


def first_start(desk: DeskWindow) -> QWidget:
    from desktop.pages.first_start import FirstStartPage
    from desktop.viewmodels.first_start import FirstStartViewModel

    view_model = FirstStartViewModel(
        lambda draft: _found(desk.folder, draft), lambda: _demonstrate(desk.folder),
        lambda path, passphrase: _restore(path, desk.folder, passphrase), desk.tasks, desk.join,
        str(desk.place) if isinstance(desk.place, Server) else "")
    page = FirstStartPage(view_model)
    view_model.setParent(page)
    page.resize(1100, 720)
    page.language_chosen.connect(desk.speak)
    view_model.done.connect(lambda how: desk.later(lambda: desk.founded(how)))
    return page


def sign_in(desk: DeskWindow, login: str = "", said: str = "") -> QWidget:
    """`said`: what has just been done, and what is to do next."""
    from desktop.pages.sign_in import SignInPage
    from desktop.viewmodels.sign_in import SignInViewModel

    view_model = SignInViewModel(desk.sign_in, desk.tasks)
    page = SignInPage(view_model, login=login)
    view_model.setParent(page)
    page.resize(1100, 720)
    if said:
        page.form.notice.good(said)
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


def _found(folder: Path, draft: "CentreDraft") -> None:
    """The first operator looks after the installation, and enrols those who appraise."""
    from appraisal.catalogue import load_schemes
    from appraisal.domain.certificate import Bilingual
    from appraisal.domain.operator import Role
    from appraisal.usecases.found_centre import FirstOperator, FoundCentre
    from db.centre import Surroundings, create_centre

    create_centre(folder, FoundCentre(
        draft.code, Bilingual(draft.name_zh, draft.name_en or draft.name_zh), draft.qr_host,
        (FirstOperator(draft.login, draft.operator, frozenset({Role.ADMINISTRATOR})),)),
        {draft.login: draft.passphrase}, Surroundings(load_schemes()))


def join(place: Place, draft: "JoinDraft", waiting: "Told") -> tuple[Server, str]:
    """As `init --join`, and what there is to say of it. A data folder remembers the server. Killed between the two,
    the computer is a desk already when it is asked again, by an administrator: that is no fault."""
    from appraisal.catalogue import load_schemes
    from db.centre import Surroundings, join_centre
    from db.files import write_durably

    server = _server(draft.address) if isinstance(place, Path) else place
    try:
        around = Surroundings(load_schemes(), waiting=waiting)
        joined = join_centre(server, draft.login, draft.passphrase, around, draft.desk)
        said = sentence("desk_joined_again" if joined.again else "desk_joined", {"number": joined.number})
    except EnvironmentFault as fault:
        if fault.code != "desk_here_already":
            raise
        said = sentence_of(fault)
    if isinstance(place, Path):
        write_durably(place / SERVER, server.url.encode(), mode=0o600)
    return server, said


def _server(address: str) -> Server:
    """Raises RuleViolation form_address_wrong."""
    scheme, _, rest = address.rpartition("://")
    if scheme not in ("", "postgres", "postgresql", "postgresql+psycopg"):
        raise RuleViolation("form_address_wrong", "address")
    try:
        found = place_of(SERVERS + rest)
    except ValueError as fault:
        raise RuleViolation("form_address_wrong", "address") from fault
    if not (isinstance(found, Server) and urlsplit(found.url).path.strip("/")):
        raise RuleViolation("form_address_wrong", "address")
    return found


def _demonstrate(folder: Path) -> None:
    from appraisal.catalogue import load_schemes
    from db.centre import Surroundings
    from desktop.commands.setup import init_demonstration

    init_demonstration(folder, Surroundings(load_schemes()))


def _restore(source: Path, folder: Path, passphrase: str) -> None:
    from desktop.commands.upkeep import backup_restore

    del passphrase  # asked for again at sign-in, by login
    backup_restore(source if source.is_dir() else source.parent, folder)
