"""The trust list: which keys may sign certificates, and what their codes are called (docs/formats/trust-list.md)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from appraisal.canonical import Malformed, decode, encode
from appraisal.credential.cose import (
    BadSignature,
    Envelope,
    Signer,
    VerifyingKey,
    WeakKey,
    check1,
    read1,
    sign1,
    verifying_key,
)
from appraisal.credential.fields import code, optional, plain_map, raw, require, text, whole
from appraisal.credential.root import LONGEST_CHAIN, Anchor, list_keys_of, read_chain
from appraisal.domain.certificate import Bilingual
from appraisal.domain.errors import RuleViolation

CONTENT_TYPE = "application/vnd.skc1.trust+cbor"
MAX_BYTES = 8 << 20
FORMAT = 1
ALLOWED_BYTES = 8


@dataclass(frozen=True, slots=True)
class CentreKey:
    """Times are seconds since 1970; None is open. `allowed` not None: the key is compromised (see `is_allowed`)."""

    key: VerifyingKey
    centre: Bilingual
    """The centre's filed name."""
    sign_from: int
    sign_to: int | None = None
    trust_to: int | None = None
    allowed: frozenset[bytes] | None = None

    def may_have_signed_at(self, issued: int) -> bool:
        return self.sign_from <= issued and (self.sign_to is None or issued <= self.sign_to)

    def is_believed_at(self, moment: int) -> bool:
        return self.trust_to is None or moment <= self.trust_to

    def is_allowed(self, envelope: bytes) -> bool:
        """False: the key is compromised, and this certificate was not known before that."""
        return self.allowed is None or allowance(envelope) in self.allowed


@dataclass(frozen=True, slots=True)
class SchemeNames:
    name: Bilingual
    levels: Mapping[int, Bilingual]


@dataclass(frozen=True, slots=True)
class StatusFloor:
    """The status list that the trust list was made beside: nothing older is read."""

    issued: int
    digest: bytes


@dataclass(frozen=True, slots=True)
class TrustList:
    """`previous`: SHA-256 of the signed list of the version before; None in version 1. `digest`: of this one."""

    version: int
    issued: int
    expires: int
    previous: bytes | None
    keys: tuple[CentreKey, ...]
    schemes: Mapping[str, SchemeNames]
    statuses: Mapping[int, StatusFloor] = field(default_factory=dict)
    root_documents: tuple[bytes, ...] = ()
    """Which list keys are good, from version 1 on, signed by root keys; empty: the association has none."""
    digest: bytes = field(default=b"", compare=False)
    signed_by: bytes = field(default=b"", compare=False)
    """Kid of the list key, once it is signed."""
    _by_kid: Mapping[bytes, CentreKey] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_by_kid", {one.key.kid: one for one in self.keys})

    def key_of(self, kid: bytes) -> CentreKey | None:
        return self._by_kid.get(kid)

    def keys_near(self, kid: bytes) -> Iterator[CentreKey]:
        """Keys whose kid one edit of the symbol may have turned into `kid`: the same first six or last two bytes."""
        return (one for one in self.keys if one.key.kid[:6] == kid[:6] or one.key.kid[-2:] == kid[-2:])


def allowance(envelope: bytes) -> bytes:
    """How an allow-list names a certificate."""
    return sha256(envelope).digest()[:ALLOWED_BYTES]


def make_trust_list(trust: TrustList, list_signer: Signer) -> bytes:
    """Raises Malformed for a list that no reader would take."""
    payload = encode(_without_none({
        1: FORMAT, 2: trust.version, 3: trust.issued, 4: trust.expires,
        5: trust.previous if trust.previous is not None else b"",
        6: [_key_map(one) for one in sorted(trust.keys, key=lambda one: one.key.kid)],
        7: {name: {1: names.name.zh, 2: names.name.en, 3: {lv: [n.zh, n.en] for lv, n in names.levels.items()}}
            for name, names in trust.schemes.items()},
        8: {number: [floor.issued, floor.digest] for number, floor in trust.statuses.items()},
        10: trust.root_documents or None}))
    data = sign1(payload, list_signer, content_type=CONTENT_TYPE)
    _contents(read1(data, max_bytes=MAX_BYTES), b"")
    return data


def read_trust_list(data: bytes, list_keys: Sequence[VerifyingKey], seen: TrustList | None = None) -> TrustList:
    """`list_keys`: those the reader accepts (`list_keys_behind`); `seen`: the newest list it has had, never to be gone
    back behind.

    Raises RuleViolation: trust_list_malformed, trust_list_not_ours, trust_list_older, trust_list_other_history.
    """
    try:
        envelope = read1(data, max_bytes=MAX_BYTES)
        check_by_one_of(envelope, list_keys, CONTENT_TYPE)
        trust = _contents(envelope, sha256(data).digest())
    except Malformed as fault:
        raise RuleViolation("trust_list_malformed", reason=fault.reason) from fault
    except BadSignature as fault:
        raise RuleViolation("trust_list_not_ours") from fault
    if seen is not None:
        _refuse_going_back(trust, seen)
    return trust


def list_keys_behind(data: bytes, anchor: Anchor) -> Sequence[VerifyingKey]:
    """Whose signature a reader of `anchor` asks of the trust list `data`: the root documents in it say, or, where it
    has none, the anchor. Raises RuleViolation trust_list_malformed, root_not_ours."""
    chain = vouched_trust_list(data).root_documents
    if not chain or not anchor.root_keys:
        return anchor.list_keys
    keys = list_keys_of(chain, anchor)
    if keys is None:
        raise RuleViolation("root_not_ours")
    return keys


