"""A process that has the product loaded and forks one for each command. What a command does is the same, and it
begins a second sooner: the journeys have hundreds. How long the real start takes, benchmarks/startup.py says.

Reads orders from its input, a JSON object a line, and answers each with the command's exit code and what it wrote.
"""

import importlib
import json
import os
import pkgutil
import sys
import tempfile
from typing import Any

PACKAGES = ("appraisal", "db", "library", "desktop.commands")
"""What commands load; no window."""


def load() -> None:
    for name in PACKAGES:
        package = importlib.import_module(name)
        for module in pkgutil.walk_packages(package.__path__, f"{name}."):
            if ".migrations" not in module.name:
                importlib.import_module(module.name)


def obey(order: dict[str, Any], standard: list[int]) -> int:
    """The child's whole life."""
    os.environ.clear()
    os.environ.update(order["environment"])
    for number, file in enumerate(standard):
        os.dup2(file, number)
    return int(importlib.import_module(order["module"]).main(order["arguments"]))


def bear(order: dict[str, Any]) -> dict[str, Any]:
    with tempfile.TemporaryFile() as given, tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as said:
        given.write(order["lines"].encode())
        given.seek(0)
        child = os.fork()
        if child == 0:
            sys.exit(obey(order, [one.fileno() for one in (given, out, said)]))
        _, status = os.waitpid(child, 0)
        written = []
        for file in (out, said):
            file.seek(0)
            written.append(file.read().decode())
    return {"code": os.waitstatus_to_exitcode(status), "out": written[0], "said": written[1]}


if __name__ == "__main__":
    load()
    for line in sys.stdin:
        sys.stdout.write(json.dumps(bear(json.loads(line))) + "\n")
        sys.stdout.flush()
