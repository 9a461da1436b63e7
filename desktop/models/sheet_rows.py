"""The rows of a previewed sheet, as they stood in the file."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from appraisal.domain.problem import Problem, Verdict, Weight


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One row of any previewed sheet, as it stood in the file."""

    row: int
    verdict: Verdict
    problems: tuple[Problem, ...]
    cells: Mapping[str, str]
    """Field -> what stood there, or what was mended."""
    mended: Mapping[str, str] = field(default_factory=dict)
    """Field -> what stands in the file."""

    def shown(self) -> tuple[Problem, ...]:
        """Refusals, then warnings; notes are left out."""
        return tuple(sorted((p for p in self.problems if p.weight is not Weight.NOTE), key=lambda p: p.weight))
