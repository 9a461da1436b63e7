"""What PDF/A-2b (ISO 19005-2) asks of a file like ours, clause by clause, seen by pikepdf. Not a validation: that is a
program of its own, and nothing calls these files PDF/A. Signed files keep all of it.
"""

import io
import re
import struct
from collections.abc import Iterator
from functools import cache
from xml.etree import ElementTree as ET

import pikepdf
import pytest
from documents_kit import face, fonts, pdf, portrait
from PIL import Image, ImageCms
from signing_kit import MOMENT, PASSPHRASE, SIGNER, pkcs12_file, trust

from appraisal.documents.certificate import Sheets
from appraisal.documents.pades import Said, sign, signer_from_pkcs12, signer_of_centre

RARE = "陈𬱖𠀀"
"""The second is beyond U+FFFF and in Noto, the third in the font of rare characters only."""
DC, PDF, XMP = "{http://purl.org/dc/elements/1.1/}", "{http://ns.adobe.com/pdf/1.3/}", "{http://ns.adobe.com/xap/1.0/}"
RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"


def grey() -> bytes:
    out = io.BytesIO()
    with Image.open(io.BytesIO(portrait())) as photo:
        photo.convert("L").save(out, "JPEG")
    return out.getvalue()


@cache
def made(what: str) -> bytes:
    scheme, kind = what.split(", ")
    photo = grey() if kind == "grey" else None if kind == "overprint" else portrait()
    data = pdf(face(scheme, name=RARE), face(scheme), photo=photo, remark="演示 DEMONSTRATION",
               overprint=kind == "overprint")
    if kind == "signed by file":
        return sign(data, signer_from_pkcs12(pkcs12_file(), PASSPHRASE), Said("签发", "中心"), MOMENT)
    if kind == "signed by centre":
        return sign(data, signer_of_centre(SIGNER, trust()), Said("签发", "中心"), MOMENT)
    return data


@pytest.fixture(params=[f"{scheme}, {kind}" for scheme in ("innovation-talent", "ai-trainer")
                        for kind in ("printed", "grey", "overprint", "signed by file", "signed by centre")])
def data(request) -> bytes:
    return made(request.param)


@pytest.fixture
def file(data) -> Iterator[pikepdf.Pdf]:
    with pikepdf.open(io.BytesIO(data)) as opened:
        yield opened


def dictionaries(file: pikepdf.Pdf) -> Iterator[pikepdf.Object]:
    """Every dictionary of the file, of streams too, and those within others."""

    def within(thing: pikepdf.Object) -> Iterator[pikepdf.Object]:
        if isinstance(thing, pikepdf.Stream | pikepdf.Dictionary):
            yield thing
            inner = [thing[key] for key in thing.keys()]  # noqa: SIM118 - an object of pikepdf iterates over values
        else:
            inner = list(thing) if isinstance(thing, pikepdf.Array) else []
        for one in inner:
            if isinstance(one, pikepdf.Object) and not one.is_indirect:
                yield from within(one)

    for one in file.objects:
        yield from within(one)


def contents(file: pikepdf.Pdf) -> Iterator[tuple[pikepdf.Object, list[pikepdf.ContentStreamInstruction]]]:
    """Of each page and each form: its resources and its operators."""
    for page in file.pages:
        yield page.obj.Resources, list(pikepdf.parse_content_stream(page))
    for one in file.objects:
        if isinstance(one, pikepdf.Stream) and one.get("/Subtype") == "/Form":
            yield one.Resources, list(pikepdf.parse_content_stream(one))


def fonts_in(file: pikepdf.Pdf) -> list[pikepdf.Object]:
    return [one for one in file.objects if isinstance(one, pikepdf.Dictionary) and one.get("/Type") == "/Font"]


