"""Uploads on the library's disk. What is said to be here is still here after a power cut.

    <spool>/<desk>/<bundle>/    manifest.cose.pending    parts are coming: `.part-0001` unfinished, `part-0001` whole
                                manifest.cose            all parts are whole: a bundle like one on a stick
                                receipt.cose             taken in; the parts are gone
"""

import contextlib
import os
import shutil
from collections.abc import Iterator, Mapping
from hashlib import file_digest
from pathlib import Path
from threading import Lock

from appraisal.canonical import Malformed
from appraisal.domain.errors import EnvironmentFault, RuleViolation
from appraisal.domain.events import Id
from appraisal.exchange.manifest import FILE, Manifest, part_name, unverified
from appraisal.exchange.parts import Part
from db.files import locked, read_file, sync_folder, write_durably, writing

PENDING, RECEIPT, LOCK = f"{FILE}.pending", "receipt.cose", "lock"
MOST_OPEN = 4
"""Uploads of one desk under way: bundles are cumulative, so a newer one has what an older one had."""
SYNC_EVERY = 4 << 20
RESERVE = 256 << 20
"""Free bytes that uploads leave to everything else on the disk."""


class Upload:
    """One bundle on its way in. Its methods may be called from several threads."""

    def __init__(self, folder: Path, manifest: Manifest) -> None:
        self.folder, self.desk, self.bundle = folder, manifest.desk, manifest.bundle
        self.parts: Mapping[str, Part] = {part_name(n): part for n, part in enumerate(manifest.parts, 1)}
        self.lock = Lock()
        self.writers: dict[str, Writing] = {}
        """By part, whoever may write it: the last who asked."""
        self.left = 0 if self.taken else sum(part.length - self._size(name) for name, part in self.parts.items())
        """Bytes still to come."""

    @property
    def taken(self) -> bool:
        return (self.folder / RECEIPT).exists()

    @property
    def waits_for_intake(self) -> bool:
        return (self.folder / FILE).exists() and not self.taken

    def receipt(self) -> bytes | None:
        return read_file(self.folder / RECEIPT) if self.taken else None

    def signed(self) -> bytes:
        """The manifest as it came."""
        pending = self.folder / PENDING
        return read_file(pending if pending.exists() else self.folder / FILE)

    def offset(self, name: str) -> int:
        """Bytes of the part that are here for good. Raises RuleViolation upload_part_unknown."""
        part = self._part(name)
        if self.taken or (self.folder / name).exists():
            return part.length
        with writing(self.folder), contextlib.suppress(FileNotFoundError), self._unfinished(name).open("rb") as file:
            os.fsync(file.fileno())  # a process that was killed may have left more than the disk has
            return os.fstat(file.fileno()).st_size
        return 0

    def offsets(self) -> dict[str, int]:
        return {name: self.offset(name) for name in self.parts}

    def begin(self, name: str, at: int) -> "Writing":
        """Ends whoever writes this part now. Raises RuleViolation upload_part_unknown, upload_offset_differs."""
        part = self._part(name)
        with self.lock, writing(self.folder):
            here = self.offset(name)
            if at != here:
                raise RuleViolation("upload_offset_differs", "Upload-Offset", part=name, here=here)
            self.writers[name] = Writing(self, name, part, at)
            return self.writers[name]

    def complete(self) -> None:
        """The bundle is whole. Raises RuleViolation upload_incomplete."""
        with self.lock, writing(self.folder):
            missing = [name for name in self.parts if not (self.folder / name).exists()]
            if self.taken or (self.folder / FILE).exists():
                return
            if missing:
                raise RuleViolation("upload_incomplete", count=len(missing), first=missing[0])
            (self.folder / PENDING).rename(self.folder / FILE)
            sync_folder(self.folder)

    def keep_receipt(self, data: bytes) -> None:
        write_durably(self.folder / RECEIPT, data)
        self.drop_parts()

    def drop_parts(self) -> None:
        for name in self.parts:
            (self.folder / name).unlink(missing_ok=True)

    def _part(self, name: str) -> Part:
        part = self.parts.get(name)
        if part is None:
            raise RuleViolation("upload_part_unknown", part=name[:20])
        return part

    def _unfinished(self, name: str) -> Path:
        return self.folder / f".{name}"

    def _size(self, name: str) -> int:
        for path in (self.folder / name, self._unfinished(name)):
            with contextlib.suppress(FileNotFoundError):
                return path.stat().st_size
        return 0


