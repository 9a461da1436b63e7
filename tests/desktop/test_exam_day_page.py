"""The exam day by key and mouse on a real desk: scans at the door, a change with its reason, an incident signed on the
screen, papers counted by two, a sitting planned, people enlisted and drawn."""

import pytest
from exam_day_kit import exam_page, put
from kit.exam_days import ExamDay
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication

from appraisal.domain.batch import BatchState
from appraisal.domain.exam_day import Attendance, Tier
from appraisal.domain.marks import Mark, MarkState
from appraisal.domain.operator import Role
from db.engine import open_sqlite
from db.rebuild import differing
from desktop.pages.exam_day import EXAMINERS, INCIDENTS, PAPERS, SITTINGS
from desktop.viewmodels.exam_day import Seen
from desktop.widgets.reason import ReasonDialog


@pytest.fixture
def exam(tmp_path):
    """Twelve people, seated; theory begins at nine."""
    made = ExamDay(open_sqlite(tmp_path / "desk.db"), people=12).enrol().seat()
    made.day.move(made.batch, BatchState.CLOSED, BatchState.SEATED)
    made.at(-15)
    made.day.move(made.batch, BatchState.EXAMINING)
    yield made
    with made.engine.begin() as connection:
        assert differing(connection) == ()
    made.engine.dispose()


def book(exam):
    return exam.reads.book(exam.batch)


def scan(page, qtbot, text):
    """As a scanner types it, Enter at the end."""
    with qtbot.waitSignal(page.view_model.scanned, timeout=3000) as said:
        qtbot.keyClicks(page.door.scanner, text)
        qtbot.keyClick(page.door.scanner, Qt.Key.Key_Return)
    return said.args[0]


def reason(qtbot, why):
    qtbot.waitUntil(lambda: any(isinstance(one, ReasonDialog) and one.isVisible()
                                for one in QApplication.topLevelWidgets()))
    dialog = next(one for one in QApplication.topLevelWidgets() if isinstance(one, ReasonDialog) and one.isVisible())
    dialog.why.setFocus()
    put(dialog.why, why)
    return dialog


def test_a_queue_at_the_door(exam, tasks, qtbot):
    page = exam_page(exam, Role.INVIGILATOR, tasks, qtbot)
    assert page.door.scanner.hasFocus()
    people = book(exam).seated()
    assert scan(page, qtbot, people[0].number).seen is Seen.PRESENT
    qtbot.waitUntil(lambda: not page.door.photo.pixmap().isNull())
    assert page.door.name.text() == people[0].name
    assert page.door.seat.text() == f"Room {people[0].room}, seat {people[0].seat}"
    assert scan(page, qtbot, people[1].person.identity.document_number.lower()).seen is Seen.PRESENT
    assert scan(page, qtbot, people[0].number).seen is Seen.ALREADY
    assert scan(page, qtbot, "2601012003001009999").seen is Seen.UNKNOWN
    exam.at(12)
    late = scan(page, qtbot, people[2].number)
    assert (late.seen, late.minutes) == (Seen.LATE, 12)
    exam.at(45)
    assert scan(page, qtbot, people[3].number).seen is Seen.REFUSED
    qtbot.waitUntil(lambda: page.door.counts.text() == "3 of 12 here · 1 late · 1 absent · 8 still missing")
    with qtbot.waitSignal(page.view_model.closed, timeout=3000) as shut:
        qtbot.keyClick(page, Qt.Key.Key_M, Qt.KeyboardModifier.AltModifier)
    assert shut.args == [8]
    qtbot.waitUntil(lambda: page.door.counts.text() == "3 of 12 here · 1 late · 9 absent · 0 still missing")
    assert not page.door.close_door.isEnabled()


def test_scans_faster_than_the_disk_wait_for_each_other(exam, tasks, qtbot):
    page = exam_page(exam, Role.INVIGILATOR, tasks, qtbot)
    heard = []
    page.view_model.scanned.connect(lambda one: heard.append(one.seen))
    for one in book(exam).seated():
        page.view_model.scan(one.number)
    qtbot.waitUntil(lambda: len(heard) == 12)
    assert set(heard) == {Seen.PRESENT}
    assert len({one.came[exam.theory].state for one in book(exam).seated()}) == 1


