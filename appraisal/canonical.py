"""Deterministic CBOR (RFC 8949 §4.2.1): one value has exactly one spelling, and readers accept no other.

Values are None, bool, int (of 64 bits), str, bytes, list and dict. Floats, tags, simple values and `undefined`
have no place in our formats: marks and money are decimal strings. A tuple is written as a list.
Keys of a map are int, str or bytes, in the bytewise order of their encodings.
"""

from collections.abc import Callable, Mapping
from functools import lru_cache
from itertools import pairwise
from typing import Any, NoReturn

import cbor2
from libipld import decode_dag_cbor, encode_dag_cbor

Rank = tuple[int, int, bytes]


class Malformed(Exception):
    """Bytes or text that no writer of ours makes. `reason` is lower_snake; nothing was done with them."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def encode(value: Any) -> bytes:
    """Raises TypeError for a type without a place here, ValueError for an int beyond 64 bits or a lone surrogate."""
    return _written(_ordered(value))


def encode_again(value: Any) -> bytes:
    """`encode` of what `decode` gave: its maps are in order."""
    try:
        encoded: bytes = encode_dag_cbor(value)
    except ValueError:  # not of those that it writes
        return _written(value)
    return _written(value) if _LINK in encoded else encoded


def _written(value: Any) -> bytes:
    encoded: bytes = cbor2.dumps(value)
    return encoded


def decode(data: bytes, *, max_bytes: int, max_depth: int = 8) -> Any:
    """The value of `data`, if `encode` would write it just so; else Malformed, whatever the bytes are.

    `max_depth` counts nested lists and maps. A hostile value of n bytes may cost some 60 n of memory while it is
    read (a list of empty lists), so give records, not whole files, and a bound that fits them.
    """
    if len(data) > max_bytes:
        raise Malformed("too_large")
    value = _read_quickly(data, max_depth)
    return _read(data, max_depth) if value is _UNDECIDED else value


def _read_quickly(data: bytes, max_depth: int) -> Any:
    """The value, where what we write and DAG-CBOR are alike: a value whose maps have keys of text, and no bytes that
    look like one of its links. `_UNDECIDED` for all else, good or bad (docs/decisions/cbor.md)."""
    if _LINK in data or _has_number_for_key(data):
        return _UNDECIDED
    try:
        value = decode_dag_cbor(data)  # nothing behind it, keys in order and once, no tag but the link, no endless head
    except (ValueError, RecursionError):
        return _UNDECIDED
    nests = [] if type(value) in _LEAVES else [value]
    for one in nests:
        kind = type(one)
        if kind is not dict and kind is not list:
            return _UNDECIDED
        for item in one.values() if kind is dict else one:
            if type(item) not in _LEAVES:
                nests.append(item)  # noqa: PERF401 - a list of its own for each nest takes half as long again
    # of no more nests than may stand in each other, none stands too deep; what differs is a longer head than need be
    return value if len(nests) <= max_depth and encode_dag_cbor(value) == data else _UNDECIDED


def _has_number_for_key(data: bytes) -> bool:
    """A map of a certificate or a list: DAG-CBOR has none such, and trying costs as much as reading it."""
    return data[:1] >= b"\xa1" and data[1:2] < b"\x40"


def _read(data: bytes, max_depth: int) -> Any:
    """Whatever the bytes are, the last word over them."""
    try:
        value = cbor2.loads(
            data, allow_indefinite=False, allow_duplicate_keys=False, max_depth=max_depth,
            semantic_decoders=_REFUSED_TAGS, tag_hook=_refuse)
    except (cbor2.CBORDecodeError, ValueError, TypeError, OverflowError, MemoryError, RecursionError) as fault:
        raise Malformed("not_well_formed") from fault
    _look(value, _disorder if len(data) <= _SHORT else _disorder.__wrapped__)
    # Maps are written in the order they were read, and that was looked at: what differs is a longer head or more bytes.
    if _written(value) != data:
        raise Malformed("not_deterministic")
    return value


def _look(value: Any, disorder: Callable[..., str]) -> None:
    """Raises Malformed for a type that has no place here, and for keys out of order."""
    left = [] if type(value) in _LEAVES else [value]
    while left:
        one = left.pop()
        if type(one) is dict:
            if reason := disorder(*one):
                raise Malformed(reason)
            one = one.values()
        elif type(one) is not list:
            raise Malformed("type_refused")
        if not _LEAVES.issuperset(map(type, one)):
            left += [item for item in one if type(item) not in _LEAVES]


def _ordered(value: Any) -> Any:
    kind = type(value)
    if kind in _PLAIN:
        return value
    if kind is int:
        if not -(1 << 64) <= value < 1 << 64:
            raise ValueError("an integer beyond 64 bits")
        return value
    if kind is list or kind is tuple:
        return [item if type(item) in _PLAIN else _ordered(item) for item in value]
    if kind is dict:
        keys = _in_order(*value) if len(value) <= _FEW else _in_order.__wrapped__(*value)
        return {key: item if type(item := value[key]) in _PLAIN else _ordered(item) for key in keys}
    raise TypeError(f"{kind.__name__} has no place in canonical CBOR")


# Maps are of few shapes, so the order of their keys is worked out once for each. `typed`: 1 and True are equal.
@lru_cache(maxsize=1024, typed=True)
def _in_order(*keys: Any) -> tuple[Any, ...]:
    return tuple(sorted(keys, key=_rank))


@lru_cache(maxsize=1024, typed=True)
def _disorder(*keys: Any) -> str:
    """Why a map cannot have its keys so; empty where it can."""
    try:
        ranks = list(map(_rank, keys))
    except TypeError:
        return "type_refused"
    return "" if all(one < other for one, other in pairwise(ranks)) else "not_deterministic"


def _rank(key: Any) -> Rank:
    """Sorts as the encoded keys do: with shortest heads, first the major type, then the head's number."""
    kind = type(key)
    if kind is int:
        return (0, key, b"") if key >= 0 else (1, -1 - key, b"")
    if kind is str:
        text = key.encode()
        return 3, len(text), text
    if kind is bytes:
        return 2, len(key), key
    raise TypeError(f"{kind.__name__} is no key of canonical CBOR")


def _refuse(*_: object) -> NoReturn:
    raise ValueError("a tag")


# Every tag that the decoder would otherwise act on by itself (some cost much, as 2**exponent does in tag 5).
_REFUSED_TAGS: Mapping[int, Any] = dict.fromkeys(
    (*range(64), 100, *range(256, 280), 1004, 1040, 43000, 55799), _refuse)
_PLAIN = frozenset({type(None), str, bytes, bool})
_LEAVES = _PLAIN | {int}
_UNDECIDED = object()
_LINK = b"\xd8\x2a"
"""Head of DAG-CBOR's tag 42: it reads a link as bytes, and writes bytes that are a link's as one."""
_FEW = 32
_SHORT = 4096
"""What is longer, in keys or in bytes, is seldom a record of ours: the order of its keys is not remembered."""
