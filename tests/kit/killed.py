"""Runs one step in a process of its own, that a test then kills: `python killed.py STEP FOLDER`."""

import os
import random
import sys
import time
from pathlib import Path

from kit.desks import Clock, SimulatedDesk
from kit.libraries import SimulatedLibrary

from appraisal.catalogue import load_schemes
from appraisal.credential.cose import Ed25519Signer
from db.bundle_files import find_bundles, open_bundle
from db.desk import SqlDesk
from db.engine import open_sqlite
from db.journal import Origin
from db.outbox import SqlExchange
from library.intake import take_in
from library.opening import open_library


def keep(desk: SimulatedDesk, folder: Path) -> None:
    """What another process needs to go on with this desk."""
    (folder / "origin").write_bytes(desk.desk.origin.desk + desk.desk.origin.epoch)


def desk_in(folder: Path) -> SimulatedDesk:
    """The desk of this folder, opened again."""
    desk = object.__new__(SimulatedDesk)
    origin = (folder / "origin").read_bytes()
    desk.engine, desk.seed, desk.clock = open_sqlite(folder / "desk-1.db"), 1, Clock(time.time_ns() // 1_000_000)
    desk.desk = SqlDesk(desk.engine, Origin(origin[:16], origin[16:]), load_schemes(), _signer(1), desk.clock,
                        os.urandom)
    desk.exchange = SqlExchange(desk.desk, _signer(2))
    return desk


def _signer(number: int) -> Ed25519Signer:
    """As `new_desk` draws them: after the origin, the certificate key and then the transport key."""
    chance = random.Random(1)
    drawn = [chance.randbytes(16), chance.randbytes(16), chance.randbytes(32), chance.randbytes(32)]
    return Ed25519Signer.from_seed(drawn[number + 1])


def library_in(folder: Path) -> SimulatedLibrary:
    library = object.__new__(SimulatedLibrary)
    library.library = open_library(open_sqlite(folder / "library.db"), load_schemes(), Clock(), os.urandom)
    return library


def say(word: str) -> None:
    sys.stdout.write(f"{word}\n")
    sys.stdout.flush()


def main(step: str, folder: Path) -> None:
    say("begins")
    if step == "export":
        desk = desk_in(folder)
        for turn in range(1000):
            desk.export(folder / "stick")
            say(str(turn))
    else:
        library = library_in(folder).library
        for bundle in find_bundles(folder / "stick"):
            take_in(library, open_bundle(bundle))
    say("ends")


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
