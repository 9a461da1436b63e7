"""Language and scheme as chosen last time, kept in the settings file of the data folder."""

from pathlib import Path

from PySide6.QtCore import QSettings

from desktop.i18n import LANGUAGES
from desktop.theme import Scheme


def settings_in(folder: Path) -> QSettings:
    """The window's settings: `windows.ini` in the data folder. Never holds personal data."""
    return QSettings(str(folder / "windows.ini"), QSettings.Format.IniFormat)


def language_in(settings: QSettings) -> str:
    kept = str(settings.value("window/language") or "")
    return kept if kept in LANGUAGES else next(iter(LANGUAGES))


def scheme_in(settings: QSettings) -> Scheme:
    kept = str(settings.value("window/scheme") or "")
    return Scheme(kept) if kept in set(Scheme) else Scheme.LIGHT
