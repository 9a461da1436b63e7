"""The photo dialog: by keys, by drop and by camera; what is kept is cut from the original's own pixels."""

import io

import numpy as np
import pytest
from candidates_kit import portrait
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QImage, QWheelEvent
from PySide6.QtMultimedia import QCameraDevice, QVideoFrame
from PySide6.QtWidgets import QApplication

from appraisal.documents.photo import check_photo
from appraisal.domain.photo_rule import photo_rule, photo_rules
from desktop.camera import Camera
from desktop.pages.photo_dialog import PhotoDialog
from desktop.viewmodels.photo import PhotoViewModel
from desktop.viewmodels.photo_crop import largest_crop

RULE = photo_rule()
SIDES = st.integers(1, 6000)


@given(SIDES, SIDES, st.sampled_from(list(photo_rules().values())), st.lists(st.one_of(
    st.tuples(st.just("moved"), st.floats(-9000, 9000), st.floats(-9000, 9000)),
    st.tuples(st.just("zoomed"), st.floats(0.01, 100))), max_size=8))
def test_a_frame_never_leaves_the_picture_and_keeps_its_proportions(width, height, rule, steps):
    crop = largest_crop((width, height), rule)
    for name, *how in steps:
        crop = getattr(crop, name)(*how)
        left, top, right, bottom = crop.box
        assert 0 <= left <= right <= width
        assert 0 <= top <= bottom <= height
        assert crop.width >= min(rule.least_width, largest_crop((width, height), rule).width)
        assert abs((right - left) - crop.width) <= 1
        assert abs((bottom - top) - crop.height) <= 1


def scene(face=(400, 100), size=(1400, 1000)):
    """A head in a grey room, on a white wall of its own."""
    room = Image.new("RGB", size, "#707880")
    with Image.open(io.BytesIO(portrait())) as head:
        room.paste(head.resize((590, 826)), face)
    return room


def saved(image, kind="PNG"):
    out = io.BytesIO()
    image.save(out, kind)
    return out.getvalue()


@pytest.fixture
def dialog(tasks, qtbot):
    return begin(tasks, qtbot)


def begin(tasks, qtbot, devices=list, rule=RULE):
    made = PhotoDialog(PhotoViewModel(rule, tasks), open_camera=lambda: Camera(devices))
    made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
    qtbot.addWidget(made)
    made.taken = []
    made.used.connect(made.taken.append)
    made.open()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


def give(dialog, path, data):
    path.write_bytes(data)
    held = QMimeData()
    held.setUrls([QUrl.fromLocalFile(str(path))])
    dialog.take_in(held)


def until_checked(dialog, qtbot):
    qtbot.waitUntil(lambda: dialog._view_model.reading is not None)
    return dialog._view_model.reading


def pressed(qtbot, dialog, *keys, modifier=Qt.KeyboardModifier.NoModifier):
    """To whatever has the focus, as a keyboard does."""
    for key in keys:
        qtbot.keyClick(QApplication.focusWidget() or dialog, key, modifier)


def test_by_keys_alone_the_head_is_fitted_and_used(dialog, qtbot, tmp_path):
    give(dialog, tmp_path / "room.png", saved(scene()))
    first = until_checked(dialog, qtbot)
    assert "background is not white" in dialog.words.text()
    assert dialog.frame.hasFocus()
    for key, times in ((Qt.Key.Key_Plus, 5), (Qt.Key.Key_Right, 1), (Qt.Key.Key_Minus, 1)):
        pressed(qtbot, dialog, *[key] * times)
    pressed(qtbot, dialog, Qt.Key.Key_Right, modifier=Qt.KeyboardModifier.ShiftModifier)
    crop = dialog._view_model.crop
    step = crop.width * 0.022
    assert crop.width == pytest.approx(largest_crop((1400, 1000), RULE).width / 1.05 ** 4)
    assert crop.left + crop.width / 2 == pytest.approx(700 - step, abs=1)
    reading = until_checked(dialog, qtbot)
    assert reading.problems == ()
    assert dialog.verdict.accessibleName() == "As the rule asks"
    pressed(qtbot, dialog, Qt.Key.Key_Return)
    assert [one.jpeg for one in dialog.taken] == [reading.jpeg]
    assert reading.jpeg != first.jpeg
    wanted = scene().crop(crop.box).resize((295, 413), Image.Resampling.LANCZOS)
    with Image.open(io.BytesIO(reading.jpeg)) as kept:
        assert np.abs(np.asarray(kept).astype(int) - np.asarray(wanted)).mean() < 3
    assert check_photo(reading.jpeg, RULE).jpeg == reading.jpeg


def test_a_photo_as_it_is_wanted_stays_byte_for_byte(dialog, qtbot, tmp_path):
    give(dialog, tmp_path / "face.jpg", portrait())
    until_checked(dialog, qtbot)
    pressed(qtbot, dialog, Qt.Key.Key_Return)
    assert [one.jpeg for one in dialog.taken] == [portrait()]


