"""Photos from a folder through the window: preview, replacing, assigning, cancelling, and the list to copy."""

from threading import Event

import pytest
from candidates_kit import IDS, NAMES, Day, line
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication

from appraisal.documents.portrait import drawn_portrait
from appraisal.usecases.register_candidate import AttachPhotos, attach_photos


@pytest.fixture
def day(tmp_path, tasks, qtbot, settings):
    made = Day(tmp_path / "desk", tasks, qtbot, settings)
    made.import_lines(*(line(at) for at in range(4)))
    yield made
    made.close()


@pytest.fixture
def folder(day, tmp_path):
    """One for each of the first three people, of whom the third has another photo; one of nobody, one unreadable."""
    made = tmp_path / "三班照片"
    made.mkdir()
    for at in range(3):
        (made / f"{IDS[at]}.jpg").write_bytes(drawn_portrait(at))
    (made / "IMG_0001.jpg").write_bytes(drawn_portrait(8))
    (made / f"{IDS[3]}.heic").write_bytes(b"what a telephone makes")
    give(day, NAMES[2], drawn_portrait(9))
    return made


def give(day, name, jpeg):
    attach_photos(AttachPhotos(((day.people()[name].id, jpeg),), day.ids["reg"]), day.desk)


def open_folder(page, qtbot, folder):
    page.import_photos()
    page.photos.open_folder(folder)
    until_done(page, qtbot)
    return page.photos.preview


def until_done(page, qtbot):
    qtbot.waitUntil(lambda: page.photos.choose.isEnabled() and not page.photos.progress.isVisible())


def press(qtbot, button):
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def kept(day):
    return {name: day.reads.picture(day.detail(name).photo) for name in NAMES if day.detail(name).photo}


def fates(preview):
    model = preview.model
    return {model.index(row, 3).data(): (model.index(row, 1).data(), model.index(row, 6).data())
            for row in range(model.rowCount())}


def test_the_preview_names_every_file_and_changes_nothing(day, qtbot, folder):
    page, before = day.page(), day.entries()
    preview = open_folder(page, qtbot, folder)
    assert fates(preview) == {
        f"{IDS[0]}.jpg": ("Accepted", "new"), f"{IDS[1]}.jpg": ("Accepted", "new"),
        f"{IDS[2]}.jpg": ("Refused", "another stays"), f"{IDS[3]}.heic": ("Refused", "not taken"),
        "IMG_0001.jpg": ("Refused", "not taken")}
    assert [chip.chip().word for chip in preview.counts.values()] == ["Accepted 2", "Check 0", "Refused 3"]
    assert page.photos.take_in.text() == "&Assign 2 photos"
    assert day.entries() == before


def test_assigned_by_keys_and_the_list_can_be_copied_after_it(day, qtbot, folder):
    page = day.page()
    open_folder(page, qtbot, folder)
    qtbot.keyClick(page.photos.preview.table, Qt.Key.Key_A, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(page.photos.notice.isVisible)
    until_done(page, qtbot)
    assert "New photos: 2" in page.photos.notice.text.text()
    assert "another stays: 1" in page.photos.notice.text.text()
    assert kept(day) == {NAMES[0]: drawn_portrait(0), NAMES[1]: drawn_portrait(1), NAMES[2]: drawn_portrait(9)}
    assert not page.photos.take_in.isEnabled()
    press(qtbot, page.photos.preview.copy)
    copied = [row.split("\t") for row in QGuiApplication.clipboard().text().splitlines()]
    assert [row[:2] for row in copied] == [
        [f"{IDS[3]}.heic", "Refused"], [f"{IDS[2]}.jpg", "Refused"], [f"{IDS[0]}.jpg", "Accepted"],
        [f"{IDS[1]}.jpg", "Accepted"], ["IMG_0001.jpg", "Refused"]]
    assert "HEIC" in copied[0][2]


def test_replacing_is_chosen_and_the_preview_says_so_first(day, qtbot, folder):
    page = day.page()
    preview = open_folder(page, qtbot, folder)
    page.photos.replace.click()
    until_done(page, qtbot)
    assert fates(preview)[f"{IDS[2]}.jpg"] == ("Check", "takes the place of another")
    assert kept(day) == {NAMES[2]: drawn_portrait(9)}
    press(qtbot, page.photos.take_in)
    qtbot.waitUntil(lambda: "in place of another: 1" in page.photos.notice.text.text())
    assert kept(day)[NAMES[2]] == drawn_portrait(2)


def test_where_somebody_got_a_photo_since_nothing_is_assigned_and_the_preview_is_new(day, qtbot, folder):
    page = day.page()
    preview = open_folder(page, qtbot, folder)
    give(day, NAMES[1], drawn_portrait(7))
    press(qtbot, page.photos.take_in)
    qtbot.waitUntil(lambda: "have changed since" in page.photos.notice.text.text())
    qtbot.waitUntil(lambda: fates(preview)[f"{IDS[1]}.jpg"] == ("Refused", "another stays"))
    assert set(kept(day)) == {NAMES[1], NAMES[2]}


def test_cancelled_nothing_is_assigned(day, qtbot, tasks, folder):
    page, first = day.page(), Event()
    open_folder(page, qtbot, folder)
    tasks.write(first.wait, lambda _done: None)
    press(qtbot, page.photos.take_in)
    press(qtbot, page.photos.progress.cancel)
    first.set()
    qtbot.waitUntil(lambda: "Nothing was assigned" in page.photos.notice.text.text())
    assert set(kept(day)) == {NAMES[2]}
    assert page.photos.take_in.isEnabled()


def test_a_folder_falls_on_the_page_and_an_empty_one_is_said(day, qtbot, folder, tmp_path):
    page = day.page()
    page.import_photos()
    for path, said in ((folder, None), (tmp_path / "empty", "no picture"), (tmp_path / "gone", "gone")):
        if said == "no picture":
            path.mkdir()
        held = QMimeData()
        held.setUrls([QUrl.fromLocalFile(str(path))])
        page.photos.dropEvent(QDropEvent(QPointF(5, 5), Qt.DropAction.CopyAction, held, Qt.MouseButton.LeftButton,
                                         Qt.KeyboardModifier.NoModifier))
        until_done(page, qtbot)
        assert page.photos.shown.isVisible()
        assert (said or "") in page.photos.notice.text.text()


def test_it_looks_as_it_should(day, qtbot, folder, look, shoot):
    page = day.page()
    page.import_photos()
    shoot(page, "photos-none")
    open_folder(page, qtbot, folder)
    shoot(page, "photos-preview")
    press(qtbot, page.photos.take_in)
    qtbot.waitUntil(page.photos.notice.isVisible)
    shoot(page, "photos-assigned")
    assert page.photos.replace.width() >= page.photos.replace.sizeHint().width()
