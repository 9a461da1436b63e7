"""`talent-library serve` on a real PostgreSQL, killed in the middle of an upload again and again: all arrives, once."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest
from kit.libraries import COUNTS_OF_ITS_OWN

from appraisal.catalogue import load_schemes
from appraisal.domain.consent import Purpose
from appraisal.domain.identity import check_digit
from appraisal.domain.operator import Role
from appraisal.domain.person import Background, Contact, Identity
from appraisal.usecases.register_candidate import AttachPhotos, RegisterCandidate, attach_photos, register
from db.centre import Surroundings, open_centre
from db.engine import open_url
from db.folder import DEMONSTRATION_LOGIN, DEMONSTRATION_PASSPHRASE
from db.rebuild import digest
from db.schema import PROJECTED

ROOT = Path(__file__).parents[2]
PEOPLE, PHOTO = 8, 1 << 20
RATE = 1
"""MB a second that the service takes, so that there is a middle to be killed in."""
KILLED_AT = (0.02, 0.2, 0.4, 0.6, 0.8)
"""Of all bytes."""


@pytest.fixture
def sent(shell):
    """A demonstration centre's bundle of 8 people with photos of 1 MiB, exported into a folder."""
    shell.desk("init", "--demo")
    centre = open_centre(shell.folder / "desk", DEMONSTRATION_LOGIN, DEMONSTRATION_PASSPHRASE,
                         Surroundings(load_schemes()))
    registrar = next(one.id for one in centre.reads.operators() if Role.REGISTRAR in one.roles)
    with centre.desk.work(registrar) as work:
        people = [register(work, candidate(number, registrar)) for number in range(PEOPLE)]
    attach_photos(AttachPhotos(tuple((one, os.urandom(PHOTO)) for one in people), registrar), centre.desk)
    centre.close()
    answer = shell.desk("bundle", "export", "--out", shell.folder / "stick")
    assert (shell.code, answer["attachments"]) == (0, PEOPLE), shell.said
    return answer


def candidate(number, registrar):
    name, document = "王" + "伟芳娜敏静磊洋艳勇杰娟涛"[number], f"110101199001{number + 1:02d}998"
    return RegisterCandidate(
        Identity(name, "WANG", "resident_id", document + check_digit(document), "M", date(1990, 1, number + 1)),
        Contact(f"1540000{number:04d}"), Background(), registrar, (Purpose.ASSOCIATION,), "paper")


class Server:
    def __init__(self, url, spool):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.command = [sys.executable, "-m", "library.cli", "--url", url, "--json", "serve", "--spool", str(spool),
                        "--port", str(self.port), "--desk-rate", str(RATE)]
        self.spool, self.address = spool, f"http://127.0.0.1:{self.port}"

    @contextmanager
    def running(self):
        with subprocess.Popen(self.command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                              text=True) as process:
            try:
                assert process.stderr is not None
                assert self.address in process.stderr.readline()
                yield process
            finally:
                process.kill()

    def killed_when(self, true, desk, seconds=120):
        """Serves `desk` until `true()`, then dies at once."""
        with self.running() as process:
            until = time.monotonic() + seconds
            while not true():
                assert desk.poll() is None, desk.communicate()
                assert time.monotonic() < until
                time.sleep(0.005)
            process.send_signal(signal.SIGKILL)

    def here(self):
        """Bytes of parts on the disk."""
        found = 0
        for one in self.spool.rglob("*part-0*"):
            try:
                found += one.stat().st_size
            except FileNotFoundError:  # renamed under our eyes
                return self.here()
        return found


def digests(url):
    engine = open_url(url)
    with engine.begin() as connection:
        found = {table.name: digest(connection, table, leave_out=COUNTS_OF_ITS_OWN) for table in PROJECTED}
    engine.dispose()
    return found


def test_an_upload_goes_on_where_the_service_was_killed(shell, sent, postgresql_url, tmp_path):
    first = f"sqlite:///{shell.folder / 'desk' / 'association' / 'library.db'}"
    by_stick = f"sqlite:///{tmp_path / 'stick.db'}"
    for url in (postgresql_url, by_stick):
        shell.library(url, "init", "--like", first)
        assert shell.code == 0, shell.said
    server = Server(postgresql_url, tmp_path / "spool")
    total = sum(path.stat().st_size for path in Path(sent["bundle"]).glob("part-*"))
    command = [sys.executable, "-m", "desktop.cli", "--data", str(shell.folder / "desk"), "--json", "bundle", "send",
               "--bundle", sent["bundle"], "--to", server.address, "--patience", "240"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as desk:
        before = 0
        for share in KILLED_AT:
            server.killed_when(lambda share=share: server.here() >= share * total, desk)
            assert total > server.here() >= before, "what had come went away"
            before = server.here()
        server.killed_when(lambda: any(server.spool.rglob("manifest.cose")), desk)
        with server.running() as process:
            said, errors = desk.communicate(timeout=120)
            process.send_signal(signal.SIGTERM)
            stopped, _ = process.communicate(timeout=30)
    answer = json.loads(said)
    assert desk.returncode == 0, errors
    assert (answer["records"], answer["accepted"] + answer["duplicate"]) == (sent["records"], sent["records"])
    assert errors.count("…") >= len(KILLED_AT)
    assert (process.returncode, json.loads(stopped)["url"]) == (0, server.address)
    assert shell.library(by_stick, "ingest", sent["bundle"], "--out", tmp_path)["applied"] == sent["records"]
    assert digests(postgresql_url) == digests(by_stick)
    assert shell.library(postgresql_url, "journal", "verify")["entries"] == sent["records"]
    assert shell.library(postgresql_url, "status")["attachments"] == PEOPLE
    refused = shell.desk("bundle", "send", "--patience", "0")  # the address is remembered; nobody serves there now
    assert (shell.code, refused["error"]) == (3, "library_unreachable")
    assert server.address in shell.said
