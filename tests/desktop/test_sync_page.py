"""Joining a library, sending by stick, taking the receipt in: by clicks, and as the database has it afterwards."""

import threading

import pytest
from certificate_kit import LIBRARY, consenting_batch, grant_for, receipt_for, short_receipt_for
from import_marks_kit import open_marks_centre, operators
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QFileDialog, QInputDialog, QLabel
from sync_kit import kind_of_entry, sync_page

from appraisal.domain.exchange import Place, ReceiptAccepted
from appraisal.exchange.enrolment import fingerprint, read_request
from appraisal.exchange.typed import to_typed
from appraisal.exchange.words import spoken
from appraisal.usecases.reads import SyncState
from db.queries.transfers import transfers
from desktop.viewmodels.sync_places import Stick

NAMES = ("张伟", "欧阳娜娜", "陈𬱖")


@pytest.fixture
def centre(centre):
    consenting_batch(centre, NAMES, but=("陈𬱖",))
    return centre


@pytest.fixture
def shown(tasks, settings, qtbot):
    def show(centre, slow=None, sticks=()):
        page = sync_page(centre, tasks, settings, slow=slow, sticks=sticks)
        qtbot.addWidget(page)
        page.resize(1100, 680)
        page.show()
        page.activateWindow()
        qtbot.waitUntil(lambda: page.tiles.tiles[SyncState.SAVED].count.text() != "0")
        return page

    return show


def send(page, qtbot):
    """Into the folder that the dialog gives."""
    qtbot.mouseClick(page.send, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(page.places.folder, Qt.MouseButton.LeftButton)


def counts(page):
    return {state: int(tile.count.text()) for state, tile in page.tiles.tiles.items()}


def lines(page):
    """Of the timeline, from its top."""
    return [one.text() for one in page.timeline.rolled.widget().findChildren(QLabel) if one.text()]


def choose(monkeypatch, path):
    """The system's own dialogs, answered."""
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(path))
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(path), ""))


def test_sent_then_received_then_accepted(shown, centre, qtbot, tmp_path, monkeypatch):
    page = shown(centre)
    before = counts(page)
    assert before[SyncState.SAVED] > 0
    assert before[SyncState.STAYS] > 0
    assert page.timeline.empty.isVisible()
    assert lines(page) == [f"{before[SyncState.SAVED]} records wait here", "Nothing of them has left; send them."]
    stick = tmp_path / "stick"
    choose(monkeypatch, stick)
    send(page, qtbot)
    qtbot.waitUntil(page.notice.isVisible, timeout=10000)
    assert "safe to remove" in page.notice.text.text()
    (bundle,) = stick.iterdir()
    assert bundle.name in page.notice.text.text()
    qtbot.waitUntil(lambda: counts(page)[SyncState.SAVED] == 0)
    assert counts(page)[SyncState.ON_STICK] == before[SyncState.SAVED]
    assert counts(page)[SyncState.STAYS] == before[SyncState.STAYS]
    assert f"{before[SyncState.SAVED]} records are on their way" in lines(page)
    receipt = tmp_path / "receipt.cose"
    receipt.write_bytes(receipt_for(centre, rejected={4}))
    choose(monkeypatch, receipt)
    qtbot.mouseClick(page.take_file, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: counts(page)[SyncState.ACCEPTED] > 0)
    assert counts(page)[SyncState.ON_STICK] == 0
    assert "receipt is taken in" in page.notice.text.text()
    assert [one.way.value for one in transfers(centre.reader)] == ["came", "left"]
    assert lines(page)[0] == "Receipt 1 came"
    assert "Last sent 2026-12-12" in page.last.text()


