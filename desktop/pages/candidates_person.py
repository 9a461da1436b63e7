"""What is known of a person already: photo, state, enrolments, history."""

from datetime import datetime

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication, QLocale, Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from appraisal.sheets.wording import value_word
from appraisal.usecases.reads import CandidateDetail, SyncState
from desktop.i18n import current_language
from desktop.models.chips import Chip, Shape, Tone, sync_chip
from desktop.theme import GRID
from desktop.widgets.basics import label
from desktop.widgets.chip import StateChip

PHOTO = (90, 126)
"""Shown size in pixels, 25 × 35 as on paper."""
_STAYS = QT_TRANSLATE_NOOP("CandidateChip", "Stays here")
LATEST = 6
"""Entries of the history that are shown."""


def state_chip(state: str) -> Chip:
    if state == SyncState.STAYS:
        return Chip(Tone.NEUTRAL, Shape.BAR, QCoreApplication.translate("CandidateChip", str(_STAYS)))
    return sync_chip(state)


def enrolment_chip(state: str) -> Chip:
    tone, shape = {"submitted": (Tone.INFO, Shape.HALF), "returned": (Tone.WARN, Shape.TRIANGLE),
                   "approved": (Tone.GOOD, Shape.TICK), "refused": (Tone.REFUSE, Shape.CROSS),
                   "seated": (Tone.GOOD, Shape.DISC)}[state]
    return Chip(tone, shape, value_word(f"enrolment.{state}", current_language()))


def picture_of(jpeg: bytes | None, size: tuple[int, int] = PHOTO) -> QPixmap:
    """As large as goes into `size`; null where there is none."""
    picture = QPixmap()
    if jpeg is None or not picture.loadFromData(jpeg):
        return QPixmap()
    return picture.scaled(*size, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation)


class PersonPanel(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.picture = QLabel()
        self.picture.setAccessibleName(self.tr("Photo"))
        self._column = QVBoxLayout()
        self._column.setSpacing(GRID // 2)
        side = QVBoxLayout()
        side.addLayout(self._column)
        side.addStretch(1)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(GRID + GRID // 2)
        line.addWidget(self.picture, 0, Qt.AlignmentFlag.AlignTop)
        line.addLayout(side, 1)
        self.hide()

    def clear(self) -> None:
        while (item := self._column.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.setParent(None)
                widget.deleteLater()
        self.hide()

    def show_person(self, detail: CandidateDetail, photo: bytes | None) -> None:
        self.clear()
        self.picture.setPixmap(picture_of(photo))
        self.picture.setVisible(photo is not None)
        self._add(StateChip(state_chip(detail.state)), label(self._history(detail), "muted", wrap=True))
        for one in detail.enrolments:
            level = "" if one.level is None else self.tr("Level {n}").format(n=one.level)
            words = "  ".join(word for word in (one.batch_code, level, one.admission_number or "") if word)
            self._add(StateChip(enrolment_chip(one.state)), label(words))
            if one.reason:
                self._column.addWidget(label(self.tr("Reason: {why}").format(why=one.reason), "muted", wrap=True))
        self.show()

    def _add(self, chip: StateChip, text: QLabel) -> None:
        holder = QWidget()
        line = QHBoxLayout(holder)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(GRID)
        line.addWidget(chip, 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(text, 1)
        self._column.addWidget(holder)

    def _history(self, detail: CandidateDetail) -> str:
        locale, language = QLocale(), current_language()
        lines = []
        for milliseconds, login, kind, _why in detail.history[-LATEST:]:
            when = locale.toString(datetime.fromtimestamp(milliseconds / 1000).astimezone(),  # type: ignore[call-overload]
                                   QLocale.FormatType.ShortFormat)
            lines.append(f"{when}  {login}  {value_word(f'event.{kind}', language)}")
        return "\n".join(lines)
