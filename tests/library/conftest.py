"""A library on each engine, and a desk that has joined it."""

from collections.abc import Callable
from pathlib import Path

import pytest
from kit.desks import SimulatedDesk, new_desk, whole_day
from kit.libraries import SimulatedLibrary
from sqlalchemy import Engine


@pytest.fixture
def association(engine: Engine) -> SimulatedLibrary:
    return SimulatedLibrary(engine)


@pytest.fixture
def joined(tmp_path: Path, association: SimulatedLibrary) -> Callable[..., SimulatedDesk]:
    """`joined(seed)`: a desk that the association has enrolled."""

    def make(seed: int = 1) -> SimulatedDesk:
        desk = new_desk(tmp_path, seed)
        desk.join(association.enrol)
        return desk

    return make


@pytest.fixture
def day(tmp_path: Path, association: SimulatedLibrary) -> SimulatedDesk:
    """A whole day of 20 people, with photos and marks, joined."""
    desk = whole_day(tmp_path, people=20)
    desk.join(association.enrol)
    return desk