def test_the_door_is_not_shut_while_somebody_may_come(exam, tasks, qtbot):
    page = exam_page(exam, Role.INVIGILATOR, tasks, qtbot)
    exam.at(29)
    qtbot.mouseClick(page.door.close_door, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(page.notice.isVisible)
    assert page.notice.text.text().startswith("Whoever comes until 09:30 is let in.")
    assert all(exam.theory not in one.came for one in book(exam).seated())


def test_who_was_marked_wrongly_is_changed_with_a_reason(exam, tasks, qtbot):
    page = exam_page(exam, Role.INVIGILATOR, tasks, qtbot)
    exam.at(45)
    with qtbot.waitSignal(page.view_model.closed, timeout=3000):
        qtbot.mouseClick(page.door.close_door, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page.door.counts.text().startswith("0 of 12"))
    page.door.table.go_to(0)
    page.door.table.selectRow(0)
    qtbot.keyClick(page, Qt.Key.Key_G, Qt.KeyboardModifier.AltModifier)
    dialog = reason(qtbot, "坐错考场")
    assert dialog.form.rows["state"].editor.currentData() == Attendance.PRESENT
    with qtbot.waitSignal(page.view_model.recorded, timeout=3000):
        qtbot.mouseClick(dialog.go_on, Qt.MouseButton.LeftButton)
    first = next(one for one in book(exam).seated() if one.seat == "1")
    assert first.came[exam.theory].state is Attendance.PRESENT


def sign(pad, qtbot):
    qtbot.mousePress(pad, Qt.MouseButton.LeftButton, pos=QPoint(20, 20))
    for x in range(30, 100, 10):
        qtbot.mouseMove(pad, QPoint(x, 20 + x // 4))
    qtbot.mouseRelease(pad, Qt.MouseButton.LeftButton, pos=QPoint(100, 45))


def test_an_incident_with_two_signatures_voids_the_sitting(exam, tasks, qtbot):
    page = exam_page(exam, Role.SUPERVISOR, tasks, qtbot)
    page.tabs.setCurrentIndex(INCIDENTS)
    tab, who = page.incidents, book(exam).seated()[4]
    qtbot.mouseClick(tab.put, Qt.MouseButton.LeftButton)
    assert tab.form.rows["person"].refusal()
    tab.person.setFocus()
    put(tab.person.lineEdit(), f"{who.name}  {who.number}")
    tab.tier.setCurrentIndex(tab.tier.findData(Tier.SESSION))
    put(tab.text, "夹带资料")
    put(tab.names[0], "郑监考")
    sign(tab.pads[0], qtbot)
    with qtbot.waitSignal(page.view_model.refusal, timeout=3000):
        qtbot.mouseClick(tab.put, Qt.MouseButton.LeftButton)
    assert tab.form.rows["signatures"].refusal()
    put(tab.names[1], "吴监考")
    with qtbot.waitSignal(page.view_model.recorded, timeout=3000):
        qtbot.mouseClick(tab.put, Qt.MouseButton.LeftButton)
    found, = book(exam).incidents
    assert [one.name for one in found.signatures] == ["郑监考", "吴监考"]
    assert len(found.signatures[0].strokes.split()) >= 5
    assert found.signatures[1].strokes == ""
    assert book(exam).of(who.id).mark("theory") == Mark(MarkState.VOID)
    assert book(exam).of(who.id).mark("practice") is None
    qtbot.waitUntil(lambda: tab.table.model().rowCount() == 1)
    assert tab.text.toPlainText() == ""
    tab.table.selectRow(0)
    qtbot.mouseClick(tab.void, Qt.MouseButton.LeftButton)
    dialog = reason(qtbot, "认错了人")
    with qtbot.waitSignal(page.view_model.recorded, timeout=3000):
        qtbot.keyClick(dialog.why, Qt.Key.Key_Return)
    assert book(exam).incidents[0].voided
    assert book(exam).of(who.id).mark("theory") is None


def test_papers_are_counted_with_another(exam, tasks, qtbot):
    page = exam_page(exam, Role.INVIGILATOR, tasks, qtbot)
    people = book(exam).seated()
    for one in people[:10]:
        scan(page, qtbot, one.number)
    page.tabs.setCurrentIndex(PAPERS)
    tab = page.papers
    qtbot.waitUntil(lambda: tab.table.model().rowCount() == 1)
    tab.table.go_to(0)
    tab.table.selectRow(0)
    tab.out.setValue(10)
    tab.back.setValue(9)
    with qtbot.waitSignal(page.view_model.refusal, timeout=3000):
        qtbot.mouseClick(tab.put, Qt.MouseButton.LeftButton)
    assert tab.form.rows["checked_by"].refusal()
    tab.other.setCurrentIndex(0)
    with qtbot.waitSignal(page.view_model.refusal, timeout=3000):
        qtbot.mouseClick(tab.put, Qt.MouseButton.LeftButton)
    assert tab.form.rows["why"].refusal()
    put(tab.why, "一份污损，已封存")
    with qtbot.waitSignal(page.view_model.recorded, timeout=3000):
        qtbot.mouseClick(tab.put, Qt.MouseButton.LeftButton)
    counted, = book(exam).papers
    assert (counted.room, counted.handed_out, counted.returned) == ("1", 10, 9)


def test_a_sitting_is_planned_people_enlisted_and_drawn(tmp_path, tasks, qtbot):
    exam = ExamDay(open_sqlite(tmp_path / "desk.db"), people=6).enrol()
    page = exam_page(exam, Role.SUPERVISOR, tasks, qtbot)
    page.tabs.setCurrentIndex(SITTINGS)
    tab = page.sittings
    qtbot.mouseClick(tab.put, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bool(tab.form.rows["title"].refusal()))
    put(tab.title, "理论")
    tab.subjects["theory"].setChecked(True)
    tab.rooms.setPlainText("机房A 3\n机房B 3")
    with qtbot.waitSignal(page.view_model.recorded, timeout=3000):
        qtbot.mouseClick(tab.put, Qt.MouseButton.LeftButton)
    session, = book(exam).sessions
    assert (session.title, session.time(), [room.code for room in session.rooms]) == (
        "理论", "2026-11-14 09:00", ["机房A", "机房B"])
    exam.seat_numbers()
    page.view_model.reread()
    qtbot.waitUntil(lambda: len(page.view_model.book.seated()) == 6)
    with qtbot.waitSignal(page.view_model.recorded, timeout=3000):
        qtbot.mouseClick(tab.place, Qt.MouseButton.LeftButton)
    assert {one.at(session.session)[0] for one in book(exam).seated()} == {"机房A", "机房B"}
    page.tabs.setCurrentIndex(EXAMINERS)
    people = page.examiners
    for number in range(4):
        put(people.fields["name"], f"监考{number}")
        put(people.fields["organisation"], "示范学校")
        with qtbot.waitSignal(page.view_model.recorded, timeout=3000):
            qtbot.mouseClick(people.put, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: people.table.model().rowCount() == 4)
    page.tabs.setCurrentIndex(SITTINGS)
    with qtbot.waitSignal(page.view_model.recorded, timeout=3000):
        qtbot.mouseClick(tab.draw, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: tab.staff.model().rowCount() == 4)
    qtbot.mouseClick(tab.draw, Qt.MouseButton.LeftButton)
    dialog = reason(qtbot, "一人请假")
    with qtbot.waitSignal(page.view_model.recorded, timeout=3000):
        qtbot.keyClick(dialog.why, Qt.Key.Key_Return)
    exam.engine.dispose()


def test_the_sitting_chosen_above_stays_chosen(exam, tasks, qtbot):
    page = exam_page(exam, Role.SUPERVISOR, tasks, qtbot)
    for at in (1, 0, 1):
        page.session.setCurrentIndex(at)
        page.session.activated.emit(at)
        with qtbot.waitSignal(page.view_model.shown, timeout=3000):
            page.view_model.reread()
        assert page.view_model.session == (exam.theory, exam.practice)[at]
        assert page.session.currentData() == page.view_model.session
    page.tabs.setCurrentIndex(SITTINGS)
    page.sittings.sittings.go_to(0)
    qtbot.waitUntil(lambda: page.view_model.session == exam.theory)


def test_a_date_that_is_none_is_refused_beside_its_field(exam, tasks, qtbot):
    page = exam_page(exam, Role.SUPERVISOR, tasks, qtbot)
    page.tabs.setCurrentIndex(EXAMINERS)
    put(page.examiners.fields["name"], "钱考评")
    put(page.examiners.fields["expires"], "明年")
    qtbot.mouseClick(page.examiners.put, Qt.MouseButton.LeftButton)
    assert "2027-01-31" in page.examiners.form.rows["expires"].refusal()
