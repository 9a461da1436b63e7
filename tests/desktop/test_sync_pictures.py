"""Pictures of the Sync page, to be looked at; and that nothing is cut off."""

from dataclasses import replace
from pathlib import Path

import pytest
from certificate_kit import consenting_batch, granted_centre, receipt_for
from import_marks_kit import open_marks_centre
from PySide6.QtWidgets import QAbstractButton, QLabel
from sync_kit import kind_of_entry, sync_page

from appraisal.usecases.reads import SyncState
from db.queries.transfers import transfers
from db.settings import LibraryAddress, keep_library_address
from desktop.shell.entries import PageEntry
from desktop.shell.window import MainWindow
from desktop.viewmodels.association import Supervisor
from desktop.viewmodels.sync_places import Stick

NAMES = ("张伟", "欧阳娜娜", "陈𬱖", "古丽仙·买买提", "李㛃", "王芳", "刘洋")


@pytest.fixture(scope="module")
def joined(tmp_path_factory):
    made = granted_centre(tmp_path_factory.mktemp("sync") / "desk")
    consenting_batch(made, NAMES, but=("李㛃",))
    yield made
    made.close()


@pytest.fixture(scope="module")
def alone(tmp_path_factory):
    made = open_marks_centre(tmp_path_factory.mktemp("alone") / "desk")
    yield made
    made.close()


@pytest.fixture
def page_of(tasks, settings, look, qtbot):
    def make(centre, sticks=()):
        title = "同步" if look[1] == "zh_CN" else "Sync"
        window = MainWindow([PageEntry("sync", title, "sync", lambda: sync_page(
            centre, tasks, settings, sticks=sticks))], settings)
        qtbot.addWidget(window)
        window.show_page("sync")
        page = window.page("sync")
        window.show()
        qtbot.waitUntil(lambda: page.tiles.tiles[SyncState.SAVED].count.text() != "0"
                        or page.tiles.tiles[SyncState.ACCEPTED].count.text() != "0")
        return page

    return make


def cut_off(page):
    return [part.text() for part in (*page.findChildren(QLabel), *page.findChildren(QAbstractButton))
            if part.isVisible() and part.text() and not (isinstance(part, QLabel) and part.wordWrap())
            and part.width() + 1 < part.minimumSizeHint().width()]


def test_before_it_joined(page_of, alone, shoot, qtbot, tmp_path):
    page = page_of(alone)
    page._view_model.write_request(tmp_path)
    qtbot.waitUntil(page.join.words.isVisible)
    shoot(page.window(), "sync-join")
    assert cut_off(page) == []


def test_after_a_day(page_of, joined, shoot, qtbot, tmp_path):
    page = page_of(joined)
    if not transfers(joined.reader):
        page._view_model.export(tmp_path / "stick")
        qtbot.waitUntil(page.notice.isVisible, timeout=10000)
        registered = [seq for seq in range(1, 60) if kind_of_entry(joined, seq) == "candidate.registered"]
        receipt = tmp_path / "receipt.cose"
        receipt.write_bytes(receipt_for(joined, rejected=registered[1:2], held=registered[2:4]))
        page._view_model.take_in(receipt)
        qtbot.waitUntil(page.needs.table.isVisible)
    qtbot.waitUntil(lambda: page.needs.table.isVisible() and page.needs.table.model().row_at(0) is not None)
    qtbot.waitUntil(page.send.isEnabled)
    page._view_model.export(tmp_path / "again")
    qtbot.waitUntil(page.notice.isVisible)
    qtbot.waitUntil(page.send.isEnabled)
    qtbot.wait(100)  # what was read anew
    qtbot.waitUntil(lambda: page.needs.table.model().row_at(0) is not None)
    shoot(page.window(), "sync-day")
    assert cut_off(page) == []


def test_where_to_send(page_of, joined, shoot, qtbot, tmp_path):
    keep_library_address(joined.writer, LibraryAddress("https://library.talent.example.cn/v1"))
    page = page_of(joined, (Stick("KINGSTON", Path("/media/zhang/KINGSTON"), 12 << 30),
                            Stick("考务 U 盘", Path("/media/zhang/考务 U 盘"), 700 << 20)))
    page.send.click()
    qtbot.waitUntil(lambda: len(page.places.rows) == 3)
    shoot(page.window(), "sync-places")
    assert cut_off(page) == []


def test_when_lists_are_old(page_of, joined, shoot, qtbot):
    joined.move_clock(63 * 86_400_000)
    joined.add_slot("supervisor", "their own words")
    page = page_of(joined)
    panel = page.association
    qtbot.waitUntil(panel.agree.isVisible)
    panel._view_model._commands = replace(panel._view_model._commands, supervisors=lambda: [
        Supervisor("supervisor", "王主管", True)])
    panel.ask_supervisor()
    qtbot.waitUntil(lambda: panel.form.who.count() == 1)
    shoot(page.window(), "sync-old-lists")
    assert cut_off(page) == []
    joined.to_real_time()
