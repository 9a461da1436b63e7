"""Operators and their keys: an event in the journal and a slot in the key file, which no one transaction spans.

The event comes first, the slot second; what a crash between them leaves is shown and mended:

- enrolled without a slot: the operator cannot sign in. Their row says so, and the administrator gives the passphrase
  (`give_passphrase`). The other order could put a stranger's passphrase on a login that the rules then refuse.
- withdrawn with a slot left: signing in is refused all the same, since it asks the operator too. The slot goes when an
  administrator next looks at the operators (`clear_left_keys`). The other order could leave a refused withdrawal
  with its key gone.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from appraisal.domain.errors import EnvironmentFault, RuleViolation
from appraisal.domain.events import Id
from appraisal.domain.operator import SHORTEST_PASSPHRASE, Operator, Role
from appraisal.usecases.enrol_operator import (
    ChangeRoles,
    EnrolOperator,
    WithdrawOperator,
    change_roles,
    enrol_operator,
    withdraw_operator,
)
from appraisal.usecases.ports import Desk


class Operators(Protocol):
    """The part of Reads that is asked here."""

    def operators(self) -> Sequence[Operator]: ...


class Keys(Protocol):
    """The key slots, by login."""

    def logins(self) -> Sequence[str]: ...
    def open(self, login: str, passphrase: str) -> bytes: ...
    def withdraw(self, login: str) -> None: ...


@dataclass(frozen=True, slots=True)
class StaffRow:
    id: Id
    login: str
    name: str
    roles: frozenset[Role]
    active: bool
    has_key: bool


class Staff:
    """Everything raises RuleViolation for a refusal, EnvironmentFault where the disk refuses."""

    def __init__(self, desk: Desk, reads: Operators, keys: Keys, add_key: Callable[[str, str], None]) -> None:
        """`add_key(login, passphrase)` makes a slot, or puts a new passphrase on the one that is there."""
        self._desk, self._reads, self._keys, self._add_key = desk, reads, keys, add_key

    def rows(self) -> tuple[StaffRow, ...]:
        """The active ones first, by login."""
        keys = frozenset(self._keys.logins())
        made = (StaffRow(one.id, one.login, one.name, one.roles, one.active, one.login in keys)
                for one in self._reads.operators())
        return tuple(sorted(made, key=lambda one: (not one.active, one.login)))

    def enrol(self, command: EnrolOperator, passphrase: str) -> Id:
        _check_length(passphrase)
        command = replace(command, login=command.login.strip(), name=command.name.strip())
        enrolled = enrol_operator(command, self._desk)
        try:
            self._add_key(command.login, passphrase)
        except EnvironmentFault as fault:
            reason = fault.detail.get("reason", fault.code)
            raise EnvironmentFault("operator_without_key", login=command.login, reason=reason) from fault
        return enrolled

    def change_roles(self, command: ChangeRoles) -> None:
        change_roles(command, self._desk)

    def withdraw(self, command: WithdrawOperator) -> None:
        if tuple(self._keys.logins()) == (command.login,):
            raise RuleViolation("last_key_slot", "login")
        withdraw_operator(command, self._desk)
        self._keys.withdraw(command.login)

    def give_passphrase(self, login: str, passphrase: str, operator: Id) -> None:
        """For an active operator without a slot, by an administrator: nobody takes over an account that works."""
        _check_length(passphrase)
        self._one(lambda one: one.id == operator).require(Role.ADMINISTRATOR)
        if not self._one(lambda one: one.login == login).active:
            raise RuleViolation("operator_withdrawn", "login", login=login)
        if login in self._keys.logins():
            raise RuleViolation("operator_has_key", "login", login=login)
        self._add_key(login, passphrase)

    def change_passphrase(self, login: str, old: str, new: str) -> None:
        """One's own."""
        _check_length(new)
        if new == old:
            raise RuleViolation("passphrase_unchanged", "passphrase")
        try:
            self._keys.open(login, old)
        except RuleViolation as refusal:
            raise RuleViolation("old_passphrase_wrong", "old") from refusal
        self._add_key(login, new)

    def clear_left_keys(self, operator: Id) -> tuple[str, ...]:
        """Take away the slots that a withdrawal cut short has left; their logins. Nothing for who may not."""
        by_id = {one.id: one for one in self._reads.operators()}
        if operator not in by_id or Role.ADMINISTRATOR not in by_id[operator].roles:
            return ()
        withdrawn = {one.login for one in by_id.values() if not one.active}
        left = tuple(login for login in self._keys.logins() if login in withdrawn)
        for login in left:
            self._keys.withdraw(login)
        return left

    def _one(self, wanted: Callable[[Operator], bool]) -> Operator:
        for one in self._reads.operators():
            if wanted(one):
                return one
        raise RuleViolation("unknown_operator", "login")


def _check_length(passphrase: str) -> None:
    if len(passphrase) < SHORTEST_PASSPHRASE:
        raise RuleViolation("passphrase_short", "passphrase", shortest=SHORTEST_PASSPHRASE)
