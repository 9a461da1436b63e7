"""`updates import`: what the association publishes, from a stick or over HTTPS."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import Any

import pyrage
from tuf.ngclient.fetcher import FetcherInterface

from appraisal.canonical import Malformed
from appraisal.domain.errors import RuleViolation
from appraisal.domain.events import Id
from appraisal.exchange.updates import LIBRARY, LISTS, SCHEMES, TABLES, TEMPLATES, TRUST, leases_path
from appraisal.usecases.adopt_grant import ADOPTERS
from appraisal.usecases.adopt_updates import AdoptUpdates, adopt_updates
from appraisal.usecases.send_bundle import Lane, at_once
from db.centre import Centre
from db.files import read_file
from db.settings import LibraryAddress, library_address
from db.updates import Fetched, FolderFetcher, keep_memory, memory_of, read_repository
from desktop.commands.answer import Answer
from desktop.session import Session
from desktop.tasks import Progress
from desktop.viewmodels.association_words import taken_words

SERVED = "/v1/updates"
"""Where a library's service has them."""


def import_command(session: Session, source: str, authority: Path | None) -> Answer:
    centre = session.centre
    with _fetcher(centre, source, authority) as fetcher:
        result = take_updates(centre, session.operator(*ADOPTERS), fetcher)
    return Answer(result, taken_words(result))


def take_updates(centre: Centre, operator: Id, fetcher: FetcherInterface, lane: Lane = at_once) -> dict[str, Any]:
    """Everything is fetched and checked first, then recorded in one transaction. What was seen is remembered in any
    case. Whatever touches the desk is done in `lane`. Raises RuleViolation no_library_recognised, updates_without_root,
    and those of reading and adopting."""
    library, root, now = lane(partial(_known, centre, operator))
    memory = lane(partial(memory_of, centre.writer, library, root))
    try:
        found = read_repository(fetcher, root, memory, now,
                                lambda path, digest: lane(partial(_wanted, centre, operator, path, digest)))
    finally:
        lane(partial(keep_memory, centre.writer, library, root, memory))
    done = lane(partial(adopt_updates, AdoptUpdates(found.files, found.issued, library, operator), centre.desk,
                        centre.exchange, partial(unsealed, centre)))
    return _fields(found) | asdict(done)


def take_updates_in_window(centre: Centre, operator: Id, source: str, progress: Progress, lane: Lane) -> dict[str, Any]:
    """`source`: a folder, a stick with one in it, or the library's address. A cancel is heard at the next block."""
    if "://" in source:
        address = source.rstrip("/")
        where = address if address.endswith(SERVED) else address + SERVED
    else:
        where = source
    with _fetcher(centre, where, None) as fetcher:
        return take_updates(centre, operator, _Heard(fetcher, progress), lane)


def updates_in(folder: Path) -> Path | None:
    """The folder itself, or the one in it, that is a repository."""
    found = (folder, *sorted(one for one in folder.iterdir() if one.is_dir())) if folder.is_dir() else ()
    return next((one for one in found if (one / "metadata" / "timestamp.json").is_file()), None)


class _Heard(FetcherInterface):
    """A fetcher that somebody may cancel."""

    def __init__(self, fetcher: FetcherInterface, progress: Progress) -> None:
        self._inner, self._progress = fetcher, progress

    def _fetch(self, url: str) -> Iterator[bytes]:
        self._progress.check()
        for block in self._inner.fetch(url):
            self._progress.check()
            yield block


def _known(centre: Centre, operator: Id) -> tuple[Id, bytes, int]:
    """The library, the root of its repository, and the time by which things expire."""
    with centre.desk.work(operator) as work:
        work.operator.require(*ADOPTERS)
        libraries = centre.exchange.outbox(work).libraries()
        now = work.now if work.centre.demonstration else work.times.trusted
    if not libraries:
        raise RuleViolation("no_library_recognised")
    root = libraries[0].root
    if root is None:
        raise RuleViolation("updates_without_root")
    return libraries[0].library, root, now


def unsealed(centre: Centre, sealed: bytes) -> bytes:
    try:
        plain: bytes = pyrage.decrypt(sealed, [centre.age])
    except pyrage.DecryptError as fault:
        raise Malformed("not_sealed_for_us") from fault
    return plain


def _fields(found: Fetched) -> dict[str, object]:
    return {"issued": found.issued, "root": found.root, "listed": found.listed, "fetched": len(found.files)}


def _wanted(centre: Centre, operator: Id, path: str, digest: str) -> bool:
    with centre.desk.work(operator) as work:
        outbox = centre.exchange.outbox(work)
        if path in (LIBRARY, leases_path(outbox.desk)):
            return True
        ours = path == TRUST or path.startswith((LISTS, SCHEMES, TABLES, TEMPLATES))
        return ours and not outbox.has_update(path, digest)


@contextmanager
def _fetcher(centre: Centre, source: str, authority: Path | None) -> Iterator[FetcherInterface]:
    if "://" not in source:
        yield FolderFetcher(updates_in(Path(source)) or Path(source))
        return
    from desktop.library_updates import HttpFetcher  # noqa: PLC0415 - an HTTP client, which a stick does not need

    kept = library_address(centre.reader)
    pem = read_file(authority).decode("ascii", "replace") if authority else ""
    if not pem and kept and source.startswith(kept.url):
        pem = kept.authority
    with closing(HttpFetcher(LibraryAddress(source, pem))) as fetcher:
        yield fetcher
