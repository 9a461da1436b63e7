"""Photos: the shared ones file by file, and made ones for what those do not show."""

import io
import json
from dataclasses import replace

import numpy as np
import pytest
from documents_kit import SHARED
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageDraw

from appraisal.documents.photo import (
    PhotoRefused,
    check_photo,
    codes,
    crop_photo,
    drawn_portrait,
    original_photo,
    photo_owner,
    without_metadata,
)
from appraisal.domain.photo_rule import photo_rule, photo_rules
from appraisal.domain.problem import Weight
from appraisal.sentences import LANGUAGES, say

RULE = photo_rule()
PHOTOS = SHARED / "data" / "photos"
EXPECTED = SHARED / "data" / "photos.expected.json"


def saved(image: Image.Image, kind: str = "JPEG", **options) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def person(size=(295, 413), background="white", mode="RGB") -> Image.Image:
    image = Image.new("RGB", size, background)
    wide, high = size
    ImageDraw.Draw(image).ellipse((wide * .3, high * .25, wide * .7, high * .7), fill="#d9a070")
    return image.convert(mode)


@pytest.mark.skipif(not EXPECTED.exists(), reason="../shared/data is not beside the repository")
def test_every_shared_photo_row_by_row():
    rows = json.loads(EXPECTED.read_text())["photos"]
    known = {row["id_no"] for row in rows if "id_no" in row}
    assert len(rows) > 50
    for row in rows:
        reading = check_photo((PHOTOS / row["file"]).read_bytes(), RULE)
        found = set(codes(reading.problems))
        owner = photo_owner(row["file"])
        if owner not in known:
            found.add("PHOTO_NO_CANDIDATE")
        else:
            assert owner == row["id_no"], row["file"]
        assert found == set(row["codes"]), row["file"]
        if row["expect"] != "reject":
            with Image.open(io.BytesIO(reading.jpeg)) as kept:
                kept.load()
                assert (kept.format, kept.size, dict(kept.getexif())) == ("JPEG", (295, 413), {}), row["file"]
                assert kept.mode in ("RGB", "L")
            assert len(reading.jpeg) <= RULE.most_bytes
            assert all(one.weight is Weight.WARN for one in reading.problems)
        elif "PHOTO_NO_CANDIDATE" not in row["codes"]:
            assert reading.jpeg is None
            assert [one.weight for one in reading.problems] == [Weight.REJECT]


def test_a_photo_as_wanted_stays_as_it_is():
    data = saved(person(), quality=90)
    assert check_photo(data, RULE) == check_photo(check_photo(data, RULE).jpeg, RULE)
    assert check_photo(data, RULE).jpeg == data


def test_exif_and_comments_go_without_touching_a_pixel():
    exif = Image.Exif()
    exif[0x010F] = "a camera"
    data = saved(person(), quality=90, exif=exif, comment=b"where it was taken")
    reading = check_photo(data, RULE)
    assert reading.problems == ()
    assert b"camera" not in reading.jpeg
    assert b"where" not in reading.jpeg
    with Image.open(io.BytesIO(data)) as before, Image.open(io.BytesIO(reading.jpeg)) as after:
        assert before.tobytes() == after.tobytes()
    assert without_metadata(reading.jpeg) == reading.jpeg


def test_a_photo_made_smaller_loses_its_comment_too():
    data = saved(person((590, 826)), quality=90, comment=b"where it was taken")
    assert b"where" not in check_photo(data, RULE).jpeg


