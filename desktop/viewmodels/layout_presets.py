"""How each organisation's sheets of a kind are to be read, remembered among the settings: header words and words of
closed columns, nobody's data."""

from collections.abc import Mapping, Sequence

import msgspec
from PySide6.QtCore import QSettings

from appraisal.sheets.layout import Layout, Preset


class LayoutPresets:
    def __init__(self, settings: QSettings, kind: str) -> None:
        """`kind`: roster, or marks."""
        self._settings, self._key = settings, f"{kind}/presets"

    def all(self) -> Sequence[Preset]:
        """The one kept last first."""
        return [Preset(name, layout) for name, layout in reversed(self._kept().items())]

    def keep(self, preset: Preset) -> None:
        kept = {name: layout for name, layout in self._kept().items() if name != preset.name}
        self._write({**kept, preset.name: preset.layout})

    def forget(self, name: str) -> None:
        self._write({other: layout for other, layout in self._kept().items() if other != name})

    def _kept(self) -> dict[str, Layout]:
        try:
            return msgspec.json.decode(str(self._settings.value(self._key, "{}")), type=dict[str, Layout])
        except msgspec.DecodeError:  # another release's, or damaged: they are made again in a minute
            return {}

    def _write(self, presets: Mapping[str, Layout]) -> None:
        self._settings.setValue(self._key, msgspec.json.encode(presets).decode())
