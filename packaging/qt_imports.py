"""Which Qt modules may be imported where. import-linter sees PySide6 as one block, so this reads the imports itself.

Exit 1 names file, line and reason.
"""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
ROOMS = ("appraisal", "db", "library", "desktop", "benchmarks", "tests")

# Offered under GPL or commercially only; source: Qt's page "Licenses used in Qt", modules "available under GPL".
GPL_ONLY = frozenset({
    "QtCharts", "QtDataVisualization", "QtGraphs", "QtGraphsWidgets", "QtHttpServer", "QtNetworkAuth", "QtQuick3D",
    "QtVirtualKeyboard",
})
WIDGETS = frozenset({"QtWidgets", "QtPrintSupport", "QtPdfWidgets", "QtMultimediaWidgets", "QtSvgWidgets"})


def refused(module: str, path: Path) -> str | None:
    """Why the file at `path` (relative to the root) may not import PySide6's `module`; None when it may."""
    if module in GPL_ONLY:
        return "is GPL: we paint it ourselves or do without"
    if module == "QtSql":
        return "brings another SQLite, which cannot open our file"
    if module in WIDGETS and path.is_relative_to("desktop/viewmodels"):
        return "has widgets: a view-model knows none"
    return None


def qt_modules(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Line and name of every PySide6 module that a file imports."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            names = [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
        else:
            continue
        for name in names:
            parts = name.split(".")
            if parts[0] == "PySide6" and len(parts) == 2:
                yield node.lineno, parts[1]


def complaints(root: Path = ROOT) -> list[str]:
    found = []
    for room in ROOMS:
        for file in sorted((root / room).rglob("*.py")):
            path = file.relative_to(root)
            for line, module in qt_modules(ast.parse(file.read_text("utf-8"))):
                if why := refused(module, path):
                    found.append(f"{path}:{line}: {module} {why}")
    return found


def main() -> int:
    found = complaints()
    print("\n".join(found) if found else "qt imports: none from a GPL-only module, none out of its room")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
