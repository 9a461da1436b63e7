"""Parts of the Certificates page: the two tables and the preview."""

from collections.abc import Sequence

from PySide6.QtCore import QBuffer, QByteArray, QCoreApplication, QIODevice, QMargins, QSettings, QSize, Qt
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPdfWidgets import QPdfView
from PySide6.QtWidgets import QStackedLayout, QVBoxLayout, QWidget

from appraisal.domain.scheme import Scheme
from appraisal.usecases.reads import CertificateRow, ToIssue
from desktop.models.paged_table import Column
from desktop.tasks import Tasks
from desktop.theme import GRID
from desktop.viewmodels.certificates_words import issued_chip, level_word, waiting_chip, waiting_reason
from desktop.viewmodels.sync_words import state_chip
from desktop.widgets.basics import label
from desktop.widgets.rows_table import RowsTable

translate = QCoreApplication.translate


class WaitingTable(RowsTable[ToIssue]):
    """Who has passed and has no certificate yet, and what is in the way of each."""

    def __init__(self, tasks: Tasks, settings: QSettings | None) -> None:
        self._scheme: Scheme | None = None
        super().__init__("certificates-waiting", (
            Column(translate("Certificates", "Name"), lambda row: row.name, width=120),
            Column(translate("Certificates", "Level"), lambda row: level_word(row.level, self._scheme), width=150),
            Column(translate("Certificates", "State"), lambda _row: "", waiting_chip, width=96),
            Column(translate("Certificates", "What is in the way"), waiting_reason, width=240, tooltip=waiting_reason),
        ), lambda row: row.enrolment, tasks, settings)
        self.setAccessibleName(translate("Certificates", "Waiting for a certificate"))

    def show_waiting(self, rows: Sequence[ToIssue], scheme: Scheme | None) -> None:
        self._scheme = scheme
        self.setColumnHidden(1, not has_levels(scheme))
        self.show_rows(rows)


class IssuedTable(RowsTable[CertificateRow]):
    def __init__(self, tasks: Tasks, settings: QSettings | None) -> None:
        self._scheme: Scheme | None = None
        super().__init__("certificates-issued", (
            Column(translate("Certificates", "Number"), lambda row: row.number, width=196),
            Column(translate("Certificates", "Name"), lambda row: row.name, width=112),
            Column(translate("Certificates", "Level"), lambda row: level_word(row.level, self._scheme), width=150),
            Column(translate("Certificates", "Date"), lambda row: row.issued.isoformat(), width=92),
            Column(translate("Certificates", "State"), lambda _row: "", lambda row: issued_chip(row.state), width=88),
            Column(translate("Certificates", "Library"), lambda _row: "", lambda row: state_chip(row.sync), width=110),
        ), lambda row: row.id, tasks, settings)
        self.setAccessibleName(translate("Certificates", "Issued certificates"))

    def show_issued(self, rows: Sequence[CertificateRow], scheme: Scheme | None) -> None:
        self._scheme = scheme
        self.setColumnHidden(2, not has_levels(scheme))
        self.show_rows(rows)


def has_levels(scheme: Scheme | None) -> bool:
    return scheme is not None and scheme.levels[0].level is not None


class Preview(QWidget):
    """The certificate as it will be printed."""

    def __init__(self) -> None:
        super().__init__()
        self.document, self.view = QPdfDocument(self), QPdfView(self)
        self._device: QBuffer | None = None
        self.view.setDocument(self.document)
        self.view.setZoomMode(QPdfView.ZoomMode.FitInView)
        self.view.setDocumentMargins(QMargins(GRID, GRID, GRID, GRID))
        self.view.setPageSpacing(2 * GRID)  # what Qt takes off the height when it fits a page
        self.view.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.view.setAccessibleName(self.tr("Preview"))
        self.nothing = label(self.tr("Choose a certificate to see it here."), "muted")
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        ground = QVBoxLayout(self)
        ground.setContentsMargins(0, 0, 0, 0)
        self._states = QStackedLayout()
        ground.addLayout(self._states)
        self._states.addWidget(self.nothing)
        self._states.addWidget(self.view)

    def sizeHint(self) -> QSize:
        return QSize(480, 640)

    def show_pdf(self, data: bytes) -> None:
        """Nothing for no bytes."""
        self.document.close()
        self._device = None
        if data:
            self._device = QBuffer(self)
            self._device.setData(QByteArray(data))
            self._device.open(QIODevice.OpenModeFlag.ReadOnly)
            self.document.load(self._device)
        self._states.setCurrentIndex(1 if data else 0)
