"""`operators list`, `operators enrol`, `operators withdraw`."""

from collections.abc import Iterable
from typing import Any

from appraisal.domain.errors import RuleViolation
from appraisal.domain.operator import Role
from appraisal.usecases.enrol_operator import EnrolOperator, WithdrawOperator
from db.centre import Centre
from db.terminal import Passphrases
from desktop.commands.answer import Answer
from desktop.errors import sentence
from desktop.session import Session
from desktop.staff import Staff, StaffRow


def staff_of(centre: Centre) -> Staff:
    return Staff(centre.desk, centre.reads, centre.slots, centre.add_slot)


def list_operators(session: Session) -> Answer:
    rows = staff_of(session.centre).rows()
    return Answer({"operators": [_plain(one) for one in rows]}, [_line(one) for one in rows])


def enrol(session: Session, login: str, name: str, roles: Iterable[str], passphrases: Passphrases) -> Answer:
    """Raises RuleViolation unknown_role, and whatever the use case refuses; EnvironmentFault no_terminal."""
    chosen = frozenset(_role(one) for one in roles)
    command = EnrolOperator(login, name, chosen, session.operator(Role.ADMINISTRATOR))
    enrolled = staff_of(session.centre).enrol(command, passphrases.ask_new(command.login))
    return Answer({"operator": enrolled, "login": login.strip(), "roles": sorted(chosen)},
                  [sentence("operator_enrolled", {"login": login.strip(), "roles": " / ".join(sorted(chosen))})])


def withdraw(session: Session, login: str, why: str) -> Answer:
    staff_of(session.centre).withdraw(WithdrawOperator(login.strip(), why, session.operator(Role.ADMINISTRATOR)))
    return Answer({"login": login.strip(), "active": False}, [sentence("operator_left", {"login": login.strip()})])


def _role(word: str) -> Role:
    try:
        return Role(word)
    except ValueError:
        raise RuleViolation("unknown_role", "roles", role=word, known=", ".join(Role)) from None


def _plain(one: StaffRow) -> dict[str, Any]:
    return {"login": one.login, "name": one.name, "roles": sorted(one.roles), "active": one.active,
            "has_key": one.has_key}


def _line(one: StaffRow) -> str:
    state = "active" if one.active and one.has_key else "without_key" if one.active else "withdrawn"
    words = " / ".join(sentence(f"value.{role}") for role in sorted(one.roles))
    return f"{one.login}  {one.name}  {words}  {sentence(f'staff.{state}')}"
