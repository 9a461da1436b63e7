"""Files that survive a power cut, and a lock that one process holds."""

import contextlib
import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

from appraisal.domain.errors import EnvironmentFault


def read_file(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as fault:
        raise EnvironmentFault("file_unreadable", file=str(path), reason=fault.strerror or str(fault)) from fault


PICTURES = frozenset({".jpg", ".jpeg", ".png", ".bmp", ".webp"})


def pictures_in(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Name and bytes of each picture in the folder and the folders within, by name."""
    if not folder.is_dir():
        raise EnvironmentFault("file_unreadable", file=str(folder), reason="-")
    for file in sorted(folder.rglob("*")):
        if file.suffix.lower() in PICTURES and file.is_file():
            yield file.name, read_file(file)


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
