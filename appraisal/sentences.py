"""The sentence of every code, in Chinese and English: what is wrong, where, and what to do."""

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

LANGUAGES = ("zh_CN", "en")
WORDED = frozenset({"now", "to", "wanted", "state", "roles", "subject"})
"""Places filled with states, roles or subjects: codes, which the reader sees as the words of `value.<code>`."""


@cache
def catalogue(language: str) -> dict[str, str]:
    """code -> sentence with {places}, from every file of resources/messages/<language>."""
    found: dict[str, str] = {}
    for file in sorted((files("resources") / "messages" / language).iterdir(), key=lambda f: f.name):
        for code, sentence in tomllib.loads(file.read_text("utf-8")).items():
            if code in found:
                raise ValueError(f"{code} has two sentences in {language}")
            found[code] = sentence
    return found


def say(code: str, language: str, **detail: Any) -> str:
    """Raises KeyError for a code without a sentence: a test keeps the two languages complete."""
    words = catalogue(language)
    return words[code].format_map({name: _worded(value, words) if name in WORDED else value
                                   for name, value in detail.items()})


def _worded(value: Any, words: dict[str, str]) -> str:
    return " / ".join(words.get(f"value.{part}", part) for part in str(value).split(" / "))
