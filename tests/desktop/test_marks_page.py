"""Marks by key and click in the real page, on a real desk: entered, refused, pasted, void, searched, settled."""

from decimal import Decimal

import pytest
from marks_kit import NAMES, PEOPLE, marks_page, number, open_marks_centre, operators, seat_batch
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLineEdit

from appraisal.domain.errors import EnvironmentFault
from appraisal.domain.marks import Mark, MarkState, Outcome
from appraisal.usecases.enter_mark import EnterMarks, enter_marks
from desktop.models.marks_cells import CellState
from desktop.models.marks_grid import FIRST_SUBJECT
from desktop.viewmodels.marks import DIFFERENCES, RESULTS

ABSENT, VOID = Mark(MarkState.ABSENT), Mark(MarkState.VOID)


def points(value):
    return Mark(MarkState.PRESENT, Decimal(value))


@pytest.fixture
def centre(tmp_path):
    opened = open_marks_centre(tmp_path / "desk")
    yield opened
    opened.close()


@pytest.fixture
def batch(centre):
    return seat_batch(centre, PEOPLE[:4])


@pytest.fixture
def page(centre, batch, tasks, qtbot):
    made = marks_page(centre, tasks, qtbot, "marks_a")
    qtbot.waitUntil(lambda: len(made.entries[1].view_model.rows) == 4)
    return made


@pytest.fixture
def tab(page):
    return page.entries[1]


def keys(qtbot, grid, text, *then):
    """Type into the grid as a person does: the first key opens the cell, the rest goes to whatever has the focus."""
    for key in (*text, *then):
        target = grid.focusWidget() if isinstance(grid.focusWidget(), QLineEdit) else grid
        qtbot.keyClick(target, key)


def saved(centre, batch, entry=1):
    return {(row.admission_number, subject): mark for row in centre.reads.mark_rows(batch, entry)
            for subject, mark in row.marks if mark is not None}


def settled_down(qtbot, tab):
    qtbot.waitUntil(lambda: tab.view_model.waiting() == 0)


def both_enter(centre, batch, *marks):
    """`marks`: place, subject, first, second."""
    rows = {row.admission_number: row.enrolment for row in centre.reads.mark_rows(batch, 1)}
    who = operators(centre)
    for entry, login in ((1, "marks_a"), (2, "marks_b")):
        enter_marks(EnterMarks(entry, tuple((rows[number(place)], subject, pair[entry - 1])
                                            for place, subject, *pair in marks), who[login]), centre.desk)


def test_type_and_go_down_a_column_and_into_the_next(page, tab, centre, batch, qtbot):
    grid = tab.grid
    for mark in ("85", "90.5", "0", "100"):
        keys(qtbot, grid, mark, Qt.Key.Key_Return)
    assert (grid.currentIndex().row(), grid.currentIndex().column()) == (0, FIRST_SUBJECT + 1)
    keys(qtbot, grid, "66", Qt.Key.Key_Tab)
    assert (grid.currentIndex().row(), grid.currentIndex().column()) == (1, FIRST_SUBJECT)
    settled_down(qtbot, tab)
    assert saved(centre, batch) == {
        (number(1), "theory"): points(85), (number(2), "theory"): points("90.5"), (number(3), "theory"): points(0),
        (number(4), "theory"): points(100), (number(1), "practice"): points(66)}
    assert tab.view_model.cell(0, 0).state is CellState.SAVED
    assert "5 of 8" in tab.progress.text()


def test_q_is_absent_at_once_and_w_asks_before_it_is_void(page, tab, centre, batch, qtbot):
    grid = tab.grid
    keys(qtbot, grid, "q")
    assert grid.currentIndex().row() == 1
    keys(qtbot, grid, "w")
    assert tab.confirm.isVisible()
    assert NAMES[1] in tab.confirm.question.text()
    qtbot.keyClick(tab.confirm.agree, Qt.Key.Key_Escape)
    assert not tab.confirm.isVisible()
    assert tab.view_model.cell(1, 0).state is CellState.EMPTY
    keys(qtbot, grid, "w")
    qtbot.keyClick(tab.confirm.agree, Qt.Key.Key_Return)
    settled_down(qtbot, tab)
    assert saved(centre, batch) == {(number(1), "theory"): ABSENT, (number(2), "theory"): VOID}


@pytest.mark.parametrize(("typed", "said"), [
    ("100.5", "not between 0 and 100"), ("8x", "no mark"), ("60.125", "more than two decimals")])