@pytest.mark.parametrize("rule", photo_rules().values(), ids=photo_rules())
def test_a_part_of_a_picture_is_what_a_photo_of_it_would_be(rule):
    """Cut from the original's own pixels, upright, without a word of the file; too few pixels are refused."""
    exif = Image.Exif()
    exif[0x0112], exif[0x010F] = 6, "a camera"
    scene = Image.new("RGB", (1600, 1400), "#808080")
    scene.paste(person((rule.width * 2, rule.height * 2)), (300, 100))
    data = saved(scene.transpose(Image.Transpose.ROTATE_90), quality=95, exif=exif, comment=b"where it was taken")
    original = original_photo(data, rule)
    assert original.size == scene.size
    reading = crop_photo(original, (300, 100, 300 + rule.width * 2, 100 + rule.height * 2), rule)
    assert set(codes(reading.problems)) <= {"PHOTO_TOO_LIGHT"}
    assert (b"camera" in reading.jpeg, b"where" in reading.jpeg) == (False, False)
    with Image.open(io.BytesIO(reading.jpeg)) as kept:
        assert (kept.size, kept.getexif()) == ((rule.width, rule.height), {})
        wanted = person((rule.width, rule.height))
        assert np.abs(np.asarray(kept).astype(int) - np.asarray(wanted)).mean() < 3
    few = rule.least_width - 1
    reading = crop_photo(original, (0, 0, few, round(few * rule.height / rule.width)), rule)
    assert (reading.jpeg, codes(reading.problems)) == (None, ("PHOTO_TOO_SMALL",))


def test_what_is_no_picture_cannot_be_cropped():
    for data, code in ((b"text", "PHOTO_NOT_AN_IMAGE"), (_GOOD[:3000], "PHOTO_DAMAGED")):
        with pytest.raises(PhotoRefused, match=code):
            original_photo(data, RULE)


def test_a_turned_photo_is_turned_back():
    exif = Image.Exif()
    exif[0x0112] = 6
    upright = person()
    ImageDraw.Draw(upright).rectangle((100, 360, 195, 412), fill="#203040")
    reading = check_photo(saved(upright.transpose(Image.Transpose.ROTATE_90), quality=95, exif=exif), RULE)
    assert codes(reading.problems) == ("PHOTO_CONVERTED",)
    with Image.open(io.BytesIO(reading.jpeg)) as kept:
        assert kept.size == (295, 413)
        assert kept.getpixel((147, 390))[2] < 100


def test_see_through_becomes_white():
    image = person().convert("RGBA")
    image.putalpha(Image.new("L", image.size, 0))
    reading = check_photo(saved(image, "PNG"), RULE)
    with Image.open(io.BytesIO(reading.jpeg)) as kept:
        assert kept.getpixel((147, 200)) == (255, 255, 255)


@pytest.mark.parametrize("rule", photo_rules().values(), ids=photo_rules())
def test_a_photo_is_brought_to_every_rules_size_and_weight(rule):
    assert [round(side * rule.dpi / 25.4) for side in (rule.width_mm, rule.height_mm)] == [rule.width, rule.height]
    grained = Image.blend(person((rule.width * 2, rule.height * 2)),
                          Image.effect_noise((rule.width * 2, rule.height * 2), 90).convert("RGB"), 0.15)
    reading = check_photo(saved(grained, "PNG"), rule)
    assert set(codes(reading.problems)) <= {"PHOTO_CONVERTED", "PHOTO_TOO_LARGE", "PHOTO_BACKGROUND"}
    with Image.open(io.BytesIO(reading.jpeg)) as kept:
        assert (kept.size, round(kept.info["dpi"][0])) == ((rule.width, rule.height), rule.dpi)
    assert rule.least_bytes <= len(reading.jpeg) <= rule.most_bytes
    assert check_photo(reading.jpeg, rule).jpeg == reading.jpeg


def test_a_photo_lighter_than_the_rule_asks_for_says_so_and_stays():
    data = saved(person((358, 441)), quality=60)
    reading = check_photo(data, photo_rule("resident-id"))
    assert (codes(reading.problems), reading.jpeg) == (("PHOTO_TOO_LIGHT",), data)


def test_a_head_guide_lies_in_its_photo():
    for rule in photo_rules().values():
        assert 0 < rule.head.crown < rule.head.eyes < rule.head.chin < rule.height
        assert 0 < rule.head.width < rule.width


