"""A batch from its form to the end of its publicity, by key and click, on a real desk."""

from datetime import date
from decimal import Decimal

import pytest
from marks_kit import NAMES, PEOPLE, day_page, number, open_marks_centre, operators, seat_batch
from PySide6.QtCore import QDate, Qt
from PySide6.QtWidgets import QApplication

from appraisal.domain.marks import Mark, MarkState
from appraisal.usecases.enter_mark import EnterMarks, enter_marks
from appraisal.usecases.open_batch import OpenBatch, move_batch, open_batch
from appraisal.usecases.publicise import close_publicity, publicise, raise_objection, settle_objection
from desktop.pages.batches import EMPTY, FORM, LIST, BatchesPage
from desktop.viewmodels.batches import BatchCommands, BatchesViewModel
from desktop.widgets.reason import ReasonDialog


@pytest.fixture
def centre(tmp_path):
    opened = open_marks_centre(tmp_path / "desk")
    yield opened
    opened.close()


@pytest.fixture
def page_of(centre, tasks, qtbot):
    def on(verb):
        return lambda command: verb(command, centre.desk)

    commands = BatchCommands(*map(on, (open_batch, move_batch, publicise, close_publicity, raise_objection,
                                       settle_objection)))

    def make(operator):
        return BatchesPage(BatchesViewModel(centre.reads, commands, centre.desk.schemes, tasks, operator,
                                            lambda: date(2026, 12, 12)))

    return lambda login="supervisor": day_page(make, centre, tasks, qtbot, login, lambda page: page.view_model.shown)


def state(centre, code):
    return next(row.state for row in centre.reads.batches() if row.code == code)


