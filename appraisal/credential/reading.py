"""From what is held in hand to the text of its QR codes: an image, a PDF, or text itself.

Three tries for a picture: as it is, enlarged twice, and its red channel alone, where a red seal is as light as paper.
Sizes are read from the headers and bounded before anything is decoded. pdfium is not for two threads at once.
"""

import io
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass

import numpy as np
import pypdfium2
import zxingcpp
from numpy.typing import NDArray
from PIL import Image

from appraisal.credential.digits import has_payload
from appraisal.domain.errors import RuleViolation

Grey = NDArray[np.uint8]
"""(height, width), 0 black."""

MOST_PIXELS = 40_000_000
"""A4 at 600 dpi has 35 million."""
MOST_PAGES = 1_000
PDF_DPI = 200
FORMATS = ("PNG", "JPEG", "TIFF", "BMP", "WEBP", "GIF")

_MM_PER_POINT = 25.4 / 72
_QR_ONLY = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)
"""Asked for every format, the reader takes 15 times as long over a noisy page."""
_ENLARGE_UP_TO = 12_000_000


@dataclass(frozen=True, slots=True)
class Box:
    """Where on a page, in mm from its lower left corner."""

    page: int
    left: float
    bottom: float
    width: float
    height: float


def read_payloads(data: bytes) -> list[str]:
    """The text of each certificate's QR in a file, in the order of its pages, none twice; [] where there is none.

    Raises RuleViolation: image_unreadable, image_too_large, pdf_unreadable, file_too_long.
    """
    if b"%PDF-" in data[:1024]:
        found = _in_pdf(data)
    elif (text := _as_text(data)) is not None:
        found = [text] if has_payload(text) else []
    else:
        found = _in_image(data)
    return list(dict.fromkeys(found))


def read_back(pdf: bytes, boxes: Iterable[Box], dpi: int = PDF_DPI) -> Iterator[str | None]:
    """What the symbol in each box says; None where none can be read. Only the box is rendered, not its page.

    `boxes` leave room for the quiet zone. Raises RuleViolation pdf_unreadable.
    """
    with closing(_open_pdf(pdf)) as document:
        for box in boxes:
            with closing(document[box.page]) as page:
                width, height = page.get_size()
                left, bottom = box.left / _MM_PER_POINT, box.bottom / _MM_PER_POINT
                right, top = left + box.width / _MM_PER_POINT, bottom + box.height / _MM_PER_POINT
                crop = (left, bottom, width - right, height - top)
                yield read_symbol(page.render(scale=dpi / 72, grayscale=True, crop=crop).to_numpy())


def read_symbol(crop: Grey) -> str | None:
    """The one upright symbol of a clean crop, fast; None where none is read."""
    found = zxingcpp.read_barcodes(
        np.ascontiguousarray(crop), formats=_QR_ONLY,
        try_rotate=False, try_downscale=False, try_invert=False)
    return found[0].text if found else None


def read_picture(grey: Callable[[], Grey], red: Callable[[], Grey]) -> list[str]:
    """Texts with a payload in one picture. The channels are asked for when they are needed."""
    plain = grey()
    if found := _payloads(plain):
        return found
    if plain.size <= _ENLARGE_UP_TO and (found := _payloads(_twice(plain))):
        return found
    return _payloads(red())


def read_frame(grey: Callable[[], Grey], red: Callable[[], Grey]) -> list[str]:
    """Texts with a payload in one frame of a camera. Nothing is enlarged: the next frame is nearer."""
    return list(dict.fromkeys(_payloads(grey()) or _payloads(red())))


def _payloads(pixels: Grey) -> list[str]:
    read = zxingcpp.read_barcodes(np.ascontiguousarray(pixels), formats=_QR_ONLY)
    return [one.text for one in read if has_payload(one.text)]


def _twice(pixels: Grey) -> Grey:
    height, width = pixels.shape
    return np.asarray(Image.fromarray(pixels).resize((2 * width, 2 * height), Image.Resampling.BICUBIC))


def _as_text(data: bytes) -> str | None:
    """Text has no control characters but those of lines; pictures have, in their first bytes."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None
    return text if all(ch.isprintable() or ch in "\t\r\n" for ch in text[:64]) else None


def _in_image(data: bytes) -> list[str]:
    try:
        with Image.open(io.BytesIO(data), formats=FORMATS) as image:
            frames = range(_few_enough(getattr(image, "n_frames", 1)))
            return [text for frame in frames for text in _in_frame(image, frame)]
    except RuleViolation:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as fault:
        raise RuleViolation("image_too_large", most=MOST_PIXELS // 1_000_000) from fault
    except Exception as fault:
        # Pillow's decoders let through whatever they stumbled over: OSError, ValueError, struct.error, …
        raise RuleViolation("image_unreadable") from fault


def _in_frame(image: Image.Image, frame: int) -> list[str]:
    if frame:
        image.seek(frame)
    if image.width * image.height > MOST_PIXELS:
        raise RuleViolation("image_too_large", most=MOST_PIXELS // 1_000_000)
    picture: Image.Image = image
    if image.has_transparency_data:
        picture = Image.new("RGB", image.size, "white")
        picture.paste(image, mask=image.convert("RGBA").getchannel("A"))
    return read_picture(
        lambda: np.asarray(picture.convert("L")), lambda: np.asarray(picture.convert("RGB").getchannel("R")))


def _in_pdf(data: bytes) -> list[str]:
    with closing(_open_pdf(data)) as document:
        pages = range(_few_enough(len(document)))
        return [text for number in pages for text in _in_page(document, number)]


def _in_page(document: pypdfium2.PdfDocument, number: int) -> list[str]:
    try:
        with closing(document[number]) as page:
            width, height = page.get_size()
            scale = min(PDF_DPI / 72, (MOST_PIXELS / 4 / max(width * height, 1)) ** 0.5)
            return read_picture(
                lambda: page.render(scale=scale, grayscale=True).to_numpy(),
                lambda: page.render(scale=scale, rev_byteorder=True).to_numpy()[..., 0])
    except pypdfium2.PdfiumError as fault:
        raise RuleViolation("pdf_unreadable") from fault


def _few_enough(pages: int) -> int:
    if pages > MOST_PAGES:
        raise RuleViolation("file_too_long", pages=pages, most=MOST_PAGES)
    return pages


def _open_pdf(data: bytes) -> pypdfium2.PdfDocument:
    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as fault:
        raise RuleViolation("pdf_unreadable") from fault
