"""The sentence of a problem, with the words that its reader knows for fields and values."""

from appraisal.domain.problem import Problem
from appraisal.sentences import catalogue, say


def problem_sentence(problem: Problem, language: str) -> str:
    """Raises KeyError for a code without a sentence."""
    detail = {name: value_word(value, language) for name, value in problem.detail.items()}
    return say(problem.code, language, **{"column": column_word(problem.field, language), **detail})


def column_word(field: str, language: str) -> str:
    """A column that no rule knows has its own header word for a name."""
    return catalogue(language).get(f"column.{field}", field)


def value_word(value: str, language: str) -> str:
    return catalogue(language).get(f"value.{value}", value)
