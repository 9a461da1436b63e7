"""Killed (SIGKILL) at each call that changes a file, in the middle of a write, and at any moment: what was acknowledged
is there once, and the next run goes on. Save, export, intake, receipt, migration; intake into PostgreSQL too."""

import random
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Protocol

import pytest
from faults_checks import (
    Place,
    all_accepted,
    bundles_on,
    library_entries,
    opened,
    placed,
    receipts,
    serials,
    spread,
    transfers,
)
from faults_disk import ANY, KILL, SEND, TORN, Ended, Nursery
from faults_nursery import PAGE
from faults_steps import (
    FIRST_SERIAL,
    OPENER,
    PASSPHRASE,
    bring_up,
    open_desk,
    prepare,
    receive,
    register,
    send,
    take_in,
    write_scripts,
)
from sqlalchemy import Engine, create_engine, func, select, text

from db import journal, migrate
from db.engine import open_sqlcipher
from db.folder import DATABASE, KEYS
from db.keyslots import KeySlots
from db.schema import person

SHARE, MANY = 2, 1000
ENTRIES_OF_A_PERSON, ENTRIES_BESIDE = 3, 1  # registered, consented, photographed; the centre's founding


class Step(Protocol):
    def __init__(self, folder: Path) -> None: ...
    def after(self, ended: Ended) -> None:
        """What must hold after each kill."""
    def finish(self) -> None:
        """Does it again, to its end; what must hold then."""


class Save:
    people = 4

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.known = set(range(self.people))

    def after(self, ended: Ended) -> None:
        with opened(self.folder) as centre:
            kept = serials(centre)
        assert len(kept) == len(set(kept))
        said = {serial for (serial,) in ended.words("done")}
        assert self.known | said <= set(kept)
        assert len(set(kept) - self.known - said) <= 1  # done, and killed before it could say so
        self.known = set(kept)

    def finish(self) -> None:
        with opened(self.folder) as centre:
            register(centre, FIRST_SERIAL - 1)
            assert FIRST_SERIAL - 1 in serials(centre)


class Export:
    people = 40

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def after(self, ended: Ended) -> None:
        """Whole bundles, or what nobody takes for one; a bundle that was said to be there is there."""
        with opened(self.folder) as centre:
            known = transfers(centre)
        there = bundles_on(self.folder / "disk" / "stick")
        assert len(there) >= known
        assert {bundle for (bundle,) in ended.words("done")} <= set(map(str, there))

    def finish(self) -> None:
        with opened(self.folder) as centre:
            sent = send(centre, self.folder)
            assert not list((self.folder / "disk" / "stick").glob(".*"))
            assert take_in(self.folder)["quarantined"] == 0
            assert max(receive(centre, self.folder)) == sent.records == entries(self.people)
            assert all_accepted(centre)
        assert library_entries(self.folder)[0] == sent.records


class Intake:
    people = 40

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @staticmethod
    def begin(folder: Path) -> None:
        centre = open_desk(folder)
        send(centre, folder)
        centre.close()

    def after(self, ended: Ended) -> None:
        known, _ = library_entries(self.folder)
        assert known <= entries(self.people)
        if ended.words("done"):
            assert known == entries(self.people)

    def finish(self) -> None:
        found = take_in(self.folder)
        assert found["applied"] + found["duplicate"] == entries(self.people)
        assert library_entries(self.folder)[0] == entries(self.people)
        with opened(self.folder) as centre:
            assert receive(centre, self.folder)[-1] == entries(self.people)
            assert all_accepted(centre)


class Receipt:
    people = 40

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @staticmethod
    def begin(folder: Path) -> None:
        Intake.begin(folder)
        assert take_in(folder)["applied"] == entries(Receipt.people)

    def after(self, ended: Ended) -> None:
        with opened(self.folder) as centre:
            found = receipts(centre)
            assert found <= 1
            assert all_accepted(centre) is bool(found)
            assert found or not ended.words("done")

    def finish(self) -> None:
        with opened(self.folder) as centre:
            assert receive(centre, self.folder) == [entries(self.people)]
            assert receipts(centre) == 1
            assert all_accepted(centre)


class Migration:
    people = 40

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.file = folder / "disk" / "desk" / DATABASE

    @staticmethod
    def begin(folder: Path) -> None:
        write_scripts(folder)

    def after(self, ended: Ended) -> None:
        assert self.looked_at(self.file) in ((migrate.NEWEST, "9999") if not ended.words("done") else ("9999",))
        for copy in self.file.parent.glob("centre-before-*.db"):
            assert self.looked_at(copy) == migrate.NEWEST

    def finish(self) -> None:
        bring_up(self.folder)
        assert self.looked_at(self.file) == "9999"
        assert [self.looked_at(copy) for copy in self.file.parent.glob("centre-before-*.db")] == [migrate.NEWEST]
        assert not list(self.file.parent.glob(".*"))

    def looked_at(self, file: Path) -> str | None:
        """The version of a sound database with everybody in it, once."""
        key = KeySlots(self.file.parent / KEYS).open(OPENER, PASSPHRASE)
        engine = open_sqlcipher(file, key)
        try:
            with engine.begin() as connection:
                assert journal.verify(connection).intact
                assert connection.scalar(text("PRAGMA integrity_check")) == "ok"
                assert connection.scalar(select(func.count()).select_from(person)) == self.people
                found = migrate.version(connection)
                if found == "9999":
                    assert connection.scalar(text("SELECT count(*) FROM later")) == self.people
                return found
        finally:
            engine.dispose()


