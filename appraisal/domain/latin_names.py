"""Pinyin of names: what a passport would have (suggested, never stored unseen), and what search looks for.

Passports write ü as YU (公安部 2012 rule: LYU, NYU). A surname may be read otherwise than the same character elsewhere.
"""

from functools import cache, lru_cache
from operator import add
from unicodedata import category, normalize

from appraisal.domain.names import DOT, has_han, split_name
from appraisal.domain.tables import surnames

_FOLDED = str.maketrans({"đ": "d", "ø": "o", "ł": "l", "ß": "ss", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d", "ı": "i"})


def suggest_latin(name: str) -> str:
    """`OUYANG Nana` for 欧阳娜娜, `Maimaiti Tuerxun` for a name with dots, a Latin name as it is.

    Empty when the reading of a character is not known: nothing is guessed.
    """
    if not has_han(name):
        return name
    syllables = _syllables(name)
    if syllables is None:
        return ""
    passport = [s.replace("ü", "yu") for s in syllables]
    if DOT in name:
        starts = iter(passport)
        return " ".join("".join(next(starts) for _ in part).capitalize() for part in name.split(DOT))
    cut = len(split_name(name)[0])
    return f"{''.join(passport[:cut]).upper()} {''.join(passport[cut:]).capitalize()}".strip()


def search_letters(name: str) -> tuple[str, str]:
    """`pinyin` and `initials` for the price of one."""
    syllables = _search_syllables(name)
    return ("".join(syllables).replace("ü", "v"),
            "".join(syllable[0] for syllable in syllables if syllable).replace("ü", "v"))


def pinyin(name: str) -> str:
    """For search: lower-case letters only, `zhangwei`, `lyu`; letters of a Latin name folded to a-z."""
    return search_letters(name)[0]


def initials(name: str) -> str:
    """For search: `zw` for 张伟, `aml` for ANNA MARIA LINDQVIST."""
    return search_letters(name)[1]


def _search_syllables(name: str) -> list[str]:
    if not has_han(name):
        return [_fold(word) for word in name.split()]
    return _syllables(name, unknown="") or []


def _syllables(name: str, unknown: str | None = None) -> list[str] | None:
    """One syllable a character, ü kept, dots dropped. None when one is not known, unless `unknown` stands in."""
    surname = split_name(name)[0] if DOT not in name else ""
    known = surnames().readings.get(surname, "").split()
    rest = name[len(surname):] if known else name
    found = known + spoken(rest.replace(DOT, ""))
    if not all(found):
        return None if unknown is None else [one or unknown for one in found]
    return found


def spoken(text: str) -> list[str]:
    """One syllable a character, empty where it is not known. Characters that begin no phrase of the dictionary are read
    one by one, and each of them once."""
    if _beginnings().isdisjoint(map(add, text, text[1:])):
        return list(map(_alone, text))
    return spoken_together(text)


def spoken_together(text: str) -> list[str]:
    from pypinyin import Style, lazy_pinyin  # noqa: PLC0415 - 250 ms to load: only who transliterates pays

    found = lazy_pinyin(text, style=Style.NORMAL, v_to_u=True, errors=_blank)  # type: ignore[arg-type]
    return [one.strip() for one in found]


@lru_cache(maxsize=1 << 15)
def _alone(character: str) -> str:
    return spoken_together(character)[0]


@cache
def _beginnings() -> frozenset[str]:
    """The first two characters of every phrase that pypinyin reads as a whole."""
    from pypinyin.constants import PHRASES_DICT  # noqa: PLC0415 - as above

    return frozenset(phrase[:2] for phrase in PHRASES_DICT)


def _blank(characters: str) -> list[str]:
    """A list keeps one entry a character (documented; the annotation knows only text)."""
    return [" "] * len(characters)


def _fold(word: str) -> str:
    plain = normalize("NFKD", word.lower().translate(_FOLDED))
    return "".join(c for c in plain if category(c) == "Ll")
