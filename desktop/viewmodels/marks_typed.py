"""What an examiner types into a mark's cell, made a mark. Full-width digits and 分 are fine; nothing is guessed."""

import re
from decimal import Decimal

from appraisal.domain.errors import RuleViolation
from appraisal.domain.marks import Mark, MarkState
from appraisal.domain.text import compact, is_dash
from appraisal.sheets.marks import ABSENT_WORDS, VOID_WORDS
from desktop.models.marks_cells import shortest

ABSENT_KEYS = frozenset({"q", "absent"})
VOID_KEYS = frozenset({"w", "void"})
_NUMBER = re.compile(r"([0-9]{1,6}(?:\.[0-9]{1,6})?|\.[0-9]{1,6})分?")


def read_mark(typed: str) -> Mark | None:
    """None for an empty cell or a dash: nothing to enter. Raises RuleViolation mark_unreadable, mark_out_of_range,
    mark_too_fine.
    """
    word = compact(typed)
    if not word or is_dash(word):
        return None
    if word in ABSENT_WORDS or word.lower() in ABSENT_KEYS:
        return Mark(MarkState.ABSENT)
    if word in VOID_WORDS or word.lower() in VOID_KEYS:
        return Mark(MarkState.VOID)
    found = _NUMBER.fullmatch(word.replace("。", "."))
    if found is None:
        raise RuleViolation("mark_unreadable", "mark", typed=typed.strip())
    return Mark(MarkState.PRESENT, shortest(Decimal(found[1])))