STEPS = {"save": Save, "export": Export, "intake": Intake, "receipt": Receipt, "migration": Migration}


def entries(people: int) -> int:
    return people * ENTRIES_OF_A_PERSON + ENTRIES_BESIDE


def template_of(name: str, folder: Path, url: str | None = None) -> Path:
    step = STEPS[name]
    prepare(folder, step.people, url)
    if hasattr(step, "begin"):
        step.begin(folder)
    return folder


@pytest.fixture(params=STEPS)
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def place(name: str, tmp_path: Path) -> Place:
    return placed(tmp_path, lambda folder: template_of(name, folder))


Restore = Callable[[], Path]


def at_each_call(nursery: Nursery, name: str, restore: Restore, action: int, most: int, classes: int = ANY) -> int:
    """Killed at every call, or at so many of them, each on a fresh copy. Returns how many were."""
    kills, total = 0, nursery.run(name, restore(), classes=classes).seen
    for k in spread(total, most):
        step = STEPS[name](restore())
        ended = nursery.run(name, step.folder, classes=classes, action=action, at=k)
        assert ended.code in (-9, 0), ended.said  # 0: this time it took a call less
        kills += ended.code == -9
        step.after(ended)
        step.finish()
    return kills


def at_any_moment(nursery: Nursery, name: str, restore: Restore, kills: int, seed: int) -> int:
    """On one folder until the step is done, then on a fresh copy."""
    chance, done = random.Random(seed), 0
    longest = nursery.run(name, restore()).seconds
    step = STEPS[name](restore())
    while done < kills:
        ended = nursery.run(name, step.folder, delay=chance.uniform(0, longest))
        assert ended.code in (-9, 0), ended.said
        done += ended.code == -9
        step.after(ended)
        if ended.code == 0:
            step.finish()
            step = STEPS[name](restore())
    step.finish()
    return done


def test_an_intake_is_of_several_pages():
    assert entries(Intake.people) > 2 * PAGE


def test_killed_nothing_is_lost_doubled_or_stuck(nursery, name, place):
    assert at_each_call(nursery, name, place.fresh, KILL, SHARE) >= SHARE - 1
    at_each_call(nursery, name, place.fresh, TORN, SHARE // 2)
    assert at_any_moment(nursery, name, place.fresh, SHARE // 2, seed=5) == SHARE // 2


@pytest.mark.long
@pytest.mark.timeout(7200)
def test_killed_a_thousand_times(nursery, name, place, counts):
    numbered = at_each_call(nursery, name, place.fresh, KILL, MANY // 2)
    torn = at_each_call(nursery, name, place.fresh, TORN, MANY // 4)
    moments = at_any_moment(nursery, name, place.fresh, MANY - numbered - torn, seed=6)
    counts(f"kill -9 on {name}: {numbered} before a call, {torn} in the middle of a write, {moments} at any moment; "
           "0 lost, 0 twice, 0 stuck")


@pytest.fixture
def admin(postgresql: str) -> Iterator[Engine]:
    engine = create_engine(postgresql.format(name="postgres"), isolation_level="AUTOCOMMIT")
    yield engine
    with engine.connect() as connection:
        for one in ("killed", "killed_work"):
            connection.exec_driver_sql(f"DROP DATABASE IF EXISTS {one} WITH (FORCE)")
    engine.dispose()


@pytest.fixture
def on_postgresql(admin: Engine, postgresql: str, tmp_path: Path) -> Restore:
    """Gives a fresh copy of a folder whose library, on PostgreSQL, has a bundle before it."""
    with admin.connect() as connection:
        connection.exec_driver_sql("CREATE DATABASE killed")
    place = placed(tmp_path, lambda folder: template_of("intake", folder, postgresql.format(name="killed")))

    def restore() -> Path:
        with admin.connect() as connection:
            connection.exec_driver_sql("DROP DATABASE IF EXISTS killed_work WITH (FORCE)")
            connection.exec_driver_sql("CREATE DATABASE killed_work TEMPLATE killed")
        work = place.fresh()
        (work / "library.url").write_text(postgresql.format(name="killed_work"))
        return work

    return restore


def test_killed_while_it_talks_to_postgresql(nursery, on_postgresql):
    assert at_each_call(nursery, "intake", on_postgresql, KILL, 1, SEND) == 1
    assert at_any_moment(nursery, "intake", on_postgresql, 1, seed=7) == 1


@pytest.mark.long
@pytest.mark.timeout(7200)
def test_killed_a_thousand_times_on_postgresql(nursery, on_postgresql, counts):
    numbered = at_each_call(nursery, "intake", on_postgresql, KILL, MANY // 2, SEND)
    moments = at_any_moment(nursery, "intake", on_postgresql, MANY - numbered, seed=8)
    counts(f"kill -9 on intake into PostgreSQL: {numbered} before a message to the server, {moments} at any moment; "
           "0 lost, 0 twice, 0 stuck")
