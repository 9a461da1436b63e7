"""What the exam day leaves in the grid, judges' sheets by key, and a mark corrected by two."""

import pytest
from exam_day_kit import marks_page_of, put
from kit.exam_days import ExamDay
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from appraisal.domain.batch import BatchState
from appraisal.domain.marks import Mark, MarkState
from appraisal.domain.operator import Role
from appraisal.usecases.publicise import Publicise, publicise
from db.engine import open_sqlite
from desktop.models.marks_cells import CellState
from desktop.pages.marks_correct import CorrectDialog
from desktop.viewmodels.marks import JUDGING, RESULTS


@pytest.fixture
def exam(tmp_path):
    made = ExamDay(open_sqlite(tmp_path / "desk.db"), people=8, photos=False).enrol().seat().examine()
    yield made
    made.engine.dispose()


def entrant(exam, place):
    return exam.reads.book(exam.batch).of(exam.ids[place])


def cell(page, exam, place, subject, entry=1):
    model = page.view_model.entries[entry]
    row = next(at for at, one in enumerate(model.rows) if one.enrolment == exam.ids[place])
    column = next(at for at, one in enumerate(model.subjects) if one.code == subject)
    return model, row, column


def test_who_is_away_or_was_sent_out_is_closed_in_the_grid(exam, tasks, qtbot):
    page = marks_page_of(exam, Role.MARKS_A, tasks, qtbot)
    entries = page.view_model.entries[1]
    qtbot.waitUntil(lambda: len(entries.rows) == 8)
    for place, subject, state in ((0, "theory", MarkState.ABSENT), (1, "practice", MarkState.ABSENT),
                                  (3, "theory", MarkState.VOID)):
        model, row, column = cell(page, exam, place, subject)
        assert (model.cell(row, column).state, model.cell(row, column).mark) == (CellState.DAY, Mark(state))
        with qtbot.waitSignal(model.refused, timeout=2000) as said:
            model.enter(row, column, "80")
        assert said.args[2].code == f"mark_of_{state.value}"
    model, row, column = cell(page, exam, 3, "practice")
    assert model.cell(row, column).state is CellState.EMPTY


def put_in(tab, qtbot, judge, *scores):
    tab.judge.setCurrentIndex(judge)
    fields = list(tab.scores.values())
    fields[0].setFocus()
    with qtbot.waitSignal(tab.view_model.judged, timeout=3000):
        for field, score in zip(fields, scores, strict=True):
            qtbot.keyClicks(field, score)
            qtbot.keyClick(field, Qt.Key.Key_Return)


def test_three_sheets_by_key_and_a_second_turn_where_they_are_apart(exam, tasks, qtbot):
    page = marks_page_of(exam, Role.INVIGILATOR, tasks, qtbot)
    assert page.tabs.currentIndex() == JUDGING
    tab = page.judging
    qtbot.waitUntil(lambda: len(tab.view_model.rows) == 2)
    key = f"{exam.ids[4]} comprehensive"
    tab.table.go_to(tab.table.rows_model.row_of(key))
    qtbot.waitUntil(lambda: tab.scores != {} and tab.put.isEnabled())
    assert tab.judge.count() == 3  # those drawn for the room
    put_in(tab, qtbot, 0, "50", "50")
    put_in(tab, qtbot, 1, "80", "80")
    put_in(tab, qtbot, 2, "80", "85")
    assert entrant(exam, 4).sheet.judgement("comprehensive").remark
    qtbot.waitUntil(lambda: "Turn 2" in tab.so_far.text())
    for judge in range(3):
        put_in(tab, qtbot, judge, "70", "75")
    assert entrant(exam, 4).mark("comprehensive").value == 73
    put_in(tab, qtbot, 0, "74", "75")
    assert entrant(exam, 4).mark("comprehensive").value > 73


def test_a_score_that_is_none_stays_where_it_was_typed(exam, tasks, qtbot):
    page = marks_page_of(exam, Role.INVIGILATOR, tasks, qtbot)
    tab = page.judging
    qtbot.waitUntil(lambda: len(tab.view_model.rows) == 2)
    tab.table.go_to(tab.table.rows_model.row_of(f"{exam.ids[4]} comprehensive"))
    qtbot.waitUntil(tab.put.isEnabled)
    for typed in ("abc", "101"):
        first, second = tab.scores.values()
        first.setText(typed)
        second.setText("80")
        with qtbot.waitSignal(tab.view_model.refused, timeout=2000):
            qtbot.mouseClick(tab.put, Qt.MouseButton.LeftButton)
        assert tab.form.rows["thesis"].refusal()
        assert first.text() == typed


def test_who_is_absent_is_not_scored(exam, tasks, qtbot):
    page = marks_page_of(exam, Role.INVIGILATOR, tasks, qtbot)
    tab = page.judging
    qtbot.waitUntil(lambda: len(tab.view_model.rows) == 2)
    tab.table.go_to(tab.table.rows_model.row_of(f"{exam.ids[0]} comprehensive"))
    qtbot.waitUntil(lambda: not tab.put.isEnabled())


def dialog_of(qtbot):
    def found():
        return next((one for one in QApplication.topLevelWidgets()
                     if isinstance(one, CorrectDialog) and one.isVisible()), None)

    qtbot.waitUntil(lambda: found() is not None)
    return found()


def test_a_mark_in_publicity_is_corrected_with_another_persons_passphrase(exam, tasks, qtbot):
    exam.mark()
    exam.day.move(exam.batch, BatchState.MARKING)
    publicise(Publicise(exam.batch, exam.who[Role.SUPERVISOR]), exam.desk)
    page = marks_page_of(exam, Role.SUPERVISOR, tasks, qtbot)
    page.tabs.setCurrentIndex(RESULTS)
    tab = page.results
    qtbot.waitUntil(lambda: tab._model is not None and tab._model.rowCount() == 8)
    tab.table.go_to(tab._model.row_of(exam.ids[5]))
    qtbot.waitUntil(lambda: "→" in tab.near.text())
    assert "→ 59.99: Fail" in tab.near.text()
    qtbot.mouseClick(tab.correct, Qt.MouseButton.LeftButton)
    dialog = dialog_of(qtbot)
    assert dialog.who.currentData() == Role.MARKS_REVIEWER.value
    qtbot.keyClicks(dialog.mark, "58")
    put(dialog.why, "合分有误")
    dialog.passphrase.setText("wrong")
    with qtbot.waitSignal(tab.view_model.correction_refused, timeout=3000):
        qtbot.mouseClick(dialog.go_on, Qt.MouseButton.LeftButton)
    assert dialog.form.rows["passphrase"].refusal()
    assert entrant(exam, 5).mark("theory").value > 60
    dialog.passphrase.setText("agreed")
    with qtbot.waitSignal(tab.view_model.corrected, timeout=3000):
        qtbot.mouseClick(dialog.go_on, Qt.MouseButton.LeftButton)
    assert entrant(exam, 5).mark("theory").value == 58
    qtbot.waitUntil(tab.notice.isVisible)
    assert "Fail" in tab.notice.text.text()
