"""A bundle for people to look at: what it says of itself, without any key."""

from collections.abc import Mapping
from dataclasses import dataclass

from appraisal.credential.cose import read1
from appraisal.exchange import letters
from appraisal.exchange.manifest import part_name, unverified


@dataclass(frozen=True, slots=True)
class PartSummary:
    name: str
    kind: str
    bytes: int
    state: str
    """`there`, `absent`, or `wrong_length`; what is inside shows only to the library."""


@dataclass(frozen=True, slots=True)
class Summary:
    bundle: str
    desk: str
    library: str
    made_at: int
    """Milliseconds since 1970, UTC."""
    spans: tuple[tuple[str, int, int], ...]
    """Epoch, first and last entry."""
    records: int
    attachments: int
    withheld: int
    bytes: int
    last_receipt: int | None
    recipients: tuple[str, ...]
    signed_by: str
    """Key id as claimed; a reader that knows the desk's key checks it."""
    parts: tuple[PartSummary, ...]


def inspect(manifest: bytes, lengths: Mapping[str, int]) -> Summary:
    """`lengths`: of the files that lie beside the manifest. Raises Malformed."""
    found = unverified(manifest)
    kid = read1(manifest, max_bytes=letters.MAX_BYTES).kid
    parts = []
    for number, part in enumerate(found.parts, 1):
        name = part_name(number)
        there = lengths.get(name)
        state = "absent" if there is None else "there" if there == part.length else "wrong_length"
        parts.append(PartSummary(name, part.kind.name.lower(), part.length, state))
    return Summary(
        found.bundle, found.desk, found.library, found.made_at, tuple((c.epoch, c.first, c.last) for c in found.chains),
        found.records, found.attachments, found.withheld, sum(part.length for part in found.parts) + len(manifest),
        found.last_receipt.number if found.last_receipt else None, found.recipients, kid.hex(), tuple(parts))
