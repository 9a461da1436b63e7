"""What left for the association and what came back, as a list to read."""

from dataclasses import dataclass
from enum import StrEnum


class Way(StrEnum):
    LEFT = "left"
    CAME = "came"
    RESTORED = "restored"
    BEGAN = "began"


@dataclass(frozen=True, slots=True)
class Transfer:
    """A bundle that left, a receipt that came, what the library gave back, or a new epoch of this desk. `at`:
    milliseconds since 1970, UTC."""

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
    short: bool = False
    """A short receipt: typed, or read from a picture."""
    reason: str = ""
    """Why an epoch began."""
