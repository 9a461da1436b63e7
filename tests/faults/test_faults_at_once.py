"""Importers at once over overlapping bundles, on PostgreSQL: each entry once, each receipt one number, nobody fails."""

import contextlib
import os
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, BrokenBarrierError

import pytest
from kit.copies import Copied, restored_from
from kit.desks import new_desk
from kit.libraries import SimulatedLibrary
from sqlalchemy import create_engine, event, func, select

from appraisal.catalogue import load_schemes
from db.bundle_files import open_bundle
from db.centre import system_clock
from db.engine import open_sqlite, open_url
from db.rebuild import differing
from db.schema import attachment, journal
from library.intake import take_in
from library.moving import create_like
from library.opening import open_library
from library.schema import inbox, kept
from library.schema import receipt as given
from library.verify import verify

IMPORTERS, TRIALS, MANY_IMPORTERS, MANY = 4, 1, 16, 200


@pytest.fixture
def overlapping(tmp_path):
    """Growing bundles of two desks, and of a copy of one of them: the same entries in several, the same pictures too.
    Gives the library that they are for, with nothing taken in, and the bundles."""
    library = SimulatedLibrary(open_sqlite(tmp_path / "library.db"))
    one, other = (Copied.of(new_desk(tmp_path, seed), tmp_path, library) for seed in (1, 2))
    bundles = []
    for turn in range(2):
        for desk in (one, other):
            for who in desk.people(4):
                desk.photo(who, 40)
            bundles.append(desk.export(tmp_path / f"{turn}-{desk.seed}").bundle)
    copy = restored_from(one, one.copied("copy"))
    copy.people(3)
    return library, [*bundles, copy.export(tmp_path / "copy").bundle]


@pytest.fixture
def databases(postgresql, overlapping):
    """Gives the URL of a new library of the same identity."""
    admin = create_engine(postgresql.format(name="postgres"), isolation_level="AUTOCOMMIT")

    def run(*statements):
        with admin.connect() as connection:
            for one in statements:
                connection.exec_driver_sql(one)

    run("CREATE DATABASE at_once")
    pattern = open_url(postgresql.format(name="at_once"))
    assert create_like(pattern, overlapping[0].library.engine)
    pattern.dispose()

    def fresh():
        run("DROP DATABASE IF EXISTS at_once_work WITH (FORCE)", "CREATE DATABASE at_once_work TEMPLATE at_once")
        return postgresql.format(name="at_once_work")

    yield fresh
    run("DROP DATABASE IF EXISTS at_once_work WITH (FORCE)", "DROP DATABASE at_once WITH (FORCE)")
    admin.dispose()


def all_at_once(url, bundles, importers):
    """Each importer takes every bundle, two and two beginning at the same one. Returns how many receipts were given."""
    together = Barrier(importers, timeout=60)
    libraries = [open_library(open_url(url), load_schemes(), system_clock, os.urandom) for _ in range(importers)]

    def importer(number):
        together.wait()
        for at in range(len(bundles)):
            take_in(libraries[number], open_bundle(bundles[(number // 2 + at) % len(bundles)]))

    try:
        with ThreadPoolExecutor(importers) as pool:
            list(pool.map(importer, range(importers)))
    finally:
        for one in libraries:
            one.engine.dispose()
    return importers * len(bundles)


def trials(overlapping, databases, count, importers, most=5):
    library, bundles = overlapping[0], overlapping[1][:most]
    for bundle in bundles:
        library.take_in(bundle)
    with library.library.engine.begin() as connection:
        entries = set(connection.execute(select(inbox.c.desk, inbox.c.epoch, inbox.c.seq, inbox.c.hash)
                                         .where(inbox.c.state == "applied")).all())
        pictures = set(connection.scalars(select(attachment.c.id)))
    for _ in range(count):
        url = databases()
        receipts = all_at_once(url, bundles, importers)
        engine = open_url(url)
        with engine.begin() as connection:
            assert verify(connection).damage == ()
            assert differing(connection) == ()
            assert connection.scalar(select(func.count()).select_from(given)) == receipts
            assert connection.scalar(select(func.count()).select_from(kept)) == 0
            found = connection.execute(select(journal.c.desk, journal.c.epoch, journal.c.seq, journal.c.hash)
                                       .where(journal.c.desk != library.library.id)).all()
            assert len(found) == len(set(found))
            assert set(found) == entries
            assert set(connection.scalars(select(attachment.c.id))) == pictures
        engine.dispose()
    return len(entries)


def test_importers_at_once(overlapping, databases):
    assert trials(overlapping, databases, TRIALS, IMPORTERS, most=3) > 20


def test_two_that_have_both_looked_before_either_writes(overlapping, databases):
    """The same picture: whoever writes second finds it there, and goes on."""
    _, bundles = overlapping
    url, together = databases(), Barrier(2)
    libraries = [open_library(open_url(url), load_schemes(), system_clock, os.urandom) for _ in range(2)]

    def wait(connection, cursor, statement, *_):
        if statement.startswith("INSERT INTO attachment "):
            with contextlib.suppress(BrokenBarrierError):
                together.wait(5)
            together.abort()

    for one in libraries:
        event.listen(one.engine, "before_cursor_execute", wait)
    with ThreadPoolExecutor(2) as pool:
        taken = list(pool.map(lambda one: take_in(one, open_bundle(bundles[0])), libraries))
    assert sorted(one.receipt.number for one in taken) == [1, 2]
    with libraries[0].engine.begin() as connection:
        assert verify(connection).damage == ()
    for one in libraries:
        one.engine.dispose()


@pytest.mark.long
@pytest.mark.timeout(7200)
def test_sixteen_importers_at_once(overlapping, databases, counts):
    entries = trials(overlapping, databases, MANY, MANY_IMPORTERS)
    counts(f"{MANY_IMPORTERS} importers at once over 5 overlapping bundles of {entries} entries, {MANY} times: "
           "0 doubled, 0 failed")
