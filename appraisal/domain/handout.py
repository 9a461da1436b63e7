"""Personal data that leaves the desk's tables, in a file, on paper or by the clipboard: what, how much, and why (PIPL
art. 51 and 55)."""

from dataclasses import dataclass
from enum import StrEnum

from appraisal.domain.events import Id, event


class Means(StrEnum):
    EXCEL = "excel"
    PAPER = "paper"
    CLIPBOARD = "clipboard"


@event("handout.made", local=True)
@dataclass(frozen=True, slots=True)
class HandoutMade:
    """The reason is the entry's; rows that are copied need none. It changes no table: whoever asks looks into the
    journal."""

    handout: Id
    table: str
    """Title of the list, in the operator's language."""
    rows: int
    means: Means
    masked: bool
    """The middle of document and telephone numbers was left out."""
