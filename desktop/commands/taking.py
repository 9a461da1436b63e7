"""Taking in whatever the association gives, as the window does: a file, a stick, a folder of updates, a restoration."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import Any

from appraisal.canonical import Malformed
from appraisal.domain.errors import RuleViolation
from appraisal.domain.events import Id
from appraisal.exchange import letters
from appraisal.exchange.restoration import FILE, MAX_BYTES, SUFFIX
from db.bundle_files import open_bundle
from db.centre import Centre
from db.restoring import take_restoration
from desktop.commands.exchange import COUNTED, take_in
from desktop.commands.restoring import is_restoration

NOTHING = "nothing_to_take_in"


def take_in_all(centre: Centre, operator: Id, path: Path) -> dict[str, Any]:
    """Counts of receipts as `take_in` gives them; beside, `restored` and `updates` as their commands say them, and
    `left`: code and details of what of a stick was refused while the rest came in.

    Raises RuleViolation, EnvironmentFault: of the only thing that is there, or of the first.
    """
    if is_restoration(path):
        return _nothing() | {"restored": _restore(centre, operator, path)}
    found = list(_parts(centre, operator, path))
    counts: dict[str, Any] = _nothing()
    left: list[tuple[str, dict[str, Any]]] = []
    taken = 0
    first: RuleViolation | None = None
    for part in found:
        try:
            counts |= part()
            taken += 1
        except RuleViolation as refusal:
            first = refusal if first is None or first.code == NOTHING else first
            if refusal.code != NOTHING:
                left.append((refusal.code, refusal.detail))
    if first is not None and not taken:
        raise first
    return counts | {"left": left}


def _parts(centre: Centre, operator: Id, path: Path) -> Iterator[Any]:
    """Grants, lists and receipts, then what the library gives back to this desk, then its updates."""
    yield lambda: take_in(centre, operator, operator, path)
    if not path.is_dir():
        return
    for one in sorted(path.glob(f"*{SUFFIX}")):
        if _is_for(one, centre.origin.desk):
            yield lambda one=one: {"restored": _restore(centre, operator, one)}
    if (path / "metadata").is_dir() or any(path.glob("*/metadata/timestamp.json")):
        from db.updates import FolderFetcher  # noqa: PLC0415
        from desktop.commands.updates import take_updates, updates_in  # noqa: PLC0415 - loads a client of TUF

        yield lambda: {"updates": take_updates(centre, operator, FolderFetcher(updates_in(path) or path))}


def _restore(centre: Centre, operator: Id, path: Path) -> dict[str, Any]:
    source = open_bundle(path.parent if path.name == FILE else path, FILE)
    done = take_restoration(centre.desk, centre.exchange, str(centre.age), source, operator)
    return asdict(done) | {"aside": sum(done.aside.values()), "reasons": done.aside}


def _is_for(path: Path, desk: bytes) -> bool:
    """Believed for no more than whether to look at it."""
    with suppress(Malformed, RuleViolation):
        said = letters.unchecked(open_bundle(path, FILE).manifest(), letters.RESTORATION, MAX_BYTES).get(10)
        return said == desk
    return False


def _nothing() -> dict[str, Any]:
    return dict.fromkeys(COUNTED, 0) | {"head": "", "files": {}}
