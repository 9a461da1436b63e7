"""What the next state of the repository of updates has in it."""

from pathlib import Path

import pyrage
from sqlalchemy import Connection, select

from appraisal.domain.errors import RuleViolation
from appraisal.exchange.updates import (
    DELTAS,
    LIBRARY,
    SCHEMES,
    TABLES,
    TEMPLATES,
    Refill,
    Sealing,
    leases_path,
    make_refill,
    make_sealing,
)
from db.files import read_file
from library.leases import leases_of
from library.opening import Library
from library.publish import alone, deltas, sign_lists
from library.refilling import present_epoch, refill_all
from library.schema import desk


def offer(library: Library, resources: Path | None = None) -> dict[str, bytes]:
    """By path: lists signed anew, numbers for every desk, and what lies in `resources`/schemes and /templates."""
    with library.engine.begin() as connection:
        alone(connection)
        refill_all(library, connection)
        files = sign_lists(library, connection)
        files |= {f"{DELTAS}{name}": data for name, data in deltas(connection).items()}
        files |= _leases(library, connection)
    files[LIBRARY] = make_sealing(Sealing(library.id, library.recipients, library.clock()), library.receipts)
    return files | (_resources(resources) if resources is not None else {})


def _leases(library: Library, connection: Connection) -> dict[str, bytes]:
    """Sealed for each desk that has named a recipient; the others get theirs with a grant."""
    found: dict[str, bytes] = {}
    for row in connection.execute(select(desk).where(desk.c.state == "active", desk.c.recipient.is_not(None))):
        epoch = present_epoch(connection, row.desk)
        leases = leases_of(connection, row.desk, epoch)
        if leases:
            letter = make_refill(Refill(library.id, row.desk, leases, library.clock(), epoch), library.receipts)
            found[leases_path(row.desk)] = pyrage.encrypt(letter, [pyrage.x25519.Recipient.from_str(row.recipient)])
    return found


def _resources(folder: Path) -> dict[str, bytes]:
    """Raises RuleViolation nothing_to_offer."""
    found = {f"{kind}{file.name}": read_file(file)
             for kind, endings in ((SCHEMES, "*.toml"), (TABLES, "*.t*"), (TEMPLATES, "*.toml"))
             for file in sorted((folder / kind).glob(endings))}
    if not found:
        raise RuleViolation("nothing_to_offer", "resources", folder=str(folder))
    return found
