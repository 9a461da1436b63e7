"""The administrator enrols operators, changes their roles, withdraws them."""

from dataclasses import dataclass

from appraisal.domain.errors import RuleViolation
from appraisal.domain.events import Id
from appraisal.domain.operator import (
    Operator,
    OperatorEnrolled,
    OperatorRolesChanged,
    OperatorWithdrawn,
    Role,
    check_roles,
)
from appraisal.usecases.ports import Desk, Work


@dataclass(frozen=True, slots=True)
class EnrolOperator:
    login: str
    name: str
    roles: frozenset[Role]
    operator: Id


def enrol_operator(command: EnrolOperator, desk: Desk) -> Id:
    check_roles(command.roles)
    for field, value in (("login", command.login), ("name", command.name)):
        if not value.strip():
            raise RuleViolation("field_missing", field)
    with desk.work(command.operator) as work:
        work.operator.require(Role.ADMINISTRATOR)
        if work.operators.by_login(command.login) is not None:
            raise RuleViolation("login_taken", "login", login=command.login)
        enrolled = work.new_id()
        work.record(OperatorEnrolled(enrolled, command.login, tuple(sorted(command.roles)), command.name))
    return enrolled


@dataclass(frozen=True, slots=True)
class ChangeRoles:
    login: str
    roles: frozenset[Role]
    operator: Id


def change_roles(command: ChangeRoles, desk: Desk) -> None:
    check_roles(command.roles)
    with desk.work(command.operator) as work:
        work.operator.require(Role.ADMINISTRATOR)
        other = _active(work, command.login)
        if Role.ADMINISTRATOR not in command.roles and work.operators.holding(Role.ADMINISTRATOR) == [other]:
            raise RuleViolation("last_administrator", "roles")
        work.record(OperatorRolesChanged(other.id, tuple(sorted(command.roles))))


@dataclass(frozen=True, slots=True)
class WithdrawOperator:
    login: str
    why: str
    operator: Id


def withdraw_operator(command: WithdrawOperator, desk: Desk) -> None:
    if not command.why.strip():
        raise RuleViolation("reason_missing", "why")
    with desk.work(command.operator) as work:
        work.operator.require(Role.ADMINISTRATOR)
        other = _active(work, command.login)
        if other.id == command.operator:
            raise RuleViolation("nobody_withdraws_themselves", "login")
        work.record(OperatorWithdrawn(other.id), why=command.why)


def _active(work: Work, login: str) -> Operator:
    found = work.operators.by_login(login)
    if found is None:
        raise RuleViolation("unknown_operator", "login")
    if not found.active:
        raise RuleViolation("operator_withdrawn", "login", login=login)
    return found
