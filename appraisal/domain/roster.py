"""One candidate's line of a roster 报名表, and the rules for it: the same for the desk's form, the preview of an
import and the import itself. Codes: appraisal/domain/problem.py.

Which fields are required is that of the 33-column candidate template.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import date

from appraisal.domain.identity import Document, DocumentKind
from appraisal.domain.problem import Problem, Verdict, verdict
from appraisal.domain.tables import CodeTables, code_tables

REQUIRED = frozenset({
    "name", "id_type", "id_no", "ethnicity", "education", "occupation", "level", "condition", "exam_type", "phone",
    "has_cert",
})
RULED = REQUIRED | {"sex", "birth", "nationality", "prior_level", "prior_cert", "email", "employer", "remark"}
"""Fields that a rule reads; every other column is kept in `extra`."""


def _always(_char: str) -> bool:
    return True


@dataclass(frozen=True, slots=True)
class RosterRules:
    occupations: Collection[str]
    """Names of the occupation that the batch is open for, and of its jobs 工种."""
    reference_date: date
    """Ages count on this day: the day of the exam."""
    today: date
    """No document is of somebody born after it."""
    can_draw: Callable[[str], bool] = _always
    """Whether a shipped font has this character."""
    required: Collection[str] = REQUIRED
    tables: CodeTables = field(default_factory=code_tables)


@dataclass(frozen=True, slots=True)
class RosterLine:
    name: str
    sex: str | None
    """`M` or `F`."""
    birth: date | None
    document: Document
    nationality: str
    """ISO 3166-1 alpha-3."""
    ethnicity: str
    level: int | None
    """1 (highest) to 5; None for a scheme without levels."""
    occupation: str
    condition: str
    exam_type: str
    phone: str
    """Eleven digits."""
    email: str
    employer: str
    education: str
    has_cert: bool
    prior_level: int | None
    prior_cert: str
    remark: str
    extra: Mapping[str, str]
    """The other columns by their field, or by the header's own word where no field is known."""

    @property
    def id_type(self) -> DocumentKind:
        return self.document.kind

    @property
    def id_no(self) -> str:
        return self.document.number

    @property
    def id_no_18(self) -> str | None:
        return self.document.number_18


@dataclass(frozen=True, slots=True)
class LineReading:
    """A line that was read, and what is wrong with it. `line` is None when something rejects it."""

    line: RosterLine | None
    problems: tuple[Problem, ...]
    key: str | None = None
    """The document's number (18 digits where there are), even when another field rejects the line."""
    name: str = ""

    @property
    def verdict(self) -> Verdict:
        return verdict(self.problems)
