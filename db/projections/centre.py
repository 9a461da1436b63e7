"""The centre, and what the association has given it."""

from contextlib import suppress

from sqlalchemy import bindparam, select

from appraisal.domain.centre import CentreFounded, Lease, LibraryRecognised, StatusAdopted, TrustAdopted
from db.projections.apply import Apply, Projection, text
from db.schema import centre, lease, library, status_list, trust_list

_SINCE = select(library.c.since).where(library.c.id == bindparam("library"))


def founded(do: Apply, e: CentreFounded) -> None:
    do.add(centre, id=e.centre, code=e.code, name_zh=e.name.zh, name_en=e.name.en, host=e.host,
           demonstration=e.demonstration)


def leased(do: Apply, e: Lease) -> None:
    do.put(lease, {"id": e.lease}, scheme=e.scheme, prefix=e.prefix, first=e.first, last=e.last,
           status_list=e.status_list, status_indices=text(e.status_indices), epoch=e.epoch)


def trusted(do: Apply, e: TrustAdopted) -> None:
    do.put(trust_list, {"digest": e.digest}, version=e.version, data=e.data)


def status_adopted(do: Apply, e: StatusAdopted) -> None:
    do.put(status_list, {"digest": e.digest}, number=e.number, issued=e.issued, data=e.data)


def recognised(do: Apply, e: LibraryRecognised) -> None:
    since = do.position
    if e.replaces is None:
        with suppress(LookupError):  # the first time
            since = do.read(_SINCE, library=e.library).since
    do.put(library, {"id": e.library}, receipt_key=e.receipt_key, list_key=e.list_key,
           recipients=text(e.recipients), since=since)


PROJECTIONS: dict[type, Projection] = {
    CentreFounded: founded, Lease: leased, TrustAdopted: trusted, StatusAdopted: status_adopted,
    LibraryRecognised: recognised}
