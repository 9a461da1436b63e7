"""What consents say, as data in resources/consent: recipient, title, text by version, and what a withdrawal means."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from appraisal.domain.certificate import Bilingual
from appraisal.domain.consent import Purpose


@dataclass(frozen=True, slots=True)
class Terms:
    recipient: str
    title: Bilingual
    withdrawn: Bilingual
    """What follows from taking the consent back."""


@dataclass(frozen=True, slots=True)
class ConsentTerms:
    version: str
    """Of the texts: `2026-11`."""
    of: Mapping[Purpose, Terms]

    def text(self, purpose: Purpose, language: str) -> str:
        """Whole, its title in the first line. Raises FileNotFoundError for a language that has none."""
        return (files("resources") / "consent" / self.version / f"{purpose.value}.{language}.txt").read_text("utf-8")


@cache
def consent_terms() -> ConsentTerms:
    said = tomllib.loads((files("resources") / "consent" / "consents.toml").read_text("utf-8"))
    return ConsentTerms(said["version"], {purpose: Terms(
        said[purpose]["recipient"], Bilingual(**said[purpose]["title"]), Bilingual(**said[purpose]["withdrawn"]))
        for purpose in Purpose})
