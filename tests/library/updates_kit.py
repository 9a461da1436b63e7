"""A real centre, its association and their repository of updates; and somebody who holds the folder in between."""

import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from kit.desks import EXAM_DAY, Clock
from kit.libraries import SimulatedLibrary
from sqlalchemy import func, select
from tuf.api.metadata import Metadata
from tuf.api.serialization.json import JSONSerializer

from appraisal.catalogue import load_schemes
from appraisal.domain.certificate import Bilingual
from appraisal.domain.operator import Role
from appraisal.usecases.adopt_grant import AdoptGrant, AskToJoin, adopt_grant, ask_to_join
from appraisal.usecases.found_centre import FirstOperator, FoundCentre
from db.centre import Centre, Surroundings, create_centre, open_centre
from db.keyslots import Cost
from db.rebuild import differing
from db.schema import adopted, journal, lease, status_list, trust_list
from db.updates import FolderFetcher
from desktop.commands.updates import take_updates
from library.offering import offer
from library.repository import THRESHOLD, begin, new_root_key, renew, write_state

DAY_MS = 86_400_000
ROLES = (Role.ADMINISTRATOR, Role.SUPERVISOR, Role.REGISTRAR, Role.CERTIFICATE_OFFICER)


def root_keys(count=3, first=1):
    return [new_root_key(bytes([first + n]) * 32) for n in range(count)]


@dataclass
class Publisher:
    association: SimulatedLibrary
    folder: Path

    def __post_init__(self):
        self.keys = root_keys()
        begin(self.association.library, self.keys)

    def publish(self, resources=None, folder=None):
        return write_state(self.association.library, folder or self.folder, offer(self.association.library, resources))

    def rotate(self, keys=None, **how):
        return renew(self.association.library, self.keys[:THRESHOLD] if keys is None else keys, **how)


def surroundings(folder: Path, clock: Clock) -> Surroundings:
    return Surroundings(load_schemes(), clock, cost=Cost(1, 8, 1), settings=folder / "settings")


def new_centre(folder: Path, clock: Clock, seed: int = 1) -> Centre:
    around = surroundings(folder, clock)
    operators = tuple(FirstOperator(role.value, "操作员", frozenset({role})) for role in ROLES)
    names = Bilingual(f"中心{seed}", f"Centre {seed}")
    create_centre(folder / "desk", FoundCentre(f"C{seed:03d}", names, "v.example.org", operators, False),
                  {"supervisor": "a passphrase"}, around)
    return open_centre(folder / "desk", "supervisor", "a passphrase", around)


@dataclass
class Reader:
    """A centre that takes updates in."""

    centre: Centre
    around: Surroundings | None = None

    def reopened(self):
        """Closed and opened again."""
        around, folder = self.around, self.centre.folder
        self.centre.close()
        self.centre = open_centre(folder, "supervisor", "a passphrase", around)
        return self.centre

    @property
    def operator(self):
        return self.centre.opened_by.id

    def request(self):
        return ask_to_join(AskToJoin(self.operator), self.centre.desk, self.centre.exchange)

    def join(self, association):
        return self.adopt(association.enrol(self.request()))

    def adopt(self, grant, *, replace=False):
        return adopt_grant(AdoptGrant(grant, self.operator, replace), self.centre.desk, self.centre.exchange)

    def take(self, folder):
        return take_updates(self.centre, self.operator, FolderFetcher(folder))

    def adopted(self):
        """What a refusal must leave as it was."""
        with self.centre.writer.begin() as connection:
            assert differing(connection) == ()
            counts = {table.name: connection.scalar(select(func.count()).select_from(table))
                      for table in (journal, trust_list, status_list, lease, adopted)}
            return counts | {"version": connection.scalar(select(func.max(trust_list.c.version)))}


def edit(folder, name, change, *, signer=None, renumber=None):
    """Changes the signed part of a metadata file and, with `signer`, signs it anew."""
    path = folder / "metadata" / name
    parsed = json.loads(path.read_text("utf-8"))
    change(parsed["signed"])
    data = json.dumps(parsed).encode()
    if signer is not None:
        metadata = Metadata.from_bytes(data)
        metadata.sign(signer)
        data = metadata.to_bytes(JSONSerializer(compact=True))
    (folder / "metadata" / (renumber or name)).write_bytes(data)
    return data


def from_now(clock, days):
    return (datetime.fromtimestamp(clock.now / 1000, UTC) + timedelta(days=days)).strftime("%Y-%m-%dT%H:%M:%SZ")


__all__ = ["DAY_MS", "EXAM_DAY", "Publisher", "Reader", "edit", "from_now", "new_centre", "root_keys",
           "surroundings"]
