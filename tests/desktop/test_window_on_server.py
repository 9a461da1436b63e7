"""The window of a desk whose centre is on a PostgreSQL server."""

import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from sqlalchemy import create_engine

from appraisal.catalogue import load_schemes
from db.centre import Surroundings, join_centre, open_centre
from db.folder import DEMONSTRATION_PASSPHRASE, DESK, Server, followed, place_of
from db.keyslots import Cost
from desktop.cli import main
from desktop.commands.setup import init_demonstration
from desktop.errors import sentence
from desktop.gui import DeskWindow
from desktop.pages.sign_in import SignInPage
from desktop.shell.status_bar import DeskStatusBar

ROOT = Path(__file__).parents[2]


@pytest.fixture
def around():
    return Surroundings(load_schemes(), cost=Cost(1, 8, 1))


@pytest.fixture
def shown(qapp):
    windows = []

    def show(place):
        window = DeskWindow(qapp, place)
        windows.append(window)
        window.begin()
        return window

    yield show
    for window in windows:
        window.window.close()
        window.window.deleteLater()  # a page of the first start would make itself anew in the next test's language
        window.end()
    qapp.setProperty("scheme", None)


@pytest.fixture
def founded(postgresql_url, around, tmp_path):
    """A centre on the server, made at another computer; its address."""
    init_demonstration(Server(postgresql_url, tmp_path / "first"), around)
    return postgresql_url


def test_a_new_computer_joins_by_keys_and_is_that_desk_from_then_on(founded, shown, tmp_path, qtbot):
    folder = tmp_path / "data"
    window = shown(folder)
    page = window.window
    qtbot.keyClick(page.welcome.join, Qt.Key.Key_Space)
    step = page.join
    for field, text in ((step.address, founded.removeprefix("postgresql+psycopg://")), (step.login, "administrator"),
                        (step.passphrase, "not the passphrase")):
        qtbot.keyClicks(field, text)
        qtbot.keyClick(field, Qt.Key.Key_Return)
    qtbot.keyClick(step.desk, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: step.form.rows["passphrase"].refusal() != "", timeout=20_000)
    assert followed(folder) == folder
    assert step.address.text()  # nothing typed is lost
    step.passphrase.clear()
    qtbot.keyClicks(step.passphrase, DEMONSTRATION_PASSPHRASE)
    qtbot.keyClick(step.desk, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: isinstance(window.window, SignInPage), timeout=20_000)
    signing_in = window.window
    assert signing_in.form.notice.text.text() == sentence("desk_joined", {"number": 2})
    place = followed(folder)
    assert place == place_of(founded)
    assert (folder / "centre.server").stat().st_mode & 0o777 == 0o600
    signing_in.login.setText("registrar")
    signing_in.passphrase.setText(DEMONSTRATION_PASSPHRASE)
    qtbot.mouseClick(signing_in.enter, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: window.centre is not None, timeout=20_000)
    assert window.centre.on_server
    assert window.settings.fileName().startswith(str(place.folder))


def test_a_computer_that_is_no_desk_yet_joins_by_mouse_where_the_address_is_given(founded, shown, qtbot, around):
    here = place_of(founded)
    assert join_centre(here, "administrator", DEMONSTRATION_PASSPHRASE, around).number == 2
    (here.folder / DESK).unlink()  # a computer in the place of desk 2, which is gone
    window = shown(here)
    step = window.window.join
    assert step.isVisible()
    assert not step.back.isVisible()
    assert step.address.isReadOnly()
    qtbot.keyClick(step, Qt.Key.Key_Escape)
    assert step.isVisible()
    for login, number in (("registrar", ""), ("administrator", "7")):
        step.login.setText(login)
        step.passphrase.setText(DEMONSTRATION_PASSPHRASE)
        step.desk.setText(number)
        qtbot.mouseClick(step.join, Qt.MouseButton.LeftButton)
        refused = step.form.rows["desk"].refusal if number else step.form.notice.text.text
        qtbot.waitUntil(lambda refused=refused: refused() != "" and step.isEnabled(), timeout=20_000)
    step.desk.setText("2")
    qtbot.mouseClick(step.join, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: isinstance(window.window, SignInPage), timeout=20_000)
    assert window.window.form.notice.text.text() == sentence("desk_joined_again", {"number": 2})


@pytest.mark.parametrize("address", ["db.example.org:x/centre", "postgresql+psycopg://db.example.org", "https://x/y"])
def test_an_address_that_is_none_is_refused_beside_it(shown, tmp_path, qtbot, address):
    page = shown(tmp_path / "data").window
    qtbot.mouseClick(page.welcome.join, Qt.MouseButton.LeftButton)
    for field, text in ((page.join.address, address), (page.join.login, "a"), (page.join.passphrase, "b")):
        field.setText(text)
    qtbot.mouseClick(page.join.join, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page.join.form.rows["address"].refusal() == sentence("form_address_wrong"))


