"""Symbols are made and read: by both makers, on paper, in PDFs, under a red seal; what is no picture is refused."""

import io
import struct
import zlib

import numpy as np
import pytest
import zxingcpp
from credential_kit import CENTRE, CLAIMS, COSE, TEXT
from hypothesis import given, settings
from hypothesis import strategies as st
from kit.pictures import on_a_screen, sealed, torn
from PIL import Image, ImageChops, ImageFilter
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen import canvas

from appraisal.credential.claims import to_bytes
from appraisal.credential.cose import sign1
from appraisal.credential.digits import find_payload, payload_text
from appraisal.credential.reading import Box, read_back, read_payloads, read_symbol
from appraisal.credential.symbol import MASK, symbol, to_grey, version_of
from appraisal.domain.errors import RuleViolation

MM = 72 / 25.4
MODULES = symbol(TEXT)


def file_of(pixels, kind="PNG", **how):
    image = pixels if isinstance(pixels, Image.Image) else Image.fromarray(pixels)
    written = io.BytesIO()
    image.save(written, kind, **how)
    return written.getvalue()


def page(texts=(TEXT,), pixels=5):
    """A4 at 200 dpi."""
    paper = Image.new("RGB", (1654, 2339), "white")
    for place, text in enumerate(texts):
        paper.paste(Image.fromarray(to_grey(symbol(text), pixels)).convert("RGB"), (1100, 300 + 500 * place))
    return paper


def pdf(pages):
    written = io.BytesIO()
    drawn = canvas.Canvas(written, pagesize=(210 * MM, 297 * MM))
    for texts in pages:
        for place, text in enumerate(texts):
            pixels = ImageReader(Image.fromarray(to_grey(symbol(text), 4, 0)))
            drawn.drawImage(pixels, 150 * MM, (30 + 40 * place) * MM, 30 * MM, 30 * MM)
        drawn.showPage()
    drawn.save()
    return written.getvalue()


def refused(data):
    with pytest.raises(RuleViolation) as refusal:
        read_payloads(data)
    return refusal.value.code


@pytest.mark.parametrize("by", ["qrcode", "zxing"])
@pytest.mark.parametrize("size", [1, 120, 147, 204])
def test_both_makers_carry_the_same_text(by, size):
    text = payload_text(bytes(range(40)) + bytes([7] * (size + 20)), "zgc.example/c")
    made = symbol(text, by)
    read = zxingcpp.read_barcodes(to_grey(made, 3))
    assert [(one.text, one.ec_level) for one in read] == [(text, "M")]


def test_the_prescribed_maker_is_the_one_asked_and_keeps_its_mask():
    """The other maker chooses a mask for each payload."""
    masks = {zxingcpp.read_barcodes(to_grey(symbol(text)))[0].extra["DataMask"] for text in (TEXT, second())}
    assert masks == {MASK}
    assert (symbol(TEXT) != symbol(TEXT, "zxing")).any()


@pytest.mark.parametrize("by", ["qrcode", "zxing"])
def test_204_bytes_behind_22_characters_are_version_11(by):
    text = payload_text(bytes([0xAB]) * 204, "zgc.example/")
    assert text.index("#") == 21
    assert version_of(symbol(text, by)) == 11
    assert version_of(symbol(text.partition("#")[2], by)) == 10


def test_a_text_without_payload_has_no_symbol():
    with pytest.raises(ValueError, match="no payload"):
        symbol("https://example.cn/")


@pytest.mark.parametrize(("kind", "how"), [
    ("PNG", {}), ("JPEG", {"quality": 60}), ("BMP", {}), ("GIF", {}), ("WEBP", {}), ("TIFF", {})])
def test_pictures_of_every_kind(kind, how):
    assert read_payloads(file_of(page(), kind, **how)) == [TEXT]


@pytest.mark.parametrize("change", [
    lambda p: p.rotate(90, expand=True), lambda p: p.rotate(7, fillcolor="white"), ImageChops.invert,
    lambda p: p.filter(ImageFilter.GaussianBlur(1.5)), lambda p: p.convert("1"), lambda p: p.convert("RGBA"),
    lambda p: p.convert("P"), lambda p: p.convert("CMYK").convert("RGB"),
    lambda p: p.transpose(Image.Transpose.ROTATE_180), lambda p: p.transpose(Image.Transpose.FLIP_LEFT_RIGHT)])
def test_pictures_that_were_turned_blurred_or_mirrored(change):
    assert read_payloads(file_of(change(page()))) == [TEXT]


@pytest.mark.parametrize("harm", [torn, on_a_screen, sealed])
def test_a_code_that_suffered(harm):
    assert read_payloads(file_of(harm(Image.fromarray(to_grey(MODULES, 6)).convert("RGB")))) == [TEXT]


def test_a_finder_pattern_that_was_torn_away_leaves_nothing_to_read():
    code = Image.fromarray(to_grey(MODULES, 6)).convert("RGB")
    assert read_payloads(file_of(torn(code.rotate(180)))) == []


