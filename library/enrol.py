"""A desk's request becomes a grant: the library's keys, blocks of numbers, status slots, the lists."""

from datetime import UTC, datetime

import msgspec
from sqlalchemy import Connection, func, insert, select

from appraisal.canonical import Malformed
from appraisal.credential.claims import STATUS_LIST_LENGTH
from appraisal.credential.cose import BadSignature
from appraisal.domain.centre import Lease
from appraisal.domain.errors import RuleViolation
from appraisal.domain.latin_names import initials
from appraisal.domain.scheme import Scheme
from appraisal.exchange.enrolment import Grant, Request, make_grant, read_request
from library.opening import Library
from library.publish import TRUST, newest, newest_lists, sign_lists
from library.schema import cursor, desk, given_lease

BLOCK = 500
FULL_LIST = STATUS_LIST_LENGTH * 3 // 4
"""Beyond this a new list is begun: free slots must stay easy to draw, and say nothing of their neighbours."""
DAY = 86_400


def enrol(library: Library, data: bytes) -> bytes:
    """`grant.cose`. The same request again gives the same numbers, with the lists of now.

    Raises RuleViolation request_malformed, desk_has_other_key.
    """
    try:
        request = read_request(data)
    except (Malformed, BadSignature) as fault:
        raise RuleViolation("request_malformed", reason=str(fault) or "bad_signature") from fault
    with library.engine.begin() as connection:
        known = connection.execute(select(desk).where(desk.c.desk == request.desk).with_for_update()).first()
        if known is None:
            _add(library, connection, request)
            sign_lists(library, connection)
        elif (known.key, known.certificate_key) != (request.key.public, request.certificate_key.public):
            raise RuleViolation("desk_has_other_key", desk=request.desk[:8])
        trust = newest(connection, TRUST)
        assert trust is not None
        return make_grant(Grant(
            library.id, library.receipt_key, library.list_key, library.recipients, request.desk,
            _leases(connection, request.desk), trust, tuple(newest_lists(connection).values()), library.clock()),
            library.receipts)


def _add(library: Library, connection: Connection, request: Request) -> None:
    ordinal = (connection.scalar(select(func.max(desk.c.ordinal))) or 0) + 1
    sign_from = min(request.made_at, library.clock()) // 1000 // DAY * DAY
    connection.execute(insert(desk).values(
        desk=request.desk, key=request.key.public, certificate_key=request.certificate_key.public, ordinal=ordinal,
        code=request.code, name_zh=request.centre.zh, name_en=request.centre.en, sign_from=sign_from, state="active"))
    connection.execute(insert(cursor).values(desk=request.desk, receipts=0, last_digest=b""))
    year = datetime.fromtimestamp(library.clock() / 1000, UTC).year
    for scheme in library.schemes.values():
        stem = initials(scheme.name.zh)[:2].upper()
        lease = _draw(library, connection, scheme, f"{stem}{year % 100:02d}D{ordinal:03d}")
        connection.execute(insert(given_lease).values(
            desk=request.desk, lease=lease.lease, scheme=lease.scheme, prefix=lease.prefix, first=lease.first,
            last=lease.last, status_list=lease.status_list,
            status_indices=msgspec.json.encode(lease.status_indices).decode()))


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


def _leases(connection: Connection, name: str) -> tuple[Lease, ...]:
    query = select(given_lease).where(given_lease.c.desk == name).order_by(given_lease.c.lease)
    return tuple(Lease(r.lease, r.scheme, r.prefix, r.first, r.last, r.status_list,
                       tuple(msgspec.json.decode(r.status_indices))) for r in connection.execute(query))
