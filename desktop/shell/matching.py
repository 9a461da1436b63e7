"""How the command palette finds: by the words as written, by pinyin, or by pinyin initials."""

from collections.abc import Callable, Sequence
from typing import TypeVar

T = TypeVar("T")


def spellings(title: str) -> tuple[str, ...]:
    """A title in lower case as written, in pinyin and in initials: 查验 -> 查验, chayan, cy."""
    from pypinyin import Style, lazy_pinyin  # noqa: PLC0415  a quarter of a second that the start need not wait for

    plain = title.lower().replace("&", "")
    syllables = lazy_pinyin(plain)
    initials = lazy_pinyin(plain, style=Style.FIRST_LETTER)
    return plain, "".join(syllables).replace(" ", ""), "".join(initials).replace(" ", "")


def rank(typed: str, title: str) -> int | None:
    """Smaller is better: the start of the title, of a word, of pinyin, initials; then anywhere. None: no match."""
    wanted = typed.strip().lower()
    written, pinyin, initials = spellings(title)
    tests = (
        written.startswith(wanted),
        any(word.startswith(wanted) for word in written.split()),
        initials.startswith(wanted),
        pinyin.startswith(wanted),
        "".join(word[0] for word in written.split()).startswith(wanted),
        wanted in written,
        wanted in pinyin,
    )
    return next((place for place, holds in enumerate(tests) if holds), None)


def best(typed: str, offered: Sequence[T], title_of: Callable[[T], str]) -> list[T]:
    """Those that match, best first, in the order offered among equals."""
    ranked = ((rank(typed, title_of(one)), one) for one in offered)
    return [one for place, one in sorted(((p, o) for p, o in ranked if p is not None), key=lambda pair: pair[0])]
