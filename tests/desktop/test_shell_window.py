"""The frame by keyboard: pages, palette, help, faults, defects, closing."""

import sys
import threading
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QSettings, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QWidget

from appraisal.domain.errors import EnvironmentFault
from desktop.shell.choices import language_in, scheme_in, settings_in
from desktop.shell.defects import DefectDialog, DefectHook, report_of
from desktop.shell.entries import Command, DeskStatus, PageEntry
from desktop.shell.matching import best, rank
from desktop.shell.palette import CommandPalette
from desktop.shell.window import MainWindow
from desktop.theme import Scheme

KEYS = ("today", "candidates", "marks", "certificates", "verify", "sync", "library", "figures", "batches", "publicity")
CTRL = Qt.KeyboardModifier.ControlModifier


class Page(QLabel):
    """Counts how often it was asked to read anew, and may refuse to close."""

    def __init__(self, key, closes=True):
        super().__init__(key)
        self.refreshed, self.closes, self.ran = 0, closes, []

    def refresh(self):
        self.refreshed += 1

    def may_close(self):
        return self.closes

    def commands(self):
        return [Command("Register a person", lambda: self.ran.append("register"), "add")]


@pytest.fixture
def built():
    return []


@pytest.fixture
def window(settings, built, qtbot):
    def builder(key):
        def build():
            built.append(key)
            return Page(key)
        return build

    made = MainWindow([PageEntry(key, key.capitalize(), key, builder(key)) for key in KEYS], settings)
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    made.start()
    return made


def test_pages_are_built_when_first_shown(window, built, qtbot):
    assert built == ["today"]
    for key in (Qt.Key.Key_2, Qt.Key.Key_3, Qt.Key.Key_2, Qt.Key.Key_9):
        qtbot.keyClick(window, key, CTRL)
    assert built == ["today", "candidates", "marks", "batches"]
    assert window.current_key() == "batches"
    assert window.side_bar.pages.currentRow() == 8
    assert window.page("candidates").refreshed == 1  # seen again, so read anew
    assert window.page("marks").refreshed == 0


def test_the_first_page_shown_is_marked_whichever_it_is(settings, qtbot):
    made = MainWindow([PageEntry(key, key, key, lambda: QLabel("x")) for key in KEYS], settings)
    qtbot.addWidget(made)
    made.show_page("marks")
    made.show()
    made.side_bar.pages.setFocus()
    assert (made.current_key(), made.side_bar.pages.currentRow()) == ("marks", 2)


def test_arrows_in_the_side_bar_walk_through_the_pages(window, qtbot):
    window.side_bar.pages.setFocus()
    qtbot.keyClick(window.side_bar.pages, Qt.Key.Key_Down)
    assert window.current_key() == "candidates"


def test_the_last_page_and_the_place_come_back(window, settings, qtbot):
    window.show_page("verify")
    window.resize(1111, 700)
    window.close()
    again = MainWindow([PageEntry(key, key, key, lambda: QLabel("x")) for key in KEYS],
                       QSettings(settings.fileName(), QSettings.Format.IniFormat))
    qtbot.addWidget(again)
    again.start()
    assert again.current_key() == "verify"
    assert again.height() == 700  # the width is that of the small screen here


def test_a_page_that_holds_a_draft_keeps_the_window_open(window):
    window.page("marks").closes = False
    assert not window.close()
    assert window.isVisible()
    assert window.current_key() == "marks"
    window.page("marks").closes = True
    assert window.close()


def test_the_palette_runs_pages_and_the_actions_of_the_page(window, qtbot):
    qtbot.keyClick(window, Qt.Key.Key_K, CTRL)
    palette = window.findChild(CommandPalette)
    assert palette.isVisible()
    qtbot.keyClicks(palette.typed, "pub")
    qtbot.keyClick(palette.typed, Qt.Key.Key_Return)
    assert window.current_key() == "publicity"
    palette = window.open_palette()
    qtbot.keyClicks(palette.typed, "reg")
    qtbot.keyClick(palette.typed, Qt.Key.Key_Return)
    assert window.page("publicity").ran == ["register"]


