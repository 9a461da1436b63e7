"""Registers, tickets and stickers of a batch: tick what is wanted, choose where it goes."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QFileDialog,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from appraisal.domain.errors import EnvironmentFault, RuleViolation
from desktop.errors import sentence_of
from desktop.i18n import current_language
from desktop.theme import GRID
from desktop.viewmodels.registers import RegistersViewModel
from desktop.widgets.basics import label, plain_button, primary_button, row
from desktop.widgets.notice import Notice
from desktop.widgets.progress_panel import ProgressPanel

SIZE = (560, 640)


class RegistersDialog(QDialog):
    def __init__(self, view_model: RegistersViewModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Registers"))
        self.resize(*SIZE)
        self.view_model = view_model
        view_model.setParent(self)
        self.list, self.language, self.notice, self.progress = QListWidget(), QComboBox(), Notice(), ProgressPanel()
        self.list.setAccessibleName(self.tr("Registers"))
        for name, title in view_model.names:
            item = QListWidgetItem(title, self.list)
            item.setData(Qt.ItemDataRole.UserRole, name)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Unchecked)
        for code, words in (("zh_CN", "中文"), ("en", "English")):
            self.language.addItem(words, code)
        self.language.setCurrentIndex(self.language.findData(current_language()))
        named = label(self.tr("&Language of the papers"))
        named.setBuddy(self.language)
        self.all = QCheckBox(self.tr("&All of them"))
        self.sheets = QCheckBox(self.tr("&Excel too, where it is data"))
        self.archive = plain_button(self.tr("A&rchive package …"), "export", self._ask_file)
        self.save = primary_button(self.tr("&Save as PDF …"), "print", self._ask_folder)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        column.setSpacing(GRID)
        column.addWidget(label(f"{view_model.batch.code}  {self.windowTitle()}", "heading"))
        column.addWidget(self.notice)
        column.addLayout(row(self.all, None, named, self.language))
        column.addWidget(self.list, 1)
        column.addWidget(self.sheets)
        column.addWidget(label(self.tr("They name people in full: keep the files where nobody else reads them. What is "
                                       "made is noted in the journal."), "muted", wrap=True))
        column.addWidget(self.progress)
        column.addLayout(row(self.archive, None, plain_button(self.tr("Close"), "", self.reject), self.save))
        self.all.toggled.connect(self._tick_all)
        self.list.itemChanged.connect(lambda _item: self._enable())
        self._bind()
        self._enable()

    def _bind(self) -> None:
        model = self.view_model
        model.began.connect(lambda progress: self.progress.follow(self.tr("Making the papers"), progress))
        model.began.connect(lambda _progress: self._enable(busy=True))
        model.stepped.connect(self.progress.step)
        model.ended.connect(self.progress.finish)
        model.ended.connect(self._enable)
        model.written.connect(lambda count, folder: self.notice.good(
            self.tr("{count} files are in {folder}").format(count=count, folder=folder)))
        model.archived.connect(lambda count, file: self.notice.good(
            self.tr("The archive holds {count} files: {file}").format(count=count, file=file)))
        model.refused.connect(self._show_refused)

    def chosen(self) -> list[str]:
        items = (self.list.item(at) for at in range(self.list.count()))
        return [str(one.data(Qt.ItemDataRole.UserRole)) for one in items if one.checkState() == Qt.CheckState.Checked]

    def _tick_all(self, on: bool) -> None:
        for at in range(self.list.count()):
            self.list.item(at).setCheckState(Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)

    def _enable(self, *, busy: bool = False) -> None:
        self.save.setEnabled(not busy and bool(self.chosen()))
        self.archive.setEnabled(not busy)

    def _ask_folder(self) -> None:
        dialog = QFileDialog(self, self.tr("Folder for the papers"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.fileSelected.connect(lambda folder: self.write_to(Path(folder)))
        dialog.open()

    def write_to(self, folder: Path) -> None:
        self.notice.clear()
        self.view_model.write(self.chosen(), folder, str(self.language.currentData()), sheets=self.sheets.isChecked())

    def _ask_file(self) -> None:
        dialog = QFileDialog(self, self.tr("Archive package"), f"{self.view_model.batch.code}.zip", "ZIP (*.zip)")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("zip")
        dialog.fileSelected.connect(lambda file: self.archive_to(Path(file)))
        dialog.open()

    def archive_to(self, file: Path) -> None:
        self.notice.clear()
        self.view_model.archive(file, str(self.language.currentData()))

    def _show_refused(self, problem: RuleViolation | EnvironmentFault) -> None:
        self.notice.refuse(sentence_of(problem))
