"""The centre, and what the association has given it."""

from appraisal.domain.centre import CentreFounded, Lease, LibraryRecognised, StatusAdopted, TrustAdopted
from db.projections.apply import Apply, Projection, text
from db.schema import centre, lease, library, status_list, trust_list


def founded(do: Apply, e: CentreFounded) -> None:
    do.add(centre, id=e.centre, code=e.code, name_zh=e.name.zh, name_en=e.name.en, host=e.host,
           demonstration=e.demonstration)


def leased(do: Apply, e: Lease) -> None:
    do.add(lease, id=e.lease, scheme=e.scheme, prefix=e.prefix, first=e.first, last=e.last,
           status_list=e.status_list, status_indices=text(e.status_indices), epoch=e.epoch)


def trusted(do: Apply, e: TrustAdopted) -> None:
    do.add(trust_list, digest=e.digest, version=e.version, data=e.data)


def status_adopted(do: Apply, e: StatusAdopted) -> None:
    do.add(status_list, digest=e.digest, number=e.number, issued=e.issued, data=e.data)


def recognised(do: Apply, e: LibraryRecognised) -> None:
    do.put(library, {"id": e.library}, receipt_key=e.receipt_key, list_key=e.list_key,
           recipients=text(e.recipients))


PROJECTIONS: dict[type, Projection] = {
    CentreFounded: founded, Lease: leased, TrustAdopted: trusted, StatusAdopted: status_adopted,
    LibraryRecognised: recognised}
