"""What a command gives back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

DONE, REFUSED, USAGE, FAULT = 0, 1, 2, 3


@dataclass(frozen=True, slots=True)
class Answer:
    result: Mapping[str, Any]
    """Plain values for `--json`."""
    said: Sequence[str] = ()
    """Sentences for people."""
    exit: int = DONE
    warned: Sequence[str] = ()
    """Sentences about what will soon stand in the way; always on standard error."""
