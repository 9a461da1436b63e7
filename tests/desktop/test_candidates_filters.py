"""Filters of the list: set from a menu, seen and taken away as chips, kept under a name."""

import pytest
from candidates_kit import NAMES, Day, line
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QInputDialog

from appraisal.domain.enrolment import EnrolmentState
from appraisal.usecases.submit_enrolment import ReviewEnrolments, review_enrolments


@pytest.fixture
def day(tmp_path, tasks, qtbot, settings):
    made = Day(tmp_path / "desk", tasks, qtbot, settings)
    first, *_ = made.import_lines(line(0), line(1, level="四级/中级工"), line(2))
    review_enrolments(ReviewEnrolments((first,), EnrolmentState.RETURNED, made.ids["rev"], "材料不全"), made.desk)
    yield made
    made.close()


def pick(page, *texts):
    """Choose in the menu, as somebody who opens it."""
    bar = page.people.filters
    bar.menu.aboutToShow.emit()
    menu = bar.menu
    for text in texts:
        action = next(one for one in menu.actions() if one.text() == text)
        menu = action.menu() or menu
    action.trigger()


def listed(page):
    return [page.people.model.row_at(at).name for at in range(page.people.model.rowCount())]


def chips(page):
    return [one.text() for one in page.people.filters.chips]


def test_filters_are_chips_that_can_be_taken_away(day, qtbot):
    page = day.page()
    qtbot.waitUntil(lambda: page.people.model.rowCount() == 3)
    assert page.people.count.text() == "3 people"
    pick(page, "Enrolment", "returned")
    qtbot.waitUntil(lambda: listed(page) == [NAMES[0]])
    assert (chips(page), page.people.count.text()) == (["returned  ×", "All people"], "1 person")
    pick(page, "Level", "Level 4")
    qtbot.waitUntil(lambda: page.people.model.rowCount() == 0)
    assert page.people.nobody.isVisible()
    qtbot.keyClick(page.people.filters.chips[0], Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: page.people.model.rowCount() == 1 and listed(page) == [NAMES[1]])
    assert chips(page) == ["Level 4  ×", "All people"]
    qtbot.mouseClick(page.people.filters.chips[-1], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page.people.model.rowCount() == 3)
    assert not page.people.filters.isVisible()


def test_a_list_is_kept_under_a_name_and_the_words_typed_are_not(day, qtbot, settings, monkeypatch):
    page = day.page()
    page.people.search.setText(NAMES[0])
    pick(page, "Enrolment", "returned")
    pick(page, "Without a photo")
    monkeypatch.setattr(QInputDialog, "getText", lambda *_: ("To call", True))
    pick(page, "Keep this list under a name …")
    kept = str(settings.value("candidates/views"))
    assert "To call" in kept
    assert NAMES[0] not in kept
    again = day.page()
    qtbot.waitUntil(lambda: again.people.model.rowCount() == 3)
    pick(again, "To call")
    qtbot.waitUntil(lambda: again.people.model.rowCount() == 1 and listed(again) == [NAMES[0]])
    pick(again, "Forget a list", "To call")
    assert "To call" not in str(settings.value("candidates/views"))