@pytest.mark.parametrize(("image", "code"), [
    (person((400, 400)), "PHOTO_ASPECT"), (person((413, 295)), "PHOTO_ASPECT"),
    (person((118, 165)), "PHOTO_TOO_SMALL")])
def test_what_cannot_be_made_right_is_refused_in_both_languages(image, code):
    reading = check_photo(saved(image), RULE)
    assert codes(reading.problems) == (code,)
    assert reading.jpeg is None
    for language in LANGUAGES:
        assert str(image.width) in say(code, language, **reading.problems[0].detail)


def test_a_bomb_is_refused_by_its_header():
    small = replace(RULE, most_pixels=295 * 413 - 1)
    reading = check_photo(saved(person()), small)
    assert codes(reading.problems) == ("PHOTO_TOO_MANY_PIXELS",)
    header = saved(person((7000, 9800)), "PNG")[:60]  # Pillow reads a PNG to its end when it is asked for EXIF
    assert codes(check_photo(header, RULE).problems) == ("PHOTO_TOO_MANY_PIXELS",)


@pytest.mark.parametrize(("background", "expected"), [
    ("#438edb", ("PHOTO_BACKGROUND",)), ("#c02020", ("PHOTO_BACKGROUND",)), ("#f2f2f2", ())])
def test_the_background_is_looked_at(background, expected):
    assert codes(check_photo(saved(person(background=background)), RULE).problems) == expected


@given(st.binary(max_size=300), st.integers(0, 2000))
def test_damaged_files_are_refused_or_read_never_a_crash(noise, place):
    data = _GOOD[:place] + noise + _GOOD[place + len(noise):]
    reading = check_photo(data, RULE)
    assert reading.jpeg is not None or reading.problems


_GOOD = saved(person(), quality=80)


@pytest.mark.parametrize("data", [_GOOD, saved(Image.effect_noise((295, 413), 60), "PNG")], ids=["jpeg", "png"])
def test_a_half_file_is_damaged(data):
    assert codes(check_photo(data[:len(data) // 2], RULE).problems) == ("PHOTO_DAMAGED",)


@pytest.mark.parametrize("kind", ["PNG", "TIFF"])
def test_a_grey_photo_of_16_bits_keeps_its_face(kind):
    grey = np.asarray(person(mode="L"))
    deep = saved(Image.fromarray(grey.astype(np.uint16) * 257), kind)
    with Image.open(io.BytesIO(check_photo(deep, RULE).jpeg)) as kept:
        assert np.abs(np.asarray(kept.convert("L")).astype(int) - grey).mean() < 3


@pytest.mark.parametrize("values", [np.full((413, 295), 0.5, np.float32), np.full((413, 295), 1 << 20, np.int32)])
def test_a_photo_whose_brightness_has_no_known_scale_is_refused(values):
    reading = check_photo(saved(Image.fromarray(values), "TIFF"), RULE)
    assert (codes(reading.problems), reading.jpeg) == (("PHOTO_DAMAGED",), None)


@pytest.mark.parametrize(("name", "number"), [
    ("110101199001019994.jpg", "110101199001019994"), ("11010119900101999x.JPEG", "11010119900101999X"),
    ("孙睿刚231025197803269998.jpg", "231025197803269998"), ("毛红_140622197905289966.jpg", "140622197905289966"),
    ("photos/毛红 140622197905289966 (1).png", "140622197905289966"), ("SMITH_E12345678.jpg", "E12345678"),
    ("USA123456789012.jpg", "USA123456789012"), ("IMG_20261118_0001.jpg", None), ("20261118.jpg", None),
    ("1101011990010199941.jpg", None), ("照片.jpg", None), ("", None)])
def test_whose_photo_a_file_name_says_it_is(name, number):
    assert photo_owner(name) == number


def test_drawn_people_pass_and_are_the_same_again():
    for seed in range(5):
        drawn = drawn_portrait(seed)
        assert check_photo(drawn, RULE).problems == ()
        assert drawn == drawn_portrait(seed)
    assert drawn_portrait(1) != drawn_portrait(2)
