"""A whole day at a desk that has joined."""

from pathlib import Path

import pytest
from kit.desks import SimulatedDesk, whole_day
from kit.libraries import SimulatedLibrary


@pytest.fixture
def day(tmp_path: Path, association: SimulatedLibrary) -> SimulatedDesk:
    """A whole day of 20 people, with photos and marks, joined."""
    desk = whole_day(tmp_path, people=20)
    desk.join(association.enrol)
    return desk
