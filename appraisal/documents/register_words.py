"""The words of registers and tickets, in the language that they are printed in."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from appraisal.domain.certificate import Bilingual
from appraisal.domain.marks import Mark, MarkState
from appraisal.domain.scheme import Criterion, Subject
from appraisal.sentences import catalogue, say


@dataclass(frozen=True, slots=True)
class Words:
    language: str

    def __call__(self, code: str, **detail: Any) -> str:
        return say(f"register.{code}", self.language, **detail)

    @property
    def colon(self) -> str:
        return "：" if self.language == "zh_CN" else ": "

    def of(self, named: Bilingual | Subject | Criterion) -> str:
        return named.zh if self.language == "zh_CN" else named.en

    def value(self, code: str) -> str:
        return catalogue(self.language).get(f"value.{code}", code)

    def mark(self, mark: Mark | None) -> str:
        """A number without needless zeros, or why there is none; `--` for none yet."""
        if mark is None:
            return "--"
        if mark.value is not None:
            return f"{Decimal(f'{mark.value.normalize():f}'):f}"
        return self("absent") if mark.state is MarkState.ABSENT else self("void")

    def day(self, when: date) -> str:
        return f"{when.year}年{when.month}月{when.day}日" if self.language == "zh_CN" else when.isoformat()
