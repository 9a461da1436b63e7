"""Lists that an operator looks at again and again: filters under a name, remembered among the settings. The words typed
are not kept: they may be somebody's name or number."""

from collections.abc import Mapping

import msgspec
from PySide6.QtCore import QSettings

from appraisal.usecases.filters import Filters

_KEY = "candidates/views"


class SavedViews:
    def __init__(self, settings: QSettings | None) -> None:
        """Without settings nothing is remembered."""
        self._settings = settings

    def all(self) -> Mapping[str, Filters]:
        if self._settings is None:
            return {}
        try:
            return msgspec.json.decode(str(self._settings.value(_KEY, "{}")), type=dict[str, Filters])
        except msgspec.DecodeError:  # another release's, or damaged
            return {}

    def keep(self, name: str, filters: Filters) -> None:
        self._write({**self.all(), name: filters})

    def forget(self, name: str) -> None:
        self._write({other: filters for other, filters in self.all().items() if other != name})

    def _write(self, views: Mapping[str, Filters]) -> None:
        if self._settings is not None:
            self._settings.setValue(_KEY, msgspec.json.encode(views).decode())
