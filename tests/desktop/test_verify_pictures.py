"""Pictures of the Verify page, to be looked at; and that nothing is cut off."""

import pytest
from certificate_kit import DOCUMENT, REVOKED, certificate_text, granted_centre, pages
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QLabel

from appraisal.credential.cose import Ed25519Signer
from desktop.pages.verify import VerifyPage
from desktop.shell.entries import PageEntry
from desktop.shell.window import MainWindow
from desktop.viewmodels.verify import Verifier, VerifyViewModel


@pytest.fixture(scope="module")
def centre(tmp_path_factory):
    made = granted_centre(tmp_path_factory.mktemp("verify") / "desk")
    yield made
    made.close()


@pytest.fixture
def page(centre, tasks, settings, look, qtbot):
    verifier = Verifier(centre.reads, lambda: centre.clock() // 1000)
    view_model = VerifyViewModel(tasks, verifier.of_bytes, verifier.of_text, centre.desk.schemes)
    title = "查验" if look[1] == "zh_CN" else "Verify"
    window = MainWindow([PageEntry("verify", title, "verify", lambda: VerifyPage(view_model, tasks))], settings)
    qtbot.addWidget(window)
    window.show_page("verify")
    return window.page("verify")


def cut_off(page):
    return [part.text() for part in (*page.findChildren(QLabel), *page.findChildren(QAbstractButton))
            if part.isVisible() and part.text() and not (isinstance(part, QLabel) and part.wordWrap())
            and part.width() + 1 < part.minimumSizeHint().width()]


def test_waiting(page, shoot):
    shoot(page.window(), "verify-waiting")
    assert cut_off(page) == []


def test_one_certificate(page, centre, shoot, qtbot):
    page._view_model.check_text(certificate_text(centre))
    qtbot.waitUntil(lambda: page._view_model.chosen is not None)
    page.person.number.setText(DOCUMENT)
    page._view_model.check_person(DOCUMENT)
    qtbot.waitUntil(lambda: page.person.chip is not None and page.person.chip.chip().shape.value == "tick")
    shoot(page.window(), "verify-valid")
    assert cut_off(page) == []


def test_several_in_a_file(page, centre, shoot, qtbot, tmp_path):
    path = tmp_path / "scan.pdf"
    stranger = Ed25519Signer.from_seed(bytes([9]) * 32)
    path.write_bytes(pages(
        certificate_text(centre, REVOKED, "陈𬱖", qualities=False, latin_name="CHEN Di"),
        certificate_text(centre, 2, "古丽仙·买买提", stranger), certificate_text(centre, 3, "李明")))
    page._view_model.check_files([path, tmp_path / "gone.png"])
    qtbot.waitUntil(lambda: page.table.isVisibleTo(page) and page.table.model().row_at(3) is not None, timeout=10000)
    page.table.go_to(0)
    shoot(page.window(), "verify-several")
    assert cut_off(page) == []
    qtbot.keyClick(page.table, Qt.Key.Key_Down)
    shoot(page.window(), "verify-unknown")
    assert cut_off(page) == []