def vouched_trust_list(data: bytes) -> TrustList:
    """A list that somebody vouches for by other means, such as naming its file: no signature is checked, for there is
    no key to check it with. Raises RuleViolation trust_list_malformed."""
    try:
        return _contents(read1(data, max_bytes=MAX_BYTES), sha256(data).digest())
    except Malformed as fault:
        raise RuleViolation("trust_list_malformed", reason=fault.reason) from fault


def check_by_one_of(envelope: Envelope, keys: Sequence[VerifyingKey], content_type: str) -> None:
    """Raises BadSignature unless one of `keys` signed it."""
    for key in keys:
        if key.kid == envelope.kid:
            return check1(envelope, key, content_type=content_type)
    raise BadSignature


def _refuse_going_back(trust: TrustList, seen: TrustList) -> None:
    """Newer root documents end what an older list key may have signed: whoever stole it may have counted far ahead."""
    ours, theirs = seen.root_documents, trust.root_documents
    if any(one != other for one, other in zip(ours, theirs, strict=False)):
        raise RuleViolation("trust_list_other_history", version=trust.version, seen=seen.version)
    if len(theirs) > len(ours) > 0:
        return
    if len(theirs) < len(ours) or trust.version < seen.version:
        raise RuleViolation("trust_list_older", version=trust.version, seen=seen.version)
    same_version_other_list = trust.version == seen.version and trust.digest != seen.digest
    not_its_successor = trust.version == seen.version + 1 and trust.previous != seen.digest
    if same_version_other_list or not_its_successor or trust.issued < seen.issued:
        raise RuleViolation("trust_list_other_history", version=trust.version, seen=seen.version)


def _without_none(fields: dict[int, Any]) -> dict[int, Any]:
    return {key: value for key, value in fields.items() if value is not None}


def _key_map(one: CentreKey) -> dict[int, Any]:
    allowed = None if one.allowed is None else b"".join(sorted(one.allowed))
    return _without_none({
        1: one.key.kid, 2: one.key.alg, 3: one.key.public, 4: one.centre.zh, 5: one.centre.en,
        6: one.sign_from, 7: one.sign_to, 8: one.trust_to, 9: allowed})


def _contents(envelope: Envelope, digest: bytes) -> TrustList:
    fields = plain_map(decode(envelope.payload, max_bytes=MAX_BYTES, max_depth=5), "trust_list")
    take = fields.pop
    require(whole(take(1, None), "format") == FORMAT, "format")
    version, issued = whole(take(2, None), "version"), whole(take(3, None), "issued")
    require(version > 0, "version")
    expires, previous = whole(take(4, None), "expires"), take(5, None)
    require(expires > issued, "expires")
    require(type(previous) is bytes and len(previous) == (0 if version == 1 else 32), "previous")
    keys, schemes, statuses = take(6, None), plain_map(take(7, None), "schemes"), plain_map(take(8, None), "statuses")
    require(type(keys) is list, "keys")
    read_keys = tuple(map(_read_key, keys))
    kids = [one.key.kid for one in read_keys]
    require(kids == sorted(set(kids)), "keys")
    chain = optional(take(10, None), _read_roots, "root_documents") or ()
    require(not fields, "unknown_field")
    return TrustList(
        version, issued, expires, previous or None, read_keys,
        {code(name, "scheme"): _read_scheme(names) for name, names in schemes.items()},
        {whole(number, "status", 1 << 32): _read_floor(floor) for number, floor in statuses.items()},
        chain, digest, envelope.kid)


def _read_roots(value: Any, name: str) -> tuple[bytes, ...]:
    require(type(value) is list and len(value) <= LONGEST_CHAIN and all(type(one) is bytes for one in value), name)
    read_chain(value)
    return tuple(value)


def _read_key(value: Any) -> CentreKey:
    fields = plain_map(value, "key")
    take = fields.pop
    kid, alg, public = raw(take(1, None), "kid", 8), take(2, None), take(3, None)
    try:
        require(type(alg) is int and type(public) is bytes, "key")
        key = verifying_key(alg, public)
    except WeakKey as fault:
        raise Malformed("weak_key") from fault
    require(key.kid == kid, "kid")
    one = CentreKey(
        key, Bilingual(text(take(4, None), "centre", 128), text(take(5, None), "centre", 128)),
        whole(take(6, None), "sign_from"), optional(take(7, None), whole, "sign_to"),
        optional(take(8, None), whole, "trust_to"), optional(take(9, None), _read_allowed, "allowed"))
    require(not fields, "unknown_field")
    return one


def _read_allowed(value: Any, name: str) -> frozenset[bytes]:
    require(type(value) is bytes and len(value) % ALLOWED_BYTES == 0, name)
    names = [value[at:at + ALLOWED_BYTES] for at in range(0, len(value), ALLOWED_BYTES)]
    allowed = frozenset(names)
    require(names == sorted(allowed), name)
    return allowed


def _read_scheme(value: Any) -> SchemeNames:
    fields = plain_map(value, "scheme")
    require(fields.keys() == {1, 2, 3}, "scheme")
    levels = plain_map(fields[3], "level")
    return SchemeNames(
        Bilingual(text(fields[1], "scheme", 128), text(fields[2], "scheme", 128)),
        {whole(level, "level", 16): _read_names(names) for level, names in levels.items()})


def _read_names(value: Any) -> Bilingual:
    require(type(value) is list and len(value) == 2, "level")
    return Bilingual(text(value[0], "level", 128), text(value[1], "level", 128))


def _read_floor(value: Any) -> StatusFloor:
    require(type(value) is list and len(value) == 2, "status")
    return StatusFloor(whole(value[0], "status"), raw(value[1], "status", 32))