def test_drag_and_wheel_move_the_picture_under_the_frame(dialog, qtbot, tmp_path):
    give(dialog, tmp_path / "room.png", saved(scene()))
    until_checked(dialog, qtbot)
    frame, before = dialog.frame, dialog._view_model.crop
    middle = frame.rect().center()
    frame_width = frame.frame().width()
    qtbot.mousePress(frame, Qt.MouseButton.LeftButton, pos=middle)
    qtbot.mouseMove(frame, middle + QPoint(40, 0))
    qtbot.mouseRelease(frame, Qt.MouseButton.LeftButton, pos=middle + QPoint(40, 0))
    moved = dialog._view_model.crop
    assert before.left - moved.left == pytest.approx(before.width * 40 / frame_width, abs=1)
    QApplication.sendEvent(frame, QWheelEvent(
        QPointF(middle), QPointF(middle), QPoint(), QPoint(0, 240), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False))
    assert dialog._view_model.crop.width == pytest.approx(moved.width / 1.05 ** 2)


@pytest.mark.parametrize(("data", "said"), [
    (b"no picture", "no picture"), (saved(scene())[:5000], "damaged"), (None, "room.png")])
def test_what_cannot_be_opened_is_said_and_the_picture_before_it_stays(dialog, qtbot, tmp_path, data, said):
    give(dialog, tmp_path / "face.jpg", portrait())
    until_checked(dialog, qtbot)
    if data is None:
        dialog.open_file(str(tmp_path / "room.png"))
    else:
        give(dialog, tmp_path / "room.png", data)
    qtbot.waitUntil(lambda: said in dialog.notice.text.text())
    assert dialog.use.isEnabled()
    assert "KB" in dialog.words.text()


def test_what_cannot_be_opened_leaves_a_new_dialog_as_it_was(dialog, qtbot, tmp_path):
    before = dialog.words.text()
    give(dialog, tmp_path / "room.png", b"no picture")
    assert dialog.words.text() != before
    qtbot.waitUntil(lambda: "no picture" in dialog.notice.text.text())
    assert (dialog.words.text(), dialog.use.isEnabled()) == (before, False)


def test_too_few_pixels_are_refused_beside_the_picture_and_cannot_be_used(dialog, qtbot, tmp_path):
    give(dialog, tmp_path / "small.png", saved(scene().resize((210, 150))))
    assert until_checked(dialog, qtbot).jpeg is None
    assert "would be blurred" in dialog.words.text()
    assert not dialog.use.isEnabled()
    pressed(qtbot, dialog, Qt.Key.Key_Return)
    assert dialog.taken == []
    assert dialog.isVisible()


def test_a_picture_on_its_side_is_turned_by_the_keyboard(dialog, qtbot, tmp_path):
    give(dialog, tmp_path / "lying.png", saved(scene().transpose(Image.Transpose.ROTATE_90)))
    until_checked(dialog, qtbot)
    assert dialog._view_model.crop.size == (1000, 1400)
    qtbot.keyClick(dialog.frame, Qt.Key.Key_R, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: dialog._view_model.crop.size == (1400, 1000))


def test_esc_leaves_the_photo_of_before(dialog, qtbot, tmp_path):
    give(dialog, tmp_path / "room.png", saved(scene()))
    pressed(qtbot, dialog, Qt.Key.Key_Escape)
    assert (dialog.isVisible(), dialog.taken) == (False, [])
    qtbot.wait(100)  # what is still being opened comes to nobody


def test_the_camera_is_taken_from_by_the_space_bar(tasks, qtbot):
    dialog = begin(tasks, qtbot, lambda: [QCameraDevice()])
    qtbot.keyClick(dialog, Qt.Key.Key_M, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: dialog._camera is not None)
    assert not dialog.take.isVisible()
    pixels = np.ascontiguousarray(np.asarray(scene(size=(1400, 1000))))
    frame = QImage(pixels.data, 1400, 1000, 4200, QImage.Format.Format_RGB888).copy()
    dialog._camera.sink.setVideoFrame(QVideoFrame(frame))
    qtbot.waitUntil(dialog.take.hasFocus)
    pressed(qtbot, dialog, Qt.Key.Key_Space)
    reading = until_checked(dialog, qtbot)
    assert not dialog._camera.is_on
    assert not dialog.take.isVisible()
    with Image.open(io.BytesIO(reading.jpeg)) as kept:
        assert kept.size == (295, 413)
    pressed(qtbot, dialog, Qt.Key.Key_Return)
    assert dialog.taken == [reading]


def test_without_a_camera_the_dialog_says_so_and_takes_a_file(dialog, qtbot, tmp_path):
    qtbot.keyClick(dialog, Qt.Key.Key_M, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: "no camera" in dialog.notice.text.text())
    give(dialog, tmp_path / "face.jpg", portrait())
    until_checked(dialog, qtbot)
    assert dialog.use.isEnabled()


def test_it_looks_as_it_should(tasks, qtbot, look, shoot, tmp_path):
    dialog = begin(tasks, qtbot)
    shoot(dialog, "photo-empty", (860, 640))
    give(dialog, tmp_path / "room.png", saved(scene()))
    until_checked(dialog, qtbot)
    shoot(dialog, "photo-room", (860, 640))
    pressed(qtbot, dialog, *[Qt.Key.Key_Plus] * 4)
    until_checked(dialog, qtbot)
    shoot(dialog, "photo-face", (860, 640))
    assert dialog.use.isEnabled()
