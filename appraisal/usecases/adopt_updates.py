"""A desk takes in what the association publishes: lists, numbers, schemes, templates, and to whom it seals."""

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

import msgspec

from appraisal.canonical import Malformed
from appraisal.credential.cose import BadSignature
from appraisal.domain.centre import LibraryRecognised, SchemeAdopted, TableAdopted, TemplateAdopted, UpdatesTaken
from appraisal.domain.errors import RuleViolation
from appraisal.domain.events import Id
from appraisal.domain.scheme import scheme_from
from appraisal.domain.tables import FILES as TABLE_FILES
from appraisal.domain.tables import check_tables
from appraisal.exchange.ports import Outbox, Recognised
from appraisal.exchange.updates import LIBRARY as SEALING
from appraisal.exchange.updates import (
    LISTS,
    SCHEMES,
    TABLES,
    TEMPLATES,
    TRUST,
    leases_path,
    read_refill,
    read_sealing,
)
from appraisal.usecases.adopt_grant import ADOPTERS, adopt_status, adopt_trust
from appraisal.usecases.export_bundle import Exchange
from appraisal.usecases.ports import Desk, Work

MAX_RESOURCE = 256 << 10


@dataclass(frozen=True, slots=True)
class AdoptUpdates:
    """`files`: by path, as the repository's own signatures have it; `issued`: of its timestamp, milliseconds."""

    files: Mapping[str, bytes]
    issued: int
    library: Id
    operator: Id


@dataclass(frozen=True, slots=True)
class TakenUp:
    trust_version: int
    status_lists: int
    leases: int
    schemes: tuple[str, ...]
    templates: tuple[str, ...]
    sealing: bool
    """To whom the desk seals has changed."""
    new: bool
    """False: this state of the repository was here already."""
    passed_over: tuple[str, ...] = ()
    """Templates that this release cannot print."""
    tables: tuple[str, ...] = ()


def adopt_updates(command: AdoptUpdates, desk: Desk, exchange: Exchange, unseal: Callable[[bytes], bytes]) -> TakenUp:
    """All of it or nothing. `unseal` opens what is sealed for this desk, and raises Malformed for anything else.

    Raises RuleViolation updates_of_other_library, updates_file_malformed, updates_file_not_ours, and those of the trust
    and status lists.
    """
    with desk.work(command.operator) as work:
        work.operator.require(*ADOPTERS)
        outbox = exchange.outbox(work)
        library = outbox.libraries()[0] if outbox.libraries() else None
        if library is None or library.library != command.library:
            raise RuleViolation("updates_of_other_library")
        files = command.files
        new = outbox.updates_issued(library.library) < command.issued
        if TRUST in files:
            _unless_older(partial(adopt_trust, work, outbox, files[TRUST]))
            library = outbox.libraries()[0]  # its list key may be another now
        trust = work.trust
        statuses = sum(_unless_older(partial(adopt_status, work, outbox, data))
                       for path, data in files.items() if path.startswith(LISTS))
        leases = _leases(work, outbox, library, files.get(leases_path(outbox.desk)), unseal)
        schemes = tuple(_scheme(work, path, data) for path, data in files.items() if path.startswith(SCHEMES))
        tables = _tables(work, files)
        templates, passed_over = _templates(work, files)
        sealing = _seal_to(work, library, files.get(SEALING))
        if new:
            work.record(UpdatesTaken(work.new_id(), library.library, command.issued))
    return TakenUp(trust.version if trust else 0, statuses, leases, schemes, templates, sealing, new, passed_over,
                   tables)


def _unless_older(adopt: Callable[[], object]) -> bool:
    """A list that came otherwise, with a grant perhaps, and is newer than the repository's, stands."""
    try:
        return bool(adopt())
    except RuleViolation as refusal:
        if refusal.code not in {"trust_list_older", "status_list_older"}:
            raise
        return False


