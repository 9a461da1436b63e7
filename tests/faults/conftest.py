"""The process that runs steps upon the disk that fails."""

import os
import platform
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from faults_disk import Nursery

HERE = Path(__file__).parent


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