def test_the_palette_walks_by_arrows_and_leaves_by_escape(window, qtbot):
    palette = window.open_palette()
    count = palette.found.count()
    assert count == 1 + len(KEYS) + 4
    qtbot.keyClick(palette.typed, Qt.Key.Key_Up)
    assert palette.found.currentRow() == count - 1
    qtbot.keyClick(palette.typed, Qt.Key.Key_Down)
    assert palette.found.currentRow() == 0
    qtbot.keyClicks(palette.typed, "zzz")
    qtbot.keyClick(palette.typed, Qt.Key.Key_Return)
    assert palette.isVisible()
    qtbot.keyClick(palette, Qt.Key.Key_Escape)
    assert window.current_key() == "today"


@pytest.mark.parametrize(("typed", "found"), [
    ("cy", "查验"), ("chayan", "查验"), ("查", "查验"), ("验", "查验"), ("gzt", "工作台"), ("rck", "人才库"),
    ("tal", "Talent library"), ("lib", "Talent library"), ("tl", "Talent library"), ("ED", "Exam day"),
])
def test_titles_are_found_by_word_pinyin_and_initials(typed, found):
    offered = ["工作台", "考生", "查验", "人才库", "Exam day", "Talent library", "Marks"]
    assert best(typed, offered, str)[0] == found


TITLES = st.text(st.sampled_from("abcXYZ 考生查验人才库证书"), min_size=1, max_size=12)


@given(st.text(max_size=12), TITLES)
def test_any_title_is_found_by_its_own_beginning(typed, title):
    assert rank(title[:3], title.strip()) is not None
    place = rank(typed, title)
    assert place is None or 0 <= place < 7


def test_f1_asks_for_the_help_of_the_page(window, qtbot):
    window.show_page("marks")
    with qtbot.waitSignal(window.help_asked, timeout=500) as asked:
        qtbot.keyClick(window, Qt.Key.Key_F1)
    assert asked.args == ["marks"]


