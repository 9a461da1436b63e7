"""Line icons from resources/icons, drawn in the colour that the palette has at the moment of painting."""

from importlib.resources import files

from PySide6.QtCore import QByteArray, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QIconEngine, QPainter, QPalette, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication

from desktop.theme import tokens_of


class _LineIcon(QIconEngine):
    def __init__(self, svg: str, role: str) -> None:
        super().__init__()
        self._svg, self._role = svg, role

    def _colour(self, mode: QIcon.Mode) -> QColor:
        tokens = tokens_of(QApplication.palette())
        if mode == QIcon.Mode.Disabled:
            return QColor(tokens.disabled)
        if mode == QIcon.Mode.Selected and self._role == "text":
            return QColor(tokens.on_selection)
        return QColor(str(getattr(tokens, self._role)))

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:  # noqa: ARG002  Qt's signature
        draw_svg(painter, QRectF(rect), self._svg, self._colour(mode))

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        picture = QPixmap(size)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        self.paint(painter, QRect(0, 0, size.width(), size.height()), mode, state)
        painter.end()
        return picture

    def clone(self) -> QIconEngine:
        return _LineIcon(self._svg, self._role)


def svg_of(name: str) -> str:
    """Raises FileNotFoundError for an icon that resources/icons does not have."""
    return (files("resources") / "icons" / f"{name}.svg").read_text("utf-8")


def draw_svg(painter: QPainter, rect: QRectF, svg: str, colour: QColor) -> None:
    side = min(rect.width(), rect.height())
    square = QRectF(0, 0, side, side)
    square.moveCenter(rect.center())
    QSvgRenderer(QByteArray(svg.replace("currentColor", colour.name()).encode())).render(painter, square)


def icon(name: str, role: str = "text") -> QIcon:
    """The icon `name` in the colour of a theme token (`text`, `on_accent`, `muted`, `refuse` …)."""
    return QIcon(_LineIcon(svg_of(name), role))


def icon_pixmap(name: str, side: int, palette: QPalette, role: str = "text", ratio: float = 1.0) -> QPixmap:
    """A picture of `side` logical pixels for a label; make it again when the palette changes."""
    picture = QPixmap(round(side * ratio), round(side * ratio))
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    draw_svg(painter, QRectF(0, 0, side, side), svg_of(name), QColor(str(getattr(tokens_of(palette), role))))
    painter.end()
    return picture
