"""Which Qt modules are let in, and where."""

import ast
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest


@pytest.fixture
def qt_imports(script: Callable[[str], ModuleType]) -> ModuleType:
    return script("qt_imports")


@pytest.mark.parametrize("source", [
    "import PySide6.QtCharts", "from PySide6 import QtCharts", "from PySide6.QtCharts import QChart",
    "def late():\n    from PySide6 import QtCharts as charts",
])
def test_each_way_to_import_is_seen(qt_imports: ModuleType, source: str) -> None:
    assert [module for _, module in qt_imports.qt_modules(ast.parse(source))] == ["QtCharts"]


@pytest.mark.parametrize(("module", "path", "ok"), [
    ("QtCharts", "desktop/widgets/radar.py", False),
    ("QtVirtualKeyboard", "tests/desktop/test_keys.py", False),
    ("QtSql", "db/engine.py", False),
    ("QtWidgets", "desktop/viewmodels/marks.py", False),
    ("QtPdfWidgets", "desktop/viewmodels/certificates.py", False),
    ("QtWidgets", "desktop/pages/marks.py", True),
    ("QtCore", "desktop/viewmodels/marks.py", True),
])
def test_a_module_has_its_place(qt_imports: ModuleType, module: str, path: str, ok: bool) -> None:
    assert (qt_imports.refused(module, Path(path)) is None) is ok


def test_a_breach_is_named_with_file_and_line(qt_imports: ModuleType, tmp_path: Path) -> None:
    (tmp_path / "desktop/viewmodels").mkdir(parents=True)
    (tmp_path / "desktop/viewmodels/figures.py").write_text("import ast\nfrom PySide6.QtWidgets import QLabel\n")
    assert qt_imports.complaints(tmp_path) == [
        "desktop/viewmodels/figures.py:2: QtWidgets has widgets: a view-model knows none"]


def test_the_house_keeps_it(qt_imports: ModuleType) -> None:
    assert qt_imports.complaints() == []
