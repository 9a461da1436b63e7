"""The window of a desk whose centre is on a PostgreSQL server."""

import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import create_engine

from appraisal.catalogue import load_schemes
from db.centre import Surroundings, join_centre, open_centre
from db.folder import DEMONSTRATION_PASSPHRASE, Server, place_of
from db.keyslots import Cost
from desktop.cli import main
from desktop.commands.setup import init_demonstration
from desktop.errors import sentence
from desktop.gui import DeskWindow
from desktop.pages.sign_in import SignInPage
from desktop.shell.status_bar import DeskStatusBar
from desktop.widgets.notice import Notice

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
        window.end()
    qapp.setProperty("scheme", None)


def test_a_computer_that_is_no_desk_yet_reads_how_it_becomes_one(postgresql_url, shown):
    window = shown(place_of(postgresql_url))
    notice = window.window.findChild(Notice)
    assert "init --join" in notice.accessibleName() or "init --join" in notice.text()


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
            time.sleep(1)
            assert not done.done()
        assert done.result(20) == 0
    said = capsys.readouterr().err
    assert said.count("正在等待：中心的 1 号工位从 20") == 1


def test_the_first_page_is_there_before_any_database_is_loaded():
    """Neither SQLAlchemy nor a driver, whatever `--data` names."""
    said = subprocess.run(
        [sys.executable, "-c", ("import sys, desktop.cli, desktop.gui; from db.folder import place_of; "
         "place_of('postgresql+psycopg://centre@db.example.org/centre'); "
         "print(sorted({'sqlalchemy', 'psycopg', 'sqlcipher3'} & sys.modules.keys()))")],
        capture_output=True, text=True, check=True, cwd=ROOT)
    assert said.stdout.strip() == "[]"
