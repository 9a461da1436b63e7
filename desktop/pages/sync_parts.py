"""Parts of the Sync page: a tile for each state, the timeline, and the way to join a library."""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QLocale, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from appraisal.usecases.reads import SyncState
from appraisal.usecases.transfers import Transfer, Way
from desktop.theme import GRID, text_font
from desktop.viewmodels.sync_words import (
    state_chip,
    state_hint,
    transfer_detail,
    transfer_title,
    waiting_words,
)
from desktop.widgets.basics import card, label, plain_button, primary_button, row
from desktop.widgets.chip import StateChip
from desktop.widgets.icons import icon_pixmap

_ICONS = {Way.LEFT: ("export", "info"), Way.CAME: ("import", "good"), Way.RESTORED: ("restore", "good"),
          Way.BEGAN: ("warning", "warn")}
WAITING = (SyncState.SAVED, SyncState.ON_STICK, SyncState.RECEIVED)
SHOWN = (SyncState.SAVED, SyncState.ON_STICK, SyncState.RECEIVED, SyncState.ACCEPTED, SyncState.NEEDS_YOU,
         SyncState.STAYS)


class StateTile(QFrame):
    """How many records are in one state, in large figures."""

    def __init__(self, state: SyncState) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.count = label("0")
        self.count.setFont(text_font(26, bold=True))
        self.chip = StateChip(state_chip(state))
        self.setToolTip(state_hint(state))
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * GRID, GRID + 2, GRID, GRID + 2)
        column.setSpacing(GRID // 2)
        column.addWidget(self.count)
        column.addWidget(self.chip)

    def show_count(self, count: int) -> None:
        self.count.setText(QLocale().toString(count))
        self.setAccessibleName(f"{self.chip.chip().word} {self.count.text()}")


class Tiles(QWidget):
    """All the states side by side, in the order in which a record goes through them."""

    def __init__(self) -> None:
        super().__init__()
        self.tiles = {state: StateTile(state) for state in SHOWN}
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(GRID)
        for tile in self.tiles.values():
            line.addWidget(tile, 1)

    def show_counts(self, counts: Sequence[tuple[SyncState, int]]) -> None:
        for state, count in counts:
            self.tiles[state].show_count(count)


class Timeline(QFrame):
    """What left and what came back, the newest on top."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.empty = label(self.tr("Nothing has left this desk yet."), "muted", wrap=True)
        self.rolled = QScrollArea()
        self.rolled.setWidgetResizable(True)
        self.rolled.setFrameShape(QScrollArea.Shape.NoFrame)
        self.rolled.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.rolled.viewport().setAutoFillBackground(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * GRID, 2 * GRID, GRID, GRID)
        column.setSpacing(GRID)
        column.addWidget(label(self.tr("What left and what came back"), "heading"))
        column.addWidget(self.empty)
        column.addWidget(self.rolled, 1)
        column.addStretch()  # keeps the heading at the top while there is nothing

    def add_foot(self, foot: QWidget) -> None:
        layout = self.layout()
        assert layout is not None
        layout.addWidget(foot)

    def show_transfers(self, transfers: Sequence[Transfer], counts: Mapping[SyncState, int]) -> None:
        """What waits stands above what has been."""
        waits = [(title, hint) for state in WAITING
                 if (count := counts.get(state, 0)) for title, hint in (waiting_words(state, count),)]
        self.empty.setVisible(not transfers)
        self.rolled.setVisible(bool(transfers or waits))
        ground = QWidget()
        column = QVBoxLayout(ground)
        column.setContentsMargins(0, 0, GRID, 0)
        column.setSpacing(GRID + 2)
        for title, hint in waits:
            column.addWidget(self._line(("today", "muted"), title, hint))
        for one in transfers:
            column.addWidget(self._line(_ICONS[one.way], transfer_title(one), transfer_detail(one)))
        column.addStretch(1)
        self.rolled.setWidget(ground)
        ground.setAutoFillBackground(False)  # setWidget turns it on; the card is the ground

    def _line(self, face: tuple[str, str], heading: str, detail: str) -> QWidget:
        line, picture = QWidget(), QLabel()
        name, role = face
        picture.setPixmap(icon_pixmap(name, 20, self.palette(), role, self.devicePixelRatioF()))
        texts = QVBoxLayout()
        texts.setSpacing(0)
        title = label(heading, wrap=True)
        title.setFont(text_font(bold=True))
        texts.addWidget(title)
        texts.addWidget(label(detail, "muted", wrap=True))
        across = QHBoxLayout(line)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(GRID + 2)
        across.addWidget(picture, 0, Qt.AlignmentFlag.AlignTop)
        across.addLayout(texts, 1)
        return line


class JoinCard(QWidget):
    """What stands in the middle while no library knows this desk: two steps, in their order."""

    def __init__(self, on_request: Callable[[], None], on_grant: Callable[[], None]) -> None:
        super().__init__()
        frame, column = card()
        frame.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Maximum)
        frame.setFixedWidth(560)
        column.setSpacing(GRID + 4)
        self.request = primary_button(self.tr("Sa&ve the request …"), "export", on_request)
        self.grant = plain_button(self.tr("Ta&ke in the grant …"), "import", on_grant)
        column.addWidget(label(self.tr("Join the association's library"), "heading"))
        self._add(column, self.tr("1  Save the request on a stick and give it to the association. It names this "
                                  "centre and its keys, and nobody's personal data."), self.request)
        self._add(column, self.tr("2  The association answers with a grant: certificate numbers, the trust list, and "
                                  "whom to seal records for. Take it in here."), self.grant)
        self.asked, self.words = label(self.tr(
            "The association calls you back and asks for these words. Read them out; to nobody else."), "muted",
            wrap=True), label("", "heading", wrap=True)
        self.words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        for place, part in ((3, self.asked), (4, self.words)):  # between the two steps
            column.insertWidget(place, part)
            part.hide()
        ground = QVBoxLayout(self)
        ground.addStretch(2)
        ground.addWidget(frame, 0, Qt.AlignmentFlag.AlignHCenter)
        ground.addStretch(3)

    def show_words(self, words: str) -> None:
        """Of the request that was saved: they stay until the grant is here."""
        self.words.setText(words.replace(" ", "\u00a0").replace("\u00a0·\u00a0", " · "))  # a pair stays on one line
        self.words.setAccessibleName(words)
        for part in (self.asked, self.words):
            part.setMinimumHeight(part.heightForWidth(520))
            part.show()

    def _add(self, column: QVBoxLayout, text: str, button: QWidget) -> None:
        said = label(text, wrap=True)
        said.setMinimumHeight(said.heightForWidth(520))
        column.addWidget(said)
        column.addLayout(row(None, button))
