"""`restore`: a backup put back, or what the library gives back; and the epochs of a desk."""

import os
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, select

from appraisal.domain.errors import RuleViolation
from appraisal.exchange.restoration import FILE, SUFFIX
from db.backup import put_back
from db.bundle_files import open_bundle
from db.centre import Surroundings
from db.folder import DEMONSTRATION_LOGIN, KEYS, Place, opens_without_asking
from db.keyslots import KeySlots
from db.restoring import RESTORERS, take_restoration
from db.schema import epoch
from desktop.commands.answer import Answer
from desktop.commands.upkeep import require_folder
from desktop.errors import sentence
from desktop.session import OPERATOR, PASSPHRASE, Session, passphrase_for


def is_restoration(path: Path) -> bool:
    return (path / FILE).is_file() or (path.suffix == SUFFIX and path.is_file()) or path.name == FILE


def from_backup(source: Path, place: Place, around: Surroundings) -> Answer:
    """Checked with the passphrase of an operator before it counts."""
    passphrase = passphrase_for(source)
    if passphrase is None:
        raise RuleViolation("passphrase_needed", "passphrase", operator=OPERATOR, passphrase=PASSPHRASE)
    login = os.environ.get(OPERATOR, DEMONSTRATION_LOGIN)
    key = KeySlots(source / KEYS, around.random, around.cost).open(login, passphrase)
    folder = require_folder(place)
    put_back(source, folder, key)
    return Answer({"restored": str(folder), "checked": True}, [sentence("backup_restored", {"folder": str(folder)})])


def from_library(session: Session, path: Path) -> Answer:
    """What the library gives back comes into the journal. `path`: the folder, a zip of it, or its signed file."""
    source = open_bundle(path.parent if path.name == FILE else path, FILE)
    done = take_restoration(session.centre.desk, session.centre.exchange, str(session.centre.age), source,
                            session.operator(*RESTORERS))
    fields = asdict(done) | {"aside": sum(done.aside.values()), "reasons": done.aside}
    if not done.new:
        return Answer(fields, [sentence("restoration_taken_before")])
    return Answer(fields, [sentence("restoration_taken", fields), *(
        sentence("restoration_aside", {"count": count, "reason": sentence(code)})
        for code, count in done.aside.items())])


def epochs_of(connection: Connection) -> Sequence[dict[str, Any]]:
    """Those that began after the first, the oldest first."""
    rows = connection.execute(select(epoch).order_by(epoch.c.position))
    return [{"epoch": row.id, "desk": row.desk, "reason": row.reason, "after": [row.after_epoch, row.after_seq]}
            for row in rows]


def may_look(place: Place) -> bool:
    """Whether the data can be opened without asking anybody."""
    return PASSPHRASE in os.environ or opens_without_asking(place)
