"""Sending over HTTPS from the Sync page: a real library on a real socket."""

import sys
import threading
from pathlib import Path

import pytest
from certificate_kit import consenting_batch, exchange_of
from import_marks_kit import open_marks_centre, operators
from kit.libraries import SimulatedLibrary
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QInputDialog
from sync_kit import sync_page

from appraisal.usecases.adopt_grant import AdoptGrant, AskToJoin, adopt_grant, ask_to_join
from appraisal.usecases.reads import SyncState
from db.centre import system_clock
from db.engine import open_sqlite
from db.settings import LibraryAddress, keep_library_address, library_address

sys.path.append(str(Path(__file__).parents[1] / "library"))  # where the service is started

from service_kit import Service

NAMES = ("张伟", "欧阳娜娜", "陈𬱖")


@pytest.fixture
def association(tmp_path):
    (tmp_path / "association").mkdir()
    made = SimulatedLibrary(open_sqlite(tmp_path / "association" / "library.db"))
    made.clock.now = system_clock()  # what a desk asks for is as old as its computer says
    yield made
    made.library.engine.dispose()


@pytest.fixture
def centre(tmp_path, association):
    made = open_marks_centre(tmp_path / "desk")
    supervisor, exchange = operators(made)["supervisor"], exchange_of(made)
    grant = association.enrol(ask_to_join(AskToJoin(supervisor), made.desk, exchange))
    adopt_grant(AdoptGrant(grant, supervisor), made.desk, exchange)
    consenting_batch(made, NAMES)
    yield made
    made.close()


@pytest.fixture
def page(centre, tasks, settings, qtbot):
    made = sync_page(centre, tasks, settings)
    qtbot.addWidget(made)
    made.resize(1100, 680)
    made.show()
    qtbot.waitUntil(lambda: counted(made, SyncState.SAVED) > 0)
    return made


def counted(page, state):
    return int(page.tiles.tiles[state].count.text())


def click(qtbot, button):
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def test_to_an_address_that_is_asked_for_once(page, centre, association, qtbot, tmp_path, monkeypatch):
    waiting = counted(page, SyncState.SAVED)
    with Service(association, tmp_path / "spool").running() as client:
        address = str(client.base_url).rstrip("/")
        monkeypatch.setattr(QInputDialog, "getText", lambda *_, **_more: (address, True))
        click(qtbot, page.send)
        assert page.places.network.isVisible()
        click(qtbot, page.places.network)
        qtbot.waitUntil(page.notice.isVisible, timeout=20000)
        assert "are at the library" in page.notice.text.text()
        qtbot.waitUntil(lambda: counted(page, SyncState.ACCEPTED) == waiting)
        assert counted(page, SyncState.SAVED) == counted(page, SyncState.ON_STICK) == 0
        assert library_address(centre.reader) == LibraryAddress(address)
        qtbot.waitUntil(page.send.isEnabled)
        click(qtbot, page.send)
        qtbot.waitUntil(lambda: address in page.places.rows)
        assert not page.places.network.isVisible()
        assert page.places.go.text() == "Se&nd"
        click(qtbot, page.places.go)
        qtbot.waitUntil(page.notice.isVisible, timeout=20000)
        assert "nothing to send" in page.notice.text.text()


def test_stopped_while_the_library_does_not_answer_and_the_writer_goes_on(page, centre, tasks, qtbot):
    keep_library_address(centre.writer, LibraryAddress("http://127.0.0.1:9"))
    page.refresh()
    qtbot.waitUntil(lambda: page.asking.address != "")
    before = counted(page, SyncState.SAVED)
    send = next(one for one in page.commands() if one.title == "Send over HTTPS")
    send.run()
    qtbot.waitUntil(lambda: "Trying again" in page.progress.how_far.text(), timeout=10000)
    written = threading.Event()
    tasks.write(written.set, lambda done: done.result())
    assert written.wait(5)
    qtbot.keyClick(page, Qt.Key.Key_Escape)
    qtbot.waitUntil(page.notice.isVisible, timeout=5000)
    assert "Stopped" in page.notice.text.text()
    qtbot.wait(50)
    assert counted(page, SyncState.SAVED) + counted(page, SyncState.ON_STICK) == before


def test_a_page_that_goes_stops_what_it_sends(page, centre, tasks, qtbot):
    keep_library_address(centre.writer, LibraryAddress("http://127.0.0.1:9"))
    model = page._view_model
    model.send()
    running = model._sending
    (progress,) = running
    model.deleteLater()
    qtbot.waitUntil(lambda: progress._cancelled, timeout=5000)
    page.close()
