"""A centre's data folder by its file names alone: asked at every start, before anything heavy is loaded."""

import json
from pathlib import Path

DATABASE, KEYS, LOCK = "centre.db", "centre.keys", "centre.lock"
DEMONSTRATION_MEMORY = 8
"""KiB that a demonstration's key slots take; a real one takes thousands of times more."""

DEMONSTRATION_LOGIN = "supervisor"
DEMONSTRATION_PASSPHRASE = "demonstration"  # noqa: S105 - public on purpose: resources/demo/demo.toml


def is_here(folder: Path) -> bool:
    return (folder / DATABASE).exists()


def opens_without_asking(folder: Path) -> bool:
    """Whether this is a demonstration, whose passphrase is public. A damaged key file is nobody's demonstration."""
    try:
        slots = json.loads((folder / KEYS).read_bytes())["slots"]
        return is_here(folder) and all(slot["memory"] == DEMONSTRATION_MEMORY for slot in slots)
    except (OSError, ValueError, KeyError, TypeError):
        return False
