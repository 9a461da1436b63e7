"""Events: facts in the past tense. They are the only thing that ever changes the database.

Each is a frozen dataclass with a first field that names its subject. Fields named in `sealed` are personal:
they leave the journal's body and travel encrypted under the key of the person named by the event's `person`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from typing import Any, TypeVar

import msgspec

E = TypeVar("E")
Id = str
"""A UUIDv7 as 32 lower-case hexadecimal digits."""


@dataclass(frozen=True, slots=True)
class Kind:
    """How one released event is written: its name for ever, and which fields are personal."""

    name: str
    version: int
    cls: type
    sealed: tuple[str, ...]
    subject: str
    local: bool
    """Stays at the desk: it concerns the desk's own running, and no bundle carries it."""


_by_name: dict[tuple[str, int], Kind] = {}
_by_class: dict[type, Kind] = {}


def event(
    name: str, version: int = 1, sealed: tuple[str, ...] = (), *, local: bool = False,
) -> Callable[[type[E]], type[E]]:
    """Name a frozen dataclass as the event `name`, version `version`, for ever."""

    def register(cls: type[E]) -> type[E]:
        names = [f.name for f in fields(cls)]  # type: ignore[arg-type]
        if sealed and "person" not in names:
            raise TypeError(f"{name}: sealed fields need a person")
        kind = Kind(name, version, cls, sealed, names[0], local)
        _by_name[name, version] = _by_class[cls] = kind
        return cls

    return register


def kind_of(happened: object) -> Kind:
    return _by_class[type(happened)]


def kinds() -> Mapping[tuple[str, int], Kind]:
    return _by_name


def to_body(happened: object) -> tuple[dict[str, Any], dict[str, Any]]:
    """Open fields and sealed fields, as plain values: text, whole numbers, booleans, bytes, lists, maps."""
    body: dict[str, Any] = msgspec.to_builtins(happened, builtin_types=(bytes,))
    sealed = {name: body.pop(name) for name in kind_of(happened).sealed}
    return body, sealed


def from_body(name: str, version: int, body: Mapping[str, Any]) -> Any:
    """Raises KeyError for an event that this release does not know, msgspec.ValidationError for a bad one."""
    return msgspec.convert(dict(body), _by_name[name, version].cls)
