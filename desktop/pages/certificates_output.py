"""Save and Print: of all certificates that are issued, or of the rows chosen; each text says how many."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QLocale, QObject
from PySide6.QtGui import QAction
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QFileDialog, QMenu, QPushButton, QWidget

from desktop.pages.certificates_parts import IssuedTable
from desktop.pages.certificates_print import print_pages
from desktop.viewmodels.certificates import CertificatesViewModel
from desktop.widgets.basics import plain_button


class OutputMenus(QObject):
    """The buttons `save` and `print` with their menus."""

    def __init__(self, view_model: CertificatesViewModel, table: IssuedTable, page: QWidget) -> None:
        super().__init__(page)
        self._view_model, self._table, self._page = view_model, table, page
        self.save, self.print = plain_button(self.tr("&Save"), "export"), plain_button(self.tr("&Print"), "print")
        self.save_all = self._action(self.save, lambda: self._save_together(self._all()))
        self.save_each_of_all = self._action(self.save, lambda: self._save_each(self._all()))
        self.save_chosen = self._action(self.save, lambda: self._save_together(table.selected_ids()))
        self.save_each_chosen = self._action(self.save, lambda: self._save_each(table.selected_ids()))
        self.print_all = self._action(self.print, lambda: view_model.prepare_print(self._all()))
        self.print_chosen = self._action(self.print, lambda: view_model.prepare_print(table.selected_ids()))
        table.selectionModel().selectionChanged.connect(self._show_counts)
        view_model.content_changed.connect(self._show_counts)
        view_model.printable.connect(self._ask_printer)
        self._show_counts()

    def _action(self, button: QPushButton, run: Callable[[], None]) -> QAction:
        menu = button.menu() or QMenu(button)
        button.setMenu(menu)
        action = QAction(menu)
        action.triggered.connect(lambda: run())  # noqa: PLW0108  keeps Qt's `checked` away
        menu.addAction(action)
        return action

    def _all(self) -> Sequence[str]:
        content = self._view_model.content
        return [one.id for one in content.issued] if content is not None else []

    def _show_counts(self) -> None:
        number, every, chosen = QLocale().toString, len(self._all()), len(self._table.selected_ids())
        for action, text, count in (
            (self.save_all, self.tr("All {n} as &one PDF …"), every),
            (self.save_each_of_all, self.tr("All {n}, a PDF for &each …"), every),
            (self.print_all, self.tr("&All {n} …"), every),
            (self.save_chosen, self.tr("The {n} &chosen as one PDF …"), chosen),
            (self.save_each_chosen, self.tr("The {n} chosen, a &PDF for each …"), chosen),
            (self.print_chosen, self.tr("The {n} &chosen …"), chosen),
        ):
            action.setText(text.format(n=number(count)))
            action.setEnabled(count > 0)

    def _save_together(self, certificates: Sequence[str]) -> None:
        batch = self._view_model.batch
        name = f"{batch.code}.pdf" if batch is not None else ""
        chosen, _ = QFileDialog.getSaveFileName(self._page, self.tr("Save as one PDF"), name, "PDF (*.pdf)")
        if chosen:
            self._view_model.save_together(certificates, Path(chosen))

    def _save_each(self, certificates: Sequence[str]) -> None:
        chosen = QFileDialog.getExistingDirectory(self._page, self.tr("Save a PDF for each"))
        if chosen:
            self._view_model.save_each(certificates, Path(chosen))

    def _ask_printer(self, pdf: bytes) -> None:
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        if QPrintDialog(printer, self._page).exec() == QPrintDialog.DialogCode.Accepted:
            self._view_model.print_out(lambda step: print_pages(pdf, printer, step))
