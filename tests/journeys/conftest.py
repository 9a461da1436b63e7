"""The commands as somebody at a shell gives them, and one demonstration day that several tests look at."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


class Shell:
    """`desk("verify", file)` and `library("ingest", bundle)`: the answer, and the exit code in `code`."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.code, self.said = folder, 0, ""
        self.environment: dict[str, str] = {}

    def run(self, module, *arguments):
        done = subprocess.run(
            [sys.executable, "-m", module, *map(str, arguments)], capture_output=True, text=True, check=False,
            encoding="utf-8", cwd=ROOT,
            env={k: v for k, v in os.environ.items() if not k.startswith("APPRAISAL_DESK")} | self.environment)
        self.code, self.said = done.returncode, done.stderr
        return json.loads(done.stdout) if done.stdout.strip() else None

    def desk(self, *arguments):
        return self.run("desktop.cli", "--data", self.folder / "desk", "--json", *arguments)

    def library(self, url, *arguments):
        return self.run("library.cli", "--url", url, "--json", *arguments)


@pytest.fixture
def shell(tmp_path):
    return Shell(tmp_path)


@pytest.fixture(scope="module")
def shell_at():
    return Shell


@pytest.fixture(scope="module")
def played(tmp_path_factory):
    """The shipped demonstration, played once: its answer, and its folder. Do not change it: use `day`."""
    out = tmp_path_factory.mktemp("demo") / "out"
    shell = Shell(out)
    answer = shell.run("desktop.cli", "--json", "demo", "--out", out)
    assert shell.code == 0, shell.said
    return answer, out


@pytest.fixture
def day(played, tmp_path):
    """A copy of the played day, to be worked on."""
    answer, out = played
    shutil.copytree(out, tmp_path / "out")
    return answer, Shell(tmp_path / "out")