def test_light_dark_and_language_are_asked_for_and_kept(window, settings, qtbot):
    tools = {window.side_bar.tools.itemAt(i).widget().accessibleName(): window.side_bar.tools.itemAt(i).widget()
             for i in range(window.side_bar.tools.count())}
    with qtbot.waitSignal(window.scheme_chosen, timeout=500) as scheme:
        qtbot.mouseClick(tools["Light or dark"], Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(window.language_chosen, timeout=500) as language:
        qtbot.mouseClick(tools["Language: 中文 / English"], Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(window.sign_out_asked, timeout=500):
        qtbot.mouseClick(tools["Sign out"], Qt.MouseButton.LeftButton)
    assert (scheme.args, language.args) == (["dark"], ["zh_CN"])
    assert (scheme_in(settings), language_in(settings)) == (Scheme.DARK, "zh_CN")


def test_choices_have_their_defaults_and_survive_nonsense(tmp_path):
    settings = settings_in(tmp_path)
    assert (scheme_in(settings), language_in(settings)) == (Scheme.LIGHT, "zh_CN")
    settings.setValue("window/scheme", "pink")
    settings.setValue("window/language", "fr")
    assert (scheme_in(settings), language_in(settings)) == (Scheme.LIGHT, "zh_CN")


def test_the_status_bar_says_what_matters(window):
    bar = window.status_bar
    at = datetime(2026, 11, 20, 17, 30).astimezone()
    window.show_status(DeskStatus("Wang Li", "Desk 1", False, 1280, at, 31, True))
    assert [bar.operator.text(), bar.desk.text(), bar.link.text(), bar.unsent.text(), bar.lists.text()] == [
        "Wang Li", "Desk 1", "Offline", "1,280 unsent", "Lists 31 days old"]
    assert bar.backup.text() == "Backup 20/11/2026 17:30"
    assert bar.lists.property("tone") == "warn"
    assert bar.demonstration.isVisible()
    window.show_status(DeskStatus("Wang Li", "Desk 1", None, 0, None, 3))
    assert (bar.unsent.text(), bar.backup.text()) == ("All sent", "No backup yet")
    assert bar.lists.property("tone") == ""
    assert not bar.demonstration.isVisible()
    assert not bar.link.isVisible()


def test_a_fault_is_a_notice_and_the_page_stays(window):
    window.show_fault(EnvironmentFault("form_backup_file_missing", file="X.bak"))
    assert window.fault.isVisible()
    assert "X.bak" in window.fault.text.text()
    assert window.current_key() == "today"


@pytest.fixture
def hook(qapp):
    reports, faults = [], []
    made = DefectHook(reports.append, faults.append)
    made.reports, made.faults = reports, faults
    before = (sys.excepthook, threading.excepthook)
    made.install()
    yield made
    made.remove()
    assert (sys.excepthook, threading.excepthook) == before


def raise_through(hook, error):
    try:
        raise error
    except type(error) as caught:
        sys.excepthook(type(caught), caught, caught.__traceback__)


def test_a_defect_becomes_a_report_free_of_personal_data(hook, qtbot):
    raise_through(hook, ValueError("110101199001011234 陈𬱖"))
    qtbot.waitUntil(lambda: bool(hook.reports))
    assert "builtins.ValueError" in hook.reports[0]
    assert "test_shell_window.py" in hook.reports[0]
    assert "raise_through" in hook.reports[0]
    assert "1101" not in hook.reports[0]
    assert "陈" not in hook.reports[0]
    assert "/root" not in hook.reports[0]
    assert "/home" not in hook.reports[0]


def test_the_report_names_the_cause_too():
    try:
        try:
            {}["secret"]
        except KeyError as cause:
            raise RuntimeError("secret") from cause
    except RuntimeError as error:
        report = report_of(error)
    assert report.index("RuntimeError") < report.index("KeyError")
    assert "secret" not in report


def test_a_fault_that_nobody_caught_becomes_a_notice(hook, qtbot):
    raise_through(hook, EnvironmentFault("disk_full"))
    qtbot.waitUntil(lambda: bool(hook.faults))
    assert hook.reports == []


def test_a_defect_in_a_thread_reaches_the_same_dialog(hook, qtbot):
    thread = threading.Thread(target=lambda: 1 // 0)
    thread.start()
    thread.join()
    qtbot.waitUntil(lambda: bool(hook.reports))
    assert "ZeroDivisionError" in hook.reports[0]


def test_one_dialog_at_a_time(qapp, qtbot):
    shown = []

    def show(report):
        shown.append(report)
        hook._show(ValueError())  # another one comes while this one is open

    hook = DefectHook(show, shown.append)
    hook._show(KeyError())
    assert len(shown) == 1
    hook._show(KeyError())
    assert len(shown) == 2


def test_the_defect_dialog_lets_one_go_on(window, qtbot):
    window.show_defect("builtins.ValueError")
    window.show_defect("builtins.KeyError")  # a defect in painting comes again and again: still one dialog
    assert len(window.findChildren(DefectDialog)) == 1
    dialog = window.findChild(DefectDialog)
    qtbot.mouseClick(dialog.copy, Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text() == "builtins.ValueError"
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    assert not dialog.isVisible()
    assert window.isEnabled()


def test_every_button_and_field_of_the_frame_has_a_name(window):
    nameless = [type(part).__name__ for part in window.findChildren(QWidget)
                if part.isVisible() and part.focusPolicy() & Qt.FocusPolicy.TabFocus
                and not (part.accessibleName() or getattr(part, "text", str)())]
    assert nameless == []
