"""Files that survive a power cut, and a lock that one process holds."""

import contextlib
import errno
import os
import shutil
import stat
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from appraisal.domain.errors import EnvironmentFault


def read_file(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as fault:
        raise EnvironmentFault("file_unreadable", file=str(path), reason=fault.strerror or str(fault)) from fault


PICTURES = frozenset({".jpg", ".jpeg", ".jpe", ".jfif", ".png", ".bmp", ".webp", ".tif", ".tiff", ".gif",
                      ".heic", ".heif", ".avif"})
"""The last three are no pictures that can be read here; whoever looks at them says so."""
MOST_PICTURE = 256 << 20
"""Bytes of a picture that is read at all."""


@dataclass(frozen=True, slots=True)
class PictureFile:
    name: str
    """Its path within the folder that was looked through, apart by `/`."""
    path: Path

    def read(self) -> bytes:
        """Raises EnvironmentFault file_unreadable, picture_file_too_large."""
        try:
            about = self.path.stat()
        except OSError as fault:
            raise EnvironmentFault("file_unreadable", file=self.name, reason=fault.strerror or str(fault)) from fault
        if not stat.S_ISREG(about.st_mode):  # a pipe would be waited for without end
            reason = os.strerror(errno.EACCES if stat.S_ISDIR(about.st_mode) else errno.ENOTSUP)
            raise EnvironmentFault("file_unreadable", file=self.name, reason=reason)
        if about.st_size > MOST_PICTURE:
            raise EnvironmentFault("picture_file_too_large", file=self.name, most=MOST_PICTURE >> 20)
        return read_file(self.path)


def pictures_in(folder: Path) -> Sequence[PictureFile]:
    """Every picture in the folder and the folders within, by name, and every folder within that cannot be looked into:
    none is read yet, and reading says what is in the way. Raises EnvironmentFault file_unreadable for no folder."""
    if not folder.is_dir():
        raise EnvironmentFault("file_unreadable", file=str(folder), reason="-")
    closed: list[OSError] = []
    found = [Path(parent, name) for parent, folders, names in os.walk(folder, onerror=closed.append)
             for name in (*names, *folders) if Path(name).suffix.lower() in PICTURES and not name.startswith(".")]
    found += [Path(fault.filename) for fault in closed]
    return [PictureFile(one.relative_to(folder).as_posix(), one) for one in sorted(set(found))]


@contextlib.contextmanager
def writing(path: Path) -> Iterator[None]:
    """A disk's refusal in here is EnvironmentFault file_not_written, of `path`."""
    try:
        yield
    except OSError as fault:
        raise EnvironmentFault("file_not_written", file=str(path), reason=fault.strerror or str(fault)) from fault


def write_durably(path: Path, data: bytes, *, mode: int = 0o644) -> None:
    """The whole new content or the whole old one: temporary name, fsync, rename, fsync of the folder."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode)
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
        sync_folder(path.parent)
    except OSError as fault:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)
        raise EnvironmentFault("file_not_written", file=str(path), reason=fault.strerror or str(fault)) from fault


def copy_durably(source: Path, target: Path) -> None:
    """The bytes are on the disk before this returns; the name `target` is for the caller to sync. Raises OSError."""
    shutil.copy2(source, target)
    with target.open("rb+") as file:
        os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    if sys.platform != "win32":  # Windows has no handle for a folder; its rename is journalled
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


@contextlib.contextmanager
def locked(path: Path) -> Iterator[None]:
    """Held until the block ends or the process dies. EnvironmentFault `desk_already_open` where another holds it."""
    with writing(path):
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        try:
            _lock(descriptor)
        except OSError:
            raise EnvironmentFault("desk_already_open", folder=str(path.parent)) from None
        yield
    finally:
        os.close(descriptor)


if sys.platform == "win32":
    import msvcrt

    def _lock(descriptor: int) -> None:
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _lock(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
