"""A marks sheet in the window: chosen, looked at, entered; refused files; what is doubtful is seen."""

import csv
from decimal import Decimal

import pytest
from marks_kit import NAMES, PEOPLE, marks_page, number, open_marks_centre, seat_batch
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from appraisal.domain.marks import Mark, MarkState
from desktop.models.paged_table import CHIP_ROLE
from desktop.pages.marks import IMPORT, WORK
from desktop.pages.sheet_columns import SheetColumnsDialog


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
def sheet(tmp_path):
    def write(*rows):
        with (tmp_path / "成绩.csv").open("w", encoding="utf-8-sig", newline="") as file:
            csv.writer(file).writerows([("准考证号", "姓名", "理论", "技能"), *rows])
        return tmp_path / "成绩.csv"

    return write


GOOD = [(number(1), NAMES[0], 85, 90), (number(2), NAMES[1], "缺考", 70), (number(3), NAMES[2], "", 66)]
BAD = (number(4), NAMES[3], 100.5, 70)


def test_the_preview_says_what_is_left_out_and_enter_puts_in_the_rest(page, centre, batch, sheet, qtbot):
    panel = page.importing
    with qtbot.waitSignal(panel.view_model.read, timeout=3000):
        page.take_sheet(sheet(*GOOD, BAD), 1)
    assert page.ground.currentIndex() == IMPORT
    assert panel.enter.text() == "&Enter 3 rows"
    assert panel.enter.hasFocus()
    refused = panel.model.index(3, 0).siblingAtColumn
    assert refused(3).data(CHIP_ROLE).word == "Left out"
    assert refused(4).data() == "100.5"
    assert refused(4).data(Qt.ItemDataRole.BackgroundRole) is not None
    assert refused(5).data(Qt.ItemDataRole.BackgroundRole) is None
    assert "C5" in refused(6).data()
    panel.only_problems.click()
    assert panel.model.rowCount() == 1
    with qtbot.waitSignal(panel.entered, timeout=3000):
        qtbot.keyClick(panel.enter, Qt.Key.Key_Space)
    assert page.ground.currentIndex() == WORK
    assert "5 marks of 3" in page.notice.text.text()
    rows = centre.reads.mark_rows(batch, 1)
    assert [sum(mark is not None for _, mark in row.marks) for row in rows] == [2, 2, 1, 0]
    qtbot.waitUntil(lambda: page.entries[1].view_model.counts() == (5, 8))


def test_esc_leaves_without_entering_anything(page, centre, batch, sheet, qtbot):
    with qtbot.waitSignal(page.importing.view_model.read, timeout=3000):
        page.take_sheet(sheet(*GOOD), 1)
    qtbot.keyClick(page.importing, Qt.Key.Key_Escape)
    assert page.ground.currentIndex() == WORK
    assert all(mark is None for row in centre.reads.mark_rows(batch, 1) for _, mark in row.marks)


def test_a_file_that_is_no_sheet_is_refused_in_a_sentence(page, tmp_path, qtbot):
    panel = page.importing
    for name, data, said in (("empty.csv", b"", "empty"), ("page.xlsx", b"<html><body>", "web page")):
        (tmp_path / name).write_bytes(data)
        with qtbot.waitSignal(panel.view_model.refused, timeout=3000):
            page.take_sheet(tmp_path / name, 1)
        assert said in panel.notice.text.text()
        assert not panel.enter.isEnabled()
    with qtbot.waitSignal(panel.view_model.failed, timeout=3000):
        page.take_sheet(tmp_path / "gone.xlsx", 1)
    assert "gone.xlsx" in panel.notice.text.text()


def test_the_desk_refuses_a_batch_that_is_closed_and_says_so(page, centre, batch, sheet, qtbot):
    from marks_kit import operators  # noqa: PLC0415

    from appraisal.usecases.publicise import Publicise, publicise  # noqa: PLC0415

    with qtbot.waitSignal(page.importing.view_model.read, timeout=3000):
        page.take_sheet(sheet(*GOOD), 1)
    publicise(Publicise(batch, operators(centre)["supervisor"]), centre.desk)
    with qtbot.waitSignal(page.importing.view_model.refused, timeout=3000):
        page.importing.enter.click()
    assert "in publicity" in page.importing.notice.text.text()
    assert page.importing.back.isEnabled()


# sheets of an optical reader or an online exam

OMR = "考号,客观题得分,机器\n"


def omr_sheet(tmp_path, *marks):
    file = tmp_path / "omr.csv"
    file.write_text(OMR + "".join(f"{number(place)},{mark},M1\n" for place, mark in enumerate(marks, 1)), "utf-8")
    return file


def choose(dialog, column, means):
    at = next(at for at in range(dialog.columns.rowCount()) if dialog.columns.item(at, 0).text() == column)
    box = dialog.columns.cellWidget(at, 2)
    box.setCurrentIndex(box.findData(means))


def test_an_optical_readers_columns_are_explained_once(centre, batch, tasks, qtbot, settings, tmp_path):
    page = marks_page(centre, tasks, qtbot, "marks_a", settings)
    panel = page.importing
    file = omr_sheet(tmp_path, 61, 72, "缺考", 101)
    with qtbot.waitSignal(page.view_model.importing.refused, timeout=3000) as said:
        page.take_sheet(file, 1)
    assert said.args[0].code == "sheet_header_not_found"
    qtbot.mouseClick(panel.columns, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: isinstance(QApplication.activeWindow(), SheetColumnsDialog))
    dialog = QApplication.activeWindow()
    choose(dialog, "考号", "admission_no")
    choose(dialog, "客观题得分", "theory")
    dialog.organisation.setText("阅卷机")
    with qtbot.waitSignal(page.view_model.importing.read, timeout=3000):
        qtbot.mouseClick(dialog.use, Qt.MouseButton.LeftButton)
    rows = page.view_model.importing.rows()
    assert [row.verdict for row in rows] == ["accept", "accept", "accept", "reject"]
    with qtbot.waitSignal(page.importing.entered, timeout=3000) as done:
        qtbot.mouseClick(panel.enter, Qt.MouseButton.LeftButton)
    assert (done.args[0].rows, done.args[0].marks) == (3, 3)
    marks = {row.admission_number: dict(row.marks)["theory"] for row in centre.reads.mark_rows(batch, 1)}
    assert [marks[number(place)] for place in (1, 2, 3, 4)] == [
        Mark(MarkState.PRESENT, Decimal(61)), Mark(MarkState.PRESENT, Decimal(72)), Mark(MarkState.ABSENT), None]
    with qtbot.waitSignal(page.view_model.importing.read, timeout=3000):  # the next one is known
        page.take_sheet(omr_sheet(tmp_path, 61, 72, "缺考", 80), 1)
    assert page.view_model.importing.organisation == "阅卷机"


def test_a_number_of_another_batch_is_refused_in_a_sheet_without_names(centre, batch, tasks, qtbot, settings, tmp_path):
    page = marks_page(centre, tasks, qtbot, "marks_a", settings)
    file = tmp_path / "omr.csv"
    file.write_text(OMR + "2601001004101009999,80,M1\n", "utf-8")
    with qtbot.waitSignal(page.view_model.importing.refused, timeout=3000):
        page.take_sheet(file, 1)
    mapping = page.view_model.importing.mapping()
    mapping.chosen |= {"考号": "admission_no", "客观题得分": "theory"}
    with qtbot.waitSignal(page.view_model.importing.read, timeout=3000):
        page.view_model.importing.use(mapping.layout(), "")
    row, = page.view_model.importing.rows()
    assert [one.code for one in row.problems] == ["ADM_UNKNOWN"]
