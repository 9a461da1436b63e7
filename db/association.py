"""What the association has signed, as this desk's tables have it: times, and what stands beside the journal."""

import tomllib
from collections.abc import Mapping

from sqlalchemy import Connection, exists, func, select

from appraisal.credential.status import Status
from appraisal.domain.batch import BatchState
from appraisal.domain.certificate import CertificateState
from appraisal.domain.events import Id
from appraisal.domain.scheme import Scheme, scheme_from
from appraisal.domain.staleness import Agreed, Times
from appraisal.domain.tables import check_tables
from appraisal.exchange.updates import SCHEMES, TABLES
from db.journal import Origin, end_of
from db.repositories import adopted_file, of_this_library, status, trust
from db.schema import adopted, agreement, batch, certificate, library, receipt, status_list, update_taken
from db.secrets import secrets_of


def times(connection: Connection, now: int, own: int) -> Times:
    """`now`: the clock; `own`: of the last entry of this desk's chain. Milliseconds since 1970, UTC."""
    known = trust(connection)
    present = select(library.c.id).order_by(library.c.position.desc()).limit(1).scalar_subquery()
    lists = None if known is None else known.issued * 1000
    taken = connection.scalar(select(func.max(update_taken.c.issued)).where(
        update_taken.c.library == present, of_this_library(update_taken))) or 0
    statuses = connection.scalar(select(func.max(status_list.c.issued)).where(of_this_library(status_list))) or 0
    received = connection.scalar(select(func.max(receipt.c.made_at)).where(
        receipt.c.library == present)) or 0
    disregarded = _until(connection, Agreed.CLOCK)
    return Times(now, max(lists or 0, taken, statuses * 1000, received), 0 if own <= disregarded else own,
                 None if lists is None else max(lists, taken), _until(connection, Agreed.STALE_LISTS))


def times_now(connection: Connection, now: int) -> Times:
    """For pages: `own` is looked up."""
    found = secrets_of(connection, "desk", "epoch")
    own = end_of(connection, Origin(found["desk"], found["epoch"])).at[0] if len(found) == 2 else 0
    return times(connection, now, own)


def schemes_in_force(connection: Connection, shipped: Mapping[str, Scheme]) -> Mapping[str, Scheme]:
    """Those of this release, and over them those that the association has given; of a code with an unfinished batch of
    another version, the one of the release stays until that batch is in the archive."""
    found = dict(shipped)
    rows = connection.execute(select(adopted).where(
        adopted.c.name.startswith(SCHEMES), of_this_library(adopted)).order_by(adopted.c.name)).all()
    for row in rows:
        scheme = scheme_from(tomllib.loads(adopted_file(connection, row.digest).decode("utf-8")))
        unfinished = select(exists().where(
            batch.c.scheme == scheme.code, batch.c.scheme_version != scheme.version,
            batch.c.state != BatchState.ARCHIVED.value))
        if not connection.scalar(unfinished):
            found[scheme.code] = scheme
    return found


def tables_in_force(connection: Connection) -> Mapping[str, str]:
    """File -> text, of the code tables that the association has given; none of the others."""
    rows = connection.execute(select(adopted).where(
        adopted.c.name.startswith(TABLES), of_this_library(adopted)).order_by(adopted.c.name)).all()
    found = {row.name.removeprefix(TABLES): adopted_file(connection, row.digest).decode("utf-8") for row in rows}
    return {name: text for name, text in found.items() if _is_readable(name, text)}


def _is_readable(name: str, text: str) -> bool:
    """A table that was taken in by another release must not keep the desk from opening."""
    try:
        check_tables({name: text})
    except ValueError:
        return False
    return True


def states_by_lists(connection: Connection, of_batch: Id) -> Mapping[Id, str]:
    """Of the batch's certificates, those of which the association's newest status lists say more than the desk."""
    rows = connection.execute(select(
        certificate.c.id, certificate.c.status_list, certificate.c.status_index).where(
        certificate.c.batch == of_batch, certificate.c.status_list.is_not(None),
        certificate.c.state == CertificateState.ISSUED.value)).all()
    lists = {number: status(connection, number) for number in {row.status_list for row in rows}}
    said = {row.id: found.state(row.status_index) for row in rows if (found := lists[row.status_list]) is not None}
    return {one: _SAID[status].value for one, status in said.items() if status in _SAID}


_SAID = {Status.REVOKED: CertificateState.REVOKED, Status.SUSPENDED: CertificateState.SUSPENDED,
         Status.REPLACED: CertificateState.REPLACED}


def _until(connection: Connection, what: Agreed) -> int:
    return connection.scalar(select(func.max(agreement.c.until)).where(agreement.c.what == what.value)) or 0
