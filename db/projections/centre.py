"""The centre, and what the association has given it."""

from contextlib import suppress

from sqlalchemy import bindparam, select

from appraisal.domain.centre import (
    CentreFounded,
    DeskJoined,
    Lease,
    LibraryRecognised,
    SchemeAdopted,
    StatusAdopted,
    TableAdopted,
    TemplateAdopted,
    TrustAdopted,
    UpdatesTaken,
)
from appraisal.domain.handout import HandoutMade
from appraisal.domain.staleness import IssuingAgreed
from db.projections.apply import Apply, Projection, text
from db.schema import adopted, agreement, centre, lease, library, status_list, trust_list, update_taken

_SINCE = select(library.c.since).where(library.c.id == bindparam("library"))


def founded(do: Apply, e: CentreFounded) -> None:
    do.add(centre, id=e.centre, code=e.code, name_zh=e.name.zh, name_en=e.name.en, host=e.host,
           demonstration=e.demonstration)


def joined(do: Apply, e: DeskJoined) -> None:
    """Nothing but the entry: which desks there are is the server's own table (db.secrets)."""


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
           recipients=text(e.recipients), since=since, root=e.root)


def updates_taken(do: Apply, e: UpdatesTaken) -> None:
    do.add(update_taken, id=e.updates, library=e.library, issued=e.issued)


def scheme_adopted(do: Apply, e: SchemeAdopted) -> None:
    do.put(adopted, {"name": f"schemes/{e.scheme}.toml"}, digest=e.digest)


def handed_out(_do: Apply, _e: HandoutMade) -> None:
    """The journal alone keeps it."""


def table_adopted(do: Apply, e: TableAdopted) -> None:
    do.put(adopted, {"name": f"tables/{e.table}"}, digest=e.digest)


def template_adopted(do: Apply, e: TemplateAdopted) -> None:
    do.put(adopted, {"name": f"templates/{e.template}.toml"}, digest=e.digest)


def agreed(do: Apply, e: IssuingAgreed) -> None:
    do.add(agreement, id=e.agreement, what=e.what.value, until=e.until)


PROJECTIONS: dict[type, Projection] = {
    CentreFounded: founded, DeskJoined: joined, Lease: leased, TrustAdopted: trusted, StatusAdopted: status_adopted,
    LibraryRecognised: recognised, UpdatesTaken: updates_taken, SchemeAdopted: scheme_adopted,
    HandoutMade: handed_out, TableAdopted: table_adopted, TemplateAdopted: template_adopted, IssuingAgreed: agreed}
