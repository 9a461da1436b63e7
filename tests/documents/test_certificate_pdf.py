"""What a certificate's PDF shows, carries and gives back."""

import io
import subprocess

import numpy as np
import pypdf
import pypdfium2
import pytest
from documents_kit import face, fonts, modules, pdf, portrait, template_of, text_of
from PIL import Image

from appraisal.credential.reading import read_payloads
from appraisal.documents.certificate import Printable, render, symbol_path, symbol_side
from appraisal.documents.outline import word_path
from appraisal.documents.preflight import read_matches, symbol_box
from appraisal.documents.templates import Calibration
from appraisal.domain.certificate import Bilingual
from appraisal.domain.errors import RuleViolation

SCHEMES = ("innovation-talent", "ai-trainer")
NAMES = ("陈𬱖", "李㛃", "王䶮", "𠀀文", "买买提·吐尔逊")
LONG = "阿卜杜拉热合曼·阿不都克里木·买买提吐尔逊·艾山江·热合曼江·穆罕默德阿吉"


def words_by_pdfium(data: bytes, page: int = 0) -> str:
    document = pypdfium2.PdfDocument(data)
    try:
        return document[page].get_textpage().get_text_bounded()
    finally:
        document.close()


def words_by_poppler(data: bytes) -> str:
    return subprocess.run(["pdftotext", "-", "-"], input=data, capture_output=True, check=True).stdout.decode()


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("name", NAMES)
def test_a_name_copies_out_as_it_was_typed_by_every_reader(scheme, name):
    data = pdf(face(scheme, name=name))
    assert name in pypdf.PdfReader(io.BytesIO(data)).pages[0].extract_text()
    assert name in words_by_pdfium(data)
    assert name in words_by_poppler(data)


@pytest.mark.parametrize("scheme", SCHEMES)
def test_everything_of_the_face_is_in_the_text(scheme):
    shown = face(scheme, job=Bilingual("视觉算法方向", "Computer vision"))
    said = words_by_poppler(pdf(shown))
    for words in (shown.number, shown.document_number, "居民身份证", shown.title.en, shown.body.zh, shown.body.en,
                  "2026年11月22日", "22 November 2026", "79.5", "OUYANG Nana", shown.query_url):
        assert words in said, words
    if scheme == "ai-trainer":
        for words in (shown.occupation.zh, "视觉算法方向", "三级/高级工", "Level 3 / Senior", "理论知识 86"):
            assert words in said, words
    else:
        assert "长期有效" in said
        assert all(one.zh in said and one.en in said for one in shown.scores)


@pytest.mark.parametrize("scheme", SCHEMES)
def test_each_qr_reads_back_from_its_own_page_only(scheme):
    faces = [face(scheme), face(scheme, name="王䶮")]
    data = pdf(*faces, photo=portrait())
    expected = [text_of(0), text_of(1)]
    template = template_of(faces[0])
    assert list(read_matches(data, template, expected)) == [True, True]
    assert list(read_matches(data, template, expected[::-1])) == [False, False]
    assert read_payloads(data) == expected


def test_a_photo_keeps_its_proportions():
    """A red photo as square as an identity card's, in a place of 5 : 7."""
    shown, red = face(), io.BytesIO()
    Image.new("RGB", (358, 441), "red").save(red, "JPEG")
    document = pypdfium2.PdfDocument(pdf(shown, photo=red.getvalue()))
    seen = document[0].render(scale=2, rev_byteorder=True).to_numpy()[:, :, :3].astype(int)
    document.close()
    rows, columns = np.nonzero((seen[:, :, 0] > 200) & (seen[:, :, 1:].max(axis=2) < 60))
    assert (np.ptp(columns) + 1) / (np.ptp(rows) + 1) == pytest.approx(358 / 441, rel=0.03)


def test_the_symbol_is_thirty_millimetres_and_its_quiet_zone_is_white():
    shown = face()
    template, qr = template_of(shown), modules(0)
    assert symbol_side(len(qr), template) == 30.0
    box = symbol_box(template, 0)
    dpi = 300
    document = pypdfium2.PdfDocument(pdf(shown, remark="演示 DEMONSTRATION"))
    seen = document[0].render(scale=dpi / 72, grayscale=True).to_numpy()
    document.close()
    top = seen.shape[0] - round((box.bottom + box.height) / 25.4 * dpi)
    left = round(box.left / 25.4 * dpi)
    crop = seen[top:top + round(box.height / 25.4 * dpi), left:left + round(box.width / 25.4 * dpi)]
    rows, columns = np.nonzero(crop < 128)
    assert (np.ptp(rows) + 1) / dpi * 25.4 == pytest.approx(30, abs=0.2)
    assert (np.ptp(columns) + 1) / dpi * 25.4 == pytest.approx(30, abs=0.2)
    quiet = round(4 * 30 / len(qr) / 25.4 * dpi) - 2
    around = crop[rows.min() - quiet:rows.max() + quiet, columns.min() - quiet:columns.max() + quiet].copy()
    around[quiet - 2:2 - quiet, quiet - 2:2 - quiet] = 255  # the symbol, with the softened edge of its pixels
    assert (around == 255).all()
    centres = ((np.arange(len(qr)) + 0.5) * (np.ptp(rows) + 1) / len(qr)).astype(int)
    inked = crop[rows.min():rows.max() + 1, columns.min():columns.max() + 1] < 128
    assert (inked[np.ix_(centres, centres)] == qr).all()


def test_a_module_is_never_under_0_46_mm_and_a_symbol_too_large_is_refused():
    template = template_of(face())
    assert symbol_side(65, template) == 30.0
    assert symbol_side(69, template) == pytest.approx(69 * 0.46)
    with pytest.raises(RuleViolation, match="qr_too_large"):
        symbol_path(np.ones((81, 81), dtype=bool), template)


