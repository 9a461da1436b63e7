"""Consents as check boxes, each with its text to read."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QDialog, QTextBrowser, QVBoxLayout, QWidget

from appraisal.domain.consent import Purpose
from appraisal.domain.consent_terms import consent_terms
from desktop.i18n import current_language
from desktop.pages.candidates_fields import Box
from desktop.theme import GRID
from desktop.widgets.basics import label, link_button, plain_button, row

TEXT_SIZE = QSize(620, 520)


class ConsentBoxes(QWidget):
    changed = Signal()
    sheet_wanted = Signal()
    """The texts on paper, to be signed."""

    def __init__(self, titles: dict[Purpose, str], *, side_by_side: bool = False) -> None:
        """`titles`: what is agreed to, in one line, in the order shown. One below the other, they are those of one
        person, who may sign on paper."""
        super().__init__()
        self._side_by_side = side_by_side
        self._given_before: frozenset[Purpose] = frozenset()
        self.on_paper = Box(self.tr("Signed on paper"))
        self.on_paper.toggled.connect(self.changed)
        self.boxes: dict[Purpose, Box] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        line = row()
        line.setSpacing(3 * GRID)
        for purpose, title in titles.items():
            box = self.boxes[purpose] = Box(title)
            box.toggled.connect(self.changed)
            box.toggled.connect(self._say_what_follows)
            (line if side_by_side else column).addWidget(box)
        self.follows = label("", "warning", wrap=True)
        self.follows.hide()
        self.read = link_button(self.tr("Read the consent &texts"), self._show_texts)
        if side_by_side:
            line.addWidget(self.read)
            line.addStretch(1)
            column.addLayout(line)
        else:
            column.addWidget(self.follows)
            column.addLayout(row(self.read, self.on_paper, None))

    def given(self) -> frozenset[Purpose]:
        return frozenset(purpose for purpose, box in self.boxes.items() if box.isChecked())

    def means(self) -> str:
        return "paper" if self.on_paper.isChecked() else "screen"

    def show_given(self, given: frozenset[Purpose]) -> None:
        self._given_before = given
        self.put(given)

    def put(self, given: frozenset[Purpose]) -> None:
        """As if somebody had ticked them."""
        self.on_paper.setChecked(False)
        for purpose, box in self.boxes.items():
            box.setChecked(purpose in given)

    def _say_what_follows(self) -> None:
        """Before it is saved: what taking back a consent means."""
        chinese = current_language() == "zh_CN"
        meant = [consent_terms().of[purpose].withdrawn for purpose in self.boxes
                 if purpose in self._given_before - self.given()]
        self.follows.setText("\n".join(one.zh if chinese else one.en for one in meant))
        self.follows.setVisible(bool(meant))

    def _show_texts(self) -> None:
        texts = ConsentTexts(list(self.boxes), self)
        texts.print.setVisible(not self._side_by_side)
        texts.print.clicked.connect(self.sheet_wanted)
        texts.open()


class ConsentTexts(QDialog):
    """The whole texts, large enough to turn the screen to the candidate."""

    def __init__(self, purposes: list[Purpose], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Consent texts"))
        self.resize(TEXT_SIZE)
        self.text = QTextBrowser()
        self.text.setPlainText("\n\n———\n\n".join(consent_terms().text(one, current_language()) for one in purposes))
        self.text.setAccessibleName(self.windowTitle())
        self.print = plain_button(self.tr("Print a sheet to si&gn …"), "print")
        column = QVBoxLayout(self)
        column.setSpacing(GRID)
        column.addWidget(label(self.tr("Version {version}").format(version=consent_terms().version), "muted"))
        column.addWidget(self.text, 1)
        column.addLayout(row(self.print, None, plain_button(self.tr("&Close"), "", self.accept)))
