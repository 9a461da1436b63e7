"""What goes wrong, in two kinds. Codes are stable: resources/messages has their sentences."""

from typing import Any


class RuleViolation(Exception):
    """A rule refuses. Nothing has changed; the user can mend `field` and go on."""

    def __init__(self, code: str, field: str = "", **detail: Any) -> None:
        super().__init__(f"{code}:{field} {detail}" if detail else f"{code}:{field}")
        self.code, self.field, self.detail = code, field, detail


class EnvironmentFault(Exception):
    """Disk, file, printer, network. What was kept and what to do stands in the sentence of `code`."""

    def __init__(self, code: str, **detail: Any) -> None:
        super().__init__(f"{code} {detail}" if detail else code)
        self.code, self.detail = code, detail
