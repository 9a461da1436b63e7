"""What every table can do from its context menu and by keys: copy, export to Excel, print."""

from collections.abc import Callable, Mapping
from concurrent.futures import Future
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QDate, QDateTime, QLocale, QObject, QStandardPaths, Qt, QUrl
from PySide6.QtGui import QAction, QDesktopServices, QKeySequence
from PySide6.QtWidgets import QDialog, QFileDialog, QTableView, QVBoxLayout, QWidget

from appraisal.domain.errors import EnvironmentFault, RuleViolation
from appraisal.domain.handout import Means
from desktop.errors import sentence, sentence_of
from desktop.models.paged_table import PagedTableModel
from desktop.tasks import Cancelled, Progress, Tasks
from desktop.theme import GRID
from desktop.widgets.basics import plain_button, primary_button, row
from desktop.widgets.handout import HandoutDialog
from desktop.widgets.icons import icon
from desktop.widgets.notice import Notice
from desktop.widgets.progress_panel import ProgressPanel

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

    from desktop.widgets.table_export import TableText

@dataclass(frozen=True, slots=True)
class Handout:
    """A list of people that leaves the desk."""

    table: str
    rows: int
    means: Means
    masked: bool
    why: str


Note = Callable[[Handout], None]
"""Keeps it in the journal; off the GUI thread."""
Said = tuple[str, Mapping[str, Any]]
"""Code and details of the sentence that says what was done."""


def protect_lists(page: QWidget, note: Note) -> None:
    """Every table of the page is a list of people."""
    for one in page.findChildren(TableTools):
        one.protect(note)


class JobDialog(QDialog):
    """Long work with progress and cancel, then what came of it. Closing it while it runs cancels."""

    def __init__(self, what: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(what)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(440)
        self._what, self._progress = what, None  # type: tuple[str, Progress | None]
        self.panel, self.notice = ProgressPanel(), Notice()
        self.notice.dismiss.hide()
        self.open_file = plain_button(self.tr("&Open the file"))
        self.done_button = primary_button(self.tr("&Close"), "", self.accept)
        self.open_file.hide()
        self.done_button.hide()
        column = QVBoxLayout(self)
        column.setSpacing(GRID)
        column.addWidget(self.panel)
        column.addWidget(self.notice)
        column.addStretch(1)
        column.addLayout(row(None, self.open_file, self.done_button))

    def run(self, tasks: Tasks, work: Callable[[Progress], Said], file: Path | None = None) -> None:
        """`file`: what the work makes, offered to be opened."""
        self._progress = tasks.read_long(work, lambda done: self._on_done(done, file), self.panel.step)
        self.panel.follow(self._what, self._progress)
        self.open()

    def tell(self, done: "Future[None]") -> None:
        """What kept the work from beginning."""
        self._on_done(done, None)  # type: ignore[arg-type]  # it has no result
        self.open()

    def reject(self) -> None:
        if self._progress is not None:
            self._progress.cancel()
        else:
            super().reject()

    def _on_done(self, done: "Future[Said]", file: Path | None) -> None:
        self._progress = None
        self.panel.finish()
        self.done_button.show()
        self.done_button.setFocus()
        try:
            code, detail = done.result()
        except Cancelled:
            self.close()
        except RuleViolation as refusal:
            self.notice.refuse(sentence_of(refusal))
        except EnvironmentFault as fault:
            self.notice.warn(sentence_of(fault))
        else:
            self.notice.good(sentence(code, detail))
            if file is not None:
                self.open_file.clicked.connect(lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(file))))
                self.open_file.show()


