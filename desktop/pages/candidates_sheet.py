"""What the candidate's form looks like: the person's panel, the fields, the photo, the consents, the buttons."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFrame, QScrollArea, QVBoxLayout, QWidget

from appraisal.domain.consent_terms import consent_terms
from desktop.i18n import current_language
from desktop.pages.candidates_consents import ConsentBoxes
from desktop.pages.candidates_form_fields import CandidateFields
from desktop.pages.candidates_person import PersonPanel
from desktop.pages.candidates_photo import PhotoField
from desktop.theme import GRID
from desktop.widgets.basics import label, link_button, plain_button, primary_button, row

if TYPE_CHECKING:
    from desktop.viewmodels.photo import PhotoViewModel


class CandidateSheet(QWidget):
    """Nothing in it does anything yet."""

    def __init__(self, begin_photo: "Callable[[], PhotoViewModel]") -> None:
        """`begin_photo`: see PhotoField."""
        super().__init__()
        self.heading, self.person = label("", "heading"), PersonPanel()
        self.form = CandidateFields()
        self.fields = self.form.fields
        chinese = current_language() == "zh_CN"
        self.consents = ConsentBoxes({purpose: one.title.zh if chinese else one.title.en
                                      for purpose, one in consent_terms().of.items()})
        self.photo = PhotoField(self.tr("Photo"), begin_photo)
        self.more = link_button(self.tr("M&ore fields"))
        self.save = primary_button(self.tr("&Save"), "check")
        self.new = plain_button(self.tr("&Next person"), "add")
        self.area = self._scrolled()
        outside = QVBoxLayout(self)
        outside.setContentsMargins(GRID, 0, 0, 0)
        outside.setSpacing(GRID)
        outside.addWidget(self.heading)
        outside.addWidget(self.form.notice)
        outside.addWidget(self.area, 1)
        outside.addLayout(row(label(self.tr("Ctrl+Enter"), "key"), None, self.new, self.save))
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._follow_focus)

    def _scrolled(self) -> QScrollArea:
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, GRID, 0)
        column.setSpacing(GRID)
        column.addWidget(self.person)
        column.addWidget(self.form)
        column.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.photo)
        column.addWidget(label(self.tr("Consents"), "heading"))
        column.addWidget(self.consents)
        column.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(inside)
        return area

    def _follow_focus(self, _old: QWidget | None, now: QWidget | None) -> None:
        if now is not None and self.area.isAncestorOf(now):
            self.area.ensureWidgetVisible(now, 0, 5 * GRID)
