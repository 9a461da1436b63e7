"""Entries that write over one another, and what a table says after them: the newest by the hybrid clock.

Entries are applied as they come. Where an older one came after a newer one, the newer is recorded once more in the
library's own chain, so that the tables are what they would be in the order of time.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from appraisal.domain.consent import ConsentGiven, ConsentWithdrawn
from appraisal.domain.enrolment import EnrolmentChecked, EnrolmentReviewed, EnrolmentSeated, EnrolmentSubmitted
from appraisal.domain.exam_day import (
    AttendanceRecorded,
    IncidentVoided,
    SessionPlaced,
)
from appraisal.domain.glyph import GlyphDrawn
from appraisal.domain.judging import MarkJudged
from appraisal.domain.marks import MarkCarried, MarkCorrected, MarkEntered, MarkSettled
from appraisal.domain.numbers import CertificateNumberGiven
from appraisal.domain.person import CandidateLinked, DocumentRecorded, PhotoAttached
from appraisal.domain.publicity import ObjectionSettled, RecheckAnswered
from library.merging import Known

Stream = tuple[str, ...]
Writes = dict[str, Any]


_STREAM: dict[type, Callable[[Any], Stream]] = {
    PhotoAttached: lambda _: ("photo",),
    DocumentRecorded: lambda e: ("document", e.document.number),
    CandidateLinked: lambda _: ("linked",),
    GlyphDrawn: lambda e: ("glyph", e.glyph.character),
    ConsentGiven: lambda e: ("consent", e.purpose.value),
    ConsentWithdrawn: lambda e: ("consent", e.purpose.value),
    EnrolmentSubmitted: lambda e: ("enrolment", e.enrolment),
    EnrolmentReviewed: lambda e: ("enrolment", e.enrolment),
    EnrolmentSeated: lambda e: ("enrolment", e.enrolment),
    EnrolmentChecked: lambda e: ("checked", e.enrolment),
    MarkEntered: lambda e: ("mark", e.enrolment, e.subject, str(e.entry)),
    MarkSettled: lambda e: ("settled", e.enrolment, e.subject),
    MarkCarried: lambda e: ("carried", e.enrolment, e.subject),
    MarkJudged: lambda e: ("judged", e.enrolment, e.subject, str(e.turn), e.judge),
    MarkCorrected: lambda e: ("corrected", e.enrolment, e.subject),
    SessionPlaced: lambda e: ("placed", e.enrolment, e.session),
    AttendanceRecorded: lambda e: ("attendance", e.enrolment, e.session),
    IncidentVoided: lambda e: ("incident", e.incident),
    CertificateNumberGiven: lambda e: ("number", e.enrolment),
    ObjectionSettled: lambda e: ("objection", e.objection),
    RecheckAnswered: lambda e: ("recheck", e.recheck)}
_WRITES: dict[type, Callable[[Any, str | None], Writes]] = {
    PhotoAttached: lambda e, _: {"photo": e.attachment},
    DocumentRecorded: lambda e, _: {"document": (e.document.kind, e.document.nationality, e.document.current)},
    CandidateLinked: lambda e, _: {"same_as": e.same_as},
    GlyphDrawn: lambda e, _: {"picture": e.glyph.picture},
    ConsentGiven: lambda e, _: {"given": True, "terms": (e.recipient, e.text_version, e.means)},
    ConsentWithdrawn: lambda _, __: {"given": False},
    EnrolmentSubmitted: lambda e, _: {
        "what": (e.batch, e.level, e.job, e.condition, e.exam_type, e.entered_by), "state": "submitted"},
    EnrolmentReviewed: lambda e, why: {"review": (e.reviewed_by, why), "state": e.decision.value},
    EnrolmentSeated: lambda e, _: {"seat": (e.admission_number, e.room, e.seat), "state": "seated"},
    EnrolmentChecked: lambda e, _: {"checked": (e.seen, e.payment, e.receipt)},
    MarkEntered: lambda e, _: {"mark": (e.state, e.value, e.entered_by)},
    MarkSettled: lambda e, why: {"mark": (e.state, e.value, e.settled_by, why)},
    MarkCarried: lambda e, _: {"mark": (e.value, e.earlier)},
    MarkJudged: lambda e, _: {"mark": (e.scores, e.value, e.entered_by)},
    MarkCorrected: lambda e, why: {"mark": (e.state, e.value, e.asked_by, e.agreed_by, why)},
    SessionPlaced: lambda e, _: {"place": (e.room, e.seat)},
    AttendanceRecorded: lambda e, why: {"came": (e.subjects, e.state, e.minutes, e.recorded_by, why)},
    IncidentVoided: lambda _, why: {"voided": why},
    CertificateNumberGiven: lambda e, _: {"number": (e.number, e.face_date)},
    ObjectionSettled: lambda e, why: {"upheld": (e.upheld, why)},
    RecheckAnswered: lambda e, _: {"answer": (e.findings, e.answered_by, e.text)}}


def stream_of(event: Any) -> Stream | None:
    """What the event writes over; None for one that stands for itself or is merged otherwise."""
    found = _STREAM.get(type(event))
    return found(event) if found else None


def writes(one: Known) -> Writes:
    """What it leaves in a table, by parts that later entries of its stream may write over."""
    return _WRITES[type(one.event)](one.event, one.why)


def after(entries: Iterable[Known]) -> Writes:
    """What stands after them, in that order."""
    standing: Writes = {}
    for one in entries:
        standing |= writes(one)
    return standing


def in_time(entries: Iterable[Known]) -> list[Known]:
    return sorted(entries, key=lambda one: one.stamp)


def needed(entries: Sequence[Known]) -> list[Known]:
    """The few of `entries` that leave the same behind as all of them, in that order."""
    found: list[Known] = []
    later: set[str] = set()
    for one in reversed(entries):
        named = writes(one).keys()
        if not named <= later:
            found.append(one)
            later |= named
    return found[::-1]
