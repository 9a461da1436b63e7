"""F1 opens the page's section of the manual; every page has one in both languages."""

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtWidgets import QWidget

from desktop.i18n import LANGUAGES
from desktop.page_builders import PAGES
from desktop.shell.entries import PageEntry
from desktop.shell.help import FIRST, HelpDialog, sections, show_help
from desktop.shell.window import MainWindow


@pytest.fixture
def window(settings, qtbot):
    made = MainWindow([PageEntry(key, key, key, QWidget) for key, _, _ in PAGES], settings)
    made.help_asked.connect(lambda key: show_help(made, key))
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


@pytest.mark.parametrize("language", list(LANGUAGES))
def test_every_page_has_a_section_that_says_something(language):
    found = sections(language)
    assert list(found) == [FIRST, *(key for key, _, _ in PAGES)]
    assert all(title and len(body) > 150 for title, body in found.values())
    assert not any("{#" in body or "\n## " in body for _, body in found.values())


def test_f1_opens_the_section_of_the_page_shown(window, qtbot):
    window.show_page("marks")
    qtbot.keyClick(window, Qt.Key.Key_F1)
    (dialog,) = window.findChildren(HelpDialog)
    assert dialog.windowTitle() == "Help: Marks"
    assert "Two people enter each mark" in dialog.text.toPlainText()
    assert "Verify" in dialog.text.toPlainText()  # the way to the others
    assert not dialog.isModal()


def test_another_page_turns_the_same_window(window, qtbot):
    first = show_help(window, "verify")
    assert show_help(window, "sync") is first
    assert first.windowTitle() == "Help: Sync"
    first.text.anchorClicked.emit(QUrl("#administration"))
    assert "forgotten passphrase" in first.text.toPlainText()
    qtbot.keyClick(first, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not window.findChildren(HelpDialog))
    assert show_help(window, "no-such-page").windowTitle() == "Help: Beginning"


def test_the_help_looks_well(settings, qtbot, look, shoot):
    parent = QWidget()
    qtbot.addWidget(parent)
    parent.show()
    for key in ("desk", "certificates"):
        dialog = show_help(parent, key)
        shoot(dialog, f"help-{key}", (680, 680))
        assert ("口令" in sections(look[1])["desk"][1]) is (look[1] == "zh_CN")
        assert dialog.text.toPlainText()
