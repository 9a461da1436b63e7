"""Is requirements.lock fresh? What pyproject.toml asks for is locked and hashed; what is locked is what is installed.

Reads three files and the installed packages; no network. Exit 1 names what to do.
"""

import re
import sys
import tomllib
from collections.abc import Iterable, Mapping
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
RENEW = "renew the lock (docs/decisions/set-up.md says how)"


def locked(text: str) -> tuple[list[Requirement], list[str]]:
    """The lock's pinned requirements, and the names of those without a hash."""
    pinned, bare = [], []
    for block in re.sub(r"\\\n", " ", text).splitlines():
        line = block.split(" #")[0].strip()
        if not line or line.startswith("#"):
            continue
        need = Requirement(line.split("--hash")[0].strip())
        pinned.append(need)
        if "--hash=sha256:" not in line:
            bare.append(need.name)
    return pinned, bare


def asked(project: Mapping[str, object]) -> list[Requirement]:
    """What pyproject.toml names: what runs, what builds and tests, what builds the wheel."""
    lines: list[str] = [*project["project"]["dependencies"], *project["dependency-groups"]["dev"],  # type: ignore[index]
                        *project["build-system"]["requires"]]  # type: ignore[index]
    return [Requirement(line) for line in lines]


def complaints(wanted: Iterable[Requirement], pinned: Iterable[Requirement], bare: Iterable[str]) -> list[str]:
    found = [f"{name} is locked without a hash: {RENEW}" for name in bare]
    held: dict[str, list[str]] = {}
    for pin in pinned:
        held.setdefault(canonicalize_name(pin.name), []).append(str(pin.specifier).removeprefix("=="))
    for need in wanted:
        versions = held.get(canonicalize_name(need.name), [])
        if not versions:
            found.append(f"{need.name} is asked for in pyproject.toml and not locked: {RENEW}")
        found += [f"{need.name} {held_version} is locked, {need.specifier} is asked for: {RENEW}"
                  for held_version in versions if held_version not in need.specifier]
    return found


def drift(pinned: Iterable[Requirement]) -> list[str]:
    """What is installed in another version than this machine's lines of the lock say."""
    found = []
    for pin in pinned:
        if pin.marker is not None and not pin.marker.evaluate():
            continue
        try:
            here = version(pin.name)
        except PackageNotFoundError:
            here = "nothing"
        if here == "nothing" or here not in pin.specifier:
            found.append(f"{pin.name}: {here} is installed, {pin.specifier} is locked: run packaging/setup.sh")
    return found


def main() -> int:
    pinned, bare = locked((ROOT / "requirements.lock").read_text("utf-8"))
    wanted = asked(tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8")))
    found = complaints(wanted, pinned, bare) + drift(pinned)
    print("\n".join(found) if found else f"lock: {len(pinned)} pins, all asked-for packages held and installed")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
