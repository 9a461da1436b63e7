"""State of the Administration page: the operators, what each may do about them, copies of the data."""

from collections.abc import Callable, Sequence
from concurrent.futures import Future
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol

from PySide6.QtCore import QObject, Signal

from appraisal.domain.errors import EnvironmentFault, RuleViolation
from appraisal.domain.events import Id
from appraisal.domain.operator import Operator, Role
from appraisal.usecases.enrol_operator import ChangeRoles, EnrolOperator, WithdrawOperator
from desktop.staff import StaffRow
from desktop.tasks import Tasks
from desktop.viewmodels.administration_gaps import Gaps, gaps_of


class StaffRoom(Protocol):
    """desktop.staff.Staff."""

    def rows(self) -> Sequence[StaffRow]: ...
    def enrol(self, command: EnrolOperator, passphrase: str) -> Id: ...
    def change_roles(self, command: ChangeRoles) -> None: ...
    def withdraw(self, command: WithdrawOperator) -> None: ...
    def give_passphrase(self, login: str, passphrase: str, operator: Id) -> None: ...
    def change_passphrase(self, login: str, old: str, new: str) -> None: ...
    def clear_left_keys(self, operator: Id) -> Sequence[str]: ...


class Backups(Protocol):
    def make(self, folder: Path) -> Path:
        """A copy in a new folder within `folder`; where it is."""
    def last(self) -> datetime | None: ...


class AdministrationViewModel(QObject):
    rows_changed = Signal(object)
    """tuple[StaffRow, ...]"""
    done = Signal(str, str)
    """enrolled, roles, withdrawn, given or own; and whose login."""
    refused = Signal(str, str, object)
    """Code, field (of EnrolOperator or WithdrawOperator; passphrase, again, old) and the details of its sentence."""
    failed = Signal(object)
    """The EnvironmentFault."""
    busy_changed = Signal(bool)
    backed_up = Signal(str)
    """Where the copy is."""
    backup_failed = Signal(object)
    """RuleViolation or EnvironmentFault."""

    def __init__(self, staff: StaffRoom, me: Operator, backups: Backups, tasks: Tasks) -> None:
        super().__init__()
        self._staff, self.me, self._backups, self.tasks = staff, me, backups, tasks
        self.rows: tuple[StaffRow, ...] = ()
        self.last_backup: datetime | None = None
        self.busy = False

    @property
    def may_change(self) -> bool:
        """For the look of the page only: the use cases ask again."""
        return Role.ADMINISTRATOR in self.me.roles

    def gaps(self) -> Gaps:
        return gaps_of(self.rows)

    def row(self, record: str) -> StaffRow | None:
        return next((one for one in self.rows if one.id == record), None)

    def load(self, ids: Sequence[str]) -> Sequence[StaffRow]:
        """For the table's model."""
        wanted = frozenset(ids)
        return [one for one in self.rows if one.id in wanted]

    def sorted_ids(self, key: str = "", *, descending: bool = False) -> list[str]:
        """By login or name; without a key as they are, who is active first."""
        rows = sorted(self.rows, key=lambda one: str(getattr(one, key)), reverse=descending) if key else self.rows
        return [one.id for one in rows]

    def refresh(self) -> None:
        def look() -> tuple[tuple[StaffRow, ...], datetime | None]:
            if self.may_change:
                self._staff.clear_left_keys(self.me.id)
            return tuple(self._staff.rows()), self._backups.last()

        self.tasks.write(look, self._on_rows)

    def enrol(self, login: str, name: str, roles: frozenset[Role], passphrase: str, again: str) -> None:
        if self._agree(passphrase, again):
            command = EnrolOperator(login.strip(), name.strip(), roles, self.me.id)
            self._start(lambda: self._staff.enrol(command, passphrase), "enrolled", login.strip())

    def change_roles(self, login: str, roles: frozenset[Role]) -> None:
        self._start(lambda: self._staff.change_roles(ChangeRoles(login, roles, self.me.id)), "roles", login)

    def withdraw(self, login: str, why: str) -> None:
        self._start(lambda: self._staff.withdraw(WithdrawOperator(login, why.strip(), self.me.id)), "withdrawn", login)

    def give_passphrase(self, login: str, passphrase: str, again: str) -> None:
        if self._agree(passphrase, again):
            self._start(lambda: self._staff.give_passphrase(login, passphrase, self.me.id), "given", login)

    def change_own(self, old: str, new: str, again: str) -> None:
        if not old:
            self.refused.emit("form_passphrase_missing", "old", {})
        elif self._agree(new, again):
            self._start(lambda: self._staff.change_passphrase(self.me.login, old, new), "own", self.me.login)

    def back_up(self, folder: Path) -> None:
        if not self.busy:
            self._set_busy(busy=True)
            self.tasks.write(lambda: self._backups.make(folder), self._on_backup)

    def _agree(self, passphrase: str, again: str) -> bool:
        if not passphrase:
            self.refused.emit("form_passphrase_missing", "passphrase", {})
        elif passphrase != again:
            self.refused.emit("form_passphrases_differ", "again", {})
        else:
            return True
        return False

    def _start(self, work: Callable[[], Any], what: str, login: str) -> None:
        if not self.busy:
            self._set_busy(busy=True)
            self.tasks.write(work, lambda done: self._on_done(done, what, login))

    def _on_done(self, done: "Future[Any]", what: str, login: str) -> None:
        self._set_busy(busy=False)
        try:
            done.result()
        except RuleViolation as refusal:
            self.refused.emit(refusal.code, refusal.field, refusal.detail)
        except EnvironmentFault as fault:
            self.failed.emit(fault)
            self.refresh()  # an operator may be enrolled without a key
        else:
            self.done.emit(what, login)
            self.refresh()

    def _on_rows(self, done: "Future[tuple[tuple[StaffRow, ...], datetime | None]]") -> None:
        try:
            self.rows, self.last_backup = done.result()
        except EnvironmentFault as fault:
            self.failed.emit(fault)
        else:
            self.rows_changed.emit(self.rows)

    def _on_backup(self, done: "Future[Path]") -> None:
        self._set_busy(busy=False)
        try:
            self.backed_up.emit(str(done.result()))
        except (RuleViolation, EnvironmentFault) as problem:
            self.backup_failed.emit(problem)
        else:
            self.refresh()

    def _set_busy(self, *, busy: bool) -> None:
        self.busy = busy
        self.busy_changed.emit(busy)
