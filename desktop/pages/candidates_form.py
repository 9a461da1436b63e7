"""The form of one candidate: register or correct, consents, photo, enrolment; all of it with the keyboard."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QApplication, QFrame, QScrollArea, QVBoxLayout, QWidget

from appraisal.domain.centre import CentreFounded
from appraisal.domain.consent import Purpose
from appraisal.domain.errors import EnvironmentFault
from appraisal.usecases.reads import BatchRow, CandidateDetail, CandidateRow
from appraisal.usecases.register_candidate import CONSENT_TEXT
from desktop.errors import sentence, sentence_of
from desktop.i18n import current_language
from desktop.models.chips import Tone
from desktop.pages.candidates_consents import ConsentBoxes, consent_text
from desktop.pages.candidates_form_fields import CandidateFields
from desktop.pages.candidates_person import PersonPanel
from desktop.pages.candidates_photo import PhotoField
from desktop.pages.candidates_typing import CandidateTyping
from desktop.pages.consent_sheet import print_sheet, sheet
from desktop.theme import GRID
from desktop.viewmodels.candidates_form import CandidateFormViewModel, Filled
from desktop.widgets.basics import label, plain_button, primary_button, row

KEPT = ("batch", "level", "condition", "exam_type", "education", "ethnicity")
"""Fields that the next person begins with."""


class CandidateForm(QWidget):
    saved = Signal(str)
    """The person's id."""
    wanted = Signal(str)
    """A person that is to be opened instead: somebody who has this document already."""

    def __init__(self, view_model: CandidateFormViewModel) -> None:
        super().__init__()
        self._view_model = view_model
        self._dirty = False
        self._known_is_said = False
        self._said_next = ""
        """Said once the person saved is shown again."""
        self.heading, self.person = label("", "heading"), PersonPanel()
        self.form = CandidateFields()
        self.fields, self._typing = self.form.fields, CandidateTyping(self.form, view_model)
        self.consents = ConsentBoxes({
            Purpose.ASSOCIATION: self.tr("Passing on to the association's talent library"),
            Purpose.PUBLICITY: self.tr("Publicity of the result"),
            Purpose.RECOMMENDATION: self.tr("Job recommendation (voluntary)")})
        self.photo = PhotoField(self.tr("Photo"), lambda: view_model.photo(self.form.value("batch")))
        self.save = primary_button(self.tr("&Save"), "check", self._save)
        self.new = plain_button(self.tr("&Next person"), "add", self.ask_new)
        self._lay_out()
        self._bind()
        self.start_new()

    # layout

    def _lay_out(self) -> None:
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, GRID, 0)
        column.setSpacing(GRID)
        for part in (self.person, self.form, self.photo, label(self.tr("Consents"), "heading"), self.consents):
            column.addWidget(part)
        column.addStretch(1)
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setWidget(inside)
        outside = QVBoxLayout(self)
        outside.setContentsMargins(GRID, 0, 0, 0)
        outside.setSpacing(GRID)
        outside.addWidget(self.heading)
        outside.addWidget(self.form.notice)
        outside.addWidget(self.area, 1)
        outside.addLayout(row(label(self.tr("Ctrl+Enter"), "key"), None, self.new, self.save))

    def _bind(self) -> None:
        self._typing.touched.connect(self._touch)
        self.consents.changed.connect(self._touch)
        self.consents.sheet_wanted.connect(self._view_model.ask_centre)
        self.photo.changed.connect(self._touch)
        self.form.finished.connect(self.consents.boxes[Purpose.ASSOCIATION].setFocus)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(self._save)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._follow_focus)
        model = self._view_model
        model.known.connect(self._show_known)
        model.loaded.connect(self._show_person)
        model.saved.connect(self._on_saved)
        model.refused.connect(self._show_refused)
        model.problems_found.connect(self._typing.show_problems)
        model.centre_read.connect(self._print_consents)
        model.failed.connect(self._show_failed)
        model.busy_changed.connect(self._show_busy)

    # what the page asks

    def take_batches(self, _batches: Sequence[BatchRow]) -> None:
        """The view-model has them already."""
        batch = self.form.choice("batch")
        those = [(f"{one.code}  {one.title}", one.id) for one in self._view_model.open_batches()]
        first_time = batch.count() == 0
        self.form.filling = True
        batch.fill([(self.tr("Do not enrol now"), ""), *those])
        if first_time and len(those) == 1 and self._view_model.person is None:
            batch.choose(those[0][1])
        self.form.filling = False
        self.form.show_levels(self._typing.scheme())

    def is_dirty(self) -> bool:
        return self._dirty

    def start_new(self) -> None:
        """An empty form; batch, level and condition stay as for the person before."""
        self._view_model.start_new()
        kept = {name: self.form.value(name) for name in KEPT}
        self.form.fill({"ethnicity": "汉族", **{name: text for name, text in kept.items() if text}},
                       self._typing.scheme())
        self.heading.setText(self.tr("New candidate"))
        self.person.clear()
        self.consents.show_given(frozenset())
        self.photo.show_kept(None)
        self._ready()
        self.fields["id_no"].setFocus()

    def ask_new(self) -> None:
        """An empty form, unless something in this one would be lost."""
        if self._dirty:
            self.say_unsaved()
        else:
            self.start_new()

    def say_unsaved(self) -> None:
        self.form.notice.say(Tone.WARN, self.tr("This form is not saved yet. Save it with Ctrl+Enter, or discard it."),
                             self.tr("Discard"), self.start_new)

    def open(self, person: str) -> None:
        self._view_model.load(person)

    def say(self, tone: Tone, text: str) -> None:
        self.form.notice.say(tone, text)

    def _touch(self) -> None:
        if self.form.filling:
            return
        if not self._dirty:
            self._view_model.keep_person()
        self._dirty = True

    def _show_known(self, row_: CandidateRow | None) -> None:
        if row_ is None:
            if self._known_is_said:  # and not something else that was said since
                self.form.notice.clear()
            self._known_is_said = False
            return
        self.form.notice.say(Tone.INFO, sentence("already_registered", {"name": row_.name}), self.tr("Open"),
                             partial(self._open_known, row_.id))
        self._known_is_said = True

    def _open_known(self, person: str) -> None:
        self._dirty = False
        self.wanted.emit(person)

    # a person

    def _show_person(self, detail: CandidateDetail, photo: bytes | None) -> None:
        identity, contact, background = (
            detail.person.identity, detail.person.contact, detail.person.background)
        self.form.fill({
            "id_no": identity.document_number, "id_type": identity.document_kind, "name": identity.name,
            "latin_name": identity.latin_name, "sex": identity.sex or "",
            "birth": identity.birth.isoformat() if identity.birth else "", "nationality": identity.nationality,
            "phone": contact.phone, "email": contact.email, "address": contact.address,
            "employer": background.employer, "education": background.education, "ethnicity": background.ethnicity,
            "prior_level": str(background.prior_level or ""), "prior_cert": background.prior_certificate}, None)
        self._typing.forget_suggestion()
        self.heading.setText(identity.name)
        self.person.show_person(detail, photo)
        self.consents.show_given(detail.consents)
        self.photo.show_kept(photo)
        self._ready()
        if self._said_next:
            self.say(Tone.GOOD, self._said_next)
            self._said_next = ""

    def _ready(self) -> None:
        self.form.rows["why"].setVisible(self._view_model.person is not None)
        self.form.notice.clear()
        self._known_is_said = False
        self._dirty = False
        self.form.show_levels(self._typing.scheme())
        self._typing.forget()
        self.area.verticalScrollBar().setValue(0)

    # consents on paper

    def _print_consents(self, centre: CentreFounded) -> None:
        language, printer = current_language(), QPrinter(QPrinter.PrinterMode.HighResolution)
        if QPrintDialog(printer, self).exec() != QPrintDialog.DialogCode.Accepted:
            return
        name = centre.name.zh if language == "zh_CN" else centre.name.en
        texts = [consent_text(one, language) for one in self.consents.boxes]
        print_sheet(sheet(name, self.form.value("name"), self.form.value("id_no"), texts, CONSENT_TEXT), printer)
        self.say(Tone.INFO, self.tr("Once it is signed, tick what was agreed to, and “Signed on paper”."))

    # saving

    def _save(self) -> None:
        self._known_is_said = False
        self._typing.forget_refusals()
        why = self.form.value("why").strip()
        self._view_model.save(Filled(self.form.values(), self.consents.given(), self.photo.jpeg, why,
                                     self.consents.means()))

    def _on_saved(self, person: str, name: str, is_new: bool) -> None:
        self._dirty = False
        if is_new:
            self.start_new()
            self.say(Tone.GOOD, self.tr("Registered: {name}").format(name=name))
        else:
            self._said_next = self.tr("Saved: {name}").format(name=name)
            self.open(person)
        self.saved.emit(person)

    def _show_refused(self, code: str, field: str, detail: Mapping[str, Any]) -> None:
        if field == "photo":
            self.photo.refuse(sentence(code, detail))
        else:
            self._typing.refuse(field, sentence(code, detail))

    def _show_failed(self, fault: EnvironmentFault) -> None:
        self.form.notice.warn(sentence_of(fault))

    def _show_busy(self, busy: bool) -> None:
        self.save.setDisabled(busy)

    def _follow_focus(self, _old: QWidget | None, now: QWidget | None) -> None:
        if now is not None and self.area.isAncestorOf(now):
            self.area.ensureWidgetVisible(now, 0, 5 * GRID)
