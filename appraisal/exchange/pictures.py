"""A signed letter as one QR: a mark that says what it is, and the digits of the certificate's QR."""

import io

from PIL import Image

from appraisal.canonical import Malformed
from appraisal.credential.digits import from_digits, to_digits
from appraisal.credential.reading import read_payloads
from appraisal.credential.symbol import symbol, to_grey

REQUEST, SHORT_RECEIPT, STATUS_DELTA = "SKR1:", "SKS1:", "SKD1:"
_PIXELS = 6
"""A module's side."""


def to_png(mark: str, data: bytes) -> bytes:
    """Raises ValueError for `data` beyond 2,300 bytes: version 40 holds no more."""
    file = io.BytesIO()
    Image.fromarray(to_grey(symbol(mark + to_digits(data)), _PIXELS)).save(file, "PNG", optimize=True)
    return file.getvalue()


def in_picture(mark: str, picture: bytes) -> bytes | None:
    """The letter in a photograph, scan or PDF; None where there is none of this mark.

    Raises RuleViolation as `read_payloads`; Malformed for digits that say nothing."""
    texts = [text for text in read_payloads(picture) if text.startswith(mark)]
    return from_text(mark, texts[0]) if texts else None


def from_text(mark: str, text: str) -> bytes:
    """What a scanner typed."""
    if not text.startswith(mark):
        raise Malformed("other_mark")
    return from_digits(text.removeprefix(mark).strip())
