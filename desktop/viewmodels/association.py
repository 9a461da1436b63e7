"""The association's side of the desk: how old its lists are, taking updates in, a supervisor's agreement."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Signal

from appraisal.domain.errors import EnvironmentFault, RuleViolation
from appraisal.domain.operator import Operator, Role
from appraisal.domain.staleness import Agreed
from appraisal.usecases.association_state import AssociationState
from desktop.tasks import Latest, Progress, Tasks
from desktop.viewmodels.working import Working


@dataclass(frozen=True, slots=True)
class Supervisor:
    """`asked`: their passphrase is, for it is not they who have signed in."""

    login: str
    name: str
    asked: bool


@dataclass(frozen=True, slots=True)
class AssociationCommands:
    """Each bound to the desk. All raise RuleViolation or EnvironmentFault."""

    state: Callable[[], AssociationState]
    take_updates: Callable[[str, Progress], Mapping[str, Any]]
    """From a folder, or the library's address."""
    agree: Callable[[Agreed, str, str, str], int]
    """What, why, login and passphrase of the supervisor; until when it holds, milliseconds since 1970."""
    supervisors: Callable[[], Sequence[Supervisor]]
    """The active ones; whoever has signed in comes first."""


class AssociationViewModel(Working):
    state_changed = Signal(object)
    """AssociationState."""
    supervisors_changed = Signal(object)
    """tuple[Supervisor, ...]."""
    updates_taken = Signal(object)
    """What was adopted, as `updates import --json` says it."""
    agreed = Signal(object)
    """Until when, milliseconds since 1970; of the clock, up to when the chain's times are disregarded."""
    agreement_refused = Signal(str, str, object)
    """Field, code and the details of its sentence."""

    def __init__(self, tasks: Tasks, commands: AssociationCommands) -> None:
        super().__init__()
        self._tasks, self._commands = tasks, commands
        self._asked, self._looked = Latest(), Latest()
        self._agreeing = False
        self.state: AssociationState | None = None

    def refresh(self) -> None:
        self._tasks.read(self._commands.state, lambda done: self._show(done.result()), self._asked)

    def ask_for_supervisors(self) -> None:
        self._tasks.read(lambda: tuple(self._commands.supervisors()),
                         lambda done: self.supervisors_changed.emit(done.result()), self._looked)

    def take_updates(self, source: str) -> None:
        """Beside the writer: a network may be slow."""
        if self.begin():
            self._agreeing = False
            self.follow(self._tasks.read_long(lambda progress: self._commands.take_updates(source, progress),
                                              self.ended(self.updates_taken), self.stepped.emit))

    def agree(self, what: Agreed, reason: str, login: str, passphrase: str) -> None:
        if self.begin():
            self._agreeing = True
            self._tasks.write(lambda: self._commands.agree(what, reason, login, passphrase), self.ended(self.agreed))

    def tell(self, problem: RuleViolation | EnvironmentFault) -> None:
        if self._agreeing and isinstance(problem, RuleViolation):
            self.agreement_refused.emit(problem.field, problem.code, problem.detail)
        else:
            super().tell(problem)

    def _show(self, state: AssociationState) -> None:
        self.state = state
        self.state_changed.emit(state)


def supervisors(operators: Iterable[Operator], signed_in: str) -> Sequence[Supervisor]:
    found = (Supervisor(one.login, one.name, one.login != signed_in) for one in operators
             if one.active and Role.SUPERVISOR in one.roles)
    return sorted(found, key=lambda one: (one.asked, one.login))
