"""Pictures of the Certificates page, to be looked at; and that nothing is cut off."""

import pytest
import xlsxwriter
from certificate_kit import certified_batch, document, give_numbers, granted_centre, national
from import_marks_kit import operators
from issue_kit import certificates_page
from PySide6.QtWidgets import QAbstractButton, QLabel

from appraisal.domain.staleness import Agreed
from appraisal.usecases.agree_to_issue import AgreeToIssue, agree_to_issue
from desktop.shell.entries import PageEntry
from desktop.shell.window import MainWindow

NAMES = ("张伟", "欧阳娜娜", "陈𬱖", "古丽仙·买买提江", "李㛃", "王芳", "刘洋", "司马相如")


@pytest.fixture(scope="module")
def centre(tmp_path_factory):
    """Two batches: one whose numbers are partly here, one of the association's own."""
    made = granted_centre(tmp_path_factory.mktemp("certificates") / "desk")
    first = certified_batch(made, NAMES, failing=("王芳",), code="2026-12")
    give_numbers(made, first, NAMES[:4])
    certified_batch(made, NAMES, but=("李㛃",), scheme="innovation-talent", code="Z2026-01")
    agree_to_issue(AgreeToIssue(Agreed.STALE_LISTS, "公示期间没有同步", operators(made)["supervisor"]), made.desk)
    yield made
    made.close()


@pytest.fixture
def page(centre, press, tasks, settings, look, qtbot):
    title = "证书" if look[1] == "zh_CN" else "Certificates"
    window = MainWindow([PageEntry("certificates", title, "certificates", lambda: certificates_page(
        centre, press, tasks, settings))], settings)
    qtbot.addWidget(window)
    window.show_page("certificates")
    window.setFixedSize(*look[2])
    window.show()
    made = window.page("certificates")
    qtbot.waitUntil(lambda: made._view_model.content is not None)
    return made


def choose(page, code, qtbot):
    batch = next(one for one in page._view_model.batches if one.code == code)
    page._view_model.choose_batch(batch.id)
    qtbot.waitUntil(lambda: page._view_model.batch.code == code)


def cut_off(page):
    return [part.text() for part in (*page.findChildren(QLabel), *page.findChildren(QAbstractButton))
            if part.isVisible() and part.text() and not (isinstance(part, QLabel) and part.wordWrap())
            and part.width() + 1 < part.minimumSizeHint().width()]


def test_to_issue(page, shoot, qtbot):
    choose(page, "2026-12", qtbot)
    qtbot.waitUntil(lambda: page.waiting.rows_model.row_at(0) is not None)
    shoot(page.window(), "certificates-waiting")
    assert cut_off(page) == []


def test_issued(page, shoot, qtbot):
    choose(page, "Z2026-01", qtbot)
    if not page._view_model.content.issued:
        page._view_model.issue()
        qtbot.waitUntil(lambda: bool(page._view_model.content.issued), timeout=20000)
    page.tabs.setCurrentWidget(page.issued)
    page.issued.go_to(2)
    qtbot.waitUntil(lambda: page.issued.rows_model.row_at(0) is not None)
    qtbot.waitUntil(lambda: page.preview.document.pageCount() == 1)
    page._show_saved(["D:/证书/Z2026-01.pdf"])
    shoot(page.window(), "certificates-issued")
    qtbot.wait(300)  # the preview draws on a thread of its own
    shoot(page.window(), "certificates-issued")
    assert cut_off(page) == []


def test_the_provinces_list(page, shoot, qtbot, tmp_path):
    choose(page, "2026-12", qtbot)
    path = tmp_path / "下发编号.xlsx"
    with xlsxwriter.Workbook(str(path), {"strings_to_numbers": False}) as book:
        made = book.add_worksheet()
        rows = [(name, document(at), national(at), "2027-01-11") for at, name in enumerate(NAMES)]
        rows[6] = ("刘样", document(6), national(6), "2027-01-11")
        rows[7] = (NAMES[7], document(7), national(7)[:-1], "2027-01-11")
        for at, cells in enumerate((("姓名", "证件号码", "证书编号", "证书版面发证日期"), *rows)):
            made.write_row(at, 0, cells)
    page._numbers.choose(page._view_model.batch.id, path)
    qtbot.waitUntil(page.numbers.isVisible)
    qtbot.waitUntil(lambda: page.numbers.table.rows_model.row_at(0) is not None)
    shoot(page.window(), "certificates-numbers")
    assert cut_off(page) == []