class TableTools(QObject):
    """Lives with its table. `title` heads the file and the paper."""

    def __init__(self, table: QTableView, copy: Callable[[], None]) -> None:
        super().__init__(table)
        self._table, self.title = table, ""
        self._note: Note | None = None
        copy_keys, export_keys, print_keys = (
            QKeySequence(QKeySequence.StandardKey.Copy), QKeySequence("Ctrl+Shift+E"), QKeySequence("Ctrl+Shift+P"))
        self.copy = self._action(self.tr("&Copy the rows"), "copy", copy_keys, copy)
        self.export = self._action(self.tr("&Export to Excel …"), "export", export_keys, self._ask_file)
        self.print = self._action(self.tr("&Print …"), "print", print_keys, self._ask_printer)
        table.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)

    def protect(self, note: "Note") -> None:
        """The table is a list of people: from now on a reason is asked for before it leaves, and noted. Rows that are
        copied are masked and noted, without a question."""
        self._note = note

    def is_protected(self) -> bool:
        return self._note is not None

    def tell_copied(self, rows: int) -> None:
        model, note = self._model(), self._note
        if model is not None and note is not None and rows:
            handout = Handout(self._title(), rows, Means.CLIPBOARD, True, "")
            model.tasks().write(lambda: note(handout),
                                lambda done: self._on_noted(self.tr("Copy the rows"), done, lambda: None))

    def export_to(self, file: Path, *, masked: bool = False) -> None:
        """All records of the table into `file`, with a dialog that shows how far it is."""
        from desktop.widgets.table_export import write_excel  # noqa: PLC0415  loaded when first wanted: start-up counts

        if (model := self._model()) is None:
            return
        text = self._text(model, masked=masked)

        def work(progress: Progress) -> Said:
            return "table_exported", {"rows": write_excel(text, file, progress.step), "file": str(file)}

        self._start(self.tr("Export to Excel"), model, work, file)

    def print_on(self, printer: "QPrinter", *, masked: bool = False) -> None:
        """All records of the table on `printer`, as it was set up."""
        from desktop.widgets.table_print import print_table  # noqa: PLC0415  loaded when first wanted

        if (model := self._model()) is None:
            return
        text, words = self._text(model, masked=masked), self.tr("Page {page} of {pages}")

        def work(progress: Progress) -> Said:
            rows, pages = print_table(
                text, printer, lambda page, of: words.format(page=page, pages=of), progress.step)
            return "table_printed", {"rows": rows, "pages": pages}

        self._start(self.tr("Print"), model, work)

    def _ask_file(self) -> None:
        if self._model() is not None:
            self._agreed(self.tr("Export to Excel"), Means.EXCEL, self._choose_file)

    def _agreed(self, title: str, means: Means, go_on: "Callable[[bool], None]") -> None:
        """Goes on, masked or not, once the reason is in the journal; at once where the table is of no people."""
        model, note = self._model(), self._note
        if model is None or note is None:
            go_on(False)
            return
        rows, tasks = model.rowCount(), model.tasks()

        def noted(why: str, masked: bool) -> None:
            handout = Handout(self._title(), rows, means, masked, why)
            tasks.write(lambda: note(handout), lambda done: self._on_noted(title, done, lambda: go_on(masked)))

        dialog = HandoutDialog(title, rows, self._table.window())
        dialog.agreed.connect(noted)
        dialog.open()

    def _on_noted(self, title: str, done: "Future[None]", go_on: Callable[[], None]) -> None:
        if done.exception() is None:
            go_on()
        else:
            JobDialog(title, self._table.window()).tell(done)

    def _choose_file(self, masked: bool) -> None:
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        name = f"{self._title()} {QDate.currentDate().toString('yyyy-MM-dd')}.xlsx".replace("/", "-")
        chosen, _ = QFileDialog.getSaveFileName(
            self._table, self.tr("Export to Excel"), str(Path(folder) / name), self.tr("Excel workbook (*.xlsx)"))
        if chosen:
            file = Path(chosen)
            self.export_to(file if file.suffix.lower() == ".xlsx" else file.with_name(f"{file.name}.xlsx"),
                           masked=masked)

    def _ask_printer(self) -> None:
        if self._model() is not None:
            self._agreed(self.tr("Print"), Means.PAPER, self._choose_printer)

    def _choose_printer(self, masked: bool) -> None:
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter  # noqa: PLC0415  loaded when first wanted

        from desktop.widgets.table_print import suit  # noqa: PLC0415

        if (model := self._model()) is None:
            return
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        suit(printer, self._text(model, masked=masked))
        dialog = QPrintDialog(printer, self._table)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted.connect(lambda: self.print_on(printer, masked=masked))
        QDialog.open(dialog)  # the print dialog's own wants a slot by name

    def _start(self, what: str, model: "PagedTableModel[Any]", work: Callable[[Progress], Said],
               file: Path | None = None) -> None:
        JobDialog(what, self._table.window()).run(model.tasks(), work, file)

    def _text(self, model: "PagedTableModel[Any]", *, masked: bool) -> "TableText":
        from desktop.widgets.table_export import TableText  # noqa: PLC0415  loaded when first wanted

        shown = [number for number in range(model.columnCount()) if not self._table.isColumnHidden(number)]
        made = QLocale().toString(QDateTime.currentDateTime(), QLocale.FormatType.ShortFormat)
        heads = tuple(model.columns()[number].title for number in shown)
        widths = tuple(self._table.columnWidth(number) for number in shown)
        return TableText(self._title(), made, heads, widths, model.rowCount(),
                         model.texts(shown, masked=masked))

    def _title(self) -> str:
        return self.title or self._table.accessibleName() or self.tr("Table")

    def _model(self) -> "PagedTableModel[Any] | None":
        model = self._table.model()
        return model if isinstance(model, PagedTableModel) and model.rowCount() else None

    def _action(self, text: str, icon_name: str, keys: QKeySequence, run: Callable[[], None]) -> QAction:
        made = QAction(icon(icon_name), text, self._table)
        made.setShortcut(keys)
        made.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        made.triggered.connect(lambda: run())  # noqa: PLW0108  keeps Qt's `checked` away
        self._table.addAction(made)
        return made
