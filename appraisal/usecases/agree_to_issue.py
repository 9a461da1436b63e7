"""A supervisor takes it upon themselves: certificates by old lists for some days, or that the clock is right now."""

from dataclasses import dataclass

from appraisal.domain.errors import RuleViolation
from appraisal.domain.events import Id
from appraisal.domain.operator import Role
from appraisal.domain.staleness import DAY_MS, Agreed, Grade, IssuingAgreed, Policy
from appraisal.usecases.ports import Desk


@dataclass(frozen=True, slots=True)
class AgreeToIssue:
    what: Agreed
    reason: str
    operator: Id


def agree_to_issue(command: AgreeToIssue, desk: Desk, policy: Policy | None = None) -> int:
    """Until when it holds, milliseconds since 1970; of the clock, up to when the chain's times are disregarded.

    Raises RuleViolation agreement_reason_missing; agreement_not_needed, lists_too_old; clock_behind_association, where
    it is the association's own word that is ahead of the clock.
    """
    policy = policy or Policy()
    with desk.work(command.operator) as work:
        work.operator.require(Role.SUPERVISOR)
        if not command.reason.strip():
            raise RuleViolation("agreement_reason_missing", "reason")
        times = work.times
        late = times.signed - times.now
        if late > policy.clock_minutes * 60_000:
            raise RuleViolation("clock_behind_association", "clock", minutes=late // 60_000)
        if command.what is Agreed.CLOCK:
            needed, until = times.behind(policy) > 0, times.own
        else:
            grade = times.grade(policy)
            if grade is Grade.STOPS:
                raise RuleViolation("lists_too_old", "lists", days=times.days, most=policy.stop_days)
            needed, until = grade is Grade.ASKS, times.now + policy.agreement_days * DAY_MS
        if not needed:
            raise RuleViolation("agreement_not_needed", "what")
        work.record(IssuingAgreed(work.new_id(), command.what, until, work.operator.id), why=command.reason.strip())
    return until
