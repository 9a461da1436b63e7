"""A roster through the window: preview, doubtful cells, consents, commit, cancel; and the admission numbers."""

import pytest
from candidates_kit import IDS, NAMES, Day, csv, line
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QBrush, QDropEvent, QGuiApplication
from PySide6.QtWidgets import QApplication

from appraisal.domain.consent import Purpose
from appraisal.domain.enrolment import EnrolmentState
from appraisal.domain.problem import Verdict
from appraisal.usecases.submit_enrolment import ReviewEnrolments, review_enrolments
from desktop.theme import LIGHT


@pytest.fixture
def day(tmp_path, tasks, qtbot, settings):
    made = Day(tmp_path / "desk", tasks, qtbot, settings)
    yield made
    made.close()


@pytest.fixture
def file(tmp_path):
    """Three rows: fine, a wrong check digit in C3, a name that the desk has otherwise in row 4."""
    path = tmp_path / "名单.csv"
    path.write_bytes(csv(line(0), line(1, number=IDS[1][:-1] + "0"), line(2)))
    return path


def open_file(page, qtbot, path):
    page.import_roster()
    page.roster.open_file(str(path))
    qtbot.waitUntil(lambda: page.roster.shown.isVisible() and page.roster.shown.isEnabled())
    return page.roster.preview


def cells(preview, row):
    model = preview.model
    return [model.index(row, column).data() for column in range(model.columnCount())]


def press(qtbot, button):
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def test_a_preview_shows_every_row_colours_the_doubtful_cell_and_changes_nothing(day, qtbot, file):
    page, before = day.page(), day.entries()
    preview = open_file(page, qtbot, file)
    assert [cells(preview, row)[:2] for row in range(3)] == [["2", "Accepted"], ["3", "Refused"], ["4", "Accepted"]]
    assert cells(preview, 1)[2].startswith("[C3] ")
    wrong = preview.model.index(1, 5)
    assert wrong.data() == IDS[1][:-1] + "0"
    assert wrong.data(Qt.ItemDataRole.BackgroundRole) == QBrush(LIGHT.refuse_soft)
    assert preview.model.index(0, 5).data(Qt.ItemDataRole.BackgroundRole) is None
    assert [chip.chip().word for chip in preview.counts.values()] == ["Accepted 2", "Check 0", "Refused 1"]
    assert preview.below.text().startswith("[C3] ")
    assert day.entries() == before


def test_only_rows_with_a_word_and_the_list_of_refusals(day, qtbot, file):
    preview = open_file(day.page(), qtbot, file)
    preview.only.setFocus()
    qtbot.keyClick(preview.only, Qt.Key.Key_Space)
    assert preview.model.rowCount() == 1
    press(qtbot, preview.copy)
    row, verdict, said = QGuiApplication.clipboard().text().split("\t")
    assert (row, verdict) == ("3", "Refused")
    assert said.startswith("[C3]")


def test_what_is_accepted_comes_in_with_the_declared_consents(day, qtbot, file):
    page = day.page()
    open_file(page, qtbot, file)
    page.roster.consents.boxes[Purpose.ASSOCIATION].setFocus()
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Space)
    assert "2" in page.roster.take_in.text()
    press(qtbot, page.roster.take_in)
    qtbot.waitUntil(page.roster.notice.isVisible)
    assert set(day.people()) == {NAMES[0], NAMES[2]}
    detail = day.detail(NAMES[0])
    assert detail.consents == {Purpose.ASSOCIATION}
    assert [(one.level, one.state) for one in detail.enrolments] == [(3, "submitted")]
    qtbot.waitUntil(lambda: page.people.model.rowCount() == 2)
    before = day.entries()
    open_file(page, qtbot, file)
    press(qtbot, page.roster.take_in)
    qtbot.waitUntil(page.roster.notice.isVisible)
    assert day.entries() == before


