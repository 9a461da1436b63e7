"""The review: approve, return, refuse a selection; nobody reviews what they entered."""

import pytest
from candidates_kit import NAMES, Day, line
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication


@pytest.fixture
def day(tmp_path, tasks, qtbot, settings):
    made = Day(tmp_path / "desk", tasks, qtbot, settings)
    yield made
    made.close()


def review(day, qtbot, login="rev", rows=2):
    page = day.page(login).review
    window = page.window()
    window.show_review()
    qtbot.waitUntil(lambda: page.model.rowCount() == rows)
    return page


def states(day):
    return {one.name: (one.state, one.reason) for one in day.reads.enrolments(day.batch)}


def press(qtbot, button):
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def test_a_selection_is_approved_with_the_keyboard(day, qtbot):
    day.import_lines(line(0), line(1))
    page = review(day, qtbot)
    page.table.setFocus()
    qtbot.keyClick(page.table, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(page.table, Qt.Key.Key_Return)
    assert QApplication.focusWidget() is page.approve
    qtbot.keyClick(page.approve, Qt.Key.Key_Return)
    qtbot.waitUntil(page.empty.isVisible)
    assert states(day) == {NAMES[0]: ("approved", None), NAMES[1]: ("approved", None)}


def test_doubts_are_sentences(day, qtbot):
    day.import_lines(line(0, condition="工作多年"), line(1))
    page = review(day, qtbot)
    qtbot.waitUntil(lambda: page.model.row_at(0) is not None)
    def said():
        return {page.model.row_at(row).name: page.model.index(row, 4).data() for row in (0, 1)
                if page.model.row_at(row) is not None}

    assert len(said()[NAMES[0]].split()) > 3
    assert "papers" in said()[NAMES[1]]
    page.table.selectAll()
    press(qtbot, page.seen)
    qtbot.waitUntil(lambda: said().get(NAMES[1]) == "")
    assert page.notice.text.text() == "Papers of 1 people are ticked."  # of the other's condition nothing is known
    assert len(said()[NAMES[0]].split()) > 3


@pytest.mark.parametrize(("button", "state"), [("give_back", "returned"), ("refuse", "refused")])
def test_returning_and_refusing_want_a_reason(day, qtbot, button, state):
    day.import_lines(line(0), line(1))
    page = review(day, qtbot)
    page.table.selectRow(0)
    press(qtbot, getattr(page, button))
    qtbot.waitUntil(lambda: page.why_row.refusal() != "")
    assert {one for one, _ in states(day).values()} == {"submitted"}
    qtbot.keyClicks(page.why, "scan of the diploma is missing")
    press(qtbot, getattr(page, button))
    qtbot.waitUntil(page.notice.isVisible)
    assert sorted(states(day).values(), key=str) == sorted(
        [(state, "scan of the diploma is missing"), ("submitted", None)], key=str)


def test_nobody_reviews_what_they_entered_and_nothing_of_the_selection_is_decided(day, qtbot):
    day.import_lines(line(0))
    day.import_lines(line(1), login="both")
    page = review(day, qtbot, "both")
    page.table.selectAll()
    press(qtbot, page.approve)
    qtbot.waitUntil(page.notice.isVisible)
    assert {one for one, _ in states(day).values()} == {"submitted"}


def test_a_decision_wants_a_selection(day, qtbot):
    day.import_lines(line(0), line(1))
    page = review(day, qtbot)
    page.table.clearSelection()
    press(qtbot, page.approve)
    assert page.notice.isVisible()
    assert {one for one, _ in states(day).values()} == {"submitted"}


def test_the_decided_come_back_into_sight_when_asked_for(day, qtbot):
    day.import_lines(line(0), line(1))
    page = review(day, qtbot)
    page.table.selectRow(0)
    press(qtbot, page.approve)
    qtbot.waitUntil(lambda: page.model.rowCount() == 1)
    page.everybody.setFocus()
    qtbot.keyClick(page.everybody, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: page.model.rowCount() == 2)
