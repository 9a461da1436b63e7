"""Marks 成绩: two people enter each; where both agree it is final; else a third settles it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from appraisal.domain.errors import RuleViolation
from appraisal.domain.events import Id, event
from appraisal.domain.judging import Judgement, MarkJudged, judgement, next_sheet, score
from appraisal.domain.scheme import Level, Subject


class Outcome(StrEnum):
    PASS = "PASS"
    FAIL = "FAIL"
    INCOMPLETE = "INCOMPLETE"
    VOID = "VOID"


class MarkState(StrEnum):
    PRESENT = "present"
    ABSENT = "absent"  # 缺考
    VOID = "void"      # 违纪, 作弊


@dataclass(frozen=True, slots=True)
class Mark:
    """One subject's result: a number out of 100 with at most two decimals, or why there is none."""

    state: MarkState
    value: Decimal | None = None

    def __post_init__(self) -> None:
        if (self.value is None) != (self.state is not MarkState.PRESENT):
            raise RuleViolation("mark_unreadable", "mark", typed=str(self.value))
        if self.value is not None and not (self.value.is_finite() and 0 <= self.value <= 100):
            raise RuleViolation("mark_out_of_range", "mark", mark=str(self.value))
        if self.value is not None and self.value != self.value.quantize(Decimal("0.01")):
            raise RuleViolation("mark_too_fine", "mark", mark=str(self.value))


@event("mark.entered")
@dataclass(frozen=True, slots=True)
class MarkEntered:
    enrolment: Id
    person: Id
    subject: str
    entry: int
    """1 or 2: the first or the second entry."""
    state: MarkState
    value: Decimal | None
    entered_by: Id


@event("mark.settled")
@dataclass(frozen=True, slots=True)
class MarkSettled:
    """A third person has decided between two entries that differ; the journal has the reason."""

    enrolment: Id
    person: Id
    subject: str
    state: MarkState
    value: Decimal | None
    settled_by: Id


@event("mark.carried")
@dataclass(frozen=True, slots=True)
class MarkCarried:
    """A subject passed at an earlier sitting counts at this one, a retake 补考: it is not examined again."""

    enrolment: Id
    person: Id
    subject: str
    value: Decimal
    earlier: Id
    """The enrolment in which it was passed."""


@event("mark.corrected")
@dataclass(frozen=True, slots=True)
class MarkCorrected:
    """A mark that counted was wrong: one asks for another, a second person agrees; the journal has the reason."""

    enrolment: Id
    person: Id
    subject: str
    state: MarkState
    value: Decimal | None
    asked_by: Id
    agreed_by: Id