def test_what_is_no_mark_is_refused_in_its_cell_and_nothing_is_saved(page, tab, centre, batch, qtbot, typed, said):
    keys(qtbot, tab.grid, typed, Qt.Key.Key_Return)
    assert said in tab.notice.text.text()
    assert tab.view_model.cell(0, 0).state is CellState.REFUSED
    assert tab.grid.currentIndex().row() == 0
    assert not page.may_close()
    keys(qtbot, tab.grid, "", Qt.Key.Key_Escape)
    keys(qtbot, tab.grid, "", Qt.Key.Key_Escape)
    assert tab.view_model.cell(0, 0).state is CellState.EMPTY
    assert page.may_close()
    assert saved(centre, batch) == {}


def test_a_mark_that_both_have_entered_is_refused_by_the_desk_beside_the_cell(page, tab, centre, batch, qtbot):
    both_enter(centre, batch, (1, "theory", points(70), points(70)))
    page.refresh()
    qtbot.waitUntil(lambda: tab.view_model.cell(0, 0).saved == points(70))
    tab.grid.go_to(0, 0)
    keys(qtbot, tab.grid, "71", Qt.Key.Key_Return)
    settled_down(qtbot, tab)
    assert tab.view_model.cell(0, 0).state is CellState.REFUSED
    assert "“Theory” was entered" in tab.notice.text.text()
    assert saved(centre, batch)[number(1), "theory"] == points(70)
    qtbot.mouseClick(tab.notice.action, Qt.MouseButton.LeftButton)
    assert tab.grid.currentIndex().row() == 0


