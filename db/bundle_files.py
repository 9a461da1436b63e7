"""Bundles as files: written so that a cut leaves none under its own name, read as a folder or as one zip."""

import contextlib
import errno
import os
import shutil
import zipfile
from collections.abc import Iterator, Mapping
from hashlib import sha256
from pathlib import Path

from appraisal.domain.errors import EnvironmentFault, RuleViolation
from appraisal.exchange.letters import MAX_BYTES
from appraisal.exchange.manifest import FILE
from appraisal.exchange.ports import BundleSource, BundleTarget
from db.files import sync_folder, write_durably

SUFFIX = ".skb"
_UNFINISHED = ".part"
_BLOCK = 1 << 20


class BundleFolders:
    """Writes bundles as folders. `signed`: name of the file that is written last and says what the folder holds."""

    def __init__(self, signed: str = FILE) -> None:
        self._signed = signed

    @contextlib.contextmanager
    def target(self, out: Path) -> Iterator[BundleTarget]:
        target = _Target(out, self._signed)
        try:
            yield target
        except BaseException:
            target.take_away()
            raise


class _Target:
    def __init__(self, out: Path, signed: str) -> None:
        self._out, self._signed = out, signed
        self._folder = self._final = out

    def begin(self, name: str, needed: int) -> None:
        try:
            self._out.mkdir(parents=True, exist_ok=True)
            free = shutil.disk_usage(self._out).free
            if free < needed:
                raise EnvironmentFault("stick_full", folder=str(self._out), needed=_megabytes(needed),
                                       free=_megabytes(free))
            self._clear_away(name.rpartition("-")[2])
            self._final = self._out / name
            folder = self._out / f".{name}{_UNFINISHED}"
            folder.mkdir()
            self._folder = folder
        except OSError as fault:
            raise _not_written(self._out, fault) from fault

    def write(self, name: str, data: bytes) -> None:
        path = self._folder / name
        try:
            with path.open("wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
        except OSError as fault:
            raise _not_written(path, fault) from fault

    def finish(self, digests: Mapping[str, bytes], manifest: bytes) -> Path:
        try:
            for name, digest in digests.items():
                if _digest(self._folder / name) != digest:
                    raise EnvironmentFault("stick_reads_wrong", file=name, folder=str(self._out))
            sync_folder(self._folder)
            self._folder.rename(self._final)
            self._folder = self._final
            sync_folder(self._out)
        except OSError as fault:
            raise _not_written(self._final, fault) from fault
        write_durably(self._final / self._signed, manifest)
        return self._final

    def _clear_away(self, desk: str) -> None:
        """What an export of this desk that was cut short has left: one desk is open in one process only."""
        for left in self._out.glob(f".*-{desk}{_UNFINISHED}"):
            shutil.rmtree(left, ignore_errors=True)
        for left in self._out.glob(f"*-{desk}"):
            if left.is_dir() and not (left / self._signed).exists():
                shutil.rmtree(left, ignore_errors=True)

    def take_away(self) -> None:
        """The manifest first, so that what a second fault may leave is no bundle."""
        if self._folder != self._out:
            with contextlib.suppress(OSError):
                (self._folder / self._signed).unlink(missing_ok=True)
            shutil.rmtree(self._folder, ignore_errors=True)


def open_bundle(path: Path, signed: str = FILE) -> BundleSource:
    """A folder or a zip. Raises RuleViolation not_a_bundle, EnvironmentFault file_unreadable."""
    if not path.exists():
        raise EnvironmentFault("file_unreadable", file=str(path), reason=os.strerror(errno.ENOENT))
    if (path / signed).is_file():
        return _Folder(path, signed)
    if path.is_file() and zipfile.is_zipfile(path):
        return _Zip(path, signed)
    raise RuleViolation("not_a_bundle", "path", path=path.name)


def find_bundles(path: Path) -> list[Path]:
    """The bundle itself, or those that lie in the folder, the oldest name first."""
    if path.is_file() or (path / FILE).is_file() or not path.is_dir():
        return [path]
    return sorted(one for one in path.iterdir()
                  if not one.name.startswith(".") and ((one / FILE).is_file() or one.suffix == SUFFIX))


def pack_zip(folder: Path, to: Path, signed: str = FILE) -> Path:
    """The folder as one file, for a mail or an upload."""
    with zipfile.ZipFile(to, "w", zipfile.ZIP_STORED) as packed:
        for file in sorted(folder.iterdir()):
            if file.name.startswith("part-") or file.name == signed:
                packed.write(file, file.name)
    return to


class _Folder:
    def __init__(self, path: Path, signed: str) -> None:
        self.path, self._signed = path, signed

    def manifest(self) -> bytes:
        data = self.part(self._signed, MAX_BYTES)
        if data is None:
            raise EnvironmentFault("file_unreadable", file=str(self.path / self._signed), reason="-")
        return data

    def lengths(self) -> Mapping[str, int]:
        return {file.name: file.stat().st_size for file in self.path.iterdir() if file.is_file()}

    def part(self, name: str, length: int) -> bytes | None:
        try:
            with (self.path / name).open("rb") as file:
                return file.read(length + 1)
        except OSError:
            return None


class _Zip:
    """Stored files only: what is inside can be no larger than the zip."""

    def __init__(self, path: Path, signed: str) -> None:
        self.path, self._signed = path, signed

    def manifest(self) -> bytes:
        data = self.part(self._signed, MAX_BYTES)
        if data is None:
            raise RuleViolation("not_a_bundle", "path", path=self.path.name)
        return data

    def lengths(self) -> Mapping[str, int]:
        try:
            with zipfile.ZipFile(self.path) as packed:
                return {one.filename: one.file_size for one in packed.infolist()}
        except (OSError, zipfile.BadZipFile) as fault:
            raise RuleViolation("not_a_bundle", "path", path=self.path.name) from fault

    def part(self, name: str, length: int) -> bytes | None:
        try:
            with zipfile.ZipFile(self.path) as packed:
                if packed.getinfo(name).compress_type != zipfile.ZIP_STORED:
                    return None
                with packed.open(name) as file:
                    return file.read(length + 1)
        except (OSError, KeyError, ValueError, NotImplementedError, RuntimeError, zipfile.BadZipFile):
            return None


def _digest(path: Path) -> bytes:
    """Of what the medium holds, as far as the system lets us past its cache."""
    running = sha256()
    with path.open("rb") as file:
        if hasattr(os, "posix_fadvise"):
            os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
        while block := file.read(_BLOCK):
            running.update(block)
    return running.digest()


def _megabytes(count: int) -> str:
    return f"{count / 1e6:.1f} MB"


def _not_written(path: Path, fault: OSError) -> EnvironmentFault:
    return EnvironmentFault("file_not_written", file=str(path), reason=fault.strerror or str(fault))
