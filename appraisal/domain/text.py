"""Typed text made plain, without guessing: what is removed here is never visible on paper."""

import re
from unicodedata import is_normalized, normalize

# controls except tab and line breaks, zero-width and direction characters, fillers, variation selectors, tags
_UNSEEN = (
    "\u0000-\u0008\u000e-\u001f\u007f-\u0084\u0086-\u009f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f"
    "\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb\U000e0000-\U000e0fff")
_INVISIBLE = re.compile(f"[{_UNSEEN}]")
_UNTIDY = re.compile(rf"[\s{_UNSEEN}]")
# the plain hyphen last, as these stand inside [...]
_HYPHENS = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d-"
_SPACES_AND_HYPHENS = re.compile(rf"[\s{_HYPHENS}]+")
_HALF_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_APOSTROPHES = "'\u2018\u2019\u02bc`"
_DASH_ONLY = re.compile(rf"[{_HYPHENS}]+")


def without_invisible(text: str) -> str:
    return text if text.isascii() and text.isprintable() else _INVISIBLE.sub("", text)


def half_width(text: str) -> str:
    """Full-width ASCII forms made plain, nothing else: no NFKC, which would change × or ①."""
    return text if text.isascii() else text.translate(_HALF_WIDTH)


def plain_text(text: str) -> str:
    """NFC, no invisible characters, one kind of space, none at the ends; line breaks stay."""
    if not _UNTIDY.search(text) and is_normalized("NFC", text):
        return text  # nearly every cell
    lines = (" ".join(line.split()) for line in normalize("NFC", without_invisible(text)).splitlines())
    return "\n".join(line for line in lines if line)


def plain_number(text: str) -> str:
    """An identity, certificate or admission number: plain characters, upper case, no spaces or hyphens.

    A leading apostrophe is what people type to make a spreadsheet keep the digits.
    """
    plain = _SPACES_AND_HYPHENS.sub("", half_width(without_invisible(text)))
    return plain.lstrip(_APOSTROPHES).upper()


def compact(text: str) -> str:
    """For looking words up: half-width and without any space."""
    return "".join(half_width(without_invisible(text)).split())


def is_dash(text: str) -> bool:
    """`-`, `--`, `—`: how a sheet says that a field does not apply."""
    return bool(_DASH_ONLY.fullmatch(compact(text)))
