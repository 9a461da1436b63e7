"""A desk's request becomes a grant once two officers have approved it: the library's keys, blocks of numbers, status
slots, the lists."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, func, insert, select, update

from appraisal.canonical import Malformed
from appraisal.credential.cose import ED25519, BadSignature, verifying_key
from appraisal.domain.errors import RuleViolation
from appraisal.exchange.enrolment import Grant, Request, fingerprint, make_grant, read_request
from appraisal.exchange.rotation import KeyOf
from library.leases import give_lease, leases_of
from library.officers import NEEDED, Matter, Officer, approve, require_two
from library.opening import Library, list_signer
from library.publish import ROOT, TRUST, alone, newest, newest_lists, sign_lists
from library.refilling import present_epoch, refill
from library.schema import cursor, desk, past_key

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
        alone(connection)
        known = connection.execute(select(desk).where(desk.c.desk == request.desk)).first()
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
        library.id, library.receipt_key, verifying_key(ED25519, list_signer(connection).public), library.recipients,
        request.desk,
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
    """A desk in a new epoch may not use what the old one may have spent: it gets numbers of its own. In the same one it
    gets more where few are left."""
    if request.recipient is not None:
        connection.execute(update(desk).where(desk.c.desk == request.desk).values(recipient=request.recipient))
    given = 0
    if not leases_of(connection, request.desk, request.epoch):
        _give_leases(library, connection, request, ordinal)
        given = len(library.schemes)
    elif request.epoch == present_epoch(connection, request.desk):
        given = refill(library, connection, request.desk)
    if given:
        sign_lists(library, connection)


def _give_leases(library: Library, connection: Connection, request: Request, ordinal: int) -> None:
    for scheme in library.schemes.values():
        give_lease(library, connection, request.desk, ordinal, scheme, request.epoch)
