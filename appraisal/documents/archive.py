"""What a reader of decades later needs: metadata in XMP, and what the colours mean (sRGB).

Oriented on PDF/A-2b (ISO 19005-2); no `pdfaid` entry claims conformance, for nothing here has validated it.
"""

from typing import Any
from xml.sax.saxutils import escape

from PIL import ImageCms
from reportlab.pdfbase.pdfdoc import PDFDictionary, PDFName, PDFStream, PDFString, PDFZCompress

_XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"
 xmlns:pdf="http://ns.adobe.com/pdf/1.3/">
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<xmp:CreatorTool>{producer}</xmp:CreatorTool><pdf:Producer>{producer}</pdf:Producer>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="r"?>"""


def xmp(title: str, producer: str) -> bytes:
    return _XMP.format(title=escape(title), producer=escape(producer)).encode()


def output_intent(doc: Any) -> Any:
    """An OutputIntent of `doc` with the sRGB profile of LittleCMS embedded."""
    profile = PDFStream(PDFDictionary({"N": 3}), _srgb(), [PDFZCompress])
    return PDFDictionary({
        "Type": PDFName("OutputIntent"), "S": PDFName("GTS_PDFA1"),
        "OutputConditionIdentifier": PDFString("sRGB IEC61966-2.1"), "Info": PDFString("sRGB IEC61966-2.1"),
        "DestOutputProfile": doc.Reference(profile)})


def _srgb() -> bytes:
    """LittleCMS writes the moment of making into bytes 24 to 36 of the header; a fixed one keeps files alike. It calls
    the profile version 4.4, of which nothing is in it, and PDF 1.7 knows 4.2 at most (ISO 32000-1, 8.6.5.5)."""
    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    profile[8:12] = bytes.fromhex("04200000")
    profile[24:36] = bytes.fromhex("07e000010001000000000000")
    return bytes(profile)
