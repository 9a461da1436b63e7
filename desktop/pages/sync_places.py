"""Where to send: the sticks that are plugged in, the folder of last time, the library over HTTPS."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

from PySide6.QtCore import QLocale, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QRadioButton, QVBoxLayout

from desktop.theme import GRID
from desktop.viewmodels.sync_places import Stick
from desktop.widgets.basics import label, plain_button, primary_button, row

LOOK_EVERY = 2000
"""Milliseconds: a stick that is plugged in shows by itself."""


class PlacesPanel(QFrame):
    """Hidden until it is asked for. A place, then "write": the second and the third click."""

    chosen = Signal(object)
    """Path of the folder to write into."""
    library_chosen = Signal()
    """Over HTTPS, to the address that is known."""
    folder_asked = Signal()
    address_asked = Signal()
    look = Signal()
    """Time to see which sticks are there."""
    seen = Signal(bool)
    """Whether it is in sight."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._last, self._address, self._picked = "", "", ""
        self._sticks: Sequence[Stick] = ()
        self.rows: dict[str, QRadioButton] = {}
        self._group, self._timer = QButtonGroup(self), QTimer(self)
        self.nothing = label(self.tr("No stick is plugged in. Plug one in: it shows here by itself."), "muted")
        self.go = primary_button(self.tr("&Write and check"), "export", self._go)
        self.folder = plain_button(self.tr("Another fol&der …"), "", self.folder_asked.emit)
        self.network = plain_button(self.tr("Over the &network …"), "", self.address_asked.emit)
        self.leave = plain_button(self.tr("Cancel"), "", self.hide)
        self._places = QVBoxLayout()
        self._places.setSpacing(GRID // 2)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * GRID, GRID + 4, 2 * GRID, GRID + 4)
        column.setSpacing(GRID)
        column.addWidget(label(self.tr("Where to?"), "heading"))
        column.addWidget(self.nothing)
        column.addLayout(self._places)
        column.addLayout(row(self.folder, self.network, None, self.leave, self.go))
        self._timer.setInterval(LOOK_EVERY)
        self._timer.timeout.connect(self.look)
        self._group.buttonToggled.connect(self._show_chosen)
        for keys in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(self._press)
        self._fill()
        self.hide()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._picked = ""
        self._choose_usual()
        self.seen.emit(True)
        self.look.emit()
        self._timer.start()
        self._focus()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._timer.stop()
        self.seen.emit(False)

    def know(self, last: str, address: str) -> None:
        """Where the last one went, a folder or the library's address; and that address. Empty: none."""
        if (last, address) != (self._last, self._address):
            self._last, self._address = last, address
            self._fill()

    def show_sticks(self, found: Sequence[Stick]) -> None:
        if tuple(found) != tuple(self._sticks) or not self.rows:
            self._sticks = tuple(found)
            self._fill()

    def _fill(self) -> None:
        had_focus = any(one.hasFocus() for one in self.rows.values())
        for old in self.rows.values():
            self._group.removeButton(old)
            old.deleteLater()
        self.rows = {key: QRadioButton(text.replace("&", "&&")) for key, text in self._texts().items()}
        for key, one in self.rows.items():
            self._group.addButton(one)
            self._places.addWidget(one)
            one.clicked.connect(partial(self._pick, key))
        self.nothing.setVisible(not self._sticks)
        self.network.setVisible(not self._address)
        self._choose_usual()
        self._show_chosen()
        if had_focus:
            self._focus()

    def _pick(self, key: str) -> None:
        self._picked = key

    def _choose_usual(self) -> None:
        """What somebody has picked, else where the last one went, else the first: a stick before the network."""
        for key in (self._picked, self._last, *self.rows):
            if key in self.rows:
                self.rows[key].setChecked(True)
                return

    def _texts(self) -> dict[str, str]:
        """Folder, or address, with what stands beside its button."""
        made = {str(one.folder): self.tr("{name}   {folder}   {free} free").format(
            name=one.name, folder=one.folder, free=_size(one.free)) for one in self._sticks}
        if self._last and self._last not in made and Path(self._last).is_dir():
            made[self._last] = self.tr("{folder}   as last time").format(folder=self._last)
        if self._address:
            made[self._address] = self.tr("{host}   over HTTPS; the receipt comes back at once").format(
                host=urlsplit(self._address).netloc)
        return made

    def _chosen(self) -> str:
        return next((key for key, one in self.rows.items() if one.isChecked()), "")

    def _show_chosen(self) -> None:
        chosen = self._chosen()
        self.go.setEnabled(bool(chosen))
        self.go.setText(self.tr("Se&nd") if chosen and chosen == self._address else self.tr("&Write and check"))

    def _focus(self) -> None:
        chosen = self._chosen()
        (self.rows[chosen] if chosen else self.folder).setFocus()

    def _press(self) -> None:
        """Enter goes on, or presses the button that has the focus."""
        asked = next((one for one in (self.folder, self.network, self.leave) if one.hasFocus()), self.go)
        asked.click()

    def _go(self) -> None:
        chosen = self._chosen()
        self.hide()
        if chosen == self._address:
            self.library_chosen.emit()
        else:
            self.chosen.emit(Path(chosen))


def _size(count: int) -> str:
    """As a stick's maker and the system's file window say it."""
    return QLocale().formattedDataSize(count, 1, QLocale.DataSizeFormat.DataSizeTraditionalFormat)
