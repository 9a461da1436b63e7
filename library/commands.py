"""What each command does, and the fields that it answers with (scripts rely on their names)."""

import argparse
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import pyrage
from sqlalchemy import Engine

from appraisal.credential.bitstring import folder_url
from appraisal.credential.trust import vouched_trust_list
from appraisal.domain.errors import EnvironmentFault, RuleViolation
from appraisal.exchange.receipt import file_name
from appraisal.exchange.restoration import FILE as RESTORATION_FILE
from appraisal.sentences import say
from db.bundle_files import BundleFolders, find_bundles, open_bundle
from db.files import write_durably, writing
from library import verifier
from library.intake import TakenIn, at_work, take_in
from library.moving import create_like
from library.officers import add_demonstration_officers
from library.opening import Library, create_library, exists, open_library
from library.outcome import Outcome
from library.publish import bitstrings, deltas, publish
from library.restoring import give_back
from library.revoke import Revoked, Suspended, reinstate, revoke, suspend
from library.status import status
from library.verify import verify

ROOT_FILE = "root.cose"


@dataclass(frozen=True, slots=True)
class Answer:
    fields: Mapping[str, Any]
    said: Sequence[str] = ()
    """Sentences for people: what was not done, and what waits."""
    complete: bool = True
    """False: something was refused while the rest was done."""
    all_said: bool = False
    """The sentences say everything; the fields are for --json."""


def init(engine: Engine, given: argparse.Namespace, clock: Callable[[], int],
         random: Callable[[int], bytes]) -> Answer:
    """Without a recovery recipient, the recovery key itself is written to a file that is to be put away. `given.like`:
    another library's engine, whose identity this one gets; its recovery key serves on. `given.demo`: with two
    officers."""
    written = None
    new = create_like(engine, given.like) if given.like else not exists(engine)
    if new and not given.like:
        recovery = given.recovery
        if recovery is None:
            key = pyrage.x25519.Identity.generate()
            recovery, written = str(key.to_public()), made_folder(given.out) / "recovery-key.txt"
            write_durably(written, f"{key}\n".encode(), mode=0o600)
        create_library(engine, recovery, clock, random)
    library = open_library(engine, {}, clock, random)
    if given.demo:
        add_demonstration_officers(library)
    said = [say("library_made" if new else "library_there", given.language, library=library.id)]
    if written:
        said.append(say("recovery_key_written", given.language, file=written))
    return Answer({"library": library.id, "new": new, "recovery_key": str(written) if written else None}, said,
                  all_said=True)


def ingest(library: Library, given: argparse.Namespace) -> Answer:
    """Each bundle by itself: one that is refused does not keep the others out."""
    outcome = Outcome(given.language)
    with at_work():
        for path in (bundle for one in given.paths for bundle in find_bundles(one)):
            try:
                taken = take_in(library, open_bundle(path))
            except RuleViolation as refusal:
                outcome.refuse(path, refusal)
            else:
                outcome.take(path, taken, _write_receipt(taken, given.out, path))
    return Answer(outcome.fields(), outcome.sentences(), outcome.complete)


def restore(library: Library, given: argparse.Namespace) -> Answer:
    done = give_back(library, given.desk, given.given_to, made_folder(given.out), BundleFolders(RESTORATION_FILE))
    fields = asdict(done) | {"path": str(done.path)}
    return Answer(fields, [say("restored_to", given.language, **fields)], all_said=True)


def publish_lists(library: Library, given: argparse.Namespace) -> Answer:
    """The lists, the newest root document, the deltas, the page and, for readers of badges, bitstrings."""
    url = None if given.status_url is None else folder_url(given.status_url)
    lists = publish(library)
    with library.engine.begin() as connection:
        steps = deltas(connection)
    trust, *statuses = lists.values()
    files = lists | {verifier.FILE: verifier.page(library.list_key.public, trust, statuses)}
    if roots := vouched_trust_list(trust).root_documents:
        files[ROOT_FILE] = roots[-1]
    if url is not None:
        files |= bitstrings(library, statuses, url)
    for name, data in files.items():
        write_durably(made_folder(given.out) / name, data)
    _write_deltas(made_folder(given.out / "deltas"), steps, pictures=given.pictures)
    said = [say("lists_published", given.language, count=len(lists), folder=given.out, page=verifier.FILE)]
    if url is not None:
        said.append(say("bitstrings_published", given.language, url=url))
    return Answer({"files": [str(given.out / name) for name in files]}, said, all_said=True)


def _write_deltas(folder: Path, steps: Mapping[str, bytes], *, pictures: bool) -> None:
    """Those of before lead to lists that are not the newest any more."""
    new = dict(steps)
    if pictures:
        from appraisal.exchange.pictures import STATUS_DELTA, to_png  # noqa: PLC0415 - what draws loads slowly

        new |= {f"{Path(name).stem}.png": to_png(STATUS_DELTA, data) for name, data in steps.items()}
    for name, data in new.items():
        write_durably(folder / name, data)
    for file in folder.glob("status-*-from-*"):
        if file.name not in new:
            with writing(file):
                file.unlink()


def show_status(library: Library, given: argparse.Namespace) -> Answer:  # noqa: ARG001 - as every command
    with library.engine.begin() as connection:
        return Answer({"library": library.id, **asdict(status(connection))})


def revoke_certificate(library: Library, given: argparse.Namespace) -> Answer:
    return _of_certificate(given, "revoked", revoke(library, given.number, given.reason, given.certificate))


def suspend_certificate(library: Library, given: argparse.Namespace) -> Answer:
    return _of_certificate(given, "suspended", suspend(library, given.number, given.reason, given.certificate))


def reinstate_certificate(library: Library, given: argparse.Namespace) -> Answer:
    return _of_certificate(given, "reinstated", reinstate(library, given.number, given.reason, given.certificate))


def _of_certificate(given: argparse.Namespace, what: str, done: Revoked | Suspended) -> Answer:
    code = f"certificate_{'now' if done.new else 'was'}_{what}"
    return Answer(asdict(done), [say(code, given.language, number=done.number)], all_said=True)


def verify_journal(library: Library, given: argparse.Namespace) -> Answer:
    with library.engine.begin() as connection:
        found = verify(connection)
    said = [say("library_journal_intact", given.language, entries=found.entries)] if found.intact else [
        say("library_journal_damaged", given.language, count=len(found.damage), first=found.damage[0])]
    return Answer({"entries": found.entries, "head": found.head, "intact": found.intact,
                   "damage": list(found.damage)}, said, found.intact, all_said=True)


def _write_receipt(taken: TakenIn, out: Path | None, bundle: Path) -> Path:
    """On the stick, in the bundle itself, where the desk looks for it."""
    folder = made_folder(out) if out else bundle if bundle.is_dir() else bundle.parent
    path = folder / file_name(taken.receipt.desk, taken.receipt.number)
    write_durably(path, taken.data)
    return path


def made_folder(out: Path) -> Path:
    with writing(out):
        out.mkdir(parents=True, exist_ok=True)
    return out


def unreadable(path: Path, fault: OSError) -> EnvironmentFault:
    return EnvironmentFault("file_unreadable", file=str(path), reason=fault.strerror or str(fault))
