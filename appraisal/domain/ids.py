"""Identifiers: UUIDv7 (RFC 9562), which sort by the time they were made."""

from appraisal.domain.events import Id


def uuid7(milliseconds: int, randomness: bytes) -> Id:
    """`randomness` is 10 bytes; `milliseconds` since 1970, UTC."""
    number = milliseconds << 80 | int.from_bytes(randomness, "big")
    number = number & ~(0xF << 76) | 7 << 76
    number = number & ~(0x3 << 62) | 2 << 62
    return f"{number:032x}"
