"""What a centre and an association do in a process of its own, which is killed or whose disk fails.

A folder has `disk/desk` (the centre), `disk/settings` (of its machine), `disk/stick`, `disk/library` and `scripts`
(migrations with one step more).
"""

import contextlib
import io
import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

from kit.libraries import SimulatedLibrary
from sqlalchemy import func, select

from appraisal.catalogue import load_schemes
from appraisal.domain.certificate import Bilingual
from appraisal.domain.consent import Purpose
from appraisal.domain.errors import EnvironmentFault, RuleViolation
from appraisal.domain.operator import Role
from appraisal.domain.person import Background, Contact, Identity
from appraisal.exchange.manifest import FILE, unverified
from appraisal.usecases.adopt_grant import AdoptGrant, AskToJoin, adopt_grant, ask_to_join
from appraisal.usecases.export_bundle import ExportBundle, Exported, export_bundle
from appraisal.usecases.found_centre import FirstOperator, FoundCentre
from appraisal.usecases.import_receipt import ImportReceipt, import_receipt
from appraisal.usecases.register_candidate import AttachPhotos, RegisterCandidate, attach_photos
from appraisal.usecases.register_candidate import register as register_candidate
from db import migrate
from db.backup import copy_checked
from db.bundle_files import BundleFolders, find_bundles
from db.centre import Centre, Surroundings, create_centre, open_centre, system_clock
from db.engine import open_sqlcipher, open_url
from db.files import write_durably
from db.folder import DATABASE, KEYS
from db.keyslots import Cost, KeySlots
from db.schema import person
from library.cli import main as talent_library
from library.opening import Library, open_library
from library.web.uploads import spool_in

Say = Callable[..., None]
PASSPHRASE, OPENER, FIRST_SERIAL = "four quiet words", "administrator", 1000
PHOTO = bytes(range(256)) * 10


def around(folder: Path) -> Surroundings:
    """The machine's settings lie on the same disk."""
    return Surroundings(load_schemes(), cost=Cost(1, 8, 1), settings=folder / "disk" / "settings")


def open_desk(folder: Path) -> Centre:
    return open_centre(folder / "disk" / "desk", OPENER, PASSPHRASE, around(folder))


def operator(centre: Centre, role: Role) -> str:
    return next(one.id for one in centre.reads.operators() if one.login == role.value)


def library_url(folder: Path) -> str:
    """What `library.url` says, where another engine than a file is to serve."""
    said = folder / "library.url"
    return said.read_text() if said.exists() else f"sqlite:///{folder / 'disk' / 'library' / 'library.db'}"


def open_association(folder: Path) -> Library:
    return open_library(open_url(library_url(folder)), load_schemes(), system_clock, os.urandom)


def prepare(folder: Path, people: int, url: str | None = None) -> None:
    """A centre of so many people, each with a photo, that a library has enrolled; nothing has left it yet."""
    for name in ("desk", "stick", "library"):
        (folder / "disk" / name).mkdir(parents=True)
    if url:
        (folder / "library.url").write_text(url)
    roles = tuple(FirstOperator(one.value, one.value, frozenset({one})) for one in Role)
    create_centre(folder / "disk" / "desk", FoundCentre("C1", Bilingual("示例中心", "Centre"), "v.example.com", roles),
                  {OPENER: PASSPHRASE}, around(folder))
    centre = open_desk(folder)
    association = SimulatedLibrary(open_url(library_url(folder)))
    supervisor = operator(centre, Role.SUPERVISOR)
    grant = association.enrol(ask_to_join(AskToJoin(supervisor), centre.desk, centre.exchange))
    adopt_grant(AdoptGrant(grant, supervisor), centre.desk, centre.exchange)
    association.library.engine.dispose()
    register(centre, *range(people))
    photograph(centre, *range(people))
    centre.close()


def number_of(serial: int) -> str:
    return f"9{serial:017d}"


def register(centre: Centre, *serials: int) -> None:
    """In one unit of work."""
    registrar = operator(centre, Role.REGISTRAR)
    with centre.desk.work(registrar) as work:
        for serial in serials:
            register_candidate(work, RegisterCandidate(
                Identity("陈明华", "CHEN Minghua", "resident_id", number_of(serial)), Contact(f"154{serial:08d}"),
                Background(employer="示例职业技能评价中心"), registrar, (Purpose.ASSOCIATION,), "paper"))


def photograph(centre: Centre, *serials: int) -> None:
    with centre.reader.begin() as connection:
        found = dict(connection.execute(select(person.c.document_number, person.c.id)).all())
    photos = tuple((found[number_of(serial)], PHOTO) for serial in serials)
    attach_photos(AttachPhotos(photos, operator(centre, Role.REGISTRAR)), centre.desk)


def send(centre: Centre, folder: Path) -> Exported:
    return export_bundle(ExportBundle(folder / "disk" / "stick", operator(centre, Role.SUPERVISOR)), centre.desk,
                         centre.exchange, BundleFolders())


