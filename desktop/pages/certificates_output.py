"""Save, sign and print: all certificates that are issued, or the rows chosen; each text says how many."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QLocale, QObject, QSettings
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QFileDialog, QInputDialog, QLineEdit, QMenu, QPushButton, QWidget

from desktop.pages.certificates_parts import IssuedTable
from desktop.pages.certificates_print import print_pages
from desktop.viewmodels.certificates import CertificatesViewModel, SignedBy
from desktop.widgets.basics import plain_button

BADGE_LISTS = "certificates/badge-lists"
"""The address that was typed last."""


class OutputMenus(QObject):
    """The buttons `save` and `print` with their menus."""

    def __init__(self, view_model: CertificatesViewModel, table: IssuedTable, page: QWidget,
                 settings: QSettings | None = None) -> None:
        super().__init__(page)
        self._view_model, self._table, self._page, self._settings = view_model, table, page, settings
        self.save, self.print = plain_button(self.tr("&Save"), "export"), plain_button(self.tr("&Print"), "print")
        self.save_all = self._action(self.save, lambda: self._save_together(self._all()))
        self.save_each_of_all = self._action(self.save, lambda: self._save_each(self._all()))
        self.save_chosen = self._action(self.save, lambda: self._save_together(table.selected_ids()))
        self.save_each_chosen = self._action(self.save, lambda: self._save_each(table.selected_ids()))
        self.save_badges = self._action(self.save, lambda: self._save_badges(table.selected_ids()))
        self.sign_by_nobody, self.sign_by_centre, self.sign_by_file = self._signing()
        self.print_all = self._action(self.print, lambda: view_model.prepare_print(self._all()))
        self.print_chosen = self._action(self.print, lambda: view_model.prepare_print(table.selected_ids()))
        table.selectionModel().selectionChanged.connect(self._show_counts)
        view_model.content_changed.connect(self._show_counts)
        view_model.printable.connect(self._ask_printer)
        for changed in (view_model.busy_changed, view_model.signer_changed):
            changed.connect(self._show_signer)
        self._show_counts()

    def _action(self, button: QPushButton, run: Callable[[], None]) -> QAction:
        menu = button.menu() or QMenu(button)
        button.setMenu(menu)
        action = QAction(menu)
        action.triggered.connect(lambda: run())  # noqa: PLW0108  keeps Qt's `checked` away
        menu.addAction(action)
        return action

    def _signing(self) -> Sequence[QAction]:
        """Nobody, the centre, a file."""
        menu = self.save.menu().addMenu(self.tr("Si&gn the PDFs"))
        group, actions = QActionGroup(menu), []
        for text, run in ((self.tr("&Not at all"), self._view_model.sign_by_nobody),
                          (self.tr("By the &centre's own key"), self._view_model.sign_by_centre),
                          (self.tr("By a key &file (.p12) …"), self._ask_for_key)):
            action = QAction(text, menu, checkable=True)
            action.triggered.connect(lambda _checked, run=run: run())
            group.addAction(action)
            menu.addAction(action)
            actions.append(action)
        actions[0].setChecked(True)
        return actions

    def _show_signer(self) -> None:
        """What is chosen counts once the key has been found good."""
        shown = {SignedBy.NOBODY: self.sign_by_nobody, SignedBy.CENTRE: self.sign_by_centre,
                 SignedBy.FILE: self.sign_by_file}
        shown[self._view_model.signed_by].setChecked(True)

    def _ask_for_key(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(
            self._page, self.tr("Sign the PDFs"), "", self.tr("Keys with their certificate (*.p12 *.pfx)"))
        if chosen:
            passphrase, given = QInputDialog.getText(
                self._page, self.tr("Sign the PDFs"), self.tr("Passphrase of {file}").format(file=Path(chosen).name),
                QLineEdit.EchoMode.Password)
            if given:
                self._view_model.sign_by_file(Path(chosen), passphrase)
                return
        self._show_signer()

    def _save_badges(self, certificates: Sequence[str]) -> None:
        kept = str(self._settings.value(BADGE_LISTS, "")) if self._settings is not None else ""
        lists, given = QInputDialog.getText(
            self._page, self.tr("Save as Open Badges"),
            self.tr("Where the association publishes its status lists for readers of badges (https://…).\n"
                    "Without it a badge cannot show a later revocation."), QLineEdit.EchoMode.Normal, kept)
        if not given:
            return
        chosen = QFileDialog.getExistingDirectory(self._page, self.tr("Save as Open Badges"))
        if chosen:
            if self._settings is not None:
                self._settings.setValue(BADGE_LISTS, lists)
            self._view_model.save_badges(certificates, Path(chosen), lists.strip())

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
            (self.save_badges, self.tr("The {n} chosen as Open &Badges …"), chosen),
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