def test_black_on_transparent_is_black_on_white():
    dark = Image.fromarray(255 - to_grey(MODULES, 5))
    assert read_payloads(file_of(Image.merge("LA", (Image.new("L", dark.size, 0), dark)))) == [TEXT]


def test_a_red_seal_over_the_code():
    paper = page()
    paper.paste(sealed(paper.crop((1080, 280, 1460, 660))), (1080, 280))
    grey = np.asarray(paper.convert("L"))
    assert not zxingcpp.read_barcodes(grey, formats=zxingcpp.BarcodeFormat.QRCode)
    assert read_payloads(file_of(paper)) == [TEXT]


def test_a_small_code_is_enlarged():
    """1.4 pixels a module, turned a little: as it is, nothing reads it."""
    turned = Image.fromarray(to_grey(MODULES, 12)).rotate(8, fillcolor=255, expand=True)
    small = np.asarray(turned.resize((100, 100), Image.Resampling.LANCZOS))
    assert not zxingcpp.read_barcodes(small, formats=zxingcpp.BarcodeFormat.QRCode)
    assert read_payloads(file_of(small)) == [TEXT]


def test_other_codes_beside_ours_are_left_out():
    other = zxingcpp.create_barcode("https://example.cn/q?n=1", zxingcpp.BarcodeFormat.QRCode)
    paper = page()
    paper.paste(Image.fromarray(np.asarray(other.to_image(scale=6))), (100, 100))
    assert read_payloads(file_of(paper)) == [TEXT]
    assert read_payloads(file_of(np.asarray(other.to_image(scale=6)))) == []


def second():
    return payload_text(sign1(to_bytes(CLAIMS), CENTRE)[:-1] + b"\0", "verify.example.cn/")


def test_a_pdf_page_by_page_and_several_on_one():
    assert read_payloads(pdf([[TEXT], [], [TEXT, second()]])) == [TEXT, second()]
    assert read_payloads(pdf([[]])) == []


def test_several_pages_of_a_tiff():
    assert sorted(read_payloads(file_of(page(), "TIFF", save_all=True, append_images=[page([second()])]))) == sorted(
        [TEXT, second()])


def test_read_back_looks_into_the_box_only():
    made = pdf([[TEXT], [second(), TEXT], []])
    boxes = [Box(0, 147, 27, 36, 36), Box(1, 147, 27, 36, 36), Box(1, 147, 67, 36, 36), Box(2, 147, 27, 36, 36),
             Box(0, 20, 200, 36, 36)]
    assert list(read_back(made, boxes)) == [TEXT, second(), TEXT, None, None]


def test_a_crop_reads_fast_and_alone():
    assert read_symbol(to_grey(MODULES, 3)) == TEXT
    assert read_symbol(np.full((90, 90), 255, np.uint8)) is None


def test_text_files_and_scanner_text():
    assert read_payloads(f"\ufeff{TEXT}\r\n".encode()) == [TEXT + "\r\n"]
    assert read_payloads("你好".encode()) == []
    assert read_payloads(b"") == []


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def test_bombs_are_refused_from_their_header():
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", 30_000, 30_000, 8, 2, 0, 0, 0))
    assert refused(b"\x89PNG\r\n\x1a\n" + header + chunk(b"IDAT", b"") + chunk(b"IEND", b"")) == "image_too_large"
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", 7_000, 7_000, 8, 2, 0, 0, 0))
    assert refused(b"\x89PNG\r\n\x1a\n" + header + chunk(b"IDAT", b"") + chunk(b"IEND", b"")) == "image_too_large"


@pytest.mark.parametrize(("data", "code"), [
    (file_of(page())[:3000], "image_unreadable"), (file_of(page(), "JPEG")[:3000], "image_unreadable"),
    (b"\x89PNG\r\n\x1a\n", "image_unreadable"), (bytes(range(256)), "image_unreadable"),
    (b"PK\3\4" + bytes(99), "image_unreadable"),
    (b"%PDF-1.7\n" + bytes(500), "pdf_unreadable"), (pdf([[TEXT]])[:900], "pdf_unreadable")])
def test_what_is_no_picture_is_refused(data, code):
    assert refused(data) == code


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_damaged_files_are_read_or_refused(data):
    whole = bytearray(data.draw(st.sampled_from([file_of(to_grey(MODULES, 3)), file_of(to_grey(MODULES, 3), "JPEG"),
                                                 file_of(to_grey(MODULES, 3), "TIFF"), pdf([[TEXT]])])))
    for _ in range(data.draw(st.integers(1, 8))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    try:
        found = read_payloads(bytes(whole))
    except RuleViolation:
        return
    assert all(isinstance(text, str) for text in found)


def test_the_envelope_survives_the_symbol():
    assert find_payload(read_payloads(file_of(to_grey(MODULES)))[0]) == COSE
