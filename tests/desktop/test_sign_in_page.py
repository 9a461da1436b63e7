"""Signing in by keyboard; what a wrong passphrase, a slow key and a fault look like."""

import subprocess
import sys
import threading

import pytest
from PySide6.QtCore import Qt

from appraisal.domain.errors import EnvironmentFault, RuleViolation
from desktop.pages.sign_in import SignInPage
from desktop.viewmodels.sign_in import SignInViewModel


class Door:
    def __init__(self):
        self.gate, self.tried = threading.Event(), []
        self.gate.set()

    def sign_in(self, login, passphrase):
        self.gate.wait(5)
        self.tried.append((login, passphrase, threading.current_thread().name))
        if passphrase == "broken":
            raise EnvironmentFault("form_backup_file_missing", file="desk.db")
        if passphrase != "four quiet words ":
            raise RuleViolation("form_passphrase_short", shortest=10)
        return f"operator {login}"


@pytest.fixture
def door():
    return Door()


@pytest.fixture
def page(door, tasks, qtbot):
    made = SignInPage(SignInViewModel(door.sign_in, tasks), "A centre")
    qtbot.addWidget(made)
    made.resize(900, 600)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


def test_login_enter_passphrase_enter(page, door, qtbot):
    assert page.login.hasFocus()
    qtbot.keyClicks(page.login, " wang ")
    qtbot.keyClick(page.login, Qt.Key.Key_Return)
    assert page.passphrase.hasFocus()
    qtbot.keyClicks(page.passphrase, "four quiet words ")
    with qtbot.waitSignal(page._view_model.done, timeout=2000) as done:
        qtbot.keyClick(page.passphrase, Qt.Key.Key_Return)
    assert done.args == ["operator wang"]
    assert door.tried == [("wang", "four quiet words ", "writer_0")]


def test_a_wrong_passphrase_is_said_beside_it(page, door, qtbot):
    qtbot.keyClicks(page.login, "wang")
    qtbot.keyClicks(page.passphrase, "wrong")
    qtbot.mouseClick(page.enter, Qt.MouseButton.LeftButton)
    row = page.form.rows["passphrase"]
    qtbot.waitUntil(lambda: bool(row.refusal()))
    assert "at least 10 characters" in row.refusal()
    assert page.passphrase.hasFocus()
    assert page.passphrase.selectedText()
    assert page.enter.isEnabled()


@pytest.mark.parametrize(("login", "passphrase", "field"), [
    ("", "x", "login"), ("  ", "x", "login"), ("a", "", "passphrase"),
])
def test_an_empty_field_is_asked_for_without_trying(page, door, qtbot, login, passphrase, field):
    page.login.setText(login)
    page.passphrase.setText(passphrase)
    qtbot.mouseClick(page.enter, Qt.MouseButton.LeftButton)
    assert page.form.rows[field].refusal()
    assert page.form.rows[field].editor.hasFocus()
    assert door.tried == []


def test_while_the_key_is_made_the_page_is_busy_and_alive(page, door, qtbot):
    door.gate.clear()
    page.login.setText("wang")
    page.passphrase.setText("four quiet words ")
    qtbot.mouseClick(page.enter, Qt.MouseButton.LeftButton)
    assert not page.enter.isEnabled()
    assert page.enter.text() == "Opening …"
    page._submit()  # a second Enter does not try twice
    door.gate.set()
    qtbot.waitUntil(page.enter.isEnabled)
    assert len(door.tried) == 1
    assert page.enter.text() == "&Sign in"


def test_a_fault_is_a_notice(page, qtbot):
    page.login.setText("wang")
    page.passphrase.setText("broken")
    qtbot.mouseClick(page.enter, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(page.form.notice.isVisible)
    assert "desk.db" in page.form.notice.text.text()


def test_caps_lock_is_told_under_the_passphrase(page, qtbot):
    qtbot.keyClick(page.passphrase, "A")
    assert page.form.rows["passphrase"].below.text() == "Caps Lock is on"
    qtbot.keyClick(page.passphrase, Qt.Key.Key_B)
    assert page.form.rows["passphrase"].below.text() == ""


def test_switching_operators_starts_at_the_passphrase(door, tasks, qtbot):
    page = SignInPage(SignInViewModel(door.sign_in, tasks), login="li")
    qtbot.addWidget(page)
    page.show()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    assert page.passphrase.hasFocus()


def test_the_first_page_waits_for_nothing_that_it_does_not_need():
    first_page = "import sys, desktop.gui, desktop.pages.sign_in, desktop.viewmodels.sign_in; print(*sys.modules)"
    loaded = subprocess.run(
        [sys.executable, "-c", first_page], check=True, capture_output=True, text=True,
        timeout=60).stdout.split()
    assert "desktop.windows" in loaded
    assert not {"sqlalchemy", "sqlcipher3", "cryptography", "reportlab", "tomllib", "appraisal.sentences",
                "desktop.shell.window", "desktop.main_window"} & set(loaded)
