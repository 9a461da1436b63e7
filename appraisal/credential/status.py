"""Status lists: two bits a certificate, what became of it since it was signed (docs/formats/trust-list.md)."""

import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import IntEnum
from hashlib import sha256
from typing import Any

from appraisal.canonical import Malformed, decode, encode
from appraisal.credential.claims import STATUS_LIST_LENGTH
from appraisal.credential.cose import BadSignature, Signer, VerifyingKey, read1, sign1
from appraisal.credential.fields import plain_map, require, text, whole
from appraisal.credential.trust import TrustList, check_by_one_of
from appraisal.domain.errors import RuleViolation

CONTENT_TYPE = "application/vnd.skc1.status+cbor"
MAX_BYTES = 1 << 16
BITS_BYTES = STATUS_LIST_LENGTH // 4
FORMAT = 1


class Status(IntEnum):
    VALID = 0
    REVOKED = 1
    SUSPENDED = 2
    REPLACED = 3


@dataclass(frozen=True, slots=True)
class StatusList:
    """`bits`: 32,768 bytes, the first certificate in the highest bits of the first. Times are seconds since 1970."""

    number: int
    issued: int
    expires: int
    """When the next list is due: past it, what this one says is stale."""
    bits: bytes = bytes(BITS_BYTES)
    replaced_by: Mapping[int, str] = field(default_factory=dict)
    """Index -> number of the new certificate, for some of those replaced."""
    digest: bytes = field(default=b"", compare=False)
    """SHA-256 of the signed list, once it is one."""

    def state(self, index: int) -> Status:
        return Status(self.bits[index >> 2] >> (6 - 2 * (index & 3)) & 3)

    def changed(self, states: Mapping[int, Status], issued: int, expires: int,
                replaced_by: Mapping[int, str] | None = None) -> "StatusList":
        """The next list. Revocation is for ever: raises RuleViolation revoked_for_ever for one that would leave it."""
        bits = bytearray(self.bits)
        for index, state in states.items():
            if self.state(index) is Status.REVOKED and state is not Status.REVOKED:
                raise RuleViolation("revoked_for_ever", "status", list=self.number, index=index)
            shift = 6 - 2 * (index & 3)
            bits[index >> 2] = bits[index >> 2] & ~(3 << shift) | state << shift
        numbers = {**self.replaced_by, **(replaced_by or {})}
        return replace(self, issued=issued, expires=expires, bits=bytes(bits), replaced_by=numbers, digest=b"")


def make_status_list(status: StatusList, list_signer: Signer) -> bytes:
    """Raises Malformed for a list that no reader would take."""
    fields: dict[int, Any] = {
        1: FORMAT, 2: status.number, 3: status.issued, 4: status.expires, 5: zlib.compress(status.bits, 9)}
    if status.replaced_by:
        fields[6] = dict(status.replaced_by)
    payload = encode(fields)
    _contents(payload, b"")
    return sign1(payload, list_signer, content_type=CONTENT_TYPE)


def read_status_list(data: bytes, list_keys: Sequence[VerifyingKey], trust: TrustList | None = None) -> StatusList:
    """Raises RuleViolation: status_list_malformed, status_list_not_ours, status_list_older (than `trust` knows)."""
    try:
        envelope = read1(data, max_bytes=MAX_BYTES)
        check_by_one_of(envelope, list_keys, CONTENT_TYPE)
        status = _contents(envelope.payload, sha256(data).digest())
    except Malformed as fault:
        raise RuleViolation("status_list_malformed", reason=fault.reason) from fault
    except BadSignature as fault:
        raise RuleViolation("status_list_not_ours") from fault
    return not_older(status, trust)


def not_older(status: StatusList, trust: TrustList | None) -> StatusList:
    """`status`, unless the trust list was made beside a later one. Raises RuleViolation status_list_older."""
    floor = trust.statuses.get(status.number) if trust is not None else None
    if floor is not None:
        other_of_that_second = status.issued == floor.issued and status.digest != floor.digest
        if status.issued < floor.issued or other_of_that_second:
            raise RuleViolation("status_list_older", list=status.number)
    return status


def vouched_status(data: bytes) -> StatusList:
    """A list that somebody vouches for by other means: no signature is checked. Raises RuleViolation
    status_list_malformed."""
    try:
        return _contents(read1(data, max_bytes=MAX_BYTES).payload, sha256(data).digest())
    except Malformed as fault:
        raise RuleViolation("status_list_malformed", reason=fault.reason) from fault


def vouched_status_list(data: bytes, trust: TrustList) -> StatusList:
    """The status list that `trust` names by its digest, for a reader that vouches for the trust list and has no key.

    Raises RuleViolation: status_list_malformed, status_list_not_ours (any other list).
    """
    status = vouched_status(data)
    floor = trust.statuses.get(status.number)
    if floor is None or floor.digest != status.digest:
        raise RuleViolation("status_list_not_ours")
    return status


def newest(lists: Sequence[StatusList]) -> dict[int, StatusList]:
    """By number, as `verify` wants them; of two with one number the newer."""
    return {one.number: one for one in sorted(lists, key=lambda one: one.issued)}


def _contents(payload: bytes, digest: bytes) -> StatusList:
    fields = plain_map(decode(payload, max_bytes=MAX_BYTES, max_depth=2), "status_list")
    take = fields.pop
    require(whole(take(1, None), "format") == FORMAT, "format")
    number, issued = whole(take(2, None), "list", 1 << 32), whole(take(3, None), "issued")
    expires, bits = whole(take(4, None), "expires"), _inflate(take(5, None))
    require(expires > issued, "expires")
    replaced_by = read_replaced_by(take(6, {}))
    require(not fields, "unknown_field")
    return StatusList(number, issued, expires, bits, replaced_by, digest)


def read_replaced_by(value: Any) -> Mapping[int, str]:
    return {whole(index, "index", STATUS_LIST_LENGTH): text(by, "replaced_by")
            for index, by in plain_map(value, "replaced_by").items()}


def _inflate(value: Any) -> bytes:
    """Never more than the bits that a list has, whatever was put in."""
    require(type(value) is bytes, "bits")
    inflate = zlib.decompressobj()
    try:
        bits = inflate.decompress(value, BITS_BYTES + 1)
    except zlib.error as fault:
        raise Malformed("bad_bits") from fault
    require(len(bits) == BITS_BYTES and inflate.eof and not inflate.unused_data, "bits")
    return bits
