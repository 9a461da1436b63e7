"""Pages of a row or two instead of thousands: what is read while it changes is read to its end all the same."""

import sys

import pytest
from kit.branches import branch, correct
from kit.copies import Copied, give_back, restored_from
from kit.desks import new_desk
from kit.libraries import SimulatedLibrary, fates
from sqlalchemy import func, select

from appraisal.domain.events import kinds
from db.engine import open_sqlite
from db.rebuild import differing
from db.schema import journal, person
from library.questions import open_questions
from library.schema import inbox, kept, unsettled
from library.verify import verify

PEOPLE = 5


@pytest.fixture(params=[1, 2, 3])
def pages(request, monkeypatch):
    for name, module in list(sys.modules.items()):
        if name.partition(".")[0] in ("library", "db") and hasattr(module, "PAGE"):
            monkeypatch.setattr(module, "PAGE", request.param)


@pytest.fixture
def library(tmp_path):
    return SimulatedLibrary(open_sqlite(tmp_path / "library.db"))


def joined(library, folder):
    desk = new_desk(folder)
    desk.join(library.enrol)
    return desk


@pytest.mark.usefixtures("pages")
def test_everybody_is_weighed(library, tmp_path):
    one = joined(library, tmp_path)
    persons = one.people(PEOPLE)
    library.take_in(one.export(tmp_path / "0").bundle)
    two = branch(one, tmp_path, 31)
    for number, who in enumerate(persons):
        correct(one, who, "identity", name=f"甲{number}")
        correct(two, who, "identity", name=f"乙{number}")
    library.take_in(one.export(tmp_path / "1").bundle)
    taken = library.take_in(two.export(tmp_path / "2").bundle)
    assert len(open_questions(library.library)) == PEOPLE
    assert fates(taken)["held"] >= PEOPLE
    with library.library.engine.begin() as connection:
        assert connection.scalar(select(func.count()).select_from(unsettled)) == 0


@pytest.mark.usefixtures("pages")
def test_all_that_was_parked_is_tried_again(library, tmp_path, monkeypatch):
    desk = joined(library, tmp_path)
    for who in desk.people(PEOPLE):
        desk.photo(who, 20)
    bundle = desk.export(tmp_path / "1").bundle
    later = kinds()["candidate.registered", 1]
    monkeypatch.delitem(kinds(), ("candidate.registered", 1))
    assert fates(library.take_in(bundle))["parked"] == 3 * PEOPLE
    monkeypatch.setitem(kinds(), ("candidate.registered", 1), later)
    again = library.take_in(bundle)
    assert fates(again).keys() <= {"applied", "duplicate"}
    with library.library.engine.begin() as connection:
        assert connection.scalar(select(func.count()).select_from(kept)) == 0
        assert connection.scalar(select(func.count()).select_from(person)) == PEOPLE
        assert verify(connection).damage == ()
        assert differing(connection) == ()


@pytest.mark.usefixtures("pages")
def test_two_epochs_twice_and_back_again(library, tmp_path):
    """Places of the one are places of the other too; all of the second time is duplicate, and none is a fork. It
    comes with one person more: what is known by its manifest is not opened at all."""
    desk = Copied.of(new_desk(tmp_path), tmp_path, library)
    desk.people(PEOPLE, consent=lambda n: n != 2)
    backup = desk.copied("backup")
    back = restored_from(desk, backup)
    back.people(PEOPLE, consent=lambda n: n != 1)
    bundle = back.export(tmp_path / "1").bundle
    sent = fates(library.take_in(bundle))
    back.people(1)
    again = library.take_in(back.export(tmp_path / "2").bundle)
    came = fates(again)
    assert came.keys() == {"duplicate", "applied"}
    assert came["duplicate"] == sent["applied"]
    back.receive(again.data)
    with library.library.engine.begin() as connection:
        assert connection.scalar(select(func.count(inbox.c.epoch.distinct()))) == 2
        assert verify(connection).damage == ()
        entries = connection.scalar(select(func.count()).select_from(journal))
    assert entries == came["duplicate"] + came["applied"]
    assert back.take_back(give_back(library, back, tmp_path)).entries == 0