def _leases(work: Work, outbox: Outbox, library: Recognised, sealed: bytes | None,
            unseal: Callable[[bytes], bytes]) -> int:
    if sealed is None:
        return 0
    try:
        refill = read_refill(unseal(sealed), [library.receipt_key])
    except Malformed as fault:
        raise RuleViolation("updates_file_malformed", file="leases", reason=fault.reason) from fault
    except BadSignature as fault:
        raise RuleViolation("updates_file_not_ours", file="leases") from fault
    if (refill.library, refill.desk) != (library.library, outbox.desk):
        raise RuleViolation("updates_file_not_ours", file="leases")
    if refill.epoch != outbox.epoch:
        return 0  # of an epoch before: the library will hear of this one with the next bundle
    held = {one.lease for one in work.leases}
    fresh = [one for one in refill.leases if one.lease not in held]
    work.record(*fresh)
    return len(fresh)


def _scheme(work: Work, path: str, data: bytes) -> str:
    try:
        scheme = scheme_from(_resource(path, data))
    except (msgspec.ValidationError, ValueError) as fault:
        raise RuleViolation("updates_file_malformed", file=path, reason=str(fault)) from fault
    if path != f"{SCHEMES}{scheme.code}.toml":
        raise RuleViolation("updates_file_malformed", file=path, reason=scheme.code)
    work.record(SchemeAdopted(scheme.code, scheme.version, work.keep_file(data)))
    return scheme.code


def _tables(work: Work, files: Mapping[str, bytes]) -> tuple[str, ...]:
    found = {path.removeprefix(TABLES): data for path, data in files.items() if path.startswith(TABLES)}
    for name, data in found.items():
        if name not in TABLE_FILES or len(data) > MAX_RESOURCE:
            raise RuleViolation("updates_file_malformed", file=f"{TABLES}{name}", reason="unknown or too large")
        try:
            check_tables({name: data.decode("utf-8")})
        except ValueError as fault:
            raise RuleViolation("updates_file_malformed", file=f"{TABLES}{name}", reason=str(fault)) from fault
        work.record(TableAdopted(name, work.keep_file(data)))
    return tuple(found)


def _templates(work: Work, files: Mapping[str, bytes]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Those adopted, and those that this release cannot print: a template made for a later one keeps nothing else that
    the association publishes from coming in."""
    taken, passed_over = [], []
    for path, data in files.items():
        if path.startswith(TEMPLATES):
            stem = path.removeprefix(TEMPLATES).removesuffix(".toml")
            if _prints(path, stem, data):
                work.record(TemplateAdopted(stem, work.keep_file(data)))
                taken.append(stem)
            else:
                passed_over.append(stem)
    return tuple(taken), tuple(passed_over)


def _prints(path: str, stem: str, data: bytes) -> bool:
    from appraisal.documents.templates import dated, template_from  # noqa: PLC0415 - what draws loads slowly

    _resource(path, data)
    try:
        return path.endswith(".toml") and template_from(data).name == dated(stem)[0]
    except (msgspec.ValidationError, ValueError):
        return False


def _resource(path: str, data: bytes) -> Mapping[str, object]:
    if len(data) > MAX_RESOURCE:
        raise RuleViolation("updates_file_malformed", file=path, reason="too_large")
    try:
        return tomllib.loads(data.decode("utf-8"))
    except ValueError as fault:
        raise RuleViolation("updates_file_malformed", file=path, reason=str(fault)) from fault


def _seal_to(work: Work, library: Recognised, data: bytes | None) -> bool:
    if data is None:
        return False
    try:
        said = read_sealing(data, [library.receipt_key])
    except Malformed as fault:
        raise RuleViolation("updates_file_malformed", file=SEALING, reason=fault.reason) from fault
    except BadSignature as fault:
        raise RuleViolation("updates_file_not_ours", file=SEALING) from fault
    if said.library != library.library:
        raise RuleViolation("updates_file_not_ours", file=SEALING)
    if said.recipients == library.recipients:
        return False
    work.record(LibraryRecognised(library.library, library.receipt_key.public, library.list_key.public,
                                  said.recipients, None, library.root))
    return True
