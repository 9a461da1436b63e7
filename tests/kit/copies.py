"""Desks on copies of their files, with what a real data folder has beside: an age identity, and secrets."""

import random
import shutil
from dataclasses import replace
from pathlib import Path

import pyrage
from kit.desks import Clock, SimulatedDesk
from kit.libraries import SimulatedLibrary
from sqlalchemy import select

from appraisal.catalogue import load_schemes
from appraisal.domain.epochs import Beginning
from appraisal.domain.operator import Role
from appraisal.exchange.restoration import FILE
from appraisal.usecases.adopt_grant import AskToJoin, ask_to_join
from appraisal.usecases.register_candidate import CorrectCandidate, correct_candidate
from db.bundle_files import BundleFolders, open_bundle
from db.desk import SqlDesk, keep_secret
from db.engine import open_sqlite
from db.outbox import SqlExchange
from db.repositories import SqlCertificates
from db.restoring import Restored, take_restoration
from db.rows import person_of
from db.schema import person
from library.restoring import give_back as give_back_from


class Copied(SimulatedDesk):
    """A desk whose file can be copied, and that can be given back what it has lost."""

    folder: Path
    file: Path
    age: pyrage.x25519.Identity

    @classmethod
    def of(cls, desk: SimulatedDesk, folder: Path, association: SimulatedLibrary | None = None) -> "Copied":
        """The desk, with a recipient that the association learns by its next request."""
        made = object.__new__(cls)
        made.__dict__.update(desk.__dict__)
        made.folder, made.file = folder, folder / f"desk-{desk.seed}.db"
        made.age = pyrage.x25519.Identity.generate()
        made.exchange = SqlExchange(desk.desk, desk.exchange._signer, str(made.age.to_public()))
        with made.engine.begin() as connection:
            keep_secret(connection, "epoch", desk.desk.origin.epoch)
        if association is not None:
            made.adopt(association.enrol(made.request()))
        return made

    def request(self) -> bytes:
        return ask_to_join(AskToJoin(self.operators[Role.SUPERVISOR]), self.desk, self.exchange)

    def copied(self, name: str) -> Path:
        """The file as it is now, elsewhere."""
        self.engine.dispose()
        return Path(shutil.copy(self.file, self.folder / f"{name}.db"))

    def opened_on(self, copy: Path) -> "Copied":
        """Another desk on the copy, in the very same epoch."""
        other = object.__new__(Copied)
        other.__dict__.update({name: value for name, value in self.__dict__.items() if name != "operators"})
        other.file, other.engine = copy, open_sqlite(copy)
        other.clock, other.random = Clock(self.clock.now + 1000), random.Random(copy.name)
        other.desk = SqlDesk(other.engine, self.desk.origin, load_schemes(), self.desk.signer, other.clock,
                             other.random.randbytes)
        other.exchange = SqlExchange(other.desk, self.exchange._signer, self.exchange.recipient)
        return other

    def phone(self, who: str, number: str) -> None:
        with self.engine.begin() as connection:
            one = person_of(connection.execute(select(person).where(person.c.id == who)).one())
        changed = replace(one, contact=replace(one.contact, phone=number))
        correct_candidate(CorrectCandidate(changed, "更正", self.operators[Role.REGISTRAR]), self.desk)

    def take_back(self, given: Path) -> Restored:
        return take_restoration(self.desk, self.exchange, str(self.age), open_bundle(given, FILE),
                                self.operators[Role.SUPERVISOR])

    def numbers(self, scheme: str = "ai-trainer") -> list[str]:
        with self.engine.begin() as connection:
            return [slot.number for slot in SqlCertificates(connection).free_slots(scheme)]

    def why_no_number(self, scheme: str = "ai-trainer") -> str:
        with self.engine.begin() as connection:
            return SqlCertificates(connection).why_no_slot(scheme)


def restored_from(desk: Copied, copy: Path) -> Copied:
    """The copy, opened as what it is."""
    back = desk.opened_on(copy)
    back.desk.begin_epoch(Beginning.RESTORED)
    return back


def give_back(association: SimulatedLibrary, desk: SimulatedDesk, folder: Path,
              to: SimulatedDesk | None = None) -> Path:
    files = BundleFolders(FILE)
    return give_back_from(association.library, desk.id, to.id if to else None, folder / "back", files).path
