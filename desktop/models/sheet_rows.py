"""The rows of a previewed sheet, as they stood in the file."""

from collections.abc import Mapping
from dataclasses import dataclass

from appraisal.domain.problem import Problem, Verdict, Weight


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One row of any previewed sheet, as it stood in the file."""

    row: int
    verdict: Verdict
    problems: tuple[Problem, ...]
    cells: Mapping[str, str]
    """Field -> what stood there."""

    def shown(self) -> tuple[Problem, ...]:
        """Refusals, then warnings; notes are left out."""
        return tuple(sorted((p for p in self.problems if p.weight is not Weight.NOTE), key=lambda p: p.weight))
