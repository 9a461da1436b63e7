"""What a centre is opened with, and what it is kept in."""

import os
import time
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import Engine

from appraisal.domain.scheme import Scheme
from db.desk import Turn
from db.folder import settings_folder
from db.keyslots import Cost, KeySlots
from db.turns import IDLE, Told, nobody


def system_clock() -> int:
    return time.time_ns() // 1_000_000


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a desk is given from outside. `clock`: milliseconds since 1970, UTC."""

    schemes: Mapping[str, Scheme]
    clock: Callable[[], int] = system_clock
    random: Callable[[int], bytes] = os.urandom
    cost: Cost = field(default_factory=Cost)
    settings: Path = field(default_factory=settings_folder)
    """Where this machine keeps what it knows of its desks."""
    announce: Callable[[], None] = lambda: None
    waiting: Told = nobody
    """Told who has the turn, while this desk waits for its own in a centre that several share."""
    idle: float = IDLE
    """Seconds after which whoever has the turn and does nothing is waited for no longer."""


@dataclass(frozen=True, slots=True)
class Kept:
    """An opened database and its key. `folder`: this computer's files of it."""

    folder: Path
    key: bytes
    slots: KeySlots
    writer: Engine
    reader: Engine
    held: ExitStack
    """Ends with the centre."""
    turn: Turn | None = None
    """None: the database is this desk's alone."""
