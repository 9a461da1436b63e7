"""The envelope as the text of a QR code: decimal digits behind a URL (docs/formats/certificate-qr.md, Digits).

As the passkey QR codes do: each 7 bytes, as a little-endian integer, in 17 digits; a shorter tail in fewer.
"""

import re
import struct

from appraisal.canonical import Malformed
from appraisal.credential import base45

FEWEST_DIGITS = 100
LONGEST_TEXT = 16_384
BASE45_MARK = "SKC1:"

_BYTES, _DIGITS = 7, 17
_DIGITS_OF_TAIL = (0, 3, 5, 8, 10, 13, 15)
_TAIL_OF_DIGITS = {digits: length for length, digits in enumerate(_DIGITS_OF_TAIL)}
_RUNS = re.compile(f"[0-9]{{{FEWEST_DIGITS},}}")
_BASE45_RUN = re.compile(re.escape(BASE45_MARK) + "([0-9A-Z $%*+./:-]*)")


def to_digits(data: bytes) -> str:
    whole = len(data) - len(data) % _BYTES
    groups = [f"{int.from_bytes(data[at:at + _BYTES], 'little'):017d}" for at in range(0, whole, _BYTES)]
    if tail := data[whole:]:
        groups.append(str(int.from_bytes(tail, "little")).zfill(_DIGITS_OF_TAIL[len(tail)]))
    return "".join(groups)


def from_digits(digits: str) -> bytes:
    """Raises Malformed for anything that `to_digits` would not write."""
    if digits and not (digits.isascii() and digits.isdigit()):
        raise Malformed("not_digits")
    return _from_ascii_digits(digits)


def _from_ascii_digits(digits: str) -> bytes:
    rest = len(digits) % _DIGITS
    tail = _TAIL_OF_DIGITS.get(rest)
    if tail is None:
        raise Malformed("digits_length")
    count, whole = len(digits) // _DIGITS, len(digits) - rest
    groups = [int(digits[at:at + _DIGITS]) for at in range(0, whole, _DIGITS)]
    data = bytearray(struct.pack(f"<{count}Q", *groups))  # 17 digits always fit 8 bytes; the last of them must be 0
    last = int(digits[whole:] or "0")
    if any(data[_BYTES::8]) or last >> 8 * tail:
        raise Malformed("digits_range")
    del data[_BYTES::8]
    return bytes(data) + last.to_bytes(tail, "little")


def payload_text(cose: bytes, host: str) -> str:
    """What the QR says: `https://<host>/#<digits>`. `host` may have a path of its own, `example.cn/c`."""
    return f"https://{host}/#{to_digits(cose)}"


def has_payload(text: str) -> bool:
    """Whether `find_payload` would find something, good or not."""
    return BASE45_MARK in text or _RUNS.search(text) is not None


def find_payload(text: str) -> bytes:
    """The envelope in what a scanner typed or a page said: the last run of at least 100 digits, else SKC1: base45.

    Raises Malformed: `no_certificate` where there is neither.
    """
    if len(text) > LONGEST_TEXT:
        raise Malformed("too_large")
    if runs := _RUNS.findall(text):
        return _from_ascii_digits(runs[-1])
    if run := _BASE45_RUN.search(text):
        return base45.decode(run.group(1))
    raise Malformed("no_certificate")
