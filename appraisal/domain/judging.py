"""Judges 考评员 score what no key can mark: an odd number of them, by the scheme's criteria; their mean counts."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from appraisal.domain.errors import RuleViolation
from appraisal.domain.events import Id, event
from appraisal.domain.scheme import Subject

CENT = Decimal("0.01")


@event("mark.judged")
@dataclass(frozen=True, slots=True)
class MarkJudged:
    """One judge's sheet for one candidate. The same judge again in the same round writes over it."""

    enrolment: Id
    person: Id
    subject: str
    turn: int
    """1, or higher for a re-mark 复评."""
    judge: str
    """Who scored: an examiner's id, or the number on the paper sheet where the centre keeps no list."""
    scores: tuple[Decimal, ...]
    """Out of 100 each, in the order of the subject's criteria."""
    value: Decimal
    """Their weighted sum, to a hundredth."""
    entered_by: Id


@dataclass(frozen=True, slots=True)
class Judgement:
    """Where the judging of one subject stands."""

    turn: int
    """The one that is going on, or that has counted."""
    sheets: tuple[MarkJudged, ...]
    """Of that turn, by judge."""
    mean: Decimal | None
    """None while sheets are missing, or where they are too far apart."""
    spread: Decimal
    remark: bool
    """All sheets are there and too far apart: the next turn begins."""


def score(scores: Sequence[Decimal], subject: Subject) -> Decimal:
    """The weighted sum. Raises RuleViolation subject_not_judged, scores_incomplete, mark_out_of_range."""
    if not subject.judges:
        raise RuleViolation("subject_not_judged", "subject", subject=subject.code)
    if len(scores) != len(subject.criteria):
        raise RuleViolation("scores_incomplete", "scores", wanted=len(subject.criteria), given=len(scores))
    for one in scores:
        if not (one.is_finite() and 0 <= one <= 100):
            raise RuleViolation("mark_out_of_range", "scores", mark=str(one))
    whole = sum((one * criterion.weight for one, criterion in zip(scores, subject.criteria, strict=True)), Decimal(0))
    return whole.quantize(CENT, ROUND_HALF_UP)


def judgement(sheets: Iterable[MarkJudged], subject: Subject) -> Judgement:
    """Of one candidate and one subject. The mean is of all judges, to a hundredth, half up."""
    by_turn: dict[int, dict[str, MarkJudged]] = {}
    for one in sheets:
        by_turn.setdefault(one.turn, {})[one.judge] = one
    turn = max(by_turn, default=1)
    found = tuple(one for _, one in sorted(by_turn.get(turn, {}).items()))
    values = [one.value for one in found]
    spread = max(values) - min(values) if values else Decimal(0)
    complete = bool(subject.judges) and len(found) >= subject.judges
    apart = complete and spread > subject.spread
    mean = (sum(values, Decimal(0)) / len(values)).quantize(CENT, ROUND_HALF_UP) if complete and not apart else None
    return Judgement(turn, found, mean, spread, apart)


def next_sheet(sheets: Sequence[MarkJudged], subject: Subject, judge: str) -> int:
    """The turn that this judge's sheet is for. Raises RuleViolation judges_full, judge_missing."""
    if not judge.strip():
        raise RuleViolation("judge_missing", "judge")
    now = judgement(sheets, subject)
    if now.remark:
        return now.turn + 1
    if len(now.sheets) >= subject.judges and all(one.judge != judge for one in now.sheets):
        raise RuleViolation("judges_full", "judge", judges=subject.judges)
    return now.turn
