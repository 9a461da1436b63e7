"""What is known of a person already: photo, state, enrolments, history."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication, Qt, Signal
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from appraisal.domain.rare_characters import code_point
from appraisal.sheets.wording import value_word
from appraisal.usecases.reads import CandidateDetail, SyncState
from desktop.i18n import current_language
from desktop.models.chips import Chip, Shape, Tone, sync_chip
from desktop.theme import GRID
from desktop.viewmodels.history_words import history_lines
from desktop.widgets.basics import label, link_button, row
from desktop.widgets.chip import StateChip

PHOTO = (90, 126)
"""Shown size in pixels, 25 × 35 as on paper."""
_STAYS = QT_TRANSLATE_NOOP("CandidateChip", "Stays here")
GLYPH_SHOWN = (28, 28)
LATEST = 4
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
    compare_asked = Signal(str)
    """With another record: the same person's, or one that looks like it."""
    document_asked = Signal()
    history_asked = Signal()
    papers_asked = Signal(object)
    """Of an EnrolmentRow."""
    glyph_asked = Signal(str)
    """The picture of this character of the name is to be given."""

    def __init__(self) -> None:
        super().__init__()
        self.picture = QLabel()
        self.picture.setAccessibleName(self.tr("Photo"))
        self._column = QVBoxLayout()
        self._column.setSpacing(GRID // 2)
        side = QVBoxLayout()
        side.addLayout(self._column)
        side.addLayout(row(link_button(self.tr("Histor&y …"), self.history_asked.emit),
                           link_button(self.tr("Add a do&cument …"), self.document_asked.emit), None))
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

    def show_person(self, detail: CandidateDetail, photo: bytes | None, undrawn: Sequence[str] = ()) -> None:
        """`undrawn`: characters of the name that no font has."""
        self.clear()
        self.picture.setPixmap(picture_of(photo))
        self.picture.setVisible(photo is not None)
        self._add(StateChip(state_chip(detail.state)), label(_latest(detail), "muted", wrap=True))
        self._show_glyphs(detail, undrawn)
        self._show_documents(detail)
        self._show_others(detail)
        for one in detail.enrolments:
            level = "" if one.level is None else self.tr("Level {n}").format(n=one.level)
            words = "  ".join(word for word in (one.batch_code, level, one.admission_number or "") if word)
            papers = link_button(self.tr("Papers …"), partial(self.papers_asked.emit, one))
            papers.setAccessibleDescription(words)
            self._add(StateChip(enrolment_chip(one.state)), label(words), papers)
            if one.reason:
                self._column.addWidget(label(self.tr("Reason: {why}").format(why=one.reason), "muted", wrap=True))
        self.show()

    def _show_glyphs(self, detail: CandidateDetail, undrawn: Sequence[str]) -> None:
        given = {one.character: one.picture for one in detail.glyphs}
        for one in undrawn:
            has = one in given
            chip = Chip(Tone.GOOD, Shape.TICK, self.tr("Picture given")) if has else Chip(
                Tone.WARN, Shape.TRIANGLE, self.tr("No font has it"))
            shown = label(code_point(one))
            if has:
                shown.setPixmap(picture_of(given[one], GLYPH_SHOWN))
            give = link_button(self.tr("Give its picture …"), partial(self.glyph_asked.emit, one))
            give.setAccessibleDescription(code_point(one))
            self._add(StateChip(chip), shown, give)

    def _show_documents(self, detail: CandidateDetail) -> None:
        for one in detail.documents:
            if one.number != detail.person.identity.document_number:
                word = value_word(one.kind, current_language())
                said = self.tr("Also: {kind} {number}") if one.current else self.tr("Earlier: {kind} {number}")
                self._column.addWidget(label(said.format(kind=word, number=one.number), "muted", wrap=True))

    def _show_others(self, detail: CandidateDetail) -> None:
        """Linked records, and questions that nobody has answered."""
        for tone, shape, said, others in (
                (Tone.INFO, Shape.DISC, self.tr("Same person"), detail.same),
                (Tone.WARN, Shape.TRIANGLE, self.tr("Registered twice?"), detail.alike)):
            for other in others:
                who = f"{other.identity.name}  {other.identity.document_number}"
                compare = link_button(self.tr("Compare …"), partial(self.compare_asked.emit, other.id))
                compare.setAccessibleDescription(who)
                self._add(StateChip(Chip(tone, shape, said)), label(who, wrap=True), compare)

    def _add(self, chip: StateChip, text: QLabel, link: QPushButton | None = None) -> None:
        holder = QWidget()
        line = QHBoxLayout(holder)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(GRID)
        line.addWidget(chip, 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(text, 1)
        if link is not None:
            line.addWidget(link, 0, Qt.AlignmentFlag.AlignTop)
        self._column.addWidget(holder)


def _latest(detail: CandidateDetail) -> str:
    """What was done last, the last below."""
    lines = history_lines(detail.history)[:LATEST]
    return "\n".join(f"{one.when}  {one.who}  {one.what}" for one in reversed(lines))