class Writing:
    """One body on its way into one part. Made by `Upload.begin` only."""

    def __init__(self, upload: Upload, name: str, part: Part, at: int) -> None:
        self._upload, self._name, self._part, self._at, self._synced = upload, name, part, at, at
        self._path = upload.folder / f".{name}"
        self._descriptor = -1
        if at < part.length:
            self._descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
            if at == 0:
                sync_folder(upload.folder)

    def write(self, data: bytes) -> None:
        """Raises RuleViolation upload_too_long, upload_superseded; EnvironmentFault where the disk refuses."""
        with self._upload.lock, writing(self._upload.folder):
            self._require_mine()
            if self._at + len(data) > self._part.length:
                raise RuleViolation("upload_too_long", part=self._name, length=self._part.length)
            view = memoryview(data)
            while view:
                count = os.write(self._descriptor, view)
                view = view[count:]
                self._at += count
                self._upload.left -= count
            if self._at - self._synced >= SYNC_EVERY:
                self._sync()

    def finish(self) -> int:
        """The body has ended: bytes of the part that are here for good. Raises RuleViolation upload_part_differs."""
        with self._upload.lock, writing(self._upload.folder):
            self._require_mine()
            here, whole = self._at, self._at == self._part.length and self._descriptor >= 0
            try:
                if whole:
                    self._name_it()
            finally:
                self._close()
            return here

    def break_off(self) -> None:
        """Keeps what has come."""
        with self._upload.lock, contextlib.suppress(OSError):
            self._close()

    def _require_mine(self) -> None:
        if self._upload.writers.get(self._name) is not self:
            raise RuleViolation("upload_superseded", part=self._name)

    def _name_it(self) -> None:
        """A whole part gets its name once its hash is right; a wrong one begins again."""
        self._sync()
        with self._path.open("rb") as file:
            right = file_digest(file, "sha256").digest() == self._part.digest
        if not right:
            self._begin_again()
            raise RuleViolation("upload_part_differs", part=self._name)
        self._path.rename(self._upload.folder / self._name)
        sync_folder(self._upload.folder)

    def _sync(self) -> None:
        """A disk that has once failed to keep a page may say later that it did: such a part begins again."""
        try:
            os.fsync(self._descriptor)
        except OSError:
            self._begin_again()
            raise
        self._synced = self._at

    def _begin_again(self) -> None:
        self._path.unlink(missing_ok=True)
        self._upload.left += self._at
        self._at = self._synced = 0

    def _close(self) -> None:
        if self._upload.writers.get(self._name) is self:
            del self._upload.writers[self._name]
        if self._descriptor >= 0:
            try:
                if self._synced < self._at:
                    self._sync()
            finally:
                os.close(self._descriptor)
                self._descriptor = -1


