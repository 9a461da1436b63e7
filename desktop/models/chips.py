"""States as values: a colour, a shape and a word, so that no one of the three has to be enough."""

from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication
from PySide6.QtGui import QColor

from desktop.theme import Tokens


class Tone(StrEnum):
    NEUTRAL = "neutral"
    INFO = "info"
    GOOD = "good"
    WARN = "warn"
    REFUSE = "refuse"

    def ink(self, tokens: Tokens) -> QColor:
        return QColor(tokens.text if self is Tone.NEUTRAL else str(getattr(tokens, self.value)))

    def ground(self, tokens: Tokens) -> QColor:
        return QColor(str(getattr(tokens, f"{self.value}_soft")))


class Shape(StrEnum):
    RING = "ring"
    HALF = "half"
    DISC = "disc"
    TICK = "tick"
    TRIANGLE = "triangle"
    CROSS = "cross"
    BAR = "bar"


@dataclass(frozen=True, slots=True)
class Chip:
    tone: Tone
    shape: Shape
    word: str


# PySide6's lupdate finds these texts by the macro's name; `_chip` translates the one that is asked for
_SYNC = {
    "saved": (Tone.NEUTRAL, Shape.RING, QT_TRANSLATE_NOOP("Chip", "Saved")),
    "on_stick": (Tone.INFO, Shape.HALF, QT_TRANSLATE_NOOP("Chip", "On stick")),
    "received": (Tone.INFO, Shape.DISC, QT_TRANSLATE_NOOP("Chip", "Received")),
    "accepted": (Tone.GOOD, Shape.TICK, QT_TRANSLATE_NOOP("Chip", "Accepted")),
    "needs_you": (Tone.WARN, Shape.TRIANGLE, QT_TRANSLATE_NOOP("Chip", "Needs you")),
}
_OUTCOMES = {
    "pass": (Tone.GOOD, Shape.TICK, QT_TRANSLATE_NOOP("Chip", "Pass")),
    "fail": (Tone.NEUTRAL, Shape.CROSS, QT_TRANSLATE_NOOP("Chip", "Fail")),
    "incomplete": (Tone.INFO, Shape.HALF, QT_TRANSLATE_NOOP("Chip", "Incomplete")),
    "void": (Tone.WARN, Shape.BAR, QT_TRANSLATE_NOOP("Chip", "Void")),
}
_MARKS = {
    "missing": (Tone.NEUTRAL, Shape.RING, QT_TRANSLATE_NOOP("Chip", "Missing")),
    "entered": (Tone.INFO, Shape.HALF, QT_TRANSLATE_NOOP("Chip", "Entered once")),
    "agreed": (Tone.GOOD, Shape.TICK, QT_TRANSLATE_NOOP("Chip", "Agreed")),
    "differs": (Tone.WARN, Shape.TRIANGLE, QT_TRANSLATE_NOOP("Chip", "Differs")),
}


def _chip(face: tuple[Tone, Shape, object]) -> Chip:
    tone, shape, word = face
    return Chip(tone, shape, QCoreApplication.translate("Chip", str(word)))


def sync_chip(state: str) -> Chip:
    """How far a record has come: saved, on_stick, received, accepted, needs_you. Raises KeyError for another."""
    return _chip(_SYNC[state])


def outcome_chip(outcome: str) -> Chip:
    """pass, fail, incomplete or void, in either case. Raises KeyError for another."""
    return _chip(_OUTCOMES[outcome.lower()])


def mark_chip(state: str) -> Chip:
    """How far a mark has come: missing, entered (once), agreed, differs. Raises KeyError for another."""
    return _chip(_MARKS[state])
