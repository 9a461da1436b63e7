"""Reading a repository of updates by The Update Framework's client, with what was seen before in mind."""

import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import NoReturn

import msgspec
from sqlalchemy import Engine
from tuf.api import exceptions
from tuf.api.metadata import Metadata, TargetFile, Targets, Timestamp
from tuf.ngclient import Updater, UpdaterConfig
from tuf.ngclient.fetcher import FetcherInterface

from appraisal.domain.errors import EnvironmentFault, RuleViolation
from appraisal.domain.events import Id
from db.secrets import keep_secret, secret_of

BASE = "repository:/"
BLOCK = 64 << 10
MAX_TARGET = 64 << 20
ISSUED = "x-appraisal-issued"
Wanted = Callable[[str, str], bool]
"""Path and SHA-256 in hexadecimal of a file: is it to be fetched?"""


class FolderFetcher(FetcherInterface):
    """A repository folder, on a stick perhaps."""

    def __init__(self, folder: Path) -> None:
        """Raises EnvironmentFault no_updates_here."""
        self._folder = folder.resolve()
        if not (self._folder / "metadata").is_dir():
            raise EnvironmentFault("no_updates_here", path=str(folder))

    def _fetch(self, url: str) -> Iterator[bytes]:
        path = (self._folder / url.removeprefix(BASE)).resolve()
        if not path.is_relative_to(self._folder) or not path.is_file():
            raise exceptions.DownloadHTTPError("not there", 404)
        return _blocks(path)


def _blocks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while block := file.read(BLOCK):
            yield block


@dataclass(frozen=True, slots=True)
class Fetched:
    """A repository's newest state, checked. `issued`: milliseconds since 1970."""

    issued: int
    root: int
    """Version of the root in force."""
    listed: int
    files: dict[str, bytes]
    """By path, those wanted."""


@dataclass(slots=True)
class Memory:
    """What a reader has seen: its own files by name. It grows also where reading ends in a refusal."""

    files: dict[str, bytes] = field(default_factory=dict)


def read_repository(fetcher: FetcherInterface, root: bytes, memory: Memory, now: int, wanted: Wanted) -> Fetched:
    """`root`: pinned; `now`: milliseconds since 1970, by which things expire.

    Raises RuleViolation updates_expired, updates_older, updates_differ, updates_not_signed, updates_too_long,
    updates_incomplete, updates_malformed; EnvironmentFault updates_unreachable. `memory` is brought up to date.
    """
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _lay_out(folder, memory)
        try:
            updater = Updater(str(folder), f"{BASE}metadata/", str(folder / "targets"), f"{BASE}targets/", fetcher,
                              UpdaterConfig(app_user_agent="appraisal-desk"), bootstrap=root)
            # the client asks this machine's clock otherwise, which a desk has reasons not to believe
            updater._trusted_set.reference_time = datetime.fromtimestamp(now / 1000, UTC)  # noqa: SLF001
            updater.refresh()
            return _fetch(updater, folder, wanted)
        except (exceptions.RepositoryError, exceptions.DownloadError, ValueError) as fault:
            _refuse(fault)
        except OSError as fault:
            raise EnvironmentFault("updates_unreachable", reason=fault.strerror or str(fault)) from fault
        finally:
            memory.files = {file.relative_to(folder).as_posix(): file.read_bytes()
                            for file in sorted(folder.rglob("*.json")) if file.is_file() and not file.is_symlink()
                            and file.relative_to(folder).as_posix() != "root.json"}


def _fetch(updater: Updater, folder: Path, wanted: Wanted) -> Fetched:
    timestamp = Metadata[Timestamp].from_file(str(folder / "timestamp.json")).signed
    listed = Metadata[Targets].from_file(str(folder / "targets.json")).signed.targets
    issued = timestamp.unrecognized_fields.get(ISSUED)
    if type(issued) is not int or not 0 < issued < 1 << 48:
        raise exceptions.RepositoryError(ISSUED)
    files: dict[str, bytes] = {}
    for path, target in sorted(listed.items()):
        if wanted(path, target.hashes.get("sha256", "")):
            files[path] = _target(updater, folder, target)
    roots = [int(file.name.partition(".")[0]) for file in (folder / "root_history").glob("*.root.json")]
    return Fetched(issued, max(roots), len(listed), files)


def _target(updater: Updater, folder: Path, target: TargetFile) -> bytes:
    if target.length > MAX_TARGET:
        raise exceptions.DownloadLengthMismatchError(target.path)
    path = Path(updater.download_target(target, str(folder / "fetched")))
    data = path.read_bytes()
    path.unlink()
    return data


def _lay_out(folder: Path, memory: Memory) -> None:
    (folder / "root_history").mkdir()
    for name, data in memory.files.items():
        (folder / name).write_bytes(data)


_REFUSALS: tuple[tuple[type[Exception], str], ...] = (
    (exceptions.ExpiredMetadataError, "updates_expired"), (exceptions.BadVersionNumberError, "updates_older"),
    (exceptions.LengthOrHashMismatchError, "updates_differ"), (exceptions.UnsignedMetadataError, "updates_not_signed"),
    (exceptions.DownloadLengthMismatchError, "updates_too_long"))


def _refuse(fault: Exception) -> NoReturn:
    for kind, code in _REFUSALS:
        if isinstance(fault, kind):
            raise RuleViolation(code, "path") from fault
    if isinstance(fault, exceptions.DownloadHTTPError) and fault.status_code in {403, 404}:
        raise RuleViolation("updates_incomplete", "path") from fault
    if isinstance(fault, exceptions.DownloadError):
        raise EnvironmentFault("updates_unreachable", reason=str(fault.__cause__ or fault)) from fault
    raise RuleViolation("updates_malformed", "path") from fault


def memory_of(engine: Engine, library: Id, root: bytes) -> Memory:
    with engine.begin() as connection:
        kept = secret_of(connection, _name(library, root))
    return Memory(msgspec.msgpack.decode(kept, type=dict[str, bytes]) if kept else {})


def keep_memory(engine: Engine, library: Id, root: bytes, memory: Memory) -> None:
    with engine.begin() as connection:
        keep_secret(connection, _name(library, root), msgspec.msgpack.encode(memory.files))


def _name(library: Id, root: bytes) -> str:
    return "updates_" + sha256(bytes.fromhex(library) + root).hexdigest()[:32]
