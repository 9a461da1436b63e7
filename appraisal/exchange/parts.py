"""A part: records, compressed, sealed for the library and the recovery key. Bounded on both ways."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum
from hashlib import sha256

import pyrage
import zstandard

from appraisal.canonical import Malformed

PLAIN_BYTES = 8 << 20
LONGEST_PLAIN = 33 << 20
"""A part of one attachment that is larger than `PLAIN_BYTES`."""
OVERHEAD = 64 << 10
"""How much longer than its plain bytes a sealed part may be: age's header and tags, zstandard's frame."""
LEVEL = {1: 3, 2: 1}
"""zstandard's, by kind: what is sealed inside an attachment does not compress."""


class PartKind(IntEnum):
    RECORDS = 1
    ATTACHMENTS = 2


@dataclass(frozen=True, slots=True)
class Range:
    """Entries `first` to `last` of the manifest's chain number `chain`, counted from 0."""

    chain: int
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Part:
    """What the manifest says of one part."""

    kind: PartKind
    length: int
    digest: bytes
    plain: int
    range: Range | None

    def fits(self, data: bytes) -> bool:
        return len(data) == self.length and sha256(data).digest() == self.digest


def longest(kind: PartKind) -> int:
    return PLAIN_BYTES if kind is PartKind.RECORDS else LONGEST_PLAIN


def seal(plain: bytes, kind: PartKind, recipients: Sequence[str], range_: Range | None = None) -> tuple[Part, bytes]:
    small = zstandard.ZstdCompressor(level=LEVEL[kind]).compress(plain)
    data: bytes = pyrage.encrypt(small, [pyrage.x25519.Recipient.from_str(one) for one in recipients])
    return Part(kind, len(data), sha256(data).digest(), len(plain), range_), data


def unseal(part: Part, data: bytes, identity: str) -> bytes:
    """The plain records. `data` must be what the manifest names: `Part.fits`. Raises Malformed, codes of a quarantine:
    part_changed, part_not_for_us, part_not_compressed, part_expands."""
    if not part.fits(data):
        raise Malformed("part_changed")
    try:
        small = pyrage.decrypt(data, [pyrage.x25519.Identity.from_str(identity)])
    except pyrage.DecryptError as fault:
        raise Malformed("part_not_for_us") from fault
    return _expand(small, part.plain)


def _expand(small: bytes, length: int) -> bytes:
    """The frame names its size before anything is made of it, so a bomb is refused by its header."""
    try:
        said = zstandard.get_frame_parameters(small)
        if said.content_size != length or said.window_size > LONGEST_PLAIN:
            raise Malformed("part_expands")
        return zstandard.ZstdDecompressor().decompress(small, max_output_size=length, allow_extra_data=False)
    except zstandard.ZstdError as fault:
        raise Malformed("part_not_compressed") from fault


def pack(records: Iterable[bytes]) -> Iterator[list[bytes]]:
    """Framed records in groups of `PLAIN_BYTES` at most; a longer record alone."""
    group: list[bytes] = []
    size = 0
    for one in records:
        if group and size + len(one) > PLAIN_BYTES:
            yield group
            group, size = [], 0
        group.append(one)
        size += len(one)
    if group:
        yield group
