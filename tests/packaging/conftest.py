"""The scripts of packaging/ are no package: each is loaded from its file."""

import importlib.util
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType

import pytest

SCRIPTS = Path(__file__).parents[2] / "packaging"


@pytest.fixture(scope="session")
def script() -> Iterator[Callable[[str], ModuleType]]:
    loaded: list[str] = []

    def load(name: str) -> ModuleType:
        key = f"packaging_script_{name}"
        if key not in sys.modules:
            spec = importlib.util.spec_from_file_location(key, SCRIPTS / f"{name}.py")
            assert spec is not None
            assert spec.loader is not None
            sys.modules[key] = importlib.util.module_from_spec(spec)
            loaded.append(key)
            spec.loader.exec_module(sys.modules[key])
        return sys.modules[key]

    yield load
    for key in loaded:
        del sys.modules[key]
