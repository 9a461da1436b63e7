"""Words of a batch: its states, steps and dated nodes."""

from datetime import date

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication, QDate, QLocale

from appraisal.domain.batch import BatchState
from appraisal.domain.scheme import Scheme
from appraisal.sheets.wording import value_word
from desktop.i18n import current_language
from desktop.models.chips import Chip, Shape, Tone

_FACES = {
    BatchState.DRAFT: (Tone.NEUTRAL, Shape.RING), BatchState.FILED: (Tone.NEUTRAL, Shape.HALF),
    BatchState.PUBLISHED: (Tone.INFO, Shape.RING), BatchState.CLOSED: (Tone.INFO, Shape.HALF),
    BatchState.SEATED: (Tone.INFO, Shape.HALF), BatchState.EXAMINING: (Tone.INFO, Shape.DISC),
    BatchState.MARKING: (Tone.INFO, Shape.DISC), BatchState.PUBLICISED: (Tone.WARN, Shape.DISC),
    BatchState.CERTIFYING: (Tone.GOOD, Shape.HALF), BatchState.ARCHIVED: (Tone.NEUTRAL, Shape.TICK),
    BatchState.CANCELLED: (Tone.NEUTRAL, Shape.BAR)}

_NODES = {
    "plan": QT_TRANSLATE_NOOP("Batch", "Plan filed"),
    "registration_closes": QT_TRANSLATE_NOOP("Batch", "Enrolment closes"),
    "seating": QT_TRANSLATE_NOOP("Batch", "Seating"), "papers": QT_TRANSLATE_NOOP("Batch", "Papers ready"),
    "exam": QT_TRANSLATE_NOOP("Batch", "Exam"), "marks": QT_TRANSLATE_NOOP("Batch", "Marks entered"),
    "publicity": QT_TRANSLATE_NOOP("Batch", "Publicity starts"),
    "publicity_ends": QT_TRANSLATE_NOOP("Batch", "Publicity may be closed"),
    "certificates": QT_TRANSLATE_NOOP("Batch", "Certificates issued"),
    "archive": QT_TRANSLATE_NOOP("Batch", "Archived")}

_STEPS = {
    BatchState.FILED: QT_TRANSLATE_NOOP("Batch", "&File the plan"),
    BatchState.PUBLISHED: QT_TRANSLATE_NOOP("Batch", "&Open enrolment"),
    BatchState.CLOSED: QT_TRANSLATE_NOOP("Batch", "&Close enrolment"),
    BatchState.SEATED: QT_TRANSLATE_NOOP("Batch", "&Confirm the seating"),
    BatchState.EXAMINING: QT_TRANSLATE_NOOP("Batch", "&Start the exam"),
    BatchState.MARKING: QT_TRANSLATE_NOOP("Batch", "&Begin the marking"),
    BatchState.PUBLICISED: QT_TRANSLATE_NOOP("Batch", "&Open the publicity"),
    BatchState.CERTIFYING: QT_TRANSLATE_NOOP("Batch", "&Close the publicity"),
    BatchState.ARCHIVED: QT_TRANSLATE_NOOP("Batch", "&Archive the batch")}


def batch_chip(state: str) -> Chip:
    return Chip(*_FACES[BatchState(state)], value_word(state, current_language()))


def node_word(node: str) -> str:
    return QCoreApplication.translate("Batch", str(_NODES[node]))


def step_word(to: BatchState) -> str:
    """What the step into `to` is called on its button."""
    return QCoreApplication.translate("Batch", str(_STEPS[to]))


def day_word(day: date, *, year: bool = False) -> str:
    """`12-12 Sat`, `12-12 周六`; with its year where a list goes over several."""
    return QLocale().toString(QDate(day.year, day.month, day.day), "yyyy-MM-dd" if year else "MM-dd ddd")


def scheme_word(scheme: Scheme) -> str:
    return scheme.name.zh if current_language() == "zh_CN" else scheme.name.en