def test_three_clicks_send_by_stick(shown, qtbot, centre, tmp_path):
    sticks = tuple(Stick(name, tmp_path / name, 8 << 30) for name in ("KINGSTON", "旧 U 盘"))
    for one in sticks:
        one.folder.mkdir()
    page = shown(centre, sticks=sticks)
    pressed = []

    def press(button):
        pressed.append(button)
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton, pos=QPoint(12, button.height() // 2))

    press(page.send)
    qtbot.waitUntil(lambda: len(page.places.rows) == 2)
    press(page.places.rows[str(sticks[1].folder)])
    press(page.places.go)
    qtbot.waitUntil(page.notice.isVisible, timeout=10000)
    assert "safe to remove" in page.notice.text.text()
    assert len(pressed) == 3
    assert list(sticks[0].folder.iterdir()) == []
    assert [one.name.endswith(".skb") for one in sticks[1].folder.iterdir()] == [True]
    qtbot.waitUntil(lambda: counts(page)[SyncState.ON_STICK] > 0)


def test_by_keys_alone_and_a_stick_shows_when_it_is_plugged_in(shown, centre, qtbot, tmp_path):
    sticks = []
    page = shown(centre, sticks=sticks)
    qtbot.keyClick(page.send, Qt.Key.Key_Space)
    qtbot.waitUntil(page.places.isVisible)
    assert page.places.nothing.isVisible()
    assert not page.places.go.isEnabled()
    sticks.append(Stick("KINGSTON", tmp_path, 8 << 30))
    qtbot.waitUntil(page.places.go.isEnabled, timeout=5000)
    assert not page.places.nothing.isVisible()
    row = page.places.rows[str(tmp_path)]
    assert "KINGSTON" in row.text()
    row.setFocus()
    qtbot.keyClick(page, Qt.Key.Key_Escape)
    assert not page.places.isVisible()
    qtbot.keyClick(page.send, Qt.Key.Key_Space)
    qtbot.waitUntil(page.places.rows[str(tmp_path)].hasFocus)
    qtbot.keyClick(page.places.rows[str(tmp_path)], Qt.Key.Key_Return)
    qtbot.waitUntil(page.notice.isVisible, timeout=10000)
    assert any(one.name.endswith(".skb") for one in tmp_path.iterdir())


def test_what_the_library_has_beyond_this_copy_is_said_until_it_is_here(shown, centre, qtbot):
    page = shown(centre)
    assert not page.lacking.isVisible()
    epoch = centre.origin.epoch.hex()
    with centre.desk.work(operators(centre)["supervisor"]) as work:
        work.record(ReceiptAccepted("a" * 32, LIBRARY, 9, "b" * 64, (), (Place(epoch, 5000, bytes(32)),)))
    page.refresh()
    qtbot.waitUntil(page.lacking.isVisible)
    assert "records of this desk that this copy lacks" in page.lacking.text.text()
    assert not page.lacking.dismiss.isVisible()


def test_what_the_library_refused_is_listed_with_what_to_do(shown, centre, qtbot, tmp_path):
    entry = next(seq for seq in range(1, 60) if kind_of_entry(centre, seq) == "candidate.registered")
    receipt = tmp_path / "receipt.cose"
    receipt.write_bytes(receipt_for(centre, held={entry}))
    page = shown(centre)
    assert page.needs.nothing.isVisible()
    drop(page, receipt)
    qtbot.waitUntil(page.needs.table.isVisible)
    model = page.needs.table.model()
    qtbot.waitUntil(lambda: model.row_at(0) is not None)
    assert [model.index(0, column).data() for column in range(4)] == [
        "Held", "Candidate", "张伟", "An officer of the association decides; nothing is lost."]
    assert counts(page)[SyncState.NEEDS_YOU] == 1


def drop(page, path):
    held = QMimeData()
    held.setUrls([QUrl.fromLocalFile(str(path))])
    page.dropEvent(QDropEvent(QPointF(50, 50), Qt.DropAction.CopyAction, held, Qt.MouseButton.LeftButton,
                              Qt.KeyboardModifier.NoModifier))


def test_the_first_meeting_request_then_grant(shown, tmp_path, qtbot, monkeypatch):
    centre = open_marks_centre(tmp_path / "new")
    page = shown(centre)
    assert page.join.isVisible()
    assert not page.send.isVisible()
    choose(monkeypatch, tmp_path)
    qtbot.mouseClick(page.join.request, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(page.notice.isVisible)
    assert read_request((tmp_path / "request.cose").read_bytes()).desk == centre.origin.desk.hex()
    assert page.join.grant.hasFocus()
    said = spoken(fingerprint((tmp_path / "request.cose").read_bytes()), "en")
    assert page.join.words.text().replace("\u00a0", " ") == said
    assert page.join.words.isVisible()
    grant = tmp_path / "grant.cose"
    grant.write_bytes(grant_for(centre))
    choose(monkeypatch, grant)
    qtbot.keyClick(page.join.grant, Qt.Key.Key_Space)
    qtbot.waitUntil(page.send.isVisible)
    assert "grant is adopted" in page.notice.text.text()
    assert centre.reads.sync_summary().library == "1f" * 16
    centre.close()


def test_a_short_receipt_is_typed_where_no_stick_comes_back(shown, centre, qtbot, tmp_path, monkeypatch):
    page = shown(centre)
    choose(monkeypatch, tmp_path / "stick")
    send(page, qtbot)
    qtbot.waitUntil(page.notice.isVisible, timeout=10000)
    qtbot.waitUntil(lambda: counts(page)[SyncState.ON_STICK] > 0)
    sent = counts(page)[SyncState.ON_STICK]
    text = to_typed(short_receipt_for(centre))
    typing = next(one for one in page.commands() if one.title == "Type a short receipt")
    wrong = text[:3] + ("4" if text[3] != "4" else "5") + text[4:]
    for typed, said in ((wrong, "Group 1"), (text.replace("-", " "), "accepted")):
        monkeypatch.setattr(QInputDialog, "getMultiLineText", lambda *_, typed=typed: (typed, True))
        page.notice.clear()
        typing.run()
        qtbot.waitUntil(page.notice.isVisible)
        assert said in page.notice.text.text()
    qtbot.waitUntil(lambda: counts(page)[SyncState.ACCEPTED] > 0)
    assert counts(page)[SyncState.ON_STICK] == 0
    assert counts(page)[SyncState.ACCEPTED] == sent


def test_refusals_are_sentences_and_change_nothing(shown, centre, qtbot, tmp_path):
    page = shown(centre)
    before = counts(page)
    good = receipt_for(centre)
    changed = good[:-1] + bytes([good[-1] ^ 1])
    for name, data, said in (("x.cose", b"nothing", "x.cose"), ("r.cose", changed, "receipt")):
        path = tmp_path / name
        path.write_bytes(data)
        drop(page, path)
        qtbot.waitUntil(page.notice.isVisible)
        assert said in page.notice.text.text()
        qtbot.waitUntil(page.send.isEnabled)
    qtbot.keyClick(page.send, Qt.Key.Key_Escape)
    assert not page.notice.isVisible()
    assert counts(page) == before
    assert transfers(centre.reader) == []


def test_a_stick_that_refuses_is_a_notice_and_nothing_counts_as_sent(shown, centre, qtbot, tmp_path, monkeypatch):
    (tmp_path / "file").write_text("no folder")
    page = shown(centre)
    before = counts(page)
    choose(monkeypatch, tmp_path / "file" / "under")
    send(page, qtbot)
    qtbot.waitUntil(page.notice.isVisible)
    assert str(tmp_path / "file") in page.notice.text.text()
    assert counts(page) == before


def test_cancelled_nothing_is_left_on_the_stick(shown, centre, qtbot, tmp_path, monkeypatch):
    gate = threading.Event()
    page = shown(centre, gate)
    before, stick = counts(page), tmp_path / "stick"
    choose(monkeypatch, stick)
    send(page, qtbot)
    qtbot.waitUntil(page.progress.isVisible)
    assert not page.send.isEnabled()
    qtbot.keyClick(page, Qt.Key.Key_Escape)
    gate.set()
    qtbot.waitUntil(page.notice.isVisible)
    assert "Cancelled" in page.notice.text.text()
    assert not stick.exists() or list(stick.iterdir()) == []
    qtbot.wait(50)
    assert counts(page) == before
    assert centre.reads.sync_summary().last_export is None
