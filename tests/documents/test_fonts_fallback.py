"""Which font draws what, and how little of the fonts is read for it."""

import io
import struct
import subprocess
import sys

from documents_kit import SHARED, fonts
from hypothesis import given
from hypothesis import strategies as st
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFontFile

from appraisal.documents.fonts import FontBook, shipped_fonts
from appraisal.documents.typeface import MappedFace, to_unicode


def test_pieces_fall_back_one_character_at_a_time():
    assert fonts().runs("陈𠀀, Di", "serif") == [
        ("NotoSerifSC-Regular", "陈"), ("RareHanExt-Regular", "𠀀"), ("NotoSerifSC-Regular", ", Di")]
    assert fonts().runs("创新", "serif-bold") == [("NotoSerifSC-Bold", "创新")]


def test_what_no_font_has_is_said():
    assert fonts().missing("王\ue000张\U000323af王\ue000") == ("\ue000", "\U000323af")
    assert not fonts().can_draw("\U000323af")
    assert all(map(fonts().can_draw, "𬱖㛃䶮𠀀·°Ü-龘"))


@given(st.text(alphabet=st.sampled_from("王䶮𠀀a· 1𬱖\ue000"), min_size=0, max_size=30))
def test_runs_put_together_are_the_text(text):
    assert "".join(piece for _, piece in fonts().runs(text, "serif-bold")) == text


def test_the_mapped_face_knows_what_reportlab_reads():
    """Every character, glyph, width and glyph place of the smallest font, both ways."""
    file = shipped_fonts() / "NotoSansSC-Regular.ttf"
    ours, theirs = MappedFace(file), TTFontFile(str(file))
    picked = list(theirs.charToGlyph.items())[::13]
    assert len(picked) > 2000
    for code, glyph in picked:
        if code != 0xA0:
            assert ours.charToGlyph[code] == glyph
            assert ours.getCharWidth(code) == theirs.charWidths[code]
            assert struct.pack(">Hh", ours.hmetrics[glyph][0], theirs.hmetrics[glyph][1] - (
                0x10000 if theirs.hmetrics[glyph][1] > 0x7FFF else 0)) == struct.pack(">HH", *ours.hmetrics[glyph])
    assert ours.glyphPos == theirs.glyphPos


def test_to_unicode_is_utf_16_in_blocks_of_a_hundred():
    cmap = to_unicode("AAAAAA+F", [0, *range(0x4E00, 0x4E00 + 150), 0x2C456])
    assert "<00> <" not in cmap.replace("<00> <FF>", "")
    assert "<01> <4E00>" in cmap
    assert "<97> <D871DC56>" in cmap
    assert cmap.count("beginbfchar") == 2
    assert "100 beginbfchar" in cmap
    assert "51 beginbfchar" in cmap


def test_no_font_is_opened_before_it_is_asked_for():
    script = ("from appraisal.documents.fonts import FontBook, shipped_fonts\nimport resource\n"
              "book = FontBook(shipped_fonts())\nassert not book._fonts\nassert book.can_draw('王')\n"
              "assert list(book._fonts) == ['NotoSerifSC-Regular']\n"
              "before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss\n"
              "assert book.can_draw('𠀀')\n"
              "assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 15_000")
    subprocess.run([sys.executable, "-W", "error", "-c", script], check=True, cwd=SHARED.parent.parent)


def test_two_books_draw_at_the_same_time_without_mixing():
    """Fonts belong to their book; nothing is registered with ReportLab."""
    before = set(pdfmetrics.getRegisteredFontNames())
    one, two = FontBook(shipped_fonts()), FontBook(shipped_fonts())
    assert one.font("RareHanExt-Regular") is not two.font("RareHanExt-Regular")
    assert set(pdfmetrics.getRegisteredFontNames()) == before
    assert io.BytesIO(one.font("RareHanExt-Regular").face.glyph(5)).getvalue()
