"""A desk's request becomes a grant once two officers have approved it: the library's keys, blocks of numbers, status
slots, the lists."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import msgspec
from sqlalchemy import Connection, func, insert, select, update

from appraisal.canonical import Malformed
from appraisal.credential.claims import STATUS_LIST_LENGTH
from appraisal.credential.cose import BadSignature
from appraisal.domain.centre import Lease
from appraisal.domain.errors import RuleViolation
from appraisal.domain.events import Id
from appraisal.domain.latin_names import initials
from appraisal.domain.scheme import Scheme
from appraisal.exchange.enrolment import Grant, Request, fingerprint, make_grant, read_request
from appraisal.exchange.rotation import KeyOf
from library.officers import NEEDED, Matter, Officer, approve, require_two
from library.opening import Library
from library.publish import ROOT, TRUST, newest, newest_lists, sign_lists
from library.schema import cursor, desk, given_lease, past_key

BLOCK = 500
FULL_LIST = STATUS_LIST_LENGTH * 3 // 4
"""Beyond this a new list is begun: free slots must stay easy to draw, and say nothing of their neighbours."""
DAY = 86_400
WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Enrolled:
    """`grant` None: officers are still wanted."""

    request: Request
    fingerprint: bytes
    approved_by: tuple[str, ...]
    """Officers; none for a desk that was enrolled before."""
    grant: bytes | None


def enrol(library: Library, data: bytes, by: Sequence[Officer] = ()) -> Enrolled:
    """Keeps the approvals of `by`; with two of them, and for a desk that is enrolled already, gives `grant.cose`. The
    same request again gives the same numbers, with the lists of now.

    Raises RuleViolation request_malformed, desk_has_other_key, desk_withdrawn, officers_missing.
    """
    try:
        request, digest = read_request(data), fingerprint(data)
    except (Malformed, BadSignature) as fault:
        raise RuleViolation("request_malformed", reason=str(fault) or "bad_signature") from fault
    with library.engine.begin() as connection:
        known = connection.execute(select(desk).where(desk.c.desk == request.desk).with_for_update()).first()
        approved: tuple[str, ...] = ()
        if known is None:
            require_two(connection)
            approved = approve(library, connection, Matter("enrol", digest), by)
            if len(approved) < NEEDED:
                return Enrolled(request, digest, approved, None)
            _add(library, connection, request)
            sign_lists(library, connection)
        else:
            _require_same(connection, known, request)
            _renew(library, connection, request, known.ordinal)
        return Enrolled(request, digest, approved, _grant(library, connection, request))


def _require_same(connection: Connection, known: Any, request: Request) -> None:
    if known.state == WITHDRAWN:
        raise RuleViolation("desk_withdrawn", desk=request.desk[:8])
    ours = (known.key, known.certificate_key) == (request.key.public, request.certificate_key.public)
    if not ours and not _had(connection, known, request):
        raise RuleViolation("desk_has_other_key", desk=request.desk[:8])


def _had(connection: Connection, known: Any, request: Request) -> bool:
    """A desk goes on with its old certificate key until a trust list names the new one."""
    past = select(past_key.c.key).where(past_key.c.desk == request.desk, past_key.c.what == int(KeyOf.CERTIFICATES))
    return bool(known.key == request.key.public and request.certificate_key.public in connection.scalars(past).all())


def _grant(library: Library, connection: Connection, request: Request) -> bytes:
    trust = newest(connection, TRUST)
    assert trust is not None
    return make_grant(Grant(
        library.id, library.receipt_key, library.list_key, library.recipients, request.desk,
        leases_of(connection, request.desk, request.epoch), trust, tuple(newest_lists(connection).values()),
        library.clock(), request.epoch, newest(connection, ROOT)), library.receipts)


def _add(library: Library, connection: Connection, request: Request) -> None:
    ordinal = (connection.scalar(select(func.max(desk.c.ordinal))) or 0) + 1
    sign_from = min(request.made_at, library.clock()) // 1000 // DAY * DAY
    connection.execute(insert(desk).values(
        desk=request.desk, key=request.key.public, certificate_key=request.certificate_key.public, ordinal=ordinal,
        code=request.code, name_zh=request.centre.zh, name_en=request.centre.en, sign_from=sign_from, state="active",
        recipient=request.recipient))
    connection.execute(insert(cursor).values(desk=request.desk, receipts=0, last_digest=b""))
    _give_leases(library, connection, request, ordinal)


def _renew(library: Library, connection: Connection, request: Request, ordinal: int) -> None:
    """A desk in a new epoch may not use what the old one may have spent: it gets numbers of its own."""
    if request.recipient is not None:
        connection.execute(update(desk).where(desk.c.desk == request.desk).values(recipient=request.recipient))
    if not leases_of(connection, request.desk, request.epoch):
        _give_leases(library, connection, request, ordinal)
        sign_lists(library, connection)


def _give_leases(library: Library, connection: Connection, request: Request, ordinal: int) -> None:
    for scheme in library.schemes.values():
        give_lease(library, connection, request.desk, ordinal, scheme, request.epoch)


def give_lease(library: Library, connection: Connection, name: Id, ordinal: int, scheme: Scheme,
               epoch: Id | None) -> None:
    """A new block, for one epoch of the desk."""
    year = datetime.fromtimestamp(library.clock() / 1000, UTC).year
    stem = initials(scheme.name.zh)[:2].upper()
    lease = _draw(library, connection, scheme, f"{stem}{year % 100:02d}D{ordinal:03d}")
    connection.execute(insert(given_lease).values(
        desk=name, lease=lease.lease, scheme=lease.scheme, prefix=lease.prefix, first=lease.first,
        last=lease.last, status_list=lease.status_list,
        status_indices=msgspec.json.encode(lease.status_indices).decode(), epoch=epoch))


def _draw(library: Library, connection: Connection, scheme: Scheme, prefix: str) -> Lease:
    """A new block. Schemes may share a prefix, so numbers go on where the last block of that prefix ended."""
    last = connection.scalar(select(func.max(given_lease.c.last)).where(given_lease.c.prefix == prefix)) or 0
    number = connection.scalar(select(func.max(given_lease.c.status_list))) or 1
    used = _used(connection, number)
    if len(used) + BLOCK > FULL_LIST:
        number, used = number + 1, set()
    slots: dict[int, None] = {}
    while len(slots) < BLOCK:
        slot = int.from_bytes(library.random(3), "big") % STATUS_LIST_LENGTH
        if slot not in used:
            slots[slot] = None
    return Lease(library.new_id(), scheme.code, prefix, last + 1, last + BLOCK, number, tuple(slots))


def _used(connection: Connection, number: int) -> set[int]:
    rows = connection.scalars(select(given_lease.c.status_indices).where(given_lease.c.status_list == number))
    return {slot for row in rows for slot in msgspec.json.decode(row)}


def leases_of(connection: Connection, name: str, epoch: str | None) -> tuple[Lease, ...]:
    query = select(given_lease).where(given_lease.c.desk == name, given_lease.c.epoch.is_not_distinct_from(epoch))
    query = query.order_by(given_lease.c.lease)
    return tuple(Lease(r.lease, r.scheme, r.prefix, r.first, r.last, r.status_list,
                       tuple(msgspec.json.decode(r.status_indices)), r.epoch) for r in connection.execute(query))
