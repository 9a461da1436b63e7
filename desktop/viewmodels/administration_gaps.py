"""What an appraisal day still lacks: roles that nobody holds, and pairs of roles held by one person alone."""

from collections.abc import Sequence
from dataclasses import dataclass

from appraisal.domain.operator import Role
from desktop.staff import StaffRow

TWO_PEOPLE = ((Role.REGISTRAR, Role.REVIEWER), (Role.MARKS_A, Role.MARKS_B))
"""Who entered may not review; who made the first entry may not make the second."""


@dataclass(frozen=True, slots=True)
class Gaps:
    unheld: tuple[Role, ...]
    """In the order of a day."""
    alone: tuple[tuple[Role, Role], ...]
    """Pairs that take two people, and whose only holder is one person."""

    def __bool__(self) -> bool:
        return bool(self.unheld or self.alone)


def gaps_of(rows: Sequence[StaffRow]) -> Gaps:
    """Only who can sign in counts."""
    holders = {role: frozenset(one.id for one in rows if one.active and one.has_key and role in one.roles)
               for role in Role}
    return Gaps(tuple(role for role in Role if not holders[role]),
                tuple(pair for pair in TWO_PEOPLE
                      if len(holders[pair[0]] | holders[pair[1]]) == 1 and all(holders[role] for role in pair)))
