"""The window of a desk whose centre is on a PostgreSQL server."""

import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import create_engine

from appraisal.catalogue import load_schemes
from db.centre import Surroundings, join_centre
from db.folder import DEMONSTRATION_PASSPHRASE, Server, place_of
from db.keyslots import Cost
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
    main = window.window
    main.show_page("candidates")
    bar = main.findChild(DeskStatusBar)
    qtbot.waitUntil(lambda: bar.backup.text() == sentence("backup_is_servers"))
    watcher = create_engine(postgresql_url, isolation_level="AUTOCOMMIT")
    with watcher.connect() as connection:
        connection.exec_driver_sql("SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                                   "WHERE datname = current_database() AND pid <> pg_backend_pid()")
    watcher.dispose()
    main.show_page("today")
    main.show_page("candidates")
    assert window.centre.reads.batches()[0].code


def test_the_first_page_is_there_before_any_database_is_loaded():
    """Neither SQLAlchemy nor a driver, whatever `--data` names."""
    said = subprocess.run(
        [sys.executable, "-c", ("import sys, desktop.cli, desktop.gui; from db.folder import place_of; "
         "place_of('postgresql+psycopg://centre@db.example.org/centre'); "
         "print(sorted({'sqlalchemy', 'psycopg', 'sqlcipher3'} & sys.modules.keys()))")],
        capture_output=True, text=True, check=True, cwd=ROOT)
    assert said.stdout.strip() == "[]"