@dataclass(frozen=True, slots=True)
class MarkSheet:
    """One candidate's entries in one batch, under the level that the enrolment is for."""

    enrolment: Id
    person: Id
    level: Level
    entries: tuple[MarkEntered, ...] = ()
    settled: tuple[MarkSettled, ...] = ()
    carried: tuple[MarkCarried, ...] = ()
    day: Mapping[str, MarkState] = field(default_factory=dict)
    """Subjects that the exam day has decided: absent, or void."""
    judged: tuple[MarkJudged, ...] = ()
    corrected: tuple[MarkCorrected, ...] = ()
    """Of each subject the last."""

    def enter(self, subject: str, entry: int, mark: Mark, entered_by: Id) -> MarkEntered:
        """Whoever made an entry may mend it until the other entry is there."""
        self._subject(subject)
        if any(one.subject == subject for one in self.judged):
            raise RuleViolation("mark_is_judged", "mark", subject=subject)
        if self.from_earlier(subject) is not None:
            raise RuleViolation("mark_carried", "mark", subject=subject)
        if (decided := self.from_day(subject)) is not None and decided != mark:
            raise RuleViolation(f"mark_of_{decided.state.value}", "mark", subject=subject)
        mine, other = self._entry(subject, entry), self._entry(subject, 3 - entry)
        if other is not None and other.entered_by == entered_by:
            raise RuleViolation("second_entry_needs_another_person", "mark")
        if mine is not None and (other is not None or mine.entered_by != entered_by):
            raise RuleViolation("mark_already_entered", "mark", subject=subject)
        return MarkEntered(self.enrolment, self.person, subject, entry, mark.state, mark.value, entered_by)

    def settle(self, subject: str, mark: Mark, settled_by: Id) -> MarkSettled:
        first, second = self._entry(subject, 1), self._entry(subject, 2)
        if any(s.subject == subject for s in self.settled):
            raise RuleViolation("mark_already_entered", "mark", subject=subject)
        if first is None or second is None or subject not in self.differing():
            raise RuleViolation("no_difference_to_settle", "mark", subject=subject)
        if settled_by in (first.entered_by, second.entered_by):
            raise RuleViolation("settling_needs_a_third_person", "mark")
        return MarkSettled(self.enrolment, self.person, subject, mark.state, mark.value, settled_by)

    def judge(self, subject: str, judge: str, scores: tuple[Decimal, ...], entered_by: Id) -> MarkJudged:
        asked = self._subject(subject)
        if self.from_earlier(subject) is not None:
            raise RuleViolation("mark_carried", "mark", subject=subject)
        if (decided := self.from_day(subject)) is not None:
            raise RuleViolation(f"mark_of_{decided.state.value}", "mark", subject=subject)
        if any(one.subject == subject for one in self.entries):
            raise RuleViolation("mark_already_entered", "mark", subject=subject)
        value = score(scores, asked)
        turn = next_sheet([one for one in self.judged if one.subject == subject], asked, judge)
        return MarkJudged(self.enrolment, self.person, subject, turn, judge.strip(), scores, value, entered_by)

    def judgement(self, subject: str) -> Judgement:
        return judgement((one for one in self.judged if one.subject == subject), self._subject(subject))

    def correct(self, subject: str, mark: Mark, asked_by: Id, agreed_by: Id) -> MarkCorrected:
        """Of a mark that counts already."""
        self._subject(subject)
        if (now := self.confirmed(subject)) is None:
            raise RuleViolation("mark_not_confirmed", "mark", subject=subject)
        if now == mark:
            raise RuleViolation("mark_unchanged", "mark", subject=subject)
        if asked_by == agreed_by:
            raise RuleViolation("correction_needs_another_person", "agreed_by")
        return MarkCorrected(self.enrolment, self.person, subject, mark.state, mark.value, asked_by, agreed_by)

    def from_earlier(self, subject: str) -> Mark | None:
        """The mark of an earlier sitting that counts here."""
        return next((Mark(MarkState.PRESENT, one.value) for one in self.carried if one.subject == subject), None)

    def from_day(self, subject: str) -> Mark | None:
        """Absent or void, where the exam day has decided it."""
        state = self.day.get(subject)
        return None if state is None or (state is MarkState.ABSENT and self.from_earlier(subject)) else Mark(state)

    def carry(self, earlier: "MarkSheet") -> tuple[MarkCarried, ...]:
        """What of an earlier sitting of the same person, scheme and level counts here: each subject that was passed
        there, and not only carried there in its turn."""
        passed = ((subject, earlier.confirmed(subject.code)) for subject in self.level.subjects
                  if self.from_earlier(subject.code) is None and earlier.from_earlier(subject.code) is None)
        return tuple(MarkCarried(self.enrolment, self.person, subject.code, mark.value, earlier.enrolment)
                     for subject, mark in passed
                     if mark is not None and mark.value is not None and mark.value >= subject.pass_mark)

    def entered(self, subject: str, entry: int) -> Mark | None:
        found = self._entry(subject, entry)
        return Mark(found.state, found.value) if found else None

    def confirmed(self, subject: str) -> Mark | None:
        """What was corrected last; else what the exam day voided, what an earlier sitting left, what a third person has
        settled; else what two entries agree on, or the judges' mean. Who is absent by the list and has a number all the
        same is a difference to settle."""
        if (corrected := next((one for one in self.corrected if one.subject == subject), None)) is not None:
            return Mark(corrected.state, corrected.value)
        decided = self.from_day(subject)
        if decided is not None and decided.state is MarkState.VOID:
            return decided
        settled = (Mark(one.state, one.value) for one in self.settled if one.subject == subject)
        return self.from_earlier(subject) or next(settled, None) or self._agreed(subject, decided)

    def _agreed(self, subject: str, absent: Mark | None) -> Mark | None:
        entries = [one for one in self.entries if one.subject == subject]
        judged = self.judgement(subject) if any(one.subject == subject for one in self.judged) else None
        if absent is not None:
            return None if judged or any(one.state is MarkState.PRESENT for one in entries) else absent
        if judged is not None:
            return None if judged.mean is None else Mark(MarkState.PRESENT, judged.mean)
        first, second = self._entry(subject, 1), self._entry(subject, 2)
        return Mark(first.state, first.value) if first and second and _same(first, second) else None

    def differing(self) -> tuple[str, ...]:
        return tuple(
            s.code for s in self.level.subjects
            if self._entry(s.code, 1) and self._entry(s.code, 2) and self.confirmed(s.code) is None)

    def outcome(self) -> Outcome:
        return outcome(self.level, {s.code: self.confirmed(s.code) for s in self.level.subjects})

    def _subject(self, code: str) -> Subject:
        for subject in self.level.subjects:
            if subject.code == code:
                return subject
        raise RuleViolation("subject_not_in_scheme", "subject", subject=code)

    def _entry(self, subject: str, entry: int) -> MarkEntered | None:
        return next((e for e in reversed(self.entries) if e.subject == subject and e.entry == entry), None)


def outcome(level: Level, marks: dict[str, Mark | None]) -> Outcome:
    """VOID if a required subject is void; else FAIL if one is absent or below; else INCOMPLETE if one is missing
    or unconfirmed; else PASS. Each subject passes by itself, never by an average; a scheme may ask for a
    weighted total besides. Source: the appraisal rules in docs/glossary.md, outcome 评价结果.
    """
    found = [(subject, marks.get(subject.code)) for subject in level.subjects]
    if any(mark and mark.state is MarkState.VOID for _, mark in found):
        return Outcome.VOID
    if any(mark and (mark.value is None or mark.value < subject.pass_mark) for subject, mark in found):
        return Outcome.FAIL
    if any(mark is None for _, mark in found):
        return Outcome.INCOMPLETE
    if level.total_pass is not None and total(level, marks) < level.total_pass:
        return Outcome.FAIL
    return Outcome.PASS


def total(level: Level, marks: dict[str, Mark | None]) -> Decimal:
    """Weighted total of the present marks, out of 100."""
    return sum((subject.weight * mark.value for subject in level.subjects
                if (mark := marks.get(subject.code)) and mark.value is not None), Decimal(0))


def _same(first: MarkEntered, second: MarkEntered) -> bool:
    return (first.state, first.value) == (second.state, second.value)