def test_every_row_or_none_is_the_operators_choice(day, qtbot, file):
    page, before = day.page(), day.entries()
    open_file(page, qtbot, file)
    page.roster.every_row.setFocus()
    qtbot.keyClick(page.roster.every_row, Qt.Key.Key_Space)
    press(qtbot, page.roster.take_in)
    qtbot.waitUntil(page.roster.notice.isVisible)
    assert "(1: 3)" in page.roster.notice.text.text()
    assert (day.entries(), page.roster.shown.isVisible()) == (before, True)


def test_records_that_changed_since_are_looked_at_again_before_anything_comes_in(day, qtbot, file):
    page = day.page()
    preview = open_file(page, qtbot, file)
    assert preview.counts[Verdict.REJECT].chip().word == "Refused 1"
    day.import_lines(line(2).replace(NAMES[2], "江琪燕"))
    before = day.entries()
    press(qtbot, page.roster.take_in)
    qtbot.waitUntil(lambda: preview.counts[Verdict.REJECT].chip().word == "Refused 2")
    assert "row 4" in page.roster.notice.text.text()
    assert (day.entries(), set(day.people())) == (before, {"江琪燕"})
    qtbot.waitUntil(page.roster.take_in.isEnabled)
    press(qtbot, page.roster.take_in)
    qtbot.waitUntil(lambda: set(day.people()) == {"江琪燕", NAMES[0]})


def test_the_refused_rows_are_saved_to_be_sent_back(day, qtbot, file, tmp_path):
    page, before = day.page(), day.entries()
    open_file(page, qtbot, file)
    assert page.roster.give_back.isEnabled()
    file.write_bytes(csv(line(0)))  # what is on the disk by now is another list
    page.roster.save_refused(tmp_path / "back.xlsx")
    qtbot.waitUntil(page.roster.notice.isVisible)
    assert "back.xlsx" in page.roster.notice.text.text()
    preview = open_file(page, qtbot, tmp_path / "back.xlsx")
    assert [cells(preview, row)[1] for row in range(preview.model.rowCount())] == ["Refused"]
    assert IDS[1][:-1] + "0" in cells(preview, 0)
    assert day.entries() == before


def test_where_the_refused_rows_cannot_be_written_it_says_so(day, qtbot, file, tmp_path):
    page = day.page()
    open_file(page, qtbot, file)
    page.roster.save_refused(tmp_path / "no such folder" / "back.xlsx")
    qtbot.waitUntil(page.roster.notice.isVisible)
    assert "back.xlsx" in page.roster.notice.text.text()
    assert page.roster.shown.isVisible()


def test_without_refused_rows_there_is_nothing_to_send_back(day, qtbot, file):
    page = day.page()
    file.write_bytes(csv(line(0)))
    open_file(page, qtbot, file)
    assert not page.roster.give_back.isEnabled()


def test_a_file_can_be_dropped(day, qtbot, file):
    page = day.page()
    page.import_roster()
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file))])
    event = QDropEvent(QPointF(QPoint(20, 20)), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton,
                       Qt.KeyboardModifier.NoModifier)
    page.roster.dropEvent(event)
    qtbot.waitUntil(page.roster.shown.isVisible)


def test_cancelling_an_import_keeps_nothing(day, qtbot, file, tmp_path):
    page, before = day.page(), day.entries()
    open_file(page, qtbot, file)
    with day.desk.work(day.ids["reg"]):  # the writer waits until this is over
        press(qtbot, page.roster.take_in)
        qtbot.waitUntil(page.roster.progress.isVisible)
        press(qtbot, page.roster.progress.cancel)
    qtbot.waitUntil(lambda: not page.roster.progress.isVisible())
    qtbot.waitUntil(page.roster.notice.isVisible)
    assert (day.entries(), day.people()) == (before, {})
    assert page.roster.shown.isVisible()


@pytest.mark.parametrize(("content", "word"), [(b"", "empty"), (b"PK\x03\x04 cut short", "damaged"),
                                               ("一,二\n三,四".encode(), "header")])
def test_a_file_that_is_no_roster_gets_its_sentence(day, qtbot, tmp_path, content, word):
    page, path = day.page(), tmp_path / "x.xlsx"
    path.write_bytes(content)
    page.import_roster()
    page.roster.open_file(str(path))
    qtbot.waitUntil(page.roster.notice.isVisible)
    assert word in page.roster.notice.text.text()
    assert page.roster.empty.isVisible()


