"""Operators 操作员 and their roles. Rights are asked in the use cases, never in the windows."""

from dataclasses import dataclass
from enum import StrEnum

from appraisal.domain.errors import RuleViolation
from appraisal.domain.events import Id, event


class Role(StrEnum):
    REGISTRAR = "registrar"                      # 报名受理
    REVIEWER = "reviewer"                        # 资格审核
    INVIGILATOR = "invigilator"                  # 考务监考
    MARKS_A = "marks_a"                          # 成绩初录
    MARKS_B = "marks_b"                          # 成绩复录
    MARKS_REVIEWER = "marks_reviewer"            # 成绩审核
    CERTIFICATE_OFFICER = "certificate_officer"  # 证书管理
    SUPERVISOR = "supervisor"                    # 考务负责人
    ADMINISTRATOR = "administrator"              # 系统管理, no business rights


MARKS_STAFF = frozenset({Role.MARKS_A, Role.MARKS_B, Role.MARKS_REVIEWER})
SHORTEST_PASSPHRASE = 10
"""Characters. Ours: NIST SP 800-63B asks 8 at least and 15 where nothing else guards; the key here is argon2id's."""


@event("operator.enrolled", sealed=("name",), local=True)
@dataclass(frozen=True, slots=True)
class OperatorEnrolled:
    person: Id
    login: str
    roles: tuple[Role, ...]
    name: str


@event("operator.roles_changed", local=True)
@dataclass(frozen=True, slots=True)
class OperatorRolesChanged:
    person: Id
    roles: tuple[Role, ...]


@event("operator.withdrawn", local=True)
@dataclass(frozen=True, slots=True)
class OperatorWithdrawn:
    person: Id


@dataclass(frozen=True, slots=True)
class Operator:
    id: Id
    login: str
    name: str
    roles: frozenset[Role]
    active: bool = True

    def require(self, *any_of: Role) -> None:
        if not self.active:
            raise RuleViolation("operator_withdrawn", "operator", login=self.login)
        if self.roles.isdisjoint(any_of):
            raise RuleViolation("right_missing", "operator", login=self.login, roles=" / ".join(any_of))


def check_roles(roles: frozenset[Role]) -> None:
    """An administrator looks after the installation and takes no part in the appraisal; whoever enters marks does not
    stand at the door of the exam."""
    if not roles:
        raise RuleViolation("role_missing", "roles")
    if Role.ADMINISTRATOR in roles and len(roles) > 1:
        raise RuleViolation("administrator_has_no_business_rights", "roles")
    if Role.INVIGILATOR in roles and not roles.isdisjoint(MARKS_STAFF):
        raise RuleViolation("marks_staff_not_exam_staff", "roles")
