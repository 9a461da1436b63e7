"""Bundles in any order, twice, lost on the way or their receipts lost: the library ends the same, each record once."""

import itertools
import random
import shutil

import pytest
from faults_checks import spread
from kit.desks import new_desk
from kit.libraries import SimulatedLibrary
from sqlalchemy import event, func, select

from appraisal.domain.errors import RuleViolation
from appraisal.usecases.reads import SyncState
from db.engine import open_sqlite
from db.queries.states import person_states
from db.rebuild import differing
from db.schema import journal, person
from library import schema
from library.verify import verify

ORDERS, ROUNDS, MANY_ROUNDS = 4, 20, 300


def hasty(file):
    """An engine for libraries that live for a moment: what a cut of power leaves is the business of other tests."""
    engine = open_sqlite(file)
    event.listen(engine, "connect", lambda raw, _: raw.execute("PRAGMA synchronous=OFF"))
    return engine


@pytest.fixture
def six(tmp_path):
    """A library and six bundles of three desks: growing ones without receipts between, corrections and withdrawals in
    the later ones, and one that refers to what another desk has made. Returns them with the empty library's copy."""
    library = SimulatedLibrary(hasty(tmp_path / "library.db"))
    one, two, three = (new_desk(tmp_path, seed) for seed in (1, 2, 3))
    for desk in (one, two, three):
        desk.join(library.enrol)
    batch = one.open_batch()
    early = one.people(3, batch, consent=lambda n: n != 2)
    bundles = [one.export(tmp_path / "1").bundle]
    one.photo(early[0])
    one.consent(early[1], given=False)
    bundles.append(one.export(tmp_path / "2").bundle)
    one.consent(early[1], given=True)
    one.consent(early[2], given=True)
    one.people(2, batch)
    one.examine(batch)
    bundles.append(one.export(tmp_path / "3").bundle)
    two.people(2)
    two.record_enrolment(batch)
    bundles.append(two.export(tmp_path / "4").bundle)
    two.people(1, two.open_batch("B2"))
    bundles.append(two.export(tmp_path / "5").bundle)
    three.give_number(alone(three), "S000032110100000000001")
    bundles.append(three.export(tmp_path / "6").bundle)
    for desk in (one, two, three):
        desk.engine.dispose()
    library.library.engine.dispose()
    shutil.copyfile(tmp_path / "library.db", tmp_path / "empty.db")
    return library, bundles, tmp_path


def alone(desk):
    batch = desk.open_batch("B3")
    desk.people(1, batch)
    return batch


def emptied(library, folder):
    for end in ("-wal", "-shm"):
        (folder / f"library.db{end}").unlink(missing_ok=True)
    shutil.copyfile(folder / "empty.db", folder / "library.db")


def outcome(library):
    """What is there in the end: every table, every entry, every fate."""
    with library.library.engine.begin() as connection:
        assert verify(connection).damage == ()
        inbox = connection.execute(select(*(schema.inbox.c[name] for name in (
            "desk", "epoch", "seq", "hash", "state", "code"))).order_by(*schema.inbox.primary_key.columns)).all()
        waiting = connection.scalar(select(func.count()).select_from(schema.kept))
    return library.digests(), [tuple(row) for row in inbox], waiting


def through(library, folder, orders):
    ends = []
    for order in orders:
        emptied(library, folder)
        for bundle in (*order, *order):
            library.take_in(bundle)
        found = outcome(library)
        if found not in ends:
            ends.append(found)
        assert len(ends) == 1, [bundle.parent.name for bundle in order]
    return ends[0]


def test_the_order_of_bundles_is_nobodys_business(six):
    library, bundles, folder = six
    every = list(itertools.permutations(bundles))
    end = through(library, folder, [every[n - 1] for n in spread(len(every), ORDERS)])
    assert end[2] == 0  # nothing waits in the end
    assert {state for *_, state, _ in end[1]} == {"applied", "withheld"}
    with library.library.engine.begin() as connection:
        assert differing(connection) == ()
        assert connection.scalar(select(func.count()).select_from(person)) == 9