def test_a_character_that_no_font_has_is_named():
    with pytest.raises(RuleViolation) as refused:
        pdf(face(name="张\U000323af"))
    assert (refused.value.code, refused.value.field) == ("glyph_missing", "name")
    assert refused.value.detail["point"] == "U+323AF"
    assert refused.value.detail["character"] == "\U000323af"
    with pytest.raises(RuleViolation) as refused:
        pdf(face(body=Bilingual("鉴定中心", "Centre \ue000")))
    assert refused.value.field == "body"


@pytest.mark.parametrize("scheme", SCHEMES)
def test_nothing_long_leaves_its_room(scheme):
    """No ink beyond the inner frame, and the whole name in the text."""
    shown = face(scheme, name=LONG, latin_name="ABDURAHMAN " * 8,
                 body=Bilingual("示范中心" * 12, "Centre of Skills " * 14),
                 occupation=Bilingual("装备制造" * 10, "Engineering Staff " * 9),
                 job=Bilingual("方向" * 20, "Direction " * 14))
    short = face(scheme, name="王", latin_name="")
    data = pdf(shown, short)
    assert LONG in words_by_poppler(data).replace("\n", "")
    document = pypdfium2.PdfDocument(data)
    frames = [document[page].render(scale=100 / 72, grayscale=True).to_numpy().copy() for page in (0, 1)]
    document.close()
    margin = round(18 / 25.4 * 100)
    for one in frames:
        one[margin:-margin, margin:-margin] = 255
    assert (frames[0] == frames[1]).all()


def test_only_embedded_fonts_and_no_ascii85():
    data = pdf(face(), photo=portrait(), remark="演示 DEMONSTRATION")
    assert b"ASCII85Decode" not in data
    reader = pypdf.PdfReader(io.BytesIO(data))
    used = reader.pages[0]["/Resources"]["/Font"]
    assert used
    for one in used.values():
        assert "/FontFile2" in one.get_object()["/FontDescriptor"]


def test_a_character_without_a_bold_form_is_thickened():
    def drawn(name: str) -> bytes:
        return pypdf.PdfReader(io.BytesIO(pdf(face(name=name)))).pages[0].get_contents().get_data()

    assert b" 2 Tr" in drawn("王𠀀")
    assert drawn("王𠀀").count(b"0 Tr") == 1
    assert b" Tr" not in drawn("王伟")


def test_the_photo_is_embedded_as_it_is():
    assert portrait() in pdf(face(), photo=portrait())


def test_what_is_alike_is_in_the_file_once():
    one, five = pdf(face()), pdf(*[face()] * 5)
    assert len(five) < len(one) + 4 * 5_000


def test_the_same_certificate_gives_the_same_file_with_title_and_colour_profile():
    data = pdf(face())
    assert data == pdf(face())
    reader = pypdf.PdfReader(io.BytesIO(data))
    assert reader.metadata.title == "innovation-talent"
    assert reader.xmp_metadata.dc_title["x-default"] == "innovation-talent"
    (intent,) = reader.trailer["/Root"]["/OutputIntents"]
    assert intent["/DestOutputProfile"].get_data()[36:40] == b"acsp"


def test_without_qualities_there_is_no_radar_nor_its_heading():
    assert "创新素质" in words_by_poppler(pdf(face()))
    assert "创新素质" not in words_by_poppler(pdf(face(qualities=(), scores=())))


def test_the_demonstration_mark_is_seen_and_is_not_in_the_text():
    plain, marked = pdf(face()), pdf(face(), remark="演示 DEMONSTRATION")
    assert words_by_poppler(marked) == words_by_poppler(plain)
    seen = []
    for data in (plain, marked):
        document = pypdfium2.PdfDocument(data)
        seen.append(document[0].render(scale=0.5, grayscale=True).to_numpy().astype(int))
        document.close()
    differing = np.abs(seen[0] - seen[1])
    assert (differing > 4).sum() > 500
    assert differing.max() < 60


def test_a_word_as_a_path_stands_where_the_letters_would():
    path, width = word_path("演示 D", "sans-bold", fonts())
    assert width == pytest.approx(fonts().width("演示 D", "sans-bold"))
    numbers = [float(word) for word in path.split() if word not in ("m", "l", "c", "h")]
    assert 0 < min(numbers[::2]) < 0.2
    assert width - 0.3 < max(numbers[::2]) < width


def test_overprint_leaves_the_stock_alone_and_moves_what_it_prints():
    shown = face("ai-trainer")
    said = words_by_poppler(pdf(shown, overprint=True))
    assert shown.name in said
    assert "证件类型" not in said
    assert shown.title.zh not in said
    moved = pdf(shown, overprint=True, calibration=Calibration(right=3.0, down=2.0))
    places = []
    for data in (pdf(shown, overprint=True), moved):
        document = pypdfium2.PdfDocument(data)
        rows, columns = np.nonzero(document[0].render(scale=1, grayscale=True).to_numpy() < 128)
        places.append((rows.min(), columns.min()))
        document.close()
    assert places[1][0] - places[0][0] == pytest.approx(2 * 72 / 25.4, abs=1)
    assert places[1][1] - places[0][1] == pytest.approx(3 * 72 / 25.4, abs=1)


def test_a_picture_that_is_no_jpeg_never_gets_into_a_page():
    with pytest.raises(OSError, match="cannot identify"):
        render([Printable(face(), modules(), b"\x89PNG")], template_of(face()), fonts(), io.BytesIO())
