"""The picture of a character that no font has: made black on white and square, and printed in its line."""

import io

import numpy as np
import pypdf
import pypdfium2
import pytest
from documents_kit import face, pdf
from hypothesis import given, settings
from hypothesis import strategies as st
from kit.glyphs import a_glyph
from PIL import Image, ImageOps

from appraisal.documents.glyph import glyph_picture
from appraisal.domain.errors import RuleViolation
from appraisal.domain.glyph import SIDE, Glyph

UNKNOWN = "\U000323af"
NAME = f"张{UNKNOWN}峰"


def ink(picture):
    with Image.open(io.BytesIO(picture)) as opened:
        return ~np.asarray(opened.convert("1"))


@given(st.integers(140, 900), st.sampled_from([("black", "white"), ("#333344", "#eeeedd"), ("#102040", "#c0c0c0")]),
       st.sampled_from(["PNG", "JPEG", "BMP", "TIFF"]))
@settings(max_examples=25)
def test_whatever_is_scanned_fills_the_same_square(side, colours, form):
    found = ink(glyph_picture(a_glyph(side, *colours, form)))
    assert found.shape == (SIDE, SIDE)
    rows, columns = np.flatnonzero(found.any(axis=1)), np.flatnonzero(found.any(axis=0))
    assert all(abs(np.ptp(one) + 1 - 0.88 * SIDE) <= 3 for one in (rows, columns))
    assert all(abs(one[0] + one[-1] - SIDE + 1) <= 3 for one in (rows, columns))
    again = ink(glyph_picture(glyph_picture(a_glyph(side, *colours, form))))
    assert (again != found).mean() < 0.01


def test_a_transparent_ground_is_white():
    opaque = Image.open(io.BytesIO(a_glyph())).convert("L")
    out = io.BytesIO()
    Image.merge("LA", (Image.new("L", opaque.size, 0), ImageOps.invert(opaque))).save(out, "PNG")
    assert (ink(glyph_picture(out.getvalue())) == ink(glyph_picture(a_glyph()))).mean() > 0.99


@pytest.mark.parametrize(("data", "code"), [
    (b"no picture", "glyph_unreadable"), (b"", "glyph_unreadable"), (a_glyph()[:200], "glyph_unreadable"),
    (a_glyph(ink="white"), "glyph_empty"), (a_glyph(ink="#fafafa"), "glyph_empty"),
    (a_glyph(ground="black"), "glyph_empty"), (a_glyph(80), "glyph_too_small")])
def test_what_is_no_character_is_refused(data, code):
    with pytest.raises(RuleViolation, match=code):
        glyph_picture(data)


def rendered(data, page=0):
    return pypdfium2.PdfDocument(data)[page].render(scale=150 / 72, grayscale=True).to_numpy().copy()


def printed(*pictures):
    return pdf(*(face(name=NAME) for _ in pictures), glyphs=[(Glyph(UNKNOWN, one),) for one in pictures])


def blank():
    """A dot in a corner: as little ink as a picture may have."""
    image = Image.new("L", (400, 400), 255)
    image.paste(0, (0, 0, 120, 12))
    out = io.BytesIO()
    image.save(out, "PNG")
    return glyph_picture(out.getvalue())


def test_it_stands_in_its_line_as_large_as_its_neighbours():
    with_it, other = rendered(printed(glyph_picture(a_glyph()))), rendered(printed(blank()))
    rows, columns = np.nonzero(with_it != other)
    neighbours = rendered(pdf(face(name="张国峰"))) != rendered(pdf(face(name="张\u3000峰")))
    around_rows, around_columns = np.nonzero(neighbours)
    high, wide = np.ptp(around_rows), np.ptp(around_columns)
    assert 0.9 < np.ptp(rows) / high < 1.3
    assert 0.9 < np.ptp(columns) / wide < 1.3
    assert abs(rows.mean() - around_rows.mean()) < 0.2 * high
    assert abs(columns.mean() - around_columns.mean()) < 0.2 * wide


def test_two_people_have_each_their_own_picture():
    cross, dot = glyph_picture(a_glyph()), blank()
    second = rendered(printed(cross, dot), 1)
    assert (second == rendered(printed(dot, dot), 1)).all()
    assert (second != rendered(printed(cross, cross), 1)).any()


def test_the_character_is_in_the_text_that_is_copied():
    content = pypdf.PdfReader(io.BytesIO(printed(glyph_picture(a_glyph())))).pages[0].get_contents().get_data()
    assert NAME.encode("utf-16-be").hex().upper().encode() in content


def test_another_character_without_a_picture_is_still_refused():
    with pytest.raises(RuleViolation, match="glyph_missing"):
        pdf(face(name=NAME + "\U000323ae"), glyphs=[(Glyph(UNKNOWN, glyph_picture(a_glyph())),)])
