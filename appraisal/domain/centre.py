"""The centre 鉴定中心, its desks, and what the association has given it."""

from dataclasses import dataclass

from appraisal.domain.certificate import Bilingual
from appraisal.domain.events import Id, event


@event("centre.founded")
@dataclass(frozen=True, slots=True)
class CentreFounded:
    centre: Id
    code: str
    name: Bilingual
    """The name that the centre has filed 备案名称."""
    host: str
    """Host name in the QR's address, `verify.example.org`."""
    demonstration: bool


@event("desk.joined", local=True)
@dataclass(frozen=True, slots=True)
class DeskJoined:
    """The first entry of a further desk of a centre on a server. Its operator let the desk in."""

    desk: Id
    number: int
    """Of the centre's desks, from 1."""


@event("numbers.leased", local=True)
@dataclass(frozen=True, slots=True)
class Lease:
    """A block of certificate numbers and status slots that the association has given to one desk."""

    lease: Id
    scheme: str
    prefix: str
    first: int
    last: int
    status_list: int
    status_indices: tuple[int, ...]
    """One random slot of the status list for each number of the block."""
    epoch: Id | None = None
    """The epoch of the desk's chain that may use it: a copy of the desk may not. None: the desk's first."""


@event("trust.adopted", local=True)
@dataclass(frozen=True, slots=True)
class TrustAdopted:
    digest: str
    """SHA-256 of the signed list, in hexadecimal."""
    version: int
    data: bytes
    """Empty where the list is too long for an entry: the bytes then stand beside the journal, under the digest."""


@event("status.adopted", local=True)
@dataclass(frozen=True, slots=True)
class StatusAdopted:
    digest: str
    """SHA-256 of the signed status list, in hexadecimal."""
    number: int
    issued: int
    """Seconds since 1970."""
    data: bytes


@event("library.recognised", local=True)
@dataclass(frozen=True, slots=True)
class LibraryRecognised:
    """The grant that answers an enrolment request: whom the desk seals for, and whose receipts it believes."""

    library: Id
    receipt_key: bytes
    """Ed25519 public key, 32 bytes."""
    list_key: bytes
    """Ed25519 public key of the trust list, 32 bytes."""
    recipients: tuple[str, ...]
    """age recipients: the library's, and the association's recovery key."""
    replaces: Id | None = None
    """The library that this one takes the place of: its numbers and lists count no more."""
    root: bytes | None = None
    """The root of its repository of updates, as pinned by the grant; None: the grant had none."""


@event("updates.taken", local=True)
@dataclass(frozen=True, slots=True)
class UpdatesTaken:
    """A state of the library's repository that this desk has seen whole and checked."""

    updates: Id
    library: Id
    issued: int
    """When its timestamp was signed, milliseconds since 1970."""


@event("scheme.adopted", local=True)
@dataclass(frozen=True, slots=True)
class SchemeAdopted:
    """A scheme file; its bytes stand beside the journal, under the digest."""

    scheme: str
    version: str
    digest: str
    """SHA-256 of the file, in hexadecimal."""


@event("table.adopted", local=True)
@dataclass(frozen=True, slots=True)
class TableAdopted:
    table: str
    """A file of resources/tables: `values.toml`."""
    digest: str
    """SHA-256 of the file, in hexadecimal."""


@event("template.adopted", local=True)
@dataclass(frozen=True, slots=True)
class TemplateAdopted:
    template: str
    digest: str
    """SHA-256 of the file, in hexadecimal."""
