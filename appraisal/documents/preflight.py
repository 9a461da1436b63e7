"""Every QR read back from its own page before its certificate counts as issued."""

from collections.abc import Iterator, Sequence

from appraisal.credential.reading import Box, read_back
from appraisal.documents.templates import Template


def symbol_box(template: Template, page: int) -> Box:
    """Where the symbol and its quiet zone lie, counted from the lower left corner."""
    box = template.qr
    return Box(page, box.x, template.page[1] - box.y - box.height, box.width, box.height)


def read_matches(pdf: bytes, template: Template, expected: Sequence[str]) -> Iterator[bool]:
    """For each page in turn whether its QR says what it should; `expected` has one text a page.

    pdfium is not for two threads at once.
    """
    boxes = [symbol_box(template, page) for page in range(len(expected))]
    for text, wanted in zip(read_back(pdf, boxes), expected, strict=True):
        yield text == wanted
