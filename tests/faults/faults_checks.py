"""What must be true of a centre, its stick and its library after whatever happened."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from faults_steps import open_association, open_desk
from sqlalchemy import func, select

from appraisal.exchange.manifest import FILE, part_name, unverified
from appraisal.usecases.reads import SyncState
from db import journal
from db.centre import Centre
from db.queries.states import person_states
from db.rebuild import differing
from db.schema import bundle, person, receipt
from library.schema import receipt as given_receipt
from library.verify import verify


@contextmanager
def opened(folder: Path) -> Iterator[Centre]:
    """The centre, when its journal is whole and its tables are what the journal says."""
    centre = open_desk(folder)
    try:
        with centre.reader.begin() as connection:
            found = journal.verify(connection)
            assert found.intact, found.damage
            assert differing(connection) == ()
        yield centre
    finally:
        centre.close()


def serials(centre: Centre) -> list[int]:
    with centre.reader.begin() as connection:
        return sorted(int(number[1:]) for number in connection.scalars(select(person.c.document_number)))


def bundles_on(stick: Path) -> list[Path]:
    """All that have a manifest; each of them whole."""
    found = sorted(one.parent for one in stick.glob(f"*/{FILE}") if not one.parent.name.startswith("."))
    for one in found:
        manifest = unverified((one / FILE).read_bytes())
        for number, part in enumerate(manifest.parts, 1):
            assert part.fits((one / part_name(number)).read_bytes()), one
    return found


def transfers(centre: Centre) -> int:
    with centre.reader.begin() as connection:
        return connection.scalar(select(func.count()).select_from(bundle)) or 0


def receipts(centre: Centre) -> int:
    with centre.reader.begin() as connection:
        return connection.scalar(select(func.count()).select_from(receipt)) or 0


def all_accepted(centre: Centre) -> bool:
    with centre.reader.begin() as connection:
        persons = connection.scalars(select(person.c.id)).all()
        return set(person_states(connection, persons).values()) == {SyncState.ACCEPTED}


def library_entries(folder: Path) -> tuple[int, int]:
    """Applied entries of a sound library, and how many receipts it has given."""
    library = open_association(folder)
    try:
        with library.engine.begin() as connection:
            found = verify(connection)
            assert found.damage == ()
            assert differing(connection) == ()
            return found.entries, connection.scalar(select(func.count()).select_from(given_receipt)) or 0
    finally:
        library.engine.dispose()


@dataclass(frozen=True, slots=True)
class Place:
    """A folder that can be had again as it was made. It keeps its name: a desk elsewhere would be a copy."""

    work: Path
    kept: Path

    def fresh(self) -> Path:
        shutil.rmtree(self.work, ignore_errors=True)
        return shutil.copytree(self.kept, self.work)


def placed(folder: Path, make: Callable[[Path], object]) -> Place:
    place = Place(folder / "work", folder / "kept")
    make(place.work)
    place.work.rename(place.kept)
    return place


def spread(last: int, most: int) -> list[int]:
    """At most so many of 1 … `last`, evenly, both ends among them; the middle where it is to be one."""
    if last <= most:
        return list(range(1, last + 1))
    if most == 1:
        return [(last + 1) // 2]
    return sorted({1 + round(n * (last - 1) / (most - 1)) for n in range(most)})
