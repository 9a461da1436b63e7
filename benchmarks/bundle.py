"""Export with read-back, intake on SQLite, and the replay of what was taken in: real entries, files and fsync.

Each line of output is one JSON object: {"figure", "n", "seconds", "per_second", "peak_mb", …}.
"""

import argparse
import json
import os
import random
import resource
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import date
from pathlib import Path

import pyrage

from appraisal.catalogue import load_schemes
from appraisal.credential.cose import Ed25519Signer
from appraisal.domain.certificate import Bilingual
from appraisal.domain.consent import Purpose
from appraisal.domain.operator import Role
from appraisal.domain.person import Background, Contact, Identity
from appraisal.usecases.adopt_grant import AdoptGrant, AskToJoin, adopt_grant, ask_to_join
from appraisal.usecases.export_bundle import ExportBundle, Exported, export_bundle
from appraisal.usecases.found_centre import FirstOperator, FoundCentre, found_centre
from appraisal.usecases.import_receipt import ImportReceipt, import_receipt
from appraisal.usecases.register_candidate import AttachPhotos, RegisterCandidate, attach_photos, register
from db.bundle_files import BundleFolders, open_bundle
from db.create import create_schema
from db.desk import SqlDesk
from db.engine import create_sqlcipher, open_url
from db.folder import DEMONSTRATION_PASSPHRASE
from db.journal import Origin
from db.outbox import SqlExchange
from library.enrol import enrol
from library.intake import at_work, take_in
from library.officers import DEMONSTRATION_OFFICERS, add_demonstration_officers, open_officer
from library.opening import Library, create_library, open_library

PHOTO = 60_000
"""Bytes."""
OFFICERS = (Role.ADMINISTRATOR, Role.REGISTRAR, Role.SUPERVISOR)


def clock() -> int:
    return time.time_ns() // 1_000_000


def _number(serial: int) -> str:
    return f"11010119900101{serial:06d}"


class Desk:
    def __init__(self, folder: Path, records: int, serial: int = 0) -> None:
        """`serial`: the first of its people's document numbers."""
        engine = create_sqlcipher(folder / "desk.db", os.urandom(32))
        with engine.begin() as connection:
            create_schema(connection)
        self.desk = SqlDesk(engine, Origin(os.urandom(16), os.urandom(16)), load_schemes(),
                            Ed25519Signer.from_seed(os.urandom(32)), clock, os.urandom)
        self.exchange = SqlExchange(self.desk, Ed25519Signer.from_seed(os.urandom(32)))
        found_centre(FoundCentre("C1", Bilingual("示范中心", "Demonstration Centre"), "verify.example.org", tuple(
            FirstOperator(role.value, "操作员", frozenset({role})) for role in OFFICERS)), self.desk)
        with self.desk.work("") as work:
            self.operators = {role: found.id for role in OFFICERS
                              if (found := work.operators.by_login(role.value)) is not None}
        self._register(range(serial, serial + records // 2))

    def _register(self, people: range) -> None:
        """Each is two records: who they are, and their consent."""
        chance, registrar = random.Random(people.start), self.operators[Role.REGISTRAR]
        for some in (people[start:start + 5000] for start in range(0, len(people), 5000)):
            with self.desk.work(registrar) as work:
                for number in some:
                    name = "".join(chr(chance.randrange(0x4E00, 0x9FA5)) for _ in range(3))
                    register(work, RegisterCandidate(
                        Identity(name, "ZHANG San", "resident_id", _number(number), "M",
                                 date(1990, 1, 1)),
                        Contact(f"154{chance.randrange(10**8):08d}"), Background(employer="某科技公司"), registrar,
                        (Purpose.ASSOCIATION,), "paper"))

    def photograph(self, count: int) -> None:
        """The first of them."""
        with self.desk.work(self.operators[Role.REGISTRAR]) as work:
            people = [work.candidates.by_document(_number(serial))[0].id for serial in range(count)]
        chance, registrar = random.Random(6), self.operators[Role.REGISTRAR]
        for at in range(0, count, 100):
            attach_photos(AttachPhotos(tuple((one, chance.randbytes(PHOTO)) for one in people[at:at + 100]), registrar),
                          self.desk)

    def join(self, library: Library) -> None:
        supervisor = self.operators[Role.SUPERVISOR]
        request = ask_to_join(AskToJoin(supervisor), self.desk, self.exchange)
        add_demonstration_officers(library)
        both = [open_officer(library, name, DEMONSTRATION_PASSPHRASE) for name in DEMONSTRATION_OFFICERS]
        grant = enrol(library, request, both).grant
        assert grant is not None
        adopt_grant(AdoptGrant(grant, supervisor), self.desk, self.exchange)

    def export(self, out: Path) -> Exported:
        return export_bundle(ExportBundle(out, self.operators[Role.SUPERVISOR]), self.desk, self.exchange,
                             BundleFolders())

    def receive(self, receipt: bytes) -> None:
        import_receipt(ImportReceipt(receipt, self.operators[Role.SUPERVISOR]), self.desk, self.exchange)


def new_library(url: str) -> Library:
    engine = open_url(url)
    create_library(engine, str(pyrage.x25519.Identity.generate().to_public()), clock, os.urandom)
    return open_library(engine, load_schemes(), clock, os.urandom)


@contextmanager
def timed(figure: str, n: int, **more: float) -> Iterator[None]:
    _forget_peak()
    start = time.perf_counter()
    yield
    seconds = time.perf_counter() - start
    print(json.dumps({"figure": figure, "n": n, "seconds": round(seconds, 4), "per_second": round(n / seconds, 1),
                      "peak_mb": round(_peak(), 1), **more}), flush=True)


def _forget_peak() -> None:
    """Linux alone can; elsewhere the peak is that of the whole process."""
    with suppress(OSError):
        Path("/proc/self/clear_refs").write_text("5")


def _peak() -> float:
    """MB that the process has held at most."""
    with suppress(OSError):
        return int(Path("/proc/self/status").read_text().partition("VmHWM:")[2].split()[0]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--n", type=int, default=10_000, help="records")
    parser.add_argument("--photos", type=int, default=0, help="of 60 KB, beside them")
    parser.add_argument("--turns", type=int, default=1)
    given = parser.parse_args()
    for _ in range(given.turns):
        with tempfile.TemporaryDirectory() as name:
            run(Path(name), given.n, given.photos)


def run(folder: Path, records: int, photos: int) -> None:
    desk, library = Desk(folder, records), new_library(f"sqlite:///{folder / 'library.db'}")
    desk.photograph(photos)
    desk.join(library)
    started = time.perf_counter()
    with timed("bundle export", records):
        sent = desk.export(folder / "stick")
    # as in a process that does nothing else: what the desk has left in this one is not walked in the intake's time
    with at_work(), timed("bundle intake sqlite", records, bytes_each=sent.bytes / sent.records, bytes=sent.bytes):
        taken = take_in(library, open_bundle(sent.bundle))
    with timed("bundle receipt", records):
        desk.receive(taken.data)
    whole = time.perf_counter() - started
    print(json.dumps({"figure": "bundle whole", "n": records, "seconds": round(whole, 4),
                      "per_second": round(records / whole, 1)}), flush=True)
    with at_work(), timed("bundle replay sqlite", records):
        take_in(library, open_bundle(sent.bundle))
    library.engine.dispose()


if __name__ == "__main__":
    main()
