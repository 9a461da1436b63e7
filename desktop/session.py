"""An open centre, and who acts in it."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from appraisal.domain.errors import RuleViolation
from appraisal.domain.events import Id
from appraisal.domain.operator import Role
from appraisal.usecases.reads import BatchRow
from db.centre import Centre, Surroundings, open_centre
from db.folder import DEMONSTRATION_LOGIN, DEMONSTRATION_PASSPHRASE, Place, opens_without_asking

PASSPHRASE, OPERATOR = "APPRAISAL_DESK_PASSPHRASE", "APPRAISAL_DESK_OPERATOR"


@dataclass(frozen=True, slots=True)
class Session:
    centre: Centre
    demonstration: bool
    login: str

    def batch(self, named: str) -> BatchRow:
        """By id or by code."""
        for one in self.centre.reads.batches():
            if named in (one.id, one.code):
                return one
        raise RuleViolation("unknown_batch", "batch")

    def operator(self, *any_of: Role) -> Id:
        """Who acts. In a demonstration without a named operator, whoever has the right."""
        operators = self.centre.reads.operators()
        if self.demonstration and OPERATOR not in os.environ:
            for one in operators:
                if not one.roles.isdisjoint(any_of):
                    return one.id
        return next(one.id for one in operators if one.login == self.login)


def require(centre: Centre, who: Id, role: Role) -> None:
    """Raises RuleViolation right_missing."""
    next(one for one in centre.reads.operators() if one.id == who).require(role)


def passphrase_for(place: Place) -> str | None:
    """What the environment says, or the public one of a demonstration; None where somebody has to be asked."""
    return os.environ.get(PASSPHRASE) or (DEMONSTRATION_PASSPHRASE if opens_without_asking(place) else None)


@contextmanager
def session(place: Place, around: Surroundings, *, only_look: bool = False) -> Iterator[Session]:
    """Raises EnvironmentFault no_centre_here, desk_already_open; RuleViolation passphrase_wrong, passphrase_needed."""
    passphrase = os.environ.get(PASSPHRASE)
    login = os.environ.get(OPERATOR, DEMONSTRATION_LOGIN)
    try:
        centre = open_centre(place, login, passphrase or DEMONSTRATION_PASSPHRASE, around,
                             only_look=only_look)
    except RuleViolation as refusal:
        if passphrase is None and refusal.code == "passphrase_wrong":
            raise RuleViolation("passphrase_needed", "passphrase", operator=OPERATOR, passphrase=PASSPHRASE) from None
        raise
    try:
        yield Session(centre, centre.reads.centre().demonstration, centre.opened_by.login)
    finally:
        centre.close()
