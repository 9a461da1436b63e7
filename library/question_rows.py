"""A question as the table has it."""

from dataclasses import dataclass

from appraisal.domain.events import Id
from appraisal.domain.question import QuestionKind


@dataclass(frozen=True, slots=True)
class Decided:
    choice: str
    officer: str
    reason: str


@dataclass(frozen=True, slots=True)
class QuestionRow:
    id: Id
    kind: QuestionKind
    opened_at: int
    """Milliseconds since 1970, UTC."""
    matter: str
    person: Id | None
    other: Id | None
    desk: Id | None
    over: tuple[str, ...]
    state: str
    """open or decided."""
    decided: Decided | None
