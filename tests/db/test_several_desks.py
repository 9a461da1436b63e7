"""A centre of several desks on one PostgreSQL: founded, joined, opened, copied, put back; who reads what there."""

import shutil
import signal
import time
from contextlib import contextmanager
from dataclasses import replace

import pytest
from computers_kit import Computers
from crash_kit import FORKED, person
from db_kit import NANA
from kit_centre import PASSPHRASE, operator
from sqlalchemy import create_engine, select, text, update

from appraisal.domain.consent import Purpose
from appraisal.domain.epochs import Beginning
from appraisal.domain.errors import EnvironmentFault, RuleViolation
from appraisal.domain.operator import Role
from appraisal.exchange.rotation import KeyOf
from appraisal.journal import read
from appraisal.usecases.register_candidate import (
    AttachPhotos,
    RegisterCandidate,
    attach_photos,
    register_candidate,
)
from appraisal.usecases.register_candidate import register as register_within
from appraisal.usecases.rotate_key import RotateKey, rotate_key
from db import journal
from db.folder import DATABASE, SERVER, Server, followed, place_of
from db.rebuild import differing
from db.schema import journal as journal_table
from db.secrets import desk as desk_table
from db.secrets import desk_secret, secrets_of
from db.several import MOST_DESKS, look_at


@pytest.fixture(scope="module")
def founded(postgresql, tmp_path_factory):
    """A founded centre with one desk, from which each test has a copy: database and computers."""
    folder = tmp_path_factory.mktemp("several")
    with database(postgresql, "several_founded") as url:
        Computers(url, folder / "computers").found()
        shutil.copytree(folder / "computers", folder / "as-founded")
        yield folder


@pytest.fixture
def computers(founded, postgresql):
    shutil.rmtree(founded / "computers")
    shutil.copytree(founded / "as-founded", founded / "computers")
    with database(postgresql, "several", "several_founded") as url:
        made = Computers(url, founded / "computers")
        yield made
        made.close()


