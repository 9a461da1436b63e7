"""Columns and words that nothing knows are chosen in a dialog, and remembered for the organisation."""

import pytest
from candidates_kit import CONDITION, IDS, NAMES, Day
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog

from appraisal.sheets.roster import open_roster
from desktop.pages.sheet_columns import SheetColumnsDialog

HEADER = "大名,证类,证号,族,念到,工种名,技术等级,申请条件,初或补,手机,有证吗,内部号"
COLUMNS = {"大名": "name", "证类": "id_type", "证号": "id_no", "族": "ethnicity", "念到": "education",
           "工种名": "occupation", "技术等级": "level", "申请条件": "condition", "初或补": "exam_type",
           "有证吗": "has_cert", "内部号": "left_out"}


def sheet(at=0):
    row = f"{NAMES[at]},身份证,{IDS[at]},汉族,大学堂,人工智能训练师,三级,{CONDITION},正考,1548825830{at},否,A-{at}"
    return f"某单位名单\n{HEADER}\n{row}".encode()


@pytest.fixture
def day(tmp_path, tasks, qtbot, settings):
    made = Day(tmp_path / "desk", tasks, qtbot, settings)
    yield made
    made.close()


def columns_dialog(qtbot):
    qtbot.waitUntil(lambda: isinstance(QApplication.activeWindow(), SheetColumnsDialog))
    return QApplication.activeWindow()


def choose(table, at, value):
    table.cellWidget(at, 2).choose(value)


def test_columns_and_words_are_chosen_by_hand_and_known_again(day, qtbot, tmp_path):
    file = tmp_path / "a.csv"
    file.write_bytes(sheet())
    page = day.page()
    page.import_roster()
    page.roster.open_file(str(file))
    qtbot.waitUntil(page.roster.notice.isVisible)
    qtbot.mouseClick(page.roster.notice.action, Qt.MouseButton.LeftButton)
    dialog = columns_dialog(qtbot)
    assert dialog.header_row.value() == 2  # the title stands in one cell alone
    keys = [dialog.columns.item(at, 0).text() for at in range(dialog.columns.rowCount())]
    assert keys == HEADER.split(",")
    assert dialog.columns.item(0, 1).text() == NAMES[0]
    for at, key in enumerate(keys):
        if key in COLUMNS:
            choose(dialog.columns, at, COLUMNS[key])
    dialog.tabs.setCurrentWidget(dialog.words)
    assert [dialog.words.item(at, 1).text() for at in range(dialog.words.rowCount())] == ["大学堂"]
    choose(dialog.words, 0, "大学本科")
    qtbot.keyClicks(dialog.organisation, "Some Org")
    qtbot.mouseClick(dialog.use, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page.roster.shown.isVisible() and page.roster.take_in.isEnabled())
    assert "Some Org" in page.roster.file.text()
    page.roster.take_in.click()
    qtbot.waitUntil(lambda: NAMES[0] in day.people())
    background = day.detail(NAMES[0]).person.background
    assert (background.education, "内部号" in background.extra) == ("大学本科", False)
    other = tmp_path / "b.csv"
    other.write_bytes(sheet(1))
    qtbot.waitUntil(page.roster.notice.isVisible)
    page.roster.open_file(str(other))
    qtbot.waitUntil(lambda: "Some Org" in page.roster.file.text())
    assert [line.name for line in page.roster._view_model.shown.reading.lines] == [NAMES[1]]


def test_esc_leaves_the_preview_as_it_was(day, qtbot, tmp_path):
    file = tmp_path / "a.csv"
    file.write_bytes(sheet())
    page = day.page()
    page.import_roster()
    page.roster.open_file(str(file))
    qtbot.waitUntil(page.roster.notice.isVisible)
    page.roster.ask_columns()
    dialog = columns_dialog(qtbot)
    choose(dialog.columns, 0, "name")
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert page.roster._view_model.shown is None


def test_the_template_of_the_batch_is_saved(day, qtbot, tmp_path, monkeypatch):
    page = day.page()
    page.import_roster()
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "empty"), ""))
    qtbot.mouseClick(page.roster.template, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(page.roster.notice.isVisible)
    assert "empty.xlsx" in page.roster.notice.text.text()
    assert open_roster((tmp_path / "empty.xlsx").read_bytes(), "empty.xlsx").sheets[0].name == "考生信息"
