"""The camera on the Verify page: real frames through the real sink; only the device itself is not here."""

import numpy as np
import pytest
import qrcode
from certificate_kit import certificate_text
from kit.pictures import sealed
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtMultimedia import QCameraDevice, QVideoFrame

from appraisal.credential.verdict import Code
from desktop.camera import CodeCamera
from desktop.pages.verify import VerifyPage
from desktop.viewmodels.verify import Verifier, VerifyViewModel


@pytest.fixture
def filming(centre, tasks, qtbot):
    """A page, and what puts a picture before its camera: no device, what it would film is given to the sink."""
    opened = []

    def open_camera(lane):
        opened.append(CodeCamera(lane, lambda: [QCameraDevice()]))
        return opened[-1]

    verifier = Verifier(centre.reads, lambda: centre.clock() // 1000)
    model = VerifyViewModel(tasks, verifier.of_bytes, verifier.of_text, centre.desk.schemes)
    page = VerifyPage(model, tasks, open_camera)
    qtbot.addWidget(page)
    page.resize(1100, 680)
    page.show()
    page.activateWindow()
    qtbot.waitUntil(page.scan.hasFocus)

    def show(image):
        pixels = np.ascontiguousarray(np.asarray(image.convert("RGB")))
        height, width, _ = pixels.shape
        opened[0].sink.setVideoFrame(QVideoFrame(QImage(pixels.data, width, height, 3 * width,
                                                        QImage.Format.Format_RGB888).copy()))

    return page, show


def scene(*texts, size=(1280, 720), turn=0, colours=None):
    """Codes lying on a desk."""
    desk = Image.new("RGB", size, (120, 96, 70))
    for at, text in enumerate(texts):
        code = qrcode.make(text, box_size=5, border=4).convert("RGB")
        if colours:
            code = colours(code)
        desk.paste(code.rotate(turn, expand=True, fillcolor="white", resample=Image.Resampling.BICUBIC),
                   (90 + at * 600, 120))
    return desk


def start(page, qtbot):
    qtbot.mouseClick(page.camera, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page.finder.is_on)
    assert page.states.currentWidget() is page.finder


def until_verdict(page, qtbot, show, image):
    def again():
        show(image)
        assert page.states.currentIndex() == 1

    qtbot.waitUntil(again, timeout=10_000)
    return [one.verdict.code for one in page._view_model.results]


@pytest.mark.parametrize(("turn", "colours"), [
    (0, None), (33, None), (180, None), (0, lambda code: Image.fromarray(255 - np.asarray(code))), (0, sealed)],
    ids=["flat", "turned", "upside-down", "inverted", "sealed"])
def test_a_code_before_the_camera_is_read(filming, centre, qtbot, turn, colours):
    page, show = filming
    start(page, qtbot)
    assert until_verdict(page, qtbot, show, scene(certificate_text(centre), turn=turn, colours=colours)) == [Code.VALID]
    assert not page.finder.is_on


def test_nothing_but_a_certificate_stops_the_camera(filming, centre, qtbot):
    page, show = filming
    start(page, qtbot)
    for image in (scene(), scene("https://example.org/menu"), Image.effect_noise((640, 480), 90)):
        show(image)
        qtbot.wait(150)
        assert page.finder.is_on
        assert page.states.currentWidget() is page.finder
    assert page.finder.viewfinder._image.width() == 640
    assert until_verdict(page, qtbot, show, scene(certificate_text(centre))) == [Code.VALID]


def test_two_codes_in_one_picture_get_a_verdict_each(filming, centre, qtbot):
    page, show = filming
    start(page, qtbot)
    one = certificate_text(centre)
    digit = one[-40]
    edited = f"{one[:-40]}{(int(digit) + 1) % 10}{one[-39:]}"
    found = until_verdict(page, qtbot, show, scene(one, edited))
    assert len(found) == 2
    assert Code.VALID in found
    assert set(found) <= {Code.VALID, Code.BAD_SIGNATURE, Code.MALFORMED}


def test_esc_after_a_verdict_films_the_next_and_esc_ends(filming, centre, qtbot):
    page, show = filming
    start(page, qtbot)
    until_verdict(page, qtbot, show, scene(certificate_text(centre)))
    qtbot.keyClick(page, Qt.Key.Key_Escape)
    assert page.finder.is_on
    until_verdict(page, qtbot, show, scene(certificate_text(centre)))
    qtbot.keyClick(page, Qt.Key.Key_Escape)
    qtbot.keyClick(page, Qt.Key.Key_Escape)
    assert not page.finder.is_on
    assert page.states.currentIndex() == 0


def test_out_of_sight_it_is_off(filming, qtbot):
    page, _show = filming
    start(page, qtbot)
    page.hide()
    assert not page.finder.is_on


def test_a_scanner_beside_the_camera_still_types(filming, centre, qtbot):
    page, _show = filming
    start(page, qtbot)
    page.scan.setText(certificate_text(centre))
    qtbot.keyClick(page.scan, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.states.currentIndex() == 1)
    assert not page.finder.is_on


def test_without_a_camera_the_page_says_so_and_offers_the_rest(centre, tasks, qtbot):
    verifier = Verifier(centre.reads, lambda: centre.clock() // 1000)
    page = VerifyPage(VerifyViewModel(tasks, verifier.of_bytes, verifier.of_text, centre.desk.schemes), tasks,
                      lambda lane: CodeCamera(lane, list))
    qtbot.addWidget(page)
    page.show()
    qtbot.mouseClick(page.camera, Qt.MouseButton.LeftButton)
    assert "no camera" in page.reading.text.text()
    assert "scanner" in page.reading.text.text()
    assert page.states.currentIndex() == 0
    page.scan.setText(certificate_text(centre))
    qtbot.keyClick(page.scan, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.states.currentIndex() == 1)


def test_a_camera_that_breaks_off_is_named(filming, qtbot):
    page, _show = filming
    start(page, qtbot)
    camera = page.finder._camera
    camera._session.camera().errorOccurred.emit(camera._session.camera().error(), "unplugged")
    assert "no picture" in page.reading.text.text()
    assert not page.finder.is_on
    assert page.states.currentIndex() == 0