@contextmanager
def database(postgresql, name, like="template1"):
    admin = create_engine(postgresql.format(name="postgres"), isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.exec_driver_sql(f"CREATE DATABASE {name} TEMPLATE {like}")
        yield postgresql.format(name=name)
        connection.exec_driver_sql(f"DROP DATABASE {name} WITH (FORCE)")
    admin.dispose()


def register(centre, serial):
    return register_candidate(person(serial, operator(centre, Role.REGISTRAR)), centre.desk)


def sound(centre):
    with centre.reader.begin() as connection:
        assert differing(connection) == ()
        found = journal.verify(connection)
    assert found.damage == ()
    return found.entries


def chain_of(centre):
    with centre.reader.begin() as connection:
        rows = connection.scalars(select(journal_table.c.entry).where(
            journal_table.c.desk == centre.origin.desk.hex()).order_by(journal_table.c.seq)).all()
    return [read(row) for row in rows]


def test_each_computer_is_a_desk_with_a_chain_of_its_own(computers):
    assert computers.join(2).number == 2
    assert computers.join(3).number == 3
    centres = [computers.open(number) for number in (1, 2, 3)]
    assert [one.began for one in centres] == [None] * 3
    for turn in range(4):
        for number, centre in enumerate(centres):
            register(centre, turn * 10 + number)
    chains = [chain_of(one) for one in centres]
    assert chains[0][0].kind == "centre.founded"
    for number, centre, chain in zip((2, 3), centres[1:], chains[1:], strict=True):
        assert (chain[0].kind, chain[0].operator) == ("desk.joined", operator(centre, Role.ADMINISTRATOR))
        assert chain[0].body["number"] == number
    assert all([one.seq for one in chain] == list(range(1, len(chain) + 1)) for chain in chains)
    assert [sum(one.kind == "candidate.registered" for one in chain) for chain in chains] == [4, 4, 4]
    keys = {(one.desk_signer.public, one.desk.signer.public, str(one.age)) for one in centres}
    assert len({key for three in keys for key in three}) == 9
    assert all(sound(one) == sum(map(len, chains)) for one in centres)
    assert {one.reads.centre() for one in centres} == {centres[0].reads.centre()}


def test_a_desk_goes_on_where_it_was(computers):
    computers.join(2)
    for number in (1, 2):
        centre = computers.open(number)
        register(centre, number)
        end, epoch = centre.desk.end, centre.origin.epoch
        centre.close()
        again = computers.open(number)
        assert (again.began, again.desk.end, again.origin.epoch) == (None, end, epoch)


def test_who_may_join_and_how_often(computers):
    with pytest.raises(RuleViolation, match="passphrase_wrong"):
        computers.join(2, passphrase="quite another")
    with pytest.raises(RuleViolation, match="right_missing"):
        computers.join(2, login="registrar")
    with pytest.raises(EnvironmentFault, match="desk_not_joined"):
        computers.open(2)
    assert computers.join(2).number == 2
    for taken in (1, 2):
        with pytest.raises(EnvironmentFault, match="desk_here_already"):
            computers.join(taken)
    with pytest.raises(EnvironmentFault, match="centre_exists"):
        computers.found(2)
    with pytest.raises(EnvironmentFault, match="server_has_centre"):
        computers.found(3)
    assert not (computers.server(3).folder / "centre.desk").exists()
    assert look_at(computers.server(9)).desks == 2


def test_the_thirty_third_desk_is_refused(computers):
    centre = computers.open(1)
    with centre.writer.begin() as connection:
        connection.execute(desk_table.insert(), [
            {"id": f"{number:032x}", "number": number, "session": b""} for number in range(2, MOST_DESKS)])
    assert computers.join(2).number == MOST_DESKS == 32
    with pytest.raises(RuleViolation, match="centre_desks_full"):
        computers.join(3)
    with pytest.raises(EnvironmentFault, match="desk_not_joined"):
        computers.open(3)


def test_two_processes_never_have_one_desk(computers):
    computers.join(2)
    centre = computers.open(2)
    with pytest.raises(EnvironmentFault, match="desk_already_open"):
        computers.open(2)
    shutil.copytree(computers.folder / "computer-2", computers.folder / "computer-7")  # a disk image
    image = computers.open(7)
    assert image.origin.desk == centre.origin.desk
    with pytest.raises(EnvironmentFault, match="desk_open_elsewhere"):
        register(centre, 1)
    with pytest.raises(EnvironmentFault, match="desk_open_elsewhere"):
        centre.desk.begin_epoch(Beginning.RESTORED)
    register(image, 1)
    assert sound(centre) == sound(image)


def test_who_reads_the_server_signs_nothing_and_opens_no_photo(computers):
    computers.join(2)
    centre = computers.open(2)
    registrar = operator(centre, Role.REGISTRAR)
    nana = register_candidate(RegisterCandidate(NANA.identity, NANA.contact, NANA.background, registrar,
                                                (Purpose.ASSOCIATION,)), centre.desk)
    attach_photos(AttachPhotos(((nana, b"a face, perhaps"),), registrar), centre.desk)
    with centre.reader.begin() as connection:
        plain = secrets_of(connection)
        kept = dict(connection.execute(select(desk_secret.c.name, desk_secret.c.value).where(
            desk_secret.c.desk == centre.origin.desk.hex())).all())
        key = journal.key_of(connection, nana)
        tables = connection.scalars(text("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")).all()
        everything = b"".join(
            bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode() for table in tables
            for row in connection.execute(text(f'SELECT * FROM "{table}"')) for value in row)
    assert {"desk_seed", "centre_seed", "desk_age"} <= plain.keys() == kept.keys()
    for secret_value in (plain["desk_seed"], plain["centre_seed"], plain["desk_age"], key, b"a face, perhaps",
                         PASSPHRASE.encode()):
        assert secret_value not in everything
    assert "欧阳娜娜".encode() in everything  # and this is what the server does read
    with centre.writer.begin() as connection:
        mine = desk_secret.c.desk == centre.origin.desk.hex()
        connection.execute(update(desk_secret).where(mine, desk_secret.c.name == "desk_seed").values(
            value=kept["centre_seed"]))
    centre.close()
    with pytest.raises(EnvironmentFault, match="server_secret_damaged"):
        computers.open(2)


def test_a_passphrase_serves_at_each_desk_and_a_withdrawal_counts_at_each(computers):
    computers.join(2)
    one, two = computers.open(1), computers.open(2)
    one.add_slot("supervisor", "yet other words")
    assert two.sign_in("supervisor", "yet other words").login == "supervisor"
    two.slots.withdraw("supervisor")
    with pytest.raises(RuleViolation, match="passphrase_wrong"):
        one.sign_in("supervisor", "yet other words")
    assert set(one.slots.logins()) == {"administrator", "registrar"}


def test_a_server_put_back_to_an_older_dump_begins_an_epoch_at_each_desk(computers, postgresql):
    computers.join(2)
    for number in (1, 2):
        centre = computers.open(number)
        register(centre, number)
        centre.close()
    admin = create_engine(postgresql.format(name="postgres"), isolation_level="AUTOCOMMIT")
    name = computers.url.rpartition("?")[0].rpartition("/")[2]
    try:
        with admin.connect() as connection:
            connection.exec_driver_sql(f"CREATE DATABASE {name}_dump TEMPLATE {name}")
        one = computers.open(1)
        register(one, 100)
        old = one.origin.epoch
        one.close()
        with admin.connect() as connection:
            connection.exec_driver_sql(f"DROP DATABASE {name} WITH (FORCE)")
            connection.exec_driver_sql(f"ALTER DATABASE {name}_dump RENAME TO {name}")
    finally:
        admin.dispose()
    one, two = computers.open(1), computers.open(2)
    assert (one.began, two.began) == (Beginning.RESTORED, None)  # the second had written nothing since
    assert one.origin.epoch != old
    register(one, 101)
    assert sound(one) == sound(two)


def test_at_another_address_a_computer_is_the_desk_that_it_was_in_a_new_epoch(computers):
    computers.join(2)
    centre = computers.open(2)
    old = centre.origin
    centre.close()
    moved = Computers(computers.url + "&application_name=moved", computers.folder)
    moved.server = lambda number: Server(moved.url, computers.folder / f"computer-{number}" / "servers" / "two")
    joined = moved.join(2)
    assert (joined.desk, joined.number, joined.again) == (old.desk.hex(), 2, True)
    again = moved.open(2)
    assert again.origin.desk == old.desk
    assert again.origin.epoch != old.epoch
    assert again.began is Beginning.CLONED
    moved.close()


def test_a_desk_whose_computer_is_gone_goes_on_at_another(computers):
    computers.join(2)
    gone = computers.open(2)
    agreed = replace(person(1, operator(gone, Role.REGISTRAR)), consents=(Purpose.ASSOCIATION,))
    register_candidate(agreed, gone.desk)
    with pytest.raises(RuleViolation, match="no_such_desk"):
        computers.join(5, desk=7)
    assert (computers.join(5, desk=2).desk, computers.join(6).number) == (gone.origin.desk.hex(), 3)
    here = computers.open(5)
    assert (here.began, here.origin.desk) == (Beginning.CLONED, gone.origin.desk)
    assert here.desk_signer.public == gone.desk_signer.public
    with pytest.raises(EnvironmentFault, match="desk_open_elsewhere"):
        register(gone, 2)
    register(here, 2)
    assert [one.seq for one in chain_of(here)].count(1) == 2  # the old epoch's chain and the new one's
    with here.desk.work(operator(here, Role.ADMINISTRATOR)) as work:
        assert [one.epoch for one in here.exchange.outbox(work).chains()] == [
            gone.origin.epoch.hex(), here.origin.epoch.hex()]
    sound(here)


def hold_the_turn(url, folder, pipe):
    computers = Computers(url, folder)
    centre = computers.open(2)
    with centre.desk.work(operator(centre, Role.REGISTRAR)) as work:
        register_within(work, person(7, operator(centre, Role.REGISTRAR)))
        pipe.send("mine")
        signal.pause()


def test_a_desk_that_is_killed_within_its_turn_leaves_nothing_and_holds_nobody_up(computers):
    computers.join(2)
    ours, theirs = FORKED.Pipe()
    process = FORKED.Process(target=hold_the_turn, args=(computers.url, computers.folder, theirs))
    process.start()
    theirs.close()
    assert ours.recv() == "mine"
    process.kill()
    process.join()
    one = computers.open(1)
    began = time.monotonic()
    register(one, 1)
    assert time.monotonic() - began < 5
    assert len(one.reads.search("")) == 1
    two = computers.open(2)
    assert two.began is None
    register(two, 7)
    sound(two)


def test_keys_change_at_one_desk_alone(computers):
    computers.join(2)
    centres = [computers.open(number) for number in (1, 2)]
    before = [(one.desk_signer.public, one.desk.signer.public) for one in centres]
    administrator = operator(centres[1], Role.ADMINISTRATOR)
    rotate_key(RotateKey(KeyOf.TRANSPORT, administrator), centres[1].desk, centres[1].exchange)
    rotate_key(RotateKey(KeyOf.CERTIFICATES, administrator), centres[1].desk, centres[1].exchange)
    with pytest.raises(RuleViolation, match="rotation_pending"):
        rotate_key(RotateKey(KeyOf.CERTIFICATES, administrator), centres[1].desk, centres[1].exchange)
    rotations = []
    for centre in centres:
        with centre.desk.work(administrator) as work:
            rotations.append(len(centre.exchange.outbox(work).rotations()))
        centre.close()
    assert rotations == [0, 2]
    after = [(one.desk_signer.public, one.desk.signer.public) for one in map(computers.open, (1, 2))]
    assert after[0] == before[0]
    assert (after[1][0] == before[1][0], after[1][1]) == (False, before[1][1])


def test_text_is_in_the_order_of_its_code_points_whatever_the_servers(computers):
    centre = computers.open(1)
    with centre.reader.begin() as connection:
        kinds = dict(connection.execute(text(
            "SELECT collation_name, count(*) FROM information_schema.columns WHERE table_schema = 'public' "
            "AND table_name <> 'alembic_version' AND data_type IN ('text', 'character varying') GROUP BY 1")).all())
    assert kinds.keys() == {"C"}
    assert kinds["C"] > 100


def test_what_is_only_looked_at_takes_nobodys_place(computers):
    centre = computers.open(1)
    shutil.copytree(computers.folder / "computer-1", computers.folder / "computer-8")
    looked = computers.open(8, only_look=True)
    assert looked.began is None
    register(centre, 1)


def test_a_lost_connection_is_a_sentence_and_the_next_step_connects_again(computers):
    centre = computers.open(1)
    watcher = create_engine(computers.url, isolation_level="AUTOCOMMIT")

    def cut():
        with watcher.connect() as connection:
            connection.exec_driver_sql("SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                                       "WHERE datname = current_database() AND pid <> pg_backend_pid()")

    before = register(centre, 1)
    cut()
    assert register(centre, 2) != before  # noticed before anything was asked
    registrar = operator(centre, Role.REGISTRAR)

    def cut_within(work, ask):
        work.operators.get(registrar)
        cut()
        ask(work)

    for ask in (lambda work: work.operators.get(registrar), lambda work: work.batches.by_code("B1"),
                lambda work: None):  # on the driver, through SQLAlchemy, at the commit
        with pytest.raises(EnvironmentFault, match="server_lost"), centre.desk.work(registrar) as work:
            cut_within(work, ask)
    cut()
    assert len(centre.reads.search("陈明华")) == 2

    def read_twice(connection):
        connection.execute(text("SELECT 1"))
        cut()
        connection.execute(text("SELECT 1"))

    with pytest.raises(EnvironmentFault, match="server_lost"), centre.reader.begin() as connection:
        read_twice(connection)
    register(centre, 3)
    watcher.dispose()
    assert sound(centre) == len(chain_of(centre))


def test_a_server_that_is_not_there_or_lets_nobody_in_is_said(tmp_path, postgresql):
    with pytest.raises(EnvironmentFault, match="server_unreachable"):
        look_at(Server("postgresql+psycopg://nobody@127.0.0.1:1/centre", tmp_path))
    with pytest.raises(EnvironmentFault, match="does not exist"):
        look_at(Server(postgresql.format(name="no_such_database"), tmp_path))
    with pytest.raises(EnvironmentFault, match="no_centre_here"):
        look_at(Server(postgresql.format(name="postgres"), tmp_path))


def test_a_folder_that_names_a_server_is_that_servers_unless_a_centre_is_in_it(tmp_path):
    assert followed(tmp_path) == tmp_path
    for named, wanted in (("postgresql+psycopg://db.example.org/centre\n", "postgresql+psycopg://db.example.org/centre"),
                          ("/srv/elsewhere", None), ("postgresql+psycopg://db:x/centre", None)):
        (tmp_path / SERVER).write_text(named, "utf-8")
        assert followed(tmp_path) == (place_of(wanted) if wanted else tmp_path)
    (tmp_path / SERVER).write_bytes(b"\xff\xfe")
    assert followed(tmp_path) == tmp_path
    (tmp_path / SERVER).write_text("postgresql+psycopg://db.example.org/centre", "utf-8")
    (tmp_path / DATABASE).touch()
    assert followed(tmp_path) == tmp_path


def test_a_place_is_a_folder_or_a_server_whoever_asks(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    assert place_of(str(tmp_path)) == tmp_path
    named = [place_of(f"postgresql+psycopg://{who}db.example.org{port}/centre") for who in ("", "me@", "me:words@")
             for port in ("", ":5432")]
    assert len({one.folder for one in named}) == 1
    assert "words" not in "".join(map(str, named))
    assert place_of("postgresql+psycopg://db.example.org/other").folder != named[0].folder
    assert place_of("postgresql+psycopg://db.example.org:6000/centre").folder != named[0].folder
    assert place_of("postgresql+psycopg:///centre?host=/run/one").folder != place_of(
        "postgresql+psycopg:///centre?host=/run/two").folder
