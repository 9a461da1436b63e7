"""The schemes that this release ships, from resources/schemes."""

import tomllib
from collections.abc import Mapping
from importlib.resources import files

from appraisal.domain.scheme import Scheme, scheme_from


def load_schemes() -> Mapping[str, Scheme]:
    found = (scheme_from(tomllib.loads(file.read_text("utf-8")))
             for file in sorted((files("resources") / "schemes").iterdir(), key=lambda f: f.name)
             if file.name.endswith(".toml"))
    return {scheme.code: scheme for scheme in found}
