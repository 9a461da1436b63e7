"""States as values: a colour, a shape and a word, so that no one of the three has to be enough."""

from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QCoreApplication
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


def sync_chip(state: str) -> Chip:
    """How far a record has come: saved, on_stick, received, accepted, needs_you. Raises KeyError for another."""
    translate = QCoreApplication.translate
    return {
        "saved": Chip(Tone.NEUTRAL, Shape.RING, translate("Chip", "Saved")),
        "on_stick": Chip(Tone.INFO, Shape.HALF, translate("Chip", "On stick")),
        "received": Chip(Tone.INFO, Shape.DISC, translate("Chip", "Received")),
        "accepted": Chip(Tone.GOOD, Shape.TICK, translate("Chip", "Accepted")),
        "needs_you": Chip(Tone.WARN, Shape.TRIANGLE, translate("Chip", "Needs you")),
    }[state]


def outcome_chip(outcome: str) -> Chip:
    """pass, fail, incomplete or void, in either case. Raises KeyError for another."""
    translate = QCoreApplication.translate
    return {
        "pass": Chip(Tone.GOOD, Shape.TICK, translate("Chip", "Pass")),
        "fail": Chip(Tone.NEUTRAL, Shape.CROSS, translate("Chip", "Fail")),
        "incomplete": Chip(Tone.INFO, Shape.HALF, translate("Chip", "Incomplete")),
        "void": Chip(Tone.WARN, Shape.BAR, translate("Chip", "Void")),
    }[outcome.lower()]


def mark_chip(state: str) -> Chip:
    """How far a mark has come: missing, entered (once), agreed, differs. Raises KeyError for another."""
    translate = QCoreApplication.translate
    return {
        "missing": Chip(Tone.NEUTRAL, Shape.RING, translate("Chip", "Missing")),
        "entered": Chip(Tone.INFO, Shape.HALF, translate("Chip", "Entered once")),
        "agreed": Chip(Tone.GOOD, Shape.TICK, translate("Chip", "Agreed")),
        "differs": Chip(Tone.WARN, Shape.TRIANGLE, translate("Chip", "Differs")),
    }[state]
