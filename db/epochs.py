"""Which copy of a desk this is (docs/decisions/epochs.md): what its database says, against what this machine knows.

Beside the machine's settings lies one small file for each desk and folder. A database that it does not know, or that
has less than it knows, is a copy, and a copy begins a new epoch before anything is written into it.
"""

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

import msgspec
from sqlalchemy import Connection, select

from appraisal.domain.epochs import Beginning
from db.desk import SqlDesk
from db.files import write_durably, writing
from db.folder import DATABASE, DESK
from db.journal import End, Origin
from db.schema import epoch, journal

RESTORED = "centre.restored"
"""A file in the data folder: a backup was put back here and has not been opened since."""


@dataclass(frozen=True, slots=True)
class Known:
    """What this machine knows of one desk in one folder. Bytes in hexadecimal."""

    desk: str
    folder: str
    incarnation: str = ""
    """Empty: none yet."""
    epoch: str = ""
    seq: int = 0
    """Of the last entry that this copy is known to have had; 0: none."""
    hash: str = ""
    coming: str = ""
    """The incarnation that is about to begin: the database may have it already."""


class Incarnations:
    """The files of one machine."""

    def __init__(self, settings: Path) -> None:
        self._root = settings / "incarnations"

    def of(self, desk: str, folder: Path) -> Known | None:
        """A file that cannot be read says nothing: the copy then begins an epoch more than it had to."""
        return _read(self._file(desk, folder))

    def elsewhere(self, desk: str, folder: Path) -> Iterator[Known]:
        here = self._file(desk, folder)
        for file in sorted(self._root.glob(f"{desk}-*.json")):
            if file != here and (known := _read(file)) is not None:
                yield known

    def keep(self, known: Known) -> None:
        """Raises EnvironmentFault file_not_written."""
        file = self._file(known.desk, Path(known.folder))
        if _read(file) == known:
            return
        with writing(file):
            self._root.mkdir(parents=True, exist_ok=True)
        write_durably(file, msgspec.json.format(msgspec.json.encode(known)), mode=0o600)

    def forget(self, known: Known) -> None:
        with contextlib.suppress(OSError):
            self._file(known.desk, Path(known.folder)).unlink(missing_ok=True)

    def _file(self, desk: str, folder: Path) -> Path:
        return self._root / f"{desk}-{sha256(_spelt(folder).encode()).hexdigest()[:16]}.json"


class Copy:
    """This copy of a desk. `began`: why a new epoch has begun at this opening."""

    def __init__(self, desk: SqlDesk, incarnation: bytes, folder: Path, machine: Incarnations,
                 began: Beginning | None) -> None:
        self.began, self._machine = began, machine
        self._known = Known(desk.origin.desk.hex(), _spelt(folder), incarnation.hex())

    @classmethod
    def settled(cls, desk: SqlDesk, incarnation: bytes, folder: Path, machine: Incarnations) -> "Copy":
        """The machine says what comes, the database takes it, the machine forgets what was: killed at any step, this
        copy has begun one epoch and no more. Raises EnvironmentFault file_not_written."""
        name = desk.origin.desk.hex()
        with desk.engine.begin() as connection:
            judged = _judge(connection, name, incarnation.hex(), folder, machine)
            began = _reason(connection, desk) if judged.finished else judged.beginning
        if judged.beginning is not None:
            incarnation = desk.random(16)
            machine.keep(replace(judged.known or Known(name, _spelt(folder)), coming=incarnation.hex()))
            desk.begin_epoch(judged.beginning, incarnation)
        with writing(folder / RESTORED):
            (folder / RESTORED).unlink(missing_ok=True)
        if judged.moved is not None:
            machine.forget(judged.moved)
        copy = cls(desk, incarnation, folder, machine, began)
        copy.note(desk.origin, desk.end)
        desk.after_sending = copy.note
        return copy

    def note(self, origin: Origin, end: End) -> None:
        """Where the chain ends now. Raises EnvironmentFault file_not_written."""
        self._machine.keep(replace(self._known, epoch=origin.epoch.hex(), seq=end.seq, hash=end.hash.hex()))


@dataclass(frozen=True, slots=True)
class _Judgement:
    known: Known | None
    """What this machine knows of the desk in this folder."""
    beginning: Beginning | None = None
    """A new epoch has to begin."""
    moved: Known | None = None
    """The folder was moved here: its old file is to be forgotten."""
    finished: bool = False
    """An epoch had begun and was not yet written down beside the machine."""


def _judge(connection: Connection, desk: str, incarnation: str, folder: Path, machine: Incarnations) -> _Judgement:
    """`incarnation`: as the database says."""
    here = machine.of(desk, folder)
    if here is not None and here.coming == incarnation:
        return _Judgement(here, finished=True)
    if (folder / RESTORED).exists():
        return _Judgement(here, Beginning.RESTORED)
    if here is not None and here.incarnation:
        same = here.incarnation == incarnation and _has(connection, here)
        return _Judgement(here, None if same else Beginning.RESTORED)
    for other in machine.elsewhere(desk, folder):
        if other.incarnation == incarnation and not _is_there(Path(other.folder)):
            return _Judgement(here, moved=other) if _has(connection, other) else _Judgement(here, Beginning.RESTORED)
    return _Judgement(here, Beginning.CLONED)


def _reason(connection: Connection, desk: SqlDesk) -> Beginning | None:
    found = connection.scalar(select(epoch.c.reason).where(epoch.c.id == desk.origin.epoch.hex()))
    return None if found is None else Beginning(found)


def _has(connection: Connection, known: Known) -> bool:
    """Whether the database reaches as far as this machine has seen it."""
    if not known.seq:
        return True
    found = connection.scalar(select(journal.c.hash).where(
        journal.c.desk == known.desk, journal.c.epoch == known.epoch, journal.c.seq == known.seq))
    return found is not None and found.hex() == known.hash


def _is_there(folder: Path) -> bool:
    return any((folder / name).exists() for name in (DATABASE, DESK))


def _spelt(folder: Path) -> str:
    return str(folder.resolve())


def _read(file: Path) -> Known | None:
    try:
        return msgspec.json.decode(file.read_bytes(), type=Known)
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError):
        return None
