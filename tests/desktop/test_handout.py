"""A list of people leaves the desk with a reason, which the journal keeps; numbers are masked unless it is said."""

import pytest
from candidates_kit import IDS, NAMES, Day, line
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog
from python_calamine import CalamineWorkbook

from appraisal.journal import read
from db.schema import journal
from desktop.widgets.handout import HandoutDialog
from desktop.widgets.table_tools import JobDialog

MASKED = f"{IDS[0][:6]}{'*' * 8}{IDS[0][-4:]}"


@pytest.fixture
def day(tmp_path, tasks, qtbot, settings, monkeypatch):
    made = Day(tmp_path / "desk", tasks, qtbot, settings)
    made.import_lines(line(0))
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "list.xlsx"), ""))
    yield made
    made.close()


def asked(qtbot, page):
    qtbot.waitUntil(lambda: page.people.model.rowCount() == 1)
    page.people.table.tools.export.trigger()
    qtbot.waitUntil(lambda: isinstance(QApplication.activeWindow(), HandoutDialog))
    return QApplication.activeWindow()


def noted(day):
    with day.centre.reader.begin() as connection:
        entries = [read(one) for one in connection.exec_driver_sql(f"select entry from {journal.name}").scalars()]
    return [(one.why, one.body["rows"], one.body["means"], one.body["masked"])
            for one in entries if one.kind == "handout.made"]


def rows(file):
    return CalamineWorkbook.from_path(str(file)).get_sheet_by_index(0).to_python()[2:]


@pytest.mark.parametrize(("whole", "number"), [(False, MASKED), (True, IDS[0])])
def test_a_reason_is_kept_and_numbers_are_masked_unless_they_are_wanted_whole(day, qtbot, tmp_path, whole, number):
    dialog = asked(qtbot, day.page())
    qtbot.keyClicks(dialog.why, "for the bureau")
    dialog.whole.setChecked(whole)
    qtbot.keyClick(dialog.why, Qt.Key.Key_Return)
    file = tmp_path / "list.xlsx"
    qtbot.waitUntil(file.exists)
    qtbot.waitUntil(lambda: QApplication.activeWindow() is None or isinstance(QApplication.activeWindow(), JobDialog))
    (name, _latin, document, phone, *_), = rows(file)
    assert (name, document) == (NAMES[0], number)
    assert ("*" in phone) is not whole
    assert noted(day) == [("for the bureau", 1, "excel", not whole)]
    assert file.stat().st_mode & 0o777 == 0o600


def test_without_a_reason_nothing_leaves(day, qtbot, tmp_path):
    dialog = asked(qtbot, day.page())
    qtbot.mouseClick(dialog.go_on, Qt.MouseButton.LeftButton)
    assert dialog.form.rows["why"].refusal()
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert (noted(day), (tmp_path / "list.xlsx").exists()) == ([], False)


def test_copied_rows_are_masked_and_noted(day, qtbot):
    page = day.page()
    qtbot.waitUntil(lambda: page.people.model.row_at(0) is not None)
    page.people.table.selectRow(0)
    qtbot.keyClick(page.people.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    copied = QApplication.clipboard().text()
    assert NAMES[0] in copied
    assert MASKED in copied
    assert IDS[0] not in copied
    qtbot.waitUntil(lambda: noted(day) == [(None, 1, "clipboard", True)])


def test_the_reviewers_list_leaves_with_a_reason_too(day, qtbot):
    page = day.page("rev")
    page.show_review()
    qtbot.waitUntil(lambda: page.review.model.rowCount() == 1)
    page.review.table.tools.export.trigger()
    qtbot.waitUntil(lambda: isinstance(QApplication.activeWindow(), HandoutDialog))
    dialog = QApplication.activeWindow()
    qtbot.keyClicks(dialog.why, "for the file")
    qtbot.keyClick(dialog.why, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: noted(day) == [("for the file", 1, "excel", True)])
