"""The first entries of a new desk: the centre, and its first operators."""

from dataclasses import dataclass

from appraisal.domain.centre import CentreFounded
from appraisal.domain.certificate import Bilingual
from appraisal.domain.errors import RuleViolation
from appraisal.domain.events import Id
from appraisal.domain.operator import OperatorEnrolled, Role, check_roles
from appraisal.usecases.ports import Desk


@dataclass(frozen=True, slots=True)
class FirstOperator:
    login: str
    name: str
    roles: frozenset[Role]


@dataclass(frozen=True, slots=True)
class FoundCentre:
    code: str
    name: Bilingual
    host: str
    operators: tuple[FirstOperator, ...]
    """At least one administrator, who enrols the others later."""
    demonstration: bool = False


def found_centre(command: FoundCentre, desk: Desk) -> Id:
    """Returns the centre's id. The founding entries name no operator: there is none yet."""
    _check(command)
    with desk.work("") as work:
        centre = work.new_id()
        work.record(CentreFounded(centre, command.code.strip(), command.name, command.host, command.demonstration))
        for one in command.operators:
            work.record(OperatorEnrolled(work.new_id(), one.login, tuple(sorted(one.roles)), one.name))
    return centre


def _check(command: FoundCentre) -> None:
    for field, value in (("code", command.code), ("name_zh", command.name.zh), ("name_en", command.name.en),
                         ("host", command.host)):
        if not value.strip():
            raise RuleViolation("field_missing", field)
    if not any(Role.ADMINISTRATOR in one.roles for one in command.operators):
        raise RuleViolation("administrator_missing", "operators")
    logins = [one.login for one in command.operators]
    if len(set(logins)) != len(logins):
        raise RuleViolation("login_taken", "operators", login=max(logins, key=logins.count))
    for one in command.operators:
        if not one.login.strip() or not one.name.strip():
            raise RuleViolation("field_missing", "operators")
        check_roles(one.roles)
