"""The cards beside the operators: copies of the data, and one's own passphrase."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QDateTime, QLocale
from PySide6.QtWidgets import QFileDialog, QFrame, QVBoxLayout

from appraisal.domain.errors import EnvironmentFault, RuleViolation
from desktop.errors import sentence_of
from desktop.theme import GRID
from desktop.viewmodels.administration import AdministrationViewModel
from desktop.widgets.basics import label, plain_button, row
from desktop.widgets.notice import Notice


class _Card(QFrame):
    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.title = label("", "heading")
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        self.column.setSpacing(GRID)
        self.column.addWidget(self.title)


class BackupCard(_Card):
    def __init__(self, view_model: AdministrationViewModel) -> None:
        super().__init__()
        self._view_model = view_model
        self.title.setText(self.tr("Backup"))
        self.start = plain_button(self.tr("&Back up now …"), "export", self.ask_folder)
        self.last, self.said = label("", wrap=True), Notice()
        self.column.addWidget(self.last)
        self.column.addWidget(label(
            self.tr("An encrypted copy with everybody's keys, checked before it counts. Keep it on a stick or another "
                    "disk, away from this computer."), "muted", wrap=True))
        self.column.addWidget(self.said)
        self.column.addLayout(row(self.start, None))
        view_model.backed_up.connect(self._show_backed_up)
        view_model.backup_failed.connect(self._show_failed)
        view_model.busy_changed.connect(lambda busy: self.start.setEnabled(view_model.may_change and not busy))
        self.start.setEnabled(view_model.may_change)

    def ask_folder(self) -> None:
        folder = QFileDialog.getExistingDirectory(self, self.tr("Folder for the backup"))
        if folder:
            self.said.info(self.tr("Copying and checking …"))
            self._view_model.back_up(Path(folder))

    def show_last(self) -> None:
        last = self._view_model.last_backup
        if last is None:
            self.last.setText(self.tr("There is no backup yet."))
            return
        when = QDateTime.fromSecsSinceEpoch(int(last.timestamp()))
        self.last.setText(self.tr("Last backup: {when}").format(
            when=QLocale().toString(when, QLocale.FormatType.ShortFormat)))

    def _show_backed_up(self, target: str) -> None:
        self.said.good(self.tr("Copied to {folder} and checked.").format(folder=target))

    def _show_failed(self, problem: RuleViolation | EnvironmentFault) -> None:
        self.said.warn(sentence_of(problem))


class OwnCard(_Card):
    def __init__(self, name: str, login: str, change: Callable[[], None]) -> None:
        super().__init__()
        self.title.setText(self.tr("My passphrase"))
        self.start = plain_button(self.tr("Change &my passphrase …"), "lock", change)
        self.column.addWidget(label(
            self.tr("Signed in as {name} ({login}). Nobody else can see or change this passphrase.")
            .format(name=name, login=login), "muted", wrap=True))
        self.column.addLayout(row(self.start, None))
