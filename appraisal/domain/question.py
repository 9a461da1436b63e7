"""Questions 待裁定: what an officer of the association has to decide, and the decision, which is an event of the
library's own chain (docs/decisions/merging.md)."""

from dataclasses import dataclass
from enum import StrEnum

from appraisal.domain.events import Id, event


class QuestionKind(StrEnum):
    FIELD = "field"
    """One field of a person's identity was corrected to different values on two chains."""
    MARK = "mark"
    """One mark was entered, or settled, to different values on two chains."""
    CERTIFICATE = "certificate"
    """One number on two certificates, or two certificates for one enrolment."""
    NUMBER = "number"
    """One number of the province given to two enrolments, or two numbers to one."""
    SAME_PERSON = "same_person"
    """Two centres have registered what may be one person."""
    PERSON_KEY = "person_key"
    """One person's data came under two keys."""
    FORK = "fork"
    """A desk has two histories."""
    ENTRY = "entry"
    """An entry that contradicts what is here in some other way."""


BEFORE = "before"
"""Choice: what stood before both corrections stands on."""


@event("question.decided", local=True)
@dataclass(frozen=True, slots=True)
class QuestionDecided:
    """Local: only the library itself says so, and no desk's bundle can. The journal has the reason."""

    question: Id
    kind: QuestionKind
    matter: str
    """What was in doubt, by ids: never a name or a value."""
    person: Id | None
    over: tuple[str, ...]
    """The entries that stood against each other, `desk/epoch/seq`, or the two persons."""
    choice: str
    """One of `over`, or a word of the question's kind."""
    officer: str
