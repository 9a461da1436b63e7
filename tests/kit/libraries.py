"""An association's library on any engine."""

import random
from pathlib import Path

import pyrage
from kit.desks import Clock
from sqlalchemy import Engine

from appraisal.catalogue import load_schemes
from db.bundle_files import open_bundle
from db.folder import DEMONSTRATION_PASSPHRASE
from db.rebuild import digest
from db.schema import PROJECTED
from library.enrol import enrol
from library.intake import TakenIn, take_in
from library.officers import DEMONSTRATION_OFFICERS, Officer, add_demonstration_officers, open_officer
from library.opening import Library, create_library, open_library

COUNTS_OF_ITS_OWN = ("position", "registered")
"""Columns that say in which order this database applied its entries."""


class SimulatedLibrary:
    def __init__(self, engine: Engine, seed: int = 7) -> None:
        self.random, self.clock = random.Random(seed), Clock()
        recovery = pyrage.x25519.Identity.generate()
        self.recovery = str(recovery)
        create_library(engine, str(recovery.to_public()), self.clock, self.random.randbytes)
        self.library: Library = open_library(engine, load_schemes(), self.clock, self.random.randbytes)

    def reopened(self) -> "SimulatedLibrary":
        """The same database, with the keys that are in it now."""
        again = object.__new__(SimulatedLibrary)
        again.random, again.clock = self.random, self.clock
        again.library = open_library(self.library.engine, load_schemes(), self.clock, self.random.randbytes)
        return again

    def enrol(self, request: bytes) -> bytes:
        """Both officers approve; the grant."""
        grant = enrol(self.library, request, self.officers()).grant
        assert grant is not None
        return grant

    def officers(self) -> list[Officer]:
        add_demonstration_officers(self.library)
        return [open_officer(self.library, name, DEMONSTRATION_PASSPHRASE) for name in DEMONSTRATION_OFFICERS]

    def take_in(self, bundle: Path) -> TakenIn:
        return take_in(self.library, open_bundle(bundle))

    def digests(self) -> dict[str, str]:
        """Of every projected table, the same on each engine and in each order of arrival."""
        with self.library.engine.begin() as connection:
            return {table.name: digest(connection, table, leave_out=COUNTS_OF_ITS_OWN) for table in PROJECTED}


def fates(taken: TakenIn) -> dict[str, int]:
    found: dict[str, int] = {}
    for one in taken.receipt.fates:
        found[one.fate.value] = found.get(one.fate.value, 0) + one.span.last - one.span.first + 1
    return found
