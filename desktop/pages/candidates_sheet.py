"""What the candidate's form looks like: the person's panel, the fields, the photo, the consents, the buttons."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFrame, QScrollArea, QVBoxLayout, QWidget

from appraisal.domain.consent import Purpose
from desktop.pages.candidates_consents import ConsentBoxes
from desktop.pages.candidates_form_fields import CandidateFields
from desktop.pages.candidates_person import Face, PersonPanel
from desktop.theme import GRID
from desktop.widgets.basics import label, link_button, plain_button, primary_button, row


class CandidateSheet(QWidget):
    """Nothing in it does anything yet."""

    def __init__(self) -> None:
        super().__init__()
        self.heading, self.person = label("", "heading"), PersonPanel()
        self.form = CandidateFields()
        self.fields = self.form.fields
        self.consents = ConsentBoxes({
            Purpose.ASSOCIATION: self.tr("Passing on to the association's talent library"),
            Purpose.PUBLICITY: self.tr("Publicity of the result"),
            Purpose.RECOMMENDATION: self.tr("Job recommendation (voluntary)")})
        self.face = Face()
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
        column.addWidget(self.face)
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