def step(page, qtbot):
    with qtbot.waitSignal(page.view_model.moved, timeout=3000):
        qtbot.mouseClick(page.detail.step, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(page.detail.step.isEnabled)


def test_the_first_batch_is_opened_by_keyboard_and_led_to_its_enrolment(page_of, centre, qtbot):
    page = page_of()
    assert page.ground.currentIndex() == EMPTY
    qtbot.keyClick(page, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    form = page.form
    assert page.ground.currentIndex() == FORM
    qtbot.keyClicks(form.code, "2026-AI-04")
    qtbot.keyClick(form.code, Qt.Key.Key_Return)
    assert form.title.hasFocus()
    qtbot.keyClick(form.title, Qt.Key.Key_Return)
    form.scheme.setCurrentIndex(form.scheme.findData("ai-trainer"))
    form.exam_day.setDate(QDate(2027, 1, 9))
    form.places.setFocus()
    assert form.places.text() == "150"
    qtbot.keyClick(form.places, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(form.form.rows["title"].refusal()))
    form.title.insert("第四批")
    with qtbot.waitSignal(page.view_model.opened, timeout=3000):
        qtbot.mouseClick(form.open, Qt.MouseButton.LeftButton)
    assert page.ground.currentIndex() == LIST
    row, = centre.reads.batches()
    assert (row.code, row.title, row.scheme, row.exam_day, row.state) == (
        "2026-AI-04", "第四批", "ai-trainer", date(2027, 1, 9), "draft")
    qtbot.waitUntil(lambda: page.detail.title.text() == "第四批")
    step(page, qtbot)
    qtbot.waitUntil(lambda: page.detail.step.text() == "&Open enrolment")
    step(page, qtbot)
    assert state(centre, "2026-AI-04") == "published"


def test_esc_leaves_the_form_and_a_code_in_use_is_said_beside_it(page_of, centre, qtbot):
    seat_batch(centre, PEOPLE[:1], code="2026-12")
    page = page_of()
    page.begin_new()
    qtbot.keyClicks(page.form.code, "2026-12")
    page.form.title.insert("又一批")
    qtbot.mouseClick(page.form.open, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "in use" in page.form.form.rows["code"].refusal())
    qtbot.keyClick(page.form.title, Qt.Key.Key_Escape)
    assert page.ground.currentIndex() == LIST
    assert len(centre.reads.batches()) == 1


def test_why_a_step_has_to_wait_is_said_at_the_step(page_of, centre, qtbot):
    batch = seat_batch(centre, PEOPLE[:2])
    rows = {row.admission_number: row.enrolment for row in centre.reads.mark_rows(batch, 1)}
    for entry, login, value in ((1, "marks_a", 70), (2, "marks_b", 80)):
        enter_marks(EnterMarks(entry, ((rows[number(1)], "theory", Mark(MarkState.PRESENT, Decimal(value))),),
                               operators(centre)[login]), centre.desk)
    page = page_of()
    qtbot.waitUntil(lambda: page.detail.step.text() == "&Open the publicity")
    qtbot.mouseClick(page.detail.step, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(page.detail.notice.isVisible)
    assert "differ for 1 candidates" in page.detail.notice.text.text()
    assert state(centre, "2026-12") == "marking"
    other = page_of("registrar")
    qtbot.waitUntil(lambda: other.detail.step.text() == "&Open the publicity")
    qtbot.mouseClick(other.detail.step, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(other.detail.notice.isVisible)
    assert "supervisor" in other.detail.notice.text.text()


def test_publicity_with_an_objection_closes_only_when_it_is_settled_and_over(page_of, centre, qtbot):
    batch = seat_batch(centre, PEOPLE[:2])
    page = page_of()
    qtbot.waitUntil(lambda: page.detail.step.text() == "&Open the publicity")
    step(page, qtbot)
    objections = page.detail.objections
    qtbot.waitUntil(lambda: objections.person.count() == 2)
    qtbot.mouseClick(objections.put, Qt.MouseButton.LeftButton)
    assert "Choose" in objections.form.rows["person"].refusal()
    objections.person.setCurrentIndex(1)
    objections.text.insert("工作年限不符")
    with qtbot.waitSignal(page.view_model.recorded, timeout=3000):
        qtbot.keyClick(objections.text, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(objections.listed) == 1)
    found, = centre.reads.objections(batch)
    assert (found.name, found.text, found.upheld) == (NAMES[1], "工作年限不符", None)
    qtbot.mouseClick(page.detail.step, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(page.detail.notice.isVisible)
    assert "lasts until" in page.detail.notice.text.text()
    one = objections.listed[0]
    qtbot.mouseClick(one.dismiss, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "reason" in objections.form.notice.text.text())
    one.why.insert("已核对工作证明")
    with qtbot.waitSignal(page.view_model.recorded, timeout=3000):
        qtbot.mouseClick(one.dismiss, Qt.MouseButton.LeftButton)
    assert centre.reads.objections(batch)[0].upheld is False
    centre.move_clock(10 * 86_400_000)
    step(page, qtbot)
    assert state(centre, "2026-12") == "certifying"


def test_a_batch_is_copied_by_key(page_of, centre, qtbot):
    page = opened(page_of, centre, qtbot, date(2027, 1, 9))
    qtbot.keyClick(page.table, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    form = page.form
    assert page.ground.currentIndex() == FORM
    assert (form.code.text(), form.title.text(), form.scheme.currentData(), form.places.text()) == (
        "", "第四批", "ai-trainer", "80")
    qtbot.keyClicks(form.code, "B2")
    with qtbot.waitSignal(page.view_model.opened, timeout=3000):
        qtbot.mouseClick(form.open, Qt.MouseButton.LeftButton)
    assert state(centre, "B2") == "draft"


def test_a_draft_is_cancelled_with_a_reason_and_stays_in_the_list(page_of, centre, qtbot):
    page = opened(page_of, centre, qtbot, date(2027, 1, 9))
    qtbot.mouseClick(page.detail.cancel, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: isinstance(QApplication.activeWindow(), ReasonDialog))
    dialog = QApplication.activeWindow()
    qtbot.mouseClick(dialog.go_on, Qt.MouseButton.LeftButton)
    assert dialog.form.rows["why"].refusal()
    qtbot.keyClicks(dialog.why, "not enough people")
    qtbot.keyClick(dialog.why, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: state(centre, "B1") == "cancelled")
    qtbot.waitUntil(lambda: not page.detail.cancel.isVisible())


def test_days_of_a_year_without_a_notice_are_said(page_of, centre, qtbot):
    assert "2099" in opened(page_of, centre, qtbot, date(2099, 3, 2)).detail.calendar.text()


def test_days_of_a_year_that_is_known_say_nothing(page_of, centre, qtbot):
    assert not opened(page_of, centre, qtbot, date(2026, 11, 20)).detail.calendar.isVisible()


def opened(page_of, centre, qtbot, exam_day):
    """The page with one batch, in draft."""
    open_batch(OpenBatch("B1", "第四批", "ai-trainer", exam_day, 80, operators(centre)["supervisor"]), centre.desk)
    page = page_of()
    qtbot.waitUntil(lambda: page.detail.batch != "")
    return page


def test_an_exam_on_a_holiday_is_asked_about(page_of, qtbot):
    page = page_of()
    qtbot.keyClick(page, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    said = page.form.form.rows["exam_day"].below
    for day, holiday in (((2026, 10, 1), True), ((2026, 11, 21), False), ((2026, 10, 2), True)):
        page.form.exam_day.setDate(QDate(*day))
        assert ("public holiday" in said.text()) is holiday
