"""What sending over the network needs from the outside: a library that answers, or does not just now."""

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple, Protocol

from appraisal.domain.events import Id


class NotNow(Exception):
    """The library does not answer, or asks to come again. `seconds`: what it asks to wait, if it does."""

    def __init__(self, reason: str, seconds: float = 0.0) -> None:
        super().__init__(reason)
        self.reason, self.seconds = reason, seconds


class Admitted(NamedTuple):
    offsets: Mapping[str, int]
    """By part, bytes that the library has for good."""
    taken: bool
    """There is a receipt already."""


class Post(Protocol):
    """docs/formats/bundle.md, "Over HTTPS". Each raises NotNow; RuleViolation library_refuses; EnvironmentFault where
    coming again does not help."""

    @property
    def address(self) -> str: ...
    def admit(self, desk: Id, bundle: Id, manifest: bytes) -> Admitted: ...
    def put(self, desk: Id, bundle: Id, name: str, at: int, data: bytes, sent: Callable[[int], None]) -> None:
        """`data`: the part from byte `at` to its end. `sent` is told of bytes as they leave."""
    def complete(self, desk: Id, bundle: Id) -> bytes:
        """The receipt. Raises NotNow while the library is still at it."""
    def receipts(self, desk: Id, after: int) -> Sequence[int]:
        """Numbers of the receipts beyond `after`, ascending; perhaps not all of them."""
    def receipt(self, desk: Id, number: int) -> bytes: ...