@pytest.mark.long
@pytest.mark.timeout(7200)
def test_every_order_of_six_bundles(six, counts):
    library, bundles, folder = six
    end = through(library, folder, itertools.permutations(bundles))
    counts(f"720 orders of 6 bundles, each twice: one end, {len(end[1])} entries")


def rounds(folder, count, seed):
    """Two desks at work; each bundle and each receipt is lost with p = 0.5."""
    chance = random.Random(seed)
    library = SimulatedLibrary(hasty(folder / "library.db"))
    desks = [new_desk(folder, number) for number in (1, 2)]
    for desk in desks:
        desk.join(library.enrol)
    sent = lost = unread = 0
    for turn in range(count):
        desk = chance.choice(desks)
        work(desk, chance)
        bundle = export(desk, folder / "stick")
        if bundle is None:
            continue
        sent += 1
        if chance.random() < 0.5:
            lost += 1
        else:
            taken = library.take_in(bundle)
            if chance.random() < 0.5:
                unread += 1
            else:
                desk.receive(taken.data)
        shutil.rmtree(folder / "stick")
        assert all_true(library, desk), turn
    return library, desks, (sent, lost, unread)


def work(desk, chance):
    with desk.engine.begin() as connection:
        known = connection.scalars(select(person.c.id)).all()
    what = chance.random()
    if not known or what < 0.5:
        desk.people(chance.randint(1, 2), consent=lambda _: chance.random() < 0.8)
    elif what < 0.7:
        desk.photo(chance.choice(known), 100)
    else:
        desk.consent(chance.choice(known), given=chance.random() < 0.5)


def export(desk, stick):
    try:
        return desk.export(stick).bundle
    except RuleViolation as refusal:
        if refusal.code == "nothing_to_send":
            return None
        raise


def all_true(library, desk):
    """Whoever the screen calls accepted is at the library."""
    with desk.engine.begin() as connection:
        persons = connection.scalars(select(person.c.id)).all()
        accepted = {one for one, state in person_states(connection, persons).items() if state is SyncState.ACCEPTED}
    with library.library.engine.begin() as connection:
        return accepted <= set(connection.scalars(select(person.c.id)).all())


def converges(folder, count, seed):
    library, desks, figures = rounds(folder, count, seed)
    for desk in desks:
        for last in ("last", "told"):  # who withdrew is told to the library when a receipt says that it knows them
            if bundle := export(desk, folder / f"{last}-{desk.seed}"):
                desk.receive(library.take_in(bundle).data)
        assert export(desk, folder / "none") is None
        assert all_true(library, desk)
    with library.library.engine.begin() as connection:
        assert verify(connection).damage == ()
        assert differing(connection) == ()
        at_library = set(connection.execute(select(journal.c.desk, journal.c.seq, journal.c.hash)).all())
        states = set(connection.scalars(select(schema.inbox.c.state)).all())
        people = connection.scalar(select(func.count()).select_from(person))
    assert states <= {"applied", "withheld"}
    at_desks = set()
    for desk in desks:
        with desk.engine.begin() as connection:
            at_desks |= set(connection.execute(select(journal.c.desk, journal.c.seq, journal.c.hash)).all())
            persons = connection.scalars(select(person.c.id)).all()
            ends = set(person_states(connection, persons).values())
            assert ends <= {SyncState.ACCEPTED, SyncState.STAYS}
        desk.engine.dispose()
    assert at_library <= at_desks
    return people, figures


def test_what_is_lost_comes_again(tmp_path):
    people, (sent, lost, unread) = converges(tmp_path, ROUNDS, seed=10)
    assert people > ROUNDS // 4
    assert min(sent - lost, lost, unread) > 1


@pytest.mark.long
@pytest.mark.timeout(3600)
def test_three_hundred_rounds_of_loss_converge(tmp_path, counts):
    people, (sent, lost, unread) = converges(tmp_path, MANY_ROUNDS, seed=4)
    counts(f"{MANY_ROUNDS} rounds: {sent} bundles, {lost} of them and {unread} receipts lost; {people} people came, "
           "each once")
