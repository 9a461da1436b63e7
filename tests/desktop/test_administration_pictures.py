"""Pictures of the Administration page, to be looked at; and that nothing is cut off."""

import pytest
from PySide6.QtWidgets import QAbstractButton, QLabel
from staff_page_kit import found_small, make_page, open_small

from appraisal.domain.operator import Role
from appraisal.usecases.enrol_operator import EnrolOperator, WithdrawOperator, enrol_operator
from desktop.commands.operators import staff_of
from desktop.shell.entries import DeskStatus, PageEntry
from desktop.shell.window import MainWindow

STAFF = (("li", "李晓东", {Role.MARKS_A}), ("he", "何佳怡", {Role.MARKS_B, Role.REGISTRAR}),
         ("guli", "古丽仙·买买提", {Role.MARKS_REVIEWER, Role.CERTIFICATE_OFFICER}))


@pytest.fixture(scope="module")
def centre(tmp_path_factory):
    folder = tmp_path_factory.mktemp("administration") / "desk"
    found_small(folder)
    made = open_small(folder)
    me = made.opened_by.id
    for login, name, roles in STAFF:
        staff_of(made).enrol(EnrolOperator(login, name, frozenset(roles), me), "four quiet words")
    enrol_operator(EnrolOperator("chen", "陈𬱖", frozenset({Role.REVIEWER}), me), made.desk)
    staff_of(made).withdraw(WithdrawOperator("sun", "调离本中心", me))
    yield made
    made.close()


@pytest.fixture
def open_page(centre, tasks, settings, look, qtbot):
    def make(login="qian"):
        title = "管理" if look[1] == "zh_CN" else "Administration"
        window = MainWindow([PageEntry("administration", title, "administration",
                                       lambda: make_page(centre, login, tasks, settings))], settings)
        qtbot.addWidget(window)
        window.show_page("administration")
        window.show_status(DeskStatus(centre.reads.operators()[0].name, "C1"))
        page = window.page("administration")
        qtbot.waitUntil(lambda: page.model.rowCount() == 7)
        page.table.go_to(0)
        return page

    return make


def cut_off(page):
    return [part.text() for part in (*page.findChildren(QLabel), *page.findChildren(QAbstractButton))
            if part.isVisible() and part.text() and not (isinstance(part, QLabel) and part.wordWrap())
            and part.width() + 1 < part.minimumSizeHint().width()]


def taken(page, shoot, qtbot, name):
    page.window().show()
    qtbot.waitUntil(lambda: page.model.row_at(0) is not None)
    shoot(page.window(), name)
    assert cut_off(page) == []
    if page.form is not None:
        assert page.form.minimumSizeHint().width() <= page.form.parentWidget().width()


def test_the_operators(open_page, shoot, qtbot):
    taken(open_page(), shoot, qtbot, "administration")


def test_enrolling(open_page, shoot, qtbot):
    page = open_page()
    page.start_enrolling()
    page.form.login.setText("zhao")
    page.form.name.setText("赵敏")
    page.form.form.refuse("login", "登录名 zhao 已有人使用。请换一个。")
    taken(page, shoot, qtbot, "administration-enrol")


def test_withdrawing(open_page, shoot, qtbot):
    page = open_page()
    page.window().show()
    page.table.go_to(1)
    page._start_withdrawing()
    taken(page, shoot, qtbot, "administration-withdraw")


def test_read_only(open_page, shoot, qtbot):
    taken(open_page("zhao"), shoot, qtbot, "administration-read-only")
