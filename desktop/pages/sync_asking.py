"""What the Sync page asks of the operator: where to send, what to take in."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, QSettings
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QInputDialog, QWidget

from desktop.pages.sync_places import PlacesPanel
from desktop.shell.entries import Command
from desktop.viewmodels.sync import SyncViewModel

_FOLDER = "sync/folder"


class SyncAsking(QObject):
    """Each asks, and starts what was asked for. `settings` remember the stick's folder."""

    def __init__(self, page: QWidget, view_model: SyncViewModel, places: PlacesPanel,
                 settings: QSettings | None) -> None:
        super().__init__(page)
        self._page, self._view_model, self._places, self._settings = page, view_model, places, settings
        self.address = ""
        """Of the library over HTTPS; empty: not known."""
        places.chosen.connect(self.send_to)
        places.library_chosen.connect(self.send_over_https)
        places.folder_asked.connect(self.other_folder)
        places.address_asked.connect(self.ask_for_address)

    def commands(self, *, joined: bool) -> Sequence[Command]:
        if not joined:
            return [Command(self.tr("Save the request to join a library"), self.where_to_request, "export"),
                    Command(self.tr("Take in the grant"), self.file, "import")]
        return [Command(self.tr("Send by stick"), self.where_to_send, "export"),
                Command(self.tr("Send over HTTPS"), self.send_over_https, "sync"),
                Command(self.tr("Take in a receipt, a grant or a list"), self.file, "import"),
                Command(self.tr("Take in a folder"), self.folder, "import"),
                Command(self.tr("Type a short receipt"), self.short, "import"),
                Command(self.tr("Take in what the library gives back"), self.restoration, "restore")]

    # sending

    def where_to_send(self) -> None:
        """The first of three clicks; the second is the place, the third writes."""
        self._places.know(self._last_folder(), self.address)
        self._places.show()

    def send_to(self, folder: Path) -> None:
        self._remember(str(folder))
        self._view_model.export(folder)

    def other_folder(self) -> None:
        folder = self._ask_folder(self.tr("Choose the stick"))
        if folder is not None:
            self._places.hide()
            self.send_to(folder)

    def send_over_https(self) -> None:
        if self.address:
            self._remember(self.address)
            self._view_model.send()
        else:
            self.ask_for_address()

    def ask_for_address(self) -> None:
        text, given = QInputDialog.getText(
            self._page, self.tr("Over the network"), self.tr("The library's address, as the association gives it:"),
            text="https://")
        if given and text.strip():
            self._places.hide()
            self._view_model.send(text.strip())

    # joining and taking in

    def where_to_request(self) -> None:
        folder = self._ask_folder(self.tr("Choose the stick"))
        if folder is not None:
            self._view_model.write_request(folder)

    def folder(self) -> None:
        self._take_in_folder(self.tr("Take in a folder"))

    def restoration(self) -> None:
        self._take_in_folder(self.tr("Choose the restoration, or the stick that it is on"))

    def file(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(
            self._page, self.tr("Take in a receipt, a grant or a list"), self._last_folder(),
            self.tr("Signed files and pictures (*.cose *.skr *.png *.jpg *.jpeg);;All files (*)"))
        if chosen:
            self._view_model.take_in(Path(chosen))

    def short(self) -> None:
        text, given = QInputDialog.getMultiLineText(
            self._page, self.tr("Type a short receipt"),
            self.tr("As the association reads it to you, in groups of eight, or with a scanner from its picture:"))
        if given and text.strip():
            self._view_model.take_in_typed(text)

    def entered(self, event: QDragEnterEvent) -> None:
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropped(self, event: QDropEvent) -> None:
        for url in event.mimeData().urls():
            if url.isLocalFile():
                self._view_model.take_in(Path(url.toLocalFile()))
                event.acceptProposedAction()
                return

    def _take_in_folder(self, title: str) -> None:
        folder = self._ask_folder(title)
        if folder is not None:
            self._view_model.take_in(folder)

    def _ask_folder(self, title: str) -> Path | None:
        chosen = QFileDialog.getExistingDirectory(self._page, title, self._last_folder())
        if chosen:
            self._remember(chosen)
        return Path(chosen) if chosen else None

    def _remember(self, folder: str) -> None:
        if self._settings is not None:
            self._settings.setValue(_FOLDER, folder)

    def _last_folder(self) -> str:
        return str(self._settings.value(_FOLDER) or "") if self._settings is not None else ""
