"""Adds to tests/vectors/journal/kinds.json one entry for each kind and version that has none yet.

    PYTHONPATH=. python tests/vectors/make_journal_kinds.py

What stands there is never made again: those bytes have been released, and every later program has to read them just so.
The fields are samples by their types; the data key (32 bytes of 5) is public on purpose.
"""

import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

import msgspec

import appraisal.domain
from appraisal.domain.events import Kind, kinds
from appraisal.journal import START, Entry, make, read, unseal, write

FILE = Path(__file__).parent / "journal" / "kinds.json"
KEY = bytes([5]) * 32
PERSON = "01900000000070008000000000000005"
HEAD = Entry(bytes(15) + b"\2", bytes(15) + b"\4", 1, START, (1_790_000_000_000, 0), PERSON, "", 1, "", {}, None, None)
_SIMPLE = {str: "示例 text", int: 3, bool: True, bytes: b"bytes", Decimal: Decimal("61.5"), date: date(2026, 3, 1),
           datetime: datetime.fromisoformat("2026-03-01T09:30"),
           NoneType: None, Any: "any"}


def released() -> Mapping[tuple[str, int], Kind]:
    """Every kind of this release: an event is known once its module is there."""
    for module in iter_modules(appraisal.domain.__path__):
        import_module(f"appraisal.domain.{module.name}")
    return kinds()


def sample(of: Any) -> Any:
    """A value of that type."""
    origin, inner = get_origin(of), get_args(of)
    if origin in (Union, UnionType):
        return sample(next(one for one in inner if one is not NoneType))
    if origin is Literal:
        return inner[0]
    if origin in (tuple, list):
        return tuple(sample(one) for one in inner if one is not ...)
    if origin is frozenset:
        return frozenset({sample(inner[0])})
    if origin is not None and issubclass(origin, Mapping):
        return {sample(inner[0]): sample(inner[1])}
    if is_dataclass(of):
        hints = get_type_hints(of)
        return of(**{one.name: PERSON if one.name == "person" else sample(hints[one.name]) for one in fields(of)})
    if isinstance(of, type) and issubclass(of, Enum):
        return next(iter(of))
    return _SIMPLE[of]


def entry(kind: Kind) -> bytes:
    return write(make(HEAD, sample(kind.cls), KEY, lambda: bytes(12)))


def fields_of(data: bytes) -> Any:
    """The event's fields as a reader has them, open and sealed, bytes in hexadecimal."""
    happened = msgspec.to_builtins(unseal(read(data), KEY), builtin_types=(bytes,))
    return json.loads(json.dumps(happened, default=bytes.hex))


def main() -> None:
    there = json.loads(FILE.read_text("utf-8")) if FILE.exists() else []
    known = {(one["kind"], one["version"]) for one in there}
    for (name, version), kind in sorted(released().items()):
        if (name, version) not in known:
            data = entry(kind)
            there.append({"kind": name, "version": version, "local": kind.local, "hex": data.hex(),
                          "key": KEY.hex(), "fields": fields_of(data)})
    FILE.write_text(json.dumps(there, ensure_ascii=False, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