def test_a_file_that_has_gone_gets_its_sentence(day, qtbot, tmp_path):
    page = day.page()
    page.import_roster()
    page.roster.open_file(str(tmp_path / "gone.csv"))
    qtbot.waitUntil(page.roster.notice.isVisible)
    assert "gone.csv" in page.roster.notice.text.text()


def test_admission_numbers_go_to_the_approved(day, qtbot, tmp_path):
    enrolments = day.import_lines(line(0), line(1))
    review_enrolments(ReviewEnrolments(enrolments[:1], EnrolmentState.APPROVED, day.ids["rev"]), day.desk)
    path = tmp_path / "numbers.csv"
    path.write_text("准考证号,姓名,证件号码\n" + "".join(
        f"261101010000{at},{NAMES[at]},{IDS[at]}\n" for at in (0, 1)), "utf-8")
    page = day.page()
    page.tabs.setCurrentWidget(page.admissions)
    page.admissions.open_file(str(path))
    qtbot.waitUntil(page.admissions.shown.isVisible)
    assert [chip.chip().word for chip in page.admissions.preview.counts.values()] == [
        "Accepted 1", "Check 0", "Refused 1"]
    press(qtbot, page.admissions.take_in)
    qtbot.waitUntil(page.admissions.notice.isVisible)
    assert {one.name: one.admission_number for one in day.reads.enrolments(day.batch)} == {
        NAMES[0]: "2611010100000", NAMES[1]: None}


def type_into(preview, qtbot, text):
    """Type over the cell that the cursor is in."""
    qtbot.keyClick(preview.table, Qt.Key.Key_F2)
    editor = QApplication.focusWidget()
    editor.selectAll()
    qtbot.keyClicks(editor, text)
    qtbot.keyClick(editor, Qt.Key.Key_Return)


def test_a_doubtful_cell_is_mended_in_place_and_what_the_file_said_is_kept(day, qtbot, file):
    page = day.page()
    preview = open_file(page, qtbot, file)
    wrong = IDS[1][:-1] + "0"
    assert (preview.table.currentIndex().row(), preview.table.currentIndex().data()) == (1, wrong)
    type_into(preview, qtbot, IDS[1])
    qtbot.waitUntil(lambda: cells(preview, 1)[1] == "Accepted")
    assert preview.model.index(1, 5).data(Qt.ItemDataRole.ToolTipRole) == f"In the file: {wrong}"
    assert preview.counts[Verdict.REJECT].chip().word == "Refused 0"
    assert "3" in page.roster.take_in.text()
    press(qtbot, page.roster.take_in)
    qtbot.waitUntil(page.roster.notice.isVisible)
    detail = day.detail(NAMES[1])
    assert detail.person.identity.document_number == IDS[1]
    assert detail.person.background.extra["as_in_file"] == f"C3: {wrong}"
    assert file.read_bytes() == csv(line(0), line(1, number=wrong), line(2))


def test_a_mended_cell_goes_back_to_what_the_file_says(day, qtbot, file):
    page = day.page()
    preview = open_file(page, qtbot, file)
    type_into(preview, qtbot, IDS[1])
    qtbot.waitUntil(lambda: cells(preview, 1)[1] == "Accepted")
    preview.table.setCurrentIndex(preview.model.index(1, 5))
    qtbot.keyClick(preview.table, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: cells(preview, 1)[1] == "Refused")
    assert page.roster._view_model.shown.reading.mended == {}


def test_a_mended_number_is_compared_with_the_other_rows(day, qtbot, file):
    page = day.page()
    preview = open_file(page, qtbot, file)
    type_into(preview, qtbot, IDS[0])  # the first row's
    qtbot.waitUntil(lambda: preview.model.index(1, 5).data() == IDS[0])
    assert cells(preview, 1)[1] == "Refused"
    assert cells(preview, 1)[2].startswith("[C3, A3] ")
