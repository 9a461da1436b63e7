"""The status bar: who, which desk, what is unsent, when the last backup was, how old the lists are."""

from PySide6.QtCore import QDateTime, QLocale
from PySide6.QtWidgets import QLabel, QStatusBar, QWidget

from desktop.errors import sentence
from desktop.shell.entries import DeskStatus
from desktop.widgets.basics import restyle

LISTS_WARN_DAYS = 30
"""From here issuing warns too (staleness policy of the design; a setting there)."""


class DeskStatusBar(QStatusBar):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizeGripEnabled(False)
        self.operator, self.desk, self.link = QLabel(), QLabel(), QLabel()
        self.demonstration, self.unsent, self.backup, self.lists = QLabel(), QLabel(), QLabel(), QLabel()
        for part in (self.operator, self.desk, self.demonstration):
            self.addWidget(part)
        for part in (self.link, self.unsent, self.backup, self.lists):
            self.addPermanentWidget(part)
        self.show_status(DeskStatus())

    def show_status(self, status: DeskStatus) -> None:
        self._say(self.operator, status.operator)
        self._say(self.desk, status.desk)
        self._say(self.demonstration, self.tr("Demonstration: nothing here is real") if status.demonstration else "",
                  "warn")
        link = {None: "", True: self.tr("Online"), False: self.tr("Offline")}[status.online]
        self._say(self.link, link)
        self._say(self.unsent, self.tr("All sent") if not status.unsent
                  else self.tr("{n} unsent").format(n=QLocale().toString(status.unsent)),
                  "info" if status.unsent else "")
        if not status.operator:
            for part in (self.unsent, self.backup, self.lists):
                part.hide()
            return
        if status.on_server:
            self._say(self.backup, sentence("backup_is_servers"))
        else:
            self._say(self.backup, self._backup(status), "warn" if status.last_backup is None else "")
        age = status.list_age_days
        self._say(self.lists, self.tr("No lists yet") if age is None
                  else self.tr("Lists {n} days old").format(n=age),
                  "warn" if age is not None and age >= LISTS_WARN_DAYS else "")

    def _backup(self, status: DeskStatus) -> str:
        if status.last_backup is None:
            return self.tr("No backup yet")
        when = QDateTime.fromSecsSinceEpoch(int(status.last_backup.timestamp()))
        return self.tr("Backup {when}").format(when=QLocale().toString(when, QLocale.FormatType.ShortFormat))

    def _say(self, part: QLabel, text: str, tone: str = "") -> None:
        part.setText(text)
        part.setVisible(bool(text))
        restyle(part, "tone", tone)
