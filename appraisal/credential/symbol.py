"""The QR symbol of a certificate: the text before the digits in byte mode, the digits in numeric mode, EC level M.

Put into one byte segment the same text needs version 18 instead of 11.
"""

import re
from typing import Literal

import numpy as np
import qrcode
import zxingcpp
from numpy.typing import NDArray
from qrcode.util import MODE_8BIT_BYTE, MODE_NUMBER, QRData

from appraisal.credential.digits import FEWEST_DIGITS

Modules = NDArray[np.bool_]
"""Square; True is dark; no quiet zone."""

MASK = 3
"""Fixed: searching the eight masks costs four times as much, and any mask reads."""

_PARTS = re.compile(f"(.*?)([0-9]{{{FEWEST_DIGITS},}})", re.DOTALL)


def symbol(text: str, by: Literal["qrcode", "zxing"] = "qrcode") -> Modules:
    """`text` as `payload_text` made it. `zxing` is the faster, for batches; it chooses its own mask.

    Raises ValueError for a text without a payload, or one beyond version 40.
    """
    parts = _PARTS.fullmatch(text)
    if parts is None:
        raise ValueError("no payload")
    return _by_zxing(text) if by == "zxing" else _by_qrcode(*parts.groups())


def version_of(modules: Modules) -> int:
    return (len(modules) - 17) // 4


def to_grey(modules: Modules, module_pixels: int = 4, quiet: int = 4) -> NDArray[np.uint8]:
    """White 255, dark 0; `quiet` modules of margin."""
    dark = np.kron(modules, np.ones((module_pixels, module_pixels), dtype=bool))
    return np.pad(np.where(dark, 0, 255).astype(np.uint8), quiet * module_pixels, constant_values=255)


def _by_qrcode(address: str, digits: str) -> Modules:
    code = qrcode.QRCode(error_correction=qrcode.ERROR_CORRECT_M, border=0, mask_pattern=MASK)
    if address:
        code.add_data(QRData(address.encode(), mode=MODE_8BIT_BYTE), optimize=0)
    code.add_data(QRData(digits.encode(), mode=MODE_NUMBER), optimize=0)
    code.make(fit=True)
    return np.array(code.modules, dtype=bool)


def _by_zxing(text: str) -> Modules:
    made = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode, ec_level="M")
    modules: Modules = np.asarray(made.to_image(scale=1, add_hrt=False, add_quiet_zones=False)) == 0
    return modules
