"""Regions of GB/T 2260: provinces, cities and counties, by six-digit code and by name."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from appraisal.domain.text import compact

_CODE = re.compile(r"\d{6}")
_KIND = re.compile(r"(省|市|特别行政区|(壮族|回族|维吾尔)?自治区)$")
"""What people leave out when they write a province or a city."""


@dataclass(frozen=True)
class Regions:
    """Frozen; `slots` are left out for the properties that are worked out once."""

    names: Mapping[str, str]
    """Code -> its own name, in the order of codes: `110102` -> 西城区."""

    @cached_property
    def counties(self) -> frozenset[str]:
        """What the first six digits of a resident's number may be today: counties, and cities that have none."""
        below = {code[:4] for code in self.names if not code.endswith("00")}
        return frozenset(code for code in self.names
                         if not code.endswith("00") or (not code.endswith("0000") and code[:4] not in below))

    @cached_property
    def full_names(self) -> Mapping[str, str]:
        """Code -> the names from the province down: 新疆维吾尔自治区乌鲁木齐市天山区."""
        return {code: "".join(self.names[one] for one in _line(code) if one in self.names) for code in self.names}

    def find(self, said: str) -> str | None:
        """The code of the smallest region that `said` begins with (北京市西城区, 广西桂林, 450300); None: none."""
        text, found = compact(said), ""
        if _CODE.fullmatch(text):
            return next((one for one in reversed(_line(text)) if one in self.names), None)
        for _ in range(3):
            known = max((one for one in self._below(found) if _begins(text, self.names[one])), default=None,
                        key=lambda one: _begins(text, self.names[one]))
            if known is None:
                break
            text, found = text[_begins(text, self.names[known]):], known
        return found or None

    def _below(self, code: str) -> Sequence[str]:
        return self._children.get(code, ())

    @cached_property
    def _children(self) -> Mapping[str, Sequence[str]]:
        """Code -> the codes straight under it; counties are also under their province, as people leave cities out."""
        made: dict[str, list[str]] = {}
        for code in self.names:
            for above in _line(code)[:-1] or ("",):
                made.setdefault(above, []).append(code)
        return made


def regions(lines: Iterable[str]) -> Regions:
    """Of a table's lines: a code and a name; `#` begins a comment. Raises ValueError."""
    names = dict(line.split() for line in lines if line.strip() and not line.startswith("#"))
    if not all(_CODE.fullmatch(code) for code in names):
        raise ValueError("region")
    return Regions(names)


def _line(code: str) -> tuple[str, ...]:
    """The codes from the province down to this one."""
    return tuple(dict.fromkeys((f"{code[:2]}0000", f"{code[:4]}00", code)))


def _begins(text: str, name: str) -> int:
    """How many characters of `text` are this name, whole or as people shorten it; 0: it begins with another."""
    return next((len(one) for one in (name, _KIND.sub("", name)) if len(one) > 1 and text.startswith(one)), 0)
