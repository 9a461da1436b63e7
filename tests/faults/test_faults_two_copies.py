"""Two living copies of a desk: what changes after a receipt is heard by each of them, whichever asks first."""

import pytest
from kit.branches import correct
from kit.copies import Copied, restored_from
from kit.desks import new_desk
from kit.libraries import SimulatedLibrary

from appraisal.domain.events import kinds
from appraisal.usecases.reads import SyncState
from db.engine import open_sqlite
from db.queries.states import person_states

LATER = ("photo.attached", 1)


@pytest.fixture
def library(tmp_path):
    return SimulatedLibrary(open_sqlite(tmp_path / "library.db"))


@pytest.fixture
def copies(library, tmp_path):
    """Both, and somebody whom both know."""
    desk = Copied.of(new_desk(tmp_path), tmp_path, library)
    (who,) = desk.people(1)
    return desk, restored_from(desk, desk.copied("copy")), who


@pytest.fixture
def sync(library, tmp_path):
    def send(desk):
        desk.people(1)
        desk.receive(library.take_in(desk.export(tmp_path / f"{desk.clock.now}").bundle).data)

    return send


def shown(desk, who):
    with desk.engine.begin() as connection:
        return person_states(connection, [who])[who]


def test_what_an_older_release_parked(copies, sync, monkeypatch):
    desk, copy, who = copies
    copy.photo(who, 20)
    known = kinds()[LATER]
    monkeypatch.delitem(kinds(), LATER)
    sync(copy)
    assert shown(copy, who) is SyncState.RECEIVED
    monkeypatch.setitem(kinds(), LATER, known)
    for _ in range(3):  # the other copy is told of it, and says that it has heard
        sync(desk)
    sync(copy)
    assert shown(copy, who) is SyncState.ACCEPTED


def test_what_is_in_doubt_since(copies, sync):
    desk, copy, who = copies
    correct(copy, who, "identity", name="王甲")
    sync(copy)
    assert shown(copy, who) is SyncState.ACCEPTED
    correct(desk, who, "identity", name="王乙")
    for _ in range(3):
        sync(desk)
    assert shown(desk, who) is SyncState.NEEDS_YOU
    sync(copy)
    assert shown(copy, who) is SyncState.NEEDS_YOU
