"""The lock holds what is asked for, each with a hash; the check says what does not."""

import tomllib
from collections.abc import Callable
from types import ModuleType

import pytest
from packaging.requirements import Requirement

LOCK = """\
alpha==1.2 \\
    --hash=sha256:aa \\
    --hash=sha256:bb
    # via product
beta==2.0 ; python_full_version < '3.12' \\
    --hash=sha256:cc
beta==3.0 ; python_full_version >= '3.12' \\
    --hash=sha256:dd
gamma==1.0
"""


@pytest.fixture
def lock_check(script: Callable[[str], ModuleType]) -> ModuleType:
    return script("lock_check")


def test_pins_are_read_with_markers_and_missing_hashes(lock_check: ModuleType) -> None:
    pinned, bare = lock_check.locked(LOCK)
    assert [(pin.name, str(pin.specifier)) for pin in pinned] == [
        ("alpha", "==1.2"), ("beta", "==2.0"), ("beta", "==3.0"), ("gamma", "==1.0")]
    assert bare == ["gamma"]


@pytest.mark.parametrize(("line", "sentence"), [
    ("delta>=1", "delta is asked for in pyproject.toml and not locked"),
    ("alpha>=1.3", "alpha 1.2 is locked, >=1.3 is asked for"),
    ("beta>=2.5", "beta 2.0 is locked, >=2.5 is asked for"),
])
def test_a_stale_lock_is_told(lock_check: ModuleType, line: str, sentence: str) -> None:
    pinned, _ = lock_check.locked(LOCK)
    found = lock_check.complaints([Requirement(line)], pinned, [])
    assert len(found) == 1
    assert found[0].startswith(sentence)


def test_a_fresh_lock_has_no_complaint(lock_check: ModuleType) -> None:
    pinned, _ = lock_check.locked(LOCK)
    assert lock_check.complaints([Requirement("Alpha>=1"), Requirement("beta>=2,<4")], pinned, []) == []


def test_another_version_installed_is_told(lock_check: ModuleType) -> None:
    found = lock_check.drift([Requirement("pytest==0.1"), Requirement("never-heard-of==1"),
                              Requirement("pytest==0.2 ; python_version < '3'")])
    assert len(found) == 2
    assert "==0.1 is locked" in found[0]
    assert found[1].startswith("never-heard-of: nothing is installed")


def test_what_builds_and_tests_is_asked_for_too(lock_check: ModuleType) -> None:
    project = tomllib.loads((lock_check.ROOT / "pyproject.toml").read_text("utf-8"))
    names = {need.name for need in lock_check.asked(project)}
    assert {"pyside6", "pytest", "setuptools"} <= names


def test_this_lock_is_fresh(lock_check: ModuleType) -> None:
    assert lock_check.main() == 0
