"""A fingerprint in six words, to be read aloud (docs/formats/bundle.md, Fingerprint)."""

import tomllib
from importlib.resources import files

WORDS, BITS = 6, 11
_SECOND_BITS = 5
COLUMNS = {"zh_CN": 0, "en": 1}


def words_of(digest: bytes, language: str) -> tuple[str, ...]:
    """The first 66 bits of `digest`. `language`: zh_CN or en; the two say the same, word by word."""
    first, second = word_halves(language)
    number = int.from_bytes(digest[:9], "big") >> 72 - WORDS * BITS
    chosen = [number >> BITS * (WORDS - 1 - place) & (1 << BITS) - 1 for place in range(WORDS)]
    between = "" if language == "zh_CN" else " "
    return tuple(f"{first[one >> _SECOND_BITS]}{between}{second[one & (1 << _SECOND_BITS) - 1]}" for one in chosen)


def spoken(digest: bytes, language: str) -> str:
    """One line: the words apart by a middle dot."""
    return " · ".join(words_of(digest, language))


def word_halves(language: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """64 first halves and 32 second halves."""
    table = tomllib.loads((files("resources") / "tables" / "fingerprint.toml").read_text("utf-8"))
    column = COLUMNS[language]
    return tuple(row[column] for row in table["first"]), tuple(row[column] for row in table["second"])
