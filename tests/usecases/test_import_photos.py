"""A folder of photos: every file is looked at by itself, and who has a photo keeps it unless it is to be replaced."""

import io
import os

import pytest
from PIL import Image
from roster_kit import IDS, SCHEMES, Day, csv, row

from appraisal.documents.portrait import drawn_portrait
from appraisal.domain.errors import RuleViolation
from appraisal.domain.problem import Verdict
from appraisal.sheets.wording import problem_sentence
from appraisal.usecases.import_photos import ImportPhotos, PhotoFate, PreviewPhotos, import_photos, preview_photos
from appraisal.usecases.import_roster import ImportRoster, import_roster
from appraisal.usecases.register_candidate import AttachPhotos, attach_photos
from db.files import MOST_PICTURE, pictures_in

NAMES = ("沈刚峰", "汤琳蓉", "江琪艳", "陈𬱖")


@pytest.fixture
def day(tmp_path):
    made = Day(tmp_path / "desk")
    lines = [row(NAMES[at], IDS[at], phone=f"1548825830{at}") for at in range(4)]
    import_roster(ImportRoster(made.batch, made.preview(csv(*lines)), made.ids["reg"]), made.desk)
    yield made
    made.centre.close()


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "photos"
    (made / "三班").mkdir(parents=True)
    return made


def preview(day, folder, **more):
    return preview_photos(PreviewPhotos(day.batch, **more), pictures_in(folder), day.reads, SCHEMES)


def take_in(day, rows, **more):
    return import_photos(ImportPhotos(rows, day.ids["reg"]), day.desk, **more)


def codes(rows):
    return {one.file: [p.code for p in one.problems] for one in rows if one.problems}


def kept(day):
    """Name -> the photo they have."""
    names = {one.person: one.name for one in day.reads.enrolments(day.batch)}
    return {names[person]: day.reads.picture(one) for person, one in day.reads.photos(day.batch).items()}


def saved(kind, seed=1):
    out = io.BytesIO()
    with Image.open(io.BytesIO(drawn_portrait(seed))) as image:
        image.save(out, kind)
    return out.getvalue()


def test_one_bad_file_stops_no_other_and_each_is_named_with_its_sentence(day, folder):
    (folder / f"{IDS[0]}.jpg").symlink_to(folder / "gone.jpg")
    os.mkfifo(folder / f"{IDS[1]}.jpg")
    with (folder / f"{IDS[2]}.png").open("wb") as large:
        large.truncate(MOST_PICTURE + 1)
    (folder / f"{IDS[2]}.jpg").mkdir()
    (folder / "三班" / f"{NAMES[3]}{IDS[3]}.jpg").write_bytes(drawn_portrait(4))
    rows = preview(day, folder)
    assert codes(rows) == {
        f"{IDS[0]}.jpg": ["PHOTO_UNREADABLE"], f"{IDS[1]}.jpg": ["PHOTO_UNREADABLE"],
        f"{IDS[2]}.png": ["PHOTO_FILE_TOO_LARGE"], f"{IDS[2]}.jpg": ["PHOTO_UNREADABLE"]}
    gone = next(one for one in rows if one.file == f"{IDS[0]}.jpg")
    assert "No such file" in problem_sentence(gone.problems[0], "en")
    assert take_in(day, rows) == {PhotoFate.REFUSED: 4, PhotoFate.NEW: 1}
    assert kept(day) == {NAMES[3]: drawn_portrait(4)}


@pytest.mark.parametrize(("ending", "kind"), [("tif", "TIFF"), ("TIFF", "TIFF"), ("gif", "GIF"), ("webp", "WEBP"),
                                              ("jfif", "JPEG")])
def test_every_format_that_can_be_read_is(day, folder, ending, kind):
    (folder / f"{IDS[0]}.{ending}").write_bytes(saved(kind))
    take_in(day, preview(day, folder))
    assert list(kept(day)) == [NAMES[0]]


def test_a_telephones_format_is_listed_with_what_to_do(day, folder):
    (folder / f"{IDS[0]}.HEIC").write_bytes(b"\0\0\0\x18ftypheic")
    (folder / "Thumbs.db").write_bytes(b"not a photo")
    rows = preview(day, folder)
    assert codes(rows) == {f"{IDS[0]}.HEIC": ["PHOTO_FORMAT_NOT_READ"]}
    assert "HEIC" in problem_sentence(rows[0].problems[0], "zh_CN")


def test_who_has_a_photo_keeps_it_unless_it_is_to_be_replaced(day, folder):
    for at in (0, 1):
        (folder / f"{IDS[at]}.jpg").write_bytes(drawn_portrait(at))
    take_in(day, preview(day, folder))
    (folder / f"{IDS[1]}.jpg").write_bytes(drawn_portrait(9))
    (folder / f"{IDS[2]}.jpg").write_bytes(drawn_portrait(2))
    rows, before = preview(day, folder), day.entries()
    assert [(one.fate, one.verdict) for one in rows] == [
        (PhotoFate.NEW, Verdict.ACCEPT), (PhotoFate.UNCHANGED, Verdict.ACCEPT), (PhotoFate.KEPT, Verdict.REJECT)]
    take_in(day, rows)
    assert day.entries() == before + 1
    assert kept(day) == {NAMES[at]: drawn_portrait(at) for at in range(3)}
    rows = preview(day, folder, replace=True)
    assert codes(rows) == {f"{IDS[1]}.jpg": ["PHOTO_REPLACES"]}
    assert take_in(day, rows) == {PhotoFate.UNCHANGED: 2, PhotoFate.REPLACES: 1}
    assert kept(day)[NAMES[1]] == drawn_portrait(9)
    person = next(one.person for one in day.reads.enrolments(day.batch) if one.name == NAMES[1])
    assert [one.kind for one in day.reads.candidate(person).history].count("photo.attached") == 2


def test_a_photo_given_since_the_preview_is_not_overrun(day, folder):
    for at in (0, 1):
        (folder / f"{IDS[at]}.jpg").write_bytes(drawn_portrait(at))
    rows = preview(day, folder)
    attach_photos(AttachPhotos(((rows[0].enrolment.person, drawn_portrait(7)),), day.ids["reg"]), day.desk)
    before = day.entries()
    with pytest.raises(RuleViolation, match="photos_overtaken") as refused:
        take_in(day, rows)
    assert (refused.value.detail, day.entries()) == ({"file": rows[0].file}, before)


def test_cancelled_at_a_photo_nothing_is_kept(day, folder):
    for at in range(3):
        (folder / f"{IDS[at]}.jpg").write_bytes(drawn_portrait(at))
    rows, told = preview(day, folder), []

    def cancel(done, total):
        told.append((done, total))
        if done == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        take_in(day, rows, step=cancel)
    assert (told, kept(day)) == ([(1, 3), (2, 3)], {})
