"""The disk that fails, and the process that runs a step upon it; a library, and desks that have joined it."""

import errno
import json
import os
import platform
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from kit.desks import SimulatedDesk, new_desk
from kit.libraries import SimulatedLibrary

HERE = Path(__file__).parent
WRITE, SYNC, NAME, MAKE, REMOVE, LENGTH, SEND = (1 << n for n in range(7))
ANY = WRITE | SYNC | NAME | MAKE | REMOVE | LENGTH
COUNT, FAIL, SHORT, KILL, TORN = range(5)
FOR_GOOD = 1 << 40


@dataclass(frozen=True, slots=True)
class Ended:
    """How a step ended: 0 done, 1 refused, 2 a defect, -9 killed."""

    code: int
    said: list[list[Any]]
    peak: int
    """The most memory held, KiB."""
    seconds: float

    def words(self, first: str) -> list[list[Any]]:
        return [line[1:] for line in self.said if line[0] == first]

    @property
    def seen(self) -> int:
        """How many counted calls there were."""
        return int(self.words("ends")[0][0])


class Nursery:
    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self._process = process

    def run(self, step: str, folder: Path, *, classes: int = ANY, action: int = COUNT, error: int = errno.EIO,
            at: int = 0, times: int = 1, delay: float | None = None, dies: bool = False) -> Ended:
        """The `at`-th of the calls in `classes` below the folder's disk, and so many `times`; or killed after `delay`
        seconds. `dies`: as soon as it has said what the environment refused."""
        order = {"step": step, "folder": str(folder), "below": str(folder / "disk"), "classes": classes,
                 "action": action, "error": error, "at": at, "times": times, "delay": delay, "dies": dies}
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(order) + "\n")
        self._process.stdin.flush()
        return Ended(**json.loads(self._process.stdout.readline()))


@pytest.fixture(scope="session")
def nursery(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Nursery]:
    compiler = shutil.which("cc") or shutil.which("gcc")
    if compiler is None or platform.libc_ver()[0] != "glibc":
        pytest.skip("the failing disk needs Linux with the GNU C library and a C compiler")
    library = tmp_path_factory.mktemp("faulty") / "faulty.so"
    subprocess.run([compiler, "-shared", "-fPIC", "-O2", "-o", library, HERE / "faulty.c", "-ldl"], check=True)
    path = os.pathsep.join(map(str, (HERE, HERE.parent, HERE.parents[1])))
    with subprocess.Popen([sys.executable, HERE / "faults_nursery.py"], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                          text=True, env=os.environ | {"PYTHONPATH": path, "LD_PRELOAD": str(library)}) as process:
        yield Nursery(process)
        assert process.stdin is not None
        process.stdin.close()


@pytest.fixture
def counts(record_property: Callable[[str, object], None]) -> Callable[[str], None]:
    """What a test has seen, printed at the end of the run."""
    return lambda said: record_property("counts", said)


@pytest.fixture
def association(engine: Any) -> SimulatedLibrary:
    return SimulatedLibrary(engine)


@pytest.fixture
def joined(tmp_path: Path, association: SimulatedLibrary) -> Callable[..., SimulatedDesk]:
    """`joined(seed)`: a desk that the association has enrolled."""

    def make(seed: int = 1) -> SimulatedDesk:
        desk = new_desk(tmp_path, seed)
        desk.join(association.enrol)
        return desk

    return make
