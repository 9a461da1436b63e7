"""The commands as somebody at a shell gives them, and one demonstration day that several tests look at."""

import json
import os
import shutil
import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


class Commands:
    """Each in a process of its own, forked from one that has the product loaded."""

    def __init__(self) -> None:
        self._nursery = subprocess.Popen(
            [sys.executable, str(Path(__file__).with_name("nursery.py"))], stdin=subprocess.PIPE,
            stdout=subprocess.PIPE, text=True, cwd=ROOT, env=os.environ | {"PYTHONPATH": str(ROOT)})

    def run(self, module, arguments, environment, lines=()):
        order = {"module": module, "arguments": [*map(str, arguments)], "environment": environment,
                 "lines": "".join(f"{line}\n" for line in lines)}
        self._nursery.stdin.write(json.dumps(order) + "\n")
        self._nursery.stdin.flush()
        return json.loads(self._nursery.stdout.readline())

    def close(self) -> None:
        self._nursery.stdin.close()
        self._nursery.wait()
        self._nursery.stdout.close()


@pytest.fixture(scope="session")
def commands():
    made = Commands()
    yield made
    made.close()


class Shell:
    """`desk("verify", file)` and `library("ingest", bundle)`: the answer, and the exit code in `code`."""

    def __init__(self, commands: Commands, folder: Path) -> None:
        self.folder, self.code, self.said = folder, 0, ""
        self._commands, self.environment = commands, {}

    def run(self, module, *arguments, lines=()):
        done = self._commands.run(
            module, arguments,
            {k: v for k, v in os.environ.items() if not k.startswith("APPRAISAL_DESK")} | self.environment, lines)
        self.code, self.said = done["code"], done["said"]
        return json.loads(done["out"]) if done["out"].strip() else None

    def desk(self, *arguments):
        return self.run("desktop.cli", "--data", self.folder / "desk", "--json", *arguments)

    def library(self, url, *arguments, lines=()):
        return self.run("library.cli", "--url", url, "--json", *arguments, lines=lines)


@pytest.fixture
def shell(commands, tmp_path):
    return Shell(commands, tmp_path)


@pytest.fixture(scope="module")
def shell_at(commands):
    return partial(Shell, commands)


@pytest.fixture(scope="module")
def played(shell_at, tmp_path_factory):
    """The shipped demonstration, played once: its answer, and its folder. Do not change it: use `day`."""
    out = tmp_path_factory.mktemp("demo") / "out"
    shell = shell_at(out)
    answer = shell.run("desktop.cli", "--json", "demo", "--out", out)
    assert shell.code == 0, shell.said
    return answer, out


@pytest.fixture
def day(played, shell_at, tmp_path):
    """A copy of the played day, to be worked on."""
    answer, out = played
    shutil.copytree(out, tmp_path / "out")
    return answer, shell_at(tmp_path / "out")
