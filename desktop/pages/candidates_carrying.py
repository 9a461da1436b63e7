"""What was typed goes along: to the person whom it turned out to be of, and over a crash."""

from collections.abc import Callable
from functools import partial
from typing import Protocol

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QWidget

from appraisal.domain.events import Id
from appraisal.usecases.reads import CandidateDetail
from desktop.models.chips import Tone
from desktop.viewmodels.candidates_draft import Draft, DraftKeeper, Filled

DELAY = 1000
"""Milliseconds between the first key and the keeping of what was typed."""
IDENTIFYING = frozenset({"id_no", "id_type", "sex", "birth", "nationality", "why"})
"""Fields that stay the registered person's when what was typed turns out to be of them."""


class TypedForm(Protocol):
    """What is asked of the form."""

    def filled(self) -> Filled: ...
    def shown_person(self) -> Id | None: ...
    def is_dirty(self) -> bool: ...
    def open(self, person: Id) -> None: ...
    def put_over(self, typed: Filled) -> None: ...
    def say(self, tone: Tone, text: str) -> None: ...
    def say_discard(self, tone: Tone, text: str) -> None: ...


class Carrying(QObject):
    def __init__(self, form: TypedForm, drafts: DraftKeeper, parent: QWidget) -> None:
        super().__init__(parent)
        self._form, self._drafts = form, drafts
        self._then: Callable[[CandidateDetail], None] | None = None
        drafts.found.connect(self._bring_back)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(DELAY)
        self._timer.timeout.connect(self._keep)
        drafts.closing.connect(self._keep_waiting)

    def note(self) -> None:
        """Something was typed."""
        if not self._timer.isActive():
            self._timer.start()

    def _keep(self) -> None:
        self._drafts.keep(Draft(self._form.filled(), self._form.shown_person()))

    def _keep_waiting(self) -> None:
        if self._timer.isActive():
            self._timer.stop()
            self._keep()

    def forget(self) -> None:
        """It was saved, or discarded."""
        self._timer.stop()
        self._drafts.forget()

    def take_over(self, person: Id) -> None:
        """What was typed is of this person, who is registered: they are shown, with it."""
        self._then = partial(self._carry, self._form.filled())
        self._form.open(person)

    def shown(self, detail: CandidateDetail) -> None:
        """A person stands in the form."""
        then, self._then = self._then, None
        if then is not None:
            then(detail)

    def _carry(self, typed: Filled, detail: CandidateDetail) -> None:
        values = {name: text for name, text in typed.values.items() if text and name not in IDENTIFYING}
        self._form.put_over(Filled({**self._form.filled().values, **values}, detail.consents | typed.consents,
                                   typed.photo, consent_means=typed.consent_means))
        said = self.tr("{name} is registered. What you typed is in the form: look at it, and save.")
        self._form.say(Tone.INFO, said.format(name=detail.person.identity.name))

    def _bring_back(self, draft: Draft) -> None:
        if self._form.is_dirty():
            return
        if draft.person is not None:
            self._then = lambda _detail: self._put_back(draft)
            self._form.open(draft.person)
        else:
            self._put_back(draft)

    def _put_back(self, draft: Draft) -> None:
        self._form.put_over(draft.filled)
        self._form.say_discard(Tone.INFO, self.tr("This was being typed when the program ended. Look at it, and save."))
