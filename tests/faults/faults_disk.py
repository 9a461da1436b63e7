"""The disk that fails: what may be done to which calls, and the process that runs a step upon it."""

import errno
import json
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

WRITE, SYNC, NAME, MAKE, REMOVE, LENGTH, SEND = (1 << n for n in range(7))
ANY = WRITE | SYNC | NAME | MAKE | REMOVE | LENGTH
COUNT, FAIL, SHORT, KILL, TORN, CUT, CUT_SOME = range(7)
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
