"""Where a bundle can go: the sticks that are plugged in, as the system mounts them."""

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QStorageInfo

_MOUNTED_UNDER = ("/media/", "/run/media/", "/mnt/", "/Volumes/")


@dataclass(frozen=True, slots=True)
class Stick:
    """`free` in bytes."""

    name: str
    folder: Path
    free: int


def sticks() -> Sequence[Stick]:
    """What can be written to and is not the system's own disk. Asks the system: off the GUI thread."""
    found = (one for one in QStorageInfo.mountedVolumes() if one.isValid() and one.isReady() and not one.isReadOnly())
    made = [Stick(one.displayName() or one.rootPath(), Path(one.rootPath()), one.bytesAvailable())
            for one in found if _is_stick(one)]
    return sorted(made, key=lambda one: str(one.folder))


def _is_stick(volume: QStorageInfo) -> bool:
    if volume.isRoot():
        return False
    if sys.platform == "win32":
        return Path(volume.rootPath()).drive != Path(sys.base_prefix).drive
    return volume.rootPath().startswith(_MOUNTED_UNDER)
