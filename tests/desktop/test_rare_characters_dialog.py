"""A character that the input method does not have gets into the name by keys."""

import pytest
from candidates_kit import IDS, Day, fill
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from desktop.pages.rare_characters import RareCharactersDialog

ENTER, DOWN, RIGHT, ESC = Qt.Key.Key_Return, Qt.Key.Key_Down, Qt.Key.Key_Right, Qt.Key.Key_Escape


@pytest.fixture
def day(tmp_path, tasks, qtbot, settings):
    made = Day(tmp_path / "desk", tasks, qtbot, settings)
    yield made
    made.close()


def helper(qtbot, page, text="陈"):
    """Opened from the name field, in which `text` stands."""
    name = page.form.fields["name"]
    name.setFocus()
    name.setText(text)
    qtbot.keyClick(name, Qt.Key.Key_F2)
    qtbot.waitUntil(lambda: isinstance(QApplication.activeWindow(), RareCharactersDialog))
    return QApplication.activeWindow()


def shown(dialog):
    return [dialog.grid.item(at).text() for at in range(dialog.grid.count())]


def test_a_rare_name_is_registered_with_the_helper(day, qtbot):
    page = day.page()
    fill(page, {"batch": "", "id_no": IDS[0], "phone": "15488258300", "education": "高中"})
    dialog = helper(qtbot, page)
    qtbot.keyClicks(dialog.typed, "di 11 ")
    dialog.typed.insert("页")
    qtbot.waitUntil(lambda: shown(dialog)[:1] == ["𬱖"])
    assert "U+2CC56" in dialog.about.text()
    qtbot.keyClick(dialog.typed, ENTER)
    qtbot.waitUntil(lambda: page.form.form.value("name") == "陈𬱖")
    assert page.form.is_dirty()
    qtbot.mouseClick(page.form.save, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "陈𬱖" in day.people())


def test_another_of_those_found_is_taken_with_the_arrows(day, qtbot):
    page = day.page()
    dialog = helper(qtbot, page)
    qtbot.keyClicks(dialog.typed, "zhe 12")
    qtbot.waitUntil(lambda: len(shown(dialog)) > 1)
    second = shown(dialog)[1]
    qtbot.keyClick(dialog.typed, DOWN)
    assert dialog.grid.hasFocus()
    qtbot.keyClick(dialog.grid, RIGHT)
    qtbot.keyClick(dialog.grid, ENTER)
    qtbot.waitUntil(lambda: page.form.form.value("name") == "陈" + second)


def test_what_fits_nothing_says_so_and_escape_leaves_the_name(day, qtbot):
    page = day.page()
    dialog = helper(qtbot, page)
    assert not dialog.take.isEnabled()
    said = dialog.hint.text()
    qtbot.keyClicks(dialog.typed, "zzz")
    qtbot.waitUntil(lambda: dialog.hint.text() != said)
    qtbot.keyClick(dialog.typed, ENTER)
    qtbot.keyClick(dialog.typed, ESC)
    qtbot.waitUntil(lambda: not isinstance(QApplication.activeWindow(), RareCharactersDialog))
    assert page.form.form.value("name") == "陈"


def test_what_no_font_draws_is_said(day, qtbot):
    page = day.page()
    page.form._view_model.checks.can_draw = lambda _one: False
    dialog = helper(qtbot, page)
    before = dialog.about.text()
    qtbot.keyClicks(dialog.typed, "U+2CC56")
    qtbot.waitUntil(lambda: shown(dialog) == ["2CC56"])
    assert before == ""
    assert "no font" in dialog.about.text()
    qtbot.keyClick(dialog.typed, ENTER)
    qtbot.waitUntil(lambda: page.form.form.value("name") == "陈𬱖")
