"""Copies made from the window; when the last one was made is kept with the window's settings."""

from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QSettings

from appraisal.domain.errors import EnvironmentFault
from db.centre import Centre
from db.desk import CHINA
from desktop.commands.upkeep import backup_create

_LAST = "backup/last"


class DeskBackups:
    def __init__(self, centre: Centre, settings: QSettings) -> None:
        self._centre, self._settings = centre, settings

    def make(self, folder: Path) -> Path:
        """A new folder, named by centre and time, with the encrypted copy and its key slots."""
        now = datetime.fromtimestamp(self._centre.clock() / 1000, CHINA)
        target = folder / f"{self._centre.reads.centre().code}-{now:%Y%m%d-%H%M%S}"
        if self._centre.folder.resolve() in (folder.resolve(), *folder.resolve().parents):
            raise EnvironmentFault("backup_beside_data", folder=str(folder))
        backup_create(self._centre, target)
        self._settings.setValue(_LAST, now.isoformat())
        return target

    def last(self) -> datetime | None:
        kept = self._settings.value(_LAST)
        try:
            return datetime.fromisoformat(str(kept)) if kept else None
        except ValueError:  # a settings file that somebody has edited
            return None
