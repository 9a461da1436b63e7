"""Refusals and faults as sentences in the language of the windows."""

from collections.abc import Mapping
from typing import Any

from appraisal.domain.errors import EnvironmentFault, RuleViolation
from desktop.i18n import current_language


def sentence(code: str, detail: Mapping[str, Any] | None = None) -> str:
    """The sentence of a refusal or fault; a code that has none is named in a sentence all the same."""
    from appraisal.sentences import catalogue, say  # noqa: PLC0415 - the first page is there before a TOML reader

    language = current_language()
    if code not in catalogue(language):
        return say("unnamed_refusal", language, name=code)
    return say(code, language, **(detail or {}))


def sentence_of(problem: RuleViolation | EnvironmentFault) -> str:
    return sentence(problem.code, problem.detail)
