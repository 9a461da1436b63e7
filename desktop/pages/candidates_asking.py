"""What the candidate's form asks of the operator so that one person is registered once."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from appraisal.domain.events import Id
from appraisal.usecases.reads import CandidateDetail
from desktop.errors import sentence
from desktop.pages.candidates_compare import ComparePeople, Question
from desktop.pages.candidates_document import DocumentDialog
from desktop.viewmodels.candidates_checks import FormChecks
from desktop.viewmodels.one_person import OnePersonViewModel, Side


class OnePersonAsking(QObject):
    """Each asks, and has done what was decided."""

    registered = Signal(str)
    """What was typed is of this person, who is registered."""
    apart = Signal(object)
    """What was typed is of somebody else than all these, who look like it."""
    refused = Signal(str, object)
    """Code and details of what no dialog is open for."""

    def __init__(self, form: QWidget, view_model: OnePersonViewModel) -> None:
        super().__init__(form)
        self._form, self._view_model = form, view_model
        self._shown: CandidateDetail | None = None
        self._left: list[Side] = []
        self._apart: list[Id] = []
        self._document: DocumentDialog | None = None
        view_model.compared.connect(self._compare)
        view_model.refused.connect(self._show_refused)
        view_model.done.connect(self._close_document)

    def show_person(self, detail: CandidateDetail | None) -> None:
        """Whom the form shows; None: somebody new."""
        self._shown = detail

    def document(self, checks: FormChecks) -> None:
        if self._shown is None:
            return
        who = self._shown.person
        self._document = DocumentDialog(who.identity.name, checks, self._form)
        self._document.wanted.connect(partial(self._view_model.record_document, who.id))
        self._document.finished.connect(self._forget_document)
        self._document.open()

    # comparing

    def compare(self, other: Id) -> None:
        """The person shown and another record."""
        if self._shown is not None:
            self._view_model.compare(self._shown.person.id, other)

    def _compare(self, one: Side, others: Sequence[Side]) -> None:
        self._left, self._apart = list(others), []
        self._ask(one)

    def _ask(self, one: Side) -> None:
        """About the next; where all were somebody else, that is told."""
        if not self._left:
            self.apart.emit(tuple(self._apart))
            return
        other = self._left.pop(0)
        if one.person.id:
            self._ask_of_records(one, other)
        else:
            self._ask_of_typed(one, other)

    def _ask_of_typed(self, typed: Side, known: Side) -> None:
        who, whose = typed.person.identity, known.person.identity
        sides = self.tr("As typed"), self.tr("Registered")
        if who.document_number == whose.document_number:
            dialog = ComparePeople(Question(
                self.tr("One document, two names"),
                self.tr("The document number is registered under another name. Look at the document itself."),
                sides, self.tr("&Check the number"), same=self.tr("Correct the na&me …")), typed, known, self._form)
            dialog.same.connect(lambda _why, _ticked: self.registered.emit(known.person.id))
        else:
            dialog = ComparePeople(Question(
                self.tr("Registered already?"),
                self.tr("Somebody of this name and birth date is registered with another document."),
                sides, self.tr("Bac&k to the form"), same=self.tr("The &same person"),
                apart=self.tr("Some&body else"),
                replaces=self.tr("The new document &replaces the registered one")), typed, known, self._form)
            dialog.replaces.setChecked(who.document_kind == whose.document_kind)
            dialog.same.connect(partial(self._take_document, typed, known.person.id))
            dialog.apart.connect(lambda _why: self._is_apart(typed, known.person.id))
        dialog.open()

    def _take_document(self, typed: Side, known: Id, _why: str, replaces: bool) -> None:
        who = typed.person.identity
        self._view_model.record_document(known, who.document_kind, who.document_number, who.nationality,
                                         self.tr("came with a new document") if replaces else "")

    def _is_apart(self, typed: Side, known: Id) -> None:
        self._apart.append(known)
        self._ask(typed)

    def _ask_of_records(self, one: Side, other: Side) -> None:
        shown = self._shown
        if shown is None:
            return
        here, there = one.person.id, other.person.id
        sides = self.tr("This record"), self.tr("The other record")
        if any(same.id == there for same in shown.same):
            later = here if shown.linked and shown.same[0].id == there else there
            dialog = ComparePeople(Question(
                self.tr("Two records of one person"),
                self.tr("They are linked. Neither is changed by it, and whoever finds that they are two people takes "
                        "the link back."),
                sides, self.tr("&Leave them linked"), apart=self.tr("&Two people: take the link back"),
                why_apart=True), one, other, self._form)
            dialog.apart.connect(lambda why: self._view_model.unlink(here, later, why))
        else:
            dialog = ComparePeople(Question(
                self.tr("The same person?"),
                self.tr("Two records have this name and birth date. If they are one person's they are linked, and "
                        "both stay as they are."),
                sides, self.tr("&Not now"), same=self.tr("The &same person: link"),
                apart=self.tr("Two peo&ple"), why_same=True), one, other, self._form)
            dialog.same.connect(lambda why, _ticked: self._view_model.link(here, there, why))
            dialog.apart.connect(lambda _why: self._view_model.tell_apart(here, there))
        dialog.open()

    # answers

    def _show_refused(self, code: str, field: str, detail: Mapping[str, Any]) -> None:
        if self._document is not None:
            self._document.refuse(field, sentence(code, detail))
        else:
            self.refused.emit(code, detail)

    def _close_document(self) -> None:
        if self._document is not None:
            self._document.accept()

    def _forget_document(self) -> None:
        self._document = None
