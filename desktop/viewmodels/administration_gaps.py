"""What an appraisal day still lacks: roles that nobody holds, and roles that too few people share."""

from collections.abc import Sequence
from dataclasses import dataclass

from appraisal.domain.events import Id
from appraisal.domain.operator import Role
from desktop.staff import StaffRow

APART = ((Role.REGISTRAR, Role.REVIEWER), (Role.MARKS_A, Role.MARKS_B), (Role.MARKS_A, Role.MARKS_REVIEWER),
         (Role.MARKS_B, Role.MARKS_REVIEWER), (Role.MARKS_A, Role.MARKS_B, Role.MARKS_REVIEWER))
"""Roles that take as many people: who entered may not review; the second entry is another person's, and a third settles
where they differ."""


@dataclass(frozen=True, slots=True)
class Gaps:
    unheld: tuple[Role, ...]
    """In the order of a day."""
    short: tuple[tuple[Role, ...], ...]
    """Of APART, those that fewer people hold than they take; none that contains another."""

    def __bool__(self) -> bool:
        return bool(self.unheld or self.short)


def gaps_of(rows: Sequence[StaffRow]) -> Gaps:
    """Only who can sign in counts."""
    holders = {role: frozenset(one.id for one in rows if one.active and one.has_key and role in one.roles)
               for role in Role}
    short: list[tuple[Role, ...]] = []
    for roles in APART:
        people = frozenset[Id]().union(*(holders[role] for role in roles))
        if all(holders[role] for role in roles) and len(people) < len(roles) \
                and not any(set(found) < set(roles) for found in short):
            short.append(roles)
    holders[Role.INVIGILATOR] |= holders[Role.SUPERVISOR]  # who may do the same at the door
    return Gaps(tuple(role for role in Role if not holders[role]), tuple(short))
