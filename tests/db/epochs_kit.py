"""A copy's first opening, cut short at a step: what other processes do."""

from pathlib import Path

from crash_kit import Steps
from kit_centre import PASSPHRASE, around

from db.centre import open_centre


def begin_until(folder: Path, settings: Path, moment, pipe):
    """Opens the copy and dies at the `moment`-th step; says how many steps there were, where it lived."""
    steps = Steps(moment, folder, settings)
    open_centre(folder, "administrator", PASSPHRASE, around(random=steps.random, settings=settings)).close()
    pipe.send(steps.done)
