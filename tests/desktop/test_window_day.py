"""The real window over a demonstration centre: every page in it, and one day's work by its operators in turn."""

from itertools import product
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit

from appraisal.catalogue import load_schemes
from appraisal.credential.digits import payload_text
from appraisal.documents.portrait import drawn_portrait
from appraisal.domain.batch import BatchState
from appraisal.domain.identity import check_digit
from appraisal.domain.marks import Outcome
from appraisal.usecases.reads import SyncState
from appraisal.usecases.register_candidate import AttachPhotos, attach_photos
from appraisal.usecases.submit_enrolment import Seat, SeatEnrolments, seat_enrolments
from db.centre import Surroundings
from db.folder import DEMONSTRATION_LOGIN
from db.keyslots import Cost
from desktop.commands.certificates import prepare_demonstration
from desktop.commands.setup import init_demonstration
from desktop.demonstration.script import Demonstration
from desktop.gui import DeskWindow
from desktop.page_builders import PAGES
from desktop.session import Session
from desktop.shell.defects import DefectDialog

PICTURES = Path(__file__).parents[2] / "screenshots"
ENTER, CTRL = Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier
FIRST = "11010519900307" + "998"
NUMBER, NAME, ADMISSION = FIRST + check_digit(FIRST), "陈𬱖", "2601001004101001001"


@pytest.fixture
def desk(qapp, tmp_path, qtbot):
    init_demonstration(tmp_path / "desk", Surroundings(load_schemes(), cost=Cost(1, 8, 1)))
    window = DeskWindow(qapp, tmp_path / "desk")
    window.begin()
    yield window
    window.window.close()
    window.end()
    qapp.setProperty("scheme", None)  # the next test dresses the application anew


def page(desk, qtbot, key, login=None):
    """The page as this operator sees it: the demonstration's operators take turns."""
    if login is not None:
        desk.act_as(next(one.id for one in desk.centre.reads.operators() if one.login == login))
    desk.window.resize(1366, 768)
    desk.window.show_page(key)
    desk.window.activateWindow()
    return desk.window.page(key)


def keys(qtbot, text, into=None):
    widget = into or QApplication.focusWidget()
    if text.isascii():
        qtbot.keyClicks(widget, text)
    else:
        event = QInputMethodEvent()
        event.setCommitString(text)
        QApplication.sendEvent(widget, event)


def register(desk, qtbot):
    form = page(desk, qtbot, "candidates", "registrar").form
    batch = desk.centre.reads.batches()[0].id
    keys(qtbot, NUMBER, form.fields["id_no"])
    keys(qtbot, NAME, form.fields["name"])
    qtbot.waitUntil(lambda: form.fields["latin_name"].text() != "")
    keys(qtbot, "15400000001", form.fields["phone"])
    form.fields["education"].setFocus()
    qtbot.keyClick(form.fields["education"], Qt.Key.Key_Down)
    if form.fields["batch"].value() != batch:
        qtbot.keyClick(form.fields["batch"], Qt.Key.Key_Down)
    for name in ("level", "condition"):
        while not form.fields[name].value():
            qtbot.keyClick(form.fields[name], Qt.Key.Key_Down)
    for box in form.consents.boxes.values():
        qtbot.keyClick(box, Qt.Key.Key_Space)
    qtbot.keyClick(form.fields["id_no"], ENTER, CTRL)
    qtbot.waitUntil(lambda: len(desk.centre.reads.enrolments(batch)) == 1)
    return batch


def to_the_exam(desk, batch):
    """What has pages of its own, and tests of its own: review, photo, seat, and the clock moved on."""
    centre, play = desk.centre, Demonstration(desk.centre)
    enrolled, = centre.reads.enrolments(batch)
    registrar = enrolled.entered_by
    play.approve(batch)
    attach_photos(AttachPhotos(((enrolled.person, drawn_portrait(1)),), registrar), centre.desk)
    seat_enrolments(SeatEnrolments(batch, (Seat(enrolled.id, ADMISSION, "001", "001"),), registrar), centre.desk)
    play.bring(batch, BatchState.MARKING)


def enter_marks(desk, qtbot, batch, entry, login):
    tab = page(desk, qtbot, "marks", login).entries[entry]
    qtbot.waitUntil(lambda: len(tab.view_model.rows) == 1)
    tab.grid.setFocus()
    qtbot.waitUntil(tab.grid.hasFocus)
    for mark in ("85", "90.5"):
        for key in (*mark, ENTER):
            qtbot.keyClick(tab.grid.focusWidget() if isinstance(tab.grid.focusWidget(), QLineEdit) else tab.grid, key)
    qtbot.waitUntil(lambda: all(mark is not None for _, mark in desk.centre.reads.mark_rows(batch, entry)[0].marks))


def test_a_day_by_its_operators_in_turn(desk, qtbot, tmp_path, monkeypatch):
    batch = register(desk, qtbot)
    to_the_exam(desk, batch)
    enter_marks(desk, qtbot, batch, 1, "marks-a")
    enter_marks(desk, qtbot, batch, 2, "marks-b")
    assert [row.outcome for row in desk.centre.reads.outcomes(batch)] == [Outcome.PASS]
    prepare_demonstration(Session(desk.centre, demonstration=True, login=DEMONSTRATION_LOGIN),
                          desk.centre.reads.batches()[0])

    certificates = page(desk, qtbot, "certificates", "certificates")
    qtbot.waitUntil(certificates.issue.isEnabled)
    qtbot.mouseClick(certificates.issue, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: len(desk.centre.reads.certificate_rows(batch)) == 1, timeout=20000)
    issued = desk.centre.reads.certificate(desk.centre.reads.certificate_rows(batch)[0].id)
    assert issued.face.name == NAME

    verify = page(desk, qtbot, "verify")
    qtbot.keyClicks(verify.scan, payload_text(issued.cose, "verify.example.com"))
    qtbot.keyClick(verify.scan, ENTER)
    qtbot.waitUntil(lambda: verify._view_model.chosen is not None)
    assert verify._view_model.chosen.verdict.claims.number == issued.number

    sync = page(desk, qtbot, "sync")
    qtbot.waitUntil(lambda: sync.tiles.tiles[SyncState.SAVED].count.text() != "0")
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path))
    qtbot.mouseClick(sync.send, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(sync.places.folder, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: desk.centre.reads.sync_summary().last_export is not None, timeout=20000)
    assert desk.centre.reads.sync_summary().unsent == 0


def test_every_page_opens_and_has_its_picture(desk, qtbot):
    PICTURES.mkdir(exist_ok=True)
    for scheme, language in product(("light", "dark"), ("zh_CN", "en")):
        desk.paint(scheme)
        desk.speak(language)
        for key, _title, _build in PAGES:
            shown = page(desk, qtbot, key)
            qtbot.waitUntil(shown.isVisible)
            qtbot.wait(150)
            assert desk.window.grab().save(str(PICTURES / f"window-{key}-{scheme}-{language}.png"))
        assert not desk.window.findChildren(DefectDialog)
        assert not desk.window.fault.isVisible()
