"""Status deltas: from one status list to a later one in a few hundred bytes (docs/formats/trust-list.md)."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Any

from appraisal.canonical import Malformed, decode, encode
from appraisal.credential.claims import STATUS_LIST_LENGTH
from appraisal.credential.cose import BadSignature, Signer, VerifyingKey, read1, sign1
from appraisal.credential.fields import optional, plain_map, raw, require, whole
from appraisal.credential.status import Status, StatusList, not_older, read_replaced_by, read_status_list
from appraisal.credential.trust import TrustList, check_by_one_of
from appraisal.domain.errors import RuleViolation

CONTENT_TYPE = "application/vnd.skc1.delta+cbor"
MAX_BYTES = 2_200
"""What one QR symbol holds as digits."""
FORMAT = 1
_CHANGE_BYTES = 3


@dataclass(frozen=True, slots=True)
class StatusDelta:
    """`base`, `result`: SHA-256 of the signed lists that it leads from and to. Times are seconds since 1970."""

    number: int
    issued: int
    expires: int
    base: bytes
    result: bytes
    states: Mapping[int, Status]
    replaced_by: Mapping[int, str]


def make_delta(old: StatusList, new: StatusList, list_signer: Signer) -> bytes | None:
    """None: it would not fit a QR; the reader takes the whole list. Both lists are signed ones."""
    assert old.digest
    assert new.digest
    assert old.number == new.number
    states = {index: new.state(index) for place in range(len(old.bits)) if old.bits[place] != new.bits[place]
              for index in range(4 * place, 4 * place + 4) if old.state(index) is not new.state(index)}
    fields: dict[int, Any] = {1: FORMAT, 2: new.number, 3: new.issued, 4: new.expires, 5: old.digest, 6: new.digest}
    if states:
        fields[7] = b"".join((index << 2 | state).to_bytes(_CHANGE_BYTES, "big") for index, state in states.items())
    if replaced_by := {index: by for index, by in new.replaced_by.items() if old.replaced_by.get(index) != by}:
        fields[8] = replaced_by
    data = sign1(encode(fields), list_signer, content_type=CONTENT_TYPE)
    return data if len(data) <= MAX_BYTES else None


def is_delta(data: bytes) -> bool:
    """As the envelope says; whether it is well formed, `read_delta` says."""
    try:
        return read1(data, max_bytes=MAX_BYTES).content_type == CONTENT_TYPE
    except Malformed:
        return False


def read_delta(data: bytes, list_keys: Sequence[VerifyingKey]) -> StatusDelta:
    """Raises RuleViolation: status_list_malformed, status_list_not_ours."""
    try:
        envelope = read1(data, max_bytes=MAX_BYTES)
        check_by_one_of(envelope, list_keys, CONTENT_TYPE)
        return _contents(envelope.payload)
    except Malformed as fault:
        raise RuleViolation("status_list_malformed", reason=fault.reason) from fault
    except BadSignature as fault:
        raise RuleViolation("status_list_not_ours") from fault


def applied(delta: StatusDelta, base: StatusList) -> StatusList:
    """The list that `delta` leads to. Raises RuleViolation delta_of_other_list, revoked_for_ever."""
    if (delta.number, delta.base) != (base.number, base.digest):
        raise RuleViolation("delta_of_other_list", list=delta.number)
    made = base.changed(delta.states, delta.issued, delta.expires, delta.replaced_by)
    return replace(made, digest=delta.result)


def read_either(data: bytes, list_keys: Sequence[VerifyingKey], known: Callable[[bytes], StatusList | None],
                trust: TrustList | None = None) -> StatusList:
    """A status list, or a delta to one that is `known` by its digest. Raises what reading either raises, and
    RuleViolation delta_of_other_list."""
    if not is_delta(data):
        return read_status_list(data, list_keys, trust)
    delta = read_delta(data, list_keys)
    base = known(delta.base)
    if base is None:
        raise RuleViolation("delta_of_other_list", list=delta.number)
    return not_older(applied(delta, base), trust)


def _contents(payload: bytes) -> StatusDelta:
    fields = plain_map(decode(payload, max_bytes=MAX_BYTES, max_depth=2), "delta")
    take = fields.pop
    require(whole(take(1, None), "format") == FORMAT, "format")
    number, issued, expires = whole(take(2, None), "list", 1 << 32), whole(take(3, None), "issued"), take(4, None)
    require(whole(expires, "expires") > issued, "expires")
    base, result = raw(take(5, None), "base", sha256().digest_size), raw(take(6, None), "result", sha256().digest_size)
    states = optional(take(7, None), _read_states, "changes") or {}
    replaced_by = read_replaced_by(take(8, {}))
    require(not fields, "unknown_field")
    return StatusDelta(number, issued, expires, base, result, states, replaced_by)


def _read_states(value: Any, name: str) -> Mapping[int, Status]:
    require(type(value) is bytes and value != b"" and len(value) % _CHANGE_BYTES == 0, name)
    numbers = [int.from_bytes(value[at:at + _CHANGE_BYTES], "big") for at in range(0, len(value), _CHANGE_BYTES)]
    states = {number >> 2: Status(number & 3) for number in numbers}
    require(list(states) == sorted(states) and len(states) == len(numbers), name)
    require(max(states) < STATUS_LIST_LENGTH, name)
    return states