def test_a_block_from_a_spreadsheet_goes_in_whole_or_not_at_all(page, tab, centre, batch, qtbot):
    clipboard = QGuiApplication.clipboard()
    tab.grid.go_to(1, 0)
    clipboard.setText("70\t80\r\n缺考\t６５．５\r\n\t90\r\n")
    qtbot.keyClick(tab.grid, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    settled_down(qtbot, tab)
    good = {(number(2), "theory"): points(70), (number(2), "practice"): points(80), (number(3), "theory"): ABSENT,
            (number(3), "practice"): points("65.5"), (number(4), "practice"): points(90)}
    assert saved(centre, batch) == good
    for text, said in (("1\t2\t3", "3 columns"), ("1\n" * 4, "4 rows"), ("75\n750\n80", "750")):
        clipboard.setText(text)
        tab.grid.go_to(1, 0)
        qtbot.keyClick(tab.grid, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
        assert said in tab.notice.text.text()
    settled_down(qtbot, tab)
    assert saved(centre, batch) == good


def test_the_search_finds_by_number_name_and_initials_and_enter_begins_to_type(page, tab, qtbot):
    for typed, place in ((number(3), 3), ("003", 3), (NAMES[3], 4), ("mc", 2)):
        tab.search.clear()
        tab.search.insert(typed)  # as an input method commits it: QTest types no Han
        assert tab.grid.currentIndex().row() == place - 1, typed
    qtbot.keyClick(tab.search, Qt.Key.Key_Return)
    assert tab.grid.hasFocus()
    tab.search.setText("nobody")
    assert "Nobody" in tab.nobody.text()


def test_a_scanner_in_the_grid_jumps_to_its_candidate(page, tab, centre, batch, qtbot):
    keys(qtbot, tab.grid, number(4), Qt.Key.Key_Return)
    assert (tab.grid.currentIndex().row(), tab.grid.currentIndex().column()) == (3, FIRST_SUBJECT)
    assert tab.view_model.cell(0, 0).state is CellState.EMPTY
    settled_down(qtbot, tab)
    assert saved(centre, batch) == {}


def test_the_second_entry_is_blind_and_the_first_is_not_its_to_see(page, centre, batch, tasks, qtbot):
    keys(qtbot, page.entries[1].grid, "85", Qt.Key.Key_Return)
    settled_down(qtbot, page.entries[1])
    other = marks_page(centre, tasks, qtbot, "marks_b")
    second = other.entries[2]
    qtbot.waitUntil(lambda: len(second.view_model.rows) == 4)
    assert other.tabs.currentIndex() == 1
    assert second.view_model.cell(0, 0).state is CellState.EMPTY
    other.tabs.setCurrentIndex(0)
    assert other.views.currentWidget() is not other.entries[1]
    qtbot.wait(150)  # a reading, if there were one, would be here
    assert not other.entries[1].view_model.rows
    other.tabs.setCurrentIndex(1)
    keys(qtbot, second.grid, "58", Qt.Key.Key_Return)
    settled_down(qtbot, second)
    assert saved(centre, batch, 2) == {(number(1), "theory"): points(58)}
    assert len(centre.reads.differences(batch)) == 1


def test_a_third_person_settles_by_key_with_a_reason(centre, batch, tasks, qtbot):
    both_enter(centre, batch, (1, "theory", points(85), points(58)), (2, "theory", ABSENT, points(70)),
               (1, "practice", points(80), points(80)), (2, "practice", points(80), points(80)))
    page = marks_page(centre, tasks, qtbot, "marks_reviewer")
    tab = page.differences
    assert page.tabs.currentIndex() == DIFFERENCES
    qtbot.waitUntil(lambda: len(tab.view_model.rows) == 2)
    assert page.tabs.tabText(DIFFERENCES) == "Differences  2"
    qtbot.waitUntil(lambda: NAMES[0] in tab.decision.who.text())
    qtbot.keyClick(tab.table, Qt.Key.Key_Return)
    qtbot.keyClick(tab.decision.first, "1")
    qtbot.keyClick(tab.decision.why, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(tab.decision.form.rows["why"].refusal()))
    tab.decision.why.insert("核对试卷")
    with qtbot.waitSignal(tab.view_model.settled, timeout=3000):
        qtbot.keyClick(tab.decision.why, Qt.Key.Key_Return)
    assert [row.admission_number for row in tab.view_model.rows] == [number(2)]
    qtbot.waitUntil(lambda: NAMES[1] in tab.decision.who.text())
    qtbot.keyClick(tab.decision.second, "3")
    qtbot.keyClicks(tab.decision.mark, "101")
    qtbot.mouseClick(tab.decision.settle, Qt.MouseButton.LeftButton)
    assert "101" in tab.decision.form.rows["mark"].refusal()
    tab.decision.mark.setText("72")
    with qtbot.waitSignal(tab.view_model.settled, timeout=3000):
        qtbot.mouseClick(tab.decision.settle, Qt.MouseButton.LeftButton)
    outcomes = {row.admission_number: row for row in centre.reads.outcomes(batch)}
    assert dict(outcomes[number(1)].marks)["theory"] == points(85)
    assert dict(outcomes[number(2)].marks)["theory"] == points(72)
    assert not centre.reads.differences(batch)
    page.tabs.setCurrentIndex(RESULTS)
    qtbot.waitUntil(lambda: page.results.counts[Outcome.PASS].text() == "Pass  2")
    qtbot.mouseClick(page.results.counts[Outcome.INCOMPLETE], Qt.MouseButton.LeftButton)
    assert page.results.table.model().rowCount() == 2


def test_a_full_disk_is_a_notice_and_the_mark_stays_to_be_tried_again(page, tab, centre, batch, qtbot):
    def full(_command):
        raise EnvironmentFault("disk_full", reason="no space")

    kept, tab.view_model._commands = tab.view_model._commands, type(tab.view_model._commands)(full, full)
    keys(qtbot, tab.grid, "85", Qt.Key.Key_Return)
    qtbot.waitUntil(tab.notice.isVisible)
    assert "disk is full" in tab.notice.text.text()
    assert tab.view_model.cell(0, 0).typed == "85"
    tab.view_model._commands = kept
    tab.grid.go_to(0, 0)
    keys(qtbot, tab.grid, "85", Qt.Key.Key_Return)
    settled_down(qtbot, tab)
    assert saved(centre, batch) == {(number(1), "theory"): points(85)}


def test_closing_saves_the_mark_that_is_being_typed(page, tab, centre, batch, qtbot):
    keys(qtbot, tab.grid, "85")
    assert isinstance(tab.grid.focusWidget(), QLineEdit)
    assert page.may_close()
    settled_down(qtbot, tab)
    assert saved(centre, batch) == {(number(1), "theory"): points(85)}
    keys(qtbot, tab.grid, "850")
    assert not page.may_close()
    assert tab.view_model.cell(0, 0).typed == "850"


def test_another_page_leads_to_a_batch_of_its_own(page, centre, batch, qtbot):
    other = seat_batch(centre, [("王旻", "A7", "2601001005101001001", 3)], code="2026-13")
    page.go_to(other)
    page.refresh()
    qtbot.waitUntil(lambda: [row.name for row in page.entries[1].view_model.rows] == ["王旻"])
    assert page.batch.currentData() == other


def test_an_empty_batch_and_no_batch_say_what_to_do_first(centre, tasks, qtbot):
    page = marks_page(centre, tasks, qtbot, "marks_a")
    assert page.ground.currentIndex() == 2
    seat_batch(centre, [], code="2026-99")
    page.refresh()
    qtbot.waitUntil(lambda: page.ground.currentIndex() == 0)
    assert page.entries[1].empty.isVisible()
