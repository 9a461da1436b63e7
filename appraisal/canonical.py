"""Deterministic CBOR (RFC 8949 §4.2.1): one value has exactly one spelling, and readers accept no other.

Values are None, bool, int (of 64 bits), str, bytes, list and dict. Floats, tags, simple values and `undefined`
have no place in our formats: marks and money are decimal strings. A tuple is written as a list.
Keys of a map are int, str or bytes, in the bytewise order of their encodings.
"""

from collections.abc import Mapping
from typing import Any, NoReturn

import cbor2

Rank = tuple[int, int, bytes]


class Malformed(Exception):
    """Bytes or text that no writer of ours makes. `reason` is lower_snake; nothing was done with them."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def encode(value: Any) -> bytes:
    """Raises TypeError for a type without a place here, ValueError for an int beyond 64 bits or a lone surrogate."""
    encoded: bytes = cbor2.dumps(_ordered(value))
    return encoded


def decode(data: bytes, *, max_bytes: int, max_depth: int = 8) -> Any:
    """The value of `data`, if `encode` would write it just so; else Malformed, whatever the bytes are.

    `max_depth` counts nested lists and maps. A hostile value of n bytes may cost some 60 n of memory while it is
    read (a list of empty lists), so give records, not whole files, and a bound that fits them.
    """
    if len(data) > max_bytes:
        raise Malformed("too_large")
    try:
        value = cbor2.loads(
            data, allow_indefinite=False, allow_duplicate_keys=False, max_depth=max_depth,
            semantic_decoders=_REFUSED_TAGS, tag_hook=_refuse)
    except (cbor2.CBORDecodeError, ValueError, TypeError, OverflowError, MemoryError, RecursionError) as fault:
        raise Malformed("not_well_formed") from fault
    # Each deviation (a longer head, a tag, trailing bytes) only ever adds bytes, so equal lengths prove there is none.
    if _size(value) != len(data):
        raise Malformed("not_deterministic")
    return value


def _ordered(value: Any) -> Any:
    kind = type(value)
    if value is None or kind in (str, bytes, bool):
        return value
    if kind is int:
        if not -(1 << 64) <= value < 1 << 64:
            raise ValueError("an integer beyond 64 bits")
        return value
    if kind is list or kind is tuple:
        return [_ordered(item) for item in value]
    if kind is dict:
        return {key: _ordered(value[key]) for key in sorted(value, key=_rank)}
    raise TypeError(f"{kind.__name__} has no place in canonical CBOR")


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


def _size(value: Any) -> int:
    """Length of the deterministic encoding; Malformed for a type or an order of keys that it cannot have."""
    kind = type(value)
    if kind is int:
        return _head(value if value >= 0 else -1 - value)
    if kind is str:
        length = len(value) if value.isascii() else len(value.encode())
        return length + _head(length)
    if kind is bytes:
        return len(value) + _head(len(value))
    if kind is dict:
        return _size_of_map(value)
    if kind is list:
        return _head(len(value)) + sum(map(_size, value))
    if kind is bool or value is None:
        return 1
    raise Malformed("type_refused")


def _size_of_map(value: dict[Any, Any]) -> int:
    size = _head(len(value))
    last: Rank = (-1, 0, b"")
    for key, item in value.items():
        try:
            rank = _rank(key)
        except TypeError as fault:
            raise Malformed("type_refused") from fault
        if rank <= last:
            raise Malformed("not_deterministic")
        last = rank
        size += _head(rank[1]) + len(rank[2]) + _size(item)
    return size


def _head(number: int) -> int:
    """Bytes of the shortest head that carries `number`."""
    if number < 24:
        return 1
    if number < 1 << 8:
        return 2
    if number < 1 << 16:
        return 3
    return 5 if number < 1 << 32 else 9


def _refuse(*_: object) -> NoReturn:
    raise ValueError("a tag")


# Every tag that the decoder would otherwise act on by itself (some cost much, as 2**exponent does in tag 5).
_REFUSED_TAGS: Mapping[int, Any] = dict.fromkeys(
    (*range(64), 100, *range(256, 280), 1004, 1040, 43000, 55799), _refuse)