def test_asked_again_after_a_kill_the_computer_is_the_desk_that_it_was(founded, shown, tmp_path, qtbot, around):
    """Killed after it has joined and before its folder knows."""
    assert join_centre(place_of(founded), "administrator", DEMONSTRATION_PASSPHRASE, around).number == 2
    window = shown(tmp_path / "data")
    qtbot.mouseClick(window.window.welcome.join, Qt.MouseButton.LeftButton)
    step = window.window.join
    for field, text in ((step.address, founded), (step.login, "administrator"),
                        (step.passphrase, DEMONSTRATION_PASSPHRASE)):
        field.setText(text)
    qtbot.mouseClick(step.join, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: isinstance(window.window, SignInPage), timeout=20_000)
    assert followed(tmp_path / "data") == place_of(founded)


def test_signed_in_at_a_second_desk_which_a_cut_connection_does_not_end(postgresql_url, around, shown, tmp_path, qtbot):
    init_demonstration(Server(postgresql_url, tmp_path / "first"), around)
    here = place_of(postgresql_url)
    assert join_centre(here, "administrator", DEMONSTRATION_PASSPHRASE, around).number == 2
    window = shown(here)
    page = window.window
    assert isinstance(page, SignInPage)
    qtbot.keyClicks(page.login, "registrar")
    qtbot.keyClicks(page.passphrase, DEMONSTRATION_PASSPHRASE)
    page.enter.click()
    qtbot.waitUntil(lambda: window.centre is not None, timeout=20_000)
    assert window.settings.fileName().startswith(str(here.folder))
    shell = window.window
    shell.show_page("candidates")
    bar = shell.findChild(DeskStatusBar)
    qtbot.waitUntil(lambda: bar.backup.text() == sentence("backup_is_servers"))
    watcher = create_engine(postgresql_url, isolation_level="AUTOCOMMIT")
    with watcher.connect() as connection:
        connection.exec_driver_sql("SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                                   "WHERE datname = current_database() AND pid <> pg_backend_pid()")
    watcher.dispose()
    shell.show_page("today")
    shell.show_page("candidates")
    assert window.centre.reads.batches()[0].code


@pytest.fixture
def two_desks(postgresql_url, around, tmp_path):
    """The first desk, open, which may write for long; and the address at which this computer is the second."""
    first = Server(postgresql_url, tmp_path / "first")
    init_demonstration(first, around)
    here = f"{postgresql_url}&options=-c%20lock_timeout%3D100ms"
    assert join_centre(place_of(here), "administrator", DEMONSTRATION_PASSPHRASE, around).number == 2
    centre = open_centre(first, "administrator", DEMONSTRATION_PASSPHRASE, around)
    yield centre, here
    centre.close()


def test_the_window_waits_in_sight_while_another_desk_writes(two_desks, shown, qtbot):
    centre, here = two_desks
    window = shown(place_of(here))
    page, who = window.window, centre.opened_by.id
    page.login.setText("registrar")
    page.passphrase.setText(DEMONSTRATION_PASSPHRASE)
    with centre.desk.work(who):
        page.enter.click()
        qtbot.waitUntil(lambda: "中心的 1 号工位从 20" in page.form.notice.text.text())
        assert window.centre is None
    qtbot.waitUntil(lambda: window.centre is not None, timeout=20_000)
    shell, done = window.window, []

    def write():
        with window.centre.desk.work(window.operator):
            pass

    with centre.desk.work(who):
        window.tasks.write(write, done.append)
        qtbot.waitUntil(shell.waiting.isVisible)
        assert "1 号工位" in shell.waiting.text.text()
        assert done == []
    qtbot.waitUntil(lambda: done != [] and not shell.waiting.isVisible())
    assert done.pop().exception() is None
    with centre.desk.work(who):
        window.tasks.write(write, done.append)
        qtbot.waitUntil(shell.waiting.isVisible)
        window.end()  # the window is closed: nobody waits on
    qtbot.waitUntil(lambda: done != [])
    assert done.pop().exception().code == "centre_busy"


def test_a_command_says_once_for_whom_it_waits(two_desks, capsys, monkeypatch, dressed):
    centre, here = two_desks
    monkeypatch.setenv("APPRAISAL_DESK_OPERATOR", "administrator")
    monkeypatch.setenv("APPRAISAL_DESK_PASSPHRASE", DEMONSTRATION_PASSPHRASE)
    with ThreadPoolExecutor(1) as pool:
        with centre.desk.work(centre.opened_by.id):
            done = pool.submit(main, ["--data", here, "--language", "zh_CN", "--json", "operators", "list"])
            said, deadline = "", time.monotonic() + 20
            while "正在等待" not in said and time.monotonic() < deadline:
                said += capsys.readouterr().err
                time.sleep(0.05)
            assert not done.done()
        assert done.result(20) == 0
    said += capsys.readouterr().err
    assert said.count("正在等待：中心的 1 号工位从 20") == 1


def test_the_first_page_is_there_before_any_database_is_loaded():
    """Neither SQLAlchemy nor a driver, whatever `--data` names."""
    said = subprocess.run(
        [sys.executable, "-c", ("import sys, desktop.cli, desktop.gui; from db.folder import place_of; "
         "place_of('postgresql+psycopg://centre@db.example.org/centre'); "
         "print(sorted({'sqlalchemy', 'psycopg', 'sqlcipher3'} & sys.modules.keys()))")],
        capture_output=True, text=True, check=True, cwd=ROOT)
    assert said.stdout.strip() == "[]"
