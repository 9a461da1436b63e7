"""What the association has signed, as this desk's tables have it: times, and what stands beside the journal."""

from collections.abc import Mapping

from sqlalchemy import Connection, func, select

from appraisal.credential.status import Status, StatusList, read_status_list
from appraisal.domain.certificate import CertificateState
from appraisal.domain.events import Id
from appraisal.domain.staleness import Agreed, Times
from db.journal import Origin, end_of
from db.repositories import list_keys, of_this_library, trust
from db.schema import agreement, certificate, library, receipt, secret, status_list, update_taken


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
    found = dict(connection.execute(select(secret.c.name, secret.c.value).where(
        secret.c.name.in_(("desk", "epoch")))).all())
    own = end_of(connection, Origin(found["desk"], found["epoch"])).at[0] if len(found) == 2 else 0
    return times(connection, now, own)


def states_by_lists(connection: Connection, batch: Id) -> Mapping[Id, str]:
    """Of the batch's certificates, those of which the association's newest status lists say more than the desk."""
    rows = connection.execute(select(
        certificate.c.id, certificate.c.status_list, certificate.c.status_index).where(
        certificate.c.batch == batch, certificate.c.status_list.is_not(None),
        certificate.c.state == CertificateState.ISSUED.value)).all()
    lists = {number: _newest_status(connection, number) for number in {row.status_list for row in rows}}
    said = {row.id: found.state(row.status_index) for row in rows if (found := lists[row.status_list]) is not None}
    return {one: _SAID[status].value for one, status in said.items() if status in _SAID}


_SAID = {Status.REVOKED: CertificateState.REVOKED, Status.SUSPENDED: CertificateState.SUSPENDED,
         Status.REPLACED: CertificateState.REPLACED}


def _newest_status(connection: Connection, number: int) -> StatusList | None:
    data = connection.scalar(select(status_list.c.data).where(
        status_list.c.number == number, of_this_library(status_list)).order_by(status_list.c.issued.desc()).limit(1))
    return None if data is None else read_status_list(data, list_keys(connection))


def _until(connection: Connection, what: Agreed) -> int:
    return connection.scalar(select(func.max(agreement.c.until)).where(agreement.c.what == what.value)) or 0
