"""A PDF file through ReportLab's objects: pages of drawing operators, static forms, pictures, fonts that copy.

No Canvas: it would add unembedded Helvetica, and its settings are global to the process.
"""

import zlib
from collections.abc import Sequence
from typing import Any, BinaryIO

from reportlab.pdfbase.pdfdoc import (
    PDFArray,
    PDFDictionary,
    PDFDocument,
    PDFInfo,
    PDFName,
    PDFObjectReference,
    PDFPage,
    PDFResourceDictionary,
    PDFStream,
    PDFString,
    PDFZCompress,
)

from appraisal.documents.archive import output_intent, xmp
from appraisal.documents.fonts import FontBook

POINTS_PER_MM = 72 / 25.4
COMPRESSION = 4
"""Of pages, 1 to 9: the default of 6 takes four times as long and saves a tenth of what is beside the photo."""
PRODUCER = "Appraisal Desk"
THICKENED = 0.028
"""Line width in ems that makes a regular stroke look bold."""


class _About(PDFInfo):  # type: ignore[misc]  # reportlab has no types
    """Without dates: the certificate has its own, and the same certificate gives the same file."""

    def format(self, document: Any) -> bytes:
        about = {"Title": PDFString(self.title), "Producer": PDFString(PRODUCER), "Creator": PDFString(PRODUCER)}
        return PDFDictionary(about).format(document)  # type: ignore[no-any-return]


class PdfFile:
    """One file being made. `fonts.lock` must be held from the first text to `write`."""

    def __init__(self, title: str, fonts: FontBook) -> None:
        self._fonts = fonts
        self._doc = PDFDocument(compression=1, invariant=1, lang="zh-CN", pdfVersion=(1, 7))
        self._doc.info = _About()
        self._doc.info.title = title
        self._doc.Catalog.Metadata = _stream(
            xmp(title, PRODUCER), {"Type": PDFName("Metadata"), "Subtype": PDFName("XML")})
        self._named: set[str] = set()

    def show(self, text: str, family: str, size: float) -> str:
        """Operators between BT and ET that show `text` at the present place. Where a bold text has a character that
        exists in regular weight only, its outline is thickened, in the stroking colour."""
        said = []
        for name, piece in self._fonts.runs(text, family):
            font = self._fonts.font(name)
            thin = family.endswith("-bold") and not name.endswith("-Bold")
            if thin:
                said.append(f"2 Tr {size * THICKENED:.3f} w")
            for subset, codes in font.splitString(piece, self._doc):
                said.append(f"{font.getSubsetInternalName(subset, self._doc)} {size:.5g} Tf <{codes.hex()}> Tj")
            if thin:
                said.append("0 Tr")
        return " ".join(said)

    def has(self, name: str) -> bool:
        return name in self._named

    def form(self, name: str, operators: str, width: float, height: float) -> None:
        """A form XObject for what is alike on many pages; points."""
        self._add(name, PDFStream(_dictionary({
            "Type": PDFName("XObject"), "Subtype": PDFName("Form"), "BBox": PDFArray([0, 0, width, height]),
            "Resources": self._resources(())}), operators, [PDFZCompress]))

    def jpeg(self, name: str, data: bytes, width: int, height: int, components: int) -> None:
        """The file as it is, behind DCTDecode."""
        space = {1: "DeviceGray", 3: "DeviceRGB"}[components]
        self._add(name, _stream(data, {
            "Type": PDFName("XObject"), "Subtype": PDFName("Image"), "Width": width, "Height": height,
            "BitsPerComponent": 8, "ColorSpace": PDFName(space), "Filter": PDFArray([PDFName("DCTDecode")])}))

    def page(self, operators: str, width: float, height: float, uses: Sequence[str]) -> None:
        """`uses`: forms and pictures; points."""
        page = PDFPage()
        page.pagewidth, page.pageheight = width, height
        self._doc.updateSignature(operators)
        page.Contents = PDFStream(None, zlib.compress(operators.encode(), COMPRESSION), None)
        page.Contents.dictionary["Filter"] = PDFArray([PDFName("FlateDecode")])
        page.Resources = self._resources(uses)
        self._doc.addPage(page)

    def write(self, out: BinaryIO) -> None:
        catalog = self._doc.Catalog
        catalog.__NoDefault__ = [*catalog.__NoDefault__, "OutputIntents"]
        catalog.OutputIntents = PDFArray([output_intent(self._doc)])
        self._doc.SaveToFile(out, None)

    def _add(self, name: str, thing: Any) -> None:
        self._named.add(name)
        self._doc.Reference(thing, _inside(name))

    def _resources(self, uses: Sequence[str]) -> Any:
        resources = PDFResourceDictionary()
        resources.basicFonts()
        resources.allProcs()
        if uses:
            resources.XObject = {name: PDFObjectReference(_inside(name)) for name in uses}
        return resources


def _inside(name: str) -> str:
    return f"XObject.{name}"


def _stream(content: bytes, entries: dict[str, Any]) -> Any:
    return PDFStream(_dictionary(entries), content, None)


def _dictionary(entries: dict[str, Any]) -> Any:
    return PDFDictionary(entries)