def take_in(folder: Path) -> dict[str, Any]:
    """`talent-library ingest`, with its own words for what the environment refuses."""
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed), contextlib.redirect_stderr(io.StringIO()):
        status = talent_library(["--url", library_url(folder), "--json", "ingest", str(folder / "disk" / "stick")])
    found: dict[str, Any] = json.loads(printed.getvalue())
    if status == 3:
        raise EnvironmentFault(found["error"], said=found["message"])
    return found


def receive(centre: Centre, folder: Path) -> list[int]:
    """Entries that each receipt on the stick calls accepted, here now or here before."""
    officer, found = operator(centre, Role.SUPERVISOR), []
    for file in sorted((folder / "disk" / "stick").rglob("receipt-*.cose"), key=lambda one: one.name):
        counts = import_receipt(ImportReceipt(file.read_bytes(), officer), centre.desk, centre.exchange)
        found.append(counts.accepted + counts.duplicate)
    return found


def bring_up(folder: Path) -> None:
    desk = folder / "disk" / "desk"
    key = KeySlots(desk / KEYS).open(OPENER, PASSPHRASE)
    engine = open_sqlcipher(desk / DATABASE, key)
    try:
        migrate.upgrade(engine, desk / DATABASE, newest="9999", scripts=folder / "scripts")
    finally:
        engine.dispose()


def write_scripts(folder: Path) -> None:
    """The product's migrations and one of a later release, that rewrites every person."""
    shutil.copytree(migrate.SCRIPTS, folder / "scripts", ignore=shutil.ignore_patterns("__pycache__"))
    (folder / "scripts" / "versions" / "9999_later.py").write_text(
        f"from alembic import op\nimport sqlalchemy as sa\n\nrevision, down_revision = '9999', '{migrate.NEWEST}'\n\n\n"
        "def upgrade():\n    op.execute('CREATE TABLE later AS SELECT id, document_number FROM person')\n"
        "    op.add_column('batch', sa.Column('note', sa.String))\n", "utf-8")


def step_save(folder: Path, say: Say) -> None:
    """Three people, each said when it is done."""
    centre = open_desk(folder)
    with centre.reader.begin() as connection:
        first = FIRST_SERIAL + (connection.scalar(select(func.count()).select_from(person)) or 0)
    for serial in range(first, first + 3):
        register(centre, serial)
        say("done", serial)
    centre.close()


def step_export(folder: Path, say: Say) -> None:
    centre = open_desk(folder)
    say("done", str(send(centre, folder).bundle))
    centre.close()


def step_intake(folder: Path, say: Say) -> None:
    say("done", take_in(folder)["applied"])


def step_receipt(folder: Path, say: Say) -> None:
    centre = open_desk(folder)
    say("done", receive(centre, folder))
    centre.close()


def step_migration(folder: Path, say: Say) -> None:
    bring_up(folder)
    say("done", "9999")


def step_day(folder: Path, say: Say, mend: Callable[[], None]) -> None:
    """A fixed day. What the environment refuses is said; then the disk is `mend`ed and the user tries once more."""

    def insist(name: str, command: Callable[[], Any]) -> Any:
        try:
            found = command()
        except EnvironmentFault as fault:
            say("fault", name, fault.code, fault.detail)
            mend()
            found = command()
        say("done", name)
        return found

    centre = insist("open", lambda: open_desk(folder))
    insist("register", lambda: register(centre, FIRST_SERIAL))
    insist("photo", lambda: photograph(centre, FIRST_SERIAL))
    insist("export", lambda: send(centre, folder))
    insist("intake", lambda: take_in(folder))
    insist("receipt", lambda: receive(centre, folder))
    insist("backup", lambda: copy_checked(centre.writer, folder / "disk" / "stick" / "copy.db"))
    insist("note", centre.note_backup)
    insist("close", centre.close)


def step_keep(folder: Path, say: Say) -> None:
    """One file, written again and again, each said when it is done."""
    for number in range(4):
        write_durably(folder / "disk" / "kept", kept_file(number))
        say("done", number)


def kept_file(number: int) -> bytes:
    return b"%d" % number * 9000


def step_upload(folder: Path, say: Say) -> None:
    """The bundle on the stick comes to the library's spool, each part in two bodies; what is here is said."""
    (bundle,) = find_bundles(folder / "disk" / "stick")
    signed = (bundle / FILE).read_bytes()
    with spool_in(folder / "disk" / "spool", reserve=0) as spool:
        upload, _ = spool.admit(unverified(signed), signed)
        for name in upload.parts:
            data = (bundle / name).read_bytes()
            for end in (len(data) // 2, len(data)):
                at = upload.offset(name)
                writing = upload.begin(name, at)
                writing.write(data[at:end])
                say("here", name, writing.finish())
        upload.complete()
        say("done", str(upload.folder))


STEPS: dict[str, Callable[..., None]] = {
    "save": step_save, "export": step_export, "intake": step_intake, "receipt": step_receipt,
    "migration": step_migration, "day": step_day, "keep": step_keep, "upload": step_upload}
REFUSALS = (EnvironmentFault, RuleViolation)
