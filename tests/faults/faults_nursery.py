"""A process that has the product loaded and forks one for each step, with the failing disk before the C library.

Reads orders from its input, a JSON object a line, and answers each with what the child said and how it ended.
"""

import ctypes
import json
import os
import select
import signal
import sys
import tempfile
import time
import traceback
from pathlib import Path
from typing import Any

from faults_steps import REFUSALS, STEPS, prepare, step_day, step_migration, write_scripts

from library import paging

DIED_AFTER_A_FAULT = 7
PAGE = 50
"""Entries of a page of an intake, instead of thousands: it ends between two pages as often as within one."""


def live(order: dict[str, Any], pipe: int) -> int:
    """The child: its exit code is 0 when the step ended, 1 after a refusal of the product, 2 after anything else."""
    disk = ctypes.CDLL(os.environ["LD_PRELOAD"])

    def say(*words: object) -> None:
        os.write(pipe, json.dumps(words).encode() + b"\n")
        if words[0] == "fault" and order["dies"]:
            os._exit(DIED_AFTER_A_FAULT)

    arguments: list[Any] = [Path(order["folder"]), say]
    if order["step"] == "day":
        arguments.append(disk.faulty_disarm)
    say("begins")
    disk.faulty_arm(order["below"].encode(), order["classes"], order["action"], order["error"],
                    ctypes.c_long(order["at"]), ctypes.c_long(order["times"]))
    try:
        STEPS[order["step"]](*arguments)
    except REFUSALS as refusal:
        say("refused", refusal.code)
        return 1
    except BaseException:  # noqa: BLE001 - a defect, whatever it is, and the test shows it
        say("defect", traceback.format_exc())
        return 2
    say("ends", disk.faulty_disarm())
    return 0


def watch(pipe: int, child: int, delay: float | None) -> bytes:
    """All that the child says; kills it `delay` seconds after its first word."""
    said, deadline = b"", None
    while True:
        wait = None if deadline is None else max(0.0, deadline - time.monotonic())
        ready, _, _ = select.select([pipe], [], [], wait)
        if not ready:
            os.kill(child, signal.SIGKILL)
            deadline = None
            continue
        block = os.read(pipe, 65536)
        if not block:
            return said
        if delay is not None and not said:
            deadline = time.monotonic() + delay
        said += block


def bear(order: dict[str, Any]) -> dict[str, Any]:
    ours, theirs = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(ours)
        os._exit(live(order, theirs))
    os.close(theirs)
    began = time.monotonic()
    said = watch(ours, child, order["delay"])
    os.close(ours)
    _, status, used = os.wait4(child, 0)
    lines = [json.loads(line) for line in said.split(b"\n")[:-1]]
    return {"said": lines, "code": os.waitstatus_to_exitcode(status), "peak": used.ru_maxrss,
            "seconds": time.monotonic() - began}


def warm_up() -> None:
    """A day once, so that no child spends its time on loading what is loaded when it is needed."""
    with tempfile.TemporaryDirectory() as folder:
        prepare(Path(folder), 1)
        write_scripts(Path(folder))
        step_day(Path(folder), lambda *_: None, lambda: None)
        step_migration(Path(folder), lambda *_: None)


def main() -> None:
    paging.PAGE = PAGE
    warm_up()
    for line in sys.stdin:
        sys.stdout.write(json.dumps(bear(json.loads(line))) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
