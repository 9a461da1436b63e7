"""Signed lists: who may sign, what schemes are called, what became of certificates."""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping

from sqlalchemy import Connection, func, insert, select

from appraisal.credential.bitstring import Purpose, file_name, status_credential
from appraisal.credential.cose import Ed25519Signer
from appraisal.credential.delta import make_delta
from appraisal.credential.status import Status, StatusList, make_status_list, vouched_status
from appraisal.credential.trust import SchemeNames, StatusFloor, TrustList, make_trust_list, vouched_trust_list
from appraisal.domain.certificate import CertificateState
from db.schema import certificate, secret
from library.centre_keys import centre_keys
from library.opening import Library, list_signer
from library.schema import given_lease, published, revocation, suspension

DAY = 86_400
TRUST_DAYS, STATUS_DAYS, DELTAS = 180, 30, 4
"""How long a list is good for; a reader then calls it stale. From how many lists back there is a delta."""
TRUST, ROOT, ROOT_DOCUMENT = "trust", "tuf-root", "root-document"
"""What `published` calls them; a status list is `status-<n>`."""


def publish(library: Library) -> dict[str, bytes]:
    """File name -> signed list. A list is signed anew each time: its date is what readers ask for."""
    with library.engine.begin() as connection:
        alone(connection)
        return sign_lists(library, connection)


def deltas(connection: Connection) -> dict[str, bytes]:
    """File name -> how to come to each status list from one of those signed before it."""
    signer, found = list_signer(connection), {}
    for name in connection.scalars(select(published.c.what).where(published.c.what.startswith("status-")).distinct()):
        new, *before = map(vouched_status, connection.scalars(
            select(published.c.data).where(published.c.what == name)
            .order_by(published.c.version.desc()).limit(1 + DELTAS)))
        for old in before:
            if (delta := make_delta(old, new, signer)) is not None:
                found[f"{name}-from-{old.issued}.cose"] = delta
    return found


def bitstrings(library: Library, lists: Iterable[bytes], url: str) -> dict[str, bytes]:
    """File name -> the same status lists for W3C's readers (docs/formats/open-badge.md). `url`: a `folder_url`, below
    which they are to be served."""
    with library.engine.begin() as connection:
        signer = list_signer(connection)
    made = {file_name(status.number, purpose): status_credential(status, purpose, url, signer)
            for status in map(vouched_status, lists) for purpose in Purpose}
    return {name: json.dumps(one, ensure_ascii=False, indent=2).encode() + b"\n" for name, one in made.items()}


def alone(connection: Connection) -> None:
    """Until this transaction ends, nobody else signs lists, gives numbers or changes a desk's keys: they wait. To be
    called before any other row is locked, so that nobody waits in a circle."""
    connection.execute(select(secret.c.name).where(secret.c.name == "library").with_for_update())


def sign_lists(library: Library, connection: Connection) -> dict[str, bytes]:
    """Who calls is `alone`."""
    now, signer = library.clock() // 1000, list_signer(connection)
    lists = {number: _sign_status(connection, signer, number, states, now)
             for number, states in sorted(_states(connection).items())}
    trust = _sign_trust(library, connection, signer, lists, now)
    return {"trust-list.cose": trust} | {f"status-{number}.cose": data for number, data in lists.items()}


def newest(connection: Connection, what: str) -> bytes | None:
    found: bytes | None = connection.scalar(
        select(published.c.data).where(published.c.what == what).order_by(published.c.version.desc()).limit(1))
    return found


def root_documents(connection: Connection) -> tuple[bytes, ...]:
    """From version 1 on; empty before `repository init`."""
    return tuple(connection.scalars(
        select(published.c.data).where(published.c.what == ROOT_DOCUMENT).order_by(published.c.version)))


def newest_lists(connection: Connection) -> dict[str, bytes]:
    """Every status list as last signed, by what it is."""
    names = connection.scalars(select(published.c.what).where(published.c.what.startswith("status-")).distinct())
    return {name: data for name in sorted(names) if (data := newest(connection, name)) is not None}


def _states(connection: Connection) -> dict[int, dict[int, Status]]:
    """By list, what has not always been valid. Lists with nothing against them are there too. Revoked stands last."""
    found: dict[int, dict[int, Status]] = defaultdict(dict)
    for number in connection.scalars(select(given_lease.c.status_list).distinct()):
        found[number] = {}
    for row in connection.execute(select(suspension).order_by(suspension.c.at)):
        found[row.status_list][row.status_index] = Status.SUSPENDED if row.ended_at is None else Status.VALID
    by_desk = select(certificate.c.status_list, certificate.c.status_index).where(
        certificate.c.state == CertificateState.REVOKED.value, certificate.c.status_list.is_not(None))
    here = select(revocation.c.status_list, revocation.c.status_index)
    for query in (by_desk, here):
        for number, index in connection.execute(query):
            found[number][index] = Status.REVOKED
    return found


def _sign_status(connection: Connection, signer: Ed25519Signer, number: int, states: Mapping[int, Status],
                 now: int) -> bytes:
    before = newest(connection, f"status-{number}")
    old = vouched_status(before) if before else StatusList(number, 0, 1)
    issued = max(now, old.issued + 1)
    data = make_status_list(old.changed(states, issued, issued + STATUS_DAYS * DAY), signer)
    keep(connection, f"status-{number}", issued, data)
    return data


def _sign_trust(library: Library, connection: Connection, signer: Ed25519Signer, statuses: Mapping[int, bytes],
                now: int) -> bytes:
    before = newest(connection, TRUST)
    old = vouched_trust_list(before) if before else None
    issued = max(now, old.issued) if old else now
    floors = {number: _floor(data) for number, data in statuses.items()}
    trust = TrustList((old.version if old else 0) + 1, issued, issued + TRUST_DAYS * DAY, old.digest if old else None,
                      centre_keys(connection), _names(library), floors, root_documents(connection))
    data = make_trust_list(trust, signer)
    keep(connection, TRUST, issued, data)
    return data


def _floor(data: bytes) -> StatusFloor:
    status = vouched_status(data)
    return StatusFloor(status.issued, status.digest)


def _names(library: Library) -> dict[str, SchemeNames]:
    return {code: SchemeNames(scheme.name, {one.level: one.name for one in scheme.levels if one.level is not None})
            for code, scheme in library.schemes.items()}


def keep(connection: Connection, what: str, issued: int, data: bytes) -> None:
    """As the next version. `issued`: seconds since 1970."""
    last = connection.scalar(select(func.max(published.c.version)).where(published.c.what == what)) or 0
    connection.execute(insert(published).values(what=what, version=last + 1, issued=issued, data=data))
