"""How a desk joins an association: it asks by a request, and adopts the grant that answers."""

from dataclasses import dataclass

from appraisal.canonical import Malformed
from appraisal.credential.cose import BadSignature
from appraisal.credential.delta import read_either
from appraisal.credential.trust import TrustList, list_keys_behind, read_trust_list
from appraisal.domain.centre import LibraryRecognised, StatusAdopted, TrustAdopted
from appraisal.domain.errors import RuleViolation
from appraisal.domain.events import Id
from appraisal.domain.operator import Role
from appraisal.exchange.enrolment import Grant, fingerprint, make_request, read_grant
from appraisal.exchange.ports import Outbox
from appraisal.exchange.updates import anchor_of
from appraisal.usecases.export_bundle import Exchange
from appraisal.usecases.ports import Desk, Work

ADOPTERS = (Role.ADMINISTRATOR, Role.SUPERVISOR)
LONGEST_IN_ENTRY = 1 << 16
"""Longer lists stand beside the journal."""


@dataclass(frozen=True, slots=True)
class AskToJoin:
    operator: Id


def ask_to_join(command: AskToJoin, desk: Desk, exchange: Exchange) -> bytes:
    """`request.cose`, for the association."""
    with desk.work(command.operator) as work:
        work.operator.require(*ADOPTERS)
        centre = work.centre
        return make_request(
            exchange.outbox(work).desk, exchange.public, exchange.signer, centre.code, centre.name,
            exchange.certificate_key, desk.signer, work.now, exchange.recipient, exchange.outbox(work).epoch)


def fingerprint_of(command: AskToJoin, desk: Desk, exchange: Exchange) -> bytes:
    """Of this desk's request, whenever it is made: the association asks for it, in words."""
    return fingerprint(ask_to_join(command, desk, exchange))


@dataclass(frozen=True, slots=True)
class AdoptGrant:
    data: bytes
    operator: Id
    replace: bool = False
    """A second library takes the place of the one that is known: everything is sent anew, to it."""


@dataclass(frozen=True, slots=True)
class Adopted:
    library: Id | None
    trust_version: int
    leases: int
    """New ones; 0 where all were here already."""
    status_lists: int


def adopt_grant(command: AdoptGrant, desk: Desk, exchange: Exchange) -> Adopted:
    """Raises RuleViolation grant_malformed, grant_not_ours, grant_of_second_library, grant_of_other_desk,
    grant_without_our_key, and those of the trust and status lists. Adopting the same grant again changes nothing."""
    with desk.work(command.operator) as work:
        work.operator.require(*ADOPTERS)
        outbox = exchange.outbox(work)
        grant = _read(command.data, outbox)
        if grant.desk != outbox.desk:
            raise RuleViolation("grant_of_other_desk", desk=grant.desk[:8])
        _recognise(work, outbox, grant, replace=command.replace)
        held = {lease.lease for lease in work.leases}
        fresh = [lease for lease in grant.leases if lease.lease not in held]
        trust, statuses = _lists(work, outbox, grant, new=bool(fresh))
        if trust.key_of(desk.signer.kid) is None:
            raise RuleViolation("grant_without_our_key")
        work.record(*fresh)
    return Adopted(grant.library, trust.version, len(fresh), statuses)


def _lists(work: Work, outbox: Outbox, grant: Grant, *, new: bool) -> tuple[TrustList, int]:
    """The trust list in force, and how many status lists are new. `new`: the grant has not been here before; its lists
    may be older all the same, where another desk of the centre has brought newer ones, and those stand."""
    try:
        trust = adopt_trust(work, outbox, grant.trust_list)
    except RuleViolation as refusal:
        known = work.trust
        if refusal.code != "trust_list_older" or not new or known is None:
            raise
        return known, 0
    return trust, sum(adopt_status(work, outbox, data) for data in grant.status_lists)


@dataclass(frozen=True, slots=True)
class AdoptLists:
    """A new trust list, or none, and status lists, as the association publishes them."""

    trust_list: bytes | None
    status_lists: tuple[bytes, ...]
    operator: Id


def adopt_lists(command: AdoptLists, desk: Desk, exchange: Exchange) -> Adopted:
    with desk.work(command.operator) as work:
        work.operator.require(*ADOPTERS)
        outbox = exchange.outbox(work)
        if not outbox.libraries():
            raise RuleViolation("no_library_recognised")
        if command.trust_list is not None:
            adopt_trust(work, outbox, command.trust_list)
        statuses = sum(adopt_status(work, outbox, data) for data in command.status_lists)
        trust = work.trust
    return Adopted(None, trust.version if trust else 0, 0, statuses)


def _read(data: bytes, outbox: Outbox) -> Grant:
    """A library that is known is believed by the key that is known; another one by the file that was handed over."""
    libraries = outbox.libraries()
    try:
        grant = read_grant(data)
        known = [one.receipt_key for one in libraries if one.library == grant.library]
        return read_grant(data, known) if known else grant
    except Malformed as fault:
        raise RuleViolation("grant_malformed", reason=fault.reason) from fault
    except BadSignature as fault:
        raise RuleViolation("grant_not_ours") from fault


def _recognise(work: Work, outbox: Outbox, grant: Grant, *, replace: bool) -> None:
    libraries = outbox.libraries()
    present = libraries[0] if libraries else None
    if present is None or present.library == grant.library:
        replaces = None
    elif replace:
        replaces = present.library
    else:
        raise RuleViolation("grant_of_second_library", library=grant.library, present=present.library)
    kept = present.root if present is not None and present.library == grant.library else None
    root = grant.root if kept is None or replace else kept  # from a pinned root on, its own chain says who signs
    if present is None or replaces is not None or (present.recipients, present.root) != (grant.recipients, root):
        new = present is None or replaces is not None
        list_key = grant.list_key if present is None or new else present.list_key  # else root documents change it
        work.record(LibraryRecognised(grant.library, grant.receipt_key.public, list_key.public, grant.recipients,
                                      replaces, root))


def adopt_trust(work: Work, outbox: Outbox, data: bytes) -> TrustList:
    """Where root documents have put another list key in the place of the one known, the desk believes that one from
    then on. Raises what `list_keys_behind` and `read_trust_list` raise."""
    library, seen = outbox.libraries()[0], work.trust
    keys = list_keys_behind(data, anchor_of(library.list_key, library.root))
    trust = read_trust_list(data, keys, seen)
    if seen is not None and trust.digest == seen.digest:
        return seen
    if len(data) > LONGEST_IN_ENTRY:
        work.keep_file(data)
    work.record(TrustAdopted(trust.digest.hex(), trust.version, b"" if len(data) > LONGEST_IN_ENTRY else data))
    signer = next(key for key in keys if key.kid == trust.signed_by)
    if signer != library.list_key:
        work.record(LibraryRecognised(library.library, library.receipt_key.public, signer.public, library.recipients,
                                      None, library.root))
    return trust


def adopt_status(work: Work, outbox: Outbox, data: bytes) -> bool:
    """A status list or a delta to one; False: it is here already. Raises what `read_either` raises."""
    status = read_either(data, [outbox.libraries()[0].list_key], outbox.status_list, work.trust)
    if outbox.has_status_list(status.digest.hex()):
        return False
    work.record(StatusAdopted(status.digest.hex(), status.number, status.issued, data))
    return True
