"""A character that the input method does not have gets into the name by keys."""

import pytest
from candidates_kit import IDS, NAMES, Day, fill, line
from kit.glyphs import a_glyph
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from appraisal.domain.errors import RuleViolation
from appraisal.usecases.draw_glyph import DrawGlyph, draw_glyph
from desktop.pages.glyph_dialog import GlyphDialog
from desktop.pages.rare_characters import RareCharactersDialog

UNKNOWN = "\U000323af"
"""No font of ours has it."""
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


def panel_texts(page):
    return " ".join(one.text() for one in page.form.person.findChildren(QLabel))


def give(qtbot, page):
    """Opens the dialog from the person's panel."""
    link = next(one for one in page.form.person.findChildren(QPushButton) if one.text() == "Give its picture …")
    qtbot.mouseClick(link, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: isinstance(QApplication.activeWindow(), GlyphDialog))
    return QApplication.activeWindow()


def test_a_character_that_no_font_has_gets_its_picture_at_the_person(day, qtbot, tmp_path):
    page = day.page()
    page.form._view_model.checks.can_draw = lambda one: one != UNKNOWN
    fill(page, {"batch": "", "id_no": IDS[0], "name": f"陈{UNKNOWN}", "phone": "15488258300", "education": "高中"})
    assert "U+323AF" in page.form.form.rows["name"].below.text()
    qtbot.mouseClick(page.form.save, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page.form.form.notice.text.text().startswith("Registered"))
    page.form.open(day.people()[f"陈{UNKNOWN}"].id)
    qtbot.waitUntil(lambda: "U+323AF" in panel_texts(page))
    dialog = give(qtbot, page)
    assert not dialog.keep.isEnabled()
    (tmp_path / "small.png").write_bytes(a_glyph(60))
    dialog._view_model.open_file(str(tmp_path / "small.png"))
    qtbot.waitUntil(dialog.notice.isVisible)
    assert not dialog.keep.isEnabled()
    picture = QImage.fromData(a_glyph())
    QApplication.clipboard().setImage(picture)
    qtbot.keyClick(dialog, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(dialog.keep.isEnabled)
    assert not dialog.notice.isVisible()
    qtbot.keyClick(dialog.keep, ENTER)
    person = day.people()[f"陈{UNKNOWN}"].id
    qtbot.waitUntil(lambda: [one.character for one in day.reads.candidate(person).glyphs] == [UNKNOWN])
    qtbot.waitUntil(lambda: "U+323AF" not in panel_texts(page))


def test_a_picture_for_a_character_that_is_not_in_the_name_is_refused(day):
    person = day.import_lines(line(0)) and day.people()[NAMES[0]].id
    with pytest.raises(RuleViolation, match="glyph_not_in_name"):
        draw_glyph(DrawGlyph(person, UNKNOWN, a_glyph(), day.ids["reg"]), day.desk)
