"""Operators and their roles."""

from appraisal.domain.operator import OperatorEnrolled, OperatorRolesChanged, OperatorWithdrawn, Role
from db.projections.apply import Apply, Projection
from db.schema import operator


def _roles(roles: tuple[Role, ...]) -> str:
    return ",".join(sorted(roles))


def enrolled(do: Apply, e: OperatorEnrolled) -> None:
    do.add(operator, id=e.person, login=e.login, name=e.name, roles=_roles(e.roles), active=True)


def roles_changed(do: Apply, e: OperatorRolesChanged) -> None:
    do.change(operator, {"id": e.person}, roles=_roles(e.roles))


def withdrawn(do: Apply, e: OperatorWithdrawn) -> None:
    do.change(operator, {"id": e.person}, active=False)


PROJECTIONS: dict[type, Projection] = {
    OperatorEnrolled: enrolled, OperatorRolesChanged: roles_changed, OperatorWithdrawn: withdrawn}
