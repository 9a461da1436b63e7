"""Pictures of the Verify page, to be looked at; and that nothing is cut off."""

import json
from pathlib import Path

import pytest
from certificate_kit import DOCUMENT, REVOKED, certificate_text, granted_centre, pages
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtMultimedia import QCameraDevice, QVideoFrame
from PySide6.QtWidgets import QAbstractButton, QLabel

from appraisal.credential.cose import ED25519, Ed25519Signer, verifying_key
from appraisal.credential.digits import to_digits
from appraisal.credential.status import read_status_list
from appraisal.credential.trust import read_trust_list
from appraisal.credential.verdict import Code
from desktop.camera import CodeCamera
from desktop.pages.verify import VerifyPage
from desktop.shell.entries import PageEntry
from desktop.shell.window import MainWindow
from desktop.viewmodels.verify import Verifier, VerifyViewModel

VECTORS = Path(__file__).parents[1] / "vectors" / "certificate-qr"
CONTEXT, CASES = (json.loads((VECTORS / f"{name}.json").read_text("utf-8")) for name in ("context", "cases"))


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


def test_filming(page, centre, tasks, shoot, qtbot, monkeypatch):
    """Two cameras to choose from, and a certificate lying a little askew before one."""
    camera = CodeCamera(tasks, lambda: [QCameraDevice(), QCameraDevice()])
    monkeypatch.setattr(page.finder, "_open_camera", lambda: camera)
    qtbot.mouseClick(page.camera, Qt.MouseButton.LeftButton)
    desk = Image.new("RGB", (1280, 720), (120, 96, 70))
    desk.paste(Image.new("RGB", (700, 620), "white").rotate(4, expand=True, fillcolor=(120, 96, 70)), (300, 40))
    camera.sink.setVideoFrame(QVideoFrame(QImage(desk.tobytes(), 1280, 720, 3840, QImage.Format.Format_RGB888).copy()))
    shoot(page.window(), "verify-filming")
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


class ListsOfVectors:
    """Those of the case that is shown."""

    case = CASES[0]

    def trust(self):
        return read_trust_list(bytes.fromhex(CONTEXT["trust_list"]), self._keys()) if self.case["trust"] else None

    def statuses(self):
        trust = self.trust()
        read = [read_status_list(bytes.fromhex(CONTEXT["status_lists"][str(n)]), self._keys(), trust)
                for n in self.case["statuses"]]
        return {status.number: status for status in read}

    def _keys(self):
        return [verifying_key(ED25519, bytes.fromhex(CONTEXT["list_key"]))]


def test_each_verdict(centre, tasks, settings, look, shoot, qtbot):
    """One colour, one word, one shape each: told apart without colour too."""
    lists = ListsOfVectors()
    verifier = Verifier(lists, lambda: lists.case["now"])
    view_model = VerifyViewModel(tasks, verifier.of_bytes, verifier.of_text, centre.desk.schemes)
    title = "查验" if look[1] == "zh_CN" else "Verify"
    window = MainWindow([PageEntry("verify", title, "verify", lambda: VerifyPage(view_model, tasks))], settings)
    qtbot.addWidget(window)
    window.show_page("verify")
    page, words = window.page("verify"), set()
    for code in Code:
        lists.case = next(case for case in CASES if case["verdict"] == code)
        view_model.check_text(lists.case.get("text") or to_digits(bytes.fromhex(lists.case["hex"])))
        qtbot.waitUntil(lambda code=code: view_model.chosen is not None and view_model.chosen.verdict.code is code)
        words.add(page.verdict.word.text())
        shoot(page.window(), f"verdict-{code.lower()}")
        assert cut_off(page) == []
    assert len(words) == len(Code)
