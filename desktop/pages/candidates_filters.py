"""Filters of the candidates' list: a menu to set them, a chip for each that is set, and lists kept under a name."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QInputDialog, QMenu, QPushButton, QWidget

from appraisal.domain.enrolment import EnrolmentState
from appraisal.sheets.wording import value_word
from appraisal.usecases.filters import EVERYBODY, Filters
from desktop.i18n import current_language
from desktop.theme import GRID
from desktop.viewmodels.saved_views import SavedViews
from desktop.widgets.basics import link_button, plain_button

LEVELS = range(5, 0, -1)


class FilterBar(QWidget):
    """Chips are buttons: Enter or a click takes the filter away."""

    changed = Signal(object)
    """Filters."""

    def __init__(self, views: SavedViews) -> None:
        super().__init__()
        self._views = views
        self.filters = EVERYBODY
        self.chips: list[QPushButton] = []
        self.button = plain_button(self.tr("F&ilter"))
        self.menu = QMenu(self)
        self.button.setMenu(self.menu)
        self.menu.aboutToShow.connect(self._fill)
        self._line = QHBoxLayout(self)
        self._line.setContentsMargins(0, 0, 0, 0)
        self._line.setSpacing(GRID)
        self._line.addStretch(1)
        self.hide()

    def set(self, filters: Filters) -> None:
        if filters == self.filters:
            return
        self.filters = filters
        self._show_chips()
        self.changed.emit(filters)

    def _words(self) -> dict[str, str]:
        """Of each filter that is set, but the batch, which has a box of its own."""
        now, found = self.filters, {}
        if now.state:
            found["state"] = value_word(f"enrolment.{now.state}", current_language())
        if now.level is not None:
            found["level"] = self.tr("Level {n}").format(n=now.level)
        if now.no_photo:
            found["no_photo"] = self.tr("Without a photo")
        return found

    def _show_chips(self) -> None:
        for chip in self.chips:
            chip.setParent(None)
            chip.deleteLater()
        self.chips = []
        for name, word in self._words().items():
            chip = plain_button(f"{word}  ×", "", partial(self._take_away, name))
            chip.setAccessibleName(self.tr("Without the filter {filter}").format(filter=word))
            self.chips.append(chip)
        if self.chips:
            self.chips.append(link_button(self.tr("All people"), lambda: self.set(Filters(batch=self.filters.batch))))
        for at, chip in enumerate(self.chips):
            self._line.insertWidget(at, chip)
        self.setVisible(bool(self.chips))

    def _take_away(self, name: str) -> None:
        self.set(self.filters.without(name))

    # the menu

    def _fill(self) -> None:
        self.menu.clear()
        now, language = self.filters, current_language()
        states = self.menu.addMenu(self.tr("Enrolment"))
        for state in EnrolmentState:
            self._add(states, value_word(f"enrolment.{state}", language), Filters(
                now.batch, state.value, now.level, now.no_photo), ticked=now.state == state)
        levels = self.menu.addMenu(self.tr("Level"))
        for level in LEVELS:
            self._add(levels, self.tr("Level {n}").format(n=level), Filters(now.batch, now.state, level, now.no_photo),
                      ticked=now.level == level)
        self._add(self.menu, self.tr("Without a photo"), Filters(now.batch, now.state, now.level, no_photo=True),
                  ticked=now.no_photo)
        self.menu.addSeparator()
        views = self._views.all()
        for name, filters in views.items():
            self._add(self.menu, name, filters, ticked=now == filters)
        keep = self._action(self.menu, self.tr("Keep this list under a name …"), self._ask_name)
        keep.setEnabled(now != EVERYBODY)
        forget = self.menu.addMenu(self.tr("Forget a list"))
        forget.setEnabled(bool(views))
        for name in views:
            self._action(forget, name, partial(self._views.forget, name))

    def _add(self, menu: QMenu, text: str, filters: Filters, *, ticked: bool) -> None:
        action = self._action(menu, text, partial(self.set, filters))
        action.setCheckable(True)
        action.setChecked(ticked)

    def _action(self, menu: QMenu, text: str, run: Callable[[], None]) -> QAction:
        action = menu.addAction(text)
        action.triggered.connect(lambda _checked=False: run())
        return action

    def _ask_name(self) -> None:
        name, given = QInputDialog.getText(self, self.tr("Keep this list"), self.tr("Its name:"))
        if given and name.strip():
            self._views.keep(name.strip(), self.filters)
