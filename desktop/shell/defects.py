"""What happens to an error that nobody expected: one dialog, a report free of personal data, and work goes on."""

import sys
import threading
import traceback
from collections.abc import Callable
from pathlib import PurePath
from types import TracebackType

import PySide6
from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QPlainTextEdit, QVBoxLayout, QWidget

from appraisal.domain.errors import EnvironmentFault
from desktop.theme import GRID
from desktop.widgets.basics import label, plain_button, primary_button, row

_PACKAGES_ROOT = PurePath(__file__).parents[2]


def report_of(error: BaseException) -> str:
    """Kinds of error and places in the code; never their messages or values, which may be somebody's data."""
    import platform  # noqa: PLC0415 - only a defect asks

    lines = [f"Appraisal Desk {_our_version()}, {platform.system()} {platform.release()}",
             f"Python {platform.python_version()}, PySide6 {PySide6.__version__}"]
    cause: BaseException | None = error
    while cause is not None:
        lines.append(f"{type(cause).__module__}.{type(cause).__qualname__}")
        lines += [f"  {_place(frame.filename)}:{frame.lineno} in {frame.name}"
                  for frame in traceback.extract_tb(cause.__traceback__)]
        cause = cause.__cause__ or (None if cause.__suppress_context__ else cause.__context__)
    return "\n".join(lines)


def _our_version() -> str:
    from importlib.metadata import PackageNotFoundError, version  # noqa: PLC0415 - only a defect asks

    try:
        return version("appraisal-desk")
    except PackageNotFoundError:  # a frozen program without metadata
        return "?"


def _place(filename: str) -> str:
    """Inside the program only: a home folder's name is personal."""
    path = PurePath(filename)
    if path.is_relative_to(_PACKAGES_ROOT) and ".venv" not in path.parts:
        return str(path.relative_to(_PACKAGES_ROOT))
    return path.name


class DefectDialog(QDialog):
    def __init__(self, report: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Something went wrong"))
        self.report = QPlainTextEdit(report)
        self.report.setReadOnly(True)
        self.report.setAccessibleName(self.tr("Report"))
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        column.setSpacing(GRID)
        column.addWidget(label(self.tr("Something went wrong in the program"), "heading"))
        column.addWidget(label(self.tr(
            "The step was undone, and everything saved before it is kept. You can go on working. "
            "The report below names places in the program and nobody's data; please send it to those who "
            "look after this program."), wrap=True))
        column.addWidget(self.report, 1)
        self.copy = plain_button(self.tr("&Copy the report"), "copy", self._copy)
        self.go_on = primary_button(self.tr("&Go on"), "", self.accept)
        column.addLayout(row(None, self.copy, self.go_on))
        self.resize(640, 400)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.report.toPlainText())


class DefectHook(QObject):
    """While installed, takes what reaches sys.excepthook and threading.excepthook, from any thread.

    An EnvironmentFault goes to `on_fault` (a notice), Ctrl+C to Python's own hook, all else to `on_defect`
    with its report, one at a time; `on_defect` returns when its dialog is closed or at once, as it likes.
    """

    _caught = Signal(object)

    def __init__(self, on_defect: Callable[[str], None], on_fault: Callable[[EnvironmentFault], None]) -> None:
        super().__init__()
        self._on_defect, self._on_fault, self._showing = on_defect, on_fault, False
        self._before = (sys.excepthook, threading.excepthook)
        self._caught.connect(self._show, Qt.ConnectionType.QueuedConnection)

    def install(self) -> None:
        self._before = (sys.excepthook, threading.excepthook)
        sys.excepthook = self._take
        threading.excepthook = self._take_from_thread

    def remove(self) -> None:
        sys.excepthook, threading.excepthook = self._before

    def _take(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if isinstance(error, KeyboardInterrupt):
            self._before[0](kind, error, trace)
        else:
            self._caught.emit(error)

    def _take_from_thread(self, hooked: threading.ExceptHookArgs) -> None:
        if hooked.exc_value is not None:
            self._caught.emit(hooked.exc_value)

    @Slot(object)
    def _show(self, error: BaseException) -> None:
        if isinstance(error, EnvironmentFault):
            self._on_fault(error)
        elif not self._showing:
            self._showing = True
            try:
                self._on_defect(report_of(error))
            finally:
                self._showing = False
