"""What became of the bundles of one `ingest`: figures for scripts, sentences for people."""

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from appraisal.domain.errors import RuleViolation
from appraisal.domain.exchange import Fate
from appraisal.exchange.manifest import FILE, part_name
from appraisal.sentences import say
from library.intake import TakenIn

WAITING = (Fate.PARKED, Fate.HELD, Fate.REJECTED)
NOT_KEPT = frozenset({"not_a_bundle"})
"""Refused without a copy in quarantine: there was nothing to keep."""


@dataclass(slots=True)
class Outcome:
    language: str
    bundles: int = 0
    receipts: list[str] = field(default_factory=list)
    refused: int = 0
    quarantine: list[dict[str, str]] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    """A sentence for each bundle refused and each part put aside, in the order of the bundles."""
    _entries: Counter[tuple[Fate, str]] = field(default_factory=Counter)

    def take(self, bundle: Path, taken: TakenIn, receipt: Path) -> None:
        self.bundles += 1
        self.receipts.append(str(receipt))
        for number, code in taken.receipt.quarantined:
            message = say(code, self.language)
            self._put_aside(bundle, part_name(number), code, message)
            self.said.append(say("ingest_part_aside", self.language, bundle=bundle, part=part_name(number),
                                 reason=message))
        for one in taken.receipt.fates:
            self._entries[one.fate, one.code] += one.span.last - one.span.first + 1

    def refuse(self, bundle: Path, refusal: RuleViolation) -> None:
        self.refused += 1
        message = say(refusal.code, self.language, **refusal.detail)
        self.said.append(say("ingest_bundle_refused", self.language, bundle=bundle, reason=message))
        if refusal.code not in NOT_KEPT:
            self._put_aside(bundle, FILE, refusal.code, message)

    @property
    def complete(self) -> bool:
        """Every part of every bundle was taken in."""
        return not self.refused and not self.quarantine

    def sentences(self) -> list[str]:
        """Those of `said`, and one for each reason why entries are not applied."""
        waiting = [say(f"ingest_{fate.value}", self.language, count=count, reason=say(code, self.language))
                   for (fate, code), count in sorted(self._entries.items()) if fate in WAITING]
        return self.said + waiting

    def fields(self) -> dict[str, Any]:
        fates = {fate.value: 0 for fate in Fate}
        for (fate, _), count in self._entries.items():
            fates[fate.value] += count
        return {"bundles": self.bundles, **fates, "quarantined": len(self.quarantine), "receipts": self.receipts,
                "quarantine": self.quarantine}

    def _put_aside(self, bundle: Path, part: str, code: str, message: str) -> None:
        self.quarantine.append({"bundle": str(bundle), "part": part, "code": code, "message": message})
