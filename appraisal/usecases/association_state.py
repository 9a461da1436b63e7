"""Where a desk stands with its association: how old its lists are, what numbers are left, what the library knows."""

from dataclasses import dataclass

from appraisal.domain.errors import RuleViolation
from appraisal.domain.events import Id
from appraisal.domain.staleness import Grade, Policy, Times, may_issue
from appraisal.usecases.issue_certificates import ISSUING

LOW_SHARE = 5
"""Numbers are few from here on: less than a fifth of a block. The library gives another from the same point on."""


@dataclass(frozen=True, slots=True)
class NumbersLeft:
    """Of one scheme, in the blocks that this epoch may use."""

    scheme: str
    left: int
    block: int
    """Numbers in the newest block."""

    @property
    def few(self) -> bool:
        return self.left * LOW_SHARE < self.block


@dataclass(frozen=True, slots=True)
class ChainKnown:
    """The chain that the desk writes now."""

    library: int
    """The last entry that the library named in a receipt; 0: none."""
    here: int


@dataclass(frozen=True, slots=True)
class AssociationState:
    library: Id | None
    """None: no association has granted this desk."""
    root: bool
    """Whether its updates can be checked: the grant had their root."""
    demonstration: bool
    times: Times
    trust_version: int
    trust_issued: int | None
    """Milliseconds since 1970."""
    statuses_issued: int | None
    """Of the oldest status list in force, milliseconds since 1970."""
    numbers: tuple[NumbersLeft, ...]
    chain: ChainKnown
    held: int
    """Entries that wait for an officer of the association."""
    lacking: int
    """Entries of this desk that the library has and this copy has not."""
    address: str = ""
    """Of the library over HTTPS, where it is known."""

    @property
    def few(self) -> tuple[NumbersLeft, ...]:
        return tuple(one for one in self.numbers if one.few)


AGREED, NUMBERS_FEW, ALL_WELL = "lists_agreed", "numbers_few", ""


def next_step(state: AssociationState, policy: Policy = ISSUING) -> str:
    """Code of what has to be done next: what stops or asks first, then what will; empty where nothing has. A
    demonstration, whose clock is moved by hand, is asked for neither lists nor clock."""
    if state.library is None:
        return ALL_WELL
    warned = None
    if not state.demonstration:
        try:
            warned = may_issue(state.times, policy)
        except RuleViolation as refusal:
            return refusal.code
    if warned and state.times.grade(policy) is Grade.ASKS:
        return AGREED
    return warned or (NUMBERS_FEW if state.few else ALL_WELL)
