"""The licence check refuses what may not be shipped, and only that."""

from collections.abc import Callable
from types import ModuleType

import pytest


@pytest.fixture
def licences(script: Callable[[str], ModuleType]) -> ModuleType:
    return script("licences")


@pytest.mark.parametrize(("expression", "fits"), [
    ("MIT", True),
    ("LGPL-3.0-only", True),
    ("Apache-2.0 OR BSD-3-Clause", True),
    ("LGPL-3.0-only OR GPL-2.0-only OR GPL-3.0-only", True),
    ("BSD-3-Clause AND GPL-3.0-or-later WITH GCC-exception-3.1", True),
    ("GPL-3.0-only", False),
    ("AGPL-3.0-or-later", False),
    ("MIT AND GPL-2.0-only", False),
    ("GPL-2.0-only OR AGPL-3.0-only", False),
    ("GPL-3.0-or-later WITH Classpath-exception-2.0", False),
    ("", False),
    ("Freeware", False),
])
def test_a_licence_fits_or_not(licences: ModuleType, expression: str, fits: bool) -> None:
    assert licences.allowed(expression) is fits


def test_a_package_that_does_not_fit_is_named(licences: ModuleType) -> None:
    found = licences.complaints([("good", "MIT"), ("bad", "AGPL-3.0-only")], "| good | MIT |\n| bad | AGPL-3.0-only |")
    assert found == ["bad: its licence 'AGPL-3.0-only' is not one that we may ship"]


def test_a_package_left_out_of_the_notices_is_named(licences: ModuleType) -> None:
    assert "good (MIT) is not in THIRD-PARTY-NOTICES.md" in licences.complaints([("good", "MIT")], "")[0]


def test_words_read_by_hand_count_only_while_they_stay_the_same(licences: ModuleType) -> None:
    assert licences.licence_of("qrcode", None, "BSD") == "BSD-3-Clause"
    assert licences.licence_of("qrcode", None, "GPL") == "GPL"
    assert licences.licence_of("pyrage", None, None) == "MIT"
    assert licences.licence_of("pyrage", None, "Elastic-2.0") == "Elastic-2.0"
    assert licences.licence_of("unheard-of", None, None) == ""


def test_what_the_page_carries_fits(licences: ModuleType) -> None:
    carried = licences.in_the_page(licences.PAGE_LOCK.read_text("utf-8"))
    assert {"zxing-wasm", "pako"} <= dict(carried).keys()
    assert "esbuild" not in dict(carried)  # it makes the page and is not in it
    assert licences.complaints(carried, licences.NOTICES.read_text("utf-8")) == []


def test_what_is_installed_fits(licences: ModuleType) -> None:
    installed = [licences.stated(one) for one in licences.runtime_distributions()]
    names = {name for name, _ in installed}
    assert {"pyside6", "psycopg-binary", "shiboken6", "sqlcipher3"} <= names  # the second is brought by an extra
    assert "pytest" not in names
    assert licences.complaints(installed, licences.NOTICES.read_text("utf-8")) == []