def unicodes(font: pikepdf.Object) -> dict[int, str]:
    """The font's ToUnicode, read by the words of its CMap."""
    text = font.ToUnicode.read_bytes().decode("ascii")
    return {int(code, 16): bytes.fromhex(value).decode("utf-16-be")
            for block in re.findall(r"beginbfchar\n(.*?)\nendbfchar", text, re.DOTALL)
            for code, value in re.findall(r"<([0-9A-F]+)> <([0-9A-F]+)>", block)}


class Program:
    """An embedded TrueType font: glyph and width of a character code."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        (count,) = struct.unpack_from(">H", data, 4)
        self.tables = {tag.decode(): offset for tag, _, offset, _ in
                       (struct.unpack_from(">4sIII", data, 12 + 16 * at) for at in range(count))}
        start = self.tables["cmap"]
        self.maps = [struct.unpack_from(">HHI", data, start + 4 + 8 * at)
                     for at in range(struct.unpack_from(">H", data, start + 2)[0])]
        self.em, = struct.unpack_from(">H", data, self.tables["head"] + 18)
        self.measured, = struct.unpack_from(">H", data, self.tables["hhea"] + 34)

    def glyph(self, code: int) -> int:
        ((_, _, offset),) = self.maps
        at = self.tables["cmap"] + offset
        kind, _, _, first, count = struct.unpack_from(">5H", self.data, at)
        assert kind == 6
        return struct.unpack_from(">H", self.data, at + 10 + 2 * (code - first))[0] if code - first < count else 0

    def width(self, code: int) -> float:
        at = min(self.glyph(code), self.measured - 1)
        return struct.unpack_from(">H", self.data, self.tables["hmtx"] + 4 * at)[0] * 1000 / self.em


def shown_codes(file: pikepdf.Pdf) -> dict[tuple[int, int], set[int]]:
    """By font, the character codes that some page or form shows with it."""
    found: dict[tuple[int, int], set[int]] = {}
    for resources, operators in contents(file):
        font = None
        for one in operators:
            if str(one.operator) == "Tf":
                font = resources.Font[str(one.operands[0])].objgen
            elif str(one.operator) == "Tj":
                assert font is not None
                found.setdefault(font, set()).update(bytes(one.operands[0]))
    return found


def test_the_file_is_pdf_1_7_with_a_binary_line_and_an_id(data, file):
    """6.1.2, 6.1.3."""
    assert data.startswith(b"%PDF-1.7\n%")
    assert all(one > 127 for one in data[10:14])
    assert file.pdf_version == "1.7"
    assert data.endswith(b"%%EOF\n")
    first, second = (bytes(one) for one in file.trailer.ID)
    assert (len(first), len(second)) == (16, 16)


def test_a_signed_file_keeps_the_first_half_of_its_id_and_changes_the_second():
    """ISO 32000-1, 14.4."""
    for scheme in ("innovation-talent", "ai-trainer"):
        with pikepdf.open(io.BytesIO(made(f"{scheme}, printed"))) as before, \
                pikepdf.open(io.BytesIO(made(f"{scheme}, signed by file"))) as after:
            assert bytes(before.trailer.ID[0]) == bytes(after.trailer.ID[0])
            assert bytes(before.trailer.ID[1]) != bytes(after.trailer.ID[1])


def test_nothing_is_encrypted_scripted_attached_or_outside(file):
    """6.1.3 (encryption), 6.1.7 (streams elsewhere), 6.4.2 (XFA), 6.5 (actions), 6.8 (attachments), 6.9 (layers)."""
    assert not file.is_encrypted
    assert "/Encrypt" not in file.trailer
    assert not file.attachments
    assert not {"/OpenAction", "/AA", "/Names", "/NeedsRendering", "/OCProperties", "/Requirements"} & set(
        file.Root.keys())
    for one in dictionaries(file):
        keys = set(one.keys())
        assert not keys & {"/JS", "/JavaScript", "/AA", "/A", "/EF", "/URI", "/OPI", "/PS", "/Ref", "/XFA", "/TR"}
        if isinstance(one, pikepdf.Stream):
            assert not keys & {"/F", "/FFilter", "/FDecodeParms"}  # data in another file
        assert not (isinstance(one, pikepdf.Dictionary) and one.get("/Type") in ("/Filespec", "/Action"))


def test_streams_are_flate_or_jpeg_and_whole(file):
    """6.1.7: no LZW; Length is right, which qpdf checks."""
    for one in file.objects:
        if isinstance(one, pikepdf.Stream):
            filters = one.get("/Filter", [])
            named = [filters] if isinstance(filters, pikepdf.Name) else list(filters)
            assert {str(name) for name in named} <= {"/FlateDecode", "/DCTDecode"}
    assert file.check_pdf_syntax() == []


def test_numbers_strings_and_names_are_within_the_limits(file):
    """6.1.13: names of 127 bytes, strings of 32767, 28 nested q."""
    for one in dictionaries(file):
        for key in one.keys():  # noqa: SIM118 - as above
            assert len(key.encode()) <= 128  # with its slash
            if isinstance(one[key], pikepdf.String):
                assert len(bytes(one[key])) <= 32767
    for _, operators in contents(file):
        depth = deepest = 0
        for one in operators:
            depth += {"q": 1, "Q": -1}.get(str(one.operator), 0)
            deepest = max(deepest, depth)
        assert (depth, deepest <= 28) == (0, True)


def test_every_font_is_embedded_and_every_character_shown_has_its_glyph_width_and_text(file):
    """6.2.11.4 to 6.2.11.8; 6.2.11.7 is of level U, and kept all the same: who copies a name gets it."""
    shown, found = shown_codes(file), fonts_in(file)
    assert {one.objgen for one in found} >= shown.keys()
    text = ""
    for font in found:
        assert (font.Subtype, "/Encoding" in font) == ("/TrueType", False)
        described = font.FontDescriptor
        assert int(described.Flags) & 0b100100 == 0b100  # symbolic, and not non-symbolic
        assert re.fullmatch(r"/[A-Z]{6}\+\w+-\w+", str(font.BaseFont))
        assert font.BaseFont == described.FontName
        program, words = Program(described.FontFile2.read_bytes()), unicodes(font)
        assert [platform[:2] for platform in program.maps] == [(1, 0)]  # 6.2.11.6: one map, of a symbolic font
        for code in shown.get(font.objgen, ()):
            assert program.glyph(code) != 0
            assert program.width(code) == pytest.approx(float(font.Widths[code - int(font.FirstChar)]), abs=1)
            text += words[code]
    assert set(RARE) <= set(text)
    assert not any(0xE000 <= ord(one) < 0xF900 or ord(one) in (0, 0xFEFF, 0xFFFE) for one in text)


def test_only_colours_that_the_output_intent_covers(file):
    """6.2.3, 6.2.4, 6.2.8: device grey and RGB, one intent of RGB; pictures too."""
    (intent,) = file.Root.OutputIntents
    assert intent.S == "/GTS_PDFA1"
    assert str(intent.OutputConditionIdentifier)
    assert int(intent.DestOutputProfile.N) == 3
    for resources, operators in contents(file):
        used = {str(one.operator) for one in operators}
        assert not used & {"k", "K", "cs", "CS", "sc", "SC", "scn", "SCN", "sh", "ri", "gs", "BI", "i", "d0", "d1"}
        assert not {"/ColorSpace", "/Shading", "/Pattern", "/ExtGState", "/Properties"} & set(resources.keys())
    pictures = [one for one in file.objects if isinstance(one, pikepdf.Stream) and one.get("/Subtype") == "/Image"]
    for one in pictures:
        assert one.ColorSpace in ("/DeviceRGB", "/DeviceGray")
        assert int(one.BitsPerComponent) == 8
        assert not {"/SMask", "/Mask", "/Alternates", "/Interpolate", "/Intent", "/Decode"} & set(one.keys())
        with Image.open(io.BytesIO(one.read_raw_bytes())) as jpeg:
            assert jpeg.mode == {"/DeviceRGB": "RGB", "/DeviceGray": "L"}[str(one.ColorSpace)]


def test_the_profile_is_srgb_of_a_version_that_pdf_1_7_knows(file):
    """6.2.3. PDF 1.7 knows ICC.1:2004-10, profile version 4.2, and older (ISO 32000-1, 8.6.5.5)."""
    profile = file.Root.OutputIntents[0].DestOutputProfile.read_bytes()
    size, _, version, kind, space = struct.unpack_from(">I4sI4s4s", profile)
    assert (size, kind, space, profile[36:40]) == (len(profile), b"mntr", b"RGB ", b"acsp")
    assert version <= 0x04200000
    with Image.open(io.BytesIO(portrait())) as photo:  # and LittleCMS reads it as the sRGB that it was
        opened = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        same = ImageCms.profileToProfile(photo, opened, ImageCms.createProfile("sRGB"))
        assert max(abs(a - b) for a, b in zip(photo.tobytes(), same.tobytes(), strict=True)) <= 1


def test_nothing_is_transparent(file):
    """6.2.10: nothing to blend, so no blending space is needed."""
    for one in dictionaries(file):
        assert not {"/SMask", "/BM", "/CA", "/ca", "/Group", "/AIS"} & set(one.keys())


def test_the_only_annotation_is_a_signature_that_prints_and_shows_nothing(file):
    """6.3, 6.4."""
    seen = [one for page in file.pages for one in page.get("/Annots", [])]
    assert len(seen) == ("/AcroForm" in file.Root)
    for one in seen:
        assert (one.Subtype, one.FT, int(one.F) & 0b100111) == ("/Widget", "/Sig", 0b100)
        assert [float(at) for at in one.Rect] == [0, 0, 0, 0]  # 6.3.3: so it needs no appearance
    if seen:
        assert "/NeedAppearances" not in file.Root.AcroForm
        assert file.Root.Extensions.ESIC.BaseVersion == "/1.7"


def packet(file: pikepdf.Pdf) -> tuple[bytes, ET.Element]:
    data = file.Root.Metadata.read_bytes()
    return data, ET.fromstring(data)


def test_metadata_is_there_and_says_what_the_info_dictionary_says(file):
    """6.1.5, 6.6.2; without the identification of 6.6.4, which would be the claim."""
    stream = file.Root.Metadata
    assert (stream.Type, stream.Subtype, "/Filter" in stream) == ("/Metadata", "/XML", False)
    data, tree = packet(file)
    assert data.startswith("<?xpacket begin=\"\ufeff\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>".encode())
    info = {key: str(value) for key, value in file.docinfo.items()}
    title = tree.find(f".//{DC}title/{RDF}Alt/{RDF}li").text
    assert info == {"/Title": title, "/Creator": tree.find(f".//{XMP}CreatorTool").text,
                    "/Producer": tree.find(f".//{PDF}Producer").text}
    assert b"pdfaid" not in data
    assert b"http://www.aiim.org/pdfa/" not in data


@pytest.mark.parametrize("title", ["创新人才证书", "A & B <证书> \"№\"", "陈𬱖的证书"])
def test_a_title_of_any_characters_is_the_same_in_both(title):
    out = io.BytesIO()
    with fonts().lock:
        sheets = Sheets(title, fonts())
        sheets.write(out)
    with pikepdf.open(out) as file:
        assert str(file.docinfo["/Title"]) == title
        assert packet(file)[1].find(f".//{DC}title/{RDF}Alt/{RDF}li").text == title


def test_resources_are_named_where_they_are_used(file):
    """6.2.2: no page and no form takes a resource from elsewhere."""
    for resources, operators in contents(file):
        for one in operators:
            kind = {"Tf": "/Font", "Do": "/XObject"}.get(str(one.operator))
            if kind:
                assert str(one.operands[0]) in resources[kind]
