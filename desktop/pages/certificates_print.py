"""Certificates onto paper: each page of the PDF as a picture at the printer's resolution. Runs off the GUI thread."""

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRectF, QSize
from PySide6.QtGui import QPainter
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPrintSupport import QPrinter

from appraisal.domain.errors import EnvironmentFault
from appraisal.usecases.ports import Step

MOST_DPI = 600
"""Finer than any office printer's text; beyond it a page of A4 has more than 35 million pixels."""
INCH = 72


def print_pages(pdf: bytes, printer: QPrinter, step: Step) -> int:
    """Every page in its own size, at the place that it has on the sheet; returns how many.

    Raises EnvironmentFault printer_fault; whatever `step` raises, and then the job is given up.
    """
    device = QBuffer()
    device.setData(QByteArray(pdf))
    device.open(QIODevice.OpenModeFlag.ReadOnly)
    document = QPdfDocument(None)  # type: ignore[call-overload]
    document.load(device)
    count = int(document.pageCount())
    printer.setFullPage(True)
    painter = QPainter()
    _require(count > 0 and painter.begin(printer), printer)
    try:
        for page in range(count):
            _require(not page or printer.newPage(), printer)
            _draw(document, page, printer, painter)
            step(page + 1, count)
    except BaseException:
        printer.abort()
        raise
    finally:
        painter.end()
        document.close()
    return count


def _require(went_well: bool, printer: QPrinter) -> None:
    if not went_well:
        raise EnvironmentFault("printer_fault", printer=printer.printerName())


def _draw(document: QPdfDocument, page: int, printer: QPrinter, painter: QPainter) -> None:
    points = document.pagePointSize(page)
    dots, dpi = printer.resolution(), min(printer.resolution(), MOST_DPI)
    pixels = QSize(round(points.width() * dpi / INCH), round(points.height() * dpi / INCH))
    picture = document.render(page, pixels)
    painter.drawImage(QRectF(0, 0, points.width() * dots / INCH, points.height() * dots / INCH), picture)