class Spool:
    """All uploads. One process has it: `with spool_in(folder) as spool`."""

    def __init__(self, root: Path, reserve: int = RESERVE) -> None:
        self._root, self._reserve = root, reserve
        self._lock = Lock()
        self._uploads: dict[tuple[Id, Id], Upload] = {}
        for folder in self._folders():
            upload = _load(folder)
            if upload is None:
                shutil.rmtree(folder, ignore_errors=True)
                continue
            if upload.taken:
                upload.drop_parts()
            self._uploads[upload.desk, upload.bundle] = upload

    def admit(self, manifest: Manifest, signed: bytes) -> tuple[Upload, bool]:
        """The manifest's upload, and whether it is new. The caller knows who signed. Raises RuleViolation
        upload_differs; EnvironmentFault spool_full."""
        with self._lock, writing(self._root):
            known = self._uploads.get((manifest.desk, manifest.bundle))
            if known is not None:
                if known.signed() != signed:
                    raise RuleViolation("upload_differs")
                return known, False
            for old in self._open_of(manifest.desk)[:1 - MOST_OPEN]:
                self._remove(old)
            self._require_room(sum(part.length for part in manifest.parts) + len(signed))
            folder = self._root / manifest.desk / manifest.bundle
            folder.mkdir(parents=True, mode=0o700, exist_ok=True)
            write_durably(folder / PENDING, signed, mode=0o600)
            for one in (folder.parent, self._root):
                sync_folder(one)
            upload = self._uploads[manifest.desk, manifest.bundle] = Upload(folder, manifest)
            return upload, True

    def upload(self, desk: Id, bundle: Id) -> Upload:
        """Raises RuleViolation upload_unknown."""
        found = self._uploads.get((desk, bundle))
        if found is None:
            raise RuleViolation("upload_unknown")
        return found

    def under_way(self) -> int:
        """Uploads without a receipt."""
        with self._lock:
            return sum(not one.taken for one in self._uploads.values())

    def untaken(self) -> list[Upload]:
        """Whole bundles that an intake was killed over."""
        with self._lock:
            return [one for one in self._uploads.values() if one.waits_for_intake]

    def remove(self, upload: Upload) -> None:
        with self._lock:
            self._remove(upload)

    def clear_away(self, before: float) -> int:
        """Uploads that nobody has touched since `before` (seconds since 1970), with or without a receipt."""
        with self._lock:
            old = [one for one in self._uploads.values()
                   if not one.writers and not one.waits_for_intake and _touched(one.folder) < before]
            for one in old:
                self._remove(one)
        return len(old)

    def free(self) -> int:
        return shutil.disk_usage(self._root).free - self._reserve

    def _remove(self, upload: Upload) -> None:
        """The manifest first: what a fault leaves is no upload."""
        self._uploads.pop((upload.desk, upload.bundle), None)
        upload.writers.clear()
        for name in (PENDING, FILE):
            (upload.folder / name).unlink(missing_ok=True)
        shutil.rmtree(upload.folder, ignore_errors=True)

    def _open_of(self, desk: Id) -> list[Upload]:
        """Oldest first: ids begin with their time."""
        return sorted((one for (owner, _), one in self._uploads.items()
                       if owner == desk and (one.folder / PENDING).exists()), key=lambda one: one.bundle)

    def _require_room(self, needed: int) -> None:
        free = self.free() - sum(one.left for one in self._uploads.values())
        if needed > free:
            raise EnvironmentFault("spool_full", needed=_megabytes(needed), free=_megabytes(max(free, 0)))

    def _folders(self) -> Iterator[Path]:
        for desk in sorted(one for one in self._root.iterdir() if one.is_dir()):
            yield from sorted(one for one in desk.iterdir() if one.is_dir())


@contextlib.contextmanager
def spool_in(root: Path, reserve: int = RESERVE) -> Iterator[Spool]:
    """Raises EnvironmentFault spool_in_use where another process has it."""
    with writing(root):
        root.mkdir(parents=True, exist_ok=True, mode=0o700)
    with contextlib.ExitStack() as held:
        try:
            held.enter_context(locked(root / LOCK))
        except EnvironmentFault as fault:
            if fault.code == "desk_already_open":
                raise EnvironmentFault("spool_in_use", folder=str(root)) from None
            raise
        yield Spool(root, reserve)


def _load(folder: Path) -> Upload | None:
    """None for what is none: cut short before its manifest was here. Whose it is was checked when it was admitted."""
    for name in (FILE, PENDING):
        with contextlib.suppress(EnvironmentFault, Malformed):
            manifest = unverified(read_file(folder / name))
            if (manifest.desk, manifest.bundle) == (folder.parent.name, folder.name):
                return Upload(folder, manifest)
    return None


def _touched(folder: Path) -> float:
    with contextlib.suppress(OSError):
        return max(one.stat().st_mtime for one in (folder, *folder.iterdir()))
    return 0.0


def _megabytes(count: int) -> str:
    return f"{count / 1e6:.1f} MB"
