"""Unified social credit code 统一社会信用代码 of an employer or a centre (GB 32100-2015)."""

import re

from appraisal.domain.errors import RuleViolation
from appraisal.domain.text import plain_number

_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_SHAPE = re.compile(f"[{_ALPHABET}]{{2}}[0-9]{{6}}[{_ALPHABET}]{{10}}")


def read_credit_code(typed: str) -> str:
    """The code in upper case. Raises RuleViolation `credit_code_format` or `credit_code_checksum`."""
    code = plain_number(typed)
    if not _SHAPE.fullmatch(code):
        raise RuleViolation("credit_code_format", "credit_code", value=code)
    total = sum(_ALPHABET.index(c) * pow(3, place, 31) for place, c in enumerate(code[:17]))
    if code[17] != _ALPHABET[-total % 31]:
        raise RuleViolation("credit_code_checksum", "credit_code", value=code)
    return code
