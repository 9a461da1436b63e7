"""The main window: side bar, pages built when first shown, a notice for faults, the status bar."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QByteArray, QSettings, QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from appraisal.domain.errors import EnvironmentFault
from desktop.errors import sentence_of
from desktop.i18n import LANGUAGES, current_language
from desktop.models.chips import Tone
from desktop.shell.defects import DefectDialog
from desktop.shell.entries import Command, DeskStatus, HasCommands, HoldsDraft, PageEntry, Refreshes
from desktop.shell.palette import CommandPalette
from desktop.shell.side_bar import SideBar
from desktop.shell.status_bar import DeskStatusBar
from desktop.theme import Scheme, scheme_of
from desktop.widgets.icons import icon
from desktop.widgets.notice import Notice

SMALLEST = QSize(1024, 640)
USUAL = QSize(1280, 720)


class MainWindow(QMainWindow):
    """Signals ask; whoever made the window acts (sets the theme, makes the window anew in another language)."""

    page_shown = Signal(str)
    help_asked = Signal(str)
    """Key of the page whose section of the manual is wanted."""
    language_chosen = Signal(str)
    scheme_chosen = Signal(str)
    """A Scheme's value."""
    sign_out_asked = Signal()
    closing = Signal()

    def __init__(self, entries: Sequence[PageEntry], settings: QSettings) -> None:
        """`settings`: an ini file in the data folder; keeps the window's place and the last page."""
        super().__init__()
        self._entries = {entry.key: entry for entry in entries}
        self._settings = settings
        self._built: dict[str, QWidget] = {}
        self._current = self._remedied = ""
        self.setWindowTitle(self.tr("Appraisal Desk"))
        self.setMinimumSize(SMALLEST)
        self.side_bar, self.pages, self.fault = SideBar(entries), QStackedWidget(), Notice()
        self.waiting = Notice()
        self.waiting.dismiss.hide()
        self.side_bar.chosen.connect(self.show_page)
        right = QVBoxLayout()
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(0)
        right.addWidget(self.fault)
        right.addWidget(self.waiting)
        right.addWidget(self.pages, 1)
        ground = QWidget()
        line = QHBoxLayout(ground)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(0)
        line.addWidget(self.side_bar)
        line.addLayout(right, 1)
        self.setCentralWidget(ground)
        self.status_bar = DeskStatusBar()
        self.setStatusBar(self.status_bar)
        self._add_tools()
        self._add_shortcuts()
        self._restore_place()

    # pages

    def show_page(self, key: str) -> None:
        """Raises KeyError for a page that was not registered."""
        if key == self._current:
            return
        known = key in self._built
        page = self._built[key] if known else self._build(key)
        if self._remedied and self._remedied != key:
            self.fault.clear()
            self._remedied = ""
        self._current = key
        self.pages.setCurrentWidget(page)
        self.side_bar.mark(key)
        if known and isinstance(page, Refreshes):
            page.refresh()
        self._settings.setValue("window/page", key)
        self.page_shown.emit(key)

    def start(self) -> None:
        """Show the page of last time, or the first one."""
        kept = str(self._settings.value("window/page") or "")
        self.show_page(kept if kept in self._entries else next(iter(self._entries)))

    def page(self, key: str) -> QWidget:
        """The page itself, built if need be."""
        return self._built[key] if key in self._built else self._build(key)

    def current_key(self) -> str:
        """Empty before the first page is shown."""
        return self._current

    def _build(self, key: str) -> QWidget:
        page = self._built[key] = self._entries[key].build()
        self.pages.addWidget(page)
        return page

    # what it says

    def show_status(self, status: DeskStatus) -> None:
        self.status_bar.show_status(status)

    def show_fault(self, fault: EnvironmentFault) -> None:
        """Disk, printer, file: an inline notice; the page stays usable."""
        self.fault.warn(sentence_of(fault))

    def show_notice(self, said: str) -> None:
        """What somebody has to know before going on."""
        self.fault.warn(said)

    def show_waiting(self, said: str) -> None:
        """That what was asked for begins later, as long as it is so."""
        self.waiting.info(said) if said else self.waiting.clear()

    def show_remedy(self, said: str, back: str) -> None:
        """What to do on the page shown, and a way back to the page that led here; gone with the next page."""
        def go_back() -> None:
            self.show_page(back)

        self.fault.say(Tone.WARN, said, self.tr("Back to {page}").format(page=self._entries[back].title), go_back)
        self._remedied = self._current

    def show_defect(self, report: str) -> None:
        """One dialog at a time: a defect in painting would open one at every repaint."""
        if not any(open_one.isVisible() for open_one in self.findChildren(DefectDialog)):
            DefectDialog(report, self).open()

    # commands

    def commands(self) -> list[Command]:
        """What the palette offers now: the page's own actions, the pages, the window's tools."""
        page = self.pages.currentWidget()
        own: list[Command] = list(page.commands()) if isinstance(page, HasCommands) else []
        go = [Command(entry.title, self._goer(entry.key), entry.icon, f"Ctrl+{place}" if place <= 9 else "")
              for place, entry in enumerate(self._entries.values(), 1)]
        return own + go + [
            Command(self.tr("Light or dark"), self._switch_scheme, "moon"),
            Command(self.tr("Language: 中文 / English"), self._switch_language, "language"),
            Command(self.tr("Help for this page"), self._ask_help, "help", "F1"),
            Command(self.tr("Sign out"), self.sign_out_asked.emit, "sign-out"),
        ]

    def open_palette(self) -> CommandPalette:
        palette = CommandPalette(self.commands(), self)
        palette.open_over(self)
        return palette

    def _show_palette(self) -> None:
        self.open_palette()

    def _goer(self, key: str) -> Callable[[], None]:
        return lambda: self.show_page(key)

    def _add_tools(self) -> None:
        bar = self.side_bar
        bar.add_tool("search", self.tr("Commands (Ctrl+K)"), self._show_palette)
        self._scheme_tool = bar.add_tool("moon", self.tr("Light or dark"), self._switch_scheme)
        bar.add_tool("language", self.tr("Language: 中文 / English"), self._switch_language)
        bar.add_tool("help", self.tr("Help for this page (F1)"), self._ask_help)
        bar.add_tool("sign-out", self.tr("Sign out"), self.sign_out_asked.emit)
        self._show_scheme(scheme_of(self.palette()))

    def _add_shortcuts(self) -> None:
        for place, key in enumerate(list(self._entries)[:9], 1):
            QShortcut(QKeySequence(f"Ctrl+{place}"), self).activated.connect(self._goer(key))
        QShortcut(QKeySequence("Ctrl+K"), self).activated.connect(self.open_palette)
        QShortcut(QKeySequence(Qt.Key.Key_F1), self).activated.connect(self._ask_help)

    def _switch_scheme(self) -> None:
        other = Scheme.LIGHT if scheme_of(self.palette()) is Scheme.DARK else Scheme.DARK
        self._settings.setValue("window/scheme", other.value)
        self._show_scheme(other)
        self.scheme_chosen.emit(other.value)

    def _show_scheme(self, scheme: Scheme) -> None:
        self._scheme_tool.setIcon(icon("sun" if scheme is Scheme.DARK else "moon"))

    def _switch_language(self) -> None:
        codes = list(LANGUAGES)
        other = codes[(codes.index(current_language()) + 1) % len(codes)]
        self._settings.setValue("window/language", other)
        self.language_chosen.emit(other)

    def _ask_help(self) -> None:
        self.help_asked.emit(self.current_key())

    # place and closing

    def _restore_place(self) -> None:
        kept = self._settings.value("window/geometry")
        if not (isinstance(kept, QByteArray) and self.restoreGeometry(kept)):
            self.resize(USUAL)

    def closeEvent(self, event: QCloseEvent) -> None:
        for key, page in self._built.items():
            if isinstance(page, HoldsDraft) and not page.may_close():
                self.show_page(key)
                event.ignore()
                return
        self._settings.setValue("window/geometry", self.saveGeometry())
        self._settings.sync()
        self.closing.emit()
        event.accept()
