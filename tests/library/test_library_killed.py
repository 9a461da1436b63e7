"""Killed at any moment: what was acknowledged is there once, and the next run goes on."""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from kit.desks import new_desk
from kit.killed import desk_in, keep, library_in
from kit.libraries import SimulatedLibrary
from sqlalchemy import func, select

from appraisal.exchange.manifest import part_name, unverified
from db.engine import open_sqlite
from db.journal import verify as verify_desk
from db.rebuild import differing
from db.schema import bundle, person
from library.verify import verify

TESTS = Path(__file__).parents[1]
KILLS = 6


def run_and_kill(step: str, folder: Path, after: float) -> None:
    """SIGKILL `after` seconds from its first sign of life."""
    with subprocess.Popen([sys.executable, TESTS / "kit" / "killed.py", step, folder], stdout=subprocess.PIPE,
                          env=os.environ | {"PYTHONPATH": f"{TESTS}{os.pathsep}{TESTS.parent}"}) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"begins\n"
        time.sleep(after)
        process.send_signal(signal.SIGKILL)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    desk = new_desk(tmp_path)
    library = SimulatedLibrary(open_sqlite(tmp_path / "library.db"))
    desk.join(library.enrol)
    desk.people(1500)
    for one in desk.people(5):
        desk.photo(one, size=1 << 20)
    keep(desk, tmp_path)
    return tmp_path


def test_export_leaves_whole_bundles_or_none(folder: Path) -> None:
    chance = random.Random(3)
    for _ in range(KILLS):
        run_and_kill("export", folder, chance.uniform(0.0, 0.5))
        for one in (folder / "stick").glob("*.skb") if (folder / "stick").exists() else ():
            if (one / "manifest.cose").exists():
                manifest = unverified((one / "manifest.cose").read_bytes())
                assert all(part.fits((one / part_name(n)).read_bytes()) for n, part in enumerate(manifest.parts, 1))
    desk = desk_in(folder)
    sent = desk.export(folder / "stick")
    assert not list((folder / "stick").glob(".*"))
    with desk.engine.begin() as connection:
        assert verify_desk(connection).intact
        assert (connection.scalar(select(func.count()).select_from(bundle)) or 0) >= 1
    taken = library_in(folder).take_in(sent.bundle)
    assert desk.receive(taken.data).accepted == sent.records


def test_intake_goes_on_where_it_was_killed(folder: Path) -> None:
    sent = desk_in(folder).export(folder / "stick")
    chance = random.Random(4)
    for _ in range(KILLS):
        run_and_kill("intake", folder, chance.uniform(0.0, 0.6))
        with open_sqlite(folder / "library.db").begin() as connection:
            found = verify(connection)
            assert found.damage == ()
    library = library_in(folder)
    taken = library.take_in(sent.bundle)
    back = desk_in(folder).receive(taken.data)
    assert back.accepted + back.duplicate == sent.records
    with library.library.engine.begin() as connection:
        assert verify(connection).entries == sent.records
        assert connection.scalar(select(func.count()).select_from(person)) == 1505
        assert differing(connection) == ()
