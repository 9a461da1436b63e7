"""What left for the association and what came back, as a list to read."""

from dataclasses import dataclass
from enum import StrEnum


class Way(StrEnum):
    LEFT = "left"
    CAME = "came"


@dataclass(frozen=True, slots=True)
class Transfer:
    """A bundle that left, or a receipt that came. `at`: milliseconds since 1970, UTC."""

    way: Way
    at: int
    login: str
    """Who did it."""
    records: int = 0
    """Of a bundle."""
    attachments: int = 0
    withheld: int = 0
    """Entries that stayed for want of consent."""
    number: int = 0
    """Of a receipt."""
    accepted: int = 0
    """Entries that the library has, whether new to it or not."""
    waiting: int = 0
    refused: int = 0
    """Held or rejected: somebody has to look."""
