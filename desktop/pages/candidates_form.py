"""The form of one candidate: register or correct, consents, photo, enrolment; all of it with the keyboard."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QLineEdit

from appraisal.domain.centre import CentreFounded
from appraisal.domain.consent import Purpose
from appraisal.domain.errors import EnvironmentFault
from appraisal.usecases.reads import BatchRow, CandidateDetail, EnrolmentRow, Holder
from desktop.errors import sentence, sentence_of
from desktop.models.chips import Tone
from desktop.pages.candidates_asking import OnePersonAsking
from desktop.pages.candidates_carrying import Carrying
from desktop.pages.candidates_form_fields import SELDOM
from desktop.pages.candidates_history import HistoryDialog
from desktop.pages.candidates_sheet import CandidateSheet
from desktop.pages.candidates_typing import CandidateTyping
from desktop.pages.consent_sheet import print_consents
from desktop.pages.enrolment_papers import PapersDialog
from desktop.viewmodels.candidates_draft import DraftKeeper, Filled
from desktop.viewmodels.candidates_form import CandidateFormViewModel
from desktop.viewmodels.history_words import history_lines
from desktop.viewmodels.one_person import OnePersonViewModel

KEPT = ("batch", "level", "condition", "exam_type", "education", "ethnicity", "cohort")
"""Fields that the next person begins with."""


class CandidateForm(CandidateSheet):
    saved = Signal(str)
    """The person's id."""
    wanted = Signal(str)
    """A person that is to be opened instead: somebody who has this document already."""

    def __init__(self, view_model: CandidateFormViewModel, one_person: OnePersonViewModel,
                 drafts: DraftKeeper) -> None:
        super().__init__(lambda: view_model.photo(self.form.value("batch")))
        self._view_model, self._one_person = view_model, one_person
        self.asking, self._carrying = OnePersonAsking(self, one_person), Carrying(self, drafts, self)
        drafts.failed.connect(self._show_failed)
        self._dirty = False
        self._known: Holder | None = None
        """Who has the document that is being typed; said in the notice."""
        self._said_next = ""
        """Said once the person saved is shown again."""
        self._typing = CandidateTyping(self.form, view_model)
        self._bind()
        self.start_new()

    def _bind(self) -> None:
        self.save.clicked.connect(self._save)
        self.new.clicked.connect(self.ask_new)
        self.more.clicked.connect(self._show_more)
        self._typing.touched.connect(self._touch)
        self.consents.changed.connect(self._touch)
        self.consents.sheet_wanted.connect(self._view_model.ask_centre)
        self.photo.changed.connect(self._touch)
        id_no = self.fields["id_no"]
        assert isinstance(id_no, QLineEdit)
        id_no.returnPressed.connect(self._go_to_known)
        self.form.finished.connect(self.consents.boxes[Purpose.ASSOCIATION].setFocus)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(self._save)
        self._bind_one_person()
        model = self._view_model
        model.known.connect(self._show_known)
        model.loaded.connect(self._show_person)
        model.saved.connect(self._on_saved)
        model.refused.connect(self._show_refused)
        model.problems_found.connect(self._typing.show_problems)
        model.centre_read.connect(self._print_consents)
        model.failed.connect(self._show_failed)
        model.busy_changed.connect(self._show_busy)

    def _bind_one_person(self) -> None:
        asking, others = self.asking, self._one_person
        self.person.compare_asked.connect(lambda other: self._once_saved(partial(asking.compare, other)))
        self.person.document_asked.connect(
            lambda: self._once_saved(partial(asking.document, self._view_model.checks)))
        self.person.history_asked.connect(self._show_history)
        self.person.glyph_asked.connect(lambda one: self._once_saved(partial(self._ask_glyph, one)))
        self.person.papers_asked.connect(lambda one: self._once_saved(partial(self._show_papers, one)))
        self._view_model.in_question.connect(others.compare_typed)
        asking.apart.connect(self._view_model.save_apart)
        asking.registered.connect(self._carrying.take_over)
        asking.refused.connect(lambda code, detail: self.form.notice.refuse(sentence(code, detail)))
        others.done.connect(self._on_one_person)
        others.failed.connect(self._show_failed)

    def _show_more(self) -> None:
        self.form.shows_all = True
        self.more.hide()
        self._typing.look()
        self.fields[SELDOM[0]].setFocus()

    def _show_history(self) -> None:
        detail = self._view_model.person
        if detail is not None:
            HistoryDialog(detail.person.identity.name, history_lines(detail.history), self._view_model.tasks,
                          self).open()

    def _ask_glyph(self, character: str) -> None:
        from desktop.pages.glyph_dialog import GlyphDialog  # noqa: PLC0415 - pictures, when one is given

        dialog = GlyphDialog(self._view_model.glyph(character), self)
        dialog.wanted.connect(self._view_model.draw_glyph)
        dialog.open()

    def _show_papers(self, enrolment: EnrolmentRow) -> None:
        scheme = self._view_model.checks.scheme_of_any((enrolment.batch,))
        if scheme is not None:
            dialog = PapersDialog(enrolment, scheme, self)
            dialog.wanted.connect(partial(self._view_model.check_papers, enrolment.id))
            dialog.open()

    # what the page asks

    def take_batches(self, _batches: Sequence[BatchRow]) -> None:
        """The view-model has them already."""
        batch = self.form.choice("batch")
        those = [(f"{one.code}  {one.title}", one.id) for one in self._view_model.checks.open_batches()]
        first_time = batch.count() == 0
        self.form.filling = True
        batch.fill([(self.tr("Do not enrol now"), ""), *those])
        if first_time and len(those) == 1 and self._view_model.person is None and not self._dirty:
            batch.choose(those[0][1])
        self.form.filling = False
        self.form.show_levels(self._typing.scheme())

    def is_dirty(self) -> bool:
        return self._dirty

    def start_new(self) -> None:
        """An empty form; batch, level and condition stay as for the person before."""
        self._view_model.start_new()
        self.asking.show_person(None)
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
        self._once_saved(self.start_new)

    def _once_saved(self, run: Callable[[], None]) -> None:
        if self._dirty:
            self.say_unsaved()
        else:
            run()

    def say_unsaved(self) -> None:
        self.say_discard(Tone.WARN, self.tr("This form is not saved yet. Save it with Ctrl+Enter, or discard it."))

    def say_discard(self, tone: Tone, text: str) -> None:
        """With a button that empties the form."""
        self.form.notice.say(tone, text, self.tr("Discard"), self.start_new)

    def open(self, person: str) -> None:
        self._view_model.load(person)

    def filled(self) -> Filled:
        return Filled(self.form.values(), self.consents.given(), self.photo.jpeg, self.form.value("why").strip(),
                      self.consents.means())

    def shown_person(self) -> str | None:
        """Who is being corrected."""
        return self._view_model.person.person.id if self._view_model.person else None

    def put_over(self, typed: Filled) -> None:
        """What stands in the form is replaced, as if it had been typed."""
        self.form.fill(typed.values, self._view_model.checks.scheme_of(typed.values.get("batch", "")))
        self.consents.put(typed.consents)
        self.consents.on_paper.setChecked(typed.consent_means == "paper")
        if typed.photo is not None:
            self.photo.put_new(typed.photo)
        self._touch()
        self._typing.look()

    def say(self, tone: Tone, text: str) -> None:
        self.form.notice.say(tone, text)

    def _touch(self) -> None:
        if self.form.filling:
            return
        if not self._dirty:
            self._view_model.keep_person()
        self._dirty = True
        self._carrying.note()

    def _show_known(self, holder: Holder | None) -> None:
        if holder is None:
            if self._known is not None:  # and not something else that was said since
                self.form.notice.clear()
            self._known = None
            return
        self._known = holder
        self.form.notice.say(Tone.INFO, sentence("already_registered", {"name": holder.name}), self.tr("Open"),
                             self._open_known)
        self._go_to_known()

    def _go_to_known(self) -> None:
        """Enter after the number of somebody who is registered: a card reader sends it before the desk has looked."""
        gone_on = not self.fields["id_no"].hasFocus()
        if self._known is not None and gone_on and not self.form.value("name"):
            self._open_known()

    def _open_known(self) -> None:
        if self._known is not None:
            self._dirty = False
            self.wanted.emit(self._known.records[0])

    # a person

    def _show_person(self, detail: CandidateDetail, photo: bytes | None) -> None:
        identity, contact, background = (
            detail.person.identity, detail.person.contact, detail.person.background)
        self.form.fill({
            **background.extra,
            "id_no": identity.document_number, "id_type": identity.document_kind, "name": identity.name,
            "latin_name": identity.latin_name, "sex": identity.sex or "",
            "birth": identity.birth.isoformat() if identity.birth else "", "nationality": identity.nationality,
            "phone": contact.phone, "email": contact.email, "address": contact.address,
            "employer": background.employer, "education": background.education, "ethnicity": background.ethnicity,
            "prior_level": str(background.prior_level or ""), "prior_cert": background.prior_certificate}, None)
        self._typing.forget_suggestion()
        self.heading.setText(identity.name)
        self.person.show_person(detail, photo, self._view_model.undrawn(identity.name))
        self.asking.show_person(detail)
        self.consents.show_given(detail.consents)
        self.photo.show_kept(photo)
        self._ready()
        if self._said_next:
            self.say(Tone.GOOD, self._said_next)
            self._said_next = ""
        self._carrying.shown(detail)

    # one person once

    def _on_one_person(self, person: str) -> None:
        if self._view_model.person is None:
            self._carrying.take_over(person)
        else:
            self.open(person)
        self.saved.emit(person)

    def _ready(self) -> None:
        self.form.rows["why"].setVisible(self._view_model.person is not None)
        self.form.notice.clear()
        self._known = None
        self._dirty = False
        self._carrying.forget()
        self.form.show_levels(self._typing.scheme())
        self._typing.forget()
        self.area.verticalScrollBar().setValue(0)

    # consents on paper

    def _print_consents(self, centre: CentreFounded) -> None:
        if print_consents(centre, self.form.value("name"), self.form.value("id_no"), self):
            self.say(Tone.INFO, self.tr("Once it is signed, tick what was agreed to, and “Signed on paper”."))

    # saving

    def _save(self) -> None:
        self._known = None
        self._typing.forget_refusals()
        self._view_model.save(self.filled())

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
            return
        if field in self.form.rows:  # one that is not always asked for
            self.form.rows[field].show()
        self._typing.refuse(field, sentence(code, detail))

    def _show_failed(self, fault: EnvironmentFault) -> None:
        self.form.notice.warn(sentence_of(fault))

    def _show_busy(self, busy: bool) -> None:
        self.save.setDisabled(busy)
