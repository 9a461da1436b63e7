"""Names 姓名: cleaned without changing what is printed, checked, and masked for publicity.

A cleaned name is NFC. NFKC is never applied to a whole name: it would change characters that people really have.
"""

import re
from unicodedata import category, normalize

from appraisal.domain.problem import Problem, problem
from appraisal.domain.tables import surnames
from appraisal.domain.text import without_invisible

DOT = "\u00b7"

_HAN = ("\u3007\u3400-\u4dbf\u4e00-\u9fff\ufa0e\ufa0f\ufa11\ufa13\ufa14\ufa1f\ufa21\ufa23\ufa24\ufa27-\ufa29"
        "\U00020000-\U0002fffd\U00030000-\U0003fffd")
_IS_HAN = re.compile(f"[{_HAN}]")
_HAN_NAME = re.compile(f"[{_HAN}{DOT}]+")
_SPACE_IN_HAN = re.compile(f"(?<=[{_HAN}{DOT}]) +(?=[{_HAN}{DOT}])")
_SPACE_AT_DOT = re.compile(f" *{DOT} *")
_DOTS = re.compile("[\u0387\u16eb\u2022\u2024\u2027\u2219\u22c5\u25e6\u2e31\u2e33\u30fb\u318d\ufe52\uff65]")
_DOT_IN_HAN = re.compile(f"(?<=[{_HAN}]) *[.\uff0e\u25cf] *(?=[{_HAN}])")
_FULL_WIDTH = re.compile("[\uff07\uff0d\uff0e\uff21-\uff3a\uff41-\uff5a]")
_MIXED = re.compile(f"[{_HAN}][A-Za-z]|[A-Za-z][{_HAN}]")
_RADICALS = re.compile("[\u2e80-\u2fdf]")
# Radicals Supplement has no decompositions: what PDF copies give for whole characters (Unicode's
# EquivalentUnifiedIdeograph.txt)
_SUPPLEMENT = dict(zip(
    "⺁⺈⺎⺐⺒⺓⺜⺝⺟⺠⺩⺫⺬⺼⻃⻄⻅⻆⻉⻋⻏⻑⻒⻓⻔"
    "⻗⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻪⻫⻬⻭⻮⻯⻰⻱⻲⻳",
    "厂刀兀尢巳幺日月母民王目示月覀西见角贝车邑長镸长门"
    "雨青韦页风飞食马骨鬼鱼鸟卤麦黄黾斉齐歯齿竜龙龜亀龟", strict=True))
_MARKS_IN_NAMES = frozenset(" '\u2019-." + DOT)
_LONGEST = 120


def is_han(char: str) -> bool:
    """True for CJK ideographs of every plane, also those younger than Python's own character table."""
    return bool(_IS_HAN.match(char))


def has_han(text: str) -> bool:
    return bool(_IS_HAN.search(text))


def clean_name(typed: str) -> str:
    text = " ".join(normalize("NFC", without_invisible(typed)).split())
    text = _RADICALS.sub(_plain_radical, text)
    text = _DOT_IN_HAN.sub(DOT, _DOTS.sub(DOT, text))
    text = _FULL_WIDTH.sub(lambda found: chr(ord(found[0]) - 0xFEE0), text)
    text = _SPACE_AT_DOT.sub(DOT, text)
    return normalize("NFC", _SPACE_IN_HAN.sub("", text)).strip()


def check_name(name: str) -> tuple[Problem, ...]:
    """`name` is cleaned. A private-use character prints differently everywhere; anything that is no letter
    (brackets, `?`, `□`, digits, a formula) says that a character was lost or described."""
    if any(category(c) == "Co" for c in name):
        return (problem("NAME_PRIVATE_USE", "name", value=name),)
    wrong = [c for c in name if not (is_han(c) or c in _MARKS_IN_NAMES or category(c)[0] in "LM")]
    if wrong or len(name) > _LONGEST or _MIXED.search(name) or not _begins_and_ends_well(name):
        return (problem("NAME_INVALID", "name", value=name[:_LONGEST], character=wrong[0] if wrong else name[:1]),)
    return ()


def split_name(name: str) -> tuple[str, str]:
    """Surname and given name of a Han name; a name with dots or other letters has no surname to split."""
    if not _HAN_NAME.fullmatch(name) or DOT in name or len(name) < 2:
        return name, ""
    cut = 2 if name[:2] in surnames().compound and len(name) > 2 else 1
    return name[:cut], name[cut:]


def mask_name(name: str) -> str:
    """For public lists: the surname, then a star for each further character; else the first character."""
    surname, given = split_name(name)
    if given:
        return surname + "*" * len(given)
    return name[:1] + "*" * min(len(name) - 1, 3)


def mask_number(number: str) -> str:
    """For public lists: the middle hidden. 18 digits keep six and four, others a quarter at each end."""
    head, tail = (6, 4) if len(number) == 18 else (len(number) // 4, len(number) // 4)
    return number[:head] + "*" * (len(number) - head - tail) + number[len(number) - tail:]


def _plain_radical(found: re.Match[str]) -> str:
    char = found[0]
    return _SUPPLEMENT.get(char) or normalize("NFKC", char)


def _begins_and_ends_well(name: str) -> bool:
    first, last = name[:1], name[-1:]
    starts = is_han(first) or category(first or " ")[0] == "L"
    ends = is_han(last) or last == "." or category(last or " ")[0] in "LM"
    return starts and ends and DOT * 2 not in name
