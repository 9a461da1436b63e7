"""Numbers and names in sheets that refer to somebody already enrolled."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from appraisal.domain.identity import lost_precision
from appraisal.domain.names import clean_name
from appraisal.domain.problem import Problem, Weight, problem
from appraisal.domain.text import plain_number
from appraisal.domain.typed import NOTHING, Typed


@dataclass(slots=True)
class Row:
    """The row being read, and the problems found so far."""

    values: Mapping[str, Typed]
    problems: list[Problem] = field(default_factory=list)

    def add(self, code: str, about: str, **detail: object) -> None:
        self.problems.append(problem(code, about, **detail))

    @property
    def rejected(self) -> bool:
        return any(p.weight is Weight.REJECT for p in self.problems)

    def given(self, about: str, *, required: bool = True) -> Typed | None:
        typed = self.values.get(about, NOTHING)
        if typed.fault:
            self.add("CELL_ERROR", about, value=typed.fault)
            return None
        if typed.formula:
            self.add("FORMULA_CELL", about, value=typed.plain)
        if not typed.plain:
            if required:
                self.add("MISSING_REQUIRED", about)
            return None
        return typed

    def number(self, about: str, lost: str) -> str:
        """A number in capitals without spaces; `lost` is the code for digits that a spreadsheet has dropped."""
        typed = self.given(about)
        if typed is None:
            return ""
        if typed.digits_lost or lost_precision(typed.text):
            self.add(lost, about, value=typed.text)
            return ""
        number = plain_number(typed.text)
        if typed.number is None and number != typed.text.strip().upper():
            self.add("CELL_NORMALISED", about, value=number)
        return number

    def name(self, expected: str | None) -> str:
        """`expected` is the enrolled name, None where nobody is known to compare with."""
        typed = self.given("name")
        if typed is None:
            return ""
        name = clean_name(typed.text)
        if expected is not None and name != expected:
            self.add("NAME_MISMATCH", "name", typed=name, found=expected)
        return name
