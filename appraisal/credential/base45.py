"""Base45 (RFC 9285), as strict as its text: one spelling for each string of bytes."""

from appraisal.canonical import Malformed

ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
_VALUES = {character: value for value, character in enumerate(ALPHABET)}


def encode(data: bytes) -> str:
    out: list[str] = []
    for at in range(0, len(data) - 1, 2):
        high, rest = divmod(data[at] << 8 | data[at + 1], 2025)
        middle, low = divmod(rest, 45)
        out += ALPHABET[low], ALPHABET[middle], ALPHABET[high]
    if len(data) % 2:
        middle, low = divmod(data[-1], 45)
        out += ALPHABET[low], ALPHABET[middle]
    return "".join(out)


def decode(text: str) -> bytes:
    """Raises Malformed."""
    try:
        values = [_VALUES[character] for character in text]
    except KeyError as fault:
        raise Malformed("base45_alphabet") from fault
    if len(values) % 3 == 1:
        raise Malformed("base45_length")
    out = bytearray()
    for at in range(0, len(values), 3):
        group = values[at:at + 3]
        number = sum(value * 45**place for place, value in enumerate(group))
        if number >= 1 << 8 * (len(group) - 1):
            raise Malformed("base45_range")
        out += number.to_bytes(len(group) - 1, "big")
    return bytes(out)
